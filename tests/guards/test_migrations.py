"""The migrations build the tables that the models describe, on both databases, and can be undone."""

from alembic import command
from sqlalchemy import inspect

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
