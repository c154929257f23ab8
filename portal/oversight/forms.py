"""What is asked when an identity is to be opened, and what an auditor looks for."""

from wtforms import SelectChoice

from portal.web.fields import CheckedRadio, CleanText, Form, length, required
from portal.web.i18n import lazy


class AskForm(Form):
    """Why an identity must be opened."""

    reason = CleanText(
        lazy("Vì sao cần biết người phản ánh là ai?"),
        [required(lazy("Ghi lý do")), length(min=20, max=2000)],
    )


class DecideForm(Form):
    """What the custodian decides."""

    decision = CheckedRadio(
        lazy("Quyết định"),
        [required(lazy("Chọn một quyết định"))],
        choices=[
            SelectChoice("grant", lazy("Đồng ý cho người xin xem danh tính")),
            SelectChoice("refuse", lazy("Không đồng ý")),
        ],
    )


class HoldForm(Form):
    """Why a case must be kept past its time."""

    reason = CleanText(
        lazy("Vì sao phải giữ lại hồ sơ này?"),
        [required(lazy("Ghi lý do")), length(min=10, max=2000)],
    )


class ActForm(Form):
    """A button: nothing but the anti-forgery token."""
