"""What is asked where a filter or a standard text is kept."""

from datetime import date
from typing import Any

from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from portal.desk.actions import Draft
from portal.domain.answers import LONGEST
from portal.domain.clock import today
from portal.domain.kinds import Kind
from portal.domain.standard import LONGEST_TITLE, Blank, TextUse
from portal.papers.standard import Text
from portal.web import words
from portal.web.fields import (
    CheckedRadio,
    CleanString,
    CleanText,
    DateParts,
    Form,
    Pick,
    between_days,
    length,
    optional,
    required,
)
from portal.web.i18n import _, lazy


class SaveForm(Form):
    """A name for the filter; nobody else reads it."""

    name = CleanString(
        lazy("Tên bộ lọc"),
        description=lazy("Chỉ bạn đọc được tên này: nó được niêm phong bằng khóa của riêng bạn."),
        validators=[required(lazy("Nhập tên bộ lọc")), length(max=60)],
    )


class ActForm(Form):
    """A button: nothing but the anti-forgery token."""


class TextForm(Form):
    """A standard text of the body: where it is used, its words, from when on."""

    use = CheckedRadio(
        lazy("Dùng vào thư nào?"),
        choices=[SelectChoice(one.value, words.label(one)) for one in TextUse],
        validators=[required(lazy("Chọn một loại thư"))],
    )
    kind = Pick(
        lazy("Chỉ cho loại việc"),
        choices=[
            SelectChoice("", lazy("Mọi loại việc")),
            *(SelectChoice(k.value, words.label(k)) for k in Kind),
        ],
        validators=[optional()],
        default="",
    )
    title = CleanString(
        lazy("Tên văn bản mẫu"), validators=[required(lazy("Nhập tên")), length(max=LONGEST_TITLE)]
    )
    text = CleanText(
        lazy("Nội dung"),
        description=lazy(
            "Cổng điền vào các chỗ: %(blanks)s. Đừng ghi tên người hay việc của một hồ sơ.",
            blanks=", ".join(f"[{one}]" for one in Blank),
        ),
        validators=[required(lazy("Nhập nội dung")), length(max=LONGEST)],
    )
    valid_from = DateParts(
        lazy("Dùng từ ngày"),
        validators=[required(lazy("Nhập ngày")), between_days(date(2017, 1, 1), future=True)],
    )

    def validate_valid_from(self, field: DateParts) -> None:
        first = getattr(field.data, "first", None)  # none where no day was typed that can be read
        if first is not None and first < today():
            raise ValidationError(
                _("Ngày này đã qua. Bản cũ vẫn giữ nguyên, bản mới dùng từ hôm nay trở đi.")
            )

    @property
    def draft(self) -> Draft:
        """The version as typed, once it is valid."""
        kind = Kind(self.kind.data) if self.kind.data else None
        words_ = (self.title.data, self.text.data)
        return Draft(TextUse(self.use.data), kind, *words_, self.valid_from.data.first)


def given(text: Text, day: date) -> dict[str, Any]:
    """What the form shows first where a new version is written."""
    told = {"title": text.title, "text": text.text, "valid_from": day}
    return {"use": text.use.value, "kind": text.kind.value if text.kind else ""} | told
