"""The steps of a round after its plan: each with its day and its sealed paper."""

from datetime import date

from portal.action import action
from portal.data.models.round import Round, RoundPaperKind
from portal.domain.permissions import Actor, Permission
from portal.domain.rounds import Demand, RoundStep
from portal.rounds import queries
from portal.rounds.actions import sealing

Kind = RoundPaperKind


class ItemsOpen(Exception):
    """Something that a supervised body is to do was not checked yet."""


@action(Permission.ROUNDS_WORK)
def announce(actor: Actor, one: Round, /, *, dated: date, text: str, seen: int) -> None:
    """The plan and the request for a report went to the supervised bodies."""
    _record(actor, one, RoundStep.ANNOUNCE, Kind.REASON, dated, text, seen)


@action(Permission.ROUNDS_WORK)
def receive_report(actor: Actor, one: Round, /, *, dated: date, text: str, seen: int) -> None:
    """The report of the supervised bodies came."""
    _record(actor, one, RoundStep.RECEIVE_REPORT, Kind.REPORT, dated, text, seen)


@action(Permission.ROUNDS_WORK)
def hold(actor: Actor, one: Round, /, *, dated: date, text: str, seen: int) -> None:
    """The meeting took place; its minutes."""
    _record(actor, one, RoundStep.HOLD, Kind.MINUTES, dated, text, seen)


@action(Permission.ROUNDS_WORK)
def find(actor: Actor, one: Round, /, *, dated: date, text: str, seen: int) -> None:
    """The team reports what it found."""
    _record(actor, one, RoundStep.FIND, Kind.FINDINGS, dated, text, seen)


@action(Permission.ROUNDS_WORK)
def recommend(actor: Actor, one: Round, /, *, dated: date, text: str, demand: Demand, seen: int) -> None:
    """The recommendation went out; what it asks for sets the limit of the answer."""
    _record(actor, one, RoundStep.RECOMMEND, Kind.RECOMMENDATION, dated, text, seen)
    one.demand, one.more_time = demand, False


@action(Permission.ROUNDS_WORK)
def give_time(actor: Actor, one: Round, /, *, text: str, seen: int) -> None:
    """The body asked for the longer limit that the law knows, and said why."""
    _record(actor, one, RoundStep.GIVE_TIME, Kind.REASON, None, text, seen)
    one.more_time = True


@action(Permission.ROUNDS_WORK)
def record_answer(actor: Actor, one: Round, /, *, dated: date, text: str, seen: int) -> None:
    """The supervised bodies answered the recommendation."""
    _record(actor, one, RoundStep.RECORD_ANSWER, Kind.ANSWER, dated, text, seen)


@action(Permission.ROUNDS_WORK)
def close(actor: Actor, one: Round, /, *, text: str, seen: int) -> None:
    """The round is over. Raises ItemsOpen."""
    if any(item.outcome is None for item in queries.items(one.id)):
        raise ItemsOpen
    _record(actor, one, RoundStep.CLOSE, Kind.REASON, None, text, seen)


@action(Permission.ROUNDS_WORK)
def cancel(actor: Actor, one: Round, /, *, text: str, seen: int) -> None:
    """The round will not be held."""
    _record(actor, one, RoundStep.CANCEL, Kind.REASON, None, text, seen)


def _record(
    actor: Actor, one: Round, step: RoundStep, kind: Kind, dated: date | None, text: str, seen: int
) -> None:
    sealing.take(actor, one, step, seen=seen, dated=dated, reason=text)
    one.said = None
    if text:
        sealing.keep(actor, one, kind, {"text": text}, step=step, dated=dated)
