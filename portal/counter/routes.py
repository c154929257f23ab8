"""Pages of the counter: entering a paper, its slip, and the board's register."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.counter import queries, sheet
from portal.counter.forms import DayForm
from portal.domain import clock
from portal.domain.permissions import Permission
from portal.domain.receipts import format_groups
from portal.domain.text import sort_key
from portal.web.access import actor, needs
from portal.web.cookies import drop_cookie, open_cookie
from portal.web.qr import picture_of
from portal.web.unsent import keeps_typed
from portal.web.uploads import takes_files

bp = Blueprint("counter", __name__, url_prefix="/can-bo/so-don")
ENTER = Permission.COUNTER_ENTER


@bp.route("/nhap", methods=["GET", "POST"])
@needs(ENTER)
@keeps_typed
@takes_files
def enter() -> ResponseReturnValue:
    """A letter, a call or a visit, on one page."""
    return sheet.sent() if request.method == "POST" else sheet.blank().page()


@bp.get("/phieu")
@needs(ENTER)
def slip() -> ResponseReturnValue:
    """What came of the entry, with the slip for its sender; for ten minutes."""
    content = open_cookie(sheet.SLIP)
    line = queries.line(content["entry"]) if content and content["account"] == actor().id else None
    if content is None or line is None:
        return redirect(url_for("counter.register"), 303)
    return render_template("counter/slip.html", line=line, **_of_slip(content))


def _of_slip(content: dict[str, Any]) -> dict[str, Any]:
    code, look = content["code"], date.fromisoformat(content["look"])
    return {
        "groups": format_groups(code).split("-") if code else [],
        "picture": picture_of(code) if code else "",
        "look": look if look >= clock.today() else None,
        "outside": content["outside"],
    }


@bp.post("/phieu/xong")
@needs(ENTER)
def handed() -> ResponseReturnValue:
    """The slip was handed out: the browser forgets the code; the next paper."""
    response = make_response(redirect(url_for("counter.enter"), 303))
    drop_cookie(response, sheet.SLIP)
    return response


@bp.get("/")
@needs(ENTER)
def register() -> ResponseReturnValue:
    """What the board entered on a day: numbers, days, states; no content."""
    return render_template("counter/register.html", **_of_day())


@bp.get("/in")
@needs(ENTER)
def print_register() -> ResponseReturnValue:
    """The same for paper."""
    return render_template("counter/register_print.html", **_of_day())


def _of_day() -> dict[str, Any]:
    asked = any(name.startswith("day-") for name in request.args)
    form = DayForm(request.args) if asked else DayForm(formdata=None, data={"day": clock.today()})
    fits = not asked or form.validate()
    day = form.day.data.first if fits else clock.today()
    found = queries.register(actor(), day)
    lines = sorted(found, key=lambda one: (sort_key(one.entry.register_no or "~"), one.entry.id))
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    return {
        "form": form,
        "day": day,
        "lines": lines[: queries.MOST],
        "more": len(found) > queries.MOST,
        "before": _parts(before),
        "after": _parts(after) if after <= clock.today() else None,
        "here": _parts(day),
        "board": queries.board(actor().body).name,
    }


def _parts(day: date) -> dict[str, int]:
    """A day as the form of the register sends it."""
    return {"day-day": day.day, "day-month": day.month, "day-year": day.year}
