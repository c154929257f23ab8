"""Every table, so that migrations and guards see them all."""

from portal.data.models import (
    account,
    area,
    audit,
    body,
    case,
    conflict,
    desk,
    draft,
    office,
    paper,
    registry,
    report,
    timing,
)

__all__ = [
    "account",
    "area",
    "audit",
    "body",
    "case",
    "conflict",
    "desk",
    "draft",
    "office",
    "paper",
    "registry",
    "report",
    "timing",
]
