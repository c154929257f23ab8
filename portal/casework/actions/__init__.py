"""What an inspection committee does with a case that was routed to it."""

from portal.casework.actions.about import About, open_about
from portal.casework.actions.answering import answer, correct, corrected
from portal.casework.actions.deciding import NotAMember, OpenRemedy, accept, assign, close, return_case
from portal.casework.actions.entering import (
    OUTCOMES,
    Entered,
    NoDueDay,
    NotInForce,
    check_remedy,
    enter,
    follow_up,
    record_outcome,
)
from portal.casework.actions.nameless import NamesSomebody
from portal.casework.actions.opening import (
    HandedOver,
    OpenedCase,
    open_case,
    open_conclusion,
    open_file,
    open_queue,
    print_case,
)
from portal.casework.actions.publishing import (
    Draft,
    approve_publication,
    correct_publication,
    open_draft,
    published,
    withdraw_publication,
)
from portal.casework.actions.standing import open_newest
from portal.casework.actions.timing import extend, extended, resume_work, resumed, suspend, suspended
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
    "OUTCOMES",
    "About",
    "Draft",
    "Entered",
    "HandedOver",
    "NamesSomebody",
    "NoDueDay",
    "NotAMember",
    "NotHeard",
    "NotInForce",
    "OpenRemedy",
    "OpenedCase",
    "accept",
    "answer",
    "approve_publication",
    "ask",
    "assign",
    "begin_verification",
    "check_remedy",
    "close",
    "conclude",
    "correct",
    "correct_publication",
    "corrected",
    "enter",
    "extend",
    "extended",
    "follow_up",
    "note",
    "note_for_oneself",
    "open_about",
    "open_case",
    "open_conclusion",
    "open_draft",
    "open_file",
    "open_newest",
    "open_queue",
    "print_case",
    "published",
    "record_explanation",
    "record_outcome",
    "resume_work",
    "resumed",
    "return_case",
    "suspend",
    "suspended",
    "withdraw_publication",
]
