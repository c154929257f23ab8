"""What is asked of staff about themselves and about each other."""

import re
from collections.abc import Iterable

from wtforms import Field, HiddenField, PasswordField, SelectChoice
from wtforms.validators import ValidationError

from portal.domain.conflicts import is_bare_name
from portal.domain.noticing import Way
from portal.domain.permissions import Role
from portal.vault.weak import SHORTEST, Weak, weak
from portal.web import words
from portal.web.fields import CheckedRadio, CleanString, Consent, Form, MultiCheckbox, length, required
from portal.web.i18n import _, lazy

_WEAK = {
    Weak.SHORT: lazy(
        "Cụm mật khẩu cần ít nhất %(number)s ký tự. Ghép bốn từ không liên quan là đủ.", number=SHORTEST
    ),
    Weak.LONG: lazy("Cụm mật khẩu quá dài."),
    Weak.DIGITS: lazy("Cụm mật khẩu chỉ có chữ số thì dễ đoán. Hãy thêm chữ."),
    Weak.REPEATED: lazy("Cụm mật khẩu lặp lại hoặc theo thứ tự thì dễ đoán. Hãy chọn các từ khác nhau."),
    Weak.COMMON: lazy("Cụm mật khẩu này hay bị đoán. Hãy chọn các từ khác."),
}
_PASSPHRASE = lazy("Cụm mật khẩu")
# Plain ones only: some that are right by the letter stop the program that writes the mail.
_HOST_PART = "[A-Za-z0-9]+(-+[A-Za-z0-9]+)*"
_ADDRESS = re.compile(
    rf"[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@({_HOST_PART}\.)+{_HOST_PART}",
)


def _is_strong(form: object, field: Field) -> None:
    fault = weak(field.data or "")
    if fault is not None:
        raise ValidationError(str(_WEAK[fault]))


class SignInForm(Form):
    """Name, passphrase and code on one page: which of them is wrong is never told."""

    login = CleanString(lazy("Tên đăng nhập"), [required(lazy("Nhập tên đăng nhập"))])
    passphrase = PasswordField(_PASSPHRASE, [required(lazy("Nhập cụm mật khẩu"))])
    code = CleanString(lazy("Mã sáu số trong ứng dụng xác thực"))


class ConfirmForm(Form):
    """The passphrase once more."""

    passphrase = PasswordField(_PASSPHRASE, [required(lazy("Nhập cụm mật khẩu"))])


class NewPassphrase(Form):
    """A passphrase chosen and typed twice."""

    new = PasswordField(lazy("Cụm mật khẩu mới"), [required(lazy("Nhập cụm mật khẩu mới")), _is_strong])
    again = PasswordField(lazy("Nhập lại cụm mật khẩu mới"), [required(lazy("Nhập lại cụm mật khẩu mới"))])

    def validate_again(self, field: Field) -> None:
        if field.data != self.new.data:
            raise ValidationError(_("Hai lần nhập không giống nhau."))


class PassphraseForm(NewPassphrase):
    """One's own passphrase, changed."""

    old = PasswordField(lazy("Cụm mật khẩu đang dùng"), [required(lazy("Nhập cụm mật khẩu đang dùng"))])


class RecoveryForm(NewPassphrase):
    """A forgotten passphrase, by the printed recovery code."""

    login = CleanString(lazy("Tên đăng nhập"), [required(lazy("Nhập tên đăng nhập"))])
    recovery = CleanString(lazy("Mã khôi phục trên phiếu"), [required(lazy("Nhập mã khôi phục"))])
    code = CleanString(lazy("Mã sáu số trong ứng dụng xác thực"))


def _is_address(form: object, field: Field) -> None:
    if field.data and not _ADDRESS.fullmatch(field.data):
        raise ValidationError(_("Địa chỉ thư điện tử chưa đúng. Ví dụ: ten@coquan.gov.vn"))


def _is_bare_name(form: Form, field: Field) -> None:
    if not is_bare_name(field.data or ""):
        raise ValidationError(_("Chỉ ghi họ và tên, 2 đến 6 chữ, không ghi chức danh, học vị, số hay dấu."))


class EmailForm(Form):
    """Where notices go."""

    email = CleanString(lazy("Thư điện tử"), [length(max=254), _is_address])


class NoticeWayForm(Form):
    """How somebody wants to hear by mail."""

    way = CheckedRadio(
        lazy("Bạn muốn nhận thư báo thế nào?"),
        [required(lazy("Chọn một cách nhận thư báo"))],
        choices=[SelectChoice(way.value, words.label(way)) for way in Way],
    )


class AcceptForm(EmailForm, NewPassphrase):
    """A newcomer makes his account."""

    login = CleanString(lazy("Tên đăng nhập"), [required(lazy("Chọn tên đăng nhập")), length(min=3, max=64)])
    code = CleanString(lazy("Mã sáu số trong ứng dụng xác thực"))


class InviteForm(Form):
    """Who is invited, and for what."""

    display_name = CleanString(
        lazy("Họ và tên"),
        [required(lazy("Nhập họ và tên")), length(min=2, max=120), _is_bare_name],
        description=lazy("Chỉ họ và tên, không ghi chức danh, học vị: tên được so với từng phản ánh."),
    )
    roles = MultiCheckbox(lazy("Vai trò"), [required(lazy("Chọn ít nhất một vai trò"))])

    def offer(self, roles: Iterable[Role]) -> None:
        """The roles that the body has."""
        self.roles.choices = [SelectChoice(role.value, words.label(role)) for role in roles]

    def chosen(self) -> frozenset[Role]:
        return frozenset(Role(name) for name in self.roles.data or ())


class RolesForm(Form):
    """Other roles for a member."""

    roles = MultiCheckbox(lazy("Vai trò"), [required(lazy("Chọn ít nhất một vai trò"))])
    offer = InviteForm.offer
    chosen = InviteForm.chosen


class AdmitForm(Form):
    """The comparison of two screens, by two people."""

    shown = HiddenField()
    same = CheckedRadio(
        lazy("Sáu nhóm chữ này có giống trên màn hình của người ấy không?"),
        [required(lazy("So từng nhóm rồi chọn một câu trả lời"))],
        choices=[
            SelectChoice("yes", lazy("Giống cả sáu nhóm")),
            SelectChoice("no", lazy("Không giống, hoặc tôi chưa so được")),
        ],
    )


class SureForm(Form):
    """One act that cannot be undone, confirmed."""

    sure = Consent(
        lazy("Tôi hiểu và muốn làm việc này"), [required(lazy("Đánh dấu nếu bạn muốn làm việc này"))]
    )


class ActForm(Form):
    """A button: nothing but the anti-forgery token."""
