"""`portal deadlines`: a limit's last day, the table of limits, the days off; no database is needed."""

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NoReturn

import click

from portal.cli.opening import opened
from portal.data.calendar import stored_calendar
from portal.data.deadlines import deadlines as rows
from portal.data.deadlines import shipped_calendar
from portal.domain.deadlines import (
    CLOCKS,
    DESIGN,
    FIRST_ANSWER,
    REPRISAL_CLOCKS,
    DeadlineRow,
    Event,
    NoRule,
    end_of,
)
from portal.domain.duties import DUTIES
from portal.domain.working_days import FIRST_YEAR, LAST_YEAR, Calendar, DayRow, OutOfRange, Unit
from portal.web import words
from portal.web.i18n import in_language

_LIMIT = re.compile("([0-9]{1,4})(wd|d|h)")
_SHOWN = 30
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@click.group()
def deadlines() -> None:
    """Thời hạn: tính ngày cuối, bảng thời hạn, lịch nghỉ."""


@deadlines.command()
@click.option("--from", "start", required=True, help="Ngày xảy ra việc, YYYY-MM-DD; ngày này không tính.")
@click.option("--limit", help="Thời hạn: 7wd là 7 ngày làm việc, 30d là 30 ngày.")
@click.option(
    "--row", help="Hoặc một dòng của bảng thời hạn, ví dụ D16; lấy bản có hiệu lực vào ngày --from."
)
def due(start: str, limit: str | None, row: str | None) -> None:
    """In ngày cuối cùng của một thời hạn; ghi chú ở luồng lỗi, mã thoát 2 khi không tính được."""
    calendar = shipped_calendar()
    try:
        day = _day(start)
        if (limit is None) == (row is None):
            raise NoRule("cần đúng một trong hai: --limit hoặc --row")
        count, unit = _typed(limit) if limit is not None else _of_row(row or "", day)
        if row is not None and _runs_up_to(row, day):
            end = calendar.before(day, count)
            notes = list(_doubts(calendar, end, day))
        else:
            end = end_of(unit, count, day, calendar)
            notes = list(_notes(calendar, day, end, (count, unit)))
    except (NoRule, OutOfRange) as refused:
        _refuse(str(refused))
    for note in notes:
        click.echo(note, err=True)
    click.echo(end.isoformat())


def _refuse(why: str) -> NoReturn:
    click.echo(f"Không tính được: {why}.", err=True)
    sys.exit(2)


def _day(typed: str) -> date:
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
            raise ValueError(typed)
        day = date.fromisoformat(typed)
    except ValueError:
        raise NoRule(f"“{typed[:40]}” không phải ngày có thật dạng YYYY-MM-DD") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OutOfRange(day.year)
    return day


def _typed(limit: str) -> tuple[int, Unit]:
    found = _LIMIT.fullmatch(limit)
    if not found or int(found[1]) == 0:
        raise NoRule(f"“{limit[:40]}” không phải thời hạn dạng 7wd hoặc 30d, từ 1 trở lên")
    return int(found[1]), Unit(found[2])


def _of_row(row_id: str, day: date) -> tuple[int, Unit]:
    row = rows().on(row_id.upper()[:8], day)
    if row.limit is None or row.unit is None:
        raise NoRule(f"dòng {row.id} không có số ngày")
    click.echo(f"{row.id}, bản {row.version}: {_limit(row)} ({row.source})", err=True)
    return row.limit, row.unit


def _runs_up_to(row_id: str, day: date) -> bool:
    """True for a limit that is counted back from its event."""
    return rows().on(row_id.upper()[:8], day).event is Event.BEFORE_MEETING


def _notes(calendar: Calendar, start: date, end: date, limit: tuple[int, Unit]) -> Iterator[str]:
    special = calendar.specials(start + timedelta(days=1), end)
    met = [row for row in special if row.worked or row.day.weekday() < 5]
    yield from map(_special, met[:_SHOWN])
    if len(met) > _SHOWN:
        yield f"… và {len(met) - _SHOWN} ngày nghỉ, ngày làm bù khác"
    count, unit = limit
    last = start + timedelta(days=count)
    if unit is Unit.CALENDAR_DAYS and last != end:
        yield f"Ngày thứ {count} là {_shown(last)}, ngày nghỉ: chuyển đến ngày làm việc tiếp theo."
    yield from _doubts(calendar, start, end)


def _doubts(calendar: Calendar, start: date, end: date) -> Iterator[str]:
    doubts = calendar.doubts(start, end)
    years = [str(one) for one in doubts if isinstance(one, int)]
    if years:
        yield f"dự kiến: lịch nghỉ năm {', '.join(years)} chưa được xác nhận."
    days = [f"{one:%d/%m/%Y}" for one in doubts if isinstance(one, date)]
    if days:
        yield f"dự kiến: ngày nghỉ {', '.join(days)} còn chờ xác nhận."


def _special(row: DayRow) -> str:
    kind = "làm việc" if row.worked else "nghỉ"
    doubt = "" if row.certain else "; chờ xác nhận"
    return f"{_shown(row.day)}: {kind} · {row.what} ({row.source}{doubt})"


def _shown(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


@deadlines.command()
def table() -> None:
    """In mọi dòng của bảng thời hạn, và dòng nào chạy ở bước nào của hồ sơ."""
    for row in rows().rows:
        click.echo("\n    ".join((*_lines(row), _at_work(row))))
    click.echo("\nĐang chạy trong Cổng:")
    for state, use in CLOCKS.items():
        click.echo(f"  {state.value:12} {use.row:6} {use.rule}")
    click.echo(f"  {'received':12} {FIRST_ANSWER.row:6} {FIRST_ANSWER.rule}")
    click.echo("\nViệc phải làm có hạn, bên cạnh đồng hồ:")
    for duty in DUTIES:
        since = ", ".join(sorted(duty.starts)) or "received"
        click.echo(f"  {since:12} {duty.use.row:6} {duty.rule}: {', '.join(sorted(duty.done_by))}")


def _at_work(row: DeadlineRow) -> str:
    """Whether the row runs in the portal: as a clock, as a duty, or not at all and why."""
    if not row.is_on:
        return "trong Cổng: không chạy, dòng tắt"
    clocks = sorted({use.rule for use in (*CLOCKS.values(), *REPRISAL_CLOCKS.values()) if use.row == row.id})
    duties = sorted(duty.rule for duty in DUTIES if duty.use.row == row.id)
    runs = [f"đồng hồ ({', '.join(clocks)})"] if clocks else []
    runs += [f"việc phải làm ({', '.join(duties)})"] if duties else []
    with in_language("vi"):
        return "trong Cổng: " + ("; ".join(runs) or str(words.NOT_RUN[row.id]))


def _lines(row: DeadlineRow) -> Iterator[str]:
    off = "" if row.is_on else "  [TẮT]"
    yield f"{row.id:6} bản {row.version}  {_limit(row)} {_from(row.event)}{off}  {row.duty}"
    source = "Cổng này tự đặt" if row.source == DESIGN else row.source
    since = f"từ {row.valid_from:%d/%m/%Y}" if row.valid_from else "không rõ ngày bắt đầu"
    until = f" đến {row.valid_to:%d/%m/%Y}" if row.valid_to else ""
    yield f"{source}; hiệu lực {since}{until}"
    if row.grounds:
        grounds = ", ".join(f"{_word(ground)} ({times} lần)" for ground, times in row.grounds.items())
        yield f"gia hạn mỗi lần {row.extension}, dài nhất {row.longest}; căn cứ: {grounds}"
    if row.why_off:
        yield f"tắt vì: {row.why_off}"
    if row.note:
        yield f"ghi chú: {row.note}"


def _from(event: Event) -> str:
    return _word(event) if event is Event.BEFORE_MEETING else f"kể từ khi {_word(event)}"


def _limit(row: DeadlineRow) -> str:
    return f"{row.limit} {_word(row.unit)}" if row.limit and row.unit else "không có số ngày"


@deadlines.command()
@click.option("--year", required=True, type=click.IntRange(FIRST_YEAR, LAST_YEAR), help="Năm cần in.")
@click.option("--stored", is_flag=True, help="Kể cả ngày mà cán bộ danh mục đã nhập (cần cơ sở dữ liệu).")
def calendar(year: int, stored: bool) -> None:
    """In ngày nghỉ lễ, ngày hoán đổi của một năm, nguồn, và năm đã được xác nhận hay chưa."""
    if stored:
        with opened():
            shown = stored_calendar()
    else:
        shown = shipped_calendar()
    for row in shown.specials(date(year, 1, 1), date(year, 12, 31)):
        click.echo(_special(row))
    confirmed = shown.confirmed_by(year)
    click.echo(f"Đã xác nhận theo: {confirmed}" if confirmed else f"Năm {year} chưa được xác nhận: dự kiến.")


def _word(member: StrEnum) -> str:
    with in_language("vi"):
        return str(words.label(member))
