"""The sheets on which a reviewer splits a report into matters, or finds the case it belongs with."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from wtforms.fields.choices import SelectChoice

from portal.domain.parting import MOST, NotApart, Part, passages, require_complete
from portal.domain.permissions import Actor
from portal.papers.newest import Newest
from portal.triage import actions, grouping_forms, queries
from portal.triage.grouping_forms import EVERY, JoinForm, MatterForm, ShareForm, SplitForm
from portal.vault.ring import KeyRing
from portal.web.i18n import _, format_date
from portal.web.matter import matter
from portal.web.stale import Pair, Standing, in_words, standing_of

if TYPE_CHECKING:
    from portal.data.models.case import Case
    from portal.papers.reports import OpenedReport


@dataclass
class Row:
    """One piece of the report and the matter it goes to: `kind` is story, letter, file or signs."""

    kind: str
    key: str
    text: str
    form: ShareForm


@dataclass
class SplitSheet:
    """The matters as named, and every piece with its place."""

    form: SplitForm
    matters: list[MatterForm]
    rows: list[Row] = field(default_factory=list)

    @property
    def named(self) -> list[MatterForm]:
        """The matters that have a subject."""
        return [one for one in self.matters if one.is_named]

    def valid(self) -> bool:
        faults = [one for one in (*self.matters, *(row.form for row in self.rows)) if not one.validate()]
        return not faults

    def parts(self) -> tuple[Part, ...]:
        """What was chosen; raises NotApart where a field is at fault or a gap is between the matters."""
        if not self.valid():
            raise NotApart("fields")
        if self.named != self.matters[: len(self.named)]:
            raise NotApart("gap")
        return tuple(self._part(number, one) for number, one in enumerate(self.named, 1))

    def share(self, number: int, kind: str) -> list[Row]:
        """The pieces of one kind that go to a matter; numbers from 1."""
        chosen = (EVERY, str(number))
        return [row for row in self.rows if row.kind == kind and row.form.goes.data in chosen]

    @property
    def told(self) -> list[dict[str, Any]]:
        """What the resident will read of the matters."""
        return [{"number": number, "told": one.told.data} for number, one in enumerate(self.named, 1)]

    def _part(self, number: int, named: MatterForm) -> Part:
        def keys(kind: str) -> tuple[str, ...]:
            return tuple(row.key for row in self.share(number, kind))

        return Part(
            person=named.person.data or "",
            office=named.office.data or "",
            told=named.told.data or "",
            passages=tuple(int(key) for key in keys("story")),
            letters=keys("letter"),
            files=keys("file"),
            signs=bool(keys("signs")),
        )


def split_sheet(actor: Actor, case: "Case", ring: KeyRing, form: SplitForm) -> SplitSheet:
    """Open the report in pieces; the first matter is the one the resident chose. Raises NotApart."""
    bundle, pieces = actions.pieces(actor, case, ring)
    content = bundle.opened.content
    about = matter(bundle.opened.head)
    first = {"person": content["person"], "office": about.title}
    matters = [
        MatterForm(prefix=f"m{number}-", data=first if number == 1 else {}) for number in range(1, MOST + 1)
    ]
    sheet = SplitSheet(form, matters)
    for number, text in enumerate(pieces.story):
        sheet.rows.append(_row("story", str(number), text))
    for letter in pieces.letters:
        text = (
            _("Bổ sung ngày %(day)s:", day=format_date(letter.sent_on)) + f" {letter.content.get('text', '')}"
        )
        sheet.rows.append(_row("letter", letter.id, text))
    for file in pieces.files:
        sheet.rows.append(_row("file", file.id, file.name))
    if pieces.signs:
        sheet.rows.append(_row("signs", "signs", _("Các dấu hiệu người dân đã chọn có hoặc không")))
    form.check = lambda: require_complete(pieces.whole, sheet.parts())
    return sheet


def _row(kind: str, key: str, text: str) -> Row:
    form = ShareForm(prefix=f"{kind}-{key}-")
    form.goes.description = text
    return Row(kind, key, text, form)


def join_form(actor: Actor, case: "Case", ring: KeyRing) -> tuple[JoinForm, dict[str, str]]:
    """The form with the cases that this one can be joined with, and how each report begins, by case id."""
    form, cases = grouping_forms.JoinForm(), queries.joinable(actor, case)
    opened = actions.open_candidates(actor, None, ring, cases)
    heads = {case_id: one.head for case_id, one in opened.items()}
    form.into.choices = [SelectChoice(one.id, _name(one, matter(heads.get(one.id)))) for one in cases]
    return form, {one.id: _beginning(opened.get(one.id)) for one in cases}


def _beginning(opened: "OpenedReport | None") -> str:
    """The first line of what the resident told, as far as it is the case's matter."""
    lines = passages(opened.content["story"]) if opened else ()
    return lines[0] if lines else ""


def join_standing(form: JoinForm, case: "Case", newest: Newest | None) -> Standing:
    """Why a colleague joined the case, and into which: by its number, for it may be in nobody's list now."""
    found = standing_of(form, newest, form.kept_as | {"into": ""})
    into = f"HS-{case.joined_to[:4]}-{case.joined_to[4:8]}".upper() if case.joined_to else ""
    first = Pair(str(form.into.label.text), into, in_words(form.into, form.into.data))
    return replace(found, pairs=(first, *found.pairs))


def _name(case: "Case", about: Any) -> str:
    number = f"HS-{case.id[:4]}-{case.id[4:8]}".upper()
    return " · ".join(
        one for one in (number, about.title, about.category, format_date(case.opened_on)) if one
    )
