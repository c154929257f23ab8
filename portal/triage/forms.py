"""What a reviewer is asked."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.domain.answers import LONGEST, SHORTEST, Finding
from portal.domain.declining import DECLINE_REASONS
from portal.domain.kinds import KINDS
from portal.domain.life import Desk, State, Step
from portal.domain.standard import TextUse
from portal.papers.lists import FOLLOWED, OWED, SILENT
from portal.web import words
from portal.web.fields import (
    CheckedRadio,
    CleanString,
    CleanText,
    Consent,
    DateParts,
    Form,
    MultiCheckbox,
    between_days,
    length,
    optional,
    required,
)
from portal.web.i18n import lazy
from portal.web.listing import LATE
from portal.web.steps import StepForm

_TEXT = length(max=LONGEST)
_NO_CHOICE = lazy("Tất cả")


def choices_of(members: Iterable[StrEnum]) -> list[SelectChoice]:
    return [SelectChoice(member.value, words.label(member)) for member in members]


class FilterForm(Form):
    """Which cases the queue shows; sent with GET."""

    class Meta(Form.Meta):
        csrf = False

    desk = SelectField(
        lazy("Đang chờ"),
        choices=[
            SelectChoice("all", _NO_CHOICE),
            *(SelectChoice(d, words.label(d)) for d in Desk),
            SelectChoice(FOLLOWED, lazy("Đã chuyển cấp tỉnh xác định")),
            SelectChoice(SILENT, lazy("Đã chuyển, quá hạn chưa có hồi âm")),
            SelectChoice(OWED, lazy("Việc có hạn đã quá")),
        ],
        default=Desk.FRONT.value,
    )
    state = SelectField(
        lazy("Trạng thái"),
        choices=[SelectChoice("", _NO_CHOICE), *(SelectChoice(s, words.label(s)) for s in State)],
        default="",
    )
    late = SelectField(
        lazy("Thời hạn"),
        choices=[SelectChoice("", _NO_CHOICE), *LATE],
        default="",
    )


class ClassifyForm(StepForm):
    """Which legal kind the case is, and why."""

    step = Step.CLASSIFY
    kept_as = {"why": "text"}

    kind = CheckedRadio(
        lazy("Đây là loại việc gì?"),
        choices=[
            SelectChoice(row.kind.value, lazy(row.title), render_kw={"hint": lazy(row.test)}) for row in KINDS
        ],
        validators=[required(lazy("Chọn một loại việc"))],
    )
    why = CleanText(lazy("Vì sao"), validators=[optional(), _TEXT])


class AskForm(StepForm):
    """A question to the resident."""

    step = Step.ASK_INFO
    writes = (TextUse.QUESTION, "text")

    text = CleanText(
        lazy("Câu hỏi gửi người phản ánh"),
        description=lazy("Viết ngắn, từng câu một. Đừng nhắc lại điều riêng tư người đó đã kể."),
        validators=[required(lazy("Nhập câu hỏi")), _TEXT],
    )


class NoticeForm(StepForm):
    """A notice to the resident."""

    writes = (TextUse.NOTICE, "text")

    text = CleanText(lazy("Nội dung báo tin"), validators=[required(lazy("Nhập nội dung")), _TEXT])


class ResumeForm(StepForm):
    """Why the board goes on without the resident's answer."""

    step = Step.RESUME
    kept_as = {"reason": "text"}

    reason = CleanText(lazy("Lý do tiếp tục"), validators=[required(lazy("Nêu lý do")), _TEXT])


class DeclineForm(StepForm):
    """A refusal: a reason from the closed list, and words of the reviewer's own."""

    step = Step.DECLINE
    writes = (TextUse.REFUSAL, "text")

    reason = CheckedRadio(
        lazy("Vì sao không thụ lý?"),
        choices=[
            SelectChoice(row.reason.value, lazy(row.title), render_kw={"hint": lazy(row.law)})
            for row in DECLINE_REASONS
        ],
        validators=[required(lazy("Chọn một lý do"))],
    )
    text = CleanText(lazy("Giải thích thêm cho người phản ánh"), validators=[optional(), _TEXT])


class CommendForm(StepForm):
    """How praise is passed on, in words for the resident."""

    step = Step.COMMEND
    writes = (TextUse.THANKS, "text")

    text = CleanText(
        lazy("Lời cảm ơn và việc đã làm với lời khen"),
        description=lazy(
            "Hãy chuyển lời khen đến cơ quan của người được khen trước, rồi ghi lại ở đây đã chuyển thế nào."
        ),
        validators=[required(lazy("Nhập nội dung")), _TEXT],
    )


class RouteForm(StepForm):
    """The reviewer confirms the committee. The register number is asked for a body outside the portal."""

    looked_through = Consent(lazy("Tôi đã đọc lại bản chuyển đi; không còn chỗ nào chỉ ra người phản ánh"))
    register_no = CleanString(lazy("Số văn bản chuyển"), validators=[optional(), length(max=60)])


class VersionForm(Form):
    """The version of one report that leaves the board, without anything that points to its writer."""

    class Meta(Form.Meta):
        csrf = False

    narrative = CleanText(
        lazy("Nội dung chuyển đi"),
        validators=[required(lazy("Nội dung chuyển đi không được trống")), length(max=12_000)],
    )
    where = CleanText(lazy("Nơi xảy ra"), validators=[optional(), length(max=1000)])
    files = MultiCheckbox(lazy("Tệp gửi kèm"), validators=[optional()])


class ReturnedForm(StepForm):
    """What the body outside the portal reported back."""

    step = Step.RECORD_RETURN

    finding = CheckedRadio(
        lazy("Kết luận"),
        choices=choices_of(Finding),
        validators=[required(lazy("Chọn kết luận"))],
    )
    dated = DateParts(
        lazy("Ngày văn bản trả lời"),
        validators=[required(lazy("Nhập ngày")), between_days(date(2017, 10, 3))],
    )
    checked = CleanText(lazy("Đã kiểm tra những gì"), validators=[length(SHORTEST, LONGEST)])
    found = CleanText(lazy("Đã thấy gì"), validators=[length(SHORTEST, LONGEST)])
    done = CleanText(lazy("Đã làm gì"), validators=[length(SHORTEST, LONGEST)])
    ground = CleanText(lazy("Căn cứ"), validators=[length(SHORTEST, LONGEST)])


class SendForm(StepForm):
    """Nothing is asked: the words are those that came back."""


class ReferForm(StepForm):
    """Nothing is asked but the confirmation."""

    step = Step.REFER


class TrackForm(StepForm):
    """Nothing is asked but the confirmation."""

    step = Step.OPEN_TRACK


class CloseForm(StepForm):
    """Nothing is asked but the confirmation."""
