"""Pages of units and bodies: looked up by a name of any period, seen on a day, changed from a day on."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.domain.dating import Undated
from portal.domain.parties import BodyKind
from portal.registry import actions, forms
from portal.registry.queries import posts, units
from portal.registry.routes.base import EDIT, READ, bp, chosen_day, ground, kept_by, page, to, tried
from portal.web.access import actor, allowed, needs
from portal.web.i18n import _


@bp.get("/")
@needs(READ)
def home() -> ResponseReturnValue:
    """Find a unit; the way to posts, drafts and reorganisations."""
    form, find = forms.DayForm(request.args), forms.FindForm(request.args)
    found = units.find(find.q.data or "") if find.validate() else []
    return page("registry/home.html", form, chosen_day(form), find=find, found=found)


@bp.get("/don-vi/<area_id>")
@needs(READ)
def unit(area_id: str) -> ResponseReturnValue:
    """A unit on a day: periods, what came before and after, its bodies."""
    facts = units.area(area_id)
    if facts is None:
        raise NotFound
    form = forms.DayForm(request.args)
    day = chosen_day(form)
    may_edit = allowed(EDIT, units.holding(area_id))
    return page("registry/unit.html", form, day, seen=units.unit_page(facts, day), may_edit=may_edit)


@bp.route("/don-vi/<area_id>/doi-ten", methods=["GET", "POST"])
@needs(EDIT)
def rename(area_id: str) -> ResponseReturnValue:
    """Another name from a day on, or the right name in place of a wrong entry."""
    holding, facts = kept_by(area_id), units.area(area_id)
    form = forms.NameForm(how="change")
    done, said = to("unit", area_id=area_id), _("Đã ghi tên mới.")
    return tried(
        "registry/rename.html", form, lambda: _rename(holding, form), done=done, said=said, unit=facts
    )


def _rename(holding: Any, form: forms.NameForm) -> None:
    if form.how.data == "correction":
        actions.correct_area_name(actor(), holding, name=form.name.data, ground=ground(form))
        return
    day = form.day.data
    if day is None:
        raise Undated(_("Nhập ngày đầu tiên mang tên mới."))
    actions.rename_area(actor(), holding, name=form.name.data, day=day.first, ground=ground(form))


@bp.route("/don-vi/<area_id>/them-co-quan", methods=["GET", "POST"])
@needs(EDIT)
def add_body(area_id: str) -> ResponseReturnValue:
    """A further body of the unit."""
    holding, facts = kept_by(area_id), units.area(area_id)
    form = forms.NewBodyForm(superior_id=f"committee.{area_id}")

    def act() -> None:
        kind, above, day = BodyKind(form.kind.data), form.superior_id.data or None, form.day.data.first
        given: dict[str, Any] = {"kind": kind, "name": form.name.data, "superior_id": above, "day": day}
        actions.add_body(actor(), holding, ground=ground(form), **given)

    done, said = to("unit", area_id=area_id), _("Đã thêm cơ quan.")
    return tried("registry/add_body.html", form, act, done=done, said=said, unit=facts)


@bp.get("/co-quan/<body_id>")
@needs(READ)
def body(body_id: str) -> ResponseReturnValue:
    """A body on a day: the line above it, its posts, its periods."""
    found = units.body(body_id)
    if found is None:
        raise NotFound
    form = forms.DayForm(request.args)
    day = chosen_day(form)
    may_edit = allowed(EDIT, units.holding(found.area_id))
    own = posts.posts_on(day, found.kind, found.level)
    seen = units.body_page(found, day)
    return page("registry/body.html", form, day, seen=seen, posts=own, may_edit=may_edit)


@bp.route("/co-quan/<body_id>/doi", methods=["GET", "POST"])
@needs(EDIT)
def change_body(body_id: str) -> ResponseReturnValue:
    """Another name or superior from a day on."""
    found = units.body(body_id)
    holding = kept_by(found.area_id if found else "")
    form = forms.BodyForm(obj=found)

    def act() -> None:
        given: dict[str, Any] = {"name": form.name.data, "superior_id": form.superior_id.data or None}
        day = form.day.data.first
        actions.change_body(actor(), holding, body_id=body_id, day=day, ground=ground(form), **given)

    done, said = to("body", body_id=body_id), _("Đã ghi thay đổi.")
    return tried("registry/change_body.html", form, act, done=done, said=said, body=found)


@bp.route("/co-quan/<body_id>/ket-thuc", methods=["GET", "POST"])
@needs(EDIT)
def end_body(body_id: str) -> ResponseReturnValue:
    """The last day of a body that nothing depends on."""
    found = units.body(body_id)
    holding = kept_by(found.area_id if found else "")
    form = forms.EndForm()

    def act() -> None:
        last = form.last.data.first
        actions.end_body(actor(), holding, body_id=body_id, last=last, ground=ground(form))

    done, said = to("body", body_id=body_id), _("Đã ghi ngày kết thúc.")
    return tried("registry/end_body.html", form, act, done=done, said=said, body=found)
