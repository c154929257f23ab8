"""What is asked for each kind of dated record, made from its row; and what comes on it later."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Self

from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.casework.actions import Entered, NamesSomebody, NoDueDay, NotInForce
from portal.domain.answers import LONGEST
from portal.domain.discipline import Form as DisciplineForm
from portal.domain.entries import Ask, Entry, Shape
from portal.domain.life import Step
from portal.web import words
from portal.web.fields import (
    Bare,
    CheckedRadio,
    CleanString,
    CleanText,
    DateParts,
    between_days,
    length,
    optional,
    required,
)
from portal.web.i18n import _, lazy
from portal.web.steps import StepForm

_LINE = length(max=200)
_TEXT = length(max=LONGEST)
_EARLIEST = date(2017, 1, 1)


def _offered(forms: Mapping[str, DisciplineForm]) -> list[SelectChoice]:
    return [
        SelectChoice(form.id, lazy(form.title), render_kw=_until(form.valid_to)) for form in forms.values()
    ]


def _until(day: date | None) -> dict[str, object]:
    return {"hint": lazy("Chỉ với quyết định đến ngày %(day)s.", day=f"{day:%d/%m/%Y}")} if day else {}


FIELDS: dict[Ask, Callable[[], Any]] = {
    Ask.TO: lambda: CleanString(words.label(Ask.TO), validators=[required(lazy("Nêu tên nơi đó")), _LINE]),
    Ask.BY: lambda: CleanString(
        words.label(Ask.BY), validators=[required(lazy("Nêu nơi đã quyết định")), _LINE]
    ),
    Ask.NUMBER: lambda: CleanString(
        words.label(Ask.NUMBER),
        description=lazy("Ví dụ 12-CV/UBKT. Để trống nếu không có văn bản."),
        validators=[optional(), length(max=60)],
    ),
    Ask.DUE: lambda: DateParts(
        words.label(Ask.DUE), validators=[required(lazy("Nhập hạn")), between_days(_EARLIEST, future=True)]
    ),
}


class EntryForm(StepForm):
    """The part that all kinds share; `read` gives the record as typed."""

    SHAPE: Shape
    FORMS: Mapping[str, DisciplineForm]

    def read(self) -> Entered:
        """What was typed, as the action takes it."""
        asked: dict[Ask, str] = {
            ask: str(self[ask.value].data or "") for ask in self.SHAPE.asks if ask is not Ask.DUE
        }
        due = self["due"].data.first if Ask.DUE in self.SHAPE.asks else None
        return Entered(self.SHAPE.entry, self["dated"].data.first, self["text"].data, due, asked)

    def validate_due(self, field: Field) -> None:
        dated = self["dated"].data
        if field.data and dated and field.data.first < dated.first:
            raise ValidationError(Bare(_("Hạn không thể trước ngày của văn bản.")))

    def validate_form(self, field: Field) -> None:
        form, dated = self.FORMS.get(field.data or ""), self["dated"].data
        if form and dated and not form.in_force_on(dated.first):
            raise ValidationError(Bare(_("Vào ngày đó không có hình thức này.")))


TEXTS = {
    Entry.PERSON_TOLD: lazy("Đã báo những gì, bằng cách nào, mời giải trình khi nào"),
    Entry.DOCUMENTS: lazy("Yêu cầu những tài liệu nào, để làm rõ điều gì"),
    Entry.UNIT_CHECK: lazy("Yêu cầu kiểm tra điều gì"),
    Entry.RECOMMENDATION: lazy("Kiến nghị điều gì"),
    Entry.SELF_REVIEW: lazy("Gợi ý kiểm điểm những điều gì"),
    Entry.DISCIPLINE: lazy("Về điều gì, căn cứ nào"),
    Entry.INVESTIGATORS: lazy("Chuyển những gì, dấu hiệu gì"),
    Entry.REMEDY: lazy("Phải làm gì để khắc phục"),
    Entry.PUBLICATION: lazy("Nội dung công khai, không nêu tên ai"),
}


def entry_form(shape: Shape, forms: Mapping[str, DisciplineForm]) -> type[EntryForm]:
    """The form of one kind: what its row asks, in the row's order, then its day, its due day and its text."""
    made: dict[str, Any] = {"SHAPE": shape, "FORMS": forms}
    made |= {"step": shape.step, "about": {"entry": shape.entry.value}}
    for ask in shape.asks:
        if ask is Ask.FORM:
            made["form"] = CheckedRadio(
                words.label(Ask.FORM), choices=_offered(forms), validators=[required(lazy("Chọn hình thức"))]
            )
        elif ask is not Ask.DUE:
            made[ask.value] = FIELDS[ask]()
    made["dated"] = DateParts(
        lazy("Ngày của việc này"), validators=[required(lazy("Nhập ngày")), between_days(_EARLIEST)]
    )
    if Ask.DUE in shape.asks:
        made["due"] = FIELDS[Ask.DUE]()
    made["text"] = CleanText(TEXTS[shape.entry], validators=[required(lazy("Nhập nội dung")), _TEXT])
    return type(f"{shape.entry.name.title()}Form", (EntryForm,), made)


class LaterForm(StepForm):
    """What comes later on a record that is owed something; `on` says on which, and by which step."""

    def on(self, record_id: str, step: Step) -> Self:
        """The same form, for one record."""
        self.step, self.about = step, {"on": record_id}
        return self


class FollowForm(LaterForm):
    """What came: the answer, or the evidence of a remedy."""

    dated = DateParts(lazy("Ngày nhận"), validators=[required(lazy("Nhập ngày")), between_days(_EARLIEST)])
    text = CleanText(
        lazy("Nội dung trả lời, hoặc bằng chứng đã khắc phục"),
        validators=[required(lazy("Nhập nội dung")), _TEXT],
    )


class CheckForm(LaterForm):
    """What a second person found."""

    done = CheckedRadio(
        lazy("Việc khắc phục đã xong chưa?"),
        choices=[SelectChoice("yes", lazy("Đã xong")), SelectChoice("no", lazy("Chưa xong, phải làm lại"))],
        validators=[required(lazy("Chọn một câu trả lời"))],
    )
    text = CleanText(
        lazy("Đã kiểm tra thế nào"), validators=[required(lazy("Nêu đã kiểm tra thế nào")), _TEXT]
    )


def explain(form: StepForm, fault: Exception) -> None:
    """Put what an entry was refused for into words."""
    if isinstance(fault, NamesSomebody):
        form["text"].errors = [
            _("Trong nội dung công khai có tên người, số điện thoại, số giấy tờ hoặc biển số. Hãy bỏ ra.")
        ]
    elif isinstance(fault, NoDueDay):
        form["due"].errors = [_("Hạn không thể trước ngày của văn bản.")]
    else:
        form["form"].errors = [_("Vào ngày đó không có hình thức này.")]


REFUSALS = dict.fromkeys((NoDueDay, NotInForce, NamesSomebody), explain)
