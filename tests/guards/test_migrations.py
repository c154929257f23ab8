"""The migrations build the tables that the models describe, on both databases, and can be undone."""

from alembic import command
from sqlalchemy import inspect, text

from portal.config import Settings
from portal.data import db
from portal.data.migrate import configuration, downgrade, upgrade


def test_migrations_match_the_models(settings: Settings) -> None:
    engine = db.make_engine(settings.database)
    try:
        with engine.connect() as connection:
            command.check(configuration(connection))
    finally:
        engine.dispose()


def test_migrations_go_down_and_up(settings: Settings, store: db.Store) -> None:
    before = set(inspect(store.engine).get_table_names())
    store.close()
    downgrade(settings.database, "base")
    engine = db.make_engine(settings.database)
    try:
        assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
        upgrade(settings.database)
        assert set(inspect(engine).get_table_names()) == before
    finally:
        engine.dispose()


def test_what_was_stored_before_the_register_was_dated_stays(settings: Settings, store: db.Store) -> None:
    """Up from 0004 with rows in the tables that change, and down again with rows in the new ones."""
    store.close()
    downgrade(settings.database, "0004")
    engine = db.make_engine(settings.database)
    area = "INSERT INTO area (area_id, code, name, folded, level) VALUES (:id, '01', 'Tỉnh A', 'a', :l)"
    body = (
        "INSERT INTO body (id, kind, level, area_id, name) VALUES ('front.P01b', 'front', :l, 'P01b', 'Ban')"
    )
    link = "INSERT INTO area_successor (old_id, new_id, whole, larger) VALUES ('P01a', 'P01b', :yes, :yes)"
    try:
        with engine.begin() as connection:
            for one in ("P01a", "P01b"):
                connection.execute(text(area), {"id": one, "l": "province"})
            connection.execute(text(body), {"l": "province"})
            connection.execute(text(link), {"yes": True})
        upgrade(settings.database)
        with engine.begin() as connection:
            kept = connection.execute(
                text("SELECT name, source_doc, edited_by FROM area ORDER BY area_id")
            ).all()
            assert [tuple(row) for row in kept] == [("Tỉnh A", None, None)] * 2
            assert connection.execute(text("SELECT count(*) FROM area_successor")).scalar_one() == 1
            named = (
                "INSERT INTO area_name (id, area_id, name, folded) VALUES ('x', 'P01b', 'Hà Nội', 'ha noi')"
            )
            connection.execute(text(named))
        downgrade(settings.database, "0004")
        with engine.begin() as connection:
            assert connection.execute(text("SELECT count(*) FROM body")).scalar_one() == 1
        upgrade(settings.database)
    finally:
        engine.dispose()
