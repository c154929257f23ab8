"""What an officer fills in for a letter, a call or a visit: one page, made for the keyboard."""

from datetime import date
from typing import Any

from wtforms import FileField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from portal.domain.catalogue import categories_on
from portal.domain.clock import today
from portal.domain.kinds import ReportKind
from portal.domain.telling import LeadQuestion, Openness
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
from portal.web.i18n import _, lazy

LINE, STORY = 300, 10_000
LETTER = "paper"
CHANNELS = (LETTER, "visit", "phone", "hotline")
TIES = {
    "front": lazy("Mặt trận Tổ quốc nơi này"),
    "party": lazy("Cấp ủy (đảng ủy, ban thường vụ) nơi này"),
    "inspection": lazy("Ủy ban kiểm tra nơi này"),
}
_YES_NO = [SelectChoice("yes", lazy("Có")), SelectChoice("no", lazy("Không"))]
_KINDS = {ReportKind.PRAISE: lazy("Khen"), ReportKind.REPRISAL: lazy("Bị trả thù")}


def _line(label: object, description: object = "", most: int = LINE) -> CleanString:
    return CleanString(label, [optional(), length(max=most)], description=description)


def _question(label: object) -> CheckedRadio:
    return CheckedRadio(label, [optional()], choices=_YES_NO)


class EntryForm(Form):
    """One paper. `seen`, `entry` and `shown` say which state of the entry the page showed."""

    seen = HiddenField()
    entry = HiddenField()
    shown = HiddenField()
    channel = CheckedRadio(
        lazy("Nhận qua"),
        [required(lazy("Chọn cách nhận"))],
        choices=[SelectChoice(one, words.TERMS["Channel"][one]) for one in CHANNELS],
        default=LETTER,
    )
    register_no = _line(lazy("Số đến trong sổ"), lazy("Với đơn, thư: bắt buộc, không trùng trong năm."), 60)
    received = DateParts(
        lazy("Ngày nhận"), [required(lazy("Ghi ngày nhận")), between_days(date(2017, 10, 3))]
    )
    place = CleanString(
        lazy("Phường, xã nơi người bị phản ánh làm việc"),
        [required(lazy("Ghi tên phường, xã hoặc tỉnh, thành phố")), length(max=80)],
        description=lazy("Không cần dấu, tên cũ cũng được."),
    )
    area = CheckedRadio(lazy("Đó là nơi nào?"), [optional()], choices=[], validate_choice=False)
    street = _line(lazy("Tên đường, khu phố, thôn (nếu phường, xã cũ đã chia)"))
    office = _line(lazy("Cơ quan"), lazy("Viết tắt được, ví dụ ubnd, cong an. Không rõ thì để trống."))
    body = CheckedRadio(lazy("Đó là cơ quan nào?"), [optional()], choices=[], validate_choice=False)
    title = _line(lazy("Chức vụ"), lazy("Ví dụ: pho chu tich. Không rõ thì để trống."))
    post = CheckedRadio(lazy("Đó là chức vụ nào?"), [optional()], choices=[], validate_choice=False)
    person = _line(lazy("Tên người bị phản ánh"), lazy("Nhiều người thì ghi hết tên."))
    ties = MultiCheckbox(
        lazy("Người đó có làm việc ở"),
        [optional()],
        choices=[SelectChoice(key, text) for key, text in TIES.items()],
    )
    category = SelectField(lazy("Việc gì"), [required(lazy("Chọn việc giống nhất"))], choices=[])
    signs = MultiCheckbox(lazy("Dấu hiệu nêu trong đơn"), [optional()], choices=[], validate_choice=False)
    story = CleanText(
        lazy("Nội dung: chép lại hoặc tóm tắt"), [required(lazy("Ghi nội dung")), length(20, STORY)]
    )
    period = _line(lazy("Khi nào"))
    where = _line(lazy("Ở đâu"))
    openness = CheckedRadio(
        lazy("Người gửi"),
        [required(lazy("Chọn một cách"))],
        choices=[SelectChoice(one.value, words.label(one)) for one in Openness],
    )
    name = _line(lazy("Họ và tên người gửi"), most=120)
    phone = _line(lazy("Số điện thoại"), most=40)
    address = _line(lazy("Địa chỉ"))
    names_somebody = _question(lazy("Có nêu rõ người, chức vụ hoặc cơ quan?"))
    has_evidence = _question(lazy("Có kể việc cụ thể, hoặc có giấy tờ, hình ảnh?"))
    can_be_verified = _question(lazy("Có cơ sở để kiểm tra?"))
    file = FileField(lazy("Bản quét, ảnh chụp đơn"), description=lazy("Ảnh hoặc PDF. Chọn được nhiều tệp."))
    no_slip = Consent(
        lazy("Không in phiếu: người gửi không có mặt và không có địa chỉ"),
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.category.choices = [SelectChoice("", lazy("Chọn"))] + [
            SelectChoice(one.code, self._titled(one)) for one in categories_on(today())
        ]

    @staticmethod
    def _titled(one: Any) -> str:
        kind = _KINDS.get(one.kind)
        return f"{kind}: {_(one.title)}" if kind else _(one.title)

    def begin_here(self) -> None:
        """The first field has the focus as soon as the page is there."""
        first, *rest = self.channel.choices
        begun = SelectChoice(first.value, first.label, render_kw={"autofocus": "autofocus"})
        self.channel.choices = [begun, *rest]

    @property
    def is_anonymous(self) -> bool:
        return bool(self.openness.data == Openness.ANONYMOUS.value)

    def validate(self, extra_validators: object = None) -> bool:
        """The fields, then what they must say together."""
        fits = super().validate(extra_validators)
        together = [self._number_fits(), self._sender_fits(), self._answers_fit()]
        return fits and all(together)

    def _number_fits(self) -> bool:
        if self.channel.data != LETTER or self.register_no.data:
            return True
        self.register_no.errors = [_("Ghi số đến của đơn")]
        return False

    def _sender_fits(self) -> bool:
        given = next((one for one in (self.name, self.phone, self.address) if one.data), None)
        if not self.is_anonymous or given is None:
            return True
        given.errors = [_("Đơn không nêu tên thì để trống ô này, hoặc chọn cách khác ở “Người gửi”")]
        return False

    def _answers_fit(self) -> bool:
        """The anonymous way has three recorded answers (LTC 25(2), domain rule 6); praise has none."""
        praise = self.category.data in {one.code for one in categories_on(today(), ReportKind.PRAISE)}
        if not self.is_anonymous or praise:
            return True
        open_ones = [self[one.value] for one in LeadQuestion if not self[one.value].data]
        for field in open_ones:
            field.errors = [_("Chọn có hoặc không")]
        return not open_ones


class DayForm(Form):
    """Which day of the register; sent with GET."""

    class Meta(Form.Meta):
        csrf = False

    day = DateParts(lazy("Ngày vào sổ"), [required(lazy("Nhập ngày")), between_days(date(2025, 7, 1))])
