"""A person's own notices, newest day first, those of one kind and day together."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from portal.action import session
from portal.data.models.office import StaffNotice
from portal.domain.noticing import Notice
from portal.papers.notices import shown_now

LONGEST = 200  # kinds and days; what is older can wait for the newer ones to be read


@dataclass(frozen=True)
class NoticeDay:
    """The notices of one kind that came on one day."""

    day: date
    notice: Notice
    number: int
    unread: bool


def notices_of(account_id: str) -> list[NoticeDay]:
    """What stands in the person's list, at most LONGEST lines."""
    rows = session().execute(
        select(
            StaffNotice.shown_on,
            StaffNotice.notice,
            func.count(),
            func.count().filter(StaffNotice.unread),
        )
        .where(shown_now(account_id))
        .group_by(StaffNotice.shown_on, StaffNotice.notice)
        .order_by(StaffNotice.shown_on.desc(), StaffNotice.notice)
        .limit(LONGEST)
    )
    return [NoticeDay(day, notice, number, unread > 0) for day, notice, number, unread in rows]
