"""What the pages of a case say of its duties beside the clock: by which law, until when, how they stand."""

from datetime import UTC, datetime

import pytest

from portal.app import create_app
from portal.casework import actions
from portal.domain import clock
from portal.domain.clocks import Until
from tests.support import make, people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def pages(founded):
    return Pages(create_app(founded.settings.model_copy(update={"face": "staff"})))


def on(month: int, day: int):
    """Nine in the morning of a day of 2026 in Viet Nam."""
    return clock.at(datetime(2026, month, day, 2, tzinfo=UTC))


def table(page) -> dict[str, list[str]]:
    """The rows of the table by their first cell."""
    [found] = [one for one in page.select("table") if "Việc phải làm có hạn" in one.caption.get_text()]
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in found.select("tbody tr")]
    return {row[0]: row[1:] for row in rows}


def test_the_committee_sees_what_it_owes_and_how_late_it_is(pages, founded):
    with on(7, 1):
        case = make.verifying(founded, heard=False)
    with on(7, 10):
        pages.sign_in(*make.lead(founded))
        shown = table(pages.get(f"/can-bo/ho-so/{case.id}"))
        owner, source, due, standing = shown["Báo nội dung cho người bị phản ánh"]
        assert owner == "Người phụ trách hồ sơ"
        assert source == "Luật Tố cáo 2018, điều 29 khoản 3"
        assert due == "08/07/2026"
        assert standing == "Quá hạn chậm 2 ngày làm việc"
        assert shown["Trả lời bước đầu cho người dân"][3] == "Đã làm 01/07/2026"
        page = pages.get(f"/can-bo/ho-so/{case.id}?lang=en")
        assert "2 working day(s) late" in page.get_text(" ", strip=True)


def test_the_person_complained_of_is_told_of_a_suspension_while_it_lasts(pages, founded):
    with on(7, 1):
        case = make.verifying(founded)
        actor, ring = make.lead(founded)
        actions.suspend(
            actor,
            case,
            ring,
            until=Until.OTHER_RESULT,
            reason="Quyết định 12/QĐ.",
            text="Chờ giám định.",
            seen=case.version,
        )
    with on(7, 2):
        pages.sign_in(*make.lead(founded))
        at = f"/can-bo/ho-so/{case.id}"
        said = "Báo việc tạm đình chỉ cho người bị phản ánh"
        assert table(pages.get(at))[said][2:] == ["08/07/2026", "Chưa làm"]
        dated = {"dated-day": "2", "dated-month": "7", "dated-year": "2026"}
        sent = dated | {"number": "13-TB/UBKT", "text": "Đã gửi quyết định tạm đình chỉ."}
        pages.post(f"{at}/muc/bao-nguoi-bi-phan-anh", sent)
        assert table(pages.get(at))[said][3] == "Đã làm 02/07/2026"


def test_the_board_sees_the_same_and_a_year_not_confirmed_is_provisional(pages, founded):
    with on(7, 1):
        case = make.case_of(make.report(founded.settings))
    with on(8, 20):
        pages.sign_in(*founded.made.signed_in(f"lead.{make.FRONT}"))
        shown = table(pages.get(f"/can-bo/phan-loai/{case.id}"))
        assert shown["Trả lời bước đầu cho người dân"][2] == "15/07/2026"
        assert shown["Trả lời bước đầu cho người dân"][3].startswith("Quá hạn chậm ")
        [source] = [row[1] for first, row in shown.items() if first.startswith("Xử lý phản ánh")]
        assert source == "Nghị định 154/2026/NĐ-CP, điều 41 khoản 3 điểm b"
    with clock.at(datetime(2027, 6, 1, 2, tzinfo=UTC)):
        other = make.case_of(make.report(founded.settings))
        shown = table(pages.get(f"/can-bo/phan-loai/{other.id}"))
        assert shown["Trả lời bước đầu cho người dân"][2] == "15/06/2027 (dự kiến)"


def test_the_desk_counts_what_is_past_its_day_and_the_list_behind_it_shows_it(pages, founded):
    with on(7, 1):
        at = f"/can-bo/ho-so/{make.verifying(founded, heard=False).id}"
    with on(7, 10):
        pages.sign_in(*make.lead(founded))
        [item] = [
            one
            for one in pages.get("/can-bo/viec/").select(".govuk-task-list__item")
            if one.a.get_text(strip=True) == "Việc có hạn đã quá"
        ]
        assert item.select_one(".govuk-task-list__status").get_text(strip=True) == "1"
        listed = pages.get(item.a["href"])
        assert [link["href"] for link in listed.select("a.gs-queue__link")] == [at]
        assert listed.select_one("select[name=desk] option[selected]")["value"] == "owed"
