"""Which board above may look again at what was answered: active, and nobody named sits on it or above it."""

from datetime import date

from portal.action import session
from portal.data.models.body import Body, BodyKey
from portal.data.models.report import Report
from portal.domain.parties import BodyKind
from portal.domain.receiving import bodies_of_line, conflicts_of, own_bodies
from portal.domain.structure import is_active
from portal.domain.telling import Telling
from portal.domain.told import telling_of
from portal.papers.conflicts import locked_bodies, verdict_on
from portal.papers.keys import newest_key
from portal.papers.line import bodies_of, place_of
from portal.papers.reports import cases_of, open_part


def protecting_board(report: Report, report_key: bytes, day: date, *, also: str) -> BodyKey | None:
    """Who looks at a reprisal: the board above the one that received, else that one if it is free."""
    above = board_above(report, report_key, report.body_id, day, also=also)
    if above is not None:
        return above
    lost = {body for case_id in cases_of(report.id) for body in locked_bodies(case_id)}
    named = verdict_on(also, [report.body_id]).bodies
    return None if report.body_id in lost | named else newest_key(report.body_id)


def board_above(
    report: Report, report_key: bytes, below: str, day: date, *, also: str = ""
) -> BodyKey | None:
    """The key of the nearest board of a higher level than `below` that may review; None where there is none.

    Conflicts are looked for again, as at sending, on what was told then and `also` now, and on who sits there
    today; a body that lost a case of this report to one stays out.
    """
    telling = _telling(report, report_key)
    subject = telling.subject()
    place = place_of(subject.area_id, day)
    boards = bodies_of(place)
    line = list(bodies_of_line(BodyKind.FRONT, place, boards, day))
    named = verdict_on(f"{telling.typed()}\n{also}", [board.id for board in line]).bodies
    lost = {body for case_id in cases_of(report.id) for body in locked_bodies(case_id)}
    barred = own_bodies(subject, place) | named | lost
    level = session().get_one(Body, below).level
    for board in line:
        free = not conflicts_of(board.id, boards, barred)
        if board.level.rank > level.rank and free and is_active(board.id, boards):
            return newest_key(board.id)
    return None


def told_by(report: Report, report_key: bytes) -> str:
    """Everything typed when the report was sent: whom it names has no part in its review either."""
    return _telling(report, report_key).typed()


def _telling(report: Report, report_key: bytes) -> Telling:
    return telling_of(open_part(report_key, report.id, "content", report.sealed_content))
