"""Nobody can say who is competent: the board of the province gets the case to determine it (rule 17)."""

from portal.action import action, current_act, session
from portal.data.models.body import BodyKey
from portal.data.models.case import Case, RecordKind
from portal.data.models.report import Grant, GrantScope, MessageKind, Report, Under
from portal.domain import clock, routing
from portal.domain.life import Step
from portal.domain.parties import BodyKind, Level
from portal.domain.permissions import Actor, Permission, Role
from portal.domain.receiving import bodies_of_line, conflicts_of, own_bodies
from portal.domain.routing.sentence import referred
from portal.domain.structure import is_active
from portal.papers import notices, records
from portal.papers.conflicts import bar, verdict_on
from portal.papers.keys import newest_key, report_grant
from portal.papers.life import take
from portal.papers.reports import open_report
from portal.triage.actions.deciding import send
from portal.triage.actions.opening import Bundle, bundles
from portal.triage.actions.proposing import Proposal, proposed, typed_in
from portal.triage.actions.routing import NotRoutable
from portal.vault.boxes import new_key
from portal.vault.envelope import ReportKeys
from portal.vault.ring import KeyRing

_REVIEWERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})
_OPEN = {routing.Advice.UNDETERMINED, routing.Open.WHO_MANAGES}
"""Answers of the engine that leave open who is competent; all others say what to do."""


@action(Permission.TRIAGE_DECIDE)
def refer(actor: Actor, case: Case, /, ring: KeyRing, *, seen: int) -> None:
    """Hand the case to the province's board, which gets the reports; the board below keeps following it.

    The reports are sealed to it here, by the reviewer who holds their keys. Raises NotRoutable where the
    engine does answer, and where no active board without a conflict is left there or above.
    """
    found = bundles(ring, case, actor.body)
    proposal = proposed(case, [one.opened for one in found])
    if isinstance(proposal.answer, routing.Route) or proposal.answer.code not in _OPEN:
        raise NotRoutable("decided")
    board = _board(proposal, case)
    if board is None:
        raise NotRoutable("nobody_above")
    take(actor, case, Step.REFER, seen=seen)
    if board.body_id != case.front_id:
        # The board opens the reports themselves: whoever is named in any part of them has no part there.
        whole = [open_report(ring, one.opened.report, actor.body) for one in found]
        bar(case, verdict_on(typed_in(case, whole), [board.body_id]).barred)
        for bundle in found:
            _let_in(bundle, board)
        _pass_letters(actor, case, found)
    send(actor, case, ring, MessageKind.NOTICE, referred(_name(proposal, board)))
    if board.body_id != case.front_id:
        case.referred_from, case.front_id = case.front_id, board.body_id
    notices.notify(board.body_id, "referred", _REVIEWERS, cases=[case.id])
    current_act().touch("body", board.body_id)


def _board(proposal: Proposal, case: Case) -> BodyKey | None:
    """The key of the lowest active board of a province or above, not below the case's, without a conflict."""
    matter, boards = proposal.matter, proposal.matter.bodies
    barred = own_bodies(matter.subject, matter.place)
    least = max(boards[case.front_id].level.rank if case.front_id in boards else 0, Level.PROVINCE.rank)
    for board in bodies_of_line(BodyKind.FRONT, matter.place, boards, clock.today()):
        free = not conflicts_of(board.id, boards, barred) and is_active(board.id, boards)
        if board.level.rank >= least and free:
            return newest_key(board.id)
    return None


def _name(proposal: Proposal, board: BodyKey) -> str:
    return proposal.matter.bodies[board.body_id].name


def _let_in(bundle: Bundle, board: BodyKey) -> None:
    """The board's grant: the report key, and a mailbox of its own with the resident."""
    report: Report = bundle.opened.report
    if session().get(Grant, (report.id, board.body_id)) is None:
        keys = ReportKeys(bundle.opened.keys.report_key(), new_key())
        row = report_grant(keys, report.id, board, report.reporter_public)
        session().add(Grant(**row | {"scope": GrantScope.REPORT}))
        session().flush()


def _pass_letters(actor: Actor, case: Case, found: list[Bundle]) -> None:
    """What residents wrote to this board lies under its mailbox key: the words go along, as a paper."""
    texts = [letter.content.get("text", "") for bundle in found for letter in bundle.added]
    if told := "\n\n".join(text for text in texts if text):
        key = found[0].opened.keys.report_key()
        records.record(actor, case, key, RecordKind.LETTERS, {"text": told}, under=Under.REPORT)
