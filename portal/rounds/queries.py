"""What a board reads of its supervision rounds without opening them: clear columns only."""

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from portal.action import session
from portal.data.models.account import Account, Member, MemberState
from portal.data.models.body import Body
from portal.data.models.case import Case
from portal.data.models.round import (
    Round,
    RoundBody,
    RoundCase,
    RoundItem,
    RoundMember,
    RoundPaper,
    RoundPaperKind,
)
from portal.domain import clock
from portal.domain.parties import BodyKind
from portal.domain.permissions import Actor, Permission, Role, may
from portal.papers.hiding import shown_to
from portal.papers.members import members_at_work

MOST = 200
_OFFICERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})


def board(body_id: str) -> Body:
    """The reader's own board."""
    return session().get_one(Body, body_id)


def one(round_id: str) -> Round | None:
    """One round by id."""
    return session().get(Round, round_id)


def rounds(reader: Actor) -> list[Round]:
    """The rounds of the reader's board, the latest meeting first; none of a body in which he works."""
    wanted = select(Round).where(Round.body_id == reader.body).order_by(Round.meets_on.desc(), Round.id)
    found = session().scalars(wanted.limit(MOST))
    return [row for row in found if may(reader, Permission.ROUNDS_READ, row.facts())]


def bodies_for(board: Body) -> Sequence[Body]:
    """The bodies that a board may supervise: those of its own unit and kind of level, but itself."""
    day = clock.today()
    wanted = select(Body).where(
        Body.area_id == board.area_id,
        Body.kind != BodyKind.FRONT,
        or_(Body.valid_from.is_(None), Body.valid_from <= day),
        or_(Body.valid_to.is_(None), Body.valid_to >= day),
    )
    return session().scalars(wanted.order_by(Body.kind, Body.id)).all()


def officers_of(body_id: str) -> list[Account]:
    """The reviewers of a board who are at work, by name."""
    found = [row.account for row in members_at_work(body_id) if not row.role_set.isdisjoint(_OFFICERS)]
    return sorted(found, key=lambda account: (account.display_name, account.id))


def insiders(body_ids: Iterable[str]) -> set[str]:
    """The accounts of everybody who works in one of these bodies, or waits to."""
    wanted = select(Member.account_id).where(
        Member.body_id.in_(list(body_ids)), Member.state != MemberState.LEFT
    )
    return set(session().scalars(wanted))


def supervised(round_id: str) -> Sequence[Body]:
    """The bodies that a round supervises."""
    wanted = select(Body).join(RoundBody, RoundBody.body_id == Body.id).where(RoundBody.round_id == round_id)
    return session().scalars(wanted.order_by(Body.kind, Body.id)).all()


def team(round_id: str) -> list[Account]:
    """The people of a round's team, by name."""
    wanted = (
        select(Account)
        .join(RoundMember, RoundMember.account_id == Account.id)
        .where(RoundMember.round_id == round_id)
    )
    return sorted(session().scalars(wanted), key=lambda account: (account.display_name, account.id))


def linked(reader: Actor, round_id: str) -> Sequence[Case]:
    """The cases that a round rests on, as far as the reader may know of them (rule 19)."""
    wanted = (
        select(Case)
        .join(RoundCase, RoundCase.case_id == Case.id)
        .where(RoundCase.round_id == round_id, Case.front_id == reader.body, *shown_to(reader))
    )
    return session().scalars(wanted.order_by(Case.opened_on, Case.id)).all()


def linkable(reader: Actor, round_id: str) -> Sequence[Case]:
    """The newest cases of the board that the reader may know of and that the round does not rest on yet."""
    taken = select(RoundCase.case_id).where(RoundCase.round_id == round_id)
    wanted = select(Case).where(Case.front_id == reader.body, *shown_to(reader), Case.id.not_in(taken))
    return session().scalars(wanted.order_by(Case.opened_on.desc(), Case.id).limit(MOST)).all()


def papers(round_id: str) -> Sequence[RoundPaper]:
    """The sealed papers of a round, in order."""
    wanted = select(RoundPaper).where(RoundPaper.round_id == round_id)
    return session().scalars(wanted.order_by(RoundPaper.written_at, RoundPaper.id)).all()


def plans(round_ids: Iterable[str]) -> dict[str, RoundPaper]:
    """The newest plan of each round."""
    wanted = select(RoundPaper).where(
        RoundPaper.round_id.in_(list(round_ids)), RoundPaper.kind == RoundPaperKind.PLAN
    )
    rows = session().scalars(wanted.order_by(RoundPaper.written_at, RoundPaper.id))
    return {row.round_id: row for row in rows}


def items(round_id: str) -> Sequence[RoundItem]:
    """What supervised bodies are to do, by their days."""
    wanted = select(RoundItem).where(RoundItem.round_id == round_id)
    return session().scalars(wanted.order_by(RoundItem.due_on, RoundItem.id)).all()


def item(round_id: str, item_id: str) -> RoundItem | None:
    """One of them."""
    found = session().get(RoundItem, item_id)
    return found if found is not None and found.round_id == round_id else None
