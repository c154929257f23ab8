"""What a lead is asked who names a substitute for an inspector who is away."""

from collections.abc import Mapping

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.domain.substituting import Why
from portal.web.fields import DateParts, Form, required
from portal.web.i18n import LazyText, lazy


class SubstituteForm(Form):
    """Who is away, who stands in, from which day to which; `offer` gives the inspectors."""

    officer = SelectField(lazy("Ai vắng?"), choices=[], validators=[required(lazy("Chọn người vắng"))])
    substitute = SelectField(lazy("Ai thay?"), choices=[], validators=[required(lazy("Chọn người thay"))])
    first = DateParts(lazy("Từ ngày"), [required(lazy("Nhập ngày bắt đầu"))])
    last = DateParts(
        lazy("Đến hết ngày"),
        [required(lazy("Nhập ngày cuối cùng"))],
        description=lazy("Tính cả ngày này. Sau ngày này việc thay tự hết."),
    )

    def offer(self, people: list[tuple[str, str]]) -> "SubstituteForm":
        """The inspectors to choose from, as (account id, name)."""
        for field in (self.officer, self.substitute):
            field.choices = [SelectChoice("", lazy("Chọn một người"))]
            field.choices += [SelectChoice(key, name) for key, name in people]
        return self


class EndForm(Form):
    """Nothing is asked but the confirmation."""


# The field at which a refusal is said, and the sentence.
NOT_NAMED: Mapping[Why, tuple[str, LazyText]] = {
    Why.ONESELF: ("substitute", lazy("Không ai tự thay mình. Chọn người khác.")),
    Why.ORDER: ("last", lazy("Ngày cuối cùng phải từ ngày bắt đầu trở đi.")),
    Why.PAST: ("first", lazy("Ngày bắt đầu phải từ hôm nay trở đi.")),
    Why.OVERLAP: ("first", lazy("Trong những ngày này đã có người thay người ấy.")),
    Why.SUBSTITUTE_AWAY: ("substitute", lazy("Trong những ngày này người thay cũng vắng. Chọn người khác.")),
    Why.OFFICER_STANDS_IN: (
        "officer",
        lazy("Trong những ngày này người ấy đang thay người khác. Hãy kết thúc việc thay đó trước."),
    ),
}
