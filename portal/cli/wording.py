"""What click itself says, in Vietnamese: its headings, its hints and its refusals.

click asks `gettext` for its words, by the languages of the environment; an operator's machine is mostly set
to English. So its modules get a lookup of our own. A word that is not in the table stays as click has it.
"""

from collections.abc import Iterable
from types import ModuleType
from typing import Final

from click import core, decorators, exceptions, formatting, parser, termui, types

OPTIONS: Final = "[TÙY CHỌN]"
SUBCOMMANDS: Final = "LỆNH [THAM SỐ]..."
MODULES: Final[tuple[ModuleType, ...]] = (core, decorators, exceptions, formatting, parser, termui, types)
WORDS: Final = {
    "Usage:": "Cách dùng:",
    "Options": "Tùy chọn",
    "Commands": "Lệnh",
    "Positional arguments": "Tham số",
    "Show this message and exit.": "Xem trợ giúp này.",
    "Try '{command} {option}' for help.": "Gõ '{command} {option}' để xem trợ giúp.",
    "Error: {message}": "Lỗi: {message}",
    "Error: invalid input": "Lỗi: không hiểu điều đã gõ",
    "Aborted!": "Đã dừng.",
    "Missing command.": "Thiếu lệnh.",
    "Missing argument": "Thiếu tham số",
    "Missing option": "Thiếu tùy chọn",
    "Missing parameter": "Thiếu giá trị",
    "No such option {name!r}.": "Không có tùy chọn {name!r}.",
    "No such command {name!r}.": "Không có lệnh {name!r}.",
    "Did you mean {possibility}?": "Có phải {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Có phải một trong: {possibilities}?)",
    "Got unexpected extra argument ({args})": "Thừa tham số ({args})",
    "Got unexpected extra arguments ({args})": "Thừa tham số ({args})",
    "Option {name!r} requires an argument.": "Tùy chọn {name!r} cần một giá trị.",
    "Option {name!r} requires {nargs} arguments.": "Tùy chọn {name!r} cần {nargs} giá trị.",
    "Option {name!r} does not take a value.": "Tùy chọn {name!r} không nhận giá trị.",
    "Invalid value: {message}": "Giá trị không hợp lệ: {message}",
    "Invalid value for {param_hint}: {message}": "Giá trị của {param_hint} không hợp lệ: {message}",
    "{value!r} is not {choice}.": "{value!r} không phải là {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} không phải là một trong {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} không phải là {number_type}.",
    "{value} is not in the range {range}.": "{value} nằm ngoài khoảng {range}.",
    "{value!r} does not match the format {format}.": "{value!r} không đúng dạng {format}.",
    "{value!r} does not match the formats {formats}.": "{value!r} không đúng dạng nào trong {formats}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} không có.",
    "{name} {filename!r} is a file.": "{name} {filename!r} lại là một tệp.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} lại là một thư mục.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} không đọc được.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} không ghi được.",
    "Could not open file {filename!r}: {message}": "Không mở được tệp {filename!r}: {message}",
    "Choose from:\n\t{choices}": "Chọn một trong:\n\t{choices}",
    "file": "tệp",
    "directory": "thư mục",
    "path": "đường dẫn",
    "default: {default}": "mặc định: {default}",
    "required": "bắt buộc",
}


def said(text: str) -> str:
    """The Vietnamese of a text of click's."""
    return WORDS.get(text, text)


def counted(one: str, many: str, number: int) -> str:
    """As `said`, of a text in two numbers."""
    return said(one if number == 1 else many)


def install(modules: Iterable[ModuleType] = MODULES) -> None:
    """Let click look its words up here; before the first command is made, which has a help option."""
    for module in modules:
        for name, lookup in (("_", said), ("ngettext", counted)):
            if hasattr(module, name):
                setattr(module, name, lookup)
