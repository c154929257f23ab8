"""A report being written: the steps of the form, their order, and what becomes of what was typed.

Pure: the store keeps a Sketch sealed, the pages show it. Nothing typed is ever dropped silently: what an
answer makes obsolete, or what is not valid yet, waits in `pending` and stands in its field again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.catalogue import UnknownCategory, categories_on, category
from portal.domain.kinds import ReportKind
from portal.domain.telling import Openness, identity_may_stay

Raw = dict[str, list[str]]
Answers = Mapping[str, Mapping[str, Any]]


class FormStep(StrEnum):
    """One page of the form each."""

    KIND = "kind"
    PLACE = "place"
    OFFICE = "office"
    POST = "post"
    TIES = "ties"
    CATEGORY = "category"
    SIGNS = "signs"
    STORY = "story"
    WHEN = "when"
    EVIDENCE = "evidence"
    ABOUT = "about"
    CONTACT = "contact"
    CONSENT = "consent"


class Why(StrEnum):
    """Why typed text waits."""

    INVALID = "invalid"
    OTHER_TAB = "other_tab"
    CHANGED = "changed"  # an earlier answer changed
    EXPIRED = "expired"  # typed into a form whose draft was gone


# What no longer fits when this part of an answer changes.
DEPENDENTS: dict[FormStep, tuple[str, tuple[FormStep, ...]]] = {
    FormStep.KIND: ("kind", (FormStep.CATEGORY, FormStep.SIGNS, FormStep.CONSENT)),
    FormStep.PLACE: ("area_id", (FormStep.OFFICE, FormStep.POST)),
    FormStep.OFFICE: ("body_id", (FormStep.POST,)),
    FormStep.CATEGORY: ("category", (FormStep.SIGNS,)),
    FormStep.ABOUT: ("openness", (FormStep.CONSENT,)),
}


@dataclass(frozen=True)
class Waiting:
    """What was typed into a step and is not an answer yet."""

    raw: Raw
    why: Why


@dataclass(frozen=True)
class Sketch:
    """The content of a draft. `at` tells in which version of the draft an answer last changed."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    pending: dict[str, Waiting] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    search: str = ""
    files: int = 0

    def as_json(self) -> dict[str, Any]:
        waiting = {step: [one.raw, one.why.value] for step, one in self.pending.items()}
        return {
            "answers": self.answers,
            "pending": waiting,
            "at": self.at,
            "search": self.search,
            "files": self.files,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Sketch":
        waiting = {step: Waiting(raw, Why(why)) for step, (raw, why) in kept["pending"].items()}
        return cls(kept["answers"], waiting, kept["at"], kept["search"], kept["files"])

    def answer(self, step: FormStep) -> dict[str, Any] | None:
        return self.answers.get(step.value)

    def waits(self, step: FormStep, raw: Raw, why: Why) -> "Sketch":
        """The same with typed text kept for a step."""
        return replace(self, pending={**self.pending, step.value: Waiting(raw, why)})

    def settled(self, step: FormStep) -> "Sketch":
        """The same with nothing waiting for a step."""
        return replace(self, pending={name: one for name, one in self.pending.items() if name != step.value})

    def looks_for(self, typed: str) -> "Sketch":
        """The same with a search for the place."""
        return replace(self.settled(FormStep.PLACE), search=typed)

    def holds_files(self, number: int) -> "Sketch":
        """The same with so many files, and nothing waiting for the evidence."""
        return replace(self.settled(FormStep.EVIDENCE), files=number)

    def accepts(self, step: FormStep, value: dict[str, Any], version: int) -> "Sketch":
        """The same with an answer; what depends on a changed answer waits for another look."""
        answers = {**self.answers, step.value: value}
        pending = self.settled(step).pending
        at = dict(self.at)
        before = self.answers.get(step.value)
        if before != value:
            at[step.value] = version
            for other in _obsolete(step, before or {}, value):
                obsolete = answers.pop(other.value, None)
                if obsolete and other.value not in pending:
                    pending[other.value] = Waiting(_as_typed(obsolete), Why.CHANGED)
        return replace(self, answers=answers, pending=pending, at=at)

    def clashes(self, step: FormStep, value: Mapping[str, Any], seen: int) -> bool:
        """True if another window answered the step since version `seen`, and otherwise."""
        return self.at.get(step.value, 0) > seen and self.answers.get(step.value) != value


def _obsolete(step: FormStep, before: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[FormStep, ...]:
    part, others = DEPENDENTS.get(step, ("", ()))
    return others if before.get(part) != now.get(part) else ()


def _as_typed(answer: Mapping[str, Any]) -> Raw:
    return {name: [value] for name, value in answer.items() if isinstance(value, str) and value}


def kind_of(answers: Answers) -> ReportKind | None:
    given = answers.get(FormStep.KIND.value)
    return ReportKind(given["kind"]) if given else None


def category_of(answers: Answers, day: date) -> str:
    """The category's code: chosen, or the only one of its kind; empty where it is not known yet."""
    kind = kind_of(answers)
    if kind is None:
        return ""
    if kind is not ReportKind.ACT:
        return categories_on(day, kind)[0].code
    chosen: str = answers.get(FormStep.CATEGORY.value, {}).get("category", "")
    try:
        return category(chosen, day).code
    except UnknownCategory:
        return ""


def signs_of(answers: Answers) -> dict[str, bool]:
    """The yes/no items that were answered."""
    given = answers.get(FormStep.SIGNS.value, {})
    return {item: answer == "yes" for item, answer in given.items() if answer in ("yes", "no")}


def _without(*left_out: FormStep) -> tuple[FormStep, ...]:
    return tuple(step for step in FormStep if step not in left_out)


_PRAISE = (FormStep.TIES, FormStep.CATEGORY, FormStep.SIGNS)
# By the kind of report, and whether a name is asked for.
_PATHS: dict[tuple[ReportKind | None, bool], tuple[FormStep, ...]] = {
    (kind, asked): _without(*left_out, *(() if asked else (FormStep.CONTACT,)))
    for kind, left_out in (
        (None, ()),
        (ReportKind.ACT, ()),
        (ReportKind.PRAISE, _PRAISE),
        (ReportKind.REPRISAL, (FormStep.CATEGORY,)),
    )
    for asked in (True, False)
}


def path(answers: Answers, store: str, day: date) -> tuple[FormStep, ...]:
    """The steps that this report has, in order, as far as its answers tell. `store`: IDENTITY_STORE."""
    return _PATHS[kind_of(answers), asks_contact(answers, store, day)]


def asks_contact(answers: Answers, store: str, day: date) -> bool:
    """True if the resident does not stay anonymous and his identity may be kept in the portal."""
    openness = answers.get(FormStep.ABOUT.value, {}).get("openness", Openness.ANONYMOUS.value)
    code = category_of(answers, day)
    return bool(
        openness != Openness.ANONYMOUS.value
        and code
        and identity_may_stay(store, code, signs_of(answers), day)
    )


def first_missing(answers: Answers, store: str, day: date) -> FormStep | None:
    """The first step without an answer; None where the report is complete."""
    for step in path(answers, store, day):
        if step not in answers or (step is FormStep.CATEGORY and not category_of(answers, day)):
            return step
    return None
