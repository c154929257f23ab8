"""A text for everybody names nobody: neither the one complained of nor whoever reported."""

import re

from sqlalchemy import select

from portal.action import session
from portal.casework import queries
from portal.data.models.case import Case, Record, RecordKind
from portal.data.models.report import Under
from portal.domain.redaction import Trace, passages
from portal.domain.text import fold
from portal.papers import records

_WORD = re.compile(r"[^\W_]+")
_NEVER = frozenset({Trace.PHONE, Trace.EMAIL, Trace.IDENTITY_NUMBER, Trace.PLATE, Trace.OWN_NAME})


class NamesSomebody(Exception):
    """The text names a person of the case, or holds a number or address that leads to one."""


def require_nameless(case: Case, key: bytes, text: str) -> None:
    """Raise NamesSomebody where `text` has a name that the case knows; others a human must see."""
    said = _words(text)
    if any(name in said for name in map(_words, _names(case, key)) if name.strip()):
        raise NamesSomebody(case.id)
    if any(found.trace in _NEVER for found in passages(text)):
        raise NamesSomebody(case.id)


def _words(text: str) -> str:
    """The words alone, a space on either side of each: a name ends at a comma as well."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _names(case: Case, key: bytes) -> list[str]:
    """Who is named in what was handed over, and who was named later."""
    versions = [records.open_handover(key, link) or {} for link in queries.links(case.id)]
    later = select(Record).where(
        Record.case_id == case.id, Record.under == Under.CASE, Record.kind == RecordKind.PERSON
    )
    since = queries.routed_at(case.id)
    rows = [row for row in session().scalars(later) if since is None or row.written_at > since]
    named = [str(records.paper(row, key).content.get("text", "")) for row in rows]
    return [str(version.get("person", "")) for version in versions] + named
