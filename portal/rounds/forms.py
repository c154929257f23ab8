"""What a board fills in for a supervision round."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wtforms import Field, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from portal.domain.clock import today
from portal.domain.rounds import Demand, Outcome, Subject
from portal.web import words
from portal.web.fields import (
    Bare,
    CheckedRadio,
    CleanString,
    CleanText,
    Consent,
    DateParts,
    MultiCheckbox,
    between_days,
    length,
    required,
)
from portal.web.i18n import _, lazy
from portal.web.steps import StepForm

LONG, FIRST = 10_000, date(2017, 6, 15)
FARTHEST = timedelta(days=3 * 366)
Pairs = Iterable[tuple[str, Any]]


class _ahead:  # noqa: N801  reads as a word in a list of validators
    """From today on, and not farther than plans reach."""

    def __call__(self, form: object, field: Field) -> None:
        if field.data is not None and not today() <= field.data.first <= today() + FARTHEST:
            raise ValidationError(Bare(_("Ngày phải từ hôm nay trở đi, trong ba năm tới.")))


def _choices(pairs: Pairs) -> list[SelectChoice]:
    return [SelectChoice(key, text) for key, text in pairs]


class PlanForm(StepForm):
    """A plan: an area of work, bodies, a day, a team. Never an opinion, a belief or private life."""

    title = CleanString(
        lazy("Tên đợt giám sát"),
        [required(lazy("Ghi tên đợt giám sát")), length(10, 200)],
        description=lazy("Ví dụ: Giám sát việc tiếp công dân và trả lời đơn thư năm 2026."),
    )
    subject = SelectField(
        lazy("Lĩnh vực giám sát"),
        [required(lazy("Chọn lĩnh vực"))],
        choices=[SelectChoice("", lazy("Chọn")), *_choices((one.value, words.label(one)) for one in Subject)],
        description=lazy(
            "Chỉ giám sát cách làm việc của cơ quan; không giám sát ý kiến, niềm tin, đời tư của ai."
        ),
    )
    purpose = CleanText(lazy("Mục đích, yêu cầu"), [required(lazy("Ghi mục đích")), length(20, LONG)])
    content = CleanText(
        lazy("Nội dung, thời kỳ và tài liệu cần báo cáo"), [required(lazy("Ghi nội dung")), length(20, LONG)]
    )
    meets = DateParts(
        lazy("Ngày làm việc với nơi được giám sát"), [required(lazy("Ghi ngày làm việc")), _ahead()]
    )
    place = CleanString(lazy("Địa điểm"), [required(lazy("Ghi địa điểm")), length(max=200)])
    bodies = MultiCheckbox(
        lazy("Nơi được giám sát"), [required(lazy("Chọn ít nhất một nơi"))], choices=[], validate_choice=False
    )
    team = MultiCheckbox(
        lazy("Thành viên đoàn giám sát"),
        [required(lazy("Chọn ít nhất một người"))],
        choices=[],
        validate_choice=False,
        description=lazy("Người đang làm ở nơi được giám sát không được vào đoàn."),
    )

    def offer(self, bodies: Pairs, team: Pairs) -> None:
        self.bodies.choices, self.team.choices = _choices(bodies), _choices(team)


class SureForm(StepForm):
    """The lead approves what he read."""

    sure = Consent(
        lazy("Tôi đã đọc kế hoạch và đồng ý thực hiện"), [required(lazy("Đánh dấu nếu bạn duyệt kế hoạch"))]
    )


class ReasonForm(StepForm):
    """A step that needs its reason."""

    text = CleanText(lazy("Lý do, căn cứ"), [required(lazy("Ghi lý do")), length(10, LONG)])


class DatedForm(StepForm):
    """A step with the day on which it happened and its paper."""

    dated = DateParts(lazy("Ngày thực hiện"), [required(lazy("Ghi ngày")), between_days(FIRST)])
    text = CleanText(lazy("Nội dung"), [required(lazy("Ghi nội dung")), length(10, LONG)])


class NumberForm(DatedForm):
    """The request that went out: its number is enough."""

    text = CleanText(
        lazy("Số văn bản, cách gửi"), [required(lazy("Ghi số văn bản hoặc cách gửi")), length(2, LONG)]
    )


class RecommendForm(DatedForm):
    """The recommendation, and what it asks for."""

    demand = CheckedRadio(
        lazy("Kiến nghị về việc gì?"),
        [required(lazy("Chọn một"))],
        choices=_choices((one.value, words.label(one)) for one in Demand),
        description=lazy("Điều này quyết định thời hạn trả lời."),
    )


class LinkForm(StepForm):
    """A case of the board."""

    case = SelectField(
        lazy("Hồ sơ làm căn cứ"), [required(lazy("Chọn hồ sơ"))], choices=[], validate_choice=False
    )

    def offer(self, cases: Pairs) -> None:
        self.case.choices = [SelectChoice("", lazy("Chọn")), *_choices(cases)]


class ItemForm(StepForm):
    """Something to be done by a supervised body."""

    body = CheckedRadio(
        lazy("Nơi phải làm"), [required(lazy("Chọn nơi phải làm"))], choices=[], validate_choice=False
    )
    text = CleanText(lazy("Việc phải làm"), [required(lazy("Ghi việc phải làm")), length(10, LONG)])
    due = DateParts(lazy("Làm xong chậm nhất ngày"), [required(lazy("Ghi ngày")), _ahead()])

    def offer(self, bodies: Pairs) -> None:
        self.body.choices = _choices(bodies)


class CheckForm(StepForm):
    """What a check saw."""

    outcome = CheckedRadio(
        lazy("Kết quả kiểm tra"),
        [required(lazy("Chọn một kết quả"))],
        choices=_choices((one.value, words.label(one)) for one in Outcome),
    )
    dated = DateParts(lazy("Ngày kiểm tra"), [required(lazy("Ghi ngày")), between_days(FIRST)])
    text = CleanText(
        lazy("Đã kiểm tra thế nào, thấy gì"), [required(lazy("Ghi điều đã thấy")), length(10, LONG)]
    )


class ButtonForm(StepForm):
    """A button: the anti-forgery token and the version seen."""


def explain(form: Any, fault: Exception) -> None:
    """Why the plan was refused, in words on the form."""
    form.form_errors.append(REFUSED[type(fault).__name__])


REFUSED = {
    "NotOffered": lazy("Có nơi hoặc người không còn trong danh sách. Hãy chọn lại."),
    "WorksThere": lazy("Có thành viên đoàn đang làm ở nơi được giám sát. Hãy chọn người khác."),
    "ItemsOpen": lazy("Còn việc chưa kiểm tra. Hãy kiểm tra từng việc rồi mới kết thúc."),
}
