"""Whose registrars keep a part of the register: the centre's for all, a province's for the units under it."""

from dataclasses import dataclass

from portal.domain.parties import CENTRE
from portal.domain.permissions import Facts
from portal.domain.roles import PURPOSES
from portal.domain.structure import body_id


@dataclass(frozen=True)
class Holding:
    """A unit, with the province it lies in; `province_id` is None for the centre's own and for a province.

    Source: design, issue 3 (a registrar of the centre for all, of a province for the units under it).
    """

    area_id: str
    province_id: str | None = None

    def facts(self) -> Facts:
        """For the gate: the bodies whose registrars may change it."""
        keepers = {CENTRE, self.province_id or CENTRE}
        return Facts(registrar_ids=frozenset(body_id(kind, unit) for kind in PURPOSES for unit in keepers))
