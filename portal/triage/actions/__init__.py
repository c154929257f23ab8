"""What a Front board does with the reports it received."""

from portal.data.models.case import ReminderKind
from portal.triage.actions.deciding import ask, classify, commend, decline, resume, write
from portal.triage.actions.facts import Known, establish, look_up
from portal.triage.actions.joining import NotTogether, join, unjoin
from portal.triage.actions.noting import note, note_for_oneself
from portal.triage.actions.opening import (
    Bundle,
    OpenedCase,
    open_about,
    open_candidates,
    open_case,
    open_file,
    open_queue,
    print_case,
)
from portal.triage.actions.outside import (
    answer_outside,
    close_outside,
    hand_over,
    outside_letter,
    record_return,
)
from portal.triage.actions.proposing import Proposal
from portal.triage.actions.protecting import NoReprisal, ask_protection, settle_protection
from portal.triage.actions.referring import refer
from portal.triage.actions.routing import HandoverVersion, NotRoutable, prepare, route
from portal.triage.actions.satisfaction import read_satisfaction
from portal.triage.actions.splitting import Pieces, pieces, split
from portal.triage.actions.standing import open_newest, open_paper
from portal.triage.actions.tracks import open_track, other_track_of
from portal.triage.actions.urging import open_handed, urge

__all__ = [
    "Bundle",
    "HandoverVersion",
    "Known",
    "NoReprisal",
    "NotRoutable",
    "NotTogether",
    "OpenedCase",
    "Pieces",
    "Proposal",
    "ReminderKind",
    "answer_outside",
    "ask",
    "ask_protection",
    "classify",
    "close_outside",
    "commend",
    "decline",
    "establish",
    "hand_over",
    "join",
    "look_up",
    "note",
    "note_for_oneself",
    "open_about",
    "open_candidates",
    "open_case",
    "open_file",
    "open_handed",
    "open_newest",
    "open_paper",
    "open_queue",
    "open_track",
    "other_track_of",
    "outside_letter",
    "pieces",
    "prepare",
    "print_case",
    "read_satisfaction",
    "record_return",
    "refer",
    "resume",
    "route",
    "settle_protection",
    "split",
    "unjoin",
    "urge",
    "write",
]
