"""The tools of the tests do what they say: own databases, own browser, nothing shared."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import inspect, text

from portal.config import Settings
from portal.data import db
from tests.support.browser import axe, served, transferred
from tests.support.stores import Prepared


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_an_empty_migrated_database(store: db.Store, turn: int) -> None:
    assert "audit_entry" in inspect(store.engine).get_table_names()
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_entry")).scalar_one() == 0


def _fill(settings: Settings) -> dict[str, str]:
    engine = db.make_engine(settings.database)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE extra (id text PRIMARY KEY)"))
        connection.execute(text("INSERT INTO extra VALUES ('a')"))
    engine.dispose()
    (settings.instance / "note").write_text("kept")
    return {"made": "once"}


@pytest.mark.parametrize("turn", [1, 2])
def test_a_prepared_database_is_copied(prepared: Callable[..., Prepared], turn: int) -> None:
    opened = prepared("sample", _fill)
    assert opened.made == {"made": "once"}
    assert (opened.settings.instance / "note").read_text() == "kept"
    engine = db.make_engine(opened.settings.database)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM extra")).scalar_one() == 1
        connection.execute(text("DELETE FROM extra"))
    engine.dispose()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_the_phone_reads_a_page(scripts: bool, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue("phone" if scripts else "plain_phone")
    app = Flask("sample")

    @app.get("/")
    def index() -> str:
        return "<!doctype html><h1>Phản ánh</h1><img src='/none.png'><noscript><p>N</p></noscript>"

    with served(app) as address:
        with transferred(page) as sizes:
            page.goto(address)
        assert page.inner_text("h1") == "Phản ánh"
        assert page.locator("noscript p").count() == (0 if scripts else 1)
        assert 100 < sizes[f"{address}/"] < 2000
        if scripts:
            assert any(line.startswith("image-alt") for line in axe(page))
