"""What must hold before the portal takes a report: database, current tables, keys."""

from collections.abc import Callable
from functools import lru_cache

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select

from portal.data.db import session, store
from portal.data.metering import mail_leaves, worker_runs
from portal.data.models.body import BodyKey
from portal.data.models.office import Setting
from portal.data.proofs import is_proved

DEMO = "demo"


def checks() -> dict[str, Callable[[], bool]]:
    """The checks of /readyz by name."""
    return {"database": database_answers, "migrations": tables_are_current, "keys": keys_exist}


def alarms() -> dict[str, Callable[[], bool]]:
    """What /readyz tells beside its checks: the portal goes on taking reports, but somebody must look."""
    return {"routing_proof": is_proved, "worker": worker_runs, "mail": mail_leaves}


def database_answers() -> bool:
    return session().scalar(select(1)) == 1


@lru_cache
def newest_revision() -> str | None:
    """The head of the migrations shipped with this code."""
    config = Config()
    config.set_main_option("script_location", "portal:data/migrations")
    return ScriptDirectory.from_config(config).get_current_head()


def tables_are_current() -> bool:
    with store().engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest_revision()


def keys_exist() -> bool:
    return (
        session().scalar(select(func.count()).select_from(select(BodyKey.body_id).limit(1).subquery())) or 0
    ) > 0


def holds_demo_accounts() -> bool:
    """True if the demo was ever loaded into this database."""
    if not inspect(store().engine).has_table(Setting.__tablename__):
        return False
    return session().get(Setting, DEMO) is not None
