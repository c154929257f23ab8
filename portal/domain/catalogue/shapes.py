"""The shapes of the catalogue, and the two lists it must stay inside."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.kinds import ReportKind


class CategoryGroup(StrEnum):
    """What the database may know of a category in clear: few and coarse (design, decision 12)."""

    INTEGRITY = "integrity"
    SERVICE = "service"
    POWER = "power"
    PRAISE = "praise"


class Content(StrEnum):
    """The five monitoring contents of the Tân Phú handbook (cẩm nang).

    RESIDENCE (ties with the cell where the official lives) is party life: it is named here because the
    handbook names it, and no category may point to it.
    """

    CONSTRUCTION = "construction"
    ATTITUDE = "attitude"
    FIELD_WORK = "field_work"
    LAWFULNESS = "lawfulness"
    RESIDENCE = "residence"


# The 27 manifestations, as far as they are conduct in office: whole rows, and rows of which a part is.
ACT_ROWS = frozenset({"1.9", "2.3", "2.5", "2.6", "2.7", "2.8"})
PART_ROWS = frozenset({"1.4", "1.6", "1.7", "1.8", "2.2", "2.4", "2.9"})

# The first day of the two-level local government, for which these texts were written.
FIRST_VERSION = date(2025, 7, 1)


@dataclass(frozen=True)
class Item:
    """One yes/no question. `corruption`: a yes makes the whole report one of corruption."""

    code: str
    text: str
    corruption: bool = False


@dataclass(frozen=True)
class Category:
    """One kind of act, in words a resident uses.

    `rows` are numbers of the 27 manifestations, `contents` those of the handbook, `law` the ground.
    `corruption` keeps the reporter's identity outside the portal (QĐ 774/QĐ-TTg). Valid to the end of
    `valid_to`, both days included.
    """

    code: str
    title: str
    hint: str
    law: str
    items: tuple[Item, ...]
    group: CategoryGroup
    rows: tuple[str, ...]
    contents: tuple[Content, ...]
    corruption: bool = False
    kind: ReportKind = ReportKind.ACT
    valid_from: date = FIRST_VERSION
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """True if this version holds on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
