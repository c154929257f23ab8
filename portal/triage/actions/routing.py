"""Routing: the competent committee as the rules propose it, and the version it gets, under a new key."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from portal.action import action, current_act, session
from portal.data.db import new_id
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.report import Grant, MessageKind, Under
from portal.domain import kinds, routing
from portal.domain.kinds import Kind
from portal.domain.life import Step
from portal.domain.parties import Track
from portal.domain.permissions import Actor, Permission, Role
from portal.domain.routing.sentence import sentence
from portal.domain.telling import LeadQuestion
from portal.papers import line, notices, records
from portal.papers.conflicts import bar, verdict_on
from portal.papers.files import attach
from portal.papers.keys import mailbox_grant, new_case_key, newest_key
from portal.papers.life import take
from portal.papers.reports import OpenedReport, keys_of
from portal.triage import queries
from portal.triage.actions.deciding import send
from portal.triage.actions.opening import Bundle, bundles
from portal.triage.actions.proposing import Proposal, proposed, typed_in
from portal.vault.boxes import new_key
from portal.vault.ring import KeyRing

_INSPECTORS = frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR})


class NotRoutable(Exception):
    """The case cannot go to a committee as it is; `why` is a code that the page explains."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class HandoverVersion:
    """What a committee gets of one report: text with everything removed that points to the reporter.

    Source: LTC 56(2). `file_ids` are the files that go along; to leave one out is also a decision.
    """

    report_id: str
    narrative: str
    where: str
    file_ids: tuple[str, ...]


@action(Permission.TRIAGE_VIEW)
def prepare(actor: Actor, case: Case, /, ring: KeyRing) -> tuple[list[Bundle], Proposal]:
    """The reports of the case with what was added, and the competent committee by the rules in force."""
    found = bundles(ring, case, actor.body)
    return found, proposed(case, [one.opened for one in found])


@action(Permission.TRIAGE_DECIDE)
def route(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    committee_id: str,
    versions: tuple[HandoverVersion, ...],
    seen: int,
) -> None:
    """Send the case to the committee that the engine names; raises NotRoutable."""
    found = bundles(ring, case, actor.body)
    reports = [one.opened for one in found]
    proposal, answer = confirmed(case, reports, committee_id)
    committee = newest_key(committee_id)
    if committee is None or not answer.active:
        raise NotRoutable("not_active")
    take(actor, case, Step.ROUTE, seen=seen)
    settle(case, proposal, answer)
    bar(case, verdict_on(typed_in(case, reports), [committee_id]).barred)
    key = new_case_key(case, committee)
    records.drop_case_files(case.id)
    for bundle, version in zip(found, in_order(found, versions), strict=True):
        hand_version(case, bundle, version, key, proposal.told)
        report = bundle.opened.report
        if session().get(Grant, (report.id, committee_id)) is None:
            mailbox = mailbox_grant(new_key(), report.id, committee, report.reporter_public)
            session().add(Grant(**mailbox))
    explain(actor, case, ring, proposal, answer)
    notices.notify(committee_id, "routed", _INSPECTORS, cases=[case.id])
    current_act().touch("body", committee_id)


def confirmed(
    case: Case, reports: Sequence[OpenedReport], committee_id: str
) -> tuple[Proposal, routing.Route]:
    """The engine's proposal and its route, if it is the one confirmed; raises NotRoutable with the reason."""
    if case.kind is None or not kinds.facts_of(case.kind).routable:
        raise NotRoutable("kind")
    if case.anonymous and not any(_has_basis(one.content) for one in reports):
        raise NotRoutable("anonymous_path")
    proposal = proposed(case, reports)
    answer = proposal.route
    if answer is None:
        raise NotRoutable("undecided")
    if answer.body.id != committee_id:
        raise NotRoutable("other_committee")
    return proposal, answer


def _has_basis(content: dict[str, Any]) -> bool:
    """An anonymous report goes on as a lead only with the three recorded answers (LTC 25(2), rule 6)."""
    return all(content["lead"].get(question) for question in LeadQuestion)


def settle(case: Case, proposal: Proposal, answer: routing.Route) -> None:
    """Write on the case whom it went to, by which rule, on which track."""
    case.leader_id = answer.body.id
    case.route_rule = answer.rule
    case.track = Track(proposal.told["track"])
    case.assignee_id = None


def explain(actor: Actor, case: Case, ring: KeyRing, proposal: Proposal, answer: routing.Route) -> None:
    """Keep the whole decision for the board, and tell every resident in one sentence (rule 30)."""
    subject = proposal.matter.subject
    post = line.register().on(subject.post, proposal.matter.day) if subject.post else None
    send(actor, case, ring, MessageKind.NOTICE, asdict(sentence(answer, subject.who, post)))
    key = keys_of(ring, queries.reports(case.id)[0].id, actor.body).report_key()
    content = {"told": proposal.told, "version": case.version}
    records.record(actor, case, key, RecordKind.ROUTING, content, under=Under.REPORT)


def in_order(found: list[Bundle], versions: tuple[HandoverVersion, ...]) -> list[HandoverVersion]:
    """The versions in the order of the reports; raises NotRoutable where one is missing or too much."""
    by_report = {version.report_id: version for version in versions}
    if set(by_report) != {one.opened.report.id for one in found}:
        raise NotRoutable("handover")
    return [by_report[one.opened.report.id] for one in found]


def hand_version(
    case: Case, bundle: Bundle, version: HandoverVersion, key: bytes, told_why: dict[str, Any]
) -> None:
    """Write the hand-over version of one report, why it came, and its files under the case key."""
    report_id = bundle.opened.report.id
    handed = handed_of(case, bundle, version) | {"routing": told_why}
    link = session().get_one(CaseReport, (case.id, report_id))
    link.sealed_handover = records.seal_handover(key, case.id, report_id, handed)
    for file in bundle.files:
        if file.id in version.file_ids:
            copy = replace(file, id=new_id(), original_blob=None, original_key=None)
            # The report's id tells which files leave again with a report that was joined by mistake.
            attach(copy, key, under=Under.CASE, case_id=case.id, report_id=report_id)


def handed_of(case: Case, bundle: Bundle, version: HandoverVersion) -> dict[str, Any]:
    """What leaves the board of one report: nothing that points to its writer, nothing of other matters."""
    content = bundle.opened.content
    return {
        "head": bundle.opened.head,
        "person": content["person"],
        "place": content["place"]["name"],
        "signs": content["signs"],
        "when": content["when"],
        "narrative": version.narrative,
        "where": version.where,
        "as_lead": bundle.opened.report.anonymous,
        "kind": (case.kind or Kind.PETITION).value,
    }
