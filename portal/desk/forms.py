"""What is asked where a filter is kept."""

from portal.web.fields import CleanString, Form, length, required
from portal.web.i18n import lazy


class SaveForm(Form):
    """A name for the filter; nobody else reads it."""

    name = CleanString(
        lazy("Tên bộ lọc"),
        description=lazy("Chỉ bạn đọc được tên này: nó được niêm phong bằng khóa của riêng bạn."),
        validators=[required(lazy("Nhập tên bộ lọc")), length(max=60)],
    )


class ActForm(Form):
    """A button: nothing but the anti-forgery token."""
