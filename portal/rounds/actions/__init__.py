"""Use cases of the stage."""

from portal.rounds.actions.following import check, follow_up, link, unlink
from portal.rounds.actions.holding import (
    ItemsOpen,
    announce,
    cancel,
    close,
    find,
    give_time,
    hold,
    receive_report,
    recommend,
    record_answer,
)
from portal.rounds.actions.opening import OpenedRound, open_list, open_round
from portal.rounds.actions.planning import NotOffered, Plan, WorksThere, approve, change, plan

__all__ = [
    "ItemsOpen",
    "NotOffered",
    "OpenedRound",
    "Plan",
    "WorksThere",
    "announce",
    "approve",
    "cancel",
    "change",
    "check",
    "close",
    "find",
    "follow_up",
    "give_time",
    "hold",
    "link",
    "open_list",
    "open_round",
    "plan",
    "receive_report",
    "recommend",
    "record_answer",
    "unlink",
]
