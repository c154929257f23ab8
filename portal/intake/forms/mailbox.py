"""What a resident is asked at the mailbox."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import Field, FileField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from portal.domain.answers import LONGEST
from portal.domain.receipts import normalise
from portal.web import words
from portal.web.fields import CheckedRadio, CleanString, CleanText, Form, length, required
from portal.web.i18n import _, lazy

# Six groups of four, or 24 signs in a row: what a receipt code looks like within a text.
_LIKE_A_CODE = re.compile(r"(?<![0-9A-Za-z])(?:[0-9A-Za-z]{4}[ \-–—.]?){5}[0-9A-Za-z]{4}(?![0-9A-Za-z])")


class no_code:  # noqa: N801  reads as a word in a list of validators
    """A text that holds a receipt code is not sent: the code opens everything (security test C5)."""

    def __call__(self, form: object, field: Field) -> None:
        if any(normalise(found.group()) for found in _LIKE_A_CODE.finditer(field.data or "")):
            raise ValidationError(_("Trong này có mã tra cứu. Hãy bỏ mã ra: ai có mã sẽ đọc được mọi thứ."))


class EnterForm(Form):
    """The receipt code, as people type it."""

    code = CleanString(
        lazy("Mã tra cứu"),
        description=lazy("24 chữ và số, ví dụ 7K3M-9Q2F-… Chữ hoa hay thường, có gạch hay không đều được."),
    )


class LetterForm(Form):
    """A text, a file, or both."""

    text = CleanText(
        lazy("Nội dung"),
        description=lazy("Đừng ghi tên, số nhà, số điện thoại của bạn nếu không muốn người khác biết."),
        validators=[no_code(), length(max=LONGEST)],
    )
    file = FileField(
        lazy("Gửi kèm một tệp (không bắt buộc)"),
        description=lazy("Ảnh hoặc PDF, nhiều nhất 10 MB. Cổng xóa vị trí chụp và tên máy khỏi tệp."),
    )

    def __init__(self, *args: Any, has_file: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        self.has_file = has_file

    def validate_text(self, field: Field) -> None:
        if not field.data and not self.has_file:
            raise StopValidation(_("Hãy viết điều bạn muốn gửi, hoặc chọn một tệp."))


def addition_form(bodies: Iterable[tuple[str, str]]) -> type[LetterForm]:
    """Something unasked, for one of the bodies that have the matter, given as (id, name)."""
    offered = [SelectChoice(key, name) for key, name in bodies]

    class AdditionForm(LetterForm):
        body = CheckedRadio(
            lazy("Gửi đến"),
            choices=offered,
            default=offered[0].value if len(offered) == 1 else None,
            validators=[required(lazy("Chọn nơi gửi đến"))],
        )

    return AdditionForm


class RatingForm(Form):
    """What the resident thinks of the answer."""

    rating = CheckedRadio(
        lazy("Bạn có hài lòng với trả lời này không?"),
        choices=[SelectChoice(value, word) for value, word in words.TERMS["Rating"].items()],
        validators=[required(lazy("Chọn một mức"))],
    )
    text = CleanText(
        lazy("Vì sao? (không bắt buộc)"),
        description=lazy("Mặt trận đọc ý kiến này, không phải người đã trả lời bạn."),
        validators=[no_code(), length(max=LONGEST)],
    )


class ReprisalForm(Form):
    """Who suffers for what he reported (LTC art. 50: what happened, by whom, what is asked for)."""

    text = CleanText(
        lazy("Ai đã làm gì với bạn, từ khi nào? Bạn muốn được bảo vệ điều gì?"),
        description=lazy("Ví dụ: bị đe dọa, bị cắt việc, bị gây khó khi làm giấy tờ, vì đã phản ánh."),
        validators=[required(lazy("Kể điều đã xảy ra")), no_code(), length(20, LONGEST)],
    )


class LookForm(Form):
    """Asked after the end: does he suffer for his report?"""

    suffered = CheckedRadio(
        lazy("Từ khi việc kết thúc, có ai trả thù, gây khó cho bạn vì đã phản ánh không?"),
        choices=[SelectChoice("no", lazy("Không")), SelectChoice("yes", lazy("Có"))],
        validators=[required(lazy("Chọn có hoặc không"))],
    )


class WithdrawForm(Form):
    """Whether the resident withdraws freely, and what he wants to add."""

    pressed = CheckedRadio(
        lazy("Có ai đe dọa, ép buộc, mua chuộc hoặc gây khó để bạn rút không?"),
        description=lazy("Nếu có, việc này vẫn được xem xét và bạn được bảo vệ."),
        choices=[SelectChoice(value, word) for value, word in words.TERMS["Pressed"].items()],
        validators=[required(lazy("Chọn một câu trả lời"))],
    )
    text = CleanText(
        lazy("Vì sao bạn rút? (không bắt buộc)"),
        validators=[no_code(), length(max=LONGEST)],
    )


class ReviewForm(Form):
    """Why the level above should look again."""

    text = CleanText(
        lazy("Điều gì trong trả lời chưa đúng hoặc còn thiếu?"),
        description=lazy("Nói rõ điều bạn thấy khác, và điều gì kiểm tra được."),
        validators=[required(lazy("Nêu điều bạn muốn được xem lại")), no_code(), length(max=LONGEST)],
    )
