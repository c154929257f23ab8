"""Who asks, and what for: the actors and objects of tests/support/matrix.py."""

from dataclasses import dataclass, field

from tests.support.world import committee, front


@dataclass(frozen=True)
class Who:
    """One who asks. `body` and `role` are empty for those who are not (or no longer) members of staff."""

    name: str
    login: str = ""
    role: str = ""
    body: str = ""
    waiting: bool = False
    receipt: str = ""

    @property
    def is_staff(self) -> bool:
        return bool(self.role) or self.waiting


@dataclass(frozen=True)
class What:
    """What is asked for: the values of the address, and whose it is. `barred`: logins without a part."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    front: str = ""
    committee: str = ""
    account: str = ""
    above: str = ""
    receipt: str = ""
    barred: str = ""
    follower: str = ""


_OFFICERS = {"front": "lead member custodian", "inspection": "lead member"}
OFFICES = {
    "VN": {"front": "lead registrar registrar2", "inspection": "lead"},
    "P79b": {"front": "lead member custodian admin auditor registrar", "inspection": "lead member"},
    "C27019b": {"front": "lead member custodian admin auditor registrar", "inspection": "lead member"},
    "C27013b": _OFFICERS,
}
HOLDERS = ("own", "sibling")
KINDS = ("routed", "declined")


def everybody_who_asks() -> list[Who]:
    """Every kind of actor, and each role at the own body, above it, above that, and beside it."""
    found = [Who("anonymous"), Who("with a draft")]
    found += [Who(f"holder, {kind} report, {place}", receipt=place) for place in HOLDERS for kind in KINDS]
    for area, roles in OFFICES.items():
        for kind, names in roles.items():
            found += [
                Who(f"{role}.{kind}.{area}", f"{role}.{kind}.{area}", role, f"{kind}.{area}")
                for role in names.split()
            ]
    for body in (front("own"), committee("own")):
        found.append(Who(f"waiting.{body}", f"waiting.{body}", "", body, waiting=True))
    for state in ("disabled", "left"):
        found.append(Who(f"{state}.{front('own')}", f"{state}.{front('own')}"))
    return found


def everybody(who: Who, what: What) -> bool:
    return True


def staff(who: Who, what: What) -> bool:
    return who.is_staff


def admitted(who: Who, what: What) -> bool:
    return bool(who.role)
