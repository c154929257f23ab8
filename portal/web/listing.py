"""Keyset paging: where a page of a list begins, as text in the address."""

from datetime import date

from wtforms.fields.choices import SelectChoice

from portal.web.i18n import lazy

Place = tuple[date, str]
# How a queue chooses by the clock, beside "all".
LATE = (
    SelectChoice("1", lazy("Chỉ việc quá hạn")),
    SelectChoice("soon", lazy("Đến hạn trong 3 ngày làm việc")),
)


def place_of(text: str | None) -> Place | None:
    """The place after which a page begins; None for the first page or for text that is no place."""
    day, _, key = (text or "").partition("_")
    try:
        return (date.fromisoformat(day), key) if key.isascii() and key.isalnum() and len(key) <= 32 else None
    except ValueError:
        return None


def text_of(day: date, key: str) -> str:
    """The place of a row, for the address of the next page."""
    return f"{day.isoformat()}_{key}"
