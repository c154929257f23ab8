"""What a Front board does with the reports it received."""

from portal.triage.actions.deciding import ask, classify, commend, decline, resume, write
from portal.triage.actions.facts import Known, establish, look_up
from portal.triage.actions.noting import note, note_for_oneself
from portal.triage.actions.opening import Bundle, OpenedCase, open_case, open_file, open_queue, print_case
from portal.triage.actions.outside import (
    answer_outside,
    close_outside,
    hand_over,
    outside_letter,
    record_return,
)
from portal.triage.actions.proposing import Proposal
from portal.triage.actions.referring import refer
from portal.triage.actions.routing import HandoverVersion, NotRoutable, prepare, route
from portal.triage.actions.standing import open_newest
from portal.triage.actions.tracks import open_track, other_track_of

__all__ = [
    "Bundle",
    "HandoverVersion",
    "Known",
    "NotRoutable",
    "OpenedCase",
    "Proposal",
    "answer_outside",
    "ask",
    "classify",
    "close_outside",
    "commend",
    "decline",
    "establish",
    "hand_over",
    "look_up",
    "note",
    "note_for_oneself",
    "open_case",
    "open_file",
    "open_newest",
    "open_queue",
    "open_track",
    "other_track_of",
    "outside_letter",
    "prepare",
    "print_case",
    "record_return",
    "refer",
    "resume",
    "route",
    "write",
]
