"""Conflicts of interest: what members declare, whom they add to a case, and sealing anew after a conflict."""

from portal.conflicts.actions.declaring import (
    TooMany,
    declare_relative,
    drop_relative,
    read_relatives,
    stand_aside,
)
from portal.conflicts.actions.naming import Added, name_for_board, name_for_committee
from portal.conflicts.actions.resealing import go_on, hand_up, reseal_case, reseal_report
from portal.domain.conflicts import Relation

__all__ = [
    "Added",
    "Relation",
    "TooMany",
    "declare_relative",
    "drop_relative",
    "go_on",
    "hand_up",
    "name_for_board",
    "name_for_committee",
    "read_relatives",
    "reseal_case",
    "reseal_report",
    "stand_aside",
]
