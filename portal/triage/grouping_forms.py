"""What a reviewer is asked when he splits a report, joins it with others, or urges a body outside."""

from collections.abc import Callable
from typing import Any

from wtforms.fields.choices import SelectChoice

from portal.domain.answers import LONGEST
from portal.domain.life import Step
from portal.domain.parting import MOST, NotApart
from portal.web.fields import CheckedRadio, CleanString, CleanText, Form, Pick, length, optional, required
from portal.web.i18n import LazyText, lazy
from portal.web.steps import StepForm

EVERY = "all"


class SplitForm(StepForm):
    """The matters and the pieces have forms of their own (portal/triage/grouping.py); `check` reads them."""

    step = Step.SPLIT
    check: Callable[[], None] | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        try:
            if self.check is not None:
                self.check()
        except NotApart as refusal:
            explain(self, refusal)
            return False
        return valid


class MatterForm(Form):
    """One matter of a report that is split."""

    class Meta(Form.Meta):
        csrf = False

    person = CleanString(lazy("Người bị phản ánh"), validators=[optional(), length(max=120)])
    office = CleanString(lazy("Cơ quan, chức vụ của người đó"), validators=[optional(), length(max=200)])
    told = CleanString(
        lazy("Người phản ánh sẽ đọc việc này là"),
        description=lazy("Vài chữ, không ghi tên ai. Ví dụ: việc trả hồ sơ chậm."),
        validators=[optional(), length(max=120)],
    )

    @property
    def is_named(self) -> bool:
        return bool(self.person.data or self.office.data or self.told.data)


class ShareForm(Form):
    """To which matter one piece of the report goes."""

    class Meta(Form.Meta):
        csrf = False

    goes = Pick(
        lazy("Thuộc việc nào?"),
        choices=[
            SelectChoice("", lazy("Chọn")),
            *(SelectChoice(str(number), str(number)) for number in range(1, MOST + 1)),
            SelectChoice(EVERY, lazy("Mọi việc")),
        ],
        validators=[required(lazy("Chọn việc, để không phần nào bị mất"))],
        default="",
    )


class JoinForm(StepForm):
    """With which case this one is joined; the choices are set by the page."""

    step = Step.JOIN
    kept_as = {"why": "text"}

    into = CheckedRadio(
        lazy("Gộp vào hồ sơ nào?"),
        description=lazy("Chỉ gộp khi cùng một người và cùng một việc."),
        validators=[required(lazy("Chọn một hồ sơ"))],
    )
    why = CleanText(
        lazy("Vì sao là cùng một việc?"), validators=[required(lazy("Nêu lý do")), length(max=LONGEST)]
    )


class UnjoinForm(StepForm):
    """Why the join was wrong."""

    step = Step.UNJOIN
    kept_as = {"reason": "text"}

    reason = CleanText(
        lazy("Vì sao gộp nhầm?"), validators=[required(lazy("Nêu lý do")), length(max=LONGEST)]
    )


class UrgeForm(StepForm):
    """A letter that urges a body outside the portal, or tells the one above it."""

    register_no = CleanString(
        lazy("Số văn bản"), validators=[required(lazy("Nhập số văn bản")), length(max=60)]
    )


REFUSALS: dict[str, LazyText] = {
    # Splitting.
    "one_part": lazy("Cần ít nhất hai việc để tách."),
    "no_subject": lazy("Mỗi việc phải có người hoặc cơ quan bị phản ánh."),
    "not_told": lazy("Mỗi việc phải có vài chữ để người phản ánh nhận ra."),
    "empty_part": lazy("Có việc không có đoạn nào của lời kể."),
    "lost": lazy("Có phần chưa thuộc việc nào. Không phần nào được mất."),
    "unknown": lazy("Có phần không thuộc phản ánh này. Hãy mở lại trang."),
    "fields": lazy("Hãy xem lại các ô có lỗi bên dưới."),
    "gap": lazy("Hãy ghi các việc liền nhau, bắt đầu từ việc 1."),
    "not_this_kind": lazy("Lời khen và việc xem lại không tách được."),
    "joined": lazy("Hồ sơ gộp nhiều phản ánh: hãy tách từng phản ánh trước khi gộp."),
    # Joining.
    "same_case": lazy("Không gộp một hồ sơ vào chính nó."),
    "no_such_case": lazy("Không có hồ sơ này ở đơn vị bạn."),
    "other_kind": lazy("Hai hồ sơ khác loại, hoặc là việc xem lại: không gộp được."),
    "holds_others": lazy("Hồ sơ này đã nhận phản ánh khác gộp vào. Hãy gộp hồ sơ kia vào đây."),
    "same_report": lazy("Hai hồ sơ là hai việc của cùng một phản ánh: không gộp lại được."),
    # Both.
    "two_tracks": lazy("Đã mở hai đường xử lý: phải tách hoặc gộp trước khi mở đường kia."),
    "locked": lazy("Có xung đột lợi ích đang chờ cấp trên nhận hồ sơ. Hãy chờ xong rồi làm."),
    # Outside.
    "not_late": lazy("Nơi nhận chưa quá hạn. Chỉ báo cấp trên khi đã quá hạn."),
    "nobody_over": lazy("Danh mục không có cơ quan cấp trên của nơi nhận."),
}


def explain(form: StepForm, refusal: Exception) -> None:
    """Put a refusal on the form, in the reviewer's words."""
    form.form_errors.append(str(REFUSALS[getattr(refusal, "why", "")]))
