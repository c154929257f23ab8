"""What changes the register, and what a reorganisation leaves to officers who hold keys."""

from portal.registry.actions.drafting import (
    activate_draft,
    add_to_draft,
    digest_of,
    draft_posts,
    stored_posts,
    withdraw_draft,
)
from portal.registry.actions.editing import (
    Ground,
    add_body,
    change_body,
    correct_area_name,
    end_body,
    rename_area,
)
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
    "Ground",
    "Imported",
    "Progress",
    "activate_draft",
    "add_body",
    "add_to_draft",
    "carry_out",
    "change_body",
    "choose_part",
    "correct_area_name",
    "digest_of",
    "draft_posts",
    "end_body",
    "generate_bodies",
    "import_areas",
    "known_areas",
    "parts_of",
    "plan_of",
    "plan_reorganisation",
    "plan_undoing",
    "read",
    "read_streets",
    "rename_area",
    "reorganise",
    "reseal",
    "silent",
    "stored_posts",
    "withdraw_draft",
    "withdraw_plan",
]
