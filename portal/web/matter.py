"""What a case is about in words, from the sealed head of a report: office, post, category, answered items."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.domain.catalogue import Category, UnknownCategory, category
from portal.domain.clock import today
from portal.web.i18n import _


@dataclass(frozen=True)
class Matter:
    """Office, post and category as lists and pages show them; never empty."""

    office: str
    post: str
    category: str

    @property
    def title(self) -> str:
        return f"{self.post}, {self.office}" if self.post else self.office


@dataclass(frozen=True)
class Sign:
    """One yes/no item that the resident answered."""

    text: str
    yes: bool


def matter(head: Mapping[str, Any] | None) -> Matter:
    """The head in words; a head that could not be opened says so."""
    if not head:
        return Matter(_("Chưa mở được"), "", "")
    office = head["office"]
    name = ", ".join(part for part in (office["detail"], office["name"]) if part)
    found = _category(head.get("category"))
    post = head["post"]["name"]
    return Matter(name or _("Chưa rõ cơ quan"), _(post), _(found.title) if found else "")


def signs(code: str | None, answers: Mapping[str, Any]) -> list[Sign]:
    """The items of a category that were answered with yes or no, in the catalogue's order."""
    found = _category(code)
    items = found.items if found else ()
    return [Sign(_(item.text), bool(answers[item.code])) for item in items if item.code in answers]


def _category(code: object) -> Category | None:
    try:
        return category(str(code or ""), today())
    except UnknownCategory:
        return None
