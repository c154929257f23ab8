"""Pages of the form: the start, and one page per step. A POST is always answered by 303 (decisions 21)."""

from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from portal.domain.drafting import FormStep, Raw, Sketch, Waiting, Why
from portal.intake.actions import draft as drafts
from portal.intake.actions.draft import DraftGone, Outcome
from portal.intake.forms.matter import OUTSIDE, KindForm
from portal.intake.forms.place import SearchForm
from portal.intake.queries.draft import draft
from portal.intake.routes.base import (
    DRAFT,
    DRAFTS_PER_HOUR,
    STEPS,
    address,
    bp,
    ends,
    go,
    held,
    missing,
    steps,
    to,
)
from portal.intake.routes.questions import QUESTIONS, plain
from portal.intake.routes.summary import rows_of
from portal.web import throttle
from portal.web.access import public
from portal.web.cookies import set_cookie
from portal.web.fields import Form, raw_of

LONGEST_VERSION = 9


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """What awaits the resident, and the first question."""
    version = g.held.version if g.held else 0
    return render_template("intake/start.html", form=_kind_form(), version=version)


@bp.get("/loai")
@public
def kind() -> ResponseReturnValue:
    if g.held is None:
        return go("intake.start")
    return _page(FormStep.KIND)


@bp.post("/loai")
@public
def choose_kind() -> ResponseReturnValue:
    """The first answer makes the draft and its cookie; nothing is kept of what is out of scope."""
    form = KindForm(formdata=request.form, meta={"csrf": False})
    fits = form.validate()
    if fits and form.kind.data == OUTSIDE:
        return out_of_scope()
    if g.held is not None:
        return _take(FormStep.KIND, form, plain(form) if fits else None)
    throttle.limit("draft", most=DRAFTS_PER_HOUR)
    cookie, _ = drafts.begin(_first(form) if fits else Sketch().waits(FormStep.KIND, _raw(form), Why.INVALID))
    response = to(address(FormStep.PLACE if fits else FormStep.KIND))
    set_cookie(response, DRAFT, cookie)
    return response


@bp.get("/<slug>")
@public
def step(slug: str) -> ResponseReturnValue:
    """One question; who skips ahead comes to the first that is open."""
    found = STEPS.get(slug)
    if found is None:
        raise NotFound
    return to(address(missing())) if _is_ahead(found) else _page(found)


@bp.post("/<slug>")
@public
def answer(slug: str) -> ResponseReturnValue:
    found = STEPS.get(slug)
    if found is None:
        raise NotFound
    if _is_ahead(found):
        return to(address(missing()))
    form = QUESTIONS[found].form(held())(formdata=request.form, meta={"csrf": False})
    fits = form.validate()
    if fits and form.data.get("category") == OUTSIDE:
        return out_of_scope()
    return _take(found, form, QUESTIONS[found].value(held(), form) if fits else None)


@bp.post("/dia-ban/tim")
@public
def search() -> ResponseReturnValue:
    """Look for a place. What was typed waits in the draft, never in an address."""
    form = SearchForm(formdata=request.form, meta={"csrf": False})
    typed = form.q.data or ""
    if form.validate():
        drafts.change(held().ticket, lambda sketch, version: sketch.looks_for(typed))
    else:
        raw = raw_of(request.form)
        drafts.change(held().ticket, lambda sketch, version: sketch.waits(FormStep.PLACE, raw, Why.INVALID))
    return to(address(FormStep.PLACE))


def out_of_scope() -> ResponseReturnValue:
    """Whatever was typed is erased at once (rule 3)."""
    if g.held is not None:
        drafts.forget(held().ticket)
    return ends(go("intake.outside"), DRAFT)


def _first(form: KindForm) -> Sketch:
    return Sketch().accepts(FormStep.KIND, plain(form), 1)


def _kind_form() -> KindForm:
    return KindForm(formdata=None, meta={"csrf": False})


def _is_ahead(found: FormStep) -> bool:
    order, first = steps(), missing()
    return found not in order or (first is not None and order.index(found) > order.index(first))


def _take(found: FormStep, form: Form, value: dict[str, Any] | None) -> ResponseReturnValue:
    """Keep the answer, or what was typed, and go on, or back to the same page."""
    try:
        outcome = drafts.answer(held().ticket, found, _raw(form), value, seen_version())
    except DraftGone:
        return to(address(found))
    if outcome is not Outcome.SAVED:
        return to(address(found, request.args.get("cap")))
    g.held = draft(held().ticket) or held()
    return to(address(missing()))


def seen_version() -> int:
    """The version of the draft that the posted page showed; 0 for anything else."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_VERSION else 0


def _raw(form: Form) -> Raw:
    """What was typed into the fields of the form; nothing else is kept (security test D3)."""
    names = {field.name for field in form}
    return {
        name: values
        for name, values in raw_of(request.form).items()
        if name in names or name.rpartition("-")[0] in names
    }


def _page(found: FormStep) -> ResponseReturnValue:
    question = QUESTIONS[found]
    waits = held().sketch.pending.get(found.value)
    form = _shown(question.form(held()), found, waits)
    order = steps()
    return render_template(
        question.template,
        form=form,
        version=held().version,
        expires_at=held().expires_at,
        number=order.index(found) + 1,
        total=len(order) + 1,
        back=address(order[order.index(found) - 1])
        if found is not FormStep.KIND
        else url_for("intake.start"),
        waits=waits.why.value if waits else "",
        elsewhere=rows_of(held(), found) if waits and waits.why is Why.OTHER_TAB else (),
        **question.more(held()),
    )


def _shown(fields: type[Form], found: FormStep, waits: Waiting | None) -> Form:
    """The form as typed, with its faults; else as answered; else empty."""
    if waits is None:
        return fields(formdata=None, data=held().sketch.answer(found), meta={"csrf": False})
    if waits.why is Why.INVALID or waits.why is Why.OTHER_TAB:
        return fields.recalled(waits.raw)
    typed = MultiDict([(name, value) for name, values in waits.raw.items() for value in values])
    return fields(formdata=typed, meta={"csrf": False})
