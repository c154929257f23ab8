"""Questions about the resident, and what he agrees to."""

from wtforms import BooleanField, FileField, SelectChoice

from portal.domain.telling import LeadQuestion, Openness
from portal.web import words
from portal.web.fields import CheckedRadio, CleanString, Consent, Form, length, optional, required
from portal.web.i18n import lazy

_HINTS = {
    Openness.ANONYMOUS: lazy("Không ai biết bạn là ai. Bạn vẫn nhận được trả lời bằng mã tra cứu."),
    Openness.CONFIDENTIAL: lazy(
        "Bạn để lại tên, nhưng tên được khóa riêng: phải hai người cùng mở mới xem được."
    ),
    Openness.NAMED: lazy("Bạn cho nơi xem xét biết tên. Người bị phản ánh không được biết."),
}


class AboutForm(Form):
    """How the resident wants to be known."""

    openness = CheckedRadio(
        lazy("Bạn có muốn để lại tên không?"),
        [required(lazy("Chọn một cách"))],
        choices=[
            SelectChoice(one.value, words.label(one), render_kw={"hint": _HINTS[one]}) for one in Openness
        ],
    )


class ContactForm(Form):
    """Name and ways to reach; all may stay empty (LTC 25(2), domain rule 5)."""

    name = CleanString(lazy("Họ và tên"), [optional(), length(max=120)])
    phone = CleanString(lazy("Số điện thoại"), [optional(), length(max=40)])
    address = CleanString(lazy("Địa chỉ, hoặc cách liên lạc khác"), [optional(), length(max=300)])


_YES_NO = [SelectChoice("yes", lazy("Có")), SelectChoice("no", lazy("Không"))]


def consent_form(*, asks_lead: bool) -> type[Form]:
    """The consent, never ticked beforehand, after the three answers of the anonymous way (rule 6)."""

    class ConsentForm(Form):
        consent = Consent(
            lazy("Tôi đã đọc và đồng ý để Cổng dùng những điều tôi kể vào việc xem xét phản ánh này."),
            [required(lazy("Đánh dấu vào ô đồng ý nếu bạn muốn gửi tiếp"))],
        )

    if not asks_lead:
        return ConsentForm
    fields = {
        one.value: CheckedRadio(words.label(one), [required(lazy("Chọn có hoặc không"))], choices=_YES_NO)
        for one in LeadQuestion
    }
    return type("LeadForm", (ConsentForm,), fields)


class UploadForm(Form):
    """One file."""

    file = FileField(lazy("Chọn một ảnh hoặc một tệp PDF"))
    original = BooleanField(
        lazy("Giữ thêm bản gốc"),
        description=lazy(
            "Bản gốc có thể cho biết máy chụp, nơi chụp. Nó được khóa riêng, phải hai người cùng mở mới "
            "xem được. Không chắc thì để trống."
        ),
    )
