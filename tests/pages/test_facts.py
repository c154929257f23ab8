"""The page on which a reviewer states the facts: readings to choose from, faults by field, nothing lost."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.app import create_app
from portal.data.db import session
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, CaseStep, Record, RecordKind
from portal.data.reference import shipped
from portal.domain.life import State, Step
from portal.domain.permissions import Actor, ActorKind
from portal.domain.posts import POSTS
from portal.registry.actions import generate_bodies
from tests.support import make
from tests.support import people as made_people
from tests.support.pages import Pages

CHAIR = "committee.commune.chair"
SYSTEM = Actor("system", ActorKind.SYSTEM)
BASE = {"who": "person", "member": "unknown", "status": "unknown"}
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    found = prepared("people", made_people.found)
    generate_bodies(SYSTEM, shipped(POSTS))
    return found


@pytest.fixture
def pages(founded) -> Pages:
    opened = Pages(create_app(founded.settings))
    opened.sign_in(f"lead.{make.FRONT}")
    return opened


def case_of(founded: Any, post: str, **office: Any) -> Case:
    whole = make.telling()
    changed = whole.office.__class__(**{**whole.office.__dict__, "post_name": post, **office})
    return make.case_of(make.report(founded.settings, office=changed))


def checked(page: Any) -> dict[str, str]:
    return {field["name"]: field["value"] for field in page.select("input[type=radio][checked]")}


def test_one_reading_stands_chosen_and_leads_to_the_body(founded, pages: Pages) -> None:
    case = case_of(founded, "CT UBND P.")
    page = pages.get("triage.facts", case_id=case.id)
    assert checked(page)["post"] == CHAIR
    pages.post("triage.facts", BASE | {"post": CHAIR, "status": "in_office"}, case_id=case.id)
    shown = pages.get("triage.route", case_id=case.id).select_one("main").text
    assert "Ủy ban Kiểm tra Thành ủy Thành phố Hồ Chí Minh" in shown


def test_of_several_readings_none_is_guessed(founded, pages: Pages) -> None:
    case = case_of(founded, "Chủ tịch UBND", level=None, kind=None, body_id="")
    page = pages.get("triage.facts", case_id=case.id)
    assert "có thể hiểu nhiều cách" in page.text
    assert "post" not in checked(page)
    page = pages.post("triage.facts", BASE, expect=422, case_id=case.id)
    assert "Chọn chức vụ đúng" in page.select_one(".govuk-error-summary").text


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"post": CHAIR, "status": "moved"}, "then", "phải chọn chức vụ lúc xảy ra việc"),
        (
            {"post": "other", "post_other": "party.commune.secretary", "member": "no"},
            "member",
            "là đảng viên",
        ),
        ({"post": CHAIR, "act-year": "2031"}, "act-day", "Ngày này chưa đến"),
        (
            {
                "post": "other",
                "post_other": "committee.district.chair",
                "status": "left",
                "act-year": "2026",
            },
            "post",
            "không còn, chức vụ này",
        ),
        ({"post": "other", "post_other": "party.moon.king"}, "post_other", ""),
        ({"post": CHAIR, "other1": CHAIR}, "other1", "đã chọn ở trên"),
    ],
)
def test_contradictions_name_their_field_and_nothing_is_lost(
    founded, pages: Pages, given: dict[str, str], field: str, said: str
) -> None:
    case = case_of(founded, "CT UBND P.")
    page = pages.post(
        "triage.facts", BASE | {"other2": "council.commune.deputy"} | given, expect=422, case_id=case.id
    )
    summary = page.select_one(".govuk-error-summary")
    assert said in summary.text
    assert summary.select_one(f"a[href='#{field}']") is not None
    assert page.select_one("select[name=other2] option[selected]")["value"] == "council.commune.deputy"
    assert session().scalars(select(Record).where(Record.case_id == case.id)).first() is None


def test_versions_are_kept_sealed_and_on_record(founded, pages: Pages) -> None:
    case = case_of(founded, "CT UBND P.")
    pages.post("triage.facts", BASE | {"post": "none", "managing_level": "commune"}, case_id=case.id)
    moved = {"post": CHAIR, "status": "moved", "then": "committee.commune.vice-chair", "act-year": "2026"}
    pages.post("triage.facts", BASE | moved, case_id=case.id)
    page = pages.get("triage.facts", case_id=case.id)
    assert (checked(page)["post"], checked(page)["status"]) == (CHAIR, "moved")
    assert "chức vụ chưa rõ" in page.text
    records = session().scalars(select(Record).where(Record.case_id == case.id)).all()
    assert {one.kind for one in records} == {RecordKind.FACTS}
    assert len(records) == 2
    assert not any(b"commune" in one.sealed_body for one in records)
    steps = session().scalars(select(CaseStep.step).where(CaseStep.case_id == case.id)).all()
    assert steps == [Step.ESTABLISH, Step.ESTABLISH]
    entries = session().scalars(select(AuditEntry).where(AuditEntry.act == "triage.establish")).all()
    assert len(entries) == 2
    assert CHAIR not in "".join(entry.objects + entry.changes for entry in entries)


def test_a_page_that_is_too_old_states_nothing(founded, pages: Pages) -> None:
    case = case_of(founded, "CT UBND P.")
    old = {"seen": str(case.version)}
    pages.post("triage.classify", {"kind": "petition", "why": ""}, case_id=case.id)
    page = pages.post(
        "triage.facts",
        BASE | {"post": CHAIR, "other2": "council.commune.deputy"} | old,
        expect=409,
        case_id=case.id,
    )
    assert page.select_one("select[name=other2] option[selected]")["value"] == "council.commune.deputy"
    assert make.now(case).state is State.RECEIVED
    facts = select(Record).where(Record.case_id == case.id, Record.kind == RecordKind.FACTS)
    assert session().scalars(facts).first() is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"post": "other"}, "Chọn chức vụ trong danh mục"),
        ({"post": "none", "post_other": CHAIR}, "Đã chọn một chức vụ trong danh mục"),
        ({"post": CHAIR, "post_other": "party.commune.secretary"}, "Đã chọn một chức vụ trong danh mục"),
    ],
)
def test_the_answer_and_the_list_must_say_the_same(founded, pages: Pages, given, said: str) -> None:
    case = case_of(founded, "CT UBND P.")
    page = pages.post("triage.facts", BASE | given, expect=422, case_id=case.id)
    assert said in page.select_one(".govuk-error-summary a[href='#post_other']").text
    assert session().scalars(select(Record).where(Record.case_id == case.id)).first() is None


def test_the_posts_stand_under_their_bodies_heads_first(founded, pages: Pages) -> None:
    case = case_of(founded, "CT UBND P.")
    page = pages.get("triage.facts", case_id=case.id)
    for name in ("post_other", "other1", "other2", "then"):
        group = page.select_one(
            f"select[name={name}] optgroup[label^='Xã, phường'][label$='Ủy ban nhân dân']"
        )
        assert group is not None, name
        values = [option["value"] for option in group.select("option")]
        assert values.index(CHAIR) < values.index("committee.commune.vice-chair")
    assert page.select_one("select[name=then] > option")["value"] == ""


def test_the_day_that_the_resident_gave_is_shown(founded, pages: Pages) -> None:
    case = case_of(founded, "CT UBND P.")
    rows = pages.get("triage.facts", case_id=case.id).select(".govuk-summary-list__row")
    [when] = [row.text for row in rows if "Khi nào" in row.text]
    assert "tháng 3 năm 2026" in when or "3/2026" in when


def test_unanswered_questions_are_named_one_by_one(founded, pages: Pages) -> None:
    case = case_of(founded, "CT UBND P.")
    page = pages.post("triage.facts", {"post": CHAIR}, expect=422, case_id=case.id)
    links = [link.text.strip() for link in page.select(".govuk-error-summary a")]
    assert "Người đó là đảng viên? – Chọn một ô" in links
    assert len(links) == len(set(links))


def test_the_case_says_which_post_is_open_and_leads_to_the_facts(founded, pages: Pages) -> None:
    case = case_of(founded, "Chủ tịch UBND", level=None, kind=None, body_id="")
    pages.post("triage.classify", {"kind": "petition", "why": ""}, case_id=case.id)
    for endpoint in ("triage.case", "triage.route"):
        main = pages.get(endpoint, case_id=case.id).select_one("main")
        assert "Chưa rõ chức vụ nào" in main.text, endpoint
        assert "Có thể là: " in main.text
        assert "bên dưới" not in main.text
        assert main.select_one(f"a[href$='{case.id}/du-kien']") is not None
    case = case_of(founded, "Người coi xe")
    main = pages.get("triage.case", case_id=case.id).select_one("main")
    assert "Chưa rõ cấp nào quản lý" in main.text
    assert main.select_one(f"a[href$='{case.id}/du-kien']") is not None


def test_the_rule_that_applied_stands_first_and_the_others_are_folded(founded, pages: Pages) -> None:
    case = case_of(founded, "CT UBND P.")
    main = pages.get("triage.case", case_id=case.id).select_one("main")
    first, folded = main.select("table")[:2]
    assert {row.select("td")[2].text.strip() for row in first.select("tbody tr")} == {"Áp dụng"}
    assert "Áp dụng" not in [row.select("td")[2].text.strip() for row in folded.select("tbody tr")]
    assert folded.find_parent("details").find_parent("details") is not None
    places = [int(row.select("td")[0].text) for one in (first, folded) for row in one.select("tbody tr")]
    assert sorted(places) == list(range(1, len(places) + 1))


def test_before_it_goes_the_case_names_no_rule_it_went_by(founded, pages: Pages) -> None:
    case = case_of(founded, "CT UBND P.")
    shown = pages.get("triage.case", case_id=case.id).select_one("main").text
    assert "Ai có quyền xem xét" in shown
    assert "Theo quy tắc" not in shown
    assert "Quá trình xử lý" not in shown  # nothing was done yet


def test_the_province_that_determines_is_not_told_to_ask_the_province(founded, pages: Pages) -> None:
    case = case_of(founded, "Người coi xe")
    pages.post("triage.classify", {"kind": "petition", "why": ""}, case_id=case.id)
    below = pages.get("triage.route", case_id=case.id).select_one("main")
    assert below.select_one(f"a[href$='{case.id}/cap-tinh']") is not None
    pages.post("triage.refer", {}, case_id=case.id)
    follower = pages.get("triage.case", case_id=case.id).select_one("main").text
    assert "Việc có thể làm" not in follower
    pages.sign_in("lead.front.P79b")
    main = pages.get("triage.route", case_id=case.id).select_one("main")
    assert main.select_one(f"a[href$='{case.id}/cap-tinh']") is None
    assert main.select_one(f"a[href$='{case.id}/du-kien']") is not None
    page = pages.get("triage.refer", case_id=case.id)
    assert "đơn vị bạn đang giữ" in page.select_one("main").text
    assert page.select_one("main form button") is None
    refused = pages.post("triage.refer", {}, expect=422, case_id=case.id)
    assert "đơn vị bạn đang giữ" in refused.select_one(".govuk-error-summary").text
