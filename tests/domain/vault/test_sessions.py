"""A session opens with its cookie and its row together, with neither alone."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.vault.boxes import new_key
from portal.vault.sessions import Broken, lock, new_session, parse_cookie, unlock

PERSON = bytes(range(32))


def test_cookie_and_row_together_open():
    session = new_session()
    row = lock(session.secret, PERSON, f"staff_session|{session.row_id}|secret|1")
    cookie = parse_cookie(session.cookie_value)
    assert cookie is not None
    assert cookie == (session.row_id, session.secret)
    assert unlock(cookie.secret, row, f"staff_session|{cookie.row_id}|secret|1") == PERSON


def test_neither_alone_opens():
    one, two = new_session(), new_session()
    row = lock(one.secret, PERSON, one.row_id)
    for secret, place in ((two.secret, one.row_id), (one.secret, two.row_id), (new_key(), one.row_id)):
        with pytest.raises(Broken):
            unlock(secret, row, place)


def test_the_row_does_not_give_the_cookie():
    """The row id is a digest: whoever copies the table cannot make the cookie's first half."""
    session = new_session()
    assert len(session.row_id) == 64
    assert set(session.row_id) <= set(string.hexdigits.lower())
    assert session.row_id not in session.cookie_value
    assert session.secret.hex() not in session.row_id


@pytest.mark.parametrize(
    "change",
    [
        lambda v: "",
        lambda v: v[:-1],
        lambda v: v + "A",
        lambda v: v.replace(".", ","),
        lambda v: v[1:44] + v[0] + v[44:],
        lambda v: "!" + v[1:],
        lambda v: "é" + v[1:],
        lambda v: v + "=",
        lambda v: v * 10_000,
        lambda v: v[:42] + "B" + v[43:],
    ],
)
def test_what_is_no_cookie_of_ours(change):
    """The last one writes the same 32 bytes in another way (the spare bits of base64)."""
    value = "A" * 43 + "." + "A" * 43
    assert parse_cookie(value) is not None
    assert parse_cookie(change(value)) is None


@given(st.text(max_size=100) | st.text("AZaz09-_.=", min_size=87, max_size=87))
@settings(max_examples=60)
def test_no_cookie_makes_it_stumble(value):
    parsed = parse_cookie(value)
    assert parsed is None or len(parsed.secret) == 32


def test_sessions_do_not_print_themselves():
    session = new_session()
    assert repr(session) == "Session(…)"
    assert str(parse_cookie(session.cookie_value)) == "Cookie(…)"


def test_sessions_differ():
    assert len({new_session().row_id for _ in range(100)}) == 100
