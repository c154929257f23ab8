"""The page on which somebody says that he will be away, and what the members read of it."""

from datetime import timedelta

import pytest

from portal.app import create_app
from portal.casework import actions as casework
from portal.conflicts import actions as conflicts
from portal.domain import clock
from portal.domain.permissions import Role
from portal.web.i18n import format_date
from tests.support import make as cases
from tests.support import people as make
from tests.support.pages import Pages, hidden_of

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
WARD = "inspection.C27019b"
LEAD, MEMBER = f"lead.{WARD}", f"member.{WARD}"
MEMBERS = f"/can-bo/thanh-vien/{WARD}"


@pytest.fixture
def ready(prepared):
    return prepared("people", make.found)


@pytest.fixture
def app(ready):
    return create_app(ready.settings.model_copy(update={"face": "staff"}))


def signed_in(app, ready, login):
    pages = Pages(app)
    ready.made.enter(pages.client, login)
    return pages


def typed(first, last, **more):
    found = {"reason": "sick"}
    for name, number in (("first", first), ("last", last)):
        day = clock.today() + timedelta(days=number)
        found |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return found | more


def address(ready, login):
    return f"/can-bo/nguoi/{ready.made[login].member_id}/vang"


def text_of(soup):
    return " ".join(soup.get_text(" ").split())


def test_an_officer_says_that_he_will_be_away_and_takes_it_back(app, ready):
    member, lead = signed_in(app, ready, MEMBER), signed_in(app, ready, LEAD)
    where, he = address(ready, MEMBER), ready.made[LEAD].account_id
    assert member.get(MEMBERS).select_one(f'a[href="{where}"]')
    assert not member.get(MEMBERS).select_one(f'a[href="{address(ready, LEAD)}"]')
    member.post(where, typed(0, 4, substitute=he))
    last = format_date(clock.today() + timedelta(days=4))
    for pages in (member, lead):
        said = text_of(pages.get(MEMBERS))
        assert f"đến hết {last}, Người {LEAD} làm thay" in said
        assert "Nghỉ ốm" in said
    above = text_of(signed_in(app, ready, "lead.inspection.P79b").get(MEMBERS))
    assert f"Người {LEAD} làm thay" in above
    assert "Nghỉ ốm" not in above
    soup = member.get(MEMBERS)
    [form] = [one for one in soup.select("main form") if one["action"].endswith("/ket-thuc")]
    member.send(form["action"], hidden_of(soup, form["action"]))
    assert f"Người {LEAD} làm thay" not in text_of(member.get(MEMBERS))
    member.send(form["action"], hidden_of(soup, form["action"]), 409)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((-1, 4), "Ngày bắt đầu đã qua"),
        ((3, 2), "Ngày cuối phải từ ngày bắt đầu"),
        ((0, 999), "nhiều nhất một năm"),
    ],
)
def test_a_leave_that_makes_no_sense_is_said_at_its_field_and_nothing_typed_is_lost(app, ready, days, said):
    member = signed_in(app, ready, MEMBER)
    he = ready.made[LEAD].account_id
    soup = member.post(address(ready, MEMBER), typed(*days, substitute=he), expect=422)
    assert said in soup.select_one(".govuk-error-summary").get_text()
    assert soup.select_one(f'option[value="{he}"][selected]')
    assert soup.select_one('input[name="reason"][value="sick"][checked]')
    day = clock.today() + timedelta(days=days[0])
    assert soup.select_one('input[name="first-day"]')["value"] == str(day.day)


@pytest.mark.parametrize("substitute", ["", "0" * 16, "💩", "self"])
def test_only_who_is_offered_is_taken(app, ready, substitute):
    member = signed_in(app, ready, MEMBER)
    given = ready.made[MEMBER].account_id if substitute == "self" else substitute
    soup = member.post(address(ready, MEMBER), typed(0, 4, substitute=given), expect=422)
    assert soup.select_one(".govuk-error-summary a")["href"] == "#substitute"


def test_a_head_without_another_head_reads_why_nobody_can_stand_in(app, ready):
    soup = signed_in(app, ready, LEAD).get(address(ready, LEAD))
    assert "Chưa có ai làm thay được" in text_of(soup)
    assert not soup.select('main form[method="post"]')


def test_nonsense_in_the_days_is_said(app, ready):
    member = signed_in(app, ready, MEMBER)
    he = ready.made[LEAD].account_id
    given = typed(0, 4, substitute=he) | {"first-day": "x", "last-year": "99999", "reason": "ai-do"}
    soup = member.post(address(ready, MEMBER), given, expect=422)
    assert len(soup.select(".govuk-error-summary a")) == 3


@pytest.fixture
def held(app, ready):
    """A case given to an officer who is away, with a note that names him; the second one stands in."""
    make.join(ready.made, LEAD, WARD, "second", {Role.INSPECTOR})
    member = signed_in(app, ready, MEMBER)
    member.post(address(ready, MEMBER), typed(0, 4, substitute=ready.made[f"second.{WARD}"].account_id))
    case = cases.routed(ready)
    lead, ring = cases.lead(ready)
    casework.assign(lead, case, account_id=ready.made[MEMBER].account_id, seen=case.version)
    casework.note(lead, cases.now(case), ring, text="Xem giúp.", mention=ready.made[MEMBER].account_id)
    return cases.now(case)


def test_the_substitute_finds_the_cases_and_mentions_on_his_desk(app, ready, held):
    second = signed_in(app, ready, f"second.{WARD}")
    page = second.get("/can-bo/viec/")
    [line] = [one for one in page.select(".govuk-task-list__item") if "Làm thay người vắng" in one.get_text()]
    assert line.select_one(".govuk-task-list__status").get_text().strip() == "1"
    queue = second.get(line.a["href"])
    assert len(queue.select(".gs-queue__row")) == 1
    assert queue.select_one("select[name=mine] option[selected]")["value"] == "in_place"
    assert f"nhắc đến Người {MEMBER}, bạn làm thay" in text_of(page)
    assert not [one for one in page.select("main form") if "nhac-den" in one["action"]]
    conflicts.stand_aside(ready.made.actor(f"second.{WARD}"), cases.now(held))
    page = second.get("/can-bo/viec/")
    [line] = [one for one in page.select(".govuk-task-list__item") if "Làm thay người vắng" in one.get_text()]
    assert line.select_one(".govuk-task-list__status").get_text().strip() == "0"
    assert "bạn làm thay" not in text_of(page)
    second.get(f"/can-bo/ho-so/{held.id}", expect=404)


def test_names_in_lists_say_who_is_away_and_who_stands_in(app, ready, held):
    last = format_date(clock.today() + timedelta(days=4))
    said = f"Người {MEMBER}, vắng đến hết {last}"
    lead = signed_in(app, ready, LEAD)
    for where in ("", f"{held.id}", f"{held.id}/giao"):
        assert f"{said}, Người second.{WARD} làm thay" in text_of(lead.get(f"/can-bo/ho-so/{where}")), where
    conflicts.stand_aside(ready.made.actor(f"second.{WARD}"), cases.now(held))
    option = lead.get(f"/can-bo/ho-so/{held.id}/giao").select_one(
        f'option[value="{ready.made[MEMBER].account_id}"]'
    )
    assert said in option.get_text()
    assert "làm thay" not in option.get_text()
    plain = signed_in(app, ready, MEMBER).get("/can-bo/viec/")
    assert "Làm thay người vắng" not in text_of(plain)
