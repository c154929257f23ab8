"""A letter or a paper of a case as plain words for a printed sheet, in the words of its page."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portal.web import words
from portal.web.i18n import _, format_date

_PARTS = ("told", "text", "checked", "found", "done", "ground", "law", "instead")
_TRANSLATED = ("told", "law", "instead")
_ASKED = ("to", "by", "number")


def text_of(content: Mapping[str, Any]) -> str:
    """What it is, then its words: its text, the parts of an answer, a refusal with its law."""
    found = ((part, content.get(part)) for part in _PARTS)
    said = [_(value) if part in _TRANSLATED else value for part, value in found if isinstance(value, str)]
    return "\n\n".join(one for one in (*_heads(content), *said) if one)


def _heads(content: Mapping[str, Any]) -> Iterator[str]:
    """The lines that are made of what was chosen, not typed."""
    for name, line in _LINES.items():
        if name in content:
            yield line(content)


def _entry(content: Mapping[str, Any]) -> str:
    name = content.get("title")
    title = [_(name)] if name else []
    asked = [f"{words.TERMS['Ask'][ask]}: {content[ask]}" for ask in _ASKED if content.get(ask)]
    return "\n".join([str(words.TERMS["Entry"][content["entry"]]), *title, *asked])


def _check(content: Mapping[str, Any]) -> str:
    if not isinstance(content["done"], bool):  # a part of an answer has the same name
        return ""
    return _("Đã kiểm tra: đã xong.") if content["done"] else _("Đã kiểm tra: chưa xong, phải làm lại.")


def _approval(content: Mapping[str, Any]) -> str:
    return _("Đã duyệt công khai.") if content["approved"] else _("Không duyệt công khai.")


def _correction(content: Mapping[str, Any]) -> str:
    day = format_date(date.fromisoformat(content["corrects"]["on"]))
    return _("Trả lời này đính chính trả lời ngày %(day)s.", day=day) + "\n" + content["corrects"]["why"]


def _notice(content: Mapping[str, Any]) -> str:
    due = content.get("due")
    new = " " + _("Hạn mới: %(day)s.", day=format_date(date.fromisoformat(due))) if due else ""
    line = _NOTICES.get(content["notice"])
    return line(content) + new if line else ""


def _finding(content: Mapping[str, Any]) -> str:
    return _("Kết quả:") + f" {words.TERMS['Finding'][content['finding']]}."


def _withdrawal(content: Mapping[str, Any]) -> str:
    asked = _("Có ai đe dọa, ép buộc, mua chuộc hoặc gây khó để bạn rút không?")
    return f"{asked} {words.TERMS['Pressed'][content['withdrawn']]}."


def _matters(content: Mapping[str, Any]) -> str:
    return "\n".join(
        _("Việc %(number)s: %(told)s", number=one["number"], told=one["told"]) for one in content["matters"]
    )


def _extended(content: Mapping[str, Any]) -> str:
    unit, ground = words.TERMS["Unit"][content["unit"]], words.TERMS["Ground"][content["ground"]]
    given = {"days": content["days"], "unit": unit, "ground": ground}
    return _("Hạn được kéo dài thêm %(days)s %(unit)s, vì việc %(ground)s.", **given)


_NOTICES = {
    "suspended": lambda content: _(
        "Việc kiểm tra tạm dừng, %(until)s. Trong lúc chờ, hạn không chạy.",
        until=words.TERMS["Until"][content["until"]],
    ),
    "resumed": lambda content: _("Việc kiểm tra được làm tiếp."),
    "extended": _extended,
    "unpublished": lambda content: _("Nội dung đã công khai được gỡ. Ai mở trang ấy chỉ đọc thấy là đã gỡ."),
    "published": lambda content: _("Kết quả giải quyết được công khai như sau, không nêu tên ai:"),
}
_LINES = {
    "corrects": _correction,
    "finding": _finding,
    "entry": _entry,
    "done": _check,
    "approved": _approval,
    "notice": _notice,
    "withdrawn": _withdrawal,
    "matters": _matters,
}
