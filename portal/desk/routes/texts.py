"""Pages of the standard texts of a body: what there is, a new one, a new version, an end."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.desk import actions, forms, queries
from portal.desk.routes.work import bp
from portal.domain.clock import today
from portal.domain.permissions import Permission
from portal.papers import history, standard
from portal.web.access import actor, allowed, needs, or_404, ring
from portal.web.i18n import _

KEEP = Permission.TEXTS_KEEP


@bp.get("/van-ban-mau")
@needs(Permission.DESK_USE)
def texts_list() -> ResponseReturnValue:
    """Every text of the body with its versions; what can be changed is for leads."""
    found = standard.versions(ring(), actor().body)
    people = history.account_names(one.written_by for one in found)
    shown = {"texts": found, "people": people, "keeps": allowed(KEEP, _shelf()), "today": today()}
    return render_template("desk/texts.html", form=forms.ActForm(), **shown)


@bp.route("/van-ban-mau/them", methods=["GET", "POST"])
@needs(KEEP)
def new_text() -> ResponseReturnValue:
    """Write a text."""
    return _text_page(forms.TextForm(data={"valid_from": today()}), "")


@bp.route("/van-ban-mau/<text_id>", methods=["GET", "POST"])
@needs(KEEP)
def change_text(text_id: str) -> ResponseReturnValue:
    """Write a new version; the old one stays on record."""
    row = or_404(queries.text_row(text_id), KEEP)
    found = [one for one in standard.versions(ring(), actor().body) if one.id == row.id]
    if not found:
        raise NotFound
    return _text_page(forms.TextForm(data=forms.given(found[0], today())), row.series_id)


def _text_page(form: forms.TextForm, series_id: str) -> ResponseReturnValue:
    if form.validate_on_submit() and _kept(form, series_id):
        flash(_("Đã ghi văn bản mẫu."))
        return redirect(url_for(".texts_list"), 303)
    page = render_template("desk/text.html", form=form, series_id=series_id)
    return page, 422 if form.is_submitted() else 200


def _kept(form: forms.TextForm, series_id: str) -> bool:
    try:
        actions.keep_text(actor(), or_404(_shelf(), KEEP), form.draft, series_id=series_id)
    except actions.UnknownBlank as fault:
        names = ", ".join(f"[{name}]" for name in fault.names)
        form.text.errors = [_("Cổng không biết điền gì vào %(names)s.", names=names)]
        return False
    except actions.TooManyTexts:
        form.form_errors.append(_("Đơn vị đã có đủ số văn bản mẫu Cổng nhận. Hãy thôi dùng bớt."))
        return False
    return True


def _shelf() -> Any:
    return queries.shelf(actor().body)


@bp.post("/van-ban-mau/<text_id>/thoi-dung")
@needs(KEEP)
def end_text(text_id: str) -> ResponseReturnValue:
    """Use a text no more."""
    actions.end_text(actor(), or_404(queries.text_row(text_id), KEEP))
    flash(_("Đã thôi dùng văn bản mẫu."))
    return redirect(url_for(".texts_list"), 303)
