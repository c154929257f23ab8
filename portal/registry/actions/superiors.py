"""Whom a registrar may put above a body: somebody of its own line, and for a body with keys nobody new."""

from datetime import date

from portal.data.bodies import bodies_above, bodies_in
from portal.data.territory import standing_of
from portal.domain.dating import check_line, check_superior
from portal.domain.lineage import UnknownUnit
from portal.domain.parties import BodyFacts
from portal.registry.refusals import Because, Refused


def check_above(body: BodyFacts, superior_id: str | None, day: date) -> None:
    """Raise Refused or dating.Undated unless the body may stand under `superior_id` from `day` on."""
    line = bodies_above([superior_id]) if superior_id else {}
    if superior_id is None or superior_id not in line:
        raise Refused(Because.NO_ROW, superior_id or "")
    check_superior(body, line[superior_id], line, day)
    try:
        units = [unit.id for unit in standing_of(body.area_id, day).line]
    except UnknownUnit:
        raise Refused(Because.NO_ROW, body.area_id) from None
    check_line(body, line[superior_id], units, _of_the_kind(body, units, day))


def _of_the_kind(body: BodyFacts, units: list[str], day: date) -> dict[str, str]:
    """The bodies of the same kind that exist on the day, by unit."""
    found = bodies_in(units).values()
    return {one.area_id: one.id for one in found if one.kind is body.kind and one.exists_on(day)}
