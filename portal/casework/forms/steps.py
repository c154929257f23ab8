"""What an inspector is asked on the main path: take on, verify, hear, conclude."""

from datetime import date
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.casework.actions import NotAMember, NotHeard, OpenRemedy
from portal.domain.answers import LONGEST, SHORTEST, Answer, Fault, Finding, NoRealAnswer, Part
from portal.domain.life import Desk, State, Step
from portal.domain.standard import TextUse
from portal.papers.lists import ASKED, IN_PLACE, MOST_COUNTED, NOBODYS, OWED
from portal.papers.notes import NotAColleague
from portal.web import noting, words
from portal.web.fields import (
    CheckedRadio,
    CleanText,
    DateParts,
    Form,
    MultiCheckbox,
    between_days,
    length,
    required,
)
from portal.web.i18n import _, lazy
from portal.web.listing import LATE
from portal.web.steps import StepForm

_TEXT = length(max=LONGEST)
_STATES = (
    State.ROUTED,
    State.ACCEPTED,
    State.VERIFYING,
    State.SUSPENDED,
    State.CONCLUDED,
    State.ANSWERED,
    State.CLOSED,
    State.UNDER_REVIEW,
)


People = list[tuple[str, str, int]]
"""Inspectors as (account id, name, open cases)."""
MOST_AT_ONCE = 60  # more than a page of the queue has


class FilterForm(Form):
    """Which cases the queue shows; sent with GET."""

    class Meta(Form.Meta):
        csrf = False

    desk = SelectField(
        lazy("Danh sách"),
        choices=[
            SelectChoice(Desk.COMMITTEE.value, lazy("Đang chờ ủy ban")),
            SelectChoice(ASKED, lazy("Đang chờ người phản ánh trả lời")),
            SelectChoice(OWED, lazy("Việc có hạn đã quá")),
            SelectChoice(Desk.NOBODY.value, lazy("Đã trả lời hoặc kết thúc")),
        ],
        default=Desk.COMMITTEE.value,
    )
    state = SelectField(
        lazy("Trạng thái"),
        choices=[SelectChoice("", lazy("Mọi trạng thái của danh sách"))]
        + [SelectChoice(state.value, words.label(state)) for state in _STATES],
        default="",
    )
    mine = SelectField(
        lazy("Người phụ trách"),
        choices=[
            SelectChoice("", lazy("Mọi người")),
            SelectChoice("1", lazy("Tôi")),
            SelectChoice(IN_PLACE, lazy("Người vắng mà tôi làm thay")),
            SelectChoice(NOBODYS, lazy("Chưa giao ai")),
        ],
        default="",
    )
    late = SelectField(
        lazy("Thời hạn"),
        choices=[SelectChoice("", lazy("Mọi thời hạn")), *LATE],
        default="",
    )


class ConfirmForm(StepForm):
    """Nothing is asked but the confirmation."""


class ReturnForm(StepForm):
    """Why the case goes back to the Front board."""

    step = Step.RETURN
    kept_as = {"reason": "text"}
    writes = (TextUse.RETURN, "reason")

    reason = CleanText(
        lazy("Vì sao trả lại?"),
        description=lazy(
            "Ban Thường trực Mặt trận đọc lý do này. Nêu căn cứ và nơi đúng thẩm quyền nếu biết."
        ),
        validators=[required(lazy("Nêu lý do trả lại")), _TEXT],
    )


class AssignForm(StepForm):
    """Which inspector works on the case; `offer` gives the choices."""

    step = Step.ASSIGN

    account = SelectField(
        lazy("Giao cho ai?"), choices=[], validators=[required(lazy("Chọn một người"))], validate_choice=True
    )

    def offer(self, people: People) -> "AssignForm":
        """The inspectors to choose from."""
        self.account.choices = _inspectors(people)
        return self


class BulkForm(Form):
    """Which of the listed cases are given, and to whom; `offer` gives the inspectors."""

    account = SelectField(
        lazy("Giao các hồ sơ đã chọn cho"), choices=[], validators=[required(lazy("Chọn một người"))]
    )
    cases = MultiCheckbox(
        lazy("Hồ sơ"), validate_choice=False, validators=[required(lazy("Chọn ít nhất một hồ sơ"))]
    )

    def offer(self, people: People) -> "BulkForm":
        """The inspectors to choose from."""
        self.account.choices = _inspectors(people)
        return self

    @property
    def chosen(self) -> list[tuple[str, int]]:
        """Each case once, with the version that stood in the list; what is no such pair is left out."""
        pairs = (str(value).partition(".")[::2] for value in dict.fromkeys(self.cases.data or ()))
        sound = [
            (key, int(seen)) for key, seen in pairs if seen.isascii() and seen.isdigit() and len(seen) < 10
        ]
        return sound[:MOST_AT_ONCE]


def _inspectors(people: People) -> list[SelectChoice]:
    """Names with the number of open cases: how much work somebody has, nothing about how he does it."""
    named = [SelectChoice("", lazy("Chọn một người"))]
    for key, name, load in people:
        number = f"{MOST_COUNTED}+" if load > MOST_COUNTED else str(load)
        text = _("%(name)s (đang giữ %(number)s hồ sơ)", name=name, number=number)
        named.append(SelectChoice(key, text))
    return named


class NoteForm(noting.NoteForm):
    """A note of an inspector."""

    step = Step.NOTE


class AskForm(StepForm):
    """A question to one of the residents of the case."""

    step = Step.ASK_REPORTER
    writes = (TextUse.QUESTION, "text")

    report = SelectField(lazy("Hỏi ai?"), choices=[])
    text = CleanText(
        lazy("Câu hỏi gửi người phản ánh"),
        description=lazy("Viết ngắn, từng câu một. Đừng hỏi tên, nơi ở hay cách liên lạc của người đó."),
        validators=[required(lazy("Nhập câu hỏi")), _TEXT],
    )

    def offer(self, report_ids: list[str]) -> "AskForm":
        """The residents of the case, by number; they have no other name here."""
        self.report.choices = [
            SelectChoice(key, _("Người phản ánh %(number)s", number=number))
            for number, key in enumerate(report_ids, 1)
        ]
        if self.report.data in (None, "None") and report_ids:
            self.report.data = report_ids[0]
        return self


class BeginForm(StepForm):
    """How the committee will verify."""

    step = Step.BEGIN_VERIFICATION
    kept_as = {"plan": "text"}

    plan = CleanText(
        lazy("Kế hoạch xác minh"),
        description=lazy("Kiểm tra điều gì, ở đâu, gặp ai, xong khi nào."),
        validators=[required(lazy("Nhập kế hoạch xác minh")), _TEXT],
    )


class ExplanationForm(StepForm):
    """What the person complained of explained, or that he refused, and on which day."""

    step = Step.RECORD_EXPLANATION

    refused = CheckedRadio(
        lazy("Người bị phản ánh đã giải trình chưa?"),
        choices=[
            SelectChoice("no", lazy("Đã giải trình")),
            SelectChoice("yes", lazy("Từ chối giải trình")),
        ],
        validators=[required(lazy("Chọn một câu trả lời"), bare=True)],
    )
    dated = DateParts(
        lazy("Ngày giải trình hoặc từ chối"),
        validators=[required(lazy("Nhập ngày")), between_days(date(2017, 1, 1))],
    )
    text = CleanText(
        lazy("Nội dung giải trình, hoặc việc từ chối diễn ra thế nào"),
        validators=[required(lazy("Nhập nội dung")), _TEXT],
    )


FAULTS = {
    Fault.TOO_SHORT: lazy("Phần này cần ít nhất %(min)s ký tự: nói cụ thể.", min=SHORTEST),
    Fault.TOO_LONG: lazy("Phần này dài quá %(max)s ký tự.", max=LONGEST),
    Fault.EMPTY_PHRASE: lazy("“Đã tiếp thu”, “ghi nhận” chưa phải là trả lời. Hãy nói cụ thể đã làm gì."),
}


class ConclusionForm(StepForm):
    """The finding, and the four parts of a real answer in the words that the resident will read."""

    step = Step.CONCLUDE

    finding = CheckedRadio(
        lazy("Kết quả xác minh"),
        choices=[SelectChoice(one.value, words.label(one)) for one in Finding],
        validators=[required(lazy("Chọn kết quả xác minh"))],
    )
    checked = CleanText(lazy("Đã kiểm tra những gì"))
    found = CleanText(lazy("Đã thấy gì"))
    done = CleanText(lazy("Đã làm gì"))
    ground = CleanText(lazy("Căn cứ"))

    def answer(self) -> Answer:
        """The four parts as typed."""
        return Answer(**{part.value: self[part.value].data for part in Part})


class CorrectForm(ConclusionForm):
    """The answer as it should have been, and why it changes."""

    step = Step.CORRECT

    why = CleanText(
        lazy("Vì sao phải đính chính?"),
        description=lazy("Người phản ánh đọc phần này cùng bốn phần trên. Trả lời cũ vẫn còn."),
        validators=[required(lazy("Nêu vì sao phải đính chính")), _TEXT],
    )


def explain(form: StepForm, fault: Exception) -> None:
    """Put what an action refused into words, at the field it belongs to."""
    if isinstance(fault, NoRealAnswer):
        for part, why in fault.faults.items():
            form[part.value].errors = [*form[part.value].errors, FAULTS[why]]
    elif isinstance(fault, NotHeard):
        form.form_errors.append(
            _("Chưa thể kết luận: hãy ghi giải trình của người bị phản ánh, hoặc việc họ từ chối giải trình.")
        )
    elif isinstance(fault, OpenRemedy):
        form.form_errors.append(
            _("Còn việc khắc phục chưa được người thứ hai kiểm tra, nên chưa kết thúc được hồ sơ.")
        )
    elif isinstance(fault, NotAMember):
        form["account"].errors = [_("Người này không còn là cán bộ của ủy ban. Hãy chọn người khác.")]


REFUSALS: dict[type[Exception], Any] = dict.fromkeys(
    (NoRealAnswer, NotHeard, NotAMember, OpenRemedy), explain
)
REFUSALS |= {NotAColleague: noting.explain}
