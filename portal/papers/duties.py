"""The duties of a case beside its clock, from its steps and the calendar as it stands; nothing is stored."""

from collections.abc import Iterable

from portal.data.calendar import calendar
from portal.data.deadlines import deadlines
from portal.data.models.case import Case, CaseStep
from portal.domain import clock, duties
from portal.domain.duties import Matter, Owing, Taken


def owing(case: Case, steps: Iterable[CaseStep]) -> list[Owing]:
    """Every duty that the case had or has, the first due first; `steps` in their order."""
    taken = [Taken(one.version, one.step, one.to_state, clock.day_of(one.at)) for one in steps]
    matter = Matter(case.opened_on, case.kind, case.report_kind, is_review=case.review_of is not None)
    return duties.owing(matter, taken, deadlines(), calendar(), clock.today())
