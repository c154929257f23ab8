"""Dated records of a case (việc ghi theo ngày): what each kind asks, who enters it, and what must follow.

One table in place of a page and an action for each kind. None of them counts anything of a person (rule 37).
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.life import Step


class Entry(StrEnum):
    """What kind of dated record it is; sealed with the rest of it."""

    PERSON_TOLD = "person_told"
    DOCUMENTS = "documents"
    UNIT_CHECK = "unit_check"
    RECOMMENDATION = "recommendation"
    SELF_REVIEW = "self_review"
    DISCIPLINE = "discipline"
    INVESTIGATORS = "investigators"
    REMEDY = "remedy"
    PUBLICATION = "publication"


class Ask(StrEnum):
    """What a kind may ask beside its day and its text."""

    TO = "to"
    BY = "by"
    FORM = "form"
    NUMBER = "number"
    DUE = "due"


class Owed(StrEnum):
    """What must follow an entry with a day due."""

    REPLY = "reply"
    EVIDENCE = "evidence"  # and then the check by a second person
    APPROVAL = "approval"  # by the head, who did not draft it


@dataclass(frozen=True)
class Shape:
    """One row: the step that enters it, what it asks, what is owed after it, and where that stands."""

    entry: Entry
    step: Step
    asks: tuple[Ask, ...]
    owes: Owed | None
    source: str


SHAPES: dict[Entry, Shape] = {
    shape.entry: shape
    for shape in (
        Shape(
            Entry.PERSON_TOLD,
            Step.TELL_PERSON,
            (Ask.NUMBER,),
            None,
            "Luật Tố cáo 2018, điều 29 khoản 3, điều 10 khoản 1",
        ),
        Shape(
            Entry.DOCUMENTS,
            Step.REQUEST,
            (Ask.TO, Ask.NUMBER, Ask.DUE),
            Owed.REPLY,
            "Luật Tố cáo 2018, điều 31",
        ),
        Shape(
            Entry.UNIT_CHECK,
            Step.REQUEST,
            (Ask.TO, Ask.NUMBER, Ask.DUE),
            Owed.REPLY,
            "Luật Tố cáo 2018, điều 31",
        ),
        Shape(
            Entry.RECOMMENDATION,
            Step.RECORD_OUTCOME,
            (Ask.TO, Ask.NUMBER, Ask.DUE),
            Owed.REPLY,
            "Luật Tố cáo 2018, điều 36 khoản 1, khoản 3",
        ),
        Shape(
            Entry.SELF_REVIEW,
            Step.RECORD_OUTCOME,
            (Ask.TO, Ask.NUMBER, Ask.DUE),
            Owed.REPLY,
            "design",
        ),
        Shape(
            Entry.DISCIPLINE,
            Step.RECORD_OUTCOME,
            (Ask.FORM, Ask.BY, Ask.NUMBER),
            None,
            "Luật Tố cáo 2018, điều 36",
        ),
        Shape(
            Entry.INVESTIGATORS,
            Step.RECORD_OUTCOME,
            (Ask.TO, Ask.NUMBER),
            None,
            "Luật Tố cáo 2018, điều 27 khoản 1",
        ),
        Shape(
            Entry.REMEDY,
            Step.PLAN_REMEDY,
            (Ask.TO, Ask.DUE),
            Owed.EVIDENCE,
            "Luật Tố cáo 2018, điều 36 khoản 1",
        ),
        Shape(
            Entry.PUBLICATION,
            Step.DRAFT_PUBLICATION,
            (Ask.DUE,),
            Owed.APPROVAL,
            "Luật Tố cáo 2018, điều 40",
        ),
    )
}
# What is entered later on something owed.
FOLLOWS: dict[Owed, Step] = {Owed.REPLY: Step.RECORD_REPLY, Owed.EVIDENCE: Step.RECORD_REMEDY}
# What a second person decides on.
CHECKED = frozenset({Owed.EVIDENCE, Owed.APPROVAL})
