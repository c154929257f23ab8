"""How a column is protected, and how a table of columns is written."""

from dataclasses import dataclass
from enum import StrEnum


class Shield(StrEnum):
    """How a column is protected."""

    SEALED = "sealed"  # ciphertext
    DIGEST = "digest"  # keyed or one-way: finds, never tells
    PUBLIC_KEY = "public_key"
    ID = "id"  # random, or the name of a public thing
    CLEAR = "clear"


@dataclass(frozen=True)
class Column:
    """One column in clear: whom it could tell something about, and why it must be readable."""

    shield: Shield
    why: str = ""


def ids(*names: str) -> dict[str, Column]:
    return {name: Column(Shield.ID) for name in names}


def sealed(*names: str) -> dict[str, Column]:
    return {name: Column(Shield.SEALED) for name in names}


def clear(**why: str) -> dict[str, Column]:
    return {name: Column(Shield.CLEAR, text) for name, text in why.items()}


def register(*names: str) -> dict[str, Column]:
    return {name: Column(Shield.CLEAR, REGISTER) for name in names}


REGISTER = "public register"
