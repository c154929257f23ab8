"""What a board fills in when it asks for the protection of a resident."""

from datetime import date

from wtforms.fields.choices import SelectChoice

from portal.domain.reprisals import Measure, MeasureState
from portal.web import words
from portal.web.fields import CheckedRadio, CleanString, CleanText, DateParts, between_days, length, required
from portal.web.i18n import lazy
from portal.web.steps import StepForm

FIRST, LONGEST = date(2025, 7, 1), 10_000


class AskProtectionForm(StepForm):
    """A measure, of which body, why."""

    measure = CheckedRadio(
        lazy("Biện pháp đề nghị"),
        [required(lazy("Chọn một biện pháp"))],
        choices=[SelectChoice(one.value, words.label(one)) for one in Measure],
    )
    body = CleanString(
        lazy("Đề nghị cơ quan nào?"),
        [required(lazy("Ghi tên cơ quan")), length(max=200)],
        description=lazy("Không gửi đến nơi bị phản ánh, trừ khi luật buộc."),
    )
    dated = DateParts(lazy("Ngày đề nghị"), [required(lazy("Ghi ngày")), between_days(FIRST)])
    text = CleanText(lazy("Căn cứ, nội dung đề nghị"), [required(lazy("Ghi nội dung")), length(10, LONGEST)])


class SettleProtectionForm(StepForm):
    """What came of it."""

    state = CheckedRadio(
        lazy("Kết quả"),
        [required(lazy("Chọn một kết quả"))],
        choices=[
            SelectChoice(one.value, words.label(one)) for one in MeasureState if one is not MeasureState.ASKED
        ],
    )
    dated = DateParts(lazy("Ngày có kết quả"), [required(lazy("Ghi ngày")), between_days(FIRST)])
    text = CleanText(
        lazy("Đã làm gì, hoặc vì sao từ chối"), [required(lazy("Ghi nội dung")), length(10, LONGEST)]
    )
