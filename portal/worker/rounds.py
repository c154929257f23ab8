"""Supervision rounds, by metadata alone: team and leads hear of a duty before it ends, and when it did."""

from sqlalchemy import Select, select

from portal.action import action, current_act, session
from portal.data import calendar as days_off
from portal.data.models.round import Round, RoundMember
from portal.domain import clock
from portal.domain.permissions import Actor, ActorKind, Permission, Role
from portal.domain.rounds import ENDED, SOON, Due, RoundState
from portal.papers.leaves import with_substitutes
from portal.papers.notices import people_of, remind
from portal.papers.rounds import waiting_of

WORKER = Actor("worker", ActorKind.SYSTEM)
BATCH = 500
NOTICE = "round_due"
_OPEN = [state for state in RoundState if state not in ENDED]
_REVIEWERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})
_LEADS = frozenset({Role.LEAD_REVIEWER})


def run() -> int:
    """Say what is due in open rounds, each once before and once after its day; returns of how many rounds."""
    days_off.forget()
    told, last = 0, ""
    session().rollback()
    while ids := session().scalars(_open_after(last)).all():
        last = ids[-1]
        told += sum(tell(WORKER, None, round_id=one) for one in ids if _says(session().get_one(Round, one)))
    session().rollback()
    return told


@action(Permission.SYSTEM_RUN)
def tell(actor: Actor, nothing: None, /, *, round_id: str) -> int:
    """Queue the notice of one round and note that it went out; returns 1, or 0 where another was first."""
    one = session().get_one(Round, round_id, populate_existing=True, with_for_update={"of": Round})
    said = _says(one)
    if not said:
        return 0
    one.said = said
    inside = one.facts().barred
    team = set(session().scalars(select(RoundMember.account_id).where(RoundMember.round_id == round_id)))
    readers = (team & people_of(one.body_id, _REVIEWERS)) | people_of(one.body_id, _LEADS)
    remind(with_substitutes(readers, clock.today()) - inside, NOTICE)
    current_act().touch("supervision_round", round_id)
    return 1


def _open_after(last: str) -> Select[str]:
    return select(Round.id).where(Round._state.in_(_OPEN), Round.id > last).order_by(Round.id).limit(BATCH)


def _says(one: Round) -> str:
    """The warning that is due and did not go out yet; empty for none."""
    due = waiting_of(one)
    said = _level(due) if due is not None else ""
    return said if said and said != one.said else ""


def _level(due: Due) -> str:
    left = due.last - clock.today()
    if left.days < 0:
        return f"{due.duty}:late"
    return f"{due.duty}:soon" if left <= SOON else ""
