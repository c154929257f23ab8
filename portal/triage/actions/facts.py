"""The facts on which the competent body depends: looked up, and stated by a reviewer, version by version."""

from dataclasses import dataclass, replace

from portal.action import action, current_act
from portal.data.models.case import Case, RecordKind
from portal.data.models.report import Under
from portal.domain import clock
from portal.domain.life import Step
from portal.domain.lineage import Standing
from portal.domain.offices import Register
from portal.domain.permissions import Actor, Permission
from portal.domain.stated import Stated, require_consistent, stated_of
from portal.domain.subjects import Subject, as_main
from portal.domain.told import telling_of
from portal.papers import line, records
from portal.papers.life import take
from portal.papers.reports import OpenedReport, open_report
from portal.triage import queries
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class Known:
    """What a reviewer states facts on: what was told, the versions so far (oldest first), units and posts."""

    opened: OpenedReport
    versions: tuple[records.Paper, ...]
    place: Standing
    register: Register

    @property
    def newest(self) -> Stated | None:
        """The facts that count now."""
        return stated_of(self.versions[-1].content) if self.versions else None


@action(Permission.TRIAGE_VIEW)
def look_up(actor: Actor, case: Case, /, ring: KeyRing) -> Known:
    """What is known of the one complained of; the unit stands as on the day of today."""
    opened = _opened(actor, case, ring)
    current_act().touch("report", opened.report.id)
    return _known(case, opened)


@action(Permission.TRIAGE_DECIDE)
def establish(actor: Actor, case: Case, /, ring: KeyRing, *, stated: Stated, seen: int) -> None:
    """State the facts; an earlier version stays on record. Raises Contradiction."""
    opened = _opened(actor, case, ring)
    known = _known(case, opened)
    units = {unit.id for unit in known.place.candidates}
    require_consistent(stated, known.register, clock.today(), units)
    take(actor, case, Step.ESTABLISH, seen=seen)
    content, key = stated.as_content() | {"version": case.version}, opened.keys.report_key()
    records.record(actor, case, key, RecordKind.FACTS, content, under=Under.REPORT, step=Step.ESTABLISH)


def _opened(actor: Actor, case: Case, ring: KeyRing) -> OpenedReport:
    return open_report(ring, queries.reports(case.id)[0], actor.body)


def _known(case: Case, opened: OpenedReport) -> Known:
    place = line.place_of(telling_of(opened.content).subject().area_id, clock.today())
    return Known(opened, facts_of(case, opened), place, line.register())


def facts_of(case: Case, opened: OpenedReport) -> tuple[records.Paper, ...]:
    """Every version of the facts, oldest first, whichever board that holds the report stated it."""
    papers = records.papers(case, {Under.REPORT: opened.keys.report_key()})
    found = (paper for paper in papers if paper.kind is RecordKind.FACTS)
    return tuple(sorted(found, key=lambda paper: paper.content["version"]))


def newest_facts(case: Case, opened: OpenedReport) -> Stated | None:
    """The facts that count; None where nobody stated any."""
    versions = facts_of(case, opened)
    return stated_of(versions[-1].content) if versions else None


def subject_of(opened: OpenedReport) -> Subject:
    """The office as the resident told it, with who manages the post on the day of receipt (domain 8)."""
    subject = telling_of(opened.content).subject()
    post = line.register().on(subject.post, clock.today()) if subject.post else None
    return replace(subject, **as_main(post)) if post is not None else subject
