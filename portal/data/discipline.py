"""The forms of discipline, as they are shipped with the code."""

from functools import cache

from portal.data.reference import shipped
from portal.domain.discipline import FILE, Form, read_forms


@cache
def forms() -> dict[str, Form]:
    """Every form by id."""
    return read_forms(shipped(FILE))
