"""A day in the resident's own calendar that says nothing of what or why (decisions 13)."""

from datetime import date, timedelta
from hashlib import blake2b

from flask import Response

from portal.web.i18n import _

_LINE = 75  # bytes, without the line end (RFC 5545 3.1)


def reminder(day: date, *, made_on: date, secret: bytes) -> Response:
    """An .ics file with one whole day and a neutral word; no time, so no time zone.

    The entry's name comes from `secret`, which only the receipt makes: saved again it replaces the entry,
    and to everybody else it is a random number.
    """
    uid = blake2b(key=secret[:64], person=b"reminder", digest_size=16).hexdigest()
    what = _escaped(_("Việc cần xem"))
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lich//VI",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{made_on:%Y%m%d}T000000Z",
        # The later file wins over the one with the same UID that the calendar may have.
        f"SEQUENCE:{made_on.toordinal()}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{what}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    headers = {"Content-Disposition": 'attachment; filename="nhac.ics"'}
    body = "".join(f"{folded(line)}\r\n" for line in lines)
    return Response(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, each further one after CRLF and a blank; no sign is cut."""
    pieces, piece, room = [], "", _LINE
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", _LINE - 1
        piece += sign
        room -= size
    return "\r\n ".join([*pieces, piece])
