"""`portal deadlines`, as typed at a terminal; without settings or a database."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from portal.data.deadlines import deadlines

Command = Callable[..., Result]


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch, tmp_path) -> Command:
    """Runs a command in an empty folder, with no setting made."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["deadlines", *words])

    return run


@pytest.mark.parametrize(
    ("words", "end"),
    [
        (("--from", "2026-06-30", "--limit", "7wd"), "2026-07-09"),
        (("--from", "2026-06-30", "--limit", "30d"), "2026-07-30"),
        (("--from", "2026-01-16", "--limit", "30d"), "2026-02-23"),
        (("--from", "2026-06-30", "--row", "D16"), "2026-07-10"),
        (("--from", "2026-07-01", "--row", "d16"), "2026-07-10"),
        (("--from", "2026-12-31", "--limit", "1wd"), "2027-01-04"),
        (("--from", "2030-02-01", "--limit", "2wd"), "2030-02-08"),
    ],
)
def test_the_last_line_is_the_day_alone(portal: Command, words: tuple[str, ...], end: str) -> None:
    done = portal("due", *words)
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{end}\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--from", "2026-06-31", "--limit", "7wd"), "không phải ngày"),
        (("--from", "30/06/2026", "--limit", "7wd"), "không phải ngày"),
        (("--from", "2026-W27-2", "--limit", "7wd"), "không phải ngày"),
        (("--from", "2026-06-30", "--limit", "7"), "không phải thời hạn"),
        (("--from", "2026-06-30", "--limit", "-7wd"), "không phải thời hạn"),
        (("--from", "2026-06-30", "--limit", "0d"), "không phải thời hạn"),
        (("--from", "2026-06-30", "--limit", "72h"), "giờ"),
        (("--from", "2026-06-30", "--row", "D34"), "đang tắt"),
        (("--from", "2026-06-30", "--row", "D23"), "không có hiệu lực"),
        (("--from", "2026-06-30", "--row", "D99"), "không có dòng"),
        (("--from", "2026-06-30"), "--limit hoặc --row"),
        (("--from", "2026-06-30", "--row", "D16", "--limit", "7wd"), "--limit hoặc --row"),
        (("--from", "1990-06-30", "--limit", "7wd"), "1990"),
        (("--from", "2099-12-30", "--limit", "7wd"), "2100"),
        (("--from", "9999-12-31", "--limit", "7d"), "9999"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_reason(
    portal: Command, words: tuple[str, ...], why: str
) -> None:
    done = portal("due", *words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert why in done.stderr
    assert "Không tính được" in done.stderr


def test_notes_say_what_was_passed_and_what_is_provisional(portal: Command) -> None:
    noted = portal("due", "--from", "2026-08-20", "--limit", "10wd").stderr
    assert "thứ Bảy 22/08/2026: làm việc" in noted
    assert "thứ Hai 31/08/2026: nghỉ" in noted
    assert "dự kiến" not in noted
    assert "dự kiến: lịch nghỉ năm 2027" in portal("due", "--from", "2026-12-31", "--limit", "1wd").stderr
    assert "dự kiến: ngày nghỉ 24/11/2026" in portal("due", "--from", "2026-11-20", "--limit", "5wd").stderr
    assert "chuyển đến ngày làm việc" in portal("due", "--from", "2026-01-16", "--limit", "30d").stderr
    assert "D16, bản 2: 7 ngày làm việc" in portal("due", "--from", "2026-07-01", "--row", "D16").stderr


def test_the_table_prints_every_row_with_its_source(portal: Command) -> None:
    printed = portal("table").output
    for number in range(1, 35):
        assert f"\nD{number} " in f"\n{printed}"
    assert "tắt vì: Không tìm thấy số ngày" in printed
    assert "gia hạn mỗi lần 30, dài nhất 90" in printed
    assert "accepted     D5     settle" in printed
    assert "trong Cổng: đồng hồ (accept, classify)" in printed
    assert "trong Cổng: việc phải làm (tell_person)" in printed
    assert "trong Cổng: không chạy, dòng tắt" in printed
    assert "trong Cổng: Chạy ở đợt giám sát" in printed
    assert printed.count("trong Cổng: ") == len(deadlines().rows)


def test_the_calendar_of_a_year(portal: Command) -> None:
    printed = portal("calendar", "--year", "2026").output
    assert "thứ Sáu 02/01/2026: nghỉ" in printed
    assert "thứ Bảy 10/01/2026: làm việc" in printed
    assert "12729/VPCP-KGVX" in printed
    assert "Đã xác nhận theo: Thông báo 9441/TB-BNV" in printed
    assert "Năm 2031 chưa được xác nhận: dự kiến." in portal("calendar", "--year", "2031").output
    assert portal("calendar", "--year", "1900").exit_code == 2
