"""Several residents on one matter: their reports under one case, each answered by himself (rule 15).

The case that is joined rests in the other with its papers; its report lies with both, so that nothing is
sealed anew and a wrong join can be undone. No resident learns that there are others.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select

from portal.action import action, current_act, session
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.conflict import CaseLock
from portal.data.models.report import Attachment, Report, Under
from portal.domain import clock
from portal.domain.conflicts import LockState
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission, may
from portal.papers import records
from portal.papers.conflicts import bar
from portal.papers.life import take
from portal.papers.reports import keys_of
from portal.triage import queries
from portal.vault.ring import KeyRing


class NotTogether(Exception):
    """The two cases cannot be joined; `why` is a code that the page explains."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@action(Permission.TRIAGE_DECIDE)
def join(actor: Actor, case: Case, /, ring: KeyRing, *, into: str, why: str, seen: int) -> None:
    """Let the case rest in `into`, which takes its report in; raises NotTogether, IllegalStep.

    Whoever has no part in the one has none in the other from now on: the bars and the boards that lost either
    are united. Grants stay as they are, one per report and body.
    """
    target = _target(actor, case, into)
    links = _links(case.id)
    known = {link.report_id for link in _links(target.id)}
    _require_fit(case, target, links, known)
    take(actor, case, Step.JOIN, seen=seen)
    take(actor, target, Step.TAKE_IN)
    case.joined_to = target.id
    for link in links:
        row = {"case_id": target.id, "report_id": link.report_id, "joined_from": case.id}
        session().add(CaseReport(**row, added_on=clock.today()))
    session().flush()
    _unite(case, target)
    _hide_or_show(target)
    for one in (case, target):
        _keep(actor, one, ring, why, Step.JOIN if one is case else Step.TAKE_IN)
    current_act().touch("case", target.id)


@action(Permission.TRIAGE_DECIDE)
def unjoin(actor: Actor, case: Case, /, ring: KeyRing, *, reason: str, seen: int) -> None:
    """Take the report out again while nothing is answered; the case begins anew at the board.

    The version that went to a committee goes, with its files. The bars stay: who was kept out may have been
    so for a reason that both reports give. Raises IllegalStep once the joined case is answered.
    """
    take(actor, case, Step.UNJOIN, reason, seen=seen)
    taken = session().scalars(select(CaseReport).where(CaseReport.joined_from == case.id)).all()
    for link in taken:
        target = _locked(link.case_id)
        take(actor, target, Step.LET_GO)
        session().execute(
            delete(Attachment).where(
                Attachment.case_id == target.id,
                Attachment.report_id == link.report_id,
                Attachment.under == Under.CASE,
            )
        )
        session().delete(link)
        session().flush()
        _hide_or_show(target)
        current_act().touch("case", target.id)
    case.joined_to = None
    _keep(actor, case, ring, reason, Step.UNJOIN)


def _target(actor: Actor, case: Case, case_id: str) -> Case:
    """The other case of this board, kept from other writers; raises NotTogether where there is none."""
    if case_id == case.id:
        raise NotTogether("same_case")
    target = session().get(Case, case_id, populate_existing=True, with_for_update=True)
    if target is None or not may(actor, Permission.TRIAGE_DECIDE, target.facts()):
        raise NotTogether("no_such_case")
    return target


def _require_fit(case: Case, target: Case, links: Sequence[CaseReport], known: set[str]) -> None:
    if case.report_kind is not target.report_kind or case.review_of or target.review_of:
        raise NotTogether("other_kind")
    if case.linked_to or target.linked_to:
        raise NotTogether("two_tracks")
    if any(link.joined_from for link in links):
        raise NotTogether("holds_others")
    if any(link.report_id in known for link in links):
        raise NotTogether("same_report")
    if any(lock.state is LockState.WAITING for one in (case, target) for lock in one.locks):
        raise NotTogether("locked")


def _unite(case: Case, target: Case) -> None:
    """Bars and locks of both, on both: who may not know of one report may not know of the case."""
    bars = {one.account_id: one.reason for one in (*case.bars, *target.bars)}
    for one, other in ((case, target), (target, case)):
        held = {lock.body_id for lock in one.locks}
        for lock in other.locks:
            if lock.body_id not in held:
                _shut(one, lock)
            if one.referred_from == lock.body_id:
                one.referred_from = None
    session().flush()
    for one in (case, target):
        bar(one, bars)


def _shut(case: Case, lock: CaseLock) -> None:
    names = ("body_id", "side", "source", "state", "to_body_id", "found_on", "done_on")
    session().add(CaseLock(case_id=case.id, **{name: getattr(lock, name) for name in names}))


def _hide_or_show(case: Case) -> None:
    """A case is anonymous as long as all its reports are (LTC 25)."""
    reports = queries.reports(case.id)
    case.anonymous = all(report.anonymous for report in reports)


def _links(case_id: str) -> Sequence[CaseReport]:
    found = select(CaseReport).where(CaseReport.case_id == case_id).order_by(CaseReport.report_id)
    return session().scalars(found).all()


def _locked(case_id: str) -> Case:
    return session().get_one(Case, case_id, populate_existing=True, with_for_update=True)


def _keep(actor: Actor, case: Case, ring: KeyRing, why: str, step: Step) -> None:
    first: Report = queries.reports(case.id)[0]
    key = keys_of(ring, first.id, actor.body).report_key()
    records.record(actor, case, key, RecordKind.REASON, {"text": why}, under=Under.REPORT, step=step)
