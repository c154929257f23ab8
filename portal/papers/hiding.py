"""What one person may not know of: cases he is barred from, and cases that his body lost to a conflict.

To him they do not exist: in lists, counts, notices, the audit log (rule 19).
"""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, or_, select, union

from portal.action import session
from portal.data.models.case import Case, CaseReport
from portal.data.models.conflict import CaseBar, CaseLock
from portal.domain.permissions import Actor

Blind = tuple[frozenset[str], frozenset[str]]
NOBODY: Blind = (frozenset(), frozenset())


def shown_to(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Conditions on Case: neither barred, locked nor deleted. Every list and count of cases has them."""
    barred = exists().where(CaseBar.case_id == Case.id, CaseBar.account_id == actor.id)
    locked = exists().where(CaseLock.case_id == Case.id, CaseLock.body_id == actor.body)
    return ~barred, ~locked, Case.erased_on.is_(None)


def in_hands_of(body_id: str) -> ColumnElement[bool]:
    """The cases that a body may read: as board, as the board that follows it, or as committee."""
    return or_(Case.front_id == body_id, Case.referred_from == body_id, Case.leader_id == body_id)


def known_to(reader: Actor, case_id: str) -> Case | None:
    """The case by its id, where the reader's body has a part in it and he may know of it.

    What does not exist and what is kept from him go the same way, in the same one statement, so that no time
    is to be measured between them (rule 19). What was deleted at its time is found: its page says so.
    """
    not_barred, not_locked, _ = shown_to(reader)
    wanted = select(Case).where(Case.id == case_id, in_hands_of(reader.body), not_barred, not_locked)
    return session().scalars(wanted).one_or_none()


def hidden_from(actor: Actor) -> list[str]:
    """The ids of those cases and of their reports, for lists that know things by their id only."""
    cases = union(
        select(CaseBar.case_id).where(CaseBar.account_id == actor.id),
        select(CaseLock.case_id).where(CaseLock.body_id == actor.body),
    )
    ids = list(session().scalars(cases))
    reports = (
        session().scalars(select(CaseReport.report_id).where(CaseReport.case_id.in_(ids))) if ids else ()
    )
    return sorted({*ids, *reports})


def blind_to(case_ids: Iterable[str]) -> Blind:
    """Who must not hear of any of these cases: accounts, and whole bodies."""
    each = blind_to_each(case_ids).values()
    return frozenset(one for accounts, _ in each for one in accounts), frozenset(
        one for _, bodies in each for one in bodies
    )


def blind_to_each(case_ids: Iterable[str]) -> dict[str, Blind]:
    """Who must not hear of each of these cases; a case that everybody may know of is not in it."""
    ids = list(case_ids)
    accounts, bodies = defaultdict(set), defaultdict(set)
    for bar in session().execute(select(CaseBar.case_id, CaseBar.account_id).where(CaseBar.case_id.in_(ids))):
        accounts[bar.case_id].add(bar.account_id)
    for lock in session().execute(
        select(CaseLock.case_id, CaseLock.body_id).where(CaseLock.case_id.in_(ids))
    ):
        bodies[lock.case_id].add(lock.body_id)
    return {
        case_id: (frozenset(accounts[case_id]), frozenset(bodies[case_id]))
        for case_id in accounts.keys() | bodies.keys()
    }
