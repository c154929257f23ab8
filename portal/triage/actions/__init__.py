"""What a Front board does with the reports it received."""

from portal.triage.actions.deciding import ask, classify, commend, decline, resume, write
from portal.triage.actions.opening import OpenedCase, open_case, open_file, open_queue
from portal.triage.actions.outside import answer_outside, close_outside, hand_over, record_return
from portal.triage.actions.routing import Choice, HandoverVersion, propose, route

__all__ = [
    "Choice",
    "HandoverVersion",
    "OpenedCase",
    "answer_outside",
    "ask",
    "classify",
    "close_outside",
    "commend",
    "decline",
    "hand_over",
    "open_case",
    "open_file",
    "open_queue",
    "propose",
    "record_return",
    "resume",
    "route",
    "write",
]
