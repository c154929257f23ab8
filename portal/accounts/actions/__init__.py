"""What can be done with accounts, members and the keys of bodies; every change passes the gate."""

from portal.accounts.actions.enrolling import (
    NewPerson,
    accept_invitation,
    invite,
    invite_again,
    withdraw_invitation,
)
from portal.accounts.actions.founding import SYSTEM, Holder, found_body, found_root, rotate_body_key
from portal.accounts.actions.leave import NoLeave, end_leave, enter_leave
from portal.accounts.actions.loading import enrol
from portal.accounts.actions.members import admit, change_roles, disable, enable, end_membership
from portal.accounts.actions.own import (
    change_passphrase,
    choose_notices,
    read_notices,
    recover,
    set_email,
)
from portal.accounts.actions.signing import confirm, sign_in, sign_in_ring, sign_out
from portal.accounts.names import login_of

__all__ = [
    "SYSTEM",
    "Holder",
    "NewPerson",
    "NoLeave",
    "accept_invitation",
    "admit",
    "change_passphrase",
    "change_roles",
    "choose_notices",
    "confirm",
    "disable",
    "enable",
    "end_leave",
    "end_membership",
    "enrol",
    "enter_leave",
    "found_body",
    "found_root",
    "invite",
    "invite_again",
    "login_of",
    "read_notices",
    "recover",
    "rotate_body_key",
    "set_email",
    "sign_in",
    "sign_in_ring",
    "sign_out",
    "withdraw_invitation",
]
