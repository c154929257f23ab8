"""What a body's key pair is for."""

from enum import StrEnum


class KeyPurpose(StrEnum):
    """Content is opened by members, an identity only by members and custodian together (decisions 10)."""

    CONTENT = "content"
    IDENTITY = "identity"
    CUSTODIAN = "custodian"
