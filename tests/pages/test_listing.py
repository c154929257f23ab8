"""Where a page of a list begins, as the address says it: a day and an id, or the first page."""

from datetime import date

import pytest

from portal.web.listing import place_of, text_of

DAY = date(2026, 11, 4)


def test_a_place_is_read_as_it_was_written() -> None:
    assert place_of(text_of(DAY, "0a1b2c3d4e5f6g7h")) == (DAY, "0a1b2c3d4e5f6g7h")


@pytest.mark.parametrize(
    "text",
    [None, "", "x", "2026-11-04", "2026-11-04_", "2026-02-30_a", "2026-11-04_\x00", "2026-11-04_a\x00b"],
)
def test_what_is_no_place_is_the_first_page(text: str | None) -> None:
    """PostgreSQL takes no NUL in a text: asked with it, it would answer with a fault."""
    assert place_of(text) is None


@pytest.mark.parametrize("key", ["a" * 33, "é", "a b", "%", "٣", "a_b"])
def test_an_id_has_letters_and_digits_only(key: str) -> None:
    assert place_of(f"2026-11-04_{key}") is None
