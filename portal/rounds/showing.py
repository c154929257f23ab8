"""A round as its pages show it: the steps that can be taken, what is due, the cases by their short names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import url_for

from portal.domain.permissions import Permission
from portal.domain.rounds import Due, RoundStep
from portal.papers import rounds
from portal.rounds import actions, forms
from portal.web import words
from portal.web.access import allowed
from portal.web.i18n import format_date

if TYPE_CHECKING:
    from portal.data.models.case import Case
    from portal.data.models.round import Round


@dataclass(frozen=True)
class Stepping:
    """A step that has one page for all: its address, its form, its act."""

    step: RoundStep
    slug: str
    form: type[Any]
    act: Callable[..., object]


STEPS = (
    Stepping(RoundStep.ANNOUNCE, "gui-ke-hoach", forms.NumberForm, actions.announce),
    Stepping(RoundStep.RECEIVE_REPORT, "nhan-bao-cao", forms.DatedForm, actions.receive_report),
    Stepping(RoundStep.HOLD, "lam-viec", forms.DatedForm, actions.hold),
    Stepping(RoundStep.FIND, "ket-qua", forms.DatedForm, actions.find),
    Stepping(RoundStep.RECOMMEND, "kien-nghi", forms.RecommendForm, actions.recommend),
    Stepping(RoundStep.GIVE_TIME, "them-thoi-gian", forms.ReasonForm, actions.give_time),
    Stepping(RoundStep.RECORD_ANSWER, "tra-loi", forms.DatedForm, actions.record_answer),
    Stepping(RoundStep.CLOSE, "ket-thuc", forms.ReasonForm, actions.close),
    Stepping(RoundStep.CANCEL, "huy", forms.ReasonForm, actions.cancel),
)
# The steps with a page of their own.
PAGES = {
    RoundStep.CHANGE: ("change", Permission.ROUNDS_WORK),
    RoundStep.APPROVE: ("approve", Permission.ROUNDS_APPROVE),
    RoundStep.FOLLOW_UP: ("follow_up", Permission.ROUNDS_WORK),
    RoundStep.LINK: ("link", Permission.ROUNDS_WORK),
}
SHEETS = {"ke-hoach": "rounds/plan_sheet.html", "kien-nghi": "rounds/letter_sheet.html"}


def links(one: "Round", possible: set[RoundStep]) -> list[dict[str, str]]:
    """What the current member may do, as links."""
    found = [
        {"text": str(words.label(step)), "href": url_for(f"rounds.{endpoint}", round_id=one.id)}
        for step, (endpoint, right) in PAGES.items()
        if step in possible and allowed(right, one)
    ]
    return found + [
        {"text": str(words.label(row.step)), "href": url_for("rounds.step", round_id=one.id, slug=row.slug)}
        for row in STEPS
        if row.step in possible and allowed(Permission.ROUNDS_WORK, one)
    ]


def dues_of(one: "Round") -> list[Due]:
    """What is due in a round."""
    return rounds.dues_of(one)


def next_of(found: Iterable["Round"]) -> dict[str, Due | None]:
    """The next duty of each round, by id."""
    return {one.id: rounds.waiting_of(one) for one in found}


def named(cases: Iterable["Case"]) -> list[tuple[str, str]]:
    """Cases by the short names people say, with their day and state."""
    return [(case.id, _named(case)) for case in cases]


def _named(case: "Case") -> str:
    number = f"HS-{case.id[:4].upper()}-{case.id[4:8].upper()}"
    return f"{number} · {format_date(case.opened_on)} · {words.label(case.state)}"


def recommendation(opened: actions.OpenedRound) -> Any:
    """The paper of the recommendation; None where there is none yet."""
    return next((paper for paper in reversed(opened.papers) if paper.step is RoundStep.RECOMMEND), None)
