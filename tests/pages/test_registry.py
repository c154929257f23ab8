"""The register on pages: found, seen on a day, changed by those who keep it, drafts, reorganisations."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.accounts import credentials
from portal.action import session
from portal.app import create_app
from portal.data.models.area import Area
from portal.data.models.case import Case
from portal.data.models.registry import AreaName, CaseMove, InheritedKey, PostDraft, Reorganisation
from portal.domain import clock
from portal.domain.parties import SuccessorFacts
from portal.domain.undoing import as_areas_csv, as_successors_csv
from portal.registry import actions
from portal.registry.queries import previews
from tests.actions.test_registry_editing import stand
from tests.actions.test_registry_handing import NEW, OLD, OTHER, found_and_staff
from tests.support import make
from tests.support.pages import Pages
from tests.support.people import CHEAP

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
DAY = {"day-day": "15", "day-month": "8", "day-year": "2026"}
BEGINS = clock.today()
"""The first day of the plans that are typed here: none begins in the past."""


def parts(day: date) -> dict[str, str]:
    return {"day-day": str(day.day), "day-month": str(day.month), "day-year": str(day.year)}


DOC = {"source_doc": "Nghị quyết 99/2026/QH16", "reason": ""}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(credentials, "STANDARD", CHEAP)


@pytest.fixture
def founded(prepared):
    return prepared("registered", stand)


@pytest.fixture
def pages(founded):
    return Pages(create_app(founded.settings))


@pytest.fixture
def registrar(pages):
    pages.sign_in("registrar.front.VN")
    return pages


def text(soup) -> str:
    return " ".join(soup.get_text(" ").split())


def test_a_registrar_begins_at_the_register(registrar):
    registrar.get("accounts.home", 303)
    assert registrar.leads_to.endswith("/can-bo/danh-muc/")
    page = registrar.follow()
    assert page.select_one(".gs-nav a[aria-current]").get_text() == "Danh mục"


def test_a_unit_is_found_and_shown_with_its_bodies(registrar):
    page = registrar.get("/can-bo/danh-muc/?q=tan+son+nhi")
    link = page.select_one(".gs-queue__link")
    assert link.get_text() == "Phường Tân Sơn Nhì"
    page = registrar.get(link["href"])
    assert "Đã tham gia Cổng" in text(page)
    assert "dưới Ban Thường trực Ủy ban MTTQ Việt Nam Thành phố Hồ Chí Minh" in text(page)
    assert "Không có đơn vị nào" in text(registrar.get("/can-bo/danh-muc/?q=khong+co+noi+nay"))


def test_the_day_switch_shows_what_was_then(registrar):
    page = registrar.get("/can-bo/danh-muc/don-vi/C27019b?day-day=1&day-month=6&day-year=2025")
    assert "không có đơn vị này" in text(page)
    wrong = registrar.get("/can-bo/danh-muc/don-vi/C27019b?day-day=31&day-month=2&day-year=2025")
    assert "không có trong lịch" in text(wrong)
    assert "không có đơn vị này" not in text(registrar.get("/can-bo/danh-muc/don-vi/C27019b?on=xyz"))


def test_a_new_name_is_a_new_row_with_its_document(registrar):
    given = {"name": "Phường Tân Sơn", "how": "change"}
    registrar.post("registry.rename", given | DAY | DOC, area_id="C27019b")
    page = text(registrar.follow())
    assert "Đã ghi tên mới." in page
    assert "Nghị quyết 99/2026/QH16" in page
    assert "Người registrar.front.VN ghi ngày" in page
    before = registrar.get("/can-bo/danh-muc/don-vi/C27019b?on=2026-08-14")
    assert before.h1.get_text() == "Phường Tân Sơn Nhì"
    body = registrar.get("registry.body", body_id="committee.C27019b")
    assert body.h1.get_text() == "Ủy ban nhân dân phường Tân Sơn"


def test_a_fault_is_said_and_nothing_typed_is_lost(registrar):
    given = {"name": "Phường Tân Sơn", "how": "change", "day-day": "1", "day-month": "7", "day-year": "2025"}
    page = registrar.post("registry.rename", given | DOC, 422, area_id="C27019b")
    assert "phải sau 01/07/2025" in text(page.select_one(".govuk-error-summary"))
    assert page.select_one("#name")["value"] == "Phường Tân Sơn"
    page = registrar.post(
        "registry.rename", {"name": "Phường A", "how": "change"} | DOC, 422, area_id="C27019b"
    )
    assert "Nhập ngày đầu tiên" in text(page)
    page = registrar.post(
        "registry.rename", {"name": "", "how": "change", "source_doc": ""}, 422, area_id="C27019b"
    )
    assert "Nêu số, ngày của văn bản" in text(page)
    assert session().scalars(select(AreaName)).all() == []


def test_a_body_changes_its_superior_and_a_cycle_is_refused(registrar):
    given = {"name": "Trạm y tế phường Tân Sơn Nhì", "superior_id": "committee.P79b"}
    registrar.post("registry.change_body", given | DAY | DOC, body_id="health.C27019b")
    assert "Ủy ban nhân dân Thành phố Hồ Chí Minh" in text(registrar.follow())
    given = {"name": "Ủy ban nhân dân Thành phố Hồ Chí Minh", "superior_id": "health.C27019b"}
    page = registrar.post("registry.change_body", given | DAY | DOC, 422, body_id="committee.P79b")
    assert "vòng lặp" in text(page)


def test_a_body_is_added_and_ended(registrar):
    given = {"kind": "department", "name": "Sở Xây dựng", "superior_id": "committee.P79b"}
    registrar.post("registry.add_body", given | DAY | DOC, area_id="P79b")
    assert "Sở Xây dựng" in text(registrar.follow())
    last = {"last-day": "1", "last-month": "9", "last-year": "2026"}
    registrar.post("registry.end_body", last | DOC, body_id="department.P79b.2")
    assert "Đã ghi ngày kết thúc" in text(registrar.follow())
    page = registrar.post("registry.end_body", last | DOC, 422, body_id="front.C27019b")
    assert "đang giữ khóa" in text(page)


def some_post(pages) -> str:
    page = pages.get("/can-bo/danh-muc/chuc-vu?kind=committee&level=commune")
    return page.select_one(".gs-queue__link")["href"].split("?")[0].rsplit("/", 1)[1]


def changed(pages, post: str) -> None:
    page = pages.get("registry.change_post", post=post)
    kept = {one["name"]: one.get("value", "") for one in page.select("input.govuk-input") if one.get("name")}
    kept |= {one["name"]: one.select_one("option[selected]")["value"] for one in page.select("select")}
    kept |= {"synonyms": page.select_one("textarea").get_text(), "managing_level": "central"}
    coming = {"day-day": "1", "day-month": "1", "day-year": "2027"}
    pages.post("registry.change_post", kept | coming | DOC, post=post)


def test_a_post_is_drafted_by_one_and_activated_by_another(registrar, founded):
    post = some_post(registrar)
    changed(registrar, post)
    registrar.follow()
    draft = session().scalars(select(PostDraft)).one()
    page = text(registrar.get("registry.draft", draft_id=draft.id))
    assert "Cấp quản lý" in page
    assert "một cán bộ danh mục khác phải cho có hiệu lực" in page
    registrar.send(f"/can-bo/danh-muc/du-thao/{draft.id}/hieu-luc", {"csrf_token": token(registrar)}, 404)
    other = Pages(registrar.app)
    other.sign_in("registrar2.front.VN")
    address = f"/can-bo/danh-muc/du-thao/{draft.id}"
    other.post(f"{address}/hieu-luc", {}, form_on=address)
    assert "Bản dự thảo đã có hiệu lực." in text(other.follow())
    history = text(other.get("registry.post", post=post))
    assert "Người registrar2.front.VN ghi ngày" in history
    assert "từ 01/01/2027" in history
    assert "01/01/2027 – nay" not in history


def token(pages) -> str:
    page = pages.get("/can-bo/danh-muc/sap-xep/moi")
    return page.select_one("input[name=csrf_token]")["value"]


def test_further_rows_go_into_the_own_draft(registrar):
    posts = registrar.get("/can-bo/danh-muc/chuc-vu?kind=committee&level=commune").select(".gs-queue__link")
    first, second = (one["href"].split("?")[0].rsplit("/", 1)[1] for one in posts[:2])
    changed(registrar, first)
    registrar.post(
        "registry.end_post", {"day-day": "1", "day-month": "1", "day-year": "2027"} | DOC, post=second
    )
    draft = session().scalars(select(PostDraft)).one()
    page = text(registrar.get("registry.draft", draft_id=draft.id))
    assert "Kết thúc:" in page
    registrar.post(
        f"/can-bo/danh-muc/du-thao/{draft.id}/rut", {}, form_on=f"/can-bo/danh-muc/du-thao/{draft.id}"
    )
    assert "Đã rút lại" in text(registrar.follow())


def test_a_new_post_is_drafted(registrar):
    given = {
        "post": "committee.commune.tester",
        "body_kind": "committee",
        "level": "commune",
        "group": "staff",
        "name": "Công chức thử",
        "synonyms": "CC thử",
        "managing_level": "cell",
        "source": "MEM",
        "party_member": "unknown",
        "settler_kind": "committee",
        "settler_level": "commune",
        "settler_source": "LTC 13(1)",
    }
    page = registrar.post("registry.add_post", given | DAY | DOC, 422)
    registrar.post("registry.add_post", given | DAY | DOC | {"managing_level": "commune"})
    assert page.select_one("#name")["value"] == "Công chức thử"
    assert len(session().scalars(select(PostDraft)).all()) == 1


TYPED = {
    "ends": "C27019b",
    "opens": "C27019c; 27019; Phường Tân Sơn; commune; P79b",
    "links": "C27019b; C27019c",
}


def planned(pages, typed=TYPED) -> Reorganisation:
    pages.post("registry.new_plan", typed | parts(BEGINS) | DOC)
    pages.follow()
    return session().scalars(select(Reorganisation)).one()


def carried_out(registrar, plan) -> Pages:
    """By a second registrar, of the city; the one who planned it has no button and no address for it."""
    address = f"/can-bo/danh-muc/sap-xep/{plan.id}"
    page = registrar.get(address)
    assert "một cán bộ danh mục khác" in text(page)
    assert not page.select(f'form[action="{address}/thuc-hien"]')
    registrar.post(f"{address}/thuc-hien", {"sure": "y"}, 404, form_on=address)
    second = Pages(registrar.app)
    second.sign_in("registrar.front.P79b")
    second.post(f"{address}/thuc-hien", {}, form_on=address)
    assert "Chưa thực hiện" in text(second.follow())
    second.post(f"{address}/thuc-hien", {"sure": "y"}, form_on=address)
    return second


def test_a_small_plan_is_typed_looked_at_and_carried_out_by_another(registrar, founded):
    make.report(founded.settings)
    plan = planned(registrar)
    page = text(registrar.get("registry.plan", plan_id=plan.id))
    assert "1 Xã, phường, đặc khu" in page
    assert "có khóa: phải niêm phong lại" in page
    assert "dưới 5 ở mỗi cơ quan" in page
    told = "\n".join(previews.lines(previews.preview(actions.plan_of(plan))))
    assert "dưới 5 hồ sơ, có khóa" in told
    assert "1 hồ sơ" not in told
    assert "front.C27019c" not in page
    assert "Ban Thường trực Ủy ban MTTQ Việt Nam phường Tân Sơn" in page
    page = text(carried_out(registrar, plan).follow())
    assert "Niêm phong lại: 0 trên 4 khóa" in page
    assert "Người phụ trách của cơ quan cấp trên niêm phong lại" in page
    assert "Ban Thường trực Ủy ban MTTQ Việt Nam Thành phố Hồ Chí Minh" in page
    assert registrar.get("registry.plan", plan_id=plan.id).select_one("a[href$='niem-phong-lai']") is None
    lead = Pages(registrar.app)
    lead.sign_in("lead.front.P79b")
    assert lead.get("registry.plan", plan_id=plan.id).select_one("main a[href$='niem-phong-lai']") is not None
    session().expire_all()
    assert session().get(Area, "C27019b").valid_to == BEGINS - timedelta(days=1)
    assert session().scalars(select(Case)).one().front_id == "front.C27019c"
    registrar.post("registry.undo", parts(BEGINS + timedelta(days=1)) | DOC, plan_id=plan.id)
    assert "hoàn lại một kế hoạch trước" in text(registrar.follow())
    again = registrar.post("registry.undo", parts(BEGINS + timedelta(days=2)) | DOC, 422, plan_id=plan.id)
    assert "Đã có một kế hoạch hoàn lại đang chờ" in text(again.select_one(".govuk-error-summary"))


def test_a_plan_for_a_later_day_says_from_when_and_offers_no_button(registrar):
    level = TYPED | {"opens": "C27019c; 27019; Phường Tân Sơn; Xã; P79b"}
    later = {"day-day": "1", "day-month": "1", "day-year": "2030"}
    registrar.post("registry.new_plan", level | later | DOC)
    plan = session().scalars(select(Reorganisation)).one()
    page = registrar.get("registry.plan", plan_id=plan.id)
    assert "Thực hiện được từ ngày 01/01/2030" in text(page)
    assert page.select_one("form[action$='thuc-hien']") is None
    assert "province" not in text(registrar.get("registry.new_plan"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ends": "C99999z"}, "Đơn vị kết thúc, dòng 1: không có đơn vị"),
        ({"opens": "C27019c; 27019"}, "Đơn vị mới, dòng 1: cần"),
        ({"opens": "C27019c; 27019; Phường Tân Sơn; xa; P79b"}, "cấp “xa”"),
        ({"links": "C27019b"}, "Đơn vị kế tiếp, dòng 1: cần"),
        ({"links": "C27019b; C99999z"}, "đơn vị C99999z không có"),
        ({"opens": "C27019c; 27013; Phường Tân Sơn; commune; P79b"}, "chồng lên C27013b"),
    ],
)
def test_a_faulty_plan_names_its_line_and_keeps_what_was_typed(registrar, typed, said):
    page = registrar.post("registry.new_plan", TYPED | typed | parts(BEGINS) | DOC, 422)
    assert said in text(page.select_one(".govuk-error-summary"))
    assert page.select_one("#links").get_text().strip() == (TYPED | typed)["links"]
    assert session().scalars(select(Reorganisation)).all() == []


def test_a_plan_of_the_past_is_the_operators(registrar):
    page = registrar.post("registry.new_plan", TYPED | parts(BEGINS - timedelta(days=1)) | DOC, 422)
    assert "bắt đầu từ hôm nay trở đi" in text(page.select_one(".govuk-error-summary"))
    assert session().scalars(select(Reorganisation)).all() == []


def test_a_large_plan_comes_as_two_files(registrar):
    ended = replace(OLD, valid_to=BEGINS - timedelta(days=1))
    new = replace(NEW, valid_from=BEGINS)
    areas, links = as_areas_csv([ended, new]), as_successors_csv([SuccessorFacts(OLD.id, NEW.id, whole=True)])
    files = {"areas": (BytesIO(areas), "areas.csv"), "successors": (BytesIO(links), "area_successors.csv")}
    registrar.post("registry.plan_from_files", DOC | files)
    plan = session().scalars(select(Reorganisation)).one()
    assert plan.keeper_id == "P79b"
    wrong = {"areas": (BytesIO(b"khong phai"), "a.csv"), "successors": (BytesIO(links), "b.csv")}
    page = registrar.post("registry.plan_from_files", DOC | wrong, 422)
    assert "areas.csv, dòng 1: thiếu cột" in text(page)


def test_an_officer_above_seals_anew_with_progress(registrar, founded, pages):
    make.report(founded.settings)
    plan = planned(registrar)
    carried_out(registrar, plan)
    officer = Pages(registrar.app)
    officer.sign_in("lead.front.P79b")
    page = officer.get("registry.tasks")
    assert "cơ quan kế tiếp chưa có khóa" in text(page)
    found_and_staff(founded.made, NEW)
    assert "làm được" in text(officer.get("registry.tasks"))
    officer.post("registry.reseal", {}, form_on="/can-bo/danh-muc/niem-phong-lai")
    assert "Đã niêm phong lại 2 khóa, còn 0." in text(officer.follow())
    assert len(session().scalars(select(InheritedKey)).all()) == 2
    heir = Pages(registrar.app)
    heir.sign_in(f"lead.front.{NEW.id}")
    case = session().scalars(select(Case)).one()
    page = text(heir.get("triage.case", case_id=case.id))
    assert "Cán bộ hẹn nhiều lần" in page
    assert "Do sắp xếp đơn vị, giao từ Ban Thường trực Ủy ban MTTQ Việt Nam phường Tân Sơn Nhì" in page


def test_a_case_of_a_divided_unit_is_given_to_its_part(registrar, founded):
    make.report(founded.settings, street="đường Tân Sơn Nhì")
    typed = {
        "ends": "C27019b",
        "opens": f"{TYPED['opens']}\nC27099c; 27099; Phường Sơn Kỳ; commune; P79b",
        "links": "C27019b; C27019c\nC27019b; C27099c",
    }
    plan = planned(registrar, typed)
    assert "phải hỏi tên đường" in text(registrar.get("registry.plan", plan_id=plan.id))
    carried_out(registrar, plan)
    found_and_staff(founded.made, NEW, OTHER)
    officer = Pages(registrar.app)
    officer.sign_in("lead.front.P79b")
    link = officer.get("registry.tasks").select_one(".gs-queue__link")["href"]
    assert "đường Tân Sơn Nhì" in text(officer.get(link))
    assert "Chọn một cơ quan" in text(officer.post(link, {}, 422))
    officer.post(link, {"part": f"front.{OTHER.id}"})
    assert "Đã giao hồ sơ." in text(officer.follow())
    session().expire_all()
    assert session().scalars(select(Case)).one().front_id == f"front.{OTHER.id}"
    assert session().scalars(select(CaseMove)).one().chosen_on is not None


def test_staff_read_and_only_registrars_see_what_changes(pages):
    pages.sign_in("member.front.C27019b")
    page = pages.get("registry.unit", area_id="C27019b")
    assert "Đổi hoặc chữa tên" not in text(page)
    pages.get("/can-bo/danh-muc/don-vi/C27019b/doi-ten", 404)
    assert "Niêm phong lại sau khi sắp xếp" not in text(pages.get("registry.home"))


def test_a_registrar_of_a_province_keeps_the_units_under_it(pages):
    pages.sign_in("registrar.front.P79b")
    assert "Đổi hoặc chữa tên" in text(pages.get("registry.unit", area_id="C27019b"))
    assert "Đổi hoặc chữa tên" not in text(pages.get("registry.unit", area_id="P79b"))
    pages.get("/can-bo/danh-muc/don-vi/P79b/doi-ten", 404)
    pages.get("/can-bo/danh-muc/chuc-vu/them", 404)
    planned(pages)


def test_every_text_has_its_english(registrar):
    page = registrar.get("/can-bo/danh-muc/?lang=en")
    assert "Register of units, bodies and posts" in text(page)
