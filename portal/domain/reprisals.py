"""Reprisals (trả thù, trù dập) against a resident: measures of protection that the Front asks for.

Luật Tố cáo 2018, arts. 47–58; Luật Thực hiện dân chủ ở cơ sở 2022, arts. 9 and 35; Luật Phòng, chống tham
nhũng 2018, art. 67. The Front asks and records; it protects nobody itself. Nothing tells the body reported.
"""

from enum import StrEnum


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
