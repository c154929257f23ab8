"""Supervision rounds through their pages: a plan, its approval, the steps, the sheets for paper."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.action import session
from portal.app import create_app
from portal.data.models.round import Round
from portal.domain import clock
from portal.domain.rounds import RoundState
from portal.rounds import queries
from tests.support import make, people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
TEXT = "Đã xem sổ tiếp công dân, còn mười đơn chưa trả lời."
HOME = "/can-bo/dot-giam-sat/"


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def pages(founded):
    return Pages(create_app(founded.settings))


def parts(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def filled(founded, **changes):
    given = {
        "title": "Giám sát việc tiếp công dân",
        "subject": "reception",
        "purpose": "Xem việc tiếp công dân có đúng luật không.",
        "content": "Sổ tiếp công dân, đơn đã trả lời từ đầu năm.",
        "place": "Hội trường phường",
        "bodies": f"committee.{make.WARD}",
        "team": founded.made[f"member.{make.FRONT}"].account_id,
    }
    return given | parts("meets", clock.today() + timedelta(days=40)) | changes


def only():
    session().rollback()
    return session().scalars(select(Round)).one()


def step(pages, slug, expect=303, **given):
    one = only()
    data = {"text": TEXT} | parts("dated", clock.today()) | given
    return pages.post("rounds.step", data, expect, round_id=one.id, slug=slug)


@pytest.fixture
def planned(pages, founded):
    pages.sign_in(*founded.made.signed_in(f"member.{make.FRONT}"))
    pages.post("rounds.plan", filled(founded))
    return only()


def test_a_round_is_made_approved_and_brought_to_its_letter(pages, founded, planned):
    shown = pages.get("rounds.show", round_id=planned.id).get_text(" ", strip=True)
    assert "Giám sát việc tiếp công dân" in shown
    assert "Duyệt kế hoạch" not in shown
    assert "Chưa được duyệt" in pages.get("rounds.sheet", round_id=planned.id, sheet="ke-hoach").get_text()
    pages.sign_in(*founded.made.signed_in(f"lead.{make.FRONT}"))
    pages.get("rounds.approve", round_id=planned.id)
    pages.post("rounds.approve", {"sure": "y"}, round_id=planned.id)
    for slug in ("gui-ke-hoach", "nhan-bao-cao", "lam-viec", "ket-qua"):
        pages.get("rounds.step", round_id=planned.id, slug=slug)
        step(pages, slug)
    pages.get("rounds.sheet", 404, round_id=planned.id, sheet="kien-nghi")
    step(pages, "kien-nghi", demand="corruption")
    letter = pages.get("rounds.sheet", round_id=planned.id, sheet="kien-nghi").get_text(" ", strip=True)
    assert TEXT in letter
    assert "Đề nghị trả lời bằng văn bản chậm nhất" in letter
    step(pages, "tra-loi")
    due = parts("due", clock.today() + timedelta(days=20))
    body = {"body": f"committee.{make.WARD}", "text": "Trả lời mười đơn còn lại."}
    pages.post("rounds.follow_up", body | due, round_id=planned.id)
    again = step(pages, "ket-thuc", 422).get_text(" ", strip=True)
    assert "Còn việc chưa kiểm tra" in again
    assert TEXT in again
    [item] = queries.items(planned.id)
    done = {"outcome": "done", "text": "Đã trả lời đủ mười đơn."} | parts("dated", clock.today())
    pages.post("rounds.check", done, round_id=planned.id, item_id=item.id)
    assert "Đã trả lời đủ mười đơn." in pages.get("rounds.show", round_id=planned.id).get_text()
    step(pages, "ket-thuc")
    assert only().state is RoundState.CLOSED
    assert "Kết thúc" in pages.get(HOME).get_text()


def test_what_was_typed_stays_where_something_is_missing(pages, founded):
    pages.sign_in(*founded.made.signed_in(f"member.{make.FRONT}"))
    past = parts("meets", clock.today() - timedelta(days=1))
    page = pages.post("rounds.plan", filled(founded, **past), 422)
    assert "Ngày phải từ hôm nay trở đi" in page.get_text()
    assert page.select_one("textarea[name=purpose]").get_text(strip=True).startswith("Xem việc")
    assert page.select_one("input[name=bodies][checked]")["value"] == f"committee.{make.WARD}"
    wrong = pages.post("rounds.plan", filled(founded, team="x" * 16), 422)
    assert "không còn trong danh sách" in wrong.get_text()
    assert session().scalar(select(Round.id)) is None


@pytest.mark.parametrize("subject", ["opinion", "belief", ""])
def test_only_areas_of_work_are_subjects(pages, founded, subject):
    pages.sign_in(*founded.made.signed_in(f"member.{make.FRONT}"))
    pages.post("rounds.plan", filled(founded, subject=subject), 422)
    assert session().scalar(select(Round.id)) is None


def test_a_changed_plan_is_shown_and_waits_again(pages, founded, planned):
    page = pages.get("rounds.change", round_id=planned.id)
    assert page.select_one("input[name=title]")["value"] == "Giám sát việc tiếp công dân"
    assert page.select_one("input[name=team][checked]")
    pages.post("rounds.change", filled(founded, title="Giám sát việc trả lời đơn"), round_id=planned.id)
    assert "Giám sát việc trả lời đơn" in pages.get("rounds.show", round_id=planned.id).get_text()


def test_a_step_out_of_turn_is_refused_with_what_was_typed(pages, planned):
    page = step(pages, "ket-qua", 409)
    assert TEXT in page.get_text()
    assert "Chờ duyệt" in page.get_text()


def test_a_case_is_linked_and_let_go(pages, founded, planned):
    case = make.case_of(make.report(founded.settings))
    assert case.id in str(pages.get("rounds.link", round_id=planned.id))
    pages.post("rounds.link", {"case": case.id}, round_id=planned.id)
    shown = pages.get("rounds.show", round_id=planned.id)
    assert case.id[:4].upper() in shown.get_text()
    where = pages.address("rounds.show", round_id=planned.id)
    pages.post("rounds.unlink", {}, form_on=where, round_id=planned.id, case_id=case.id)
    assert case.id[:4].upper() not in pages.get("rounds.show", round_id=planned.id).get_text()
    pages.post("rounds.link", {"case": "0" * 16}, 422, round_id=planned.id)


def test_the_list_says_what_is_due(pages, planned):
    text = pages.get(HOME).get_text(" ", strip=True)
    assert "Gửi kế hoạch và yêu cầu báo cáo" in text
    assert "Chờ duyệt" in text
