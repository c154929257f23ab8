"""What tests/actions/test_machine.py does for the committee's later steps, and for a withdrawal."""

from collections.abc import Callable
from datetime import date
from typing import Any

from portal.action import session
from portal.casework import actions as casework
from portal.casework import queries
from portal.data.models.case import Case
from portal.data.models.followed import Followed
from portal.data.models.publication import Publication
from portal.data.models.report import Report
from portal.domain.answers import Finding
from portal.domain.clocks import Until
from portal.domain.deadlines import Ground
from portal.domain.entries import SHAPES, Ask, Entry, Owed
from portal.domain.life import IllegalStep, Step
from portal.domain.permissions import Actor, ActorKind
from portal.domain.telling import Pressed
from portal.intake.actions.withdraw import withdraw
from portal.intake.queries.mailbox import passed
from tests.support.make import ANSWER

TEXT = "Một câu đủ dài để không bị từ chối vì ngắn."


def _committee(run: Any, act: Callable[..., Any], case: Case, **named: Any) -> None:
    actor, ring = run.seat(run.lead)
    act(actor, case, ring, **named)


def resident(run: Any) -> tuple[Actor, Report, bytes]:
    found = passed(run.sent.code, run.made.settings.pepper.encode())
    assert found is not None
    report = session().get_one(Report, run.sent.report_id)
    return Actor("reporter", ActorKind.REPORTER, report_id=report.id), report, found.secret


def _withdraw(run: Any, case: Case) -> None:
    actor, report, secret = resident(run)
    withdraw(actor, report, secret, case_id=case.id, pressed=Pressed.NO, text=TEXT)


def _correct(run: Any, case: Case) -> None:
    given = {"finding": Finding.NONE, "answer": ANSWER, "why": TEXT, "seen": case.version}
    _committee(run, casework.correct, case, **given)


def _extend(run: Any, case: Case) -> None:
    """On the ground that the row of the running limit has."""
    ground, days = (Ground.DELEGATED, 3) if case.due_rule == "accept" else (Ground.COMPLEX, 30)
    given = {"ground": ground, "days": days, "reason": TEXT, "text": TEXT, "seen": case.version}
    _committee(run, casework.extend, case, **given)


def _enter(run: Any, case: Case, entry: Entry, seat: str = "lead.") -> None:
    shape, day = SHAPES[entry], date(2026, 4, 2)
    asked = {ask: "party.warning" if ask is Ask.FORM else "12" for ask in shape.asks if ask is not Ask.DUE}
    what = casework.Entered(entry, day, TEXT, day if shape.owes else None, asked)
    is_outcome = shape.step in casework.OUTCOMES
    actor, ring = run.seat(run.lead.replace("lead.", seat))
    (casework.record_outcome if is_outcome else casework.enter)(actor, case, ring, what=what)


def _owed(case: Case, owes: Owed, *, came: bool) -> Followed:
    """Something that waits, or a remedy whose evidence waits for its check; whatever there is, else."""
    rows = [row for row in queries.followed(case.id) if row.owes is owes]
    fitting = [row for row in rows if row.is_open and (row.reply_id is not None) is came]
    if not rows:
        raise IllegalStep("nothing is owed")
    return (fitting or rows)[0]


def _follow(run: Any, case: Case, owes: Owed) -> None:
    actor, ring = run.seat(run.lead)
    casework.follow_up(actor, _owed(case, owes, came=False), ring, dated=date(2026, 4, 2), text=TEXT)


def _check(run: Any, case: Case) -> None:
    """By another than the lead, who recorded the evidence."""
    actor, ring = run.seat(run.lead.replace("lead.", "member."))
    casework.check_remedy(actor, _owed(case, Owed.EVIDENCE, came=True), ring, done=True, text=TEXT)


def _approve(run: Any, case: Case) -> None:
    actor, ring = run.seat(run.lead)
    draft = _owed(case, Owed.APPROVAL, came=True)
    casework.approve_publication(actor, draft, ring, yes=True, text=TEXT)


def _shown(case: Case) -> Publication:
    """What stands in public of the case."""
    rows = [row for row in queries.publications(case.id) if row.text is not None]
    if not rows:
        raise IllegalStep("nothing is published")
    return rows[0]


def _withdraw_publication(run: Any, case: Case) -> None:
    actor, ring = run.seat(run.lead)
    casework.withdraw_publication(actor, _shown(case), ring, reason=TEXT)


def _correct_publication(run: Any, case: Case) -> None:
    actor, ring = run.seat(run.lead)
    given = {"text": TEXT, "why": TEXT, "due": date(2030, 1, 2)}
    casework.correct_publication(actor, _shown(case), ring, **given)


LATER: dict[Step, Callable[[Any, Case], None]] = {
    Step.TELL_PERSON: lambda run, case: _enter(run, case, Entry.PERSON_TOLD),
    Step.REQUEST: lambda run, case: _enter(run, case, Entry.DOCUMENTS),
    Step.RECORD_REPLY: lambda run, case: _follow(run, case, Owed.REPLY),
    Step.RECORD_OUTCOME: lambda run, case: _enter(run, case, Entry.DISCIPLINE),
    Step.PLAN_REMEDY: lambda run, case: _enter(run, case, Entry.REMEDY),
    Step.RECORD_REMEDY: lambda run, case: _follow(run, case, Owed.EVIDENCE),
    Step.CHECK_REMEDY: _check,
    Step.DRAFT_PUBLICATION: lambda run, case: _enter(run, case, Entry.PUBLICATION, "member."),
    Step.APPROVE_PUBLICATION: _approve,
    Step.WITHDRAW_PUBLICATION: _withdraw_publication,
    Step.CORRECT_PUBLICATION: _correct_publication,
    Step.SUSPEND: lambda run, case: _committee(
        run, casework.suspend, case, until=Until.OTHER_RESULT, reason=TEXT, text=TEXT, seen=case.version
    ),
    Step.RESUME_WORK: lambda run, case: _committee(
        run, casework.resume_work, case, reason=TEXT, text=TEXT, seen=case.version
    ),
    Step.EXTEND: _extend,
    Step.WITHDRAW: _withdraw,
    Step.CORRECT: _correct,
}
