"""The mail server: one connection for many mails, and which faults are the server's, which an address's."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from types import TracebackType
from urllib.parse import unquote, urlsplit

from portal.config import Settings
from portal.domain import clock

SECONDS = 20.0  # the longest that one answer of the server may take
SUBJECT = "Cổng Giám sát Nhân dân: bạn có việc cần xem"
BODY = """Trên Cổng Giám sát Nhân dân có việc đang chờ bạn.

Hãy tự mở địa chỉ của Cổng và đăng nhập để xem. Thư này không có đường dẫn và không nêu nội dung.
"""


class ServerAway(Exception):
    """The mail server does not take mail now, from anybody: no address is at fault."""


class NotTaken(Exception):
    """This mail was not taken; `for_good` if the server says that trying again is of no use."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


class MailServer:
    """A connection, made at the first mail, closed at the end of the block."""

    def __init__(self, settings: Settings) -> None:
        self._place = urlsplit(settings.smtp_url)
        self._from = settings.mail_from
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> "MailServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()

    def send(self, address: str, letter: str) -> None:
        """Send the notice to one address, as mail `letter`; raises ServerAway, NotTaken."""
        message = self._message(address, letter)
        server = self._connected()
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as fault:
            codes = [code for code, _ in fault.recipients.values()]
            self._start_over()
            raise NotTaken("refused", for_good=all(code >= 500 for code in codes)) from None
        except smtplib.SMTPDataError as fault:
            self._start_over()
            raise NotTaken("refused", for_good=fault.smtp_code >= 500) from None
        except smtplib.SMTPSenderRefused as fault:
            self._drop()
            raise ServerAway(type(fault).__name__) from None
        except Exception as fault:
            # No program can write to this address, or the server broke off at this very mail. Whether it
            # is gone shows at the next connection; one mail alone never keeps the others from leaving.
            self._drop()
            raise NotTaken(type(fault).__name__) from None

    def _message(self, address: str, letter: str) -> EmailMessage:
        message = EmailMessage()
        try:
            message["From"] = self._from
            message["To"] = address
        except Exception as fault:
            raise NotTaken(type(fault).__name__) from None
        message["Subject"] = SUBJECT
        message["Date"] = formatdate(clock.now().timestamp())
        # Of a mail sent twice after a crash both carry the same id, so that a mailbox can show it once.
        message["Message-ID"] = f"<{letter}@cong-giam-sat.invalid>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(BODY)
        return message

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = self._connect()
            except (OSError, smtplib.SMTPException) as fault:
                raise ServerAway(type(fault).__name__) from None
        return self._server

    def _connect(self) -> smtplib.SMTP:
        place = self._place
        secure = place.scheme == "smtps"
        kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
        server = kind(place.hostname or "localhost", place.port or (465 if secure else 25), timeout=SECONDS)
        try:
            server.ehlo()
            if not secure and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if place.username:
                server.login(unquote(place.username), unquote(place.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _start_over(self) -> None:
        """After a refusal the next mail begins anew; a server that answers no more is left."""
        if self._server is not None:
            try:
                self._server.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()
