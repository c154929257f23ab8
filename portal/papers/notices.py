"""Notices to staff: in each one's own list, and by e-mail as he chose; in the transaction of their cause.

What an officer or the portal caused leaves at once. What a resident caused stands and leaves the next
morning: neither a stored row, nor the list, nor a mail then tells when a resident wrote (P-13, P-15).
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, select

from portal.action import current_act, session
from portal.data.calendar import calendar
from portal.data.models.account import Account, Member
from portal.data.models.office import Outbox, StaffNotice
from portal.domain import clock
from portal.domain.noticing import MORNING, Notice, Way, next_digest, next_morning
from portal.domain.permissions import Role
from portal.papers.hiding import blind_to
from portal.papers.leaves import with_substitutes
from portal.papers.members import AT_WORK

UNREAD_SHOWN = 99
_AT_WORK = (
    select(Member.roles, Member.account_id).join(Account, Account.id == Member.account_id).where(*AT_WORK)
)


def notify(body_id: str, notice: str, roles: frozenset[Role], *, cases: Iterable[str]) -> None:
    """Tell the admitted members of the body who have one of `roles`; inside an act.

    Whoever has no part in one of `cases`, which it is about, hears nothing.
    """
    accounts, bodies = blind_to(cases)
    if body_id not in bodies:
        moment = _moment()
        people = with_substitutes(people_of(body_id, roles) - accounts, clock.day_of(moment))
        _tell(people - accounts, notice, moment)


def tell(account_id: str, notice: str, *, cases: Iterable[str]) -> None:
    """Tell one person, and who stands in for him, unless barred from one of `cases`; inside an act.

    That their body has the cases is the caller's to know.
    """
    accounts, _bodies = blind_to(cases)
    moment = _moment()
    _tell(with_substitutes([account_id], clock.day_of(moment)) - accounts, notice, moment)


def notify_all(notice: str, roles: frozenset[Role]) -> None:
    """Tell everybody of the installation who has one of `roles`; inside an act."""
    _tell(_people(_AT_WORK, roles), notice, _moment())


def remind(account_ids: Iterable[str], notice: str) -> None:
    """Tell what no act of a person caused: by mail not before seven in the morning; inside an act."""
    begin = datetime.combine(clock.today(), MORNING)
    _tell(account_ids, notice, max(_moment(), begin))


def show(account_ids: Iterable[str], notice: str) -> int:
    """Only in the portal, for what is amiss with the mail itself, at most once a day; how many were told."""
    wanted = sorted(set(account_ids))
    told = select(StaffNotice.account_id).where(
        StaffNotice.notice == Notice(notice),
        StaffNotice.shown_on == clock.today(),
        StaffNotice.account_id.in_(wanted),
    )
    already = set(session().scalars(told))
    fresh = [one for one in wanted if one not in already]
    _list(fresh, notice, clock.today())
    return len(fresh)


def unread(account_id: str) -> int:
    """How many notices the person has not read, at most one more than UNREAD_SHOWN."""
    wanted = select(StaffNotice.id).where(shown_now(account_id), StaffNotice.unread)
    return len(session().scalars(wanted.limit(UNREAD_SHOWN + 1)).all())


def shown_now(account_id: str) -> ColumnElement[bool]:
    """The condition of the person's list: what stands in it today."""
    return and_(StaffNotice.account_id == account_id, StaffNotice.shown_on <= clock.today())


def people_of(body_id: str, roles: frozenset[Role]) -> set[str]:
    """The accounts of the body's admitted members who have one of `roles`."""
    return _people(_AT_WORK.where(Member.body_id == body_id), roles)


def people_with(roles: frozenset[Role]) -> set[str]:
    """The accounts of everybody of the installation who has one of `roles`."""
    return _people(_AT_WORK, roles)


def _people(found: Select[str, str], roles: frozenset[Role]) -> set[str]:
    return {
        account_id
        for held, account_id in session().execute(found)
        if not roles.isdisjoint(Role(name) for name in held.split(",") if name)
    }


def _moment() -> datetime:
    """When what the act in progress causes may be known."""
    now = clock.now().replace(microsecond=0)
    return next_morning(now) if current_act().day_only else now


def _tell(account_ids: Iterable[str], notice: str, moment: datetime) -> None:
    wanted = sorted(set(account_ids))
    _list(wanted, notice, clock.day_of(moment))
    for account_id, way in _by_mail(wanted):
        due_at = next_digest(moment, calendar()) if way is Way.DIGEST else moment
        session().add(Outbox(notice=notice, account_id=account_id, due_at=due_at))


def _list(account_ids: Iterable[str], notice: str, day: date) -> None:
    session().add_all(
        StaffNotice(account_id=account_id, notice=Notice(notice), shown_on=day) for account_id in account_ids
    )


def _by_mail(account_ids: list[str]) -> list[tuple[str, Way]]:
    """Who has an address that works and wants mail, and how; in pieces, for lists can be long."""
    found: list[tuple[str, Way]] = []
    for first in range(0, len(account_ids), 500):
        wanted = select(Account.id, Account.notice_way).where(
            Account.id.in_(account_ids[first : first + 500]),
            Account.email.is_not(None),
            Account.mail_failed_on.is_(None),
            Account.notice_way != Way.NONE,
        )
        found += [(row.id, row.notice_way) for row in session().execute(wanted.order_by(Account.id))]
    return found
