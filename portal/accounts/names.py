"""Names by which accounts and invitations are found."""

from hashlib import sha256

from portal.domain.text import BadText, clean_text, fold

_LOGIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-_")
_LONGEST_TYPED = 200


def token_digest(token: str) -> str:
    """The id of an invitation by the token in its link (64 hexadecimal digits)."""
    return sha256(b"portal|invitation|v1|" + token.encode("utf-8", "replace")).hexdigest()


def login_of(typed: str) -> str | None:
    """The login name as stored, or None for what is none: 3 to 64 of a–z, 0–9, dot, dash, underscore."""
    if len(typed) > _LONGEST_TYPED:
        return None
    try:
        login = fold(clean_text(typed))
    except BadText:
        return None
    return login if 3 <= len(login) <= 64 and _LOGIN.issuperset(login) else None
