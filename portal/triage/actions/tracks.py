"""The two tracks of one matter as two linked cases, each with its state, clock and leader (rule 23)."""

from portal.action import action, current_act, session
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.report import Under
from portal.domain import clock
from portal.domain.kinds import ReportKind
from portal.domain.life import Step
from portal.domain.parties import Track
from portal.domain.permissions import Actor, Permission
from portal.papers import records
from portal.papers.beside import case_beside
from portal.papers.conflicts import bar
from portal.papers.life import take
from portal.papers.reports import open_report
from portal.triage import queries
from portal.triage.actions.parts import narrowed
from portal.triage.actions.proposing import Proposal, proposed
from portal.triage.actions.routing import NotRoutable
from portal.vault.ring import KeyRing

OTHER = {Track.PARTY: Track.STATE, Track.STATE: Track.PARTY}
_GO_ALONG = (RecordKind.FACTS, RecordKind.PERSON, RecordKind.LETTERS, RecordKind.PART)


@action(Permission.TRIAGE_DECIDE)
def open_track(actor: Actor, case: Case, /, ring: KeyRing, *, seen: int) -> str:
    """Open the other track as a linked case at this board; returns its id. Raises NotRoutable.

    It begins as received, with the kind and the facts known so far; whoever has no part in the one has none
    in the other.
    """
    reports = [open_report(ring, one, actor.body) for one in queries.reports(case.id)]
    proposal = proposed(case, [narrowed(case, one) for one in reports])
    other = other_track_of(case, proposal)
    if other is None:
        raise NotRoutable("one_track")
    take(actor, case, Step.OPEN_TRACK, seen=seen)
    case.track = OTHER[other]
    twin = case_beside(
        case,
        case.front_id,
        kind=case.kind,
        track=other,
        linked_to=case.id,
        referred_from=case.referred_from,
        split_from=case.split_from,
        matter=case.matter,
    )
    for one in reports:
        link = session().get_one(CaseReport, (case.id, one.report.id))
        row = {"case_id": twin.id, "report_id": one.report.id, "joined_from": link.joined_from}
        session().add(CaseReport(**row, added_on=clock.today()))
    session().flush()
    key = reports[0].keys.report_key()
    for paper in records.papers(case, {Under.REPORT: key}):
        if paper.kind in _GO_ALONG:
            records.record(actor, twin, key, paper.kind, paper.content, under=Under.REPORT, step=paper.step)
    case.linked_to = twin.id
    bar(twin, {one.account_id: one.reason for one in case.bars})
    current_act().touch("case", twin.id)
    return twin.id


def other_track_of(case: Case, proposal: Proposal) -> Track | None:
    """The track that may be opened beside the case's own; None where there is none, or it is open already.

    Praise has no track, and a review looks at one answer only.
    """
    if case.linked_to or case.review_of or case.report_kind is ReportKind.PRAISE:
        return None
    other = OTHER[Track(proposal.told["track"])]
    return other if len(proposal.tracks) == len(OTHER) else None
