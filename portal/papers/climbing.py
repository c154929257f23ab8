"""Who has a case since a conflict was found late: the decision as it stands now, and the resident told."""

from typing import Any

from portal.action import session
from portal.data.models.body import Body
from portal.data.models.case import Case
from portal.data.models.report import Direction, Grant, MessageKind
from portal.domain.conflicts import LockState, Side
from portal.domain.routing.climbed import climbed
from portal.domain.routing.sentence import moved_up
from portal.papers import messages
from portal.papers.history import body_names
from portal.papers.keys import open_grant
from portal.vault.ring import KeyRing


def as_it_stands(case: Case, told: dict[str, Any]) -> dict[str, Any]:
    """The decision by which the case went; where a committee above took it over since, by that one."""
    done = [
        one
        for one in case.locks
        if one.side is Side.COMMITTEE and one.state is LockState.DONE and one.to_body_id == case.leader_id
    ]
    leader = session().get(Body, case.leader_id) if done else None
    if leader is None or leader.name == told["body"]:
        return told
    names = body_names(one.body_id for one in done)
    left = [names[one.body_id] for one in sorted(done, key=lambda one: (one.found_on, one.id))]
    on = max(one.done_on or one.found_on for one in done)
    return climbed(told, left, leader.name, leader.level, on)


def tell_residents(case: Case, ring: KeyRing, body_id: str, report_ids: list[str]) -> None:
    """Every resident reads who took the case over and why, from that body; inside an act."""
    content = moved_up(session().get_one(Body, body_id).name)
    for report_id in report_ids:
        grant = session().get(Grant, (report_id, body_id))
        if grant is None:  # of a sister case, where this report is not the body's
            continue
        messages.write(
            report_id,
            body_id,
            open_grant(ring, grant).mailbox,
            direction=Direction.TO_REPORTER,
            kind=MessageKind.NOTICE,
            content=content,
            case_id=case.id,
        )
