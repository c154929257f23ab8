"""What is asked when a text is published, taken off or corrected."""

from typing import Self

from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.casework.forms.entering import LaterForm
from portal.domain.answers import LONGEST
from portal.domain.clock import today
from portal.domain.life import Step
from portal.domain.publishing import LEAST_DAYS, MOST_DAYS, USUAL_DAYS, BadTerm, require_term
from portal.web.fields import (
    Bare,
    CheckedRadio,
    CleanString,
    CleanText,
    Consent,
    DateParts,
    between_days,
    length,
    required,
)
from portal.web.i18n import _, lazy
from portal.web.steps import StepForm

_TEXT = length(max=LONGEST)


class ApproveForm(LaterForm):
    """Whether the text is published, for how long, and why."""

    kept_as = {"done": "approved", "days": "", "looked": ""}
    least = LEAST_DAYS

    done = CheckedRadio(
        lazy("Có duyệt công khai nội dung này không?"),
        choices=[SelectChoice("yes", lazy("Duyệt")), SelectChoice("no", lazy("Không duyệt"))],
        validators=[required(lazy("Chọn một câu trả lời"))],
    )
    days = CleanString(
        lazy("Công khai trong bao nhiêu ngày?"),
        validators=[required(lazy("Nhập số ngày")), length(max=3)],
    )
    looked = Consent(lazy("Tôi đã xem trang công khai ở trên và từng chỗ máy nêu ra"))
    text = CleanText(lazy("Ý kiến của người duyệt"), validators=[required(lazy("Nêu ý kiến")), _TEXT])

    def offer(self, least: int) -> Self:
        """At least so many days; a month where that is enough."""
        self.least = least
        self.days.description = _(
            "Ít nhất %(least)s, nhiều nhất %(most)s ngày. "
            "Hết ngày cuối, nội dung tự bị xóa khỏi trang công khai.",
            least=least,
            most=MOST_DAYS,
        )
        if not self.is_submitted():
            self.days.data = str(max(USUAL_DAYS, least))
        return self

    @property
    def number(self) -> int:
        """The days as typed; 0 where that is no number."""
        typed = str(self.days.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    def validate_looked(self, field: Field) -> None:
        if self.done.data == "yes" and not field.data:
            said = _("Hãy xem trang sẽ công khai và từng chỗ máy nêu ra, rồi đánh dấu là đã xem.")
            raise ValidationError(Bare(said))

    def validate_days(self, field: Field) -> None:
        try:
            require_term(self.number, self.least)
        except BadTerm:
            said = _("Nhập số ngày từ %(least)s đến %(most)s.", least=self.least, most=MOST_DAYS)
            raise ValidationError(Bare(said)) from None


class _PublicForm(StepForm):
    """A step on one published text; `on` says on which."""

    said = ""

    def on(self, public_id: str) -> Self:
        """The same form, for one text."""
        self.about = {self.said: public_id}
        return self


class WithdrawPublicationForm(_PublicForm):
    """Why the text is taken off."""

    step, said, kept_as = Step.WITHDRAW_PUBLICATION, "on", {"reason": "text"}

    reason = CleanText(
        lazy("Vì sao gỡ"),
        description=lazy("Ủy ban lưu trong hồ sơ. Người đọc trang công khai chỉ thấy là đã gỡ."),
        validators=[required(lazy("Nêu lý do")), _TEXT],
    )


class CorrectPublicationForm(_PublicForm):
    """The text that corrects another, why, and by when the head decides."""

    step, said = Step.CORRECT_PUBLICATION, "amends"

    text = CleanText(
        lazy("Nội dung đã đính chính, không nêu tên ai"),
        description=lazy(
            "Viết lại cả nội dung. Bản cũ vẫn đọc được đến hết hạn, có ghi là đã được đính chính."
        ),
        validators=[required(lazy("Nhập nội dung")), _TEXT],
    )
    why = CleanText(lazy("Vì sao phải đính chính"), validators=[required(lazy("Nêu lý do")), _TEXT])
    due = DateParts(lazy("Hạn duyệt"), validators=[required(lazy("Nhập hạn")), between_days(future=True)])

    def validate_due(self, field: Field) -> None:
        if field.data and field.data.first < today():
            raise ValidationError(Bare(_("Hạn duyệt không thể trước hôm nay.")))
