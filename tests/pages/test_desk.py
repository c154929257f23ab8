"""The first page of an officer, filters under a name, several cases given at once, notes that name one."""

import pytest

from portal.app import create_app
from portal.casework import actions as casework
from portal.conflicts import actions as conflicts
from tests.support import make, people
from tests.support.pages import Pages, hidden_of

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def app(founded):
    return create_app(founded.settings.model_copy(update={"face": "staff"}))


def signed_in(app, founded, login):
    pages = Pages(app)
    pages.sign_in(*founded.made.signed_in(login))
    return pages


@pytest.fixture
def lead(app, founded):
    return signed_in(app, founded, f"lead.{make.COMMITTEE}")


def account(founded, login):
    return founded.made.persons[login].account_id


def lines(soup):
    """{address: the number beside it} of all lists of the page."""
    return {
        item.a["href"]: item.select_one(".govuk-task-list__status").get_text().strip()
        for item in soup.select(".govuk-task-list__item")
    }


def test_the_first_page_counts_what_its_links_show(app, founded):
    make.verifying(founded)
    make.routed(founded)
    make.report(founded.settings)
    for login in (f"lead.{make.COMMITTEE}", f"member.{make.FRONT}"):
        pages = signed_in(app, founded, login)
        pages.get("/can-bo/", expect=303)
        assert pages.leads_to == "/can-bo/viec/"
        found = lines(pages.get("/can-bo/viec/"))
        assert len(found) >= 6
        assert "1" in found.values() or "2" in found.values()
        for address, number in found.items():
            assert str(len(pages.get(address).select(".gs-queue__row"))) == number, address


def test_a_filter_is_saved_under_a_name_used_and_forgotten(lead):
    queue = lead.get("/can-bo/ho-so/?desk=committee&late=soon")
    [link] = [one for one in queue.select("main a") if "Lưu bộ lọc" in one.get_text()]
    lead.post(link["href"], {"name": ""}, expect=422)
    lead.post(link["href"], {"name": "Sắp đến hạn <của tôi>"})
    soup = lead.get("/can-bo/viec/")
    [kept] = [one for one in soup.select("main a") if "Sắp đến hạn <của tôi>" in one.get_text()]
    assert lead.get(kept["href"]).select_one("select[name=late] option[selected]")["value"] == "soon"
    [form] = [one for one in soup.select("main form") if one["action"].endswith("/xoa")]
    lead.send(form["action"], hidden_of(soup, form["action"]))
    assert "Sắp đến hạn" not in lead.get("/can-bo/viec/").select_one("main").get_text()
    lead.get("/can-bo/viec/bo-loc/nonsense", expect=404)


def chosen(soup):
    return [box["value"] for box in soup.select('input[name="cases"]')]


def test_several_cases_are_given_and_a_stale_one_is_left_alone(lead, founded):
    cases = [make.routed(founded) for _ in range(3)]
    actor, ring = make.lead(founded)
    soup = lead.get("/can-bo/ho-so/")
    address = soup.select_one('main form[method="post"]')["action"]
    hidden, boxes = hidden_of(soup, address), chosen(soup)
    assert len(boxes) == 3
    moved = next(case for case in cases if case.id == boxes[0].split(".")[0])
    casework.note(actor, make.now(moved), ring, text="Vừa ghi.")
    member = account(founded, f"member.{make.COMMITTEE}")
    done = lead.send(
        address, hidden | {"cases": [*boxes, "0" * 16 + ".1", "nonsense"], "account": member}, 200
    )
    said = [row.get_text(" ", strip=True) for row in done.select("tbody tr")]
    assert len(said) == 4
    assert sum("Đã giao." in one for one in said) == 2
    assert sum("đã thay đổi" in one for one in said) == 1
    assert sum("Không có hồ sơ này" in one for one in said) == 1
    assert make.now(moved).assignee_id is None
    given = {case.id: make.now(case).assignee_id for case in cases if case is not moved}
    assert set(given.values()) == {member}
    named = lead.get(f"/can-bo/ho-so/{moved.id}/giao").select(f'option[value="{member}"]')
    assert "(đang giữ 2 hồ sơ)" in named[0].get_text()


def test_nothing_chosen_is_said_on_the_list_and_keeps_what_was_chosen(lead, founded):
    make.routed(founded)
    soup = lead.get("/can-bo/ho-so/?late=")
    address = soup.select_one('main form[method="post"]')["action"]
    hidden, boxes = hidden_of(soup, address), chosen(soup)
    again = lead.send(address, hidden | {"cases": boxes, "account": ""}, 422)
    assert "Chọn một người" in again.select_one(".govuk-error-summary").get_text()
    assert again.select_one('input[name="cases"]').has_attr("checked")
    member = account(founded, f"member.{make.COMMITTEE}")
    again = lead.send(address, hidden | {"account": member}, 422)
    assert again.select_one(f'option[value="{member}"][selected]')


def test_a_case_is_not_given_to_somebody_barred_from_it(lead, founded):
    first, second = make.routed(founded), make.routed(founded)
    member, _ = founded.made.signed_in(f"member.{make.COMMITTEE}")
    conflicts.stand_aside(member, first)
    soup = lead.get("/can-bo/ho-so/")
    address = soup.select_one('main form[method="post"]')["action"]
    done = lead.send(address, hidden_of(soup, address) | {"cases": chosen(soup), "account": member.id}, 200)
    assert "không nhận được hồ sơ này" in done.get_text()
    assert (make.now(first).assignee_id, make.now(second).assignee_id) == (None, member.id)


def test_who_does_not_lead_has_no_boxes(app, founded):
    make.routed(founded)
    member = signed_in(app, founded, f"member.{make.COMMITTEE}")
    assert not member.get("/can-bo/ho-so/").select('input[name="cases"], main form[method="post"]')


@pytest.mark.parametrize("stage", ["phan-loai", "ho-so"])
def test_a_note_is_for_oneself_or_names_a_colleague(app, founded, stage):
    board = stage == "phan-loai"
    case = make.case_of(make.report(founded.settings)) if board else make.verifying(founded)
    body = make.FRONT if board else make.COMMITTEE
    address, member = f"/can-bo/{stage}/{case.id}", account(founded, f"member.{body}")
    pages = signed_in(app, founded, f"lead.{body}")
    both = {"text": "Riêng tôi.", "audience": "own", "mention": member}
    soup = pages.post(f"{address}/ghi-chu", both, expect=422)
    assert "không nhắc ai được" in soup.select_one(".govuk-error-summary").get_text()
    pages.post(f"{address}/ghi-chu", both | {"mention": ""})
    pages.post(f"{address}/ghi-chu", {"text": "Cả đơn vị.", "audience": "body", "mention": member})
    assert {"Riêng tôi.", "Cả đơn vị."} <= set(pages.get(address).stripped_strings)
    assert f"nhắc đến Người member.{body}" in pages.get(address).get_text()
    other = signed_in(app, founded, f"member.{body}")
    seen = set(other.get(address).stripped_strings)
    assert "Cả đơn vị." in seen
    assert "Riêng tôi." not in seen
    desk = other.get("/can-bo/viec/")
    assert desk.select_one(f'main a[href="{address}"]')
    [form] = [one for one in desk.select("main form") if "nhac-den" in one["action"]]
    other.send(form["action"], hidden_of(desk, form["action"]))
    assert not other.get("/can-bo/viec/").select_one(f'main a[href="{address}"]')
