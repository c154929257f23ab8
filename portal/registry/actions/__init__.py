"""What changes the register, and what a reorganisation leaves to officers who hold keys."""

from portal.registry.actions.importing import AreaFiles, Imported, generate_bodies, import_areas
from portal.registry.actions.reorganising import (
    CarriedOut,
    carry_out,
    known_areas,
    plan_of,
    plan_reorganisation,
    plan_undoing,
    read,
    reorganise,
    withdraw_plan,
)
from portal.registry.actions.resealing import choose_part, parts_of, read_streets, reseal
from portal.registry.actions.rows import Progress, silent

__all__ = [
    "AreaFiles",
    "CarriedOut",
    "Imported",
    "Progress",
    "carry_out",
    "choose_part",
    "generate_bodies",
    "import_areas",
    "known_areas",
    "parts_of",
    "plan_of",
    "plan_reorganisation",
    "plan_undoing",
    "read",
    "read_streets",
    "reorganise",
    "reseal",
    "silent",
    "withdraw_plan",
]
