"""What is asked before the clock of a case stands still, runs again or gets more time."""

from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.domain.answers import LONGEST
from portal.domain.clocks import NotExtendable, NotSuspendable, Until
from portal.domain.deadlines import Ground
from portal.domain.life import Step
from portal.papers.clocks import NoClock
from portal.papers.timing import Extendable
from portal.web import words
from portal.web.fields import Bare, CheckedRadio, CleanString, CleanText, length, required
from portal.web.i18n import _, lazy
from portal.web.steps import StepForm

_TEXT = length(max=LONGEST)


class _ToldForm(StepForm):
    """What the committee keeps, and what the resident reads of it."""

    kept_as = {"reason": "text", "text": "letter"}

    reason = CleanText(
        lazy("Lý do, số và ngày của quyết định"),
        description=lazy("Ủy ban lưu trong hồ sơ. Người phản ánh không đọc phần này."),
        validators=[required(lazy("Nêu lý do")), _TEXT],
    )
    text = CleanText(
        lazy("Lời báo cho người phản ánh"),
        description=lazy("Viết bằng lời dễ hiểu, không nêu điều gì cho biết ai đã phản ánh."),
        validators=[required(lazy("Viết lời báo cho người phản ánh")), _TEXT],
    )


class SuspendForm(_ToldForm):
    """Until what the work stands still."""

    step = Step.SUSPEND

    until = CheckedRadio(
        lazy("Tạm đình chỉ để chờ điều gì?"),
        choices=[SelectChoice(one.value, words.label(one)) for one in Until],
        validators=[required(lazy("Chọn điều phải chờ"))],
    )


class ResumeForm(_ToldForm):
    """What was waited for has come."""

    step = Step.RESUME_WORK


class ExtendForm(_ToldForm):
    """How many days more, and on which ground of the law; `offer` gives the grounds."""

    step = Step.EXTEND

    ground = CheckedRadio(lazy("Căn cứ gia hạn"), choices=[], validators=[required(lazy("Chọn căn cứ"))])
    days = CleanString(
        lazy("Thêm bao nhiêu ngày?"), validators=[required(lazy("Nhập số ngày")), length(max=3)]
    )

    what: Extendable | None = None

    def offer(self, what: Extendable) -> "ExtendForm":
        """The grounds that the running limit's row knows, and the most days at once."""
        self.what = what
        self.ground.choices = [SelectChoice(one.value, words.label(one)) for one in what.grounds]
        self.days.description = _(
            "Mỗi lần nhiều nhất %(days)s %(unit)s.", days=what.most, unit=words.label(what.unit)
        )
        if not self.is_submitted():
            self.days.data = str(what.most)
        return self

    @property
    def number(self) -> int:
        """The days as typed; 0 where that is no number."""
        typed = str(self.days.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() else 0

    def validate_days(self, field: Field) -> None:
        if not self.number:
            raise ValidationError(Bare(_("Nhập số ngày bằng chữ số, ví dụ 30.")))
        if self.what is not None and self.ground.data in set(Ground):
            try:
                self.what.due(Ground(self.ground.data), self.number)
            except NotExtendable as fault:
                raise ValidationError(Bare(str(WHY_NOT[fault.why]))) from None


WHY_NOT = {
    "no_ground": lazy("Luật không cho gia hạn hạn này theo căn cứ đó."),
    "too_often": lazy("Đã gia hạn đủ số lần luật cho theo căn cứ đó."),
    "too_long": lazy("Nhiều ngày hơn luật cho một lần gia hạn."),
    "stands_still": lazy("Hạn đang đứng vì tạm đình chỉ; hãy tiếp tục giải quyết trước."),
    "no_notice": lazy("Gia hạn phải có lời báo cho người phản ánh."),
}


def explain(form: StepForm, fault: Exception) -> None:
    """Put what the clock refused into words."""
    if isinstance(fault, NotExtendable):
        form["days"].errors = [WHY_NOT[fault.why]]
    elif isinstance(fault, NotSuspendable):
        form.form_errors.append(
            _("Hạn không thể dừng hay chạy tiếp hôm nay. Hãy xem lại các lần tạm đình chỉ.")
        )
    else:
        form.form_errors.append(_("Hồ sơ này không có hạn đang chạy."))


REFUSALS = dict.fromkeys((NotExtendable, NotSuspendable, NoClock), explain)
