"""Once a day the worker counts what /metrics shows of cases."""

from portal.action import action, current_act, session
from portal.data import figures
from portal.data.models.office import Setting
from portal.domain import clock
from portal.domain.permissions import Actor, ActorKind, Permission

WORKER = Actor("worker", ActorKind.SYSTEM)


def daily() -> int:
    """Count if that was not done today; returns the number of open clocks, 0 if it was."""
    known = figures.last()
    session().rollback()
    if known is not None and known.on >= clock.today():
        return 0
    return keep_figures(WORKER, None)


@action(Permission.SYSTEM_RUN)
def keep_figures(actor: Actor, nothing: None, /) -> int:
    """Count the open cases and clocks and keep the figures of the day."""
    found = figures.count()
    row = session().get(Setting, figures.NAME, with_for_update=True, populate_existing=True)
    current_act().touch("setting", figures.NAME)
    if row is None:
        session().add(Setting(name=figures.NAME, value=figures.written(found)))
    else:
        row.value = figures.written(found)
    return found.clocks
