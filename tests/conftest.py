"""What every test finds: hermetic settings, a folder for the run, the fixtures of tests/support."""

import os
from collections.abc import Iterator

import hypothesis
import pytest

from tests.support import run

pytest_plugins = ["tests.support.stores", "tests.support.browser"]

# A property that needs luck to be found again is of no use to the next reader: cases are the same every time.
hypothesis.settings.register_profile("portal", deadline=None, derandomize=True, print_blob=False)
hypothesis.settings.load_profile("portal")


def pytest_configure(config: pytest.Config) -> None:
    for name in list(os.environ):
        if name.startswith("PORTAL_") or name == "DATABASE_URL":
            del os.environ[name]
    if not hasattr(config, "workerinput"):
        run.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    if run.is_owner():
        run.end()


@pytest.fixture(autouse=True)
def _no_store_left_open() -> Iterator[None]:
    """A test that opened a store must not lend it to the next one."""
    from portal.data import db

    yield
    db.use_store(None)
