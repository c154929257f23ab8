"""The sheet on which a reviewer states facts: posts to choose from, as the resident's words may be read."""

from dataclasses import dataclass
from datetime import date

from wtforms.fields.choices import SelectChoice

from portal.domain.clock import today
from portal.domain.offices import Register
from portal.domain.partial_date import PartialDate
from portal.domain.parties import BodyKind, Level, PartyMember, PostFacts, PostGroup
from portal.domain.stated import Stated, readings
from portal.domain.subjects import Status, Who
from portal.domain.telling import Telling
from portal.domain.told import telling_of
from portal.papers.history import account_names
from portal.triage import actions, forms_facts
from portal.triage.forms_facts import NONE, OTHER
from portal.web import words
from portal.web.i18n import _
from portal.web.stale import Standing, pairs_of


@dataclass
class Sheet:
    """The form with its choices; `read` are the posts that the resident's words may mean."""

    known: actions.Known
    telling: Telling
    read: tuple[PostFacts, ...]
    form: forms_facts.FactsForm

    def named(self, key: str) -> str:
        """A post of an earlier version in words."""
        post = self.known.register.on(key, today()) if key else None
        return title(post) if post is not None else key

    @property
    def when(self) -> PartialDate | None:
        """The day that the resident gave, as far as he remembered it."""
        return PartialDate.parse(self.telling.when) if self.telling.when else None

    @property
    def stated(self) -> Stated:
        """What the form says, once it is valid."""
        form = self.form
        chosen: dict[str, str] = {OTHER: form.post_other.data or "", NONE: ""}
        level = form.managing_level.data
        return Stated(
            who=Who(form.who.data),
            post=chosen.get(str(form.post.data), str(form.post.data)),
            others=tuple(key for key in (form.other1.data, form.other2.data) if key),
            member=PartyMember(form.member.data),
            status=Status(form.status.data),
            then=form.then.data or "",
            act=str(form.act.data) if form.act.data else "",
            area_id=form.area.data or "",
            managing_level=Level(level) if level else None,
        )


def sheet(known: actions.Known) -> Sheet:
    """The facts as stated last, or as the resident's words may be read: of several readings none."""
    telling = telling_of(known.opened.content)
    office = telling.office
    text = office.post_name or office.detail
    read = readings(text, office.post, known.register, today(), level=office.level)
    form = forms_facts.FactsForm(data=_given(known.newest, telling, read))
    listed = [SelectChoice("", _("Không chọn")), *_listed(known.register, today())]
    for field in (form.post_other, form.other1, form.other2, form.then):
        field.choices = listed
    form.post.choices = [
        *(SelectChoice(post.post, title(post)) for post in read),
        SelectChoice(OTHER, _("Chức vụ khác trong danh mục")),
        SelectChoice(NONE, _("Không có ở trên: chức vụ ngoài danh mục, hoặc chưa rõ")),
    ]
    form.area.choices = [SelectChoice(unit.id, unit.name) for unit in known.place.candidates]
    return Sheet(known, telling, read, form)


def standing(sheet: Sheet) -> Standing:
    """The facts that count now, beside what was chosen on the sheet."""
    if not sheet.known.versions:
        return Standing(pairs_of(sheet.form, {}))
    last = sheet.known.versions[-1]
    given = _given(sheet.known.newest, sheet.telling, sheet.read)
    names = account_names([last.author_id])
    return Standing(pairs_of(sheet.form, given), names.get(last.author_id or "", ""), last.written_at)


def title(post: PostFacts) -> str:
    """A post with its level, as a list names it."""
    return f"{_(post.name)} · {words.label(post.level)}"


def _listed(register: Register, day: date) -> list[SelectChoice]:
    """Every post under its level and kind of body, from below; in each, heads before deputies."""
    posts = sorted(register.all(day), key=_place)
    return [
        SelectChoice(
            post.post, title(post), optgroup=f"{words.label(post.level)} – {words.label(post.body_kind)}"
        )
        for post in posts
    ]


def _place(post: PostFacts) -> tuple[int, int, int, str]:
    kinds, groups = list(BodyKind), list(PostGroup)
    return post.level.rank, kinds.index(post.body_kind), groups.index(post.group), post.post


def _given(newest: Stated | None, telling: Telling, read: tuple[PostFacts, ...]) -> dict[str, object]:
    if newest is None:
        certain = read[0].post if len(read) == 1 else None
        return {"who": Who.PERSON.value, "post": certain, "act": telling.when or None}
    others = (*newest.others, "", "")
    known = {post.post for post in read}
    post = newest.post or NONE
    return {
        "who": newest.who.value,
        "post": post if post in known or post == NONE else OTHER,
        "post_other": newest.post if post not in known else "",
        "other1": others[0],
        "other2": others[1],
        "member": newest.member.value,
        "status": newest.status.value,
        "then": newest.then,
        "act": newest.act or None,
        "area": newest.area_id or None,
        "managing_level": newest.managing_level.value if newest.managing_level else "",
    }
