"""A new case beside another on the same matter: of a review, of a reprisal, on the other track."""

from typing import Any

from portal.action import session
from portal.data.db import new_id
from portal.data.models.case import Case
from portal.domain import clock
from portal.papers.life import start_clock


def case_beside(earlier: Case, front_id: str, **own: Any) -> Case:
    """A case at `front_id` that begins today, with its clock; inside an act.

    What stands in clear of the matter is that of the earlier case; `own` is what tells them apart.
    """
    case = Case(
        id=new_id(),
        front_id=front_id,
        area_id=earlier.area_id,
        version=1,
        post_level=earlier.post_level,
        post_group=earlier.post_group,
        category_group=earlier.category_group,
        anonymous=earlier.anonymous,
        opened_on=clock.today(),
        **{"report_kind": earlier.report_kind} | own,
    )
    session().add(case)
    session().flush()
    start_clock(case)
    return case
