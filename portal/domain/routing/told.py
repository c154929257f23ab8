"""A decision as it is shown and kept: the answer, what was climbed over, every rule looked at; plain data."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.domain.parties import BodyFacts
from portal.domain.routing.answers import Answer, Decision, Guidance, Look, Question, Route
from portal.domain.routing.asked import Asked, Matter
from portal.domain.routing.engine import RULES

Json = dict[str, Any]
_PERIODS = {(rule.name, rule.source): (rule.valid_from, rule.valid_to) for rule in RULES}


def told(decision: Decision, matter: Matter) -> Json:
    """The whole of it: names of bodies, codes of rules and reasons, days as ISO texts; never a person."""
    return {
        **_answer(decision.answer, matter),
        "on": matter.day.isoformat(),
        "track": Asked(matter).track.value,
        "trace": [_look(look) for look in decision.trace],
    }


def _answer(answer: Answer, matter: Matter) -> Json:
    shown: Json = {
        "code": "",
        "body": "",
        "level": "",
        "active": False,
        "rule": "",
        "claim": "",
        "source": "",
        "reason": "",
        "joining": [],
        "skipped": [],
        "candidates": [],
        "kind": "",
    }
    if isinstance(answer, Question):
        return shown | {"code": answer.code.value, "candidates": _names(answer.candidates)}
    skipped = [
        {"name": skip.body.name, "conflicts": [_name(one, matter) for one in skip.conflicts]}
        for skip in answer.skipped
    ]
    shown |= {"rule": answer.rule, "source": answer.source, "skipped": skipped}
    if isinstance(answer, Guidance):
        level, kind = answer.level, answer.kind
        shown |= {"code": answer.code.value, "level": level.value if level else ""}
        return shown | {"kind": kind.value if kind else ""}
    return shown | _route(answer)


def _route(answer: Route) -> Json:
    return {
        "body": answer.body.name,
        "level": answer.level.value,
        "active": answer.active,
        "claim": answer.claim,
        "reason": answer.reason,
        "joining": _names(answer.joining),
    }


def _names(named: Iterable[Any]) -> list[str]:
    return [one.name for one in named]


def _name(body_id: str, matter: Matter) -> str:
    body: BodyFacts | None = matter.bodies.get(body_id)
    return body.name if body is not None else body_id


def _look(look: Look) -> Json:
    first, last = _PERIODS.get((look.rule, look.source), (None, None))
    return {
        "rule": look.rule,
        "source": look.source,
        "why": look.why.value if look.why else "",
        "from": _day(first),
        "to": _day(last),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
