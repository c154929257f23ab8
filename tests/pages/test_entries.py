"""The pages of dated records: each kind has one, what is owed stands on the case, a second person checks."""

import pytest
from sqlalchemy import select

from portal.action import session
from portal.app import create_app
from portal.casework import actions, following, queries
from portal.data.models.audit import AuditEntry
from portal.domain.entries import SHAPES, Ask, Entry
from portal.domain.life import State
from tests.support import make, people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
TEXT = "Trả đủ hồ sơ và xin lỗi người dân."
TYPED = {
    "to": "Phòng Nội vụ",
    "by": "Đảng ủy phường",
    "number": "12-CV",
    "form": "party.warning",
    "text": TEXT,
}
DATED = {"dated-day": "4", "dated-month": "5", "dated-year": "2026"}
DUE = {"due-day": "4", "due-month": "6", "due-year": "2026"}


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def app(founded):
    return create_app(founded.settings.model_copy(update={"face": "staff"}))


@pytest.fixture
def pages(app, founded):
    made = Pages(app)
    made.sign_in(*make.lead(founded))
    return made


def at(case, page=""):
    return f"/can-bo/ho-so/{case.id}" + (f"/{page}" if page else "")


def page_of(entry):
    first = "xu-ly" if SHAPES[entry].step in actions.OUTCOMES else "muc"
    return f"{first}/{following.SLUGS[entry]}"


@pytest.mark.parametrize("entry", Entry)
def test_every_kind_has_a_page_that_asks_what_its_row_says(pages, founded, entry):
    is_outcome, is_public = SHAPES[entry].step in actions.OUTCOMES, entry is Entry.PUBLICATION
    case = getattr(make, "answered" if is_public else "concluded" if is_outcome else "verifying")(founded)
    links = {link["href"] for link in pages.get(at(case)).select("main a[href]")}
    assert at(case, page_of(entry)) in links
    form = pages.get(at(case, page_of(entry)))
    names = {one["name"] for one in form.select("main [name]")}
    asked = {ask.value if ask is not Ask.DUE else "due-day" for ask in SHAPES[entry].asks}
    assert asked | {"text", "dated-day", "seen", "csrf_token"} <= names
    assert names <= asked | set(DATED) | set(DUE) | {"text", "seen", "csrf_token"}
    pages.post(at(case, page_of(entry)), {}, expect=422)
    pages.post(at(case, page_of(entry)), TYPED | DATED | DUE)
    assert TEXT in pages.get(at(case)).get_text()


def test_a_day_due_before_the_record_is_refused_and_nothing_typed_is_lost(pages, founded):
    case = make.verifying(founded)
    wrong = TYPED | DATED | DUE | {"due-month": "4"}
    soup = pages.post(at(case, "muc/tai-lieu"), wrong, expect=422)
    assert "trước ngày của văn bản" in soup.select_one(".govuk-error-summary").get_text()
    assert soup.select_one("input[name=to]")["value"] == "Phòng Nội vụ"
    assert queries.followed(case.id) == []


def test_a_form_of_discipline_that_was_none_that_day_is_refused(pages, founded):
    case = make.concluded(founded)
    wrong = TYPED | DATED | {"form": "state.demotion"}
    soup = pages.post(at(case, "xu-ly/ky-luat"), wrong, expect=422)
    assert "không có hình thức này" in soup.select_one(".govuk-error-summary").get_text()
    pages.post(at(case, "xu-ly/ky-luat"), wrong | {"form": "bịa"}, expect=422)


@pytest.mark.parametrize(
    "page", ["muc/khac-phuc", "xu-ly/tai-lieu", "muc/khong-co", "theo-doi/0", "kiem-tra/0"]
)
def test_what_does_not_exist_is_not_found(pages, founded, page):
    pages.get(at(make.concluded(founded), page), expect=404)


def test_a_remedy_goes_from_its_plan_to_the_check_by_a_second_person(pages, founded):
    case = make.answered(founded)
    pages.post(at(case, "xu-ly/khac-phuc"), TYPED | DATED | DUE)
    (row,) = queries.followed(case.id)
    record = row.record_id
    shown = pages.get(at(case)).get_text()
    assert "Việc đang theo dõi" in shown
    assert "Quá hạn" in shown  # due in June 2026, and nobody did anything
    soup = pages.post(at(case, "ket-thuc"), {}, expect=422)
    assert "Còn việc khắc phục" in soup.select_one(".govuk-error-summary").get_text()
    pages.post(at(case, f"theo-doi/{record}"), DATED | {"text": "Ảnh biên nhận."})
    assert "không tự kiểm tra" in pages.get(at(case)).get_text()
    pages.get(at(case, f"kiem-tra/{record}"), expect=404)
    pages.sign_in(*founded.made.signed_in(f"member.{make.COMMITTEE}"))
    asked = pages.get(at(case, f"kiem-tra/{record}")).select_one("section[aria-labelledby=about]").get_text()
    assert all(one in asked for one in ("Phản ánh, kiến nghị", make.STORY, TEXT, "Ảnh biên nhận."))
    pages.post(at(case, f"kiem-tra/{record}"), {"done": "", "text": ""}, expect=422)
    pages.post(at(case, f"kiem-tra/{record}"), {"done": "yes", "text": "Đã xem tận nơi."})
    pages.post(at(case, f"kiem-tra/{record}"), {"done": "yes", "text": "Lần nữa."}, expect=409)
    pages.sign_in(*make.lead(founded))
    pages.post(at(case, "ket-thuc"), {})
    assert make.now(case).state is State.CLOSED


def test_a_record_of_another_case_is_not_found_under_this_one(pages, founded):
    case, other = make.answered(founded), make.answered(founded)
    pages.post(at(case, "xu-ly/khac-phuc"), TYPED | DATED | DUE)
    (row,) = queries.followed(case.id)
    pages.get(at(other, f"theo-doi/{row.record_id}"), expect=404)
    pages.get(at(case, f"theo-doi/{row.record_id}"))


def test_a_draft_is_read_as_residents_will_before_it_is_approved(pages, founded):
    case = make.answered(founded)
    pages.sign_in(*founded.made.signed_in(f"member.{make.COMMITTEE}"))
    named = DATED | DUE | {"text": "Gọi số 0912 345 678."}
    assert pages.post(at(case, "muc/cong-khai"), named, expect=422).select(".govuk-error-summary a")
    pages.post(at(case, "muc/cong-khai"), DATED | DUE | {"text": TEXT})
    (row,) = queries.followed(case.id)
    pages.get(at(case, f"duyet/{row.record_id}"), expect=404)
    pages.get(at(case, f"theo-doi/{row.record_id}"), expect=404)
    pages.sign_in(*make.lead(founded))
    assert f"duyet/{row.record_id}" in str(pages.get(at(case)))
    shown = pages.get(at(case, f"duyet/{row.record_id}"))
    assert TEXT in shown.select_one(".gs-letter").get_text()
    about = shown.select_one("section[aria-labelledby=about]").get_text()
    assert make.STORY in about
    assert make.ANSWER.found in about
    assert session().scalars(select(AuditEntry).where(AuditEntry.act == "casework.open_about")).all()
    pages.post(
        at(case, f"duyet/{row.record_id}"), {"done": "yes", "looked": "y", "days": "30", "text": "Đồng ý."}
    )
    assert "được công khai như sau" in pages.get(at(case)).get_text()
