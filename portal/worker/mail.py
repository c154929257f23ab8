"""Notices to staff: the rows of the outbox, sent in fixed batches, at least once, without any content."""

import logging
import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from sqlalchemy import delete, or_, select, update

from portal.config import Settings
from portal.data.db import housekeeping, session
from portal.data.models.account import Account
from portal.data.models.office import Outbox
from portal.domain import clock

log = logging.getLogger("portal.worker")
BATCH = 200
LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 12
SUBJECT = "Cổng Giám sát Nhân dân: bạn có việc cần xem"
BODY = """Trên Cổng Giám sát Nhân dân có việc đang chờ bạn.

Hãy tự mở địa chỉ của Cổng và đăng nhập để xem. Thư này không có đường dẫn và không nêu nội dung.
"""


def send_waiting(settings: Settings) -> int:
    """Send what is due, one mail per person; returns how many left. A mail server at fault raises nothing."""
    if not settings.smtp_url:
        _discard_due()
        return 0
    sent = 0
    for address, ids in _claimed().items():
        try:
            _send(settings, address, ids[0])
        except Exception as fault:  # one address at fault must not keep the mail of others
            log.warning("a notice could not be sent: %s", type(fault).__name__)
            _again(ids)
            continue
        _forget(ids)
        sent += 1
    return sent


def _discard_due() -> None:
    """Without a mail server nobody will ever read the rows; they must not pile up."""
    with housekeeping() as current:
        current.execute(delete(Outbox).where(Outbox.due_at <= clock.now()))


def _claimed() -> dict[str, list[str]]:
    """Lease the due rows and group them by the person's address."""
    moment = clock.now()
    free = or_(Outbox.lease_until.is_(None), Outbox.lease_until < moment)
    due = select(Outbox.id).where(Outbox.due_at <= moment, free)
    with housekeeping() as current:
        ids = list(
            current.scalars(due.order_by(Outbox.due_at).limit(BATCH).with_for_update(skip_locked=True))
        )
        current.execute(
            update(Outbox)
            .where(Outbox.id.in_(ids))
            .values(lease_until=moment + LEASE, attempts=Outbox.attempts + 1)
        )
    rows = session().execute(
        select(Outbox.id, Account.email)
        .join(Account, Account.id == Outbox.account_id)
        .where(Outbox.id.in_(ids))
        .order_by(Outbox.id)
    )
    groups: dict[str, list[str]] = {}
    nowhere = []
    for row_id, address in rows:
        if address:
            groups.setdefault(address, []).append(row_id)
        else:
            nowhere.append(row_id)
    _forget(nowhere)
    return groups


def _send(settings: Settings, address: str, row_id: str) -> None:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = address
    message["Subject"] = SUBJECT
    # The same notice sent twice after a crash carries the same id, so that a mailbox shows it once.
    message["Message-ID"] = make_msgid(idstring=row_id, domain="cong-giam-sat.invalid")
    message.set_content(BODY)
    place = urlsplit(settings.smtp_url)
    secure = place.scheme == "smtps"
    kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with kind(place.hostname or "localhost", place.port or (465 if secure else 25), timeout=20) as server:
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
        server.send_message(message)


def _forget(ids: list[str]) -> None:
    if ids:
        with housekeeping() as current:
            # Deleted, not marked: a row kept would tell for ever that something came, and when.
            current.execute(delete(Outbox).where(Outbox.id.in_(ids)))


def _again(ids: list[str]) -> None:
    """Try later, ever more rarely; after MAX_ATTEMPTS the row rests and the health page shows its age."""
    with housekeeping() as current:
        attempts = current.scalar(select(Outbox.attempts).where(Outbox.id == ids[0])) or 1
        wait = timedelta(minutes=min(2 ** min(attempts, MAX_ATTEMPTS), 720))
        current.execute(
            update(Outbox).where(Outbox.id.in_(ids)).values(lease_until=None, due_at=clock.now() + wait)
        )
