"""A case file for paper: parts with rows in words, masked where the profile says so. A4, no script needed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from portal.domain.masking import HIDDEN, Profile, masked
from portal.domain.permissions import Actor
from portal.papers import history
from portal.web import words
from portal.web.access import actor, ring
from portal.web.fields import CheckedRadio, Form, required
from portal.web.i18n import lazy


class PrintForm(Form):
    """How much the printed file shows."""

    profile = CheckedRadio(
        lazy("Bản in cho thấy những gì?"),
        choices=[
            SelectChoice(
                Profile.FULL.value,
                words.label(Profile.FULL),
                render_kw={"hint": lazy("Chỉ dùng trong đơn vị; không giao ra ngoài.")},
            ),
            SelectChoice(
                Profile.MASKED.value,
                words.label(Profile.MASKED),
                render_kw={
                    "hint": lazy(
                        "Máy che tên, liên lạc và chỗ chỉ ra người. Hãy đọc lại trước khi giao cho ai."
                    )
                },
            ),
            SelectChoice(
                Profile.DATES.value,
                words.label(Profile.DATES),
                render_kw={"hint": lazy("Không mở nội dung.")},
            ),
        ],
        validators=[required(lazy("Chọn một cách in"))],
    )


@dataclass(frozen=True)
class Row:
    """A line of the sheet; `name`: the value is nothing but somebody's name, or may hold one whole."""

    key: str
    text: str
    name: bool = False


@dataclass(frozen=True)
class Part:
    """A part of the sheet under its heading."""

    title: str
    rows: list[Row] = field(default_factory=list)


def print_page(
    case: Any,
    act: Callable[..., tuple[Any, Any]],
    *,
    parts: Callable[[Any], Iterable["Part"]],
    names: Callable[[Any], Iterable[str]],
    back: str,
) -> ResponseReturnValue:
    """How much the file shows, then the file: `act` enters the copy and opens the case for it.

    `parts` and `names` say what of an opened case stands on the sheet, and which names are known from it.
    """
    form = PrintForm()
    if not form.validate_on_submit():
        page = render_template("layouts/print_choice.html", form=form, back=back)
        return page, 422 if form.is_submitted() else 200
    profile = Profile(form.profile.data)
    copy, opened = act(actor(), case, ring(), profile=profile)
    sheet = shown(parts(opened), profile, names(opened)) if opened else []
    whose = {"printed_by": current_user.display_name, "printed_in": current_user.body_name}
    about_it = about(case, actor(), profile)
    return render_template("layouts/case_file.html", back=back, copy=copy, parts=sheet, **whose, **about_it)


def shown(parts: Iterable[Part], profile: Profile, names: Iterable[str]) -> list[Part]:
    """The parts as the profile prints them; `names` are those known from the case."""
    if profile is not Profile.MASKED:
        return list(parts)
    known = [one for one in names if one]
    return [
        Part(
            part.title,
            [Row(row.key, HIDDEN if row.name else masked(row.text, known)) for row in part.rows if row.text],
        )
        for part in parts
    ]


def about(case: Any, reader: Actor, profile: Profile) -> dict[str, Any]:
    """What every sheet shows of the case without opening it: steps, bodies; in full also colleagues."""
    steps = history.steps(case.id)
    bodies = [case.front_id, case.leader_id, *(step.body_id for step in steps)]
    own = [step.account_id for step in steps if step.body_id == reader.body]
    people = history.account_names(own) if profile is Profile.FULL else {}
    names, moves = history.body_names(bodies), history.moves(case.id)
    return {"case": case, "steps": steps, "moves": moves, "names": names, "people": people}
