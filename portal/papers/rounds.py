"""The dates of supervision rounds by the table of deadlines and the calendar as it stands."""

from portal.data.calendar import calendar
from portal.data.deadlines import deadlines
from portal.data.models.round import Round
from portal.domain import rounds
from portal.domain.rounds import Due


def dues_of(one: Round) -> list[Due]:
    """Every duty of a round with its last day, in order of time."""
    return rounds.dues(one.as_facts(), deadlines(), calendar())


def waiting_of(one: Round) -> Due | None:
    """The next duty that is still to be done."""
    return rounds.waiting(dues_of(one), one.state)
