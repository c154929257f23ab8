"""A standard text put into the form of a letter by a button, below what is typed there already. No script."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from flask import request
from flask_login import current_user

from portal.domain.clock import today
from portal.domain.kinds import Kind
from portal.domain.standard import Blank, TextUse, filled
from portal.papers import standard
from portal.web.access import actor, ring
from portal.web.fields import Form
from portal.web.i18n import _, format_date

PICK, BUTTON = "standard", "insert"
Writes = tuple[TextUse, str]
"""What a form writes, and the name of the field for its words."""


class Written(Protocol):
    """The case that a letter is about."""

    @property
    def id(self) -> str: ...

    @property
    def kind(self) -> Kind | None: ...

    @property
    def due_on(self) -> date | None: ...


def offered(writes: Writes, case: Written) -> Sequence[standard.Text]:
    """The body's texts in force for this letter."""
    return standard.offered(ring(), actor().body, writes[0], case.kind)


def insert(form: Form, writes: Writes, case: Written, texts: Sequence[standard.Text]) -> bool:
    """Put the chosen text below what is typed, blanks filled; False, and says so, where none was chosen."""
    chosen = next((one for one in texts if one.id == request.form.get(PICK)), None)
    if chosen is None:
        form.form_errors.append(_("Chọn một văn bản mẫu rồi bấm “Chèn”."))
        return False
    field = form[writes[1]]
    parts = (str(field.data or "").rstrip(), filled(chosen.text, _values(case)))
    field.data = "\n\n".join(part for part in parts if part)
    return True


def _values(case: Written) -> dict[Blank, str]:
    return {
        Blank.NUMBER: f"HS-{case.id[:4].upper()}-{case.id[4:8].upper()}",
        Blank.TODAY: format_date(today()),
        Blank.BODY: current_user.body_name,
        Blank.DUE: format_date(case.due_on) if case.due_on else "",
    }
