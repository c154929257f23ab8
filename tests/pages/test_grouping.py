"""The pages on which a report is split, reports are joined, and a body outside is urged."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.action import session
from portal.app import create_app
from portal.conflicts.actions import stand_aside
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case
from portal.domain import clock
from portal.domain.life import State
from portal.triage import queries
from tests.support import make, world_grouping
from tests.support import people as made_people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    return prepared("people", made_people.found)


@pytest.fixture
def pages(founded) -> Pages:
    opened = Pages(create_app(founded.settings))
    opened.sign_in(f"lead.{make.FRONT}")
    return opened


def received(founded: Any, **told: Any) -> tuple[Any, Case]:
    sent = make.report(founded.settings, **told)
    return sent, make.case_of(sent)


def again(case: Case) -> Case:
    session().rollback()
    session().expire_all()
    found = session().get(Case, case.id)
    assert found is not None
    return found


PARTS = {
    "m1-person": "Trần Văn Một",
    "m1-office": "Bộ phận một cửa",
    "m1-told": "việc giữ hồ sơ",
    "m2-person": "Lê Thị Hai",
    "m2-office": "Trạm y tế",
    "m2-told": "việc thu tiền",
    "story-0-goes": "1",
    "story-1-goes": "2",
    "signs-signs-goes": "1",
}


def test_a_report_is_split_after_a_preview(pages: Pages, founded) -> None:
    sent, case = received(founded)
    page = pages.post("triage.split", PARTS, expect=200, case_id=case.id)
    assert "Việc 2: việc thu tiền" in page.text
    assert again(case).matter is None
    pages.post("triage.split", PARTS | {"send": "1"}, case_id=case.id)
    [other] = queries.sisters(again(case))
    shown = pages.get("triage.case", case_id=other.id)
    assert "Phần thuộc việc này" in shown.text
    assert "Lê Thị Hai" in shown.text
    [link] = [one for one in shown.select("a") if one.text == "Việc 1"]
    assert case.id in link["href"]
    box = Pages(create_app(founded.settings)).reporter(sent.code)
    headings = [one.text for one in box.select("h2") if "Đang ở bước nào" in one.text]
    assert [text.strip()[-6:] for text in headings] == ["Việc 1", "Việc 2"]
    assert "Lê Thị Hai" not in box.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"story-1-goes": ""}, "Chọn việc, để không phần nào bị mất"),
        ({"story-1-goes": "3"}, "Có việc không có đoạn nào"),
        ({"m2-told": ""}, "Mỗi việc phải có vài chữ"),
        ({"m2-person": "", "m2-office": "", "m2-told": ""}, "Cần ít nhất hai việc"),
        ({"m3-person": "", "m4-person": "Ai đó"}, "Hãy ghi các việc liền nhau"),
    ],
)
def test_a_gap_in_the_sharing_is_said_and_nothing_typed_is_lost(
    pages: Pages, founded, changed: dict[str, str], said: str
) -> None:
    _, case = received(founded)
    page = pages.post("triage.split", PARTS | changed, expect=422, case_id=case.id)
    assert said in page.text
    assert page.select_one("input[name=m1-person]")["value"] == "Trần Văn Một"
    assert again(case).matter is None


def test_a_case_is_joined_and_let_go_on_pages(pages: Pages, founded) -> None:
    (_, into), (_, case) = received(founded), received(founded)
    into_id, case_id = into.id, case.id
    page = pages.get("triage.join", case_id=case_id)
    assert into_id in {one.get("value") for one in page.select("input[name=into]")}
    [item] = [one for one in page.select(".govuk-radios__item") if one.input["value"] == into_id]
    assert make.STORY.splitlines()[0] in item.text
    assert make.STORY.splitlines()[1] not in item.text
    assert len(page.select(f"a[href$='{into_id}']")) == 1, "each candidate stands once"
    pages.post("triage.join", {"into": into_id}, expect=422, case_id=case_id)
    pages.post("triage.join", {"into": into_id, "why": "Cùng người"}, case_id=case_id)
    assert again(case).state is State.JOINED
    assert "Gồm 2 phản ánh" in pages.get("triage.case", case_id=into_id).text
    assert "Đã gộp vào hồ sơ khác" in pages.get("triage.case", case_id=case_id).text
    refused = pages.get("triage.split", case_id=into_id)
    assert "gộp nhiều phản ánh" in refused.text
    pages.post("triage.unjoin", {"reason": "Khác người"}, case_id=case_id)
    assert again(case).state is State.RECEIVED


def test_a_case_that_is_kept_from_the_officer_is_no_candidate(pages: Pages, founded) -> None:
    (_, mine), (_, other), (_, barred) = (
        received(founded),
        received(founded, story="Người trực hẹn lại nhiều lần."),
        received(founded, story="Điều không ai ở đây được đọc."),
    )
    actor, _ = founded.made.signed_in(f"lead.{make.FRONT}")
    stand_aside(actor, barred)
    mine_id, other_id, barred_id = mine.id, other.id, barred.id
    page = pages.get("triage.join", case_id=mine_id)
    assert [one["value"] for one in page.select("input[name=into]")] == [other_id]
    assert "Người trực hẹn lại nhiều lần." in page.text
    assert "Điều không ai" not in page.text
    acts = select(AuditEntry).where(AuditEntry.act == "triage.open_candidates")
    [entry] = session().scalars(acts).all()
    assert barred_id not in entry.objects
    assert other_id in entry.objects


def test_kinds_are_shown_in_their_order_and_a_foreign_kind_leads_to_the_letter(pages: Pages, founded) -> None:
    _, case = received(founded)
    pages.post("triage.classify", {"kind": "petition", "why": "Kể một việc"}, case_id=case.id)
    pages.post("triage.classify", {"kind": "complaint", "why": "Đòi quyền lợi"}, case_id=case.id)
    assert "reason=complaint" in pages.leads_to
    page = pages.follow()
    assert page.select_one("input[name=reason][checked]")["value"] == "complaint"
    history = pages.get("triage.case", case_id=case.id).text
    assert history.index("Kể một việc") < history.index("Đòi quyền lợi")


def test_letters_to_a_body_outside_are_printed(founded) -> None:
    case = world_grouping.outside(founded.made, founded.settings)
    pages = Pages(create_app(founded.settings))
    pages.sign_in("lead.front.P79b")
    asked = pages.get("triage.answer", case_id=case.id).text
    assert "Người dân phản ánh" in asked
    assert make.STORY in asked
    cover = pages.get("triage.cover", case_id=case.id).text
    assert "12/MTTQ" in cover
    assert "Quyết định 124-QĐ/TW, điều 8" in cover
    assert "Bản chuyển ra ngoài." not in cover
    assert "Bản chuyển ra ngoài." in pages.get("triage.version", case_id=case.id).text
    letter = pages.get("triage.letter", case_id=case.id, number=1).text
    assert "15/MTTQ" in letter
    assert "quá hạn" not in letter
    page = pages.post("triage.escalate", {"register_no": "16/MTTQ"}, expect=422, case_id=case.id)
    assert "chưa quá hạn" in page.text
    assert case.due_on is not None
    moment = clock.now() + timedelta(days=(case.due_on - clock.today()).days + 2)
    with clock.at(moment):
        pages = Pages(create_app(founded.settings))
        pages.sign_in("lead.front.P79b")
        listed = pages.get("triage.awaited").text
        assert "Quá hạn 2 ngày" in listed
        assert "Cần đôn đốc" in listed
        pages.post("triage.escalate", {"register_no": "16/MTTQ"}, case_id=case.id)
        assert "Đã báo cấp trên" in pages.get("triage.awaited").text
        upward = pages.get("triage.letter", case_id=case.id, number=2).text
        assert "đã quá hạn 2 ngày" in upward
