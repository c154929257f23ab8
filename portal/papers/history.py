"""The history of a case without opening it: steps, and the names of the bodies and officials in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.action import session
from portal.data.models.account import Account
from portal.data.models.body import Body
from portal.data.models.case import CaseStep
from portal.data.models.registry import CaseMove
from portal.domain.permissions import Actor


def steps(case_id: str) -> Sequence[CaseStep]:
    """The steps of a case, in order."""
    found = select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.version)
    return session().scalars(found).all()


@dataclass(frozen=True)
class Since:
    """What happened to a case after a version: its steps, bodies by id, and the reader's colleagues by id."""

    steps: Sequence[CaseStep]
    names: dict[str, str]
    people: dict[str, str]


def since(case_id: str, version: int, reader: Actor) -> Since:
    """The steps after `version`, in order. Colleagues have names; of other bodies only the body is told."""
    found = [step for step in steps(case_id) if step.version > version]
    own = (step.account_id for step in found if step.body_id == reader.body)
    return Since(found, body_names(step.body_id for step in found), account_names(own))


@dataclass(frozen=True)
class Moved:
    """One hand-over of the case by a reorganisation; `to` is empty while the street is not known."""

    on: date
    giving: str
    to: str


def moves(case_id: str) -> list[Moved]:
    """What reorganisations did with the case, in order."""
    stmt = select(CaseMove).where(CaseMove.case_id == case_id)
    rows = (
        session().scalars(stmt.order_by(CaseMove.moved_on, CaseMove.seat, CaseMove.reorganisation_id)).all()
    )
    names = body_names([one.from_id for one in rows] + [one.to_id for one in rows])
    return [Moved(one.moved_on, names[one.from_id], names.get(one.to_id or "", "")) for one in rows]


def body_names(ids: Iterable[str | None]) -> dict[str, str]:
    """Names of bodies by id; None is passed over."""
    rows = session().execute(select(Body.id, Body.name).where(Body.id.in_({one for one in ids if one})))
    return {row.id: row.name for row in rows}


def account_names(ids: Iterable[str | None]) -> dict[str, str]:
    """Names of officials by account id; None is passed over."""
    wanted = {one for one in ids if one}
    rows = session().execute(select(Account.id, Account.display_name).where(Account.id.in_(wanted)))
    return {row.id: row.display_name for row in rows}
