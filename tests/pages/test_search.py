"""The page that finds cases: what was asked stands in no address, and nothing typed is lost."""

import pytest

from portal.app import create_app
from portal.papers import finding
from portal.triage import actions as triage
from tests.support import make, people
from tests.support.pages import Pages, hidden_of

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
HERE = "/can-bo/tim/"
FRONT = make.FRONT


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def pages(founded):
    made = Pages(create_app(founded.settings.model_copy(update={"face": "staff"})))
    made.sign_in(*founded.made.signed_in(f"lead.{FRONT}"))
    return made


def search(pages, expect=200, **asked):
    return pages.post(HERE, asked, expect)


def links(soup) -> list[str]:
    return [one["href"] for one in soup.select(".gs-queue__link")]


def test_a_case_that_was_opened_is_found_and_leads_to_its_page(pages, founded) -> None:
    case = make.case_of(make.report(founded.settings))
    address = f"/can-bo/phan-loai/{case.id}"
    assert links(search(pages, words="hen nhieu lan")) == []
    pages.get(address)
    soup = search(
        pages, words="HẸN nhiều lần", place="tan son nhi", post="cong chuc mot cua", state="received"
    )
    assert links(soup) == [address]
    assert "Công chức một cửa" in soup.select_one(".gs-queue").get_text()
    assert soup.select_one('[name="words"]')["value"] == "HẸN nhiều lần"
    assert links(search(pages, number=f"hs-{case.id[:4]}-{case.id[4:8]}")) == [address]


def test_the_committee_has_the_page_and_its_own_links(pages, founded) -> None:
    case = make.routed(founded)
    pages.sign_in(*make.lead(founded))
    assert pages.get("/can-bo/ho-so/").select_one(f'main a[href="{HERE}"]')
    pages.get(f"/can-bo/ho-so/{case.id}")
    assert links(search(pages, words="dang ky ho kinh doanh")) == [f"/can-bo/ho-so/{case.id}"]


def test_the_queue_leads_here_and_the_page_alone_searches_nothing(pages) -> None:
    assert pages.get("/can-bo/phan-loai/").select_one(f'main a[href="{HERE}"]')
    assert pages.get(f"{HERE}?words=hen").select_one("#found") is None


IMPOSSIBLE = (
    {},
    {"words": ' "" -- '},
    {"words": "x" * 201},
    {"number": "x" * 61},
    {"state": "nonsense"},
    {"first-year": "20"},
    {"first-year": "2026", "last-year": "2025"},
    {"first-day": "31", "first-month": "2", "first-year": "2026"},
)


def test_what_cannot_be_searched_is_said_and_nothing_typed_is_lost(pages) -> None:
    for asked in IMPOSSIBLE:
        soup = search(pages, 422, **asked)
        assert soup.select_one(".govuk-error-summary a[href^='#']"), asked
        for name, typed in asked.items():
            if name != "state":
                assert soup.select_one(f'[name="{name}"]')["value"] == typed.strip()


def test_hostile_input_finds_nothing_and_breaks_nothing(pages) -> None:
    token = hidden_of(pages.get(HERE))
    for words in ("a\x00b", "💩 ", "%", "\u202e dat", "' OR 1=1 --"):
        for after in ("", "nonsense", "2026-01-01_\x00", "9999-12-31_zzzz", "x" * 5000):
            for asked in ({"words": words, "number": words}, {"words": words}, {"number": words}):
                answer = pages.client.post(HERE, data=token | asked | {"after": after})
                assert answer.status_code in {200, 422}, (asked, after)


def test_the_next_page_goes_on_with_the_same_question(pages, founded, monkeypatch) -> None:
    monkeypatch.setattr(finding, "PAGE", 2)
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    for _ in range(3):
        triage.open_case(actor, make.case_of(make.report(founded.settings)), ring)
    first = search(pages, words="“nhiều lần”", state="received")
    (on,) = [form for form in first.select("main form") if form.select_one('[name="after"]')]
    hidden = {one["name"]: one["value"] for one in on.select('input[type="hidden"]')}
    assert hidden["words"] == "“nhiều lần”"
    second = pages.send(HERE, hidden, 200)
    assert len(links(first)) == 2
    assert len(links(second)) == 1
    assert not set(links(first)) & set(links(second))
    assert not second.select('[name="after"]')
