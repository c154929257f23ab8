"""The catalogue of what may be reported (danh mục nội dung phản ánh): 13 categories, 81 yes/no items.

It holds observable acts in office only: the ACT and PART rows of the 27 manifestations and the conduct
part of the handbook's five contents (LTC 2018 art. 2(2); NĐ 356/2025 art. 4). Texts are dated; a change
of wording is a new version with its own `valid_from`, never an overwrite.
"""

from collections.abc import Iterable
from datetime import date

from portal.domain.catalogue.integrity import INTEGRITY
from portal.domain.catalogue.outside import OUTSIDE, WHAT_THIS_IS, Outside
from portal.domain.catalogue.power import POWER, PRAISE
from portal.domain.catalogue.service import SERVICE
from portal.domain.catalogue.shapes import ACT_ROWS, PART_ROWS, Category, CategoryGroup, Content, Item
from portal.domain.kinds import ReportKind

__all__ = [
    "ACT_ROWS",
    "CATEGORIES",
    "OUTSIDE",
    "PART_ROWS",
    "WHAT_THIS_IS",
    "Category",
    "CategoryGroup",
    "Content",
    "Item",
    "Outside",
    "UnknownCategory",
    "categories_on",
    "category",
    "is_about_corruption",
]

CATEGORIES: tuple[Category, ...] = (*INTEGRITY, *POWER, *SERVICE, *PRAISE)


class UnknownCategory(LookupError):
    """No category of this code holds on the day asked for."""


def categories_on(day: date, kind: ReportKind | None = None) -> tuple[Category, ...]:
    """The categories that hold on `day`, in the order they are shown; of one kind of report if given."""
    return tuple(c for c in CATEGORIES if c.valid_on(day) and kind in (None, c.kind))


def category(code: str, day: date) -> Category:
    """The version of a category that holds on `day`. Raises UnknownCategory."""
    for candidate in CATEGORIES:
        if candidate.code == code and candidate.valid_on(day):
            return candidate
    raise UnknownCategory(code)


def is_about_corruption(chosen: Category, said_yes: Iterable[str]) -> bool:
    """True if the category, or an item answered yes, keeps the reporter's identity outside the portal.

    QĐ 774/QĐ-TTg (the sender of a report of corruption is a state secret), decision 10.
    """
    yes = set(said_yes)
    return chosen.corruption or any(item.corruption and item.code in yes for item in chosen.items)
