"""The resident's calendar entry: a whole day, no content, and a name that leads nowhere."""

from datetime import date

import pytest

from portal.app import create_app
from portal.domain.receipts import format_groups
from portal.web.reminder import folded
from tests.support import make, people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def inside(founded, sent) -> Pages:
    pages = Pages(create_app(founded.settings.model_copy(update={"face": "public"})))
    pages.post("/tra-cuu/", {"code": format_groups(sent.code)})
    return pages


def fields(text: str) -> dict[str, str]:
    unfolded = text.replace("\r\n ", "")
    return dict(line.split(":", 1) for line in unfolded.splitlines() if ":" in line)


def test_the_file_is_a_day_without_content(founded) -> None:
    sent = make.report(founded.settings)
    pages = inside(founded, sent)
    first, second = (pages.client.get("/tra-cuu/hop-thu/nhac-xem.ics") for _ in range(2))
    assert first.content_type == "text/calendar; charset=utf-8"
    text = first.data.decode()
    assert "\n" not in text.replace("\r\n", "")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    for word in ("VTIMEZONE", "TZID", "DESCRIPTION", "LOCATION", "URL", "ORGANIZER", "VALARM"):
        assert word not in text
    found = fields(text)
    assert found["SUMMARY"] == "Việc cần xem"
    begin, end = found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]
    assert date.fromisoformat(end).toordinal() - date.fromisoformat(begin).toordinal() == 1
    assert found["UID"] == fields(second.data.decode())["UID"], "saved again it replaces the entry"
    for secret in (sent.code, sent.report_id, sent.code[:8]):
        assert secret not in text
    pages = inside(founded, make.report(founded.settings))
    assert fields(pages.client.get("/tra-cuu/hop-thu/nhac-xem.ics").data.decode())["UID"] != found["UID"]


@pytest.mark.parametrize("text", ["a" * 75, "a" * 76, "SUMMARY:" + "ệ" * 120, "x" + "ữ" * 500, ""])
def test_long_lines_are_folded_between_signs(kind: str, text: str) -> None:
    lines = folded(text).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all(line.startswith(" ") for line in lines[1:])
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == text
