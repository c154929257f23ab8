"""How far the demonstration in a database is: a setting, written first, and changed last."""

from enum import StrEnum

from sqlalchemy import exists, inspect, select

from portal.action import action, session
from portal.data import readiness
from portal.data.db import store
from portal.data.models.account import Account
from portal.data.models.area import Area
from portal.data.models.body import BodyKey
from portal.data.models.office import Setting
from portal.data.models.report import Report
from portal.domain.permissions import Actor, Permission


class Stage(StrEnum):
    """What a database holds. `LOADING` of an earlier run means: it was interrupted."""

    EMPTY = "empty"
    UNITS = "units"
    LOADING = "loading"
    LOADED = "loaded"
    FOREIGN = "foreign"


def stage() -> Stage:
    """What the open database holds."""
    tables = set(inspect(store().engine).get_table_names())
    if Setting.__tablename__ not in tables:
        return Stage.EMPTY
    mark = session().get(Setting, readiness.DEMO)
    if mark is not None:
        return Stage.LOADED if mark.value == Stage.LOADED else Stage.LOADING
    if any(_holds(table) for table in (Account, BodyKey, Report)):
        return Stage.FOREIGN
    return Stage.UNITS if _holds(Area) else Stage.EMPTY


def _holds(table: type[Account] | type[BodyKey] | type[Report] | type[Area]) -> bool:
    return bool(session().scalar(select(exists(select(table)))))


@action(Permission.SYSTEM_RUN)
def mark(actor: Actor, reached: Stage, /) -> None:
    """Note that this database is a demonstration; from the first mark on, production refuses it."""
    session().merge(Setting(name=readiness.DEMO, value=reached.value))
