"""Pages of substitution during leave: named and ended by the lead, seen on the case and with the members."""

from datetime import timedelta

import pytest

from portal.app import create_app
from portal.casework import actions as casework
from portal.domain import clock
from portal.domain.permissions import Role
from portal.papers import substitutes
from tests.support import make, people
from tests.support.make import COMMITTEE
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
PAGE = "/can-bo/ho-so/thay-nguoi"


@pytest.fixture
def founded(prepared):
    made = prepared("people", people.found)
    people.join(made.made, f"lead.{COMMITTEE}", COMMITTEE, "third", {Role.INSPECTOR})
    return made


@pytest.fixture
def app(founded):
    return create_app(founded.settings.model_copy(update={"face": "staff"}))


@pytest.fixture
def pages(app, founded):
    made = Pages(app)
    made.sign_in(*make.lead(founded))
    return made


def typed(founded, first: int = 0, last: int = 3, **changes: str) -> dict[str, str]:
    member, third = (founded.made[f"{who}.{COMMITTEE}"].account_id for who in ("member", "third"))
    data = {"officer": member, "substitute": third}
    for name, days in (("first", first), ("last", last)):
        day = clock.today() + timedelta(days)
        data |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return data | changes


def test_named_shown_and_ended(pages, founded) -> None:
    case = make.routed(founded)
    actor, _ = make.lead(founded)
    member = founded.made[f"member.{COMMITTEE}"].account_id
    casework.assign(actor, case, account_id=member, seen=case.version)
    pages.post(PAGE, typed(founded), 303)
    said = f"Người third.{COMMITTEE} thay Người member.{COMMITTEE} từ"
    for page in (PAGE, f"/can-bo/ho-so/{case.id}", f"/can-bo/thanh-vien/{COMMITTEE}"):
        assert said in pages.get(page).get_text()
    (row,) = substitutes.not_over(COMMITTEE)
    pages.get(f"{PAGE}/{row.id}/ket-thuc")
    pages.post(f"{PAGE}/{row.id}/ket-thuc", {}, 303)
    assert said not in pages.get(f"/can-bo/ho-so/{case.id}").get_text()
    assert substitutes.not_over(COMMITTEE) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first": -1}, "Ngày bắt đầu phải từ hôm nay trở đi."),
        ({"last": -2, "first": 1}, "Ngày cuối cùng phải từ ngày bắt đầu trở đi."),
        ({"first-day": "x"}, "bằng số"),
        ({"officer": "0" * 16}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(pages, founded, changes, said) -> None:
    given = typed(founded, **changes)
    soup = pages.post(PAGE, given, 422)
    assert said in soup.get_text()
    assert soup.select_one(".govuk-error-summary")
    assert soup.select_one('[name="last-day"]')["value"] == given["last-day"]
    assert substitutes.not_over(COMMITTEE) == []


def test_the_substitute_reads_of_it_in_his_list(app, pages, founded) -> None:
    pages.post(PAGE, typed(founded), 303)
    his = Pages(app)
    his.sign_in(*founded.made.signed_in(f"third.{COMMITTEE}"))
    assert "Bạn thay" in his.get("/can-bo/ho-so/").get_text()
    his.get(PAGE, 404)
