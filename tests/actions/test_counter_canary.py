"""What a letter leaves behind: no word of it, of its sender or of its scan in any byte; only its number."""

import io
import logging

import pytest

from portal.action import session
from portal.app import create_app
from portal.data import audit, db
from portal.domain import clock
from portal.domain.receipts import format_groups
from portal.papers import unsent
from tests.support import canaries, make, people, world
from tests.support.pages import Pages, hidden_of

ENTER, SLIP = "/can-bo/so-don/nhap", "/can-bo/so-don/phieu"
WORDS = "number person story where period name phone address file maker unsent half"


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def test_no_word_of_a_letter_is_found_anywhere(founded, caplog, capfd):
    caplog.set_level(logging.INFO)
    words = {name: canaries.word() for name in WORDS.split()}
    words["number"] = words["number"].upper()  # as the register spells it
    app = create_app(founded.settings)
    pages = Pages(app)
    pages.client.set_cookie("staff", world.seat(world.World(founded.made), f"member.{make.FRONT}"))
    typed = _typed(words)
    scan = (io.BytesIO(canaries.photo(words["maker"], 424_242_421)), f"{words['file']}.jpg")
    page = pages.send(ENTER, hidden_of(pages.get(ENTER)) | typed | {"attach": "1", "file": scan}, 200)
    settled = pages.send(ENTER, _hidden(page) | typed, 200)
    assert words["story"] in settled.get_text()
    pages.send(ENTER, _hidden(settled) | typed | _chosen(settled), 303)
    code = "".join(pages.get(SLIP).select_one("#receipt").get_text().split())
    pages.get("/can-bo/so-don/")
    pages.get("/can-bo/so-don/in")
    holder = Pages(app)
    holder.reporter(code)
    new = "".join(holder.get("/tra-cuu/hop-thu/doi-ma").select_one("#receipt").get_text().split())
    holder.post("/tra-cuu/hop-thu/doi-ma", {})
    pages.send(ENTER, hidden_of(pages.get(ENTER)) | {"story": words["half"]}, 422)
    unsent.keep(founded.made[f"member.{make.FRONT}"].account_id, "form", {"story": [words["unsent"]]})
    db.session().rollback()
    said = capfd.readouterr()
    codes = {"code": code, "groups": format_groups(code), "new": new, "new groups": format_groups(new)}
    places = canaries.everywhere(founded.settings, log=caplog.text + said.out + said.err)
    hits = canaries.found(words | codes, places)
    assert {name for name, _ in hits} <= {"number"}, sorted(hits)
    assert any(name == "number" for name, _ in hits), "the sweep finds what stands in clear"
    assert audit.verify(session()).faults == ()


def _typed(words):
    today = clock.today()
    return {
        "send": "1",
        "channel": "paper",
        "register_no": words["number"],
        "received-day": str(today.day),
        "received-month": str(today.month),
        "received-year": str(today.year),
        "place": "tan son nhi",
        "office": "ubnd",
        "person": words["person"],
        "category": "delay",
        "story": f"{make.STORY} {words['story']}",
        "period": words["period"],
        "where": words["where"],
        "openness": "confidential",
        "name": words["name"],
        "phone": words["phone"],
        "address": words["address"],
    }


def _hidden(page):
    return {str(one["name"]): str(one["value"]) for one in page.select("form#entry input[type=hidden]")}


def _chosen(page):
    return {
        str(one["name"]): str(one["value"]) for one in page.select("form#entry input[type=radio][checked]")
    }
