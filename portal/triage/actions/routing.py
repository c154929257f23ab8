"""Routing: the competent committee as the rules propose it, and the version it gets, under a new key."""

from dataclasses import dataclass, replace
from typing import Any

from portal.action import action, current_act, session
from portal.data.db import new_id
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Grant, Report, Under
from portal.domain import clock, kinds, routing
from portal.domain.kinds import Kind
from portal.domain.life import Step
from portal.domain.parties import Level, Track
from portal.domain.permissions import Actor, Permission, Role
from portal.domain.posts import post_on
from portal.domain.subjects import Subject, as_main
from portal.domain.telling import LeadQuestion
from portal.domain.told import telling_of
from portal.papers import line, notices, records, texts
from portal.papers.conflicts import bar, locked_bodies, verdict_on
from portal.papers.files import attach
from portal.papers.keys import mailbox_grant, new_case_key, newest_key
from portal.papers.life import take
from portal.papers.reports import OpenedReport
from portal.triage import queries
from portal.triage.actions.opening import Bundle, bundles
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
def prepare(
    actor: Actor, case: Case, /, ring: KeyRing, *, managing_level: Level | None
) -> tuple[list[Bundle], routing.Decision]:
    """The reports of the case with what was added, and the competent committee by the rules in force."""
    found = bundles(ring, case, actor.body)
    return found, decided(case, found[0].opened, managing_level)


def facts_for(case: Case, opened: OpenedReport, managing_level: Level | None) -> Subject:
    """The office as the engine is asked about it; `managing_level` where the register does not know the post.

    A committee on which somebody named sits counts as conflicted (decisions 2), and so does, in its review,
    the committee that decided the matter before.
    """
    subject = subject_of(opened)
    barred = _named_on(case, opened, subject)
    earlier = queries.reviewed_by(case)
    if earlier is not None:
        barred |= {earlier}
    level = subject.managing_level or managing_level
    return replace(subject, sits_on=subject.sits_on | barred, managing_level=level)


def _named_on(case: Case, opened: OpenedReport, subject: Subject) -> frozenset[str]:
    """The bodies in conflict by what was typed, as people sit there today, and those that lost the case."""
    bodies = line.bodies_of(line.place_of(subject.area_id, clock.today()))
    return verdict_on(typed_in(case, opened), bodies).bodies | locked_bodies(case.id)


def typed_in(case: Case, opened: OpenedReport) -> str:
    """What the resident typed, at sending and later, and the persons a reviewer added."""
    added = texts.added_text(case, opened.report, opened.keys)
    return f"{telling_of(opened.content).typed()}\n{added}"


def subject_of(opened: OpenedReport) -> Subject:
    """The office complained of, with who manages the post on the day of receipt (domain 8)."""
    subject = telling_of(opened.content).subject()
    if subject.post is None or subject.body_kind is None or subject.level is None:
        return subject
    day = clock.today()
    posts = line.posts_of(subject.body_kind, subject.level, day)
    post = post_on(posts, subject.post, day)
    return replace(subject, **as_main(post)) if post is not None else subject


@action(Permission.TRIAGE_DECIDE)
def route(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    committee_id: str,
    versions: tuple[HandoverVersion, ...],
    managing_level: Level | None,
    seen: int,
) -> None:
    """Send the case to the committee that the engine names; raises NotRoutable.

    `managing_level` is the reviewer's word where the register does not know the post.
    """
    found = bundles(ring, case, actor.body)
    answer = confirmed(case, found[0].opened, committee_id, managing_level)
    committee = newest_key(committee_id)
    if committee is None or not answer.active:
        raise NotRoutable("not_active")
    take(actor, case, Step.ROUTE, seen=seen)
    _settle(case, answer)
    bar(case, verdict_on(typed_in(case, found[0].opened), [committee_id]).barred)
    key = new_case_key(case, committee)
    records.drop_case_files(case.id)
    for bundle, version in zip(found, _in_order(found, versions), strict=True):
        hand_version(case, bundle, version, key)
        report = bundle.opened.report
        if session().get(Grant, (report.id, committee_id)) is None:
            mailbox = mailbox_grant(new_key(), report.id, committee, report.reporter_public)
            session().add(Grant(**mailbox))
    notices.notify(committee_id, "routed", _INSPECTORS, cases=[case.id])
    current_act().touch("body", committee_id)


def confirmed(
    case: Case, opened: OpenedReport, committee_id: str, managing_level: Level | None
) -> routing.Route:
    """The engine's route, if it is the one confirmed; raises NotRoutable with the reason."""
    if case.kind is None or not kinds.facts_of(case.kind).routable:
        raise NotRoutable("kind")
    if case.anonymous and not _has_basis(opened.content):
        raise NotRoutable("anonymous_path")
    answer = decided(case, opened, managing_level).answer
    if not isinstance(answer, routing.Route):
        raise NotRoutable("undecided")
    if answer.body.id != committee_id:
        raise NotRoutable("other_committee")
    return answer


def decided(case: Case, opened: OpenedReport, managing_level: Level | None) -> routing.Decision:
    """The engine's answer with its trace, for the facts as they are known today."""
    subject, day = facts_for(case, opened, managing_level), clock.today()
    place = line.place_of(subject.area_id, day)
    track = case.track or Track.PARTY
    return routing.decide(routing.Matter(subject, place, line.bodies_of(place), day, track, case.kind))


def _has_basis(content: dict[str, Any]) -> bool:
    """An anonymous report goes on as a lead only with the three recorded answers (LTC 25(2), rule 6)."""
    return all(content["lead"].get(question) for question in LeadQuestion)


def _settle(case: Case, answer: routing.Route) -> None:
    case.leader_id = answer.body.id
    case.route_rule = answer.rule
    case.track = case.track or Track.PARTY
    case.assignee_id = None


def _in_order(found: list[Bundle], versions: tuple[HandoverVersion, ...]) -> list[HandoverVersion]:
    by_report = {version.report_id: version for version in versions}
    if set(by_report) != {one.opened.report.id for one in found}:
        raise NotRoutable("handover")
    return [by_report[one.opened.report.id] for one in found]


def hand_version(case: Case, bundle: Bundle, version: HandoverVersion, key: bytes) -> None:
    """Write the hand-over version of one report and its files under the case key."""
    opened = bundle.opened
    report: Report = opened.report
    told = opened.content
    content = {
        "head": opened.head,
        "person": told["person"],
        "place": told["place"]["name"],
        "signs": told["signs"],
        "when": told["when"],
        "narrative": version.narrative,
        "where": version.where,
        "as_lead": report.anonymous,
        "kind": (case.kind or Kind.PETITION).value,
    }
    link = session().get_one(CaseReport, (case.id, report.id))
    link.sealed_handover = records.seal_handover(key, case.id, report.id, content)
    for file in bundle.files:
        if file.id in version.file_ids:
            copy = replace(file, id=new_id(), original_blob=None, original_key=None)
            attach(copy, key, under=Under.CASE, case_id=case.id)
