"""What is asked when somebody will be away: who stands in, why, from when to when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import SelectChoice

from portal.domain.substituting import LeaveFault, LeaveReason
from portal.web import words
from portal.web.fields import CheckedRadio, DateParts, Form, Pick, between_days, required
from portal.web.i18n import lazy

_DAY = between_days(date(2017, 1, 1), future=True)
_AT: dict[LeaveFault, str] = {
    LeaveFault.PAST: "first",
    LeaveFault.OVERLAP: "first",
    LeaveFault.BACKWARDS: "last",
    LeaveFault.TOO_LONG: "last",
}


class LeaveForm(Form):
    """One leave; `offer` gives who can stand in."""

    substitute = Pick(lazy("Ai làm thay?"), choices=[], validators=[required(lazy("Chọn người làm thay"))])
    first = DateParts(lazy("Vắng từ ngày"), validators=[required(lazy("Nhập ngày bắt đầu vắng")), _DAY])
    last = DateParts(lazy("Đến hết ngày"), validators=[required(lazy("Nhập ngày vắng cuối cùng")), _DAY])
    reason = CheckedRadio(
        lazy("Lý do"),
        choices=[SelectChoice(one.value, words.label(one)) for one in LeaveReason],
        validators=[required(lazy("Chọn một lý do"))],
        description=lazy("Chỉ người vắng và người phụ trách đọc được lý do."),
    )

    def offer(self, people: Iterable[tuple[str, str]]) -> "LeaveForm":
        """Who can stand in: account id and name."""
        self.substitute.choices = [SelectChoice("", lazy("Chọn một người"))]
        self.substitute.choices += [SelectChoice(key, name) for key, name in people]
        return self

    @property
    def given(self) -> dict[str, Any]:
        """The leave as typed, once it is valid."""
        days = {"first": self.first.data.first, "last": self.last.data.first}
        return {"substitute_id": self.substitute.data, "reason": LeaveReason(self.reason.data), **days}

    def refuse(self, fault: LeaveFault) -> None:
        """Say at the field concerned why this leave cannot be entered."""
        getattr(self, _AT.get(fault, "substitute")).errors = [str(words.label(fault))]
