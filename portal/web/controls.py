"""From a WTForms field to the parameters of a govuk-frontend-jinja macro (components/forms.html calls these).

Every function takes a bound field and options and gives a dict. `heading=True` makes the label the h1 of the
page; `size` is "s", "m", "l" or ""; `hint` replaces the field's description and may be Markup.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup
from wtforms import Field, FieldList, Form, FormField

from portal.web.fields import Bare
from portal.web.i18n import _

Params = dict[str, Any]


def _words(text: object) -> Params:
    return {"html": text} if isinstance(text, Markup) else {"text": str(text)}


def _shared(field: Field, hint: object) -> Params:
    params: Params = {"id": field.id, "name": field.name}
    if hint or field.description:
        params["hint"] = _words(hint or field.description)
    if field.errors:
        params["errorMessage"] = {"text": str(_first(field.errors)), "visuallyHiddenText": _("Lỗi")}
    return params


def _first(errors: Any) -> object:
    return next(iter(errors))


def _label(field: Field, kind: str, heading: bool, size: str, hidden: bool = False) -> Params:
    size = size or ("l" if heading else "")
    classes = f"govuk-{kind}--{size}" if size else ""
    if hidden:
        classes = "govuk-visually-hidden"
    return {**_words(field.label.text), "classes": classes, "isPageHeading": heading}


def _legend(field: Field, heading: bool, size: str, hidden: bool) -> Params:
    return {"legend": _label(field, "fieldset__legend", heading, size or ("l" if heading else "s"), hidden)}


def _value(field: Field) -> str:
    read = getattr(field, "_value", None)
    return str(read() if read else field.data or "")


def limit_of(field: Field) -> int | None:
    """The largest number of characters that the field's validators allow."""
    limits = [v.max for v in field.validators if isinstance(getattr(v, "max", None), int) and v.max > 0]
    return min(limits, default=None)


def text(
    field: Field,
    *,
    heading: bool = False,
    size: str = "",
    hidden_label: bool = False,
    hint: object = "",
    kind: str = "",
    width: str = "",
    classes: str = "",
    inputmode: str = "",
    autocomplete: str = "off",
    autocapitalize: str = "",
    spellcheck: bool = False,
    prefix: str = "",
    suffix: str = "",
    attributes: Mapping[str, str] | None = None,
) -> Params:
    """One line. `width`: "2", "4", "10", "20" characters. `kind`: the input type if not the field's own."""
    kind = kind or getattr(field.widget, "input_type", "text")
    params = _shared(field, hint) | {
        "label": _label(field, "label", heading, size, hidden_label),
        "type": kind,
        "classes": " ".join(filter(None, [classes, f"govuk-input--width-{width}" if width else ""])),
        "autocomplete": autocomplete,
        "spellcheck": spellcheck,
        "attributes": dict(attributes or {}),
    }
    if kind != "password":
        params["value"] = _value(field)
    given = {"inputmode": inputmode, "autocapitalize": autocapitalize}
    params |= {name: value for name, value in given.items() if value}
    params |= {name: {"text": sign} for name, sign in (("prefix", prefix), ("suffix", suffix)) if sign}
    return params


def textarea(
    field: Field,
    *,
    heading: bool = False,
    size: str = "",
    hidden_label: bool = False,
    hint: object = "",
    rows: int = 6,
    classes: str = "",
    autocomplete: str = "off",
    spellcheck: bool = False,
) -> Params:
    """Several lines; where the field has a longest length, the characters left are counted."""
    params = _shared(field, hint) | {
        "label": _label(field, "label", heading, size, hidden_label),
        "value": _value(field),
        "rows": rows,
        "classes": classes,
        "spellcheck": spellcheck,
        "attributes": {"autocomplete": autocomplete},
    }
    limit = limit_of(field)
    if limit:
        params |= {
            "maxlength": limit,
            "textareaDescriptionText": _("Nhiều nhất %(limit)s ký tự", limit=limit),
            "charactersUnderLimitText": {"other": _("Còn %{count} ký tự")},
            "charactersAtLimitText": _("Đã hết chỗ"),
            "charactersOverLimitText": {"other": _("Thừa %{count} ký tự")},
        }
    return params


def _items(
    field: Field, hints: Mapping[str, object], conditional: Mapping[str, Markup], divider: str
) -> list[Params]:
    items: list[Params] = []
    choices = list(field.iter_choices())
    for place, choice in enumerate(choices):
        value = str(choice.value)
        item = _words(choice.label) | {"value": value, "checked": bool(choice.selected)}
        item["attributes"] = {k: str(v) for k, v in choice.render_kw.items() if k != "hint"}
        hint = hints.get(value) or choice.render_kw.get("hint")
        if hint:
            item["hint"] = _words(hint)
        if value in conditional:
            item["conditional"] = {"html": conditional[value]}
        if divider and place and place == len(choices) - 1:
            items.append({"divider": divider})
        items.append(item)
    return items


def choices(
    field: Field,
    *,
    heading: bool = False,
    size: str = "",
    hidden_label: bool = False,
    hint: object = "",
    inline: bool = False,
    small: bool = False,
    kind: str = "radios",
    hints: Mapping[str, object] | None = None,
    conditional: Mapping[str, Markup] | None = None,
    divider: str = "",
) -> Params:
    """Radio buttons or check boxes. A choice's hint: `hints[value]` or `SelectChoice(render_kw={"hint": …})`.

    `conditional[value]` is markup shown when the choice is taken (always shown without script);
    `divider` is a word before the last choice ("hoặc").
    """
    looks = [f"govuk-{kind}--inline" if inline else "", f"govuk-{kind}--small" if small else ""]
    return _shared(field, hint) | {
        "idPrefix": field.id,
        "fieldset": _legend(field, heading, size, hidden_label),
        "classes": " ".join(filter(None, looks)),
        "items": _items(field, hints or {}, conditional or {}, divider),
    }


def checkbox(field: Field, *, hint: object = "", small: bool = False) -> Params:
    """One box with the label beside it (consent)."""
    params = _shared(field, "")
    params.pop("hint", None)
    item = _words(field.label.text) | {"value": "y", "checked": bool(field.data)}
    if hint or field.description:
        item["hint"] = _words(hint or field.description)
    return params | {
        "idPrefix": field.id,
        "items": [item],
        "classes": "govuk-checkboxes--small" if small else "",
    }


def date(
    field: Field, *, heading: bool = False, size: str = "", hidden_label: bool = False, hint: object = ""
) -> Params:
    """Day, month and year of a DateParts field; day and month may stay empty where the field allows it."""
    wrong = field.wrong_parts
    items = [
        {
            "id": f"{field.id}-{part}",
            "name": f"{field.name}-{part}",
            "label": label,
            "value": field.typed[part],
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if field.errors and (part in wrong or not wrong) else ""),
            "inputmode": "numeric",
            "autocomplete": "off",
        }
        for part, label in (("day", _("Ngày")), ("month", _("Tháng")), ("year", _("Năm")))
    ]
    return _shared(field, hint) | {
        "fieldset": _legend(field, heading, size, hidden_label),
        "items": items,
    }


def file(
    field: Field,
    *,
    heading: bool = False,
    size: str = "",
    hint: object = "",
    accept: str = "",
    multiple: bool = False,
) -> Params:
    """A file chooser. `accept`: types as the browser lists them, ".jpg,.pdf"."""
    return _shared(field, hint) | {
        "label": _label(field, "label", heading, size),
        "multiple": multiple,
        "attributes": {"accept": accept} if accept else {},
    }


def select(
    field: Field,
    *,
    heading: bool = False,
    size: str = "",
    hidden_label: bool = False,
    hint: object = "",
    classes: str = "",
) -> Params:
    """A drop-down list; for staff filters, not for the public form (radio buttons read better)."""
    items = [
        {"value": str(c.value), "text": str(c.label), "selected": bool(c.selected)}
        for c in field.iter_choices()
    ]
    return _shared(field, hint) | {
        "label": _label(field, "label", heading, size, hidden_label),
        "items": items,
        "classes": classes,
        "attributes": {"autocomplete": "off"},
    }


def grouped(field: Field) -> list[tuple[str, list[Params]]]:
    """The options of a list under their headings ("" before the first), for the macro `select_grouped`."""
    return [
        (
            str(name or ""),
            [{"value": str(c.value), "text": str(c.label), "selected": bool(c.selected)} for c in some],
        )
        for name, some in field.iter_groups()
    ]


def error_links(form: Form, extra: Sequence[object] = ()) -> list[Params]:
    """The entries of the error summary: every fault, with the address of its field where it has one."""
    links = [
        {"text": str(text), "href": f"#{target}"} if target else {"text": str(text)}
        for target, text in _faults(form)
    ]
    return links + [{"text": str(text)} for text in extra]


def _faults(form: Form) -> Iterator[tuple[str, object]]:
    for text in getattr(form, "form_errors", ()):
        yield "", text
    for field in form:
        yield from _faults_of(field)


def _faults_of(field: Field) -> Iterator[tuple[str, object]]:
    if isinstance(field, FormField):
        yield from _faults(field.form)
        return
    if isinstance(field, FieldList):
        for entry in field:
            yield from _faults_of(entry)
    for text in field.errors:
        if not isinstance(text, (dict, list, tuple)):
            message = f"{field.label.text} – {text}" if isinstance(text, Bare) else text
            yield getattr(field, "first_input_id", field.id), message
