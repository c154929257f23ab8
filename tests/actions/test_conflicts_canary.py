"""What conflicts leave behind: no name of a relative or of a person added in any byte that is kept."""

import logging

import pytest
from sqlalchemy import select

from portal.accounts import credentials
from portal.action import session
from portal.app import create_app
from portal.conflicts import actions
from portal.data.models.conflict import CaseLock
from portal.domain.permissions import Role
from tests.support import canaries, make, people
from tests.support.people import CHEAP

FRONT, CITY = make.FRONT, "front.P79b"
HERE = "/can-bo/lien-quan"


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def test_no_name_of_a_conflict_is_found_in_any_byte(founded, monkeypatch, caplog, capfd) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(credentials, "STANDARD", CHEAP)
    words = {name: canaries.word() for name in ("relative", "added", "story", "letter")}
    app = create_app(founded.settings)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    founded.made.enter(client, f"member.{FRONT}")
    given = {"relation": "spouse", "name": f"Phạm {words['relative']}"}
    assert client.post(f"{HERE}/nguoi-than", data=given).status_code == 303
    assert words["relative"] in client.get(f"{HERE}/nguoi-than").get_data(as_text=True)
    sent = make.report(founded.settings, story=f"{make.STORY} {words['story']}, phạm {words['relative']}")
    case_id = make.case_of(sent).id
    founded.made.enter(client, f"lead.{FRONT}")
    address = f"{HERE}/ho-so/{case_id}/mat-tran/them-nguoi"
    for name in (f"Phan {words['added']}", f"Người member.{FRONT}"):
        version = make.now(make.case_of(sent)).version
        assert client.post(address, data={"name": name, "seen": str(version)}).status_code == 303
    resident = app.test_client()
    resident.post("/tra-cuu/", data={"code": sent.code})
    resident.post("/tra-cuu/hop-thu/bo-sung", data={"body": CITY, "text": words["letter"]})
    lock = session().scalars(select(CaseLock)).one()
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    while not actions.go_on(actor, lock, ring):
        pass
    opened = canaries.everywhere(founded.settings, log=caplog.text + "".join(capfd.readouterr()))
    assert canaries.found(words, opened) == set()


def test_the_sweep_would_find_it(founded) -> None:
    word = canaries.word()
    people.join(founded.made, f"lead.{FRONT}", FRONT, word, {Role.REVIEWER})
    assert canaries.found({"name": word}, canaries.everywhere(founded.settings))
