"""A page on which an official takes one step of a case: shown, checked, previewed, done, or refused.

Nothing typed is lost: invalid input is shown again with 422, and where somebody else moved the case meanwhile
the same page comes with 409, the current state and everything that was typed.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from portal.action import Stale
from portal.domain.life import IllegalStep
from portal.web.fields import Form

Refusals = Mapping[type[Exception], Callable[[Any, Any], None]]


class Moving(Protocol):
    """What moves: a case or a round, as far as its pages need to know; None before it is stored."""

    @property
    def state(self) -> StrEnum | None: ...

    @property
    def version(self) -> int: ...


class StepForm(Form):
    """The form of one step. `seen` is the version of the case that the official looked at."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        """The version seen; 0, which no case has, where the browser sent something else."""
        typed = str(self.seen.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def step_page(
    template: str,
    form: StepForm,
    act: Callable[[], object],
    *,
    case: Moving,
    done: str,
    said: object,
    previewed: bool = False,
    refusals: Refusals | None = None,
    **shown: Any,
) -> ResponseReturnValue:
    """GET shows the form; POST acts and leads to `done` with the message `said`.

    `refusals` puts what the act may raise into words on the form (422). With `previewed`, only the button
    named "send" acts; before that the template gets `preview=True` and shows what will be read.
    """

    def page(code: int = 200, *, preview: bool = False, moved: str = "") -> ResponseReturnValue:
        known = {"form": form, "case": case, "preview": preview, "moved": moved, "back": done}
        return render_template(template, **known, **shown), code

    if request.method != "POST":
        form.seen.data = str(case.version)
        return page()
    if not form.validate():
        return page(422)
    if previewed and "send" not in request.form:
        return page(preview=True)
    try:
        act()
    except (Stale, IllegalStep) as fault:
        form.seen.data = str(case.version)
        return page(409, moved="illegal" if isinstance(fault, IllegalStep) else "stale")
    except tuple(refusals or ()) as fault:
        (refusals or {})[type(fault)](form, fault)
        return page(422)
    flash(str(said))
    return redirect(done, 303)
