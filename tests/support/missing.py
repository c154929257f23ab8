"""What to do where a system package is not there: skip and say so, or fail in continuous integration."""

import os
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """End the running test: skipped with the package's name, or failed where CI=true."""
    message = f"MISSING: {what} (see `make test` as root, or the apt line it prints)"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
