"""What an officer does with his own desk, and a lead with the standard texts of the body."""

from portal.desk.actions.own import (
    Kept,
    TooMany,
    chosen,
    drop_filter,
    lay_aside,
    read_filters,
    save_filter,
)
from portal.desk.actions.texts import Draft, TooManyTexts, UnknownBlank, end_text, keep_text

__all__ = [
    "Draft",
    "Kept",
    "TooMany",
    "TooManyTexts",
    "UnknownBlank",
    "chosen",
    "drop_filter",
    "end_text",
    "keep_text",
    "lay_aside",
    "read_filters",
    "save_filter",
]
