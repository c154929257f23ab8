"""Alembic runs the migrations here, on the connection that portal.data.migrate hands over."""

from alembic import context

from portal.data import models  # noqa: F401  every table must be known
from portal.data.db import Base, make_engine


def run() -> None:
    """Migrate on the given connection, or on the address in the configuration (alembic's own command)."""
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    with make_engine(context.config.get_main_option("sqlalchemy.url") or "").connect() as connection:
        _migrate(connection)


def _migrate(connection) -> None:  # type: ignore[no-untyped-def]
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()


run()
