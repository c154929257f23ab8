"""`portal areas` and `portal bodies`, as typed at a terminal."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli.areas import areas
from portal.cli.bodies import bodies
from tests.support.stores import Prepared
from tests.support.whole_country import import_country

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

Command = Callable[..., Result]


@pytest.fixture
def portal(prepared: Callable[..., Prepared], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command on a copy of the whole country."""
    settings = prepared("whole_country", import_country).settings
    monkeypatch.setenv("PORTAL_MODE", "test")
    monkeypatch.setenv("PORTAL_INSTANCE", str(settings.instance))

    def run(group: str, *words: str) -> Result:
        return CliRunner().invoke({"areas": areas, "bodies": bodies}[group], list(words))

    return run


def test_importing_again_says_that_nothing_is_new(portal: Command) -> None:
    again = portal("areas", "import")
    assert again.exit_code == 0, again.output
    assert "0 dòng mới, 24814 dòng đã có" in again.output
    assert "0 dòng mới" in portal("bodies", "generate").output


def test_a_broken_file_ends_with_its_line(portal: Command, tmp_path: Path) -> None:
    broken = tmp_path / "areas.csv"
    broken.write_text("area_id,code,name,level,parent_id,valid_from,valid_to\nX1,1,Xã Một,village,,,\n")
    ended = portal("areas", "import", "--areas", str(broken))
    assert ended.exit_code == 1
    assert "areas.csv, dòng 2: level “village”" in ended.output
    assert "Không nhập gì" in ended.output


def test_searching_shows_today_and_before(portal: Command) -> None:
    assert (
        "C27019b   Phường Tân Sơn Nhì, Thành phố Hồ Chí Minh"
        in portal("areas", "search", "tan son nhi").output
    )
    split = portal("areas", "search", "phường sơn kỳ").output
    assert "một phần của Phường Sơn Kỳ" in split
    assert "cần biết tên đường" in split
    assert "Không tìm thấy" in portal("areas", "search", "xyzzy").output


def test_the_bodies_of_a_unit_are_listed(portal: Command) -> None:
    listed = portal("bodies", "list", "--area", "D767a").output
    assert "Ủy ban Kiểm tra Quận ủy Tân Phú  (…–30/06/2025; trên: inspection.P79a)" in listed
    assert portal("bodies", "list", "--area", "D767a", "--on", "2025-07-01").exit_code == 1
    assert portal("bodies", "list", "--area", "nowhere").exit_code == 1


HEAD = "area_id,code,name,level,parent_id,valid_from,valid_to\n"
ENDS = "C27031b,27031,Phường Tân Phú,commune,P79b,2025-07-01,2025-12-31\n"
LINK = "old_area_id,new_area_id,extent,default\nC27031b,C27028b,whole,true\n"


def test_a_reorganisation_is_looked_at_and_then_carried_out(portal: Command, tmp_path: Path) -> None:
    areas_file, links = tmp_path / "areas.csv", tmp_path / "area_successors.csv"
    areas_file.write_text(HEAD + ENDS)
    links.write_text(LINK)
    files = ("--areas", str(areas_file), "--successors", str(links))
    seen = portal("areas", "reorganise", *files, "--preview")
    assert seen.exit_code == 0, seen.output
    assert "Từ ngày 01/01/2026:" in seen.output
    assert "kết thúc 1 đơn vị cấp xã" in seen.output
    assert "đóng 9 cơ quan, mở 0 cơ quan" in seen.output
    assert "Thiếu --source" in portal("areas", "reorganise", *files).output
    done = portal("areas", "reorganise", *files, "--source", "Nghị quyết thử")
    assert done.exit_code == 0, done.output
    assert "Đã đóng 1 đơn vị, 9 cơ quan" in done.output
    again = portal("areas", "reorganise", *files, "--source", "Nghị quyết thử")
    assert again.exit_code == 1
    assert "kế hoạch không làm thay đổi đơn vị nào" in again.output


def test_a_faulty_plan_ends_with_its_row(portal: Command, tmp_path: Path) -> None:
    areas_file, links = tmp_path / "areas.csv", tmp_path / "area_successors.csv"
    areas_file.write_text(HEAD + ENDS)
    links.write_text("old_area_id,new_area_id,extent,default\n")
    ended = portal("areas", "reorganise", "--areas", str(areas_file), "--successors", str(links), "--preview")
    assert ended.exit_code == 1
    assert "areas.csv, dòng 2: C27031b kết thúc mà không có đơn vị kế tiếp" in ended.output
