"""The calendar of days off on its pages: read by all officials, kept by registrars."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from portal.app import create_app
from portal.data import calendar as days_off
from portal.domain import clock
from tests.support import make
from tests.support import people as made_people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
REGISTRAR, LEAD = "registrar.front.P79b", "lead.front.C27019b"
DAY = {"day-day": "7", "day-month": "7", "day-year": "2026"}
STORM = DAY | {"effect": "off", "what": "Nghỉ tránh bão", "source": "Công điện 12/CĐ-TTg"}


@pytest.fixture
def founded(prepared):
    days_off.forget()
    with clock.at(datetime(2026, 7, 1, 2, tzinfo=UTC)):
        yield prepared("people", made_people.found)
    days_off.forget()


@pytest.fixture
def app(founded) -> Flask:
    return create_app(founded.settings.model_copy(update={"face": "staff"}))


def signed_in(app: Flask, founded, login: str) -> Pages:
    pages = Pages(app)
    founded.made.enter(pages.client, login)
    return pages


def text_of(soup) -> str:
    return " ".join(soup.get_text(" ").split())


def test_every_official_reads_the_days_and_their_documents(app, founded):
    shown = text_of(signed_in(app, founded, LEAD).get("calendar.days"))
    assert "Lịch nghỉ năm 2026" in shown
    assert "12729/VPCP-KGVX" in shown
    assert "chờ xác nhận" in shown
    assert "Ghi một ngày" not in shown


def test_a_year_without_confirmation_says_so_until_it_is_confirmed(app, founded):
    pages = signed_in(app, founded, REGISTRAR)
    assert "Dự kiến" in text_of(pages.get("calendar.days", year=2027))
    said = {"year": "2027", "confirmed": "yes", "source": "10065/VPCP-KGVX"}
    pages.post("calendar.confirm_year", said)
    shown = text_of(pages.follow())
    assert "Đã xác nhận 10065/VPCP-KGVX" in shown
    assert "Dự kiến" not in shown


def test_a_day_is_entered_with_its_document(app, founded):
    pages = signed_in(app, founded, REGISTRAR)
    pages.post("calendar.set_day", STORM)
    shown = text_of(pages.follow())
    assert "sẽ được tính lại" in shown
    assert shown.count("Công điện 12/CĐ-TTg") == 2  # among the days, and among what was entered


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"effect": "worked"}, "thứ Bảy hoặc Chủ nhật"),
        ({"day-year": "1999"}, "các năm 2010–2099"),
        ({"source": ""}, "Ghi số, ngày văn bản"),
        ({"day-day": "32"}, "không có trong lịch"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(app, founded, changes, told):
    pages = signed_in(app, founded, REGISTRAR)
    shown = pages.post("calendar.set_day", STORM | changes, expect=422)
    assert told in text_of(shown)
    assert shown.select_one("#what")["value"] == "Nghỉ tránh bão"


def test_a_year_that_cannot_be_is_told(app, founded):
    pages = signed_in(app, founded, REGISTRAR)
    said = {"year": "hai nghìn", "confirmed": "yes", "source": "Văn bản"}
    assert "các năm 2010–2099" in text_of(pages.post("calendar.confirm_year", said, expect=422))


def test_a_year_in_the_address_that_cannot_be_is_this_year(app, founded):
    for year in ("1800", "abcd", "²⁰²⁶", "9999"):
        assert "Lịch nghỉ năm 2026" in text_of(signed_in(app, founded, LEAD).get("calendar.days", year=year))


def test_a_case_due_in_an_unconfirmed_year_is_marked(app, founded):
    with clock.at(datetime(2026, 12, 28, 2, tzinfo=UTC)):
        case = make.case_of(make.report(founded.settings))
        pages = signed_in(app, founded, LEAD)
        assert case.due_on.year == 2027
        assert "Dự kiến" in text_of(pages.get("triage.queue"))
        assert "Dự kiến" in text_of(pages.get("triage.case", case_id=case.id))


def test_a_case_due_in_a_confirmed_year_is_not(app, founded):
    case = make.case_of(make.report(founded.settings))
    assert "Dự kiến" not in text_of(signed_in(app, founded, LEAD).get("triage.case", case_id=case.id))
