"""A day in the resident's own calendar that says nothing of what or why (decisions 13)."""

from datetime import date
from secrets import token_hex

from flask import Response

from portal.web.i18n import _


def reminder(day: date, *, made_on: date) -> Response:
    """An .ics file with one whole day and a neutral word."""
    summary = _("Việc cần xem")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lich//VI",
        "BEGIN:VEVENT",
        f"UID:{token_hex(16)}",
        f"DTSTAMP:{made_on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{summary}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    headers = {"Content-Disposition": 'attachment; filename="nhac.ics"'}
    return Response("\r\n".join(lines), mimetype="text/calendar", headers=headers)
