"""What members declare about themselves, and whom they add to a case."""

from wtforms import SelectField, ValidationError
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice

from portal.domain.conflicts import Relation, may_be_declared
from portal.web import words
from portal.web.fields import CleanString, Consent, Form, length, required
from portal.web.i18n import _, lazy
from portal.web.steps import StepForm


def _is_whole(form: object, field: Field) -> None:
    if not may_be_declared(field.data or ""):
        raise ValidationError(_("Ghi đủ họ và tên, từ hai đến sáu chữ."))


class RelativeForm(Form):
    """A relative of one's own."""

    relation = SelectField(
        lazy("Người này là gì của bạn?"),
        choices=[SelectChoice("", lazy("Chọn quan hệ"))]
        + [SelectChoice(one.value, words.label(one)) for one in Relation],
        validators=[required(lazy("Chọn quan hệ"))],
    )
    name = CleanString(
        lazy("Họ và tên người thân"), [required(lazy("Nhập họ và tên")), length(max=120), _is_whole]
    )


class ActForm(Form):
    """A button: nothing but the anti-forgery token."""


class AsideForm(StepForm):
    """That one has a part in the matter; it cannot be taken back."""

    sure = Consent(
        lazy("Tôi có liên quan đến việc này và hiểu rằng tôi không tự rút lại được"),
        [required(lazy("Đánh dấu nếu bạn muốn thôi tham gia hồ sơ này"))],
    )


class PersonForm(StepForm):
    """Somebody complained of, who was not named before."""

    name = CleanString(
        lazy("Họ và tên người bị phản ánh"),
        [required(lazy("Nhập họ và tên")), length(max=120), _is_whole],
        description=lazy(
            "Chỉ ghi người bị phản ánh. Cổng so tên này với người của các cơ quan và người thân họ đã khai."
        ),
    )
