"""When somebody else moved a case: what happened since, and what stands there now beside what was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wtforms import BooleanField, Field, HiddenField
from wtforms.fields.choices import SelectFieldBase

from portal.domain.partial_date import PartialDate
from portal.papers import history
from portal.papers.newest import Newest
from portal.web.fields import Form
from portal.web.i18n import format_date, format_partial


@dataclass(frozen=True)
class Pair:
    """One field in words: what stands on the case, and what was typed."""

    label: str
    now: str
    typed: str

    @property
    def differs(self) -> bool:
        return self.now != self.typed


@dataclass(frozen=True)
class Standing:
    """What stands on the case for the fields of a form, and who put it there; `at` a day or a moment."""

    pairs: tuple[Pair, ...] = ()
    author: str = ""
    at: date | datetime | None = None


@dataclass(frozen=True)
class Moved:
    """For the page with 409: why it was refused, the steps of a case since that version, both versions."""

    illegal: bool
    since: history.Since | None
    standing: Standing = field(default_factory=Standing)


def pairs_of(form: Form, values: Mapping[str, Any]) -> tuple[Pair, ...]:
    """The fields of a form that `values` (by field name, as the form sends them) says something about."""
    return tuple(
        Pair(str(one.label.text), in_words(one, values.get(one.name)), in_words(one, one.data))
        for one in visible(form)
        if one.name in values
    )


def visible(form: Form) -> list[Field]:
    """The fields into which something is typed or chosen; a box that is only ticked is not among them."""
    return [one for one in form if not isinstance(one, HiddenField | BooleanField)]


def in_words(one: Field, value: Any) -> str:
    """A value of this field as a person reads it: labels of choices, days, texts; empty for nothing."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(one, SelectFieldBase):
        labels = {str(choice.value): str(choice.label) for choice in one.iter_choices()}
        chosen: Iterable[Any] = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(key), str(key)) for key in chosen)
    if isinstance(value, date):
        return format_date(value)
    return format_partial(value) if isinstance(value, PartialDate) else str(value)


def standing_of(form: Form, newest: Newest | None, kept_as: Mapping[str, str]) -> Standing:
    """What the newest paper of a step says for each field of its form; `kept_as`: field → name in it."""
    content = newest.content if newest else {}
    names = {one.name: kept_as.get(one.name, one.name) for one in visible(form)}
    pairs = pairs_of(form, {name: content.get(kept) for name, kept in names.items() if kept})
    if newest is None:
        return Standing(pairs)
    return Standing(
        pairs, history.account_names([newest.author_id]).get(newest.author_id or "", ""), newest.at
    )
