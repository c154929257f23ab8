"""Templates compile, belong to something, and hold nothing that the content policy would refuse."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal.app import create_app
from portal.config import Settings
from tests.support.tree import ROOT, short, texts

TEMPLATES = ROOT / "templates"
INLINE = re.compile(
    r"""<style\b | \sstyle\s*= | <script\b(?![^>]*\bsrc=) | \son[a-z]+\s*=\s*["'] | javascript:""",
    re.IGNORECASE | re.VERBOSE,
)


def _files() -> list[Path]:
    return [path for path in texts(".html", ".txt") if path.is_relative_to(TEMPLATES)]


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    return create_app(settings)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_every_template_compiles(app: Flask) -> None:
    assert _files()
    for path in _files():
        app.jinja_env.get_template(path.relative_to(TEMPLATES).as_posix())


def test_nothing_is_inline() -> None:
    """Scripts and styles are files: the content policy refuses anything else."""
    found = [
        f"{short(path)}: {match.group().strip()}"
        for path in _files()
        if path.suffix == ".html"
        for match in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_every_template_is_used() -> None:
    """A view renders it, or another template includes, imports or extends it."""
    places = [*texts(".html", ".txt"), *(p for p in texts(".py") if p.is_relative_to(ROOT / "portal"))]
    written = "\n".join(path.read_text(encoding="utf-8") for path in places)
    unused = [
        name
        for path in _files()
        if f'"{(name := path.relative_to(TEMPLATES).as_posix())}"' not in written
        and f"'{name}'" not in written
    ]
    assert not unused
