"""Notices to staff: which there are, how each person wants them by e-mail, and when they leave."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from portal.domain import clock
from portal.domain.working_days import Calendar

MORNING = time(7, tzinfo=clock.VIETNAM)
KEPT_DAYS = 90  # design: how long a notice stays in a person's list


class Notice(StrEnum):
    """What a notice says; none has content, subject matter, a case or a unit."""

    ROUTED = "routed"
    REFERRED = "referred"
    RETURNED = "returned"
    ANSWERED = "answered"
    MESSAGE = "message"
    MOVED = "moved"
    MENTIONED = "mentioned"
    RESEAL = "reseal"
    IDENTITY = "identity"
    CLOCK_HALF = "clock_half"
    CLOCK_FOUR_FIFTHS = "clock_four_fifths"
    CLOCK_DUE = "clock_due"
    DUTY_SOON = "duty_soon"
    DUTY_LATE = "duty_late"
    ROUND_PLAN = "round_plan"
    ROUND_DUE = "round_due"
    REPRISAL = "reprisal"
    PROOF_FAILS = "routing_proof_fails"
    PROOF_OLD = "routing_proof_old"
    MAIL_FAILS = "mail_fails"
    MAIL_STUCK = "mail_stuck"
    RETENTION_SOON = "retention_soon"


class Way(StrEnum):
    """How a person wants to hear by e-mail; in the portal every notice stands anyhow."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    NONE = "none"


def next_morning(moment: datetime) -> datetime:
    """Seven o'clock in Viet Nam on the day after `moment`."""
    day = clock.day_of(moment)
    return datetime.combine(day + timedelta(days=1), MORNING)


def next_digest(moment: datetime, calendar: Calendar) -> datetime:
    """The next seven o'clock in Viet Nam of a working day at or after `moment`; raises OutOfRange."""
    day = clock.day_of(moment)
    if datetime.combine(day, MORNING) < moment:
        day += timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING)
