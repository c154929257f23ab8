"""Use cases of the stage."""

from portal.counter.actions.draft import Moved, attach, detach, discard, save
from portal.counter.actions.entering import NumberTaken, Paper, hand_in

__all__ = ["Moved", "NumberTaken", "Paper", "attach", "detach", "discard", "hand_in", "save"]
