"""What an officer is looking for. Sent with POST, for words of a case never stand in an address."""

from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from portal.domain.life import State
from portal.domain.wording import terms_asked
from portal.papers.finding import Wanted
from portal.web import words
from portal.web.fields import Bare, CleanString, DateParts, Form, between_days, length, optional
from portal.web.i18n import _, lazy
from portal.web.listing import Place, place_of

_LINE = length(max=200)


class SearchForm(Form):
    """All fields may be empty, not all of them at once. `after`: where the next page begins."""

    after = HiddenField()
    words = CleanString(
        lazy("Từ trong hồ sơ"),
        [optional(), _LINE],
        description=lazy("Không cần dấu. Đặt trong ngoặc kép để tìm đúng cụm từ, ví dụ “tram y te”."),
    )
    place = CleanString(
        lazy("Nơi"), [optional(), _LINE], description=lazy("Tên phường, xã, tỉnh hoặc đường, không cần dấu.")
    )
    post = CleanString(lazy("Chức vụ"), [optional(), _LINE], description=lazy("Ví dụ: pho chu tich."))
    number = CleanString(
        lazy("Số hồ sơ, số vào sổ"),
        [optional(), length(max=60)],
        description=lazy("Ví dụ: HS-7K3M-9Q2F, hoặc số đến của đơn, số công văn chuyển."),
    )
    state = SelectField(
        lazy("Trạng thái"),
        choices=[SelectChoice("", lazy("Mọi trạng thái"))]
        + [SelectChoice(state.value, words.label(state)) for state in State],
        default="",
    )
    first = DateParts(lazy("Vào sổ từ ngày"), [optional(), between_days()], precision="year")
    last = DateParts(lazy("Đến ngày"), [optional(), between_days(future=True)], precision="year")

    def wanted(self) -> Wanted:
        """The valid form as a question; a month or year means all its days."""
        return Wanted(
            terms=terms_asked(*(str(field.data or "") for field in (self.words, self.place, self.post))),
            number=str(self.number.data or ""),
            state=State(self.state.data) if self.state.data else None,
            first=self.first.data.first if self.first.data else None,
            last=self.last.data.last if self.last.data else None,
        )

    def begins_after(self) -> Place | None:
        return place_of(str(self.after.data or ""))

    def sent(self) -> list[tuple[str, str]]:
        """What was asked, as hidden fields of the button that leads on."""
        whole = [(name, str(self[name].data or "")) for name in ("words", "place", "post", "number", "state")]
        days = [
            (f"{day.name}-{part}", typed)
            for day in (self.first, self.last)
            for part, typed in day.typed.items()
        ]
        return [one for one in (*whole, *days) if one[1]]

    def validate(self, extra_validators: object = None) -> bool:
        """The fields, then that something is asked, and days in their order."""
        if not super().validate(extra_validators):
            return False
        wanted = self.wanted()
        if not wanted:
            self.words.errors = [Bare(_("Hãy điền ít nhất một ô."))]
        elif wanted.first and wanted.last and wanted.last < wanted.first:
            self.last.errors = [Bare(_("Ngày này trước ngày bắt đầu. Hãy xem lại."))]
        return not (self.words.errors or self.last.errors)
