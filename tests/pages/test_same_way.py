"""A case that is kept from an officer and one that does not exist: the same statements, the same page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from portal.app import create_app
from portal.conflicts import actions
from portal.data import db
from tests.support import make, people

MISSING = "0" * 16
PAGES = {
    make.FRONT: (
        "/can-bo/phan-loai/{}",
        "/can-bo/phan-loai/{}/gop",
        "/can-bo/phan-loai/{}/in",
        "/can-bo/lien-quan/ho-so/{}/toi",
        "/can-bo/lien-quan/ho-so/{}/mat-tran/them-nguoi",
        "/can-bo/luu-giu/{}/giu",
    ),
    make.COMMITTEE: (
        "/can-bo/ho-so/{}",
        "/can-bo/ho-so/{}/tra-loi",
        "/can-bo/ho-so/{}/in",
        "/can-bo/ho-so/{}/kiem-tra/" + MISSING,
        "/can-bo/lien-quan/ho-so/{}/toi",
        "/can-bo/lien-quan/ho-so/{}/uy-ban/them-nguoi",
        "/can-bo/luu-giu/{}/giu",
    ),
}


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements of the block, without their values."""
    seen: list[str] = []

    def note(*told: object) -> None:
        seen.append(str(told[2]))

    event.listen(db.store().engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.store().engine, "before_cursor_execute", note)


def kept_from(founded, body: str) -> dict[str, str]:
    """Cases that the lead of the body may not know of, by the reason."""
    made = {}
    for reason in ("barred", "locked"):
        case = make.routed(founded) if body == make.COMMITTEE else make.case_of(make.report(founded.settings))
        made[reason] = case.id
        actor, ring = founded.made.signed_in(f"lead.{body}")
        if reason == "barred":
            actions.stand_aside(actor, case)
        else:
            name = actions.name_for_board if body == make.FRONT else actions.name_for_committee
            assert name(actor, case, ring, name=f"Người lead.{body}", seen=case.version)
    other = make.FRONT if body == make.COMMITTEE else make.COMMITTEE
    if other == make.FRONT:
        made["of nobody here"] = make.case_of(make.report(founded.settings)).id
    return made


@pytest.mark.parametrize("body", PAGES)
def test_what_is_kept_from_an_officer_goes_the_way_of_what_does_not_exist(founded, body: str) -> None:
    hidden = kept_from(founded, body)
    app = create_app(founded.settings)
    client = app.test_client()
    founded.made.enter(client, f"lead.{body}")

    def asked(address: str, case_id: str) -> tuple[int, str, list[str]]:
        with counting() as statements:
            answer = client.get(address.format(case_id))
        return answer.status_code, answer.get_data(as_text=True).replace(case_id, MISSING), statements

    for address in PAGES[body]:
        asked(address, MISSING)
        missing = asked(address, MISSING)
        assert missing[0] == 404
        for reason, case_id in hidden.items():
            assert asked(address, case_id) == missing, f"{reason}: {address}"


def test_what_an_officer_may_know_of_is_found(founded) -> None:
    app = create_app(founded.settings)
    client = app.test_client()
    founded.made.enter(client, f"lead.{make.FRONT}")
    case = make.case_of(make.report(founded.settings))
    assert client.get(f"/can-bo/phan-loai/{case.id}").status_code == 200
