"""Every table, so that migrations and guards see them all."""

from portal.data.models import (
    account,
    area,
    audit,
    body,
    case,
    conflict,
    draft,
    office,
    paper,
    registry,
    report,
    retention,
    timing,
)

__all__ = [
    "account",
    "area",
    "audit",
    "body",
    "case",
    "conflict",
    "draft",
    "office",
    "paper",
    "registry",
    "report",
    "retention",
    "timing",
]
