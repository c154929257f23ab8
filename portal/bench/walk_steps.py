"""One random step of a case through the act that a page would call, by whoever has the right to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.action import Forbidden, Stale, session
from portal.casework import actions as casework
from portal.casework import queries
from portal.config import Settings
from portal.data.models.case import Case, CaseGrant
from portal.data.models.followed import Followed
from portal.data.models.report import Message, MessageKind, Report
from portal.domain import clock
from portal.domain.answers import Answer, Finding
from portal.domain.clocks import NotExtendable, NotSuspendable, Until
from portal.domain.deadlines import Ground
from portal.domain.declining import DeclineReason
from portal.domain.entries import SHAPES, Ask, Entry, Owed
from portal.domain.kinds import Kind
from portal.domain.life import MOVES, IllegalStep, State, Step
from portal.domain.parties import Level
from portal.domain.permissions import Actor, ActorKind
from portal.domain.stated import Stated
from portal.domain.telling import Pressed
from portal.intake.actions import mailbox
from portal.intake.actions.review import request_review
from portal.intake.actions.withdraw import withdraw
from portal.intake.queries.mailbox import passed
from portal.papers.clocks import NoClock
from portal.triage import actions as triage
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing

TEXT = "Một câu đủ dài để không bị từ chối vì ngắn."
ANSWER = Answer(
    checked="Đã xem sổ nhận hồ sơ và hỏi bộ phận một cửa.",
    found="Hồ sơ trả chậm mười hai ngày so với phiếu hẹn.",
    done="Đã yêu cầu trả kết quả và xin lỗi người dân.",
    ground="Nghị định 118/2025/NĐ-CP, điều 20.",
)
# What an act answers when a step is not possible; a page turns each of them into a sentence.
REFUSALS = (
    IllegalStep,
    Forbidden,
    Stale,
    NoClock,
    NotExtendable,
    NotSuspendable,
    NotHeld,
    mailbox.NotOpen,
    mailbox.NotNow,
    mailbox.TooMuch,
    triage.NotRoutable,
    triage.NotTogether,
    casework.NotHeard,
    casework.OpenRemedy,
)
Seat = tuple[Actor, KeyRing]


@dataclass(frozen=True)
class Walked:
    """A case that is walked: its report and receipt, the ward's committee, and whether that is outside."""

    case_id: str
    report_id: str
    code: str
    committee: str
    outside: bool = False


@dataclass
class Turn:
    """One step of one case by one of the actors. `seen`: the version that he read before he decided."""

    settings: Settings
    one: Walked
    case: Case
    seen: int
    mark: str
    seat: Callable[[str, bool], Seat]
    others: tuple[str, ...] = ()
    taken: list[tuple[str, Step, int]] = field(default_factory=list)

    def front(self, act: Callable[..., Any], *, with_ring: bool = True, **given: Any) -> None:
        self._by(self.case.front_id, True, act, with_ring, given)

    def committee(
        self, act: Callable[..., Any], *, lead: bool = True, with_ring: bool = True, **given: Any
    ) -> None:
        self._by(self.case.leader_id or self.one.committee, lead, act, with_ring, given)

    def _by(
        self, body: str, lead: bool, act: Callable[..., Any], with_ring: bool, given: dict[str, Any]
    ) -> None:
        actor, ring = self.seat(body, lead)
        act(actor, self.case, *((ring,) if with_ring else ()), **given)

    def resident(self) -> tuple[Actor, Report, bytes]:
        found = passed(self.one.code, self.settings.pepper.encode())
        if found is None:
            raise RuntimeError("a receipt opens nothing")
        report = session().get_one(Report, self.one.report_id)
        return Actor("reporter", ActorKind.REPORTER, report_id=report.id), report, found.secret

    @property
    def is_outside(self) -> bool:
        """The board itself answers: nobody on the portal has the case."""
        leader = self.case.leader_id
        return leader is None or session().get(CaseGrant, (self.case.id, leader)) is None


def establish(turn: Turn) -> None:
    stated = Stated(managing_level=Level.COMMUNE)
    turn.front(triage.establish, stated=stated, seen=turn.seen)


def _send(turn: Turn, act: Callable[..., Any], **given: Any) -> None:
    """To the committee that the engine names now; where it cannot tell, what is missing is stated first."""
    actor, ring = turn.seat(turn.case.front_id, True)
    answer = triage.prepare(actor, turn.case, ring)[1].answer
    if not hasattr(answer, "body") and turn.case.state in MOVES[Step.ROUTE].sources:
        establish(turn)
        turn.taken.append((turn.case.id, Step.ESTABLISH, turn.case.version))
        turn.seen = turn.case.version
        answer = triage.prepare(actor, turn.case, ring)[1].answer
    body = answer.body.id if hasattr(answer, "body") else turn.one.committee
    version = triage.HandoverVersion(turn.one.report_id, TEXT, "", ())
    links = [one.report_id for one in queries.links(turn.case.id)]
    versions = tuple(triage.HandoverVersion(one, TEXT, "", ()) for one in links) or (version,)
    turn.front(act, committee_id=body, versions=versions, seen=turn.seen, **given)


def _refer(turn: Turn) -> None:
    """Nobody can say who is competent: what was stated before is taken back."""
    turn.front(triage.establish, stated=Stated(), seen=turn.seen)
    turn.taken.append((turn.case.id, Step.ESTABLISH, turn.case.version))
    turn.front(triage.refer, seen=turn.case.version)


def _join(turn: Turn) -> None:
    """Into the case walked beside it that is at the board, too."""
    rows = select(Case.id).where(
        Case.id.in_(turn.others), Case.id != turn.case.id, Case._state.in_(MOVES[Step.TAKE_IN].sources)
    )
    into = session().scalar(rows.limit(1))
    if into is None:
        raise IllegalStep("no other case")
    turn.front(triage.join, into=into, why=TEXT, seen=turn.seen)


def _answer_info(turn: Turn) -> None:
    actor, report, secret = turn.resident()
    if turn.case.state is not State.NEEDS_INFO:
        raise IllegalStep("a reply outside needs_info is a letter, not a step")
    asked = select(Message.id).where(
        Message.report_id == report.id,
        Message.kind == MessageKind.QUESTION,
        Message.body_id == turn.case.front_id,
    )
    question = session().scalar(asked.order_by(Message.place.desc()).limit(1))
    mailbox.reply(actor, report, secret, question_id=question or "0" * 16, text=TEXT)


def _request_review(turn: Turn) -> None:
    request_review(*turn.resident(), case_id=turn.case.id, text=TEXT)


def _end_review(turn: Turn) -> None:
    """The board above declines the case that reviews."""
    review = session().scalars(select(Case).where(Case.review_of == turn.case.id)).first()
    if review is None or review.state is not State.RECEIVED:
        raise IllegalStep("no review")
    actor, ring = turn.seat(review.front_id, True)
    given: dict[str, Any] = {"reason": DeclineReason.NO_FACTS, "text": TEXT, "seen": review.version}
    triage.decline(actor, review, ring, **given)
    turn.taken.append((review.id, Step.DECLINE, review.version))


def _answer(turn: Turn) -> None:
    if turn.is_outside:
        turn.front(triage.answer_outside, seen=turn.seen)
    else:
        turn.committee(casework.answer, seen=turn.seen)


def _close(turn: Turn) -> None:
    if turn.is_outside:
        turn.front(triage.close_outside, with_ring=False, seen=turn.seen)
    else:
        turn.committee(casework.close, with_ring=False, seen=turn.seen)


def _assign(turn: Turn) -> None:
    actor, _ = turn.seat(turn.case.leader_id or turn.one.committee, False)
    turn.committee(casework.assign, with_ring=False, account_id=actor.id, seen=turn.seen)


def _extend(turn: Turn) -> None:
    ground, days = (Ground.DELEGATED, 3) if turn.case.due_rule == "accept" else (Ground.COMPLEX, 30)
    turn.committee(casework.extend, ground=ground, days=days, reason=TEXT, text=TEXT, seen=turn.seen)


def _enter(turn: Turn, entry: Entry, *, lead: bool = True) -> None:
    shape, day = SHAPES[entry], clock.today()
    asked: dict[Ask, str] = {
        ask: "party.warning" if ask is Ask.FORM else "12" for ask in shape.asks if ask is not Ask.DUE
    }
    due = day + timedelta(days=9) if shape.owes else None
    what = casework.Entered(entry, day, TEXT, due, asked)
    act = casework.record_outcome if shape.step in casework.OUTCOMES else casework.enter
    turn.committee(act, lead=lead, what=what)


def _owed(turn: Turn, owes: Owed, *, came: bool) -> Followed:
    rows = [one for one in queries.followed(turn.case.id) if one.owes is owes and one.is_open]
    found = next((one for one in rows if (one.reply_id is not None) is came), None)
    if found is None:
        raise IllegalStep("nothing is owed")
    return found


def _on_owed(
    turn: Turn, act: Callable[..., Any], owes: Owed, *, came: bool, lead: bool, **given: Any
) -> None:
    actor, ring = turn.seat(turn.case.leader_id or turn.one.committee, lead)
    act(actor, _owed(turn, owes, came=came), ring, **given)


def _follow(turn: Turn, owes: Owed) -> None:
    given = {"dated": clock.today(), "text": TEXT}
    _on_owed(turn, casework.follow_up, owes, came=False, lead=True, **given)


def _explain(turn: Turn) -> None:
    turn.committee(casework.record_explanation, lead=False, text=TEXT, dated=clock.today(), refused=False)


def _telling(name: str, **given: Any) -> Callable[[Turn], None]:
    """A step of the lead that writes to the resident, by the name of its act."""
    return lambda turn: turn.committee(
        getattr(casework, name), reason=TEXT, text=TEXT, seen=turn.seen, **given
    )


DOES: Mapping[Step, Callable[[Turn], None]] = {
    Step.CLASSIFY: lambda t: t.front(triage.classify, kind=Kind.PETITION, why=TEXT, seen=t.seen),
    Step.ESTABLISH: establish,
    Step.ASK_INFO: lambda t: t.front(triage.ask, text=TEXT, seen=t.seen),
    Step.ANSWER_INFO: _answer_info,
    Step.RESUME: lambda t: t.front(triage.resume, reason=TEXT, seen=t.seen),
    Step.DECLINE: lambda t: t.front(triage.decline, reason=DeclineReason.NO_FACTS, text=TEXT, seen=t.seen),
    Step.COMMEND: lambda t: t.front(triage.commend, text=TEXT, seen=t.seen),
    Step.REFER: _refer,
    Step.JOIN: _join,
    Step.UNJOIN: lambda t: t.front(triage.unjoin, reason=TEXT, seen=t.seen),
    Step.ROUTE: lambda t: _send(t, triage.route),
    Step.HAND_OVER: lambda t: _send(t, triage.hand_over, register_no="01/CV"),
    Step.RECORD_RETURN: lambda t: t.front(
        triage.record_return, finding=Finding.NONE, answer=ANSWER, dated=clock.today(), seen=t.seen
    ),
    Step.ACCEPT: lambda t: t.committee(casework.accept, with_ring=False, seen=t.seen),
    Step.RETURN: lambda t: t.committee(casework.return_case, reason=TEXT, seen=t.seen),
    Step.ASSIGN: _assign,
    Step.NOTE: lambda t: t.committee(casework.note, lead=False, text=t.mark),
    Step.ASK_REPORTER: lambda t: t.committee(casework.ask, report_id=t.one.report_id, text=TEXT),
    Step.BEGIN_VERIFICATION: lambda t: t.committee(
        casework.begin_verification, lead=False, plan=TEXT, seen=t.seen
    ),
    Step.SUSPEND: _telling("suspend", until=Until.OTHER_RESULT),
    Step.RESUME_WORK: _telling("resume_work"),
    Step.EXTEND: _extend,
    Step.TELL_PERSON: lambda t: _enter(t, Entry.PERSON_TOLD),
    Step.REQUEST: lambda t: _enter(t, Entry.DOCUMENTS, lead=False),
    Step.RECORD_REPLY: lambda t: _follow(t, Owed.REPLY),
    Step.RECORD_EXPLANATION: _explain,
    Step.CONCLUDE: lambda t: t.committee(
        casework.conclude, lead=False, finding=Finding.PARTLY, answer=ANSWER, seen=t.seen
    ),
    Step.ANSWER: _answer,
    Step.RECORD_OUTCOME: lambda t: _enter(t, Entry.DISCIPLINE),
    Step.PLAN_REMEDY: lambda t: _enter(t, Entry.REMEDY),
    Step.RECORD_REMEDY: lambda t: _follow(t, Owed.EVIDENCE),
    Step.CHECK_REMEDY: lambda t: _on_owed(
        t, casework.check_remedy, Owed.EVIDENCE, came=True, lead=False, done=True, text=TEXT
    ),
    Step.DRAFT_PUBLICATION: lambda t: _enter(t, Entry.PUBLICATION, lead=False),
    Step.APPROVE_PUBLICATION: lambda t: _on_owed(
        t, casework.approve_publication, Owed.APPROVAL, came=True, lead=True, yes=True, text=TEXT
    ),
    Step.CLOSE: _close,
    Step.REQUEST_REVIEW: _request_review,
    Step.END_REVIEW: _end_review,
    Step.WITHDRAW: lambda t: withdraw(*t.resident(), case_id=t.case.id, pressed=Pressed.NO, text=TEXT),
    Step.CORRECT: lambda t: t.committee(
        casework.correct, finding=Finding.NONE, answer=ANSWER, why=TEXT, seen=t.seen
    ),
}
