"""bleach behind its door: inert for every hostile text, and of one mind with nh3."""

import html
import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.html import told

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><g/onload=alert(2)//<p>",
    "<a href='javascript:alert(1)'>x</a>",
    '"><iframe srcdoc="<script>1</script>">',
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    "<style>@import'http://evil.example/x'</style>",
    "{{7*7}} ${7*7} {Url}",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "&lt;script&gt;",
    "a & b < c > d",
    "<b>đậm</b> và <i>nghiêng</i>",
    "\x1b[31mđỏ\x1b[0m",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    shown = str(told(text))
    assert "<" not in shown
    assert ">" not in shown.replace("&gt;", "")
    assert nh3.is_html(shown) is False or "&" in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_the_successor_finds_nothing_left_to_remove(text: str) -> None:
    shown = str(told(text))
    assert html.unescape(nh3.clean(shown, tags=set())) == html.unescape(shown)


@given(st.text(max_size=300))
def test_no_text_becomes_a_tag(text: str) -> None:
    assert not re.search(r"<\s*[a-zA-Z/!]", str(told(text)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("xem https://vi-du.example/a?b=1", "xem https[:]//vi-du[.]example/a?b=1"),
        ("JavaScript:alert(1)", "JavaScript[:]alert(1)"),
        ("Lúc 10:30 ngày 02.03.2026.", "Lúc 10:30 ngày 02.03.2026."),
        ("điểm a. Thứ hai b.", "điểm a. Thứ hai b."),
    ],
)
def test_addresses_cannot_be_followed(text: str, shown: str) -> None:
    assert str(told(text)) == shown
