"""Faults that hold what somebody typed: neither the log nor the exception repeats it (P-29)."""

import logging

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from portal.action import session
from portal.app import create_app
from portal.data import db
from portal.data.guard import Act, acting
from portal.data.models.account import Account
from portal.data.models.report import Report
from portal.web.access import public
from tests.support import canaries, people
from tests.support.pages import Pages


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def test_a_fault_of_ours_writes_no_value_into_the_log(founded, caplog, capfd) -> None:
    """P-29: an integrity error, a wrong type, a plain exception: kind and place, never the text."""
    secret = canaries.word()
    caplog.set_level(logging.DEBUG)
    app = create_app(founded.settings)

    @public
    def fail(how: str) -> str:
        if how == "twice":
            act = Act("tests.twice", "system", None, day_only=False)
            row = dict(session().execute(select(Account.__table__)).mappings().first() or {})
            with acting(act), db.transaction() as current:
                current.execute(insert(Account), [row | {"display_name": secret}])
        if how == "type":
            session().execute(select(Report).where(Report.received_on == secret))
        raise RuntimeError(secret)

    app.view_functions["health.alive"] = fail
    app.url_map.add(app.url_rule_class("/loi/<how>", endpoint="health.alive", methods=["GET", "POST"]))
    pages = Pages(app)
    for how in ("twice", "type", "plain"):
        pages.get(f"/loi/{how}", expect=500)
        assert secret not in pages.text
    assert caplog.text.count("incident") >= 3
    said = capfd.readouterr()
    assert secret not in caplog.text + said.out + said.err


def test_the_database_keeps_values_out_of_its_complaints(founded) -> None:
    """The exception itself holds no bound value, whoever prints it."""
    secret = canaries.word()
    act = Act("tests.twice", "system", None, day_only=False)
    row = dict(session().execute(select(Account.__table__)).mappings().first() or {})
    with pytest.raises(IntegrityError) as fault, acting(act), db.transaction() as current:
        current.execute(insert(Account), [row | {"display_name": secret}])
    assert secret not in str(fault.value) + repr(fault.value.args)
