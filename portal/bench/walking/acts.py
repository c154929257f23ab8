"""The step of a walk as the act that a page would call: of the boards, and of the residents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.bench.walking.country import Country, Person, reports_of
from portal.data.models.case import Case
from portal.data.models.report import Message, MessageKind
from portal.domain import clock, routing
from portal.domain.answers import Answer, Finding
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind
from portal.domain.life import MOVES, State, Step
from portal.domain.parties import Level
from portal.domain.parting import Part
from portal.domain.stated import Stated
from portal.domain.telling import Pressed
from portal.intake.actions import mailbox
from portal.intake.actions.review import request_review
from portal.intake.actions.withdraw import withdraw
from portal.triage import actions as triage

TEXT = "Một câu đủ dài để không bị từ chối vì ngắn."
ANSWER = Answer(
    checked="Đã xem sổ nhận hồ sơ và hỏi bộ phận một cửa.",
    found="Hồ sơ trả chậm mười hai ngày so với phiếu hẹn.",
    done="Đã yêu cầu trả kết quả và xin lỗi người dân.",
    ground="Nghị định 118/2025/NĐ-CP, điều 20.",
)


@dataclass(frozen=True)
class Turn:
    """One attempt: who acts on which case, with what chance decides; `mark` makes its text unique."""

    country: Country
    person: Person
    case: Case
    chance: Random
    mark: str

    @property
    def who(self) -> tuple[Any, Any]:
        """Actor and keys; acts of officers are only taken by people who have both."""
        return self.person.actor, self.person.ring

    @property
    def text(self) -> str:
        return f"{TEXT} {self.mark}"


Act = Callable[[Turn], object]


def _seen(turn: Turn) -> int:
    return turn.case.version


def _board(act: Callable[..., object], **named: Any) -> Act:
    """An act of the board that takes the keys, what is given, and the version that was seen."""
    return lambda turn: act(turn.who[0], turn.case, turn.who[1], seen=_seen(turn), **named)


def _worded(act: Callable[..., object], word: str, **named: Any) -> Act:
    """The same with a text of this attempt under the name `word`."""
    return lambda turn: _board(act, **{word: turn.text}, **named)(turn)


def _route(turn: Turn, act: Callable[..., object] = triage.route, **named: Any) -> None:
    """To the committee that the engine names, after its kind and the level of the post were stated."""
    actor, ring = turn.who
    seen = _seen(turn)
    if turn.case.kind is None:
        triage.classify(actor, turn.case, ring, kind=Kind.PETITION, why=turn.text, seen=seen)
        seen += 1
    answer = triage.prepare(actor, turn.case, ring)[1].answer
    if not isinstance(answer, routing.Route):
        triage.establish(actor, turn.case, ring, stated=Stated(managing_level=Level.COMMUNE), seen=seen)
        answer, seen = triage.prepare(actor, turn.case, ring)[1].answer, seen + 1
    committee = answer.body.id if isinstance(answer, routing.Route) else ""
    versions = tuple(triage.HandoverVersion(one, TEXT, "", ()) for one in reports_of(turn.case.id))
    act(actor, turn.case, ring, committee_id=committee, versions=versions, seen=seen, **named)


def _refer(turn: Turn) -> None:
    actor, ring = turn.who
    seen = _seen(turn)
    triage.establish(actor, turn.case, ring, stated=Stated(), seen=seen)
    triage.refer(actor, turn.case, ring, seen=seen + 1)


def _split(turn: Turn) -> None:
    actor, ring = turn.who
    _, found = triage.pieces(actor, turn.case, ring)
    letters = tuple(one.id for one in found.letters)
    rest = tuple(range(1, len(found.story)))
    parts = (
        Part("", "Bộ phận một cửa", "Việc thứ nhất", (0,), letters, (), signs=found.signs),
        Part("", "Địa chính", "Việc thứ hai", rest, (), tuple(one.id for one in found.files)),
    )
    triage.split(actor, turn.case, ring, parts=parts, seen=_seen(turn))


def _join(turn: Turn) -> None:
    other = turn.chance.choice(turn.country.cases())
    _board(triage.join, into=other, why=turn.text)(turn)


def _urge(kind: triage.ReminderKind) -> Act:
    return lambda turn: triage.urge(turn.who[0], turn.case, kind=kind, register_no="01/CV", seen=_seen(turn))


def _close(turn: Turn) -> None:
    triage.close_outside(turn.who[0], turn.case, seen=_seen(turn))


AT_BOARD: Mapping[Step, Act] = {
    Step.CLASSIFY: _worded(triage.classify, "why", kind=Kind.PETITION),
    Step.ESTABLISH: _board(triage.establish, stated=Stated(managing_level=Level.COMMUNE)),
    Step.ASK_INFO: _worded(triage.ask, "text"),
    Step.RESUME: _worded(triage.resume, "reason"),
    Step.DECLINE: _worded(triage.decline, "text", reason=DeclineReason.NO_FACTS),
    Step.REFER: _refer,
    Step.OPEN_TRACK: _board(triage.open_track),
    Step.SPLIT: _split,
    Step.JOIN: _join,
    Step.UNJOIN: _worded(triage.unjoin, "reason"),
    Step.ROUTE: _route,
    Step.HAND_OVER: lambda turn: _route(turn, triage.hand_over, register_no="01/CV"),
    Step.REMIND: _urge(triage.ReminderKind.REMINDER),
    Step.ESCALATE: _urge(triage.ReminderKind.ESCALATION),
    Step.RECORD_RETURN: lambda turn: _board(
        triage.record_return, finding=Finding.NONE, answer=ANSWER, dated=clock.today()
    )(turn),
    Step.ANSWER: _board(triage.answer_outside),
    Step.CLOSE: _close,
    Step.NOTE: _worded(triage.note, "text"),
}


def _reply(turn: Turn) -> None:
    actor, report, secret = turn.country.holder(turn.case.id)
    asked = select(Message.id).where(Message.report_id == report.id, Message.kind == MessageKind.QUESTION)
    question = session().scalars(asked.order_by(Message.place.desc())).first() or "0" * 16
    mailbox.reply(actor, report, secret, question_id=question, text=turn.text)


def _add(turn: Turn) -> None:
    actor, report, secret = turn.country.holder(turn.case.id)
    mailbox.add(actor, report, secret, body_id=turn.case.front_id, text=turn.text)


def _withdraw(turn: Turn) -> None:
    actor, report, secret = turn.country.holder(turn.case.id)
    withdraw(actor, report, secret, case_id=turn.case.id, pressed=Pressed.NO, text=turn.text)


def _review(turn: Turn) -> None:
    actor, report, secret = turn.country.holder(turn.case.id)
    request_review(actor, report, secret, case_id=turn.case.id, text=turn.text)


OF_RESIDENTS: Mapping[Step, Act] = {
    Step.ANSWER_INFO: _reply,
    Step.NOTE: _add,  # no step of the case: a letter, which may come at any time
    Step.WITHDRAW: _withdraw,
    Step.REQUEST_REVIEW: _review,
}


def possible(acts: Mapping[Step, Act], state: State) -> list[Step]:
    """The steps among `acts` that the table has from `state`; a note, a letter come at any time."""
    return [step for step in acts if step is Step.NOTE or state in MOVES[step].sources]
