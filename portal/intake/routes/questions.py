"""The table of the form's questions: for each step its fields, its page, and the answer that is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request

from portal.domain import clock
from portal.domain.catalogue import WHAT_THIS_IS, categories_on, category
from portal.domain.drafted import office_of
from portal.domain.drafting import FormStep, category_of, kind_of, signs_of
from portal.domain.evidence import FILE_BYTES, FILES_PER_REPORT, Refusal
from portal.domain.kinds import ReportKind
from portal.domain.partial_date import PartialDate
from portal.domain.telling import Openness, identity_may_stay
from portal.intake.forms import matter, person, place
from portal.intake.queries import draft
from portal.intake.queries.draft import Held
from portal.intake.routes.base import BUSY, identity_store
from portal.papers import places
from portal.web.fields import Form
from portal.web.i18n import _
from portal.web.uploads import ACCEPT, refusal_text, removed_text

Value = dict[str, Any]


def plain(form: Form) -> Value:
    """The fields as they are kept: dates as text, nothing given as an empty text."""
    data = {name: value for name, value in form.data.items() if name != "csrf_token"}
    return {
        name: str(value) if isinstance(value, PartialDate) else ("" if value is None else value)
        for name, value in data.items()
    }


def _as_given(held: Held, form: Form) -> Value:
    return plain(form)


def _nothing(held: Held) -> Value:
    return {}


@dataclass(frozen=True)
class Question:
    """`form` builds the fields, `value` what is kept of a valid form, `more` what the page shows besides."""

    template: str
    form: Callable[[Held], type[Form]]
    value: Callable[[Held, Form], Value] = _as_given
    more: Callable[[Held], Value] = _nothing


def _answer(held: Held, step: FormStep) -> Value:
    return held.sketch.answer(step) or {}


def _place_form(held: Held) -> type[Form]:
    found = places.places(held.sketch.search)
    return place.place_form(found.places, found.splits)


def _place_value(held: Held, form: Form) -> Value:
    chosen = form.data["area"]
    found = places.places(held.sketch.search)
    known = {one.area_id: one for one in found.places}
    former = {f"{place.FORMER}{one.area_id}": one for one in found.splits}
    unit = known.get(chosen) or former[chosen]
    own = unit.name if chosen in known else f"{unit.name} (cũ)"
    name = ", ".join(part for part in (own, unit.place) if part)
    return plain(form) | {"area_id": unit.area_id, "name": name}


def _place_more(held: Held) -> Value:
    found = places.places(held.sketch.search)
    asked = place.SearchForm(formdata=None, data={"q": held.sketch.search}, meta={"csrf": False})
    return {"found": found, "asked": asked, "searched": held.sketch.search}


def _office_form(held: Held) -> type[Form]:
    """The bodies of the place, or on request (`?cap=tren`) of the units above it; a saved choice stays."""
    found = places.bodies(_answer(held, FormStep.PLACE)["area_id"])
    chosen = _answer(held, FormStep.OFFICE).get("body_id", "")
    shown = found.above if _looks_above() else found.own
    return place.office_form((*shown, *(one for one in found.above if one.id == chosen and one not in shown)))


def _looks_above() -> bool:
    return request.args.get("cap") == "tren"


def _office_value(held: Held, form: Form) -> Value:
    body = places.bodies(_answer(held, FormStep.PLACE)["area_id"]).named(form.data["body"])
    if body is None:
        return plain(form)
    return plain(form) | {
        "body_id": body.id,
        "name": body.name,
        "kind": body.kind.value,
        "level": body.level.value,
        "area_id": body.area_id,
    }


def _office_more(held: Held) -> Value:
    return {"bodies": places.bodies(_answer(held, FormStep.PLACE)["area_id"]), "above": _looks_above()}


def _posts(held: Held) -> list[Any]:
    area_id = _answer(held, FormStep.PLACE)["area_id"]
    return places.posts(places.bodies(area_id).named(_answer(held, FormStep.OFFICE).get("body_id", "")))


def _post_value(held: Held, form: Form) -> Value:
    chosen = next((post for post in _posts(held) if post.post == form.data["post"]), None)
    if chosen is None:
        typed = form.data["name"] if form.data["post"] == place.UNLISTED else ""
        return plain(form) | {"post_name": typed}
    return plain(form) | {"post_key": chosen.post, "post_name": chosen.name, "group": chosen.group.value}


def _category_form(held: Held) -> type[Form]:
    return matter.category_form(categories_on(clock.today(), ReportKind.ACT))


def _chosen(held: Held) -> Any:
    return category(category_of(held.sketch.answers, clock.today()), clock.today())


def _kind_more(held: Held) -> Value:
    return {"kind": kind_of(held.sketch.answers), "office": office_of(held.sketch.answers)}


def may_name(held: Held) -> bool:
    """True if a name given now would be kept in the portal."""
    code, said = category_of(held.sketch.answers, clock.today()), signs_of(held.sketch.answers)
    return bool(code) and identity_may_stay(identity_store(), code, said, clock.today())


def _evidence_more(held: Held) -> Value:
    waits = held.sketch.pending.get(FormStep.EVIDENCE.value)
    return {
        "files": draft.files(held.ticket) if held.sketch.files else (),
        "most": FILES_PER_REPORT,
        "refused": waits.raw if waits else None,
        "refusal": _refusal(waits.raw["reason"][0]) if waits else "",
        "limit": f"{FILE_BYTES // 2**20} MB",
        "accept": ACCEPT,
        "removed_text": removed_text,
        "may_keep_original": may_name(held),
        "kind": kind_of(held.sketch.answers),
    }


def _refusal(reason: str) -> str:
    if reason == BUSY:
        return _("Máy chủ đang bận làm sạch tệp khác. Xin gửi lại tệp này sau một phút.")
    return refusal_text(Refusal(reason))


def _consent_form(held: Held) -> type[Form]:
    openness = _answer(held, FormStep.ABOUT).get("openness")
    praise = kind_of(held.sketch.answers) is ReportKind.PRAISE
    return person.consent_form(asks_lead=openness == Openness.ANONYMOUS.value and not praise)


QUESTIONS: dict[FormStep, Question] = {
    FormStep.KIND: Question("intake/kind.html", lambda held: matter.KindForm),
    FormStep.PLACE: Question("intake/place.html", _place_form, _place_value, _place_more),
    FormStep.OFFICE: Question("intake/office.html", _office_form, _office_value, _office_more),
    FormStep.POST: Question(
        "intake/post.html", lambda held: place.post_form(_posts(held)), _post_value, _kind_more
    ),
    FormStep.TIES: Question("intake/ties.html", lambda held: place.TiesForm, more=_kind_more),
    FormStep.CATEGORY: Question("intake/category.html", _category_form),
    FormStep.SIGNS: Question(
        "intake/signs.html",
        lambda held: matter.signs_form(_chosen(held)),
        more=lambda held: {"category": _chosen(held)},
    ),
    FormStep.STORY: Question("intake/story.html", lambda held: matter.StoryForm, more=_kind_more),
    FormStep.WHEN: Question("intake/when.html", lambda held: matter.WhenForm, more=_kind_more),
    FormStep.EVIDENCE: Question(
        "intake/evidence.html", lambda held: person.UploadForm, lambda h, f: {}, _evidence_more
    ),
    FormStep.ABOUT: Question(
        "intake/about.html", lambda held: person.AboutForm, more=lambda held: {"may_name": may_name(held)}
    ),
    FormStep.CONTACT: Question("intake/contact.html", lambda held: person.ContactForm),
    FormStep.CONSENT: Question(
        "intake/consent.html", _consent_form, more=lambda held: {"what_this_is": WHAT_THIS_IS}
    ),
}
