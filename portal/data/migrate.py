"""Bring the tables of a database to the newest revision."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from portal.data.db import make_engine


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the migrations shipped with this code."""
    config = Config()
    config.set_main_option("script_location", "portal:data/migrations")
    config.attributes["connection"] = connection
    return config


def upgrade(address: str, revision: str = "head") -> None:
    """Run the migrations up to `revision` in one transaction where the database allows it."""
    engine = make_engine(address, pool_size=1)
    try:
        with engine.begin() as connection:
            command.upgrade(configuration(connection), revision)
    finally:
        engine.dispose()


def revision(address: str, message: str) -> None:
    """Write the next migration from what the models have and the database at `address` lacks."""
    engine = make_engine(address, pool_size=1)
    number = len(list(ScriptDirectory.from_config(configuration()).walk_revisions())) + 1
    try:
        with engine.connect() as connection:
            command.revision(
                configuration(connection), message=message, autogenerate=True, rev_id=f"{number:04}"
            )
    finally:
        engine.dispose()


def downgrade(address: str, revision: str) -> None:
    """Run the migrations down to `revision`."""
    engine = make_engine(address, pool_size=1)
    try:
        with engine.begin() as connection:
            command.downgrade(configuration(connection), revision)
    finally:
        engine.dispose()
