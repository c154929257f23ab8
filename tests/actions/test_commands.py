"""The command `portal` itself: the list of commands, what is imported for it, click's words in Vietnamese."""

import inspect
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner, Result

from portal.cli import COMMANDS, main, wording


def portal(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_what_the_list_says(name: str) -> None:
    context = click.Context(main)
    command = main.get_command(context, name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(200) == COMMANDS[name].says
    assert COMMANDS[name].says.split(":")[0] in portal("--help").output
    assert portal(name, "--help").exit_code == 0


def test_the_list_of_commands_imports_none_of_them() -> None:
    ask = (
        "import sys; from portal.cli import main; main(['--help'], standalone_mode=False); "
        "print('\\n'.join(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines())
    assert "portal.cli.lazy" in loaded
    heavy = {"flask", "sqlalchemy", "alembic", "cryptography", "holidays", "babel", "portal.action"}
    assert not heavy & loaded


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--help"], ["Cách dùng: ", "[TÙY CHỌN] LỆNH", "Tùy chọn:", "Xem trợ giúp này.", "Lệnh:"]),
        (["nonsense"], ["Lỗi: Không có lệnh 'nonsense'.", "--help' để xem trợ giúp."]),
        (
            ["serve", "--no-worke"],
            ["Không có tùy chọn '--no-worke'. (Có phải một trong: '--no-worker', '--worker'?)"],
        ),
        (["serve", "--nope"], ["Lỗi: Không có tùy chọn '--nope'."]),
        (["serve", "more"], ["Lỗi: Thừa tham số (more)"]),
        (["areas", "search"], ["Lỗi: Thiếu tham số 'TYPED'."]),
        (["areas", "reorganise"], ["Lỗi: Thiếu tùy chọn '--areas'."]),
        (["areas", "reorganise", "--areas"], ["Lỗi: Tùy chọn '--areas' cần một giá trị."]),
        (["areas", "import", "--areas", "/khong-co"], ["không hợp lệ: Tệp '/khong-co' không có."]),
        (["demo", "load", "--reports", "mot"], ["'--reports' không hợp lệ: 'mot' không phải là"]),
        (["demo", "load", "--reports", "-1"], ["nằm ngoài khoảng"]),
    ],
)
def test_what_click_says_is_vietnamese(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: list[str]
) -> None:
    monkeypatch.setenv("PORTAL_MODE", "demo")
    output = portal(*arguments).output
    assert all(one in output for one in said), output
    english = ("Usage", "Options", "Commands", "Error", "No such", "Try ", "Missing", "Invalid", "Show this")
    assert not [one for one in english if one in output]


def test_every_word_is_one_that_click_says() -> None:
    """After an update of click, a text that was changed there would come out in English again."""
    source = "".join(inspect.getsource(module) for module in wording.MODULES)
    literal = {text: text.replace("\n", "\\n").replace("\t", "\\t") for text in wording.WORDS}
    assert not [text for text, written in literal.items() if f'"{written}"' not in source]
