"""What a search leaves behind: no word of a case or of a question in any byte that is kept."""

import logging

import pytest

from portal.app import create_app
from tests.support import canaries, make, people
from tests.support.pages import Pages

FRONT = make.FRONT


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def found(pages, **asked) -> list[str]:
    return [one["href"] for one in pages.post("/can-bo/tim/", asked, 200).select(".gs-queue__link")]


def test_no_word_of_a_case_or_of_a_question_is_in_any_byte(founded, caplog, capfd) -> None:
    caplog.set_level(logging.DEBUG)
    words = {name: canaries.word() for name in ("story", "street", "asked")}
    case = make.case_of(
        make.report(founded.settings, story=f"{make.STORY} {words['story']}", street=words["street"])
    )
    pages = Pages(create_app(founded.settings))
    founded.made.enter(pages.client, f"lead.{FRONT}")
    pages.get(f"/can-bo/phan-loai/{case.id}")
    assert found(pages, words=words["story"], place=words["street"])
    assert not found(pages, words=words["asked"])
    assert all(word not in (pages.answer.location or "") for word in words.values())
    kept = canaries.everywhere(founded.settings, log=caplog.text + "".join(capfd.readouterr()))
    assert canaries.found(words, kept) == set()
