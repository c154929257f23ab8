"""The register's part of the reviewed table: its readers, its keepers, and what they are answered."""

from tests.support.matrix_shapes import (
    AGAIN,
    CONFLICT,
    DAY,
    GONE,
    SEE_OTHER,
    Row,
    What,
    Who,
    button,
    form,
    nothing,
    read,
)
from tests.support.world import PLACES, World

_GROUND = {"source_doc": "Quyết định thử", "reason": ""}
_LAST = {"last-day": "2", "last-month": "4", "last-year": "2026"}


def staff(who: Who, what: What) -> bool:
    return who.is_staff


def registrars(who: Who, what: What) -> bool:
    return who.role.startswith("registrar")


def registrars_of_centre(who: Who, what: What) -> bool:
    return registrars(who, what) and who.body == "front.VN"


def keepers(who: Who, what: What) -> bool:
    """Registrars of the centre, and of the province that the unit lies under."""
    return bool(what.values) and registrars(who, what) and who.body in {"front.VN", what.above}


def keepers_at_all(who: Who, what: What) -> bool:
    """Registrars who keep any part: a ward keeps none."""
    return registrars(who, what) and who.body in {"front.VN", "front.P79b"}


def second_registrars(who: Who, what: What) -> bool:
    """Of the centre, but never the one who drafted."""
    return registrars_of_centre(who, what) and who.login != what.account


def second_keepers(who: Who, what: What) -> bool:
    """Registrars who keep what the plan is about, but never the one who planned it."""
    return keepers(who, what) and who.login != what.account


def resealers(who: Who, what: What) -> bool:
    return who.role in {"lead", "custodian"}


def units(world: World) -> list[What]:
    """A ward, which its city's registrars keep; the city, which the centre's keep; and what is nowhere."""
    ward = What("ward", {"area_id": PLACES["own"]}, above="front.P79b")
    return [ward, What("city", {"area_id": PLACES["parent"]})]


def all_units(world: World) -> list[What]:
    return [*units(world), What("country", {"area_id": "VN"})]


def registered(world: World) -> list[What]:
    """Bodies of a ward and of the city, one without keys among them."""
    found = [
        What(f"{kind}.ward", {"body_id": f"{kind}.{PLACES['own']}"}, above="front.P79b")
        for kind in ("front", "health")
    ]
    return [*found, What("city", {"body_id": f"committee.{PLACES['parent']}"})]


def drafts(world: World) -> list[What]:
    return [What("draft", {"draft_id": world.ids["own"]["draft"]}, account="registrar.front.VN")]


def plans(world: World) -> list[What]:
    return [
        What("plan", {"plan_id": world.ids["own"]["plan"]}, account="registrar.front.VN", above="front.P79b")
    ]


def no_posts(world: World) -> list[What]:
    """The test country has no templates of posts; the pages are those of tests/pages/test_registry.py."""
    return [What("missing", {"post": "khong-co"})]


def no_waiting_cases(world: World) -> list[What]:
    return [What("missing", {"case_id": "0" * 16, "seat": "front"})]


REGISTER: dict[str, Row] = {
    # The register: everybody at work reads it, registrars change what they keep.
    "registry.home": read(staff),
    "registry.unit": read(staff, all_units),
    "registry.body": read(staff, registered),
    "registry.rename": form(keepers, units, name="Phường Tên Mới", how="change", **_GROUND, **DAY),
    "registry.add_body": form(
        keepers,
        units,
        SEE_OTHER,
        AGAIN,
        kind="department",
        name="Sở thử",
        superior_id="committee.P79b",
        **_GROUND,
        **DAY,
    ),
    "registry.change_body": form(
        keepers, registered, SEE_OTHER, AGAIN, name="Tên khác", superior_id="", **_GROUND, **DAY
    ),
    "registry.end_body": form(keepers, registered, SEE_OTHER, AGAIN, **_GROUND, **_LAST),
    "registry.posts": read(staff),
    "registry.post": read(staff, no_posts, GONE),
    "registry.change_post": Row(registrars_of_centre, no_posts, (GONE,), (GONE,)),
    "registry.end_post": Row(registrars_of_centre, no_posts, (GONE,), (GONE,)),
    "registry.add_post": form(registrars_of_centre, nothing, AGAIN, **_GROUND, **DAY),
    "registry.drafts": read(staff),
    "registry.draft": read(staff, drafts),
    "registry.activate": button(second_registrars, drafts, CONFLICT, seen="khac"),
    "registry.withdraw_draft": button(registrars_of_centre, drafts),
    "registry.plans": read(staff),
    "registry.plan": read(staff, plans),
    "registry.new_plan": form(keepers_at_all, nothing, AGAIN, ends="x", links="x; y", **_GROUND, **DAY),
    "registry.plan_from_files": form(keepers_at_all, nothing, AGAIN, **_GROUND),
    "registry.carry_out": button(second_keepers, plans, sure="y"),
    "registry.withdraw_plan": button(keepers, plans),
    "registry.undo": form(keepers, plans, CONFLICT, **_GROUND, **DAY),
    "registry.tasks": read(resealers),
    "registry.reseal": button(resealers),
    "registry.choose": Row(resealers, no_waiting_cases, (GONE,), (GONE,)),
}
