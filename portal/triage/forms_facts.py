"""The facts on which the competent body depends, as a reviewer is asked for them."""

from wtforms import Field, ValidationError
from wtforms.fields.choices import SelectChoice

from portal.domain.life import Step
from portal.domain.parties import Level, PartyMember
from portal.domain.stated import Clash
from portal.domain.subjects import Status, Who
from portal.triage.forms import choices_of
from portal.web.fields import CheckedRadio, DateParts, Pick, optional, required
from portal.web.i18n import LazyText, _, lazy
from portal.web.steps import StepForm

OTHER, NONE = "other", "none"
"""Answers to "which post?" beside the readings: one of the whole list, or none that the register has."""
_MANAGING = (Level.COMMUNE, Level.PROVINCE, Level.CENTRAL)


class FactsForm(StepForm):
    """The facts on which the competent body depends; the choices of posts and units are set by the page."""

    step = Step.ESTABLISH

    who = CheckedRadio(
        lazy("Phản ánh về ai?"), choices=choices_of(Who), validators=[required(lazy("Chọn một ô"), bare=True)]
    )
    post = CheckedRadio(
        lazy("Chức vụ bị phản ánh"), validators=[required(lazy("Chọn chức vụ đúng, hoặc “Không có ở trên”"))]
    )
    post_other = Pick(lazy("Chức vụ khác trong danh mục"))
    other1 = Pick(lazy("Chức vụ khác người đó cũng giữ"), validators=[optional()])
    other2 = Pick(lazy("Thêm một chức vụ nữa"), validators=[optional()])
    member = CheckedRadio(
        lazy("Người đó là đảng viên?"),
        choices=choices_of(PartyMember),
        validators=[required(lazy("Chọn một ô"), bare=True)],
    )
    status = CheckedRadio(
        lazy("Bây giờ người đó thế nào?"),
        choices=choices_of(Status),
        validators=[required(lazy("Chọn một ô"), bare=True)],
    )
    then = Pick(
        lazy("Chức vụ lúc xảy ra việc"),
        description=lazy("Chỉ chọn khi người đó đã chuyển công tác hoặc đã nghỉ."),
        validators=[optional()],
    )
    act = DateParts(
        lazy("Việc xảy ra khi nào?"),
        description=lazy("Nhớ đến đâu ghi đến đó: chỉ năm cũng được."),
        precision="year",
        validators=[optional()],
    )
    area = CheckedRadio(
        lazy("Nay thuộc đơn vị nào?"),
        description=lazy("Đơn vị cũ đã chia: chỉ chọn khi người phản ánh đã cho biết tên đường, khu phố."),
        validators=[optional()],
    )
    managing_level = Pick(
        lazy("Cấp nào quản lý người giữ chức vụ này?"),
        description=lazy("Chỉ khi chức vụ không có trong danh mục."),
        choices=[SelectChoice("", lazy("Chưa rõ")), *choices_of(_MANAGING)],
        default="",
    )

    def validate_post_other(self, field: Field) -> None:
        """The answer and the list say the same: one without the other would be dropped without a word."""
        if self.post.data == OTHER and not field.data:
            raise ValidationError(_("Chọn chức vụ trong danh mục, hoặc đổi câu “Chức vụ bị phản ánh”."))
        if self.post.data not in (None, "", OTHER) and field.data:
            raise ValidationError(
                _(
                    "Đã chọn một chức vụ trong danh mục: hãy chọn “Chức vụ khác trong danh mục” ở câu "
                    "“Chức vụ bị phản ánh”, hoặc bỏ chọn ở đây."
                )
            )


CLASHES: dict[Clash, LazyText] = {
    Clash.MOVED_WITHOUT_POST: lazy("Đã chuyển công tác thì phải chọn chức vụ lúc xảy ra việc."),
    Clash.THEN_WITHOUT_MOVE: lazy(
        "Đã chọn chức vụ lúc xảy ra việc: hãy chọn “Đã chuyển công tác” hoặc “Đã thôi giữ chức vụ”."
    ),
    Clash.NO_MEMBER_IN_PARTY_OFFICE: lazy(
        "Người giữ chức vụ trong Đảng là đảng viên. Hãy xem lại câu này hoặc chức vụ."
    ),
    Clash.NOT_AN_OFFICE_OF_THE_PARTY: lazy("Chức vụ đã chọn không thuộc tổ chức đảng."),
    Clash.IN_THE_FUTURE: lazy("Ngày này chưa đến. Hãy xem lại."),
    Clash.OTHER_PERIOD: lazy(
        "Lúc xảy ra việc chưa có, hoặc không còn, chức vụ này. Hãy xem lại chức vụ và ngày."
    ),
    Clash.ENDED: lazy("Chức vụ này nay không còn. Hãy chọn “Đã chuyển công tác” hoặc “Đã thôi giữ chức vụ”."),
    Clash.TWICE: lazy("Chức vụ này đã chọn ở trên."),
    Clash.UNKNOWN_POST: lazy("Danh mục không có chức vụ này."),
    Clash.UNKNOWN_UNIT: lazy("Đơn vị này không phải nơi đơn vị cũ đã chia về."),
}
# Fields of the facts that have another name on the form.
_FIELDS = {"others": "other1", "area_id": "area"}


def contradict(form: StepForm, fault: Exception) -> None:
    """Put what contradicts itself beside its field."""
    for one in getattr(fault, "faults", ()):
        field = form[_FIELDS.get(one.field, one.field)]
        field.errors = [*field.errors, str(CLASHES[one.clash])]
