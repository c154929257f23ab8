"""Fields and validators that all stages share: clean text, dates as remembered, choices, Vietnamese words."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, Self

from flask import has_request_context, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import StopValidation, ValidationError

from portal.domain.clock import today
from portal.domain.partial_date import PartialDate
from portal.domain.text import BadText, clean_text
from portal.web.i18n import _, format_date
from portal.web.messages import FormMessages

Raw = dict[str, list[str]]


class Bare(str):
    """A message that makes sense beside its field; the summary on top adds the field's name."""

    __slots__ = ()


class Form(FlaskForm):
    """The base of every form: Vietnamese messages, and what was typed can be kept and shown again."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: object) -> FormMessages:
            return FormMessages()

        def wrap_formdata(self, form: object, formdata: Any) -> Any:
            """What a browser's form sends, never JSON: values nested there are no texts."""
            given = isinstance(formdata, MultiDict) or formdata is None
            if not given and has_request_context() and request.is_json:
                return MultiDict()
            return super().wrap_formdata(form, formdata)

    @classmethod
    def recalled(cls, raw: Mapping[str, Iterable[str]], /, **given: Any) -> Self:
        """The form as it was sent, with its errors: for the page after the 303 that answered a bad input."""
        sent = MultiDict([(name, value) for name, values in raw.items() for value in values])
        form = cls(formdata=sent, meta={"csrf": False}, **given)
        form.validate()
        return form


def raw_of(sent: MultiDict[str, str]) -> Raw:
    """What was typed, as plain JSON data, without the anti-forgery token: `raw_of(request.form)`."""
    return {name: sent.getlist(name) for name in sent if name != "csrf_token"}


def _cleaned(typed: str, multiline: bool) -> str:
    try:
        return clean_text(typed, multiline=multiline)
    except BadText:
        raise ValueError(Bare(_("Nội dung có ký tự hỏng. Hãy xóa ký tự lạ và gõ lại."))) from None


class CleanString(StringField):
    """One line of clean text; `data` is never None after sending."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = _cleaned(valuelist[0], multiline=False) if valuelist else ""


class CleanText(TextAreaField):
    """Several lines of clean text; `data` is never None after sending."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = _cleaned(valuelist[0], multiline=True) if valuelist else ""


class CheckedRadio(RadioField):
    """One of the choices. Nothing chosen is not a wrong choice: `required` says what to do."""

    def pre_validate(self, form: object) -> None:
        if self.data in (None, ""):
            return
        super().pre_validate(form)


class Pick(SelectField):
    """One of a list, or nothing: a browser that leaves it out has chosen nothing."""

    def pre_validate(self, form: object) -> None:
        if self.data in (None, ""):
            return
        super().pre_validate(form)


class MultiCheckbox(SelectMultipleField):
    """Any of the choices, as check boxes; `data` is a list."""


class Consent(BooleanField):
    """One box, never ticked beforehand."""


class DateParts(Field):
    """Day, month and year in three boxes, or what of them is remembered; `data` is a PartialDate or None.

    `precision` names the least that must be given: "day", "month" or "year". A month may be left out only
    together with its day. `wrong_parts` names the boxes at fault.
    """

    PARTS = ("day", "month", "year")
    data: Any

    def __init__(
        self,
        label: object = None,
        validators: Iterable[Any] = (),
        precision: Literal["day", "month", "year"] = "day",
        **given: Any,
    ) -> None:
        super().__init__(label, tuple(validators), **given)
        self.precision = precision
        self.typed = dict.fromkeys(self.PARTS, "")
        self.wrong_parts: tuple[str, ...] = ()

    @property
    def first_input_id(self) -> str:
        """Where the error summary leads: the first box at fault."""
        return f"{self.id}-{next((p for p in self.PARTS if p in self.wrong_parts), 'day')}"

    def process(self, formdata: Any, *args: Any, **given: Any) -> None:
        super().process(None, *args, **given)
        if isinstance(self.data, str):
            self.data = PartialDate.parse(self.data) if self.data else None
        if isinstance(self.data, date):
            self.data = PartialDate(self.data.year, self.data.month, self.data.day)
        if self.data:
            self.typed = {part: str(getattr(self.data, part) or "") for part in self.PARTS}
        if formdata is not None:
            self.typed = {p: formdata.get(f"{self.name}-{p}", "").strip()[:10] for p in self.PARTS}
            self.raw_data = [text for text in self.typed.values() if text]
            try:
                self.data = self._read()
            except ValueError as fault:
                self.data = None
                self.process_errors.append(fault.args[0])

    def _read(self) -> PartialDate | None:
        if not any(self.typed.values()):
            return None
        needed = self.PARTS[self.PARTS.index(self.precision) :]
        if self.typed["day"]:
            needed = self.PARTS
        missing = tuple(p for p in needed if not self.typed[p])
        if missing:
            self.wrong_parts = missing
            raise ValueError(Bare(_("Còn thiếu %(parts)s.", parts=_join(missing))))
        self.wrong_parts = tuple(p for p in self.PARTS if self.typed[p] and not _is_number(p, self.typed[p]))
        if self.wrong_parts == ("year",):
            raise ValueError(Bare(_("Hãy ghi năm bằng bốn chữ số, ví dụ 2026.")))
        if self.wrong_parts:
            wrong = _join(self.wrong_parts)
            raise ValueError(Bare(_("Hãy ghi %(parts)s bằng số, ví dụ 22 11 2026.", parts=wrong)))
        given = {part: int(text) for part, text in self.typed.items() if text}
        try:
            return PartialDate(**given)
        except ValueError:
            self.wrong_parts = ("day",) if 1 <= given.get("month", 1) <= 12 else ("month",)
            raise ValueError(Bare(_("Ngày này không có trong lịch. Hãy xem lại."))) from None


def _is_number(part: str, text: str) -> bool:
    return bool(re.fullmatch("[0-9]{4}" if part == "year" else "[0-9]{1,2}", text))


def _join(parts: tuple[str, ...]) -> str:
    names = {"day": _("ngày"), "month": _("tháng"), "year": _("năm")}
    return ", ".join(names[part] for part in parts)


class required:  # noqa: N801  reads as a word in a list of validators
    """Something must be given; `message` says what to do ("Chọn nơi xảy ra sự việc").

    `bare`: the message says so for many fields alike, so the summary on top adds the field's name.
    """

    def __init__(self, message: object = None, *, bare: bool = False) -> None:
        self.message, self.bare = message, bare

    def __call__(self, form: object, field: Field) -> None:
        if field.data in (None, "", [], False) and not field.errors:
            text = str(self.message) if self.message else Bare(_("Hãy điền ô này."))
            raise StopValidation(Bare(text) if self.bare else text)


class optional:  # noqa: N801
    """Nothing need be given; what follows is asked only of what was."""

    def __call__(self, form: object, field: Field) -> None:
        if field.data in (None, "", []):
            raise StopValidation


class length:  # noqa: N801
    """From `min` to `max` characters after cleaning (code points in NFC)."""

    def __init__(self, min: int = 0, max: int = 0) -> None:
        self.min, self.max = min, max

    def __call__(self, form: object, field: Field) -> None:
        number = len(field.data or "")
        if number < self.min:
            raise ValidationError(Bare(_("Cần ít nhất %(min)s ký tự.", min=self.min)))
        if self.max and number > self.max:
            over = number - self.max
            message = _("Nhiều nhất %(max)s ký tự, đang thừa %(over)s.", max=self.max, over=over)
            raise ValidationError(Bare(message))


class between_days:  # noqa: N801
    """A DateParts value not before `earliest` and not in the future (days of Viet Nam)."""

    def __init__(self, earliest: date = date(1945, 9, 2), future: bool = False) -> None:
        self.earliest, self.future = earliest, future

    def __call__(self, form: object, field: Field) -> None:
        when = field.data
        if when is None:
            return
        if when.last < self.earliest:
            field.wrong_parts = ("year",)
            raise ValidationError(Bare(_("Ngày phải từ %(day)s trở đi.", day=format_date(self.earliest))))
        if not self.future and when.first > today():
            raise ValidationError(Bare(_("Ngày này chưa đến. Hãy xem lại.")))
