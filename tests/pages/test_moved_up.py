"""After a conflict moved a case up: what the committee above, the Front board and the resident read."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.app import create_app
from portal.casework import actions as casework
from portal.conflicts import actions
from portal.data.db import session
from portal.data.models.case import Case
from portal.data.models.conflict import CaseLock
from tests.support import make, people
from tests.support.pages import Pages

CITY = "inspection.P79b"
CITY_NAME = "Ủy ban Kiểm tra Thành ủy Thành phố Hồ Chí Minh"
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def pages(founded) -> Pages:
    return Pages(create_app(founded.settings))


def main(page: Any) -> str:
    return " ".join(page.select_one("main").get_text(" ", strip=True).split())


def moved_up(founded: Any, case: Case) -> None:
    """The ward's committee loses the case by a name; an officer of the city's takes it over."""
    lead, ring = make.lead(founded)
    given = {"name": f"Người member.{make.COMMITTEE}", "seen": case.version}
    assert actions.name_for_committee(lead, case, ring, **given)
    lock = session().scalars(select(CaseLock).where(CaseLock.case_id == case.id)).one()
    actor, above = founded.made.signed_in(f"lead.{CITY}")
    assert actions.go_on(actor, lock, above)


def test_staff_and_resident_read_who_has_it_now_and_why(founded, pages: Pages) -> None:
    sent = make.report(founded.settings)
    case = make.verifying(founded, sent)
    moved_up(founded, case)
    named = f"Người member.{make.COMMITTEE}"
    pages.sign_in(f"lead.{CITY}")
    above = main(pages.get("casework.case", case_id=case.id))
    why = above[above.index("Vì sao đến ủy ban này") :]
    assert f"Nơi có thẩm quyền {CITY_NAME}" in why
    assert "xung đột lợi ích ở nơi đang giữ, nên hồ sơ được chuyển lên cấp tỉnh" in why
    assert "Có ở: Ủy ban Kiểm tra Đảng ủy phường Tân Sơn Nhì" in why
    pages.sign_in(f"lead.{make.FRONT}")
    front = main(pages.get("triage.case", case_id=case.id))
    assert "xung đột lợi ích ở nơi đang giữ, nên hồ sơ được chuyển lên cấp tỉnh" in front
    assert "Xung đột lợi ích Không thấy" not in front
    assert "Theo quy tắc Có xung đột lợi ích: chuyển lên cấp trên" in front
    assert named not in front
    resident = main(pages.reporter(sent.code))
    assert (
        f"Phản ánh này được chuyển lên {CITY_NAME} xem xét, vì nơi giữ hồ sơ trước đó không bảo đảm "
        "khách quan ở việc này." in resident
    )
    assert resident.index("được chuyển lên") < resident.index("Nơi đang giữ")
    assert named not in resident


def standings(page: Any) -> dict[str, str]:
    """The task list: title to standing."""
    rows = page.select(".govuk-task-list__item")
    return {
        row.select_one(".govuk-task-list__name-and-hint").get_text(strip=True): row.select_one(
            ".govuk-task-list__status"
        ).get_text(strip=True)
        for row in rows
    }


def test_the_committee_above_begins_with_nothing_done(founded, pages: Pages) -> None:
    case = make.verifying(founded)
    lead, _ = make.lead(founded)
    mine = founded.made[f"member.{make.COMMITTEE}"].account_id
    casework.assign(lead, case, account_id=mine, seen=case.version)
    moved_up(founded, case)
    pages.sign_in(f"lead.{CITY}")
    shown = standings(pages.get("casework.case", case_id=case.id))
    assert shown["Thụ lý"] == "Làm được ngay"
    assert shown["Giao người phụ trách"] == "Làm được ngay"
    assert "Đã làm" not in shown.values()
    theirs = founded.made[f"member.{CITY}"].account_id
    pages.post("casework.assign", {"account": theirs}, case_id=case.id)
    assert standings(pages.get("casework.case", case_id=case.id))["Giao người phụ trách"] == "Đã làm"
