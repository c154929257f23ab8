"""What a passphrase makes: a key pair, its secret half sealed for its person alone. Made outside any act."""

from dataclasses import dataclass, field
from typing import Any

from portal.data.db import new_id
from portal.data.models.account import Account
from portal.vault.boxes import box, place, unbox
from portal.vault.errors import Broken
from portal.vault.passphrase import STANDARD, Cost, derive, new_salt, same
from portal.vault.recovery import new_recovery_code, recovery_key
from portal.vault.sealing import new_key_pair, public_of

_SECRET_BYTES = 32


@dataclass(frozen=True)
class Credentials:
    """The columns of an account that its person makes, and what only the person may see."""

    account_id: str
    salt: bytes = field(repr=False)
    cost: str
    verifier: bytes = field(repr=False)
    public_key: bytes = field(repr=False)
    sealed_secret: bytes = field(repr=False)
    sealed_recovery: bytes = field(repr=False)
    sealed_totp: bytes | None = field(repr=False)
    recovery_code: str = field(repr=False)
    person_secret: bytes = field(repr=False)

    def columns(self) -> dict[str, Any]:
        """The stored part by column name."""
        return {
            "salt": self.salt,
            "cost": self.cost,
            "verifier": self.verifier,
            "public_key": self.public_key,
            "sealed_secret": self.sealed_secret,
            "sealed_recovery": self.sealed_recovery,
            "sealed_totp": self.sealed_totp,
        }


@dataclass(frozen=True)
class Unlocked:
    """What the right passphrase opens; `totp_seed` is None where no second factor is set."""

    person_secret: bytes = field(repr=False)
    totp_seed: str | None = field(repr=False)


def make(
    passphrase: str,
    *,
    account_id: str | None = None,
    totp_seed: str | None = None,
    cost: Cost = STANDARD,
    person_secret: bytes | None = None,
) -> Credentials:
    """New credentials (one Argon2id run); `person_secret` keeps the key pair under a new passphrase.

    Raises TooLong and Busy as `derive` does.
    """
    account_id = account_id or new_id()
    salt = new_salt()
    derived = derive(passphrase, salt, cost)
    secret = person_secret or new_key_pair().secret
    code = new_recovery_code()
    return Credentials(
        account_id=account_id,
        salt=salt,
        cost=str(cost),
        verifier=derived.verifier,
        public_key=public_of(secret),
        sealed_secret=box(derived.kek, secret, bound_to=place("account", account_id, "secret")),
        sealed_recovery=_seal_for_recovery(code, account_id, secret, totp_seed),
        sealed_totp=_seal_seed(derived.kek, account_id, totp_seed),
        recovery_code=code,
        person_secret=secret,
    )


def _seal_seed(kek: bytes, account_id: str, seed: str | None) -> bytes | None:
    return box(kek, seed.encode(), bound_to=place("account", account_id, "totp")) if seed else None


def _seal_for_recovery(code: str, account_id: str, secret: bytes, seed: str | None) -> bytes:
    key = recovery_key(code, account_id)
    assert key is not None, "a new code is well formed"
    # The seed lies with the secret, so that recovery can still ask for the second factor.
    return box(key, secret + (seed or "").encode(), bound_to=place("account", account_id, "recovery"))


_NOBODY_SALT = new_salt()


def unlock(account: Account | None, passphrase: str) -> Unlocked | None:
    """What `passphrase` opens, or None. An unknown account costs the same work (security test B1)."""
    salt = account.salt if account else _NOBODY_SALT
    derived = derive(passphrase, salt, Cost.parse(account.cost) if account else STANDARD)
    if account is None or not same(derived.verifier, account.verifier):
        return None
    secret = unbox(derived.kek, account.sealed_secret, bound_to=place("account", account.id, "secret"))
    seed = None
    if account.sealed_totp is not None:
        opened = unbox(derived.kek, account.sealed_totp, bound_to=place("account", account.id, "totp"))
        seed = opened.decode()
    return Unlocked(secret, seed)


def recover(account: Account | None, code: str) -> Unlocked | None:
    """What the printed recovery code opens, or None. No slow hash: the code has 135 random bits."""
    if account is None or account.sealed_recovery is None:
        return None
    key = recovery_key(code, account.id)
    if key is None:
        return None
    try:
        opened = unbox(key, account.sealed_recovery, bound_to=place("account", account.id, "recovery"))
    except Broken:
        return None
    return Unlocked(opened[:_SECRET_BYTES], opened[_SECRET_BYTES:].decode() or None)
