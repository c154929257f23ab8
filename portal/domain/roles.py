"""Which roles fit which body, and which keys they bring: rules for inviting and admitting."""

from portal.domain.keys import KeyPurpose
from portal.domain.parties import BodyKind
from portal.domain.permissions import Role

_OFFICERS = {
    BodyKind.FRONT: frozenset({Role.REVIEWER, Role.LEAD_REVIEWER}),
    BodyKind.INSPECTION: frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR}),
}
# They look after the portal and hold no key at all (decisions 4).
_KEYLESS = frozenset({Role.REGISTRAR, Role.ADMINISTRATOR, Role.AUDITOR})
_CUSTODIANS = frozenset({Role.CUSTODIAN})

PURPOSES: dict[BodyKind, tuple[KeyPurpose, ...]] = {
    BodyKind.FRONT: (KeyPurpose.CONTENT, KeyPurpose.IDENTITY, KeyPurpose.CUSTODIAN),
    BodyKind.INSPECTION: (KeyPurpose.CONTENT,),
}
"""The key pairs that a body of each kind has; other kinds take no part in the portal."""


def groups(kind: BodyKind) -> tuple[frozenset[Role], ...]:
    """The groups of roles in a body of this kind; a person's roles all come from one of them."""
    if kind not in PURPOSES:
        return ()
    found = [_OFFICERS[kind], _KEYLESS]
    if KeyPurpose.CUSTODIAN in PURPOSES[kind]:
        found.append(_CUSTODIANS)
    return tuple(found)


def fit(roles: frozenset[Role], kind: BodyKind) -> bool:
    """True if one person may have these roles in a body of this kind.

    Officers, custodians and those who look after the portal are different people (decisions 4 and 10).
    """
    return bool(roles) and any(roles <= group for group in groups(kind))


def purposes_of(roles: frozenset[Role], kind: BodyKind) -> tuple[KeyPurpose, ...]:
    """The keys of the body that a person with these roles holds; a custodian never holds the others."""
    if not fit(roles, kind):
        return ()
    if roles <= _CUSTODIANS:
        return (KeyPurpose.CUSTODIAN,)
    if roles <= _KEYLESS:
        return ()
    return tuple(purpose for purpose in PURPOSES[kind] if purpose is not KeyPurpose.CUSTODIAN)
