"""Rows of the reviewed table (matrix.py) for notices, and for cases that are held back or deleted."""

from tests.support.askers import What, Who, everybody, staff
from tests.support.matrix_shapes import SEE_OTHER, Row, button, form, nothing, read
from tests.support.world import World


def leads(who: Who, what: What) -> bool:
    return who.role == "lead"


def leads_of_either(who: Who, what: What) -> bool:
    """Leads of the board or of the committee that has the case, unless barred from it."""
    mine = bool(who.body) and who.body in {what.front, what.committee}
    return leads(who, what) and mine and who.login not in what.barred.split()


def nobody(who: Who, what: What) -> bool:
    """There is no such thing in the world of this table."""
    return False


def _either(world: World) -> list[What]:
    from tests.support.matrix import either  # that table has these rows

    return either(world)


def holds(world: World) -> list[What]:
    """Nobody holds a case of this world back; tests/actions/test_retention.py has holds."""
    given = {"hold_id": "0" * 16}
    ids = {"own": world.ids["own"]["received"], "missing": "0" * 16, "malformed": "x" * 40}
    return [What(name, {"case_id": one} | given) for name, one in ids.items()]


KEEPING: dict[str, Row] = {
    "keeping.soon": read(leads),
    "keeping.hold": form(leads_of_either, _either, reason="Vụ án đang được khởi tố, giữ lại theo yêu cầu."),
    "keeping.reason": read(nobody, holds),
    "keeping.lift": button(nobody, holds),
    "accounts.notices": read(staff),
    "accounts.read_notices": button(staff),
    "accounts.notice_way": form(staff, nothing, SEE_OTHER, way="digest"),
    "metrics.metrics": read(everybody),
}
