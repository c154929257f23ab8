"""Pages of the calendar of days off (lịch nghỉ): read by all officials, kept by the registrars."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.calendar_rows import Effect
from portal.domain.clock import today
from portal.domain.permissions import Permission
from portal.domain.working_days import FIRST_YEAR, LAST_YEAR
from portal.registry import calendar
from portal.registry.calendar import NotADay
from portal.registry.forms_calendar import DayForm, YearForm, year_of
from portal.web.access import actor, needs
from portal.web.fields import Form
from portal.web.i18n import _, lazy

bp = Blueprint("calendar", __name__, url_prefix="/can-bo/lich-nghi")
_FAULTS = {
    "year": lazy("Chỉ có quy tắc của các năm %(first)s–%(last)s.", first=FIRST_YEAR, last=LAST_YEAR),
    "weekday": lazy("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."),
    "source": lazy("Ghi số, ngày văn bản"),
}


@bp.get("/")
@needs(Permission.REGISTRY_READ)
def days() -> ResponseReturnValue:
    """The days off of a year, what confirms them, and what officers entered."""
    year = year_of(request.args.get("year", "")) or today().year
    return render_template(
        "registry/calendar.html",
        year=year,
        years=[one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        days=calendar.of_year(year),
        confirmed=calendar.in_force().confirmed_by(year),
        entries=calendar.entries(year),
    )


@bp.route("/ngay", methods=["GET", "POST"])
@needs(Permission.CALENDAR_EDIT)
def set_day() -> ResponseReturnValue:
    """Enter a day with its document."""
    form = DayForm()
    if form.validate_on_submit() and _entered_day(form):
        flash(_("Đã ghi. Thời hạn đang chạy sẽ được tính lại."))
        return redirect(url_for(".days", year=form.day.data.year), 303)
    return render_template("registry/calendar_day.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/nam", methods=["GET", "POST"])
@needs(Permission.CALENDAR_EDIT)
def confirm_year() -> ResponseReturnValue:
    """Confirm a year, or take that back."""
    form = YearForm()
    if form.validate_on_submit() and _confirmed(form):
        flash(_("Đã ghi."))
        return redirect(url_for(".days", year=form.year.data), 303)
    return render_template("registry/calendar_year.html", form=form), 422 if form.is_submitted() else 200


def _entered_day(form: DayForm) -> bool:
    day, effect = form.day.data.first, Effect(form.effect.data)
    try:
        calendar.set_day(actor(), None, day=day, effect=effect, what=form.what.data, source=form.source.data)
    except NotADay as fault:
        return _refused(form, "effect" if fault.why == "weekday" else "day", fault)
    return True


def _confirmed(form: YearForm) -> bool:
    year, confirmed = year_of(form.year.data) or 0, form.confirmed.data == "yes"
    try:
        calendar.confirm_year(actor(), None, year=year, confirmed=confirmed, source=form.source.data)
    except NotADay as fault:
        return _refused(form, "year", fault)
    return True


def _refused(form: Form, field: str, fault: NotADay) -> bool:
    form[field].errors = [*form[field].errors, str(_FAULTS[fault.why])]
    return False
