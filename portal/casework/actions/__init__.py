"""What an inspection committee does with a case that was routed to it."""

from portal.casework.actions.answering import answer
from portal.casework.actions.deciding import NotAMember, accept, assign, close, return_case
from portal.casework.actions.opening import (
    HandedOver,
    OpenedCase,
    open_case,
    open_conclusion,
    open_file,
    open_queue,
    print_case,
)
from portal.casework.actions.standing import open_newest
from portal.casework.actions.verifying import (
    NotHeard,
    ask,
    begin_verification,
    conclude,
    note,
    note_for_oneself,
    record_explanation,
)

__all__ = [
    "HandedOver",
    "NotAMember",
    "NotHeard",
    "OpenedCase",
    "accept",
    "answer",
    "ask",
    "assign",
    "begin_verification",
    "close",
    "conclude",
    "note",
    "note_for_oneself",
    "open_case",
    "open_conclusion",
    "open_file",
    "open_newest",
    "open_queue",
    "print_case",
    "record_explanation",
    "return_case",
]
