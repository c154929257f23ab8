"""A page on which an official takes one step of a case: shown, checked, previewed, done, or refused.

Nothing typed is lost: invalid input is shown again with 422, and where somebody else moved the case meanwhile
the same page comes with 409: what happened since, what stands there now beside what was typed, and the form
with everything typed, ready to be sent again.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Protocol, cast

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from portal.action import Stale
from portal.domain.life import IllegalStep, State, Step, steps_from
from portal.papers import history
from portal.web.access import actor
from portal.web.fields import Form
from portal.web.stale import Moved, Standing
from portal.web.standard import BUTTON, Writes, Written, insert, offered

Refusals = Mapping[type[Exception], Callable[[Any, Any], None]]


class Moving(Protocol):
    """What moves: a case or a round, as far as its pages need to know; None before it is stored."""

    @property
    def state(self) -> StrEnum | None: ...

    @property
    def version(self) -> int: ...


class StepForm(Form):
    """The form of one step. `seen` is the version of the case that the official looked at."""

    step: Step | None = None
    # What the papers of one step are told apart by, where it writes several kinds of them.
    about: Mapping[str, str] = {}
    # Names in the sealed paper of the step, where they differ from the names of the fields; "": in none.
    kept_as: ClassVar[Mapping[str, str]] = {}
    # Which standard texts are offered, and into which field one goes.
    writes: ClassVar[Writes | None] = None

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
    standing: Callable[[], Standing] = Standing,
    **shown: Any,
) -> ResponseReturnValue:
    """GET shows the form; POST acts and leads to `done` with the message `said`.

    `refusals` puts what the act may raise into words on the form (422). With `previewed`, only the button
    named "send" acts; before that the template gets `preview=True` and shows what will be read. `standing`
    opens what stands on the case now for the fields of the form; it is asked only where the case moved on.
    """
    one = _case(case)
    texts = offered(form.writes, one) if form.writes and one else ()

    def page(code: int = 200, *, preview: bool = False, moved: Moved | None = None) -> ResponseReturnValue:
        known = {"form": form, "case": case, "preview": preview, "moved": moved, "back": done, "texts": texts}
        return render_template(template, **known, **shown), code

    if request.method != "POST":
        form.seen.data = str(case.version)
        return page()
    if form.writes and one and BUTTON in request.form:
        return page(200 if insert(form, form.writes, one, texts) else 422)
    if not form.validate():
        return page(422)
    if previewed and "send" not in request.form:
        return page(preview=True)
    try:
        act()
    except (Stale, IllegalStep) as fault:
        moved = _moved(case, form, standing, illegal=isinstance(fault, IllegalStep))
        form.seen.data = str(case.version)
        return page(409, moved=moved)
    except tuple(refusals or ()) as fault:
        (refusals or {})[type(fault)](form, fault)
        return page(422)
    flash(str(said))
    return redirect(done, 303)


def _moved(case: Moving, form: StepForm, standing: Callable[[], Standing], *, illegal: bool) -> Moved:
    """What the page with 409 shows; also where nothing has changed but the step was never possible."""
    one = _case(case)
    if one is None:
        return Moved(illegal, None, standing())
    over = form.step is not None and form.step not in steps_from(one.state)
    return Moved(illegal or over, history.since(one.id, form.version, actor()), standing())


class Case(Moving, Written, Protocol):
    """What moves, where it is a case."""

    @property
    def state(self) -> State: ...


def _case(moving: Moving) -> Case | None:
    """None of a round, which has steps, a history and letters of its own."""
    return cast("Case", moving) if isinstance(moving.state, State) else None
