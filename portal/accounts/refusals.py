"""Why an act on accounts is refused, in words that the code knows; pages put them in Vietnamese."""

from enum import StrEnum


class Because(StrEnum):
    """The reason of a refusal."""

    FOUNDED = "founded"  # the body has its keys already
    NOT_FOUNDED = "not_founded"  # the body has no keys yet
    ABOVE_NOT_ACTIVE = "above_not_active"
    NO_PART = "no_part"  # this kind of body takes no part in the portal
    NOT_A_ROOT = "not_a_root"
    TOO_FEW_HOLDERS = "too_few_holders"
    ROLES = "roles"  # roles that do not fit the body or one person
    KEY_NOT_HELD = "key_not_held"
    LAST_HOLDER = "last_holder"
    LOGIN_TAKEN = "login_taken"
    LOGIN_SHAPE = "login_shape"
    OTHER_KEY = "other_key"


class Refused(Exception):
    """The act is not possible, for `because`; nothing was changed."""

    def __init__(self, because: Because) -> None:
        super().__init__(because.value)
        self.because = because


class WrongSignIn(Exception):
    """Name, passphrase or code is wrong, or the account is shut: which of them is never told."""


class NoInvitation(Exception):
    """No such invitation, or it was used, or it expired."""
