"""Reprisals (trả thù, trù dập) against a resident: measures of protection that the Front asks for.

Luật Tố cáo 2018, arts. 47–58; Luật Thực hiện dân chủ ở cơ sở 2022, arts. 9 and 35; Luật Phòng, chống tham
nhũng 2018, art. 67. The Front asks and records; it protects nobody itself. Nothing tells the body reported.
"""

from datetime import date, timedelta
from enum import StrEnum

# After the end the resident is asked six times, every thirty days (design; iso37002 23).
EVERY, LOOKS = timedelta(days=30), 6


class Measure(StrEnum):
    """What is asked for (LTC arts. 56–58)."""

    SECRECY = "secrecy"
    WORK = "work"
    LIFE = "life"
    PROPERTY = "property"
    DIGNITY = "dignity"


class MeasureState(StrEnum):
    """Whether it was taken; a refusal is in writing, with its reason (LTC art. 51(3))."""

    ASKED = "asked"
    TAKEN = "taken"
    REFUSED = "refused"


def look_due(ended_on: date, today: date) -> int:
    """The number of the look that is due, 1 to LOOKS, each until the next one; 0 where none is."""
    number = (today - ended_on) // EVERY
    return number if 1 <= number <= LOOKS else 0


def next_look(ended_on: date, today: date) -> date | None:
    """The day of the first look after today; None after the last one."""
    days = (ended_on + EVERY * number for number in range(1, LOOKS + 1))
    return next((day for day in days if day > today), None)
