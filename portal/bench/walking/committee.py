"""The steps of a committee in a walk, each as the act that a page would call."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.bench.walking.acts import ANSWER, Act, Turn
from portal.bench.walking.country import reports_of
from portal.casework import actions as casework
from portal.casework import queries
from portal.data.models.followed import Followed
from portal.domain import clock
from portal.domain.answers import Finding
from portal.domain.clocks import Until
from portal.domain.deadlines import Ground
from portal.domain.entries import SHAPES, Ask, Entry, Owed
from portal.domain.life import IllegalStep, Step

_FORM = "party.warning"


def _decided(act: Callable[..., object], **named: Any) -> Act:
    """An act that takes the keys, what is given, and the version that was seen."""
    return lambda turn: act(turn.who[0], turn.case, turn.who[1], seen=turn.case.version, **named)


def _worded(act: Callable[..., object], *words: str, **named: Any) -> Act:
    return lambda turn: _decided(act, **dict.fromkeys(words, turn.text), **named)(turn)


def _keyless(act: Callable[..., object]) -> Act:
    return lambda turn: act(turn.who[0], turn.case, seen=turn.case.version)


def _assign(turn: Turn) -> None:
    """To somebody of the committee, whoever it is that walks here."""
    members = [one.actor for one in turn.country.people if one.actor is not None]
    here = [one.id for one in members if one.body_id == turn.case.leader_id]
    wanted = turn.chance.choice(here or [members[0].id])
    casework.assign(turn.who[0], turn.case, account_id=wanted, seen=turn.case.version)


def _ask(turn: Turn) -> None:
    _worded(casework.ask, "text", report_id=reports_of(turn.case.id)[0])(turn)


def _explain(turn: Turn) -> None:
    _worded(casework.record_explanation, "text", dated=clock.today(), refused=False)(turn)


def _extend(turn: Turn) -> None:
    """On the ground that the row of the running limit has."""
    ground, days = (Ground.DELEGATED, 3) if turn.case.due_rule == "accept" else (Ground.COMPLEX, 30)
    _worded(casework.extend, "reason", "text", ground=ground, days=days)(turn)


def _enter(entry: Entry) -> Act:
    shape = SHAPES[entry]
    asked: dict[Ask, str] = {
        ask: _FORM if ask is Ask.FORM else "12" for ask in shape.asks if ask is not Ask.DUE
    }
    act = casework.record_outcome if shape.step in casework.OUTCOMES else casework.enter

    def do(turn: Turn) -> None:
        day = clock.today()
        what = casework.Entered(entry, day, turn.text, day if shape.owes else None, asked)
        _decided(act, what=what)(turn)

    return do


def _owed(turn: Turn, owes: Owed) -> Followed:
    """Something of the case that is owed; raises IllegalStep where nothing is."""
    wanted = select(Followed).where(Followed.case_id == turn.case.id, Followed.owes == owes)
    found = session().scalars(wanted.order_by(Followed.record_id)).all()
    if not found:
        raise IllegalStep("nothing is owed")
    return turn.chance.choice(found)


def _on(owes: Owed, act: Callable[..., object], **named: Any) -> Act:
    return lambda turn: act(
        turn.who[0],
        _owed(turn, owes),
        turn.who[1],
        text=turn.text,
        seen=turn.case.version,
        **named,
    )


def _follow(owes: Owed) -> Act:
    return lambda turn: _on(owes, casework.follow_up, dated=clock.today())(turn)


def _public(act: Callable[..., object], *named: str, **given: Callable[[], Any]) -> Act:
    """On a text that stands in public; raises IllegalStep where none does."""

    def do(turn: Turn) -> None:
        rows = [row for row in queries.publications(turn.case.id) if row.text is not None]
        if not rows:
            raise IllegalStep("nothing is published")
        texts = dict.fromkeys(named, turn.text) | {name: value() for name, value in given.items()}
        act(turn.who[0], rows[0], turn.who[1], seen=turn.case.version, **texts)

    return do


AT_COMMITTEE: Mapping[Step, Act] = {
    Step.ACCEPT: _keyless(casework.accept),
    Step.RETURN: _worded(casework.return_case, "reason"),
    Step.ASSIGN: _assign,
    Step.NOTE: _worded(casework.note, "text"),
    Step.ASK_REPORTER: _ask,
    Step.BEGIN_VERIFICATION: _worded(casework.begin_verification, "plan"),
    Step.SUSPEND: _worded(casework.suspend, "reason", "text", until=Until.OTHER_RESULT),
    Step.RESUME_WORK: _worded(casework.resume_work, "reason", "text"),
    Step.EXTEND: _extend,
    Step.TELL_PERSON: _enter(Entry.PERSON_TOLD),
    Step.REQUEST: _enter(Entry.DOCUMENTS),
    Step.RECORD_REPLY: _follow(Owed.REPLY),
    Step.RECORD_EXPLANATION: _explain,
    Step.CONCLUDE: _decided(casework.conclude, finding=Finding.PARTLY, answer=ANSWER),
    Step.ANSWER: _decided(casework.answer),
    Step.CORRECT: _worded(casework.correct, "why", finding=Finding.NONE, answer=ANSWER),
    Step.RECORD_OUTCOME: _enter(Entry.DISCIPLINE),
    Step.PLAN_REMEDY: _enter(Entry.REMEDY),
    Step.RECORD_REMEDY: _follow(Owed.EVIDENCE),
    Step.CHECK_REMEDY: _on(Owed.EVIDENCE, casework.check_remedy, done=True),
    Step.DRAFT_PUBLICATION: _enter(Entry.PUBLICATION),
    Step.APPROVE_PUBLICATION: _on(Owed.APPROVAL, casework.approve_publication, yes=True),
    Step.WITHDRAW_PUBLICATION: _public(casework.withdraw_publication, "reason"),
    Step.CORRECT_PUBLICATION: _public(casework.correct_publication, "text", "why", due=clock.today),
    Step.CLOSE: _keyless(casework.close),
}
