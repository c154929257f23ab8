"""The hashed locks are what pyproject.toml asks for, hold one another, and hold no address."""

import re
import tomllib
from importlib import metadata
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.tree import ROOT

RUN, TEST, DEV = "requirements.lock", "requirements-test.lock", "requirements-dev.lock"
GROUPS = {RUN: (), TEST: ("test", "e2e"), DEV: ("test", "e2e", "quality")}
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def _declared(lock: str) -> list[Requirement]:
    project = _project()
    names = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["postgres"]]
    for group in GROUPS[lock]:
        names += project["dependency-groups"][group]
    return [Requirement(name) for name in names]


@pytest.mark.parametrize("lock", GROUPS)
def test_the_lock_answers_pyproject(lock: str) -> None:
    pins = _pins(lock)
    for wanted in _declared(lock):
        pinned = pins.get(canonicalize_name(wanted.name))
        assert pinned, f"{wanted} is not in {lock}: make lock"
        assert wanted.specifier.contains(pinned), f"{wanted} is pinned to {pinned}: make lock"


@pytest.mark.parametrize("lock", GROUPS)
def test_nothing_is_pinned_without_need(lock: str) -> None:
    """Every pin that is installed here is asked for, directly or by something that is."""
    pins = _pins(lock)
    needed = {canonicalize_name(wanted.name) for wanted in _declared(lock)}
    waiting = [(wanted.name, wanted.extras) for wanted in _declared(lock)]
    while waiting:
        name, extras = waiting.pop()
        for line in _requires(name):
            wanted = Requirement(line)
            applies = any(
                wanted.marker is None or wanted.marker.evaluate({"extra": extra}) for extra in {"", *extras}
            )
            if applies and canonicalize_name(wanted.name) not in needed:
                needed.add(canonicalize_name(wanted.name))
                waiting.append((wanted.name, wanted.extras))
    installed = {canonicalize_name(str(one.metadata["Name"])) for one in metadata.distributions()}
    assert not (set(pins) & installed) - needed, f"in {lock} for nothing: make lock"


def _requires(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def test_the_larger_locks_hold_the_smaller() -> None:
    assert _pins(RUN).items() <= _pins(TEST).items() <= _pins(DEV).items()


@pytest.mark.parametrize("lock", GROUPS)
def test_the_lock_is_hashed_and_without_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry[:80]
