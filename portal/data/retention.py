"""The rules of retention in force: those shipped with the code, or the installation's own file."""

from functools import cache
from pathlib import Path

from portal.data.reference import shipped
from portal.domain.retention import Retention
from portal.domain.retention_rows import FILE, read_retention


@cache
def rules(own: Path | None = None) -> Retention:
    """Every version of every rule; raises Refused, OSError for a file of one's own that cannot be taken."""
    return read_retention(shipped(FILE) if own is None else own.read_bytes())
