"""A case that nobody on the portal may examine any more, as its resident sees it."""

from typing import Any

import pytest

from portal.app import create_app
from portal.conflicts import actions
from tests.support import make, people
from tests.support.pages import Pages

CENTRE = "Trụ sở Tiếp công dân Trung ương"
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def pages(founded) -> Pages:
    return Pages(create_app(founded.settings))


def main(page: Any) -> str:
    return " ".join(page.select_one("main").get_text(" ", strip=True).split())


@pytest.fixture
def code(founded) -> str:
    """The receipt of a case whose committee lost it, with the centre's committee in conflict, too."""
    sent = make.report(founded.settings)
    case = make.verifying(founded, sent)
    lead, ring = make.lead(founded)
    actions.name_for_committee(lead, case, ring, name="Người lead.inspection.VN", seen=case.version)
    assert [lock.state for lock in case.locks if not lock.to_body_id]
    return sent.code


def test_no_holder_no_day_and_no_form_that_goes_nowhere(pages: Pages, code: str) -> None:
    shown = main(pages.reporter(code))
    assert "Trên Cổng không còn nơi nào được phép xem xét việc này." in shown
    assert CENTRE in shown
    for untrue in ("Nơi đang giữ:", "Nơi đang giữ Ủy", "Hạn của bước này", "Lần sau nên xem"):
        assert untrue not in shown, untrue
    page = pages.get("mailbox.add")
    assert CENTRE in main(page)
    assert page.select_one("main textarea") is None
    assert "Gửi đến" not in main(page)


def test_words_sent_from_an_old_page_are_shown_with_where_to_take_them(pages: Pages, code: str) -> None:
    pages.reporter(code)
    token = pages.get("mailbox.status").select_one("input[name=csrf_token]")
    typed = {"text": "Tôi còn giữ phiếu hẹn.", "body": make.COMMITTEE}
    pages.send("mailbox.add", typed | ({"csrf_token": token["value"]} if token else {}), 303)
    shown = main(pages.follow())
    assert "Chữ bạn gõ chưa gửi cho ai" in shown
    assert typed["text"] in shown
