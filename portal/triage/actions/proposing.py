"""What the engine answers about a case today, on the facts that are known of the one complained of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from portal.data.models.case import Case
from portal.domain import clock, routing
from portal.domain.parties import BodyKind, PostFacts, Track
from portal.domain.receiving import conflicts_on, seats
from portal.domain.routing.told import told
from portal.domain.routing.tracks import open_tracks
from portal.domain.stated import applied, readings
from portal.domain.structure import body_id
from portal.domain.subjects import Subject
from portal.domain.told import telling_of
from portal.papers import line, texts
from portal.papers.conflicts import locked_bodies, verdict_on
from portal.papers.reports import OpenedReport
from portal.triage import queries
from portal.triage.actions.facts import newest_facts, subject_of


@dataclass(frozen=True)
class Proposal:
    """The engine's decision with the matter it was asked."""

    decision: routing.Decision
    matter: routing.Matter
    posts: tuple[PostFacts, ...] = ()
    """The posts that the resident's words may mean, while no reviewer chose one."""

    @property
    def answer(self) -> routing.Answer:
        return self.decision.answer

    @property
    def route(self) -> routing.Route | None:
        """Where the case can go: the competent body; to a cell through the party committee of its unit."""
        answer = self.answer
        if isinstance(answer, routing.Guidance) and answer.code is routing.Advice.OWN_CELL:
            return self._through_the_party(answer)
        return answer if isinstance(answer, routing.Route) else None

    def _through_the_party(self, answer: routing.Guidance) -> routing.Route | None:
        matter = self.matter
        party = matter.bodies.get(body_id(BodyKind.PARTY, matter.place.line[0].id))
        if party is None or conflicts_on((party,), seats(matter.subject, matter.place)):
            return None
        return routing.Route(party, answer.rule, answer.source, "", False)

    @property
    def told(self) -> dict[str, Any]:
        """The answer and its trace, as pages show them and records keep them.

        Where nobody can say who manages the post because it may be one of several, that is what is asked.
        """
        shown = told(self.decision, self.matter)
        if len(self.posts) > 1:
            shown |= {"code": routing.Open.WHICH_POST.value, "candidates": [post.name for post in self.posts]}
        return shown

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks that are open for the one complained of (rule 23)."""
        return open_tracks(self.matter.subject)


def proposed(case: Case, reports: Sequence[OpenedReport]) -> Proposal:
    """The engine's answer with its trace, for the facts as they are known today; raises UnknownUnit.

    `reports` as far as they are the case's matter, its own first: that one says which office it is about.
    """
    subject, day = facts_for(case, reports), clock.today()
    place = line.place_of(subject.area_id, day)
    track = case.track or Track.PARTY
    matter = routing.Matter(subject, place, line.bodies_of(place), day, track, case.kind)
    decision = routing.decide(matter)
    asks = decision.answer == routing.Question(routing.Open.WHO_MANAGES)
    return Proposal(decision, matter, _meant(case, reports[0]) if asks else ())


def _meant(case: Case, opened: OpenedReport) -> tuple[PostFacts, ...]:
    """The readings of the post as the resident wrote it; none where a reviewer stated the facts."""
    if newest_facts(case, opened) is not None:
        return ()
    office = telling_of(opened.content).office
    text = office.post_name or office.detail
    return readings(text, office.post, line.register(), clock.today(), level=office.level)


def facts_for(case: Case, reports: Sequence[OpenedReport]) -> Subject:
    """The office as the engine is asked about it: as told, or by the newest facts that a reviewer stated.

    A committee on which somebody named sits counts as conflicted (decisions 2), and so does, in its review,
    the committee that decided the matter before.
    """
    subject, stated = subject_of(reports[0]), newest_facts(case, reports[0])
    if stated is not None:
        subject = applied(stated, subject, line.register(), clock.today())
    barred = _named_on(case, reports, subject)
    earlier = queries.reviewed_by(case)
    if earlier is not None:
        barred |= {earlier}
    return replace(subject, sits_on=subject.sits_on | barred)


def _named_on(case: Case, reports: Sequence[OpenedReport], subject: Subject) -> frozenset[str]:
    """The bodies in conflict by what was typed, as people sit there today, and those that lost the case."""
    bodies = line.bodies_of(line.place_of(subject.area_id, clock.today()))
    lost = locked_bodies(case.id) | (locked_bodies(case.linked_to) if case.linked_to else frozenset())
    return verdict_on(typed_in(case, reports), bodies).bodies | lost


def typed_in(case: Case, reports: Sequence[OpenedReport]) -> str:
    """What the residents typed, at sending and later, and the persons a reviewer added."""
    parts = [telling_of(one.content).typed() for one in reports]
    return "\n".join([*parts, *(texts.added_text(case, one.report, one.keys) for one in reports)])
