"""The resident's mailbox: found by the receipt, opened with the secret that the receipt makes.

The resident's own reads are not audited (decisions 18).
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseReport
from portal.data.models.protection import ReprisalLook
from portal.data.models.report import (
    Direction,
    Feedback,
    Grant,
    IdentityOpening,
    MessageKind,
    OpeningState,
    Report,
)
from portal.domain.conflicts import LockState
from portal.domain.kinds import ReportKind
from portal.domain.life import MOVES, RESTING, Desk, State, Step
from portal.domain.parties import Track
from portal.domain.receipts import CODE_LENGTH, check_symbol, readings, spell
from portal.domain.reprisals import look_due, next_look
from portal.papers import messages
from portal.papers.keys import Opened, open_as_reporter
from portal.papers.reports import open_part
from portal.vault.receipts import lookup_value, reporter_keys

_AS_MANY = 3
_REVIEWABLE = MOVES[Step.REQUEST_REVIEW].sources
_WITHDRAWABLE = MOVES[Step.WITHDRAW].sources


def _nobodys_code() -> str:
    symbols = spell(int.from_bytes(os.urandom(15)), CODE_LENGTH - 1)
    return symbols + check_symbol(symbols)


# What is looked up where a typed text has fewer readings: each try costs the same digests and one statement.
_NOBODYS = tuple(_nobodys_code() for _ in range(_AS_MANY))


@dataclass(frozen=True)
class Pass:
    """What a right code gives: the value that finds the report, and the secret that opens it."""

    lookup: bytes
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Box:
    """An opened mailbox. `keys` by body; `openings` are the days on which the identity was opened."""

    report: Report
    keys: Mapping[str, Opened] = field(repr=False)
    status: Mapping[str, Any] = field(repr=False)
    cases: Sequence[Case]
    letters: Sequence[messages.Letter] = field(repr=False)
    feedback: Feedback | None
    openings: Sequence[date]
    names: Mapping[str, str]
    looks: frozenset[int] = frozenset()

    @property
    def ended_on(self) -> date | None:
        """The day on which the last of the cases ended; None while one goes on."""
        days = [case.closed_on for case in self.cases if case.state in RESTING]
        whole = len(days) == len(self.cases) and self.report.kind is not ReportKind.PRAISE
        return max((day for day in days if day), default=None) if whole else None

    def look_due(self, today: date) -> int:
        """The number of the question after reprisals that waits for an answer; 0 for none."""
        number = look_due(self.ended_on, today) if self.ended_on else 0
        return 0 if number in self.looks else number

    @property
    def questions(self) -> list[messages.Letter]:
        """Questions that wait for an answer: a later reply to the same body answers all before it."""
        waiting: list[messages.Letter] = []
        for letter in self.letters:
            if letter.kind is MessageKind.QUESTION:
                waiting.append(letter)
            elif letter.kind is MessageKind.REPLY:
                waiting = [one for one in waiting if not answers(letter, one)]
        return [one for one in waiting if one.body_id not in self.moving]

    @property
    def moving(self) -> dict[str, str | None]:
        """The bodies that lost the matter, and the one above that takes it (None: nobody)."""
        locks = [lock for case in self.cases for lock in case.locks if lock.state is not LockState.DONE]
        return {lock.body_id: lock.to_body_id for lock in locks}

    def holder(self, case: Case) -> str:
        """The body that has the case, or will have it."""
        held = case.leader_id or case.front_id
        return self.moving.get(held, held) or held

    def stranded(self, case: Case) -> bool:
        """True where nobody on the portal may examine the case: no holder, no clock, nobody to write to."""
        held = case.leader_id or case.front_id
        return held in self.moving and self.moving[held] is None

    @property
    def desks(self) -> list[str]:
        """The bodies that have the matter now and share a mailbox with the resident: where additions go."""
        found = [holder_of(case, self.keys) for case in self.cases if case.state is not State.UNDER_REVIEW]
        above = [self.moving.get(one, one) for one in found]
        return list(dict.fromkeys(one for one in above if one))

    def track(self, case_id: str | None) -> Track | None:
        """The track of a case that has another beside it; None where there is nothing to tell apart."""
        linked = (case for case in self.cases if case.id == case_id and case.linked_to)
        return next((case.track for case in linked), None)

    def matter(self, case_id: str | None) -> int | None:
        """The number of a case among the matters of a report that was split; None where it was not."""
        numbers = {case.matter for case in self.cases if case.matter}
        own = next((case.matter for case in self.cases if case.id == case_id), None)
        return own if len(numbers) > 1 else None

    def state(self, case: Case) -> State:
        """Where the case stands for this resident: a review that another asked for is not his."""
        asked = any(one.review_of == case.id for one in self.cases)
        return State.ANSWERED if case.state is State.UNDER_REVIEW and not asked else case.state

    def explained(self, case: Case) -> messages.Letter | None:
        """The newest letter that says who examines the case, and why, as written when the case went.

        None where another has it by now: what was said then stands among the letters only.
        """
        told = [one for one in self.letters if one.case_id == case.id and "sentence" in one.content]
        holder = self.names.get(self.holder(case))
        return told[-1] if told and told[-1].content["body"] == holder else None

    @property
    def explanations(self) -> list[messages.Letter]:
        """Those letters, which stand with their cases and not among the others."""
        return [letter for case in self.cases if (letter := self.explained(case)) is not None]

    @property
    def may_rate(self) -> bool:
        """Once, when something was answered."""
        rated = self.feedback is not None and self.feedback.rating is not None
        return not rated and any(case.state in RESTING for case in self.cases)

    @property
    def may_report_reprisal(self) -> bool:
        """Always, but while such a case is open: more is then added to it. Praise brings none."""
        open_one = any(case.reprisal_of and case.state not in RESTING for case in self.cases)
        return not open_one and self.report.kind is not ReportKind.PRAISE

    @property
    def withdrawable(self) -> list[Case]:
        """The cases that somebody still works on, from which the resident did not withdraw yet."""
        if self.report.kind is ReportKind.PRAISE:
            return []
        gone = _withdrawn_from(self.letters)
        return [case for case in self.cases if case.state in _WITHDRAWABLE and case.id not in gone]

    @property
    def reviewable(self) -> list[Case]:
        """The ended cases of which a review may be asked for; none after the one request, none of praise."""
        asked = self.feedback is not None and self.feedback.review_on is not None
        if asked or self.report.kind is ReportKind.PRAISE:
            return []
        return [case for case in self.cases if case.state in _REVIEWABLE]

    def next_look(self, today: date) -> date | None:
        """The next day worth looking; None where nothing is awaited from anybody else."""
        waiting = [case for case in self.cases if case.desk is not Desk.NOBODY and not self.stranded(case)]
        first = date.fromisoformat(self.status["next_look"])
        days = [case.due_on for case in waiting if case.due_on is not None and case.due_on >= today]
        if first >= today and waiting:
            days.append(first)
        later = next_look(self.ended_on, today) if self.ended_on else None
        if later is not None:
            days.append(later)
        return min(days, default=None)


def answers(reply: messages.Letter, question: messages.Letter) -> bool:
    """Whether a reply answers a question: to the same body, on the same case where both name one."""
    return reply.body_id == question.body_id and same_case(reply.case_id, question.case_id)


def same_case(one: str | None, other: str | None) -> bool:
    """Letters that name no case belong to every one."""
    return one is None or other is None or one == other


def _withdrawn_from(letters: Iterable[messages.Letter]) -> set[str | None]:
    return {one.case_id for one in letters if one.kind is MessageKind.WITHDRAWAL}


def holder_of(case: Case, keys: Mapping[str, Any]) -> str:
    """The body that has the case: its committee if it shares a mailbox with the resident, else its board."""
    return case.leader_id if case.leader_id in keys and case.leader_id else case.front_id


def passed(typed: str, pepper: bytes) -> Pass | None:
    """The pass of a typed code; None for a wrong one and for one that belongs to no report.

    Both cost the same: three keyed digests and one statement; a long text is not read at all.
    """
    codes = (*readings(typed), *_NOBODYS)[:_AS_MANY]
    by_value = {lookup_value(code, pepper): code for code in codes}
    found = session().scalar(select(Report.lookup).where(Report.lookup.in_(list(by_value))).limit(1))
    return Pass(found, reporter_keys(by_value[found], pepper).secret) if found is not None else None


def pass_of(code: str, pepper: bytes) -> Pass:
    """The pass that a code in its normal form gives."""
    return Pass(lookup_value(code, pepper), reporter_keys(code, pepper).secret)


def report(lookup: bytes) -> Report | None:
    """The report of a pass."""
    return session().scalar(select(Report).where(Report.lookup == lookup))


def cases(report_id: str) -> list[Case]:
    """The cases of a report, reviews last; nothing is opened."""
    found = (
        select(Case)
        .join(CaseReport, CaseReport.case_id == Case.id)
        # A case that rests in another is not shown: the other one is the resident's, too.
        .where(CaseReport.report_id == report_id, Case._state != State.JOINED)
        .order_by(
            Case.review_of.is_not(None), Case.reprisal_of.is_not(None), Case.matter, Case.opened_on, Case.id
        )
    )
    return list(session().scalars(found))


def box(report: Report, secret: bytes) -> Box:
    """Everything the resident may see; raises Broken where the secret is not this report's."""
    grants = session().scalars(select(Grant).where(Grant.report_id == report.id))
    keys = {grant.body_id: open_as_reporter(secret, grant) for grant in grants}
    opened = select(IdentityOpening.decided_on).where(
        IdentityOpening.report_id == report.id, IdentityOpening.state == OpeningState.GRANTED
    )
    cases_found = cases(report.id)
    bodies = {*keys, *(case.front_id for case in cases_found), *(case.leader_id for case in cases_found)}
    bodies |= {lock.to_body_id for case in cases_found for lock in case.locks}
    return Box(
        report,
        keys,
        open_part(keys[report.body_id].mailbox, report.id, "status", report.sealed_status),
        cases_found,
        messages.read(report.id, {body: key.mailbox for body, key in keys.items()}),
        session().get(Feedback, report.id),
        sorted(day for day in session().scalars(opened) if day is not None),
        names(bodies),
        answered_looks(report.id),
    )


def answered_looks(report_id: str) -> frozenset[int]:
    """The questions after reprisals that the resident answered, by number."""
    wanted = select(ReprisalLook.number).where(ReprisalLook.report_id == report_id)
    return frozenset(session().scalars(wanted))


def names(ids: Iterable[str | None]) -> dict[str, str]:
    """Names of bodies by id."""
    rows = session().execute(select(Body.id, Body.name).where(Body.id.in_([one for one in ids if one])))
    return {row.id: row.name for row in rows}


def is_from_institution(letter: messages.Letter) -> bool:
    """The resident's own words are not shown again (decisions 24)."""
    return letter.direction is Direction.TO_REPORTER
