"""The proof that no report falls through: what is walked, and what may be found to fail (design)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from portal.domain.country import Country
from portal.domain.kinds import Kind
from portal.domain.lineage import Standing
from portal.domain.parties import AreaFacts, BodyFacts, PostFacts, SuccessorFacts, Track
from portal.domain.routing.answers import Advice
from portal.domain.routing.lines import Alike, Spot, at_spot
from portal.domain.structure import is_line_active, line_of


class Gap(StrEnum):
    """Why a cell leads nowhere, or not surely to one body."""

    NO_LINE = "no_line"  # the unit has no unit above it on the day
    NO_SUCCESSOR = "no_successor"  # the unit ended and does not lead to units of the day
    NO_POST = "no_post"  # the office is known, but no template of it covers the day
    SEVERAL_POSTS = "several_posts"
    NO_OFFICE = "no_office"  # the body that the office belongs to does not stand
    UNDETERMINED = "undetermined"
    OPEN_QUESTION = "open_question"
    NO_BODY = "no_body"  # the unit of the competent level stands, its body does not
    CLOSED_BODY = "closed_body"
    SEVERAL_BODIES = "several_bodies"
    BROKEN_LINE = "broken_line"  # the bodies above it do not lead to the top


@dataclass(frozen=True, slots=True)
class Cell:
    """What is asked in every unit: an office by its key, the legal kind, the track. None stands for all."""

    post: str
    kind: Kind | None = None
    track: Track | None = None

    def __str__(self) -> str:
        parts = (self.post, self.kind.value if self.kind else "*", self.track.value if self.track else "*")
        return " × ".join(parts)


@dataclass(frozen=True)
class Failing:
    """Cells that fail alike in each of the units."""

    fault: Gap
    units: tuple[AreaFacts, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Holdings:
    """All that is held of the country: units, bodies by id, templates of posts.

    `posts_known` and `links_known` come with the code: what of them covers the day must be held too.
    """

    country: Country
    bodies: Mapping[str, BodyFacts]
    posts: Sequence[PostFacts]
    posts_known: Sequence[PostFacts] = ()
    links_known: Sequence[SuccessorFacts] = ()


@dataclass(frozen=True)
class Proved:
    """One class of units with the outcome of each cell: the spot of the body, or the guidance.

    `asked` counts the cells of one unit, those that failed too.
    """

    alike: Alike
    outcomes: Mapping[Cell, Spot | Advice]
    asked: int

    def outcome(self, place: Standing, cell: Cell) -> str:
        """The id of the competent body in one of the places, or the code of the guidance."""
        found = self.outcomes[cell]
        return found.value if isinstance(found, Advice) else at_spot(found, place)


@dataclass(frozen=True)
class Proof:
    """What the walk found. It holds if nothing fails."""

    day: date
    units: int
    ended: int
    posts: int
    classes: tuple[Proved, ...]
    failing: tuple[Failing, ...]
    competent: Mapping[str, int] = field(repr=False)
    """How many cells each body is competent for, by its id."""

    @property
    def holds(self) -> bool:
        return not self.failing and self.cells > 0

    @property
    def cells(self) -> int:
        return sum(len(one.alike.places) * one.asked for one in self.classes)

    @property
    def decisions(self) -> int:
        """How many cells were decided, the others being alike."""
        return sum(one.asked for one in self.classes)

    @property
    def guided(self) -> int:
        """How many cells end in a recorded guidance."""
        return sum(
            len(one.alike.places) * sum(isinstance(found, Advice) for found in one.outcomes.values())
            for one in self.classes
        )

    def outside(self, bodies: Mapping[str, BodyFacts]) -> list[BodyFacts]:
        """The competent bodies that take no part in the portal: what is theirs is handed over outside it."""
        known = (bodies[one] for one in self.competent if one in bodies)
        away = [one for one in known if not is_line_active(line_of(one.id, bodies))]
        return sorted(away, key=lambda one: (one.kind, -one.level.rank, one.id))
