"""What is asked when a registrar enters a day off or confirms a year."""

from wtforms import SelectChoice

from portal.domain.calendar_rows import Effect
from portal.domain.working_days import FIRST_YEAR, LAST_YEAR
from portal.web.fields import CheckedRadio, CleanString, DateParts, Form, between_days, length, required
from portal.web.i18n import lazy


class DayForm(Form):
    """One day, what it is, and the document that says so."""

    day = DateParts(lazy("Ngày"), [required(lazy("Nhập ngày")), between_days(future=True)])
    effect = CheckedRadio(
        lazy("Ngày này"),
        [required(lazy("Chọn ngày nghỉ hay ngày làm việc"))],
        choices=[
            SelectChoice(Effect.OFF.value, lazy("Nghỉ")),
            SelectChoice(Effect.WORKED.value, lazy("Làm việc, bù cho một ngày nghỉ hoán đổi")),
            SelectChoice(Effect.AS_SHIPPED.value, lazy("Như lịch kèm theo, bỏ điều đã ghi")),
        ],
    )
    what = CleanString(lazy("Vì sao"), [required(lazy("Ghi vì sao")), length(max=120)])
    source = CleanString(lazy("Văn bản"), [required(lazy("Ghi số, ngày văn bản")), length(max=300)])


class YearForm(Form):
    """A year that was compared with the official notices."""

    year = CleanString(lazy("Năm"), [required(lazy("Nhập năm"))])
    confirmed = CheckedRadio(
        lazy("Lịch nghỉ của năm này"),
        [required(lazy("Chọn một câu trả lời"), bare=True)],
        choices=[
            SelectChoice("yes", lazy("Đã đối chiếu, đúng với thông báo")),
            SelectChoice("no", lazy("Chưa xác nhận được")),
        ],
    )
    source = CleanString(lazy("Văn bản"), [required(lazy("Ghi số, ngày văn bản")), length(max=300)])


def year_of(typed: str) -> int | None:
    """The year that was typed; None outside the years that have rules."""
    if len(typed) != 4 or not (typed.isascii() and typed.isdigit()):
        return None
    return int(typed) if FIRST_YEAR <= int(typed) <= LAST_YEAR else None
