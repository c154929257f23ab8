"""What the board awaits from bodies outside the portal, in clear columns only: cases, days late, letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.action import session
from portal.data.models.case import Case, Handover, Reminder, ReminderKind
from portal.domain.life import State
from portal.domain.permissions import Actor
from portal.domain.urging import Awaited
from portal.papers import history
from portal.papers.hiding import shown_to
from portal.papers.newest import Newest

MOST = 200


@dataclass(frozen=True)
class Line:
    """One case without an answer from outside."""

    case: Case
    handover: Handover
    body: str
    letters: Sequence[Reminder]
    awaited: Awaited

    @property
    def escalated(self) -> bool:
        return any(one.kind is ReminderKind.ESCALATION for one in self.letters)

    def days_late(self, today: date) -> int:
        return self.awaited.days_late(today)

    def is_to_urge(self, today: date) -> bool:
        return self.awaited.is_to_urge(today)


def lines(reader: Actor) -> list[Line]:
    """The board's cases that went outside and have no answer, the longest overdue first; at most MOST."""
    wanted = (
        select(Case, Handover)
        .join(Handover, Handover.case_id == Case.id)
        .where(Case.front_id == reader.body, Case._state == State.OUTSIDE, *shown_to(reader))
        .order_by(Case.due_on, Case.id)
        .limit(MOST)
    )
    found = [(case, handover) for case, handover in session().execute(wanted)]
    names = history.body_names(handover.body_id for _, handover in found)
    letters = _letters([case.id for case, _ in found])
    return [
        Line(case, handover, names[handover.body_id], sent, _awaited(case, handover, sent))
        for case, handover in found
        for sent in [letters.get(case.id, [])]
    ]


def letters_of(case_id: str) -> list[Reminder]:
    """The letters about one case, by their number."""
    return _letters([case_id]).get(case_id, [])


def letter(case_id: str, number: int) -> Reminder | None:
    """One of them."""
    return session().get(Reminder, (case_id, number))


def newest_letter(case_id: str, kind: ReminderKind) -> Newest | None:
    """The last letter of that kind about one case; None where there is none."""
    found = [one for one in letters_of(case_id) if one.kind is kind]
    if not found:
        return None
    last = found[-1]
    return Newest({"register_no": last.register_no}, last.sent_on, last.written_by)


def _letters(case_ids: Sequence[str]) -> dict[str, list[Reminder]]:
    rows = select(Reminder).where(Reminder.case_id.in_(case_ids)).order_by(Reminder.case_id, Reminder.number)
    found: dict[str, list[Reminder]] = {}
    for row in session().scalars(rows):
        found.setdefault(row.case_id, []).append(row)
    return found


def _awaited(case: Case, handover: Handover, sent: Sequence[Reminder]) -> Awaited:
    return Awaited(case.due_on or handover.due_on, sent[-1].next_on if sent else None)
