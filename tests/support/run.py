"""One test run: its folder, shared by all its processes and gone with it, and the process that owns it."""

import os
import secrets
from pathlib import Path

from tests.support import postgres

_FOLDER, _OWNER = "TEST_RUN_FOLDER", "TEST_RUN_OWNER"


def begin() -> None:
    """Called once by the process that owns the run; its children inherit the rest."""
    os.environ[_FOLDER] = str(postgres.run_folder())
    os.environ[_OWNER] = str(os.getpid())


def end() -> None:
    """Remove the folder and whatever runs in it."""
    postgres.stop(folder())


def is_owner() -> bool:
    return owner() == os.getpid()


def folder() -> Path:
    return Path(os.environ[_FOLDER])


def owner() -> int:
    return int(os.environ.get(_OWNER, "0"))


def new_instance() -> Path:
    """The place of a new instance folder, not yet made; its name is also that of its database."""
    return folder() / f"test_{secrets.token_hex(6)}"
