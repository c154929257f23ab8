"""Keyset paging: where a page of a list begins, as text in the address."""

from datetime import date

Place = tuple[date, str]


def place_of(text: str | None) -> Place | None:
    """The place after which a page begins; None for the first page or for text that is no place."""
    day, _, key = (text or "").partition("_")
    try:
        return (date.fromisoformat(day), key) if len(key) <= 32 else None
    except ValueError:
        return None


def text_of(day: date, key: str) -> str:
    """The place of a row, for the address of the next page."""
    return f"{day.isoformat()}_{key}"
