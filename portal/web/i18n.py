"""Words, dates and numbers in the reader's language: Vietnamese is the source, English a catalogue.

The language stands in the address (`?lang=en`) and is carried along by every `url_for`; no cookie is needed,
so the guide stays without one. Outside a request all is Vietnamese unless `in_language` says otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from markupsafe import Markup, escape

from portal.domain.clock import VIETNAM
from portal.domain.few import FEWEST, is_few
from portal.domain.partial_date import PartialDate

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
SOURCE = "vi"
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_chosen: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """The code of the reader's language: "vi" or "en"."""
    chosen = _chosen.get()
    if chosen:
        return chosen
    if not has_request_context():
        return SOURCE
    if "language" not in g:
        asked = request.args.get("lang", SOURCE)
        g.language = asked if asked in LANGUAGES else SOURCE
    kept: str = g.language
    return kept


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Within the block every text is in this language (commands, the worker, previews)."""
    token = _chosen.set(code)
    try:
        yield
    finally:
        _chosen.reset(token)


@cache
def _catalogue(code: str) -> NullTranslations:
    return Translations.load(CATALOGUES, [code], domain="portal")


def gettext(text: "str | LazyText", /, **values: object) -> str:
    """The text in the reader's language; `%(name)s` is filled in, markup among the values stays markup."""
    if not isinstance(text, str):
        text = str(text)
    code = language()
    if code != SOURCE and text:  # the empty text is the key of the catalogue's own header
        text = _catalogue(code).ugettext(text)
    return _fill(text, values)


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """As `_`, for a number of things (`%(num)s`); Vietnamese has one form, the first is its source."""
    code = language()
    text = one if code == SOURCE else _catalogue(code).ungettext(one, many, number)
    return _fill(text, {"num": number, **values})


def _fill(text: str, values: dict[str, Any]) -> str:
    if not values:
        return text
    if any(hasattr(value, "__html__") for value in values.values()):
        return Markup(text) % values  # noqa: S704  the source text is ours, Markup escapes the values
    return text % values


_ = gettext


class LazyText:
    """A text chosen when it is shown: for labels and messages that are written at import time."""

    __slots__ = ("_text", "_values")

    def __init__(self, text: str, values: dict[str, object]) -> None:
        self._text = text
        self._values = values

    def __str__(self) -> str:
        return gettext(self._text, **self._values)

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __repr__(self) -> str:
        return f"lazy({self._text!r})"

    def __mod__(self, values: Any) -> str:
        return str(self) % values

    def __add__(self, other: object) -> str:
        return str(self) + str(other)

    def __radd__(self, other: object) -> str:
        return str(other) + str(self)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __len__(self) -> int:
        return len(str(self))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash((self._text, tuple(self._values)))


def lazy(text: str, /, **values: object) -> LazyText:
    """`_` for module level: `RadioField(lazy("Quyết định"))`."""
    return LazyText(text, values)


def format_date(day: date | datetime | None) -> str:
    """`22/11/2026`; in English `22 November 2026`. A moment is shown as its day in Viet Nam."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = day.astimezone(VIETNAM).date()
    return f"{day:%d/%m/%Y}" if language() == SOURCE else babel_date(day, "d MMMM y", locale="en")


def format_iso(day: str) -> str:
    """A day that is kept as an ISO text, as `format_date` shows it."""
    return format_date(date.fromisoformat(day)) if day else ""


def format_weekday(day: date) -> str:
    """`thứ Hai`; in English `Monday`."""
    return _WEEKDAYS[day.weekday()] if language() == SOURCE else babel_date(day, "EEEE", locale="en")


def format_day(day: date) -> str:
    """`thứ Hai, 23/11/2026`."""
    return f"{format_weekday(day)}, {format_date(day)}"


def format_moment(moment: datetime) -> str:
    """`14:05 ngày 22/11/2026`, the time in Viet Nam. `moment` is aware."""
    here = moment.astimezone(VIETNAM)
    return _("%(time)s ngày %(day)s", time=f"{here:%H:%M}", day=format_date(here))


def format_partial(when: PartialDate) -> str:
    """`2026`, `11/2026` or `22/11/2026`, as far as it is remembered."""
    if when.day:
        return format_date(when.first)
    if when.month:
        return (
            f"{when.month:02}/{when.year}"
            if language() == SOURCE
            else babel_date(when.first, "MMMM y", locale="en")
        )
    return str(when.year)


def format_number(number: float) -> str:
    """`12.926` and `3,5`; in English `12,926` and `3.5`."""
    return format_decimal(number, locale=language())


def format_few(number: int) -> str:
    """A count of cases as it may be told: a small one is not (assurance P-20)."""
    return _("dưới %(number)s", number=FEWEST) if is_few(number) else format_number(number)


def format_size(size: int) -> str:
    """Bytes as people read them: `350 kB`, `4,2 MB` (1000 steps)."""
    if size < 1_000_000:
        return f"{format_number(max(1, round(size / 1000)))} kB"
    return f"{format_number(round(size / 1_000_000, 1))} MB"


def language_links() -> list[dict[str, object]]:
    """The switch in the header: this page in each language."""
    page = quote(request.script_root + "/" + request.path.lstrip("/"))
    query = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    links: list[dict[str, object]] = []
    for code, name in LANGUAGES.items():
        tail = urlencode(query if code == SOURCE else [*query, ("lang", code)])
        href = f"{page}?{tail}" if tail else page
        links.append({"code": code, "name": name, "href": href, "current": code == language()})
    return links


def install(app: Flask) -> None:
    """Give the templates `_`, `{% trans %}`, the date and number filters, and every address its language."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    env.globals.update(_=gettext, ngettext=ngettext, language=language, language_links=language_links)
    env.filters.update(
        date=format_date,
        iso_date=format_iso,
        day=format_day,
        weekday=format_weekday,
        moment=format_moment,
        partial=format_partial,
        number=format_number,
        few=format_few,
        size=format_size,
    )
    app.url_defaults(_carry_language)


def _carry_language(endpoint: str, values: dict[str, Any]) -> None:
    if language() != SOURCE and endpoint != "static":
        values.setdefault("lang", language())
