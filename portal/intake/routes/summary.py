"""The answers of a draft in words: for the check page, and for a step that another window answered."""

from collections.abc import Callable, Iterator
from typing import Any

from portal.domain import clock
from portal.domain.catalogue import category
from portal.domain.drafted import office_of
from portal.domain.drafting import FormStep, category_of, kind_of
from portal.domain.partial_date import PartialDate
from portal.domain.telling import LeadQuestion, Openness, Said
from portal.intake.queries import draft
from portal.intake.queries.draft import Held
from portal.intake.routes.base import address, steps
from portal.web import words
from portal.web.i18n import _, format_partial

Row = dict[str, Any]
Answer = dict[str, Any]
Words = Iterator[tuple[str, str]]


def check_rows(held: Held) -> list[Row]:
    """Every answer; the first row of a step leads to where all of it can be changed."""
    found = []
    for step in steps():
        for place, row in enumerate(rows_of(held, step)):
            found.append(row if place else row | {"href": address(step), "change": _("Sửa")})
    return found


def rows_of(held: Held, step: FormStep) -> list[Row]:
    """One step's answer as rows of a summary list."""
    given = held.sketch.answer(step)
    if given is None:
        return []
    said = _WORDS[step](held, given)
    return [{"key": key, "value": value or _("Không ghi"), "multiline": True} for key, value in said]


def _kind(held: Held, given: Answer) -> Words:
    yield _("Bạn gửi"), str(words.label(kind_of(held.sketch.answers)))


def _place(held: Held, given: Answer) -> Words:
    yield _("Nơi xảy ra"), "\n".join(filter(None, (given["name"], given.get("street", ""))))


def _office(held: Held, given: Answer) -> Words:
    office = office_of(held.sketch.answers)
    unknown = _("Tôi không biết") if given["body"] == "unknown" else ""
    yield _("Cơ quan"), "\n".join(filter(None, (office.body_name, office.detail))) or unknown


def _post(held: Held, given: Answer) -> Words:
    post = given["post_name"]
    yield _("Chức vụ"), _(post) or _("Tôi không biết")
    yield _("Tên người đó"), given["person"]


def _ties(held: Held, given: Answer) -> Words:
    asked = (
        ("front", _("Làm ở Mặt trận nơi này")),
        ("party", _("Ở trong cấp ủy nơi này")),
        ("inspection", _("Ở trong ủy ban kiểm tra nơi này")),
    )
    for name, label in asked:
        yield label, str(words.label(Said(given[name])))


def _category(held: Held, given: Answer) -> Words:
    yield _("Việc gì"), _(_chosen(held).title)


def _signs(held: Held, given: Answer) -> Words:
    yes_no = {"yes": _("Có"), "no": _("Không")}
    lines = [
        f"{_(item.text)} {yes_no[given[item.code]]}"
        for item in _chosen(held).items
        if given.get(item.code) in yes_no
    ]
    yield _("Dấu hiệu"), "\n".join(lines)


def _story(held: Held, given: Answer) -> Words:
    yield _("Chuyện đã xảy ra"), given["story"]


def _when(held: Held, given: Answer) -> Words:
    day = format_partial(PartialDate.parse(given["when"])) if given["when"] else ""
    yield _("Khi nào"), "\n".join(filter(None, (day, given["period"])))
    yield _("Ở đâu"), given["where"]


def _evidence(held: Held, given: Answer) -> Words:
    names = [file.name for file in draft.files(held.ticket)] if held.sketch.files else []
    yield _("Ảnh, giấy tờ kèm theo"), "\n".join(names)


def _about(held: Held, given: Answer) -> Words:
    yield _("Tên của bạn"), str(words.label(Openness(given["openness"])))


def _contact(held: Held, given: Answer) -> Words:
    yield _("Liên lạc"), "\n".join(filter(None, (given["name"], given["phone"], given["address"])))


def _consent(held: Held, given: Answer) -> Words:
    yes_no = {"yes": _("Có"), "no": _("Không")}
    for one in LeadQuestion:
        if given.get(one.value) in yes_no:
            yield str(words.label(one)), yes_no[given[one.value]]


def _chosen(held: Held) -> Any:
    return category(category_of(held.sketch.answers, clock.today()), clock.today())


_WORDS: dict[FormStep, Callable[[Held, Answer], Words]] = {
    FormStep.KIND: _kind,
    FormStep.PLACE: _place,
    FormStep.OFFICE: _office,
    FormStep.POST: _post,
    FormStep.TIES: _ties,
    FormStep.CATEGORY: _category,
    FormStep.SIGNS: _signs,
    FormStep.STORY: _story,
    FormStep.WHEN: _when,
    FormStep.EVIDENCE: _evidence,
    FormStep.ABOUT: _about,
    FormStep.CONTACT: _contact,
    FormStep.CONSENT: _consent,
}
