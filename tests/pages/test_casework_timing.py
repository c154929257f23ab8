"""The pages on which a case is suspended, resumed and extended, and what the case page says of its clocks."""

import pytest

from portal.app import create_app
from portal.casework import actions
from portal.domain.clocks import Until
from portal.domain.life import State
from tests.support import make, people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
TOLD = {"reason": "Quyết định 12/QĐ.", "text": "Chúng tôi chờ kết quả giám định."}


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def pages(founded):
    made = Pages(create_app(founded.settings.model_copy(update={"face": "staff"})))
    made.sign_in(*make.lead(founded))
    return made


def at(case, page=""):
    return f"/can-bo/ho-so/{case.id}" + (f"/{page}" if page else "")


def test_a_case_is_suspended_and_goes_on_and_the_letters_are_shown_first(pages, founded):
    case = make.verifying(founded)
    sent = TOLD | {"until": "other_result"}
    preview = pages.post(at(case, "tam-dinh-chi"), sent, expect=200)
    letter = preview.select_one(".gs-letter").get_text()
    assert "chờ kết quả của nơi khác" in letter
    assert TOLD["text"] in letter
    assert TOLD["reason"] not in letter
    assert make.now(case).state is State.VERIFYING
    pages.post(at(case, "tam-dinh-chi"), sent | {"send": "1"})
    shown = pages.get(at(case))
    assert "Hạn đang đứng" in shown.get_text()
    assert {"tiep-tuc", "ghi-chu"} <= {a["href"].rsplit("/", 1)[1] for a in shown.select("main a[href]")}
    preview = pages.post(at(case, "tiep-tuc"), TOLD, expect=200)
    assert "Hạn mới" in preview.select_one(".gs-letter").get_text()
    pages.post(at(case, "tiep-tuc"), TOLD | {"send": "1"})
    assert make.now(case).state is State.VERIFYING
    assert "tiếp tục từ" in pages.get(at(case)).get_text()


def test_an_extension_shows_the_new_day_and_stays_on_the_case(pages, founded):
    case = make.verifying(founded)
    form = pages.get(at(case, "gia-han"))
    assert {one["value"] for one in form.select("input[name=ground]")} == {"complex", "very_complex"}
    assert form.select_one("input[name=days]")["value"] == "30"
    sent = TOLD | {"ground": "complex", "days": "30"}
    letter = pages.post(at(case, "gia-han"), sent, expect=200).select_one(".gs-letter").get_text()
    assert "thêm 30 ngày" in letter
    pages.post(at(case, "gia-han"), sent | {"send": "1"})
    page = pages.get(at(case)).get_text()
    assert "thêm 30 ngày, vì việc phức tạp" in page
    assert "Luật Tố cáo 2018, điều 30 khoản 1" in page


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"days": "31"}, "#days"),
        ({"days": "ba mươi"}, "#days"),
        ({"days": "0"}, "#days"),
        ({"ground": ""}, "#ground"),
        ({"ground": "necessary"}, "#ground"),
        ({"text": " "}, "#text"),
        ({"reason": ""}, "#reason"),
    ],
)
def test_an_extension_outside_the_law_is_refused_before_it_is_shown(pages, founded, wrong, where):
    case = make.verifying(founded)
    sent = TOLD | {"ground": "complex", "days": "30"} | wrong
    soup = pages.post(at(case, "gia-han"), sent, expect=422)
    assert where in {link["href"].removesuffix("-1") for link in soup.select(".govuk-error-summary a")}
    assert soup.select_one("textarea[name=reason]").text.strip() == sent["reason"]


def test_a_limit_that_cannot_be_extended_says_so(pages, founded):
    case = make.concluded(founded)
    assert "không cho gia hạn" in pages.get(at(case, "gia-han")).get_text()
    pages.post(at(case, "gia-han"), TOLD | {"ground": "complex", "days": "5"}, expect=422)


def test_a_case_that_nothing_runs_in_says_so_and_never_fails(pages, founded):
    case = make.answered(founded)
    actor, _ = make.lead(founded)
    actions.close(actor, case, seen=case.version)
    assert "không có hạn đang chạy" in pages.get(at(case, "gia-han")).get_text()
    pages.post(at(case, "tiep-tuc"), TOLD, expect=200)
    pages.post(at(case, "tiep-tuc"), TOLD | {"send": "1"}, expect=409)


def test_the_queue_finds_suspended_cases(pages, founded):
    case = make.verifying(founded)
    actor, ring = make.lead(founded)
    actions.suspend(actor, case, ring, until=Until.PERSON_BACK, seen=case.version, **TOLD)
    row = pages.get("/can-bo/ho-so/?state=suspended").select_one(".gs-queue__row")
    assert row.a["href"] == at(case)
    assert "Tạm đình chỉ" in row.get_text()
