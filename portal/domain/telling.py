"""What a resident tells, complete and clean: the whole form as one value, before it is sealed.

The web form, the paper form and the demo all make a Telling; composing the stored rows starts from it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from portal.domain.catalogue import category, is_about_corruption
from portal.domain.kinds import ReportKind
from portal.domain.parties import BodyKind, Level, PostGroup
from portal.domain.subjects import Subject
from portal.domain.text import fold


class Pressed(StrEnum):
    """Whether somebody made the resident withdraw (LTC art. 33; rule 35)."""

    NO = "no"
    YES = "yes"
    UNSAID = "unsaid"


class Openness(StrEnum):
    """How a resident wants to be known (ẩn danh, giữ kín, nêu tên)."""

    ANONYMOUS = "anonymous"
    CONFIDENTIAL = "confidential"
    NAMED = "named"


class Said(StrEnum):
    """An answer to a yes/no question that may stay open."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class LeadQuestion(StrEnum):
    """The three answers without which an anonymous report is not routed (LTC 25(2), domain rule 6)."""

    NAMED = "names_somebody"
    EVIDENCE = "has_evidence"
    BASIS = "can_be_verified"


@dataclass(frozen=True)
class Office:
    """The office complained of. Empty texts: not known. `body_id` only where the register has the body.

    `detail` is typed ("Trường Tiểu học …"), `post` the key of a dated template, `person` a name if known.
    """

    body_id: str = ""
    body_name: str = ""
    kind: BodyKind | None = None
    level: Level | None = None
    area_id: str = ""
    detail: str = ""
    post: str = ""
    post_name: str = ""
    group: PostGroup | None = None
    person: str = ""


@dataclass(frozen=True)
class Contact:
    """Who the resident is, as far as he says; sealed apart from everything else."""

    name: str = ""
    phone: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.address)

    def __repr__(self) -> str:
        """Nothing that names anybody."""
        return "Contact(…)"


@dataclass(frozen=True)
class Telling:
    """One report before sealing. `area_id` is the unit of the office, else of the act.

    `when` is a partial date ("2026", "2026-03", "2026-03-05") or empty, `period` what was typed beside it.
    `street` helps where a former unit was split. `said` holds the yes/no items answered.
    """

    kind: ReportKind
    area_id: str
    area_name: str
    category: str
    story: str = field(repr=False)
    office: Office = field(default=Office(), repr=False)
    street: str = field(default="", repr=False)
    at_front: Said = Said.UNKNOWN
    at_party: Said = Said.UNKNOWN
    at_inspection: Said = Said.UNKNOWN
    said: Mapping[str, bool] = field(default_factory=dict)
    when: str = ""
    period: str = field(default="", repr=False)
    where: str = field(default="", repr=False)
    openness: Openness = Openness.ANONYMOUS
    contact: Contact = Contact()
    lead: Mapping[str, bool] = field(default_factory=dict)

    @property
    def is_anonymous(self) -> bool:
        return self.openness is Openness.ANONYMOUS

    def typed(self) -> str:
        """Everything typed about the matter, for the comparison with members' names (decisions 2)."""
        office = self.office
        parts = (office.person, self.story, self.where, self.period, office.post_name, office.detail)
        return "\n".join(part for part in (*parts, self.street) if part)

    def subject(self) -> Subject:
        """The office as the rules see it."""
        office = self.office
        return Subject(
            area_id=office.area_id or self.area_id,
            level=office.level,
            group=office.group,
            post=office.post or None,
            body_kind=office.kind,
            body_id=office.body_id or None,
            works_at_front=self.at_front is Said.YES,
            works_at_party=self.at_party is Said.YES,
            works_at_inspection=self.at_inspection is Said.YES,
        )


def identity_may_stay(store: str, category_code: str, said: Mapping[str, bool], day: date) -> bool:
    """False for whatever smells of corruption, and everywhere with IDENTITY_STORE=none (rule 33)."""
    yes = [item for item, answer in said.items() if answer]
    return store != "none" and not is_about_corruption(category(category_code, day), yes)


_NOT_WORD = re.compile(r"[^a-z0-9]+")
_BRACKETS = re.compile(r"\(.*?\)")
_TITLES = {"ong", "ba", "anh", "chi", "co", "chu", "bac", "dong", "dc", "d", "c"}


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: folded, without any sign between them."""
    return _NOT_WORD.sub(" ", fold(text)).split()


@lru_cache(maxsize=4096)
def spelled(display_name: str) -> str:
    """A whole name as it is compared, without title and brackets; empty where it is a single word."""
    words = words_of(_BRACKETS.sub(" ", display_name))
    while len(words) > 2 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words) if len(words) > 1 else ""
