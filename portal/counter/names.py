"""From what an officer typed to places, offices and posts of the register, and to the telling."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field
from wtforms.fields.choices import SelectChoice

from portal.counter.forms import EntryForm
from portal.domain.catalogue import Category, UnknownCategory, category
from portal.domain.clock import today
from portal.domain.naming import Meant, meant
from portal.domain.parties import BodyFacts, PostFacts
from portal.domain.places import Place, Split
from portal.domain.telling import (
    Contact,
    LeadQuestion,
    Office,
    Openness,
    Said,
    Telling,
    identity_may_stay,
)
from portal.domain.text import fold
from portal.papers import places
from portal.web.i18n import LazyText, _, lazy

FORMER, OTHER = "old.", "other"
_MOST = 8


class Names:
    """What the typed names can mean; sets the choices of the form and picks what is sure."""

    def __init__(self, form: EntryForm, identity_store: str) -> None:
        self.form, self.identity_store = form, identity_store
        self.category = _category(form.category.data)
        self._areas = self._read_place()
        self._bodies = self._read_office()
        self._posts = self._read_title()
        self._read_signs()

    @property
    def area(self) -> Place | Split | None:
        return self._areas.get(self.form.area.data or "")

    @property
    def body(self) -> BodyFacts | None:
        return self._bodies.get(self.form.body.data or "")

    @property
    def post(self) -> PostFacts | None:
        return self._posts.get(self.form.post.data or "")

    @property
    def shown(self) -> str:
        """What the officer confirms: it must be the same when he sends."""
        form = self.form
        return "|".join(str(one.data or "") for one in (form.area, form.body, form.post, form.category))

    @property
    def may_keep_identity(self) -> bool:
        """False where a name stays outside the portal (corruption, decisions 10)."""
        if self.category is None:
            return True
        return identity_may_stay(self.identity_store, self.category.code, self._said(), today())

    def fit(self) -> bool:
        """Whether every name that was typed is settled; says at the field what is open."""
        form = self.form
        if self.area is None:
            field, text = (form.area, lazy("Chọn một nơi")) if self._areas else (form.place, _NOWHERE)
            field.errors = [str(text)]
        elif isinstance(self.area, Split) and not form.street.data:
            form.street.errors = [_("Ghi tên đường, khu phố hoặc thôn, để biết nay thuộc phường, xã nào")]
            return False
        open_ones = [one for one in (form.body, form.post) if one.choices and not one.data]
        for field in open_ones:
            field.errors = [_("Chọn một dòng")]
        return self.area is not None and not open_ones

    def telling(self) -> Telling:
        """The report of a form that fits."""
        form, area, chosen = self.form, self.area, self.category
        assert area is not None, "fit() was asked"
        assert chosen is not None, "fit() was asked"
        ties = {name: Said.YES if name in (form.ties.data or ()) else Said.UNKNOWN for name in _TIES}
        openness = Openness(form.openness.data)
        return Telling(
            kind=chosen.kind,
            area_id=area.area_id,
            area_name=", ".join(part for part in (_own_name(area), area.place) if part),
            street=form.street.data,
            office=self._office(),
            at_front=ties["front"],
            at_party=ties["party"],
            at_inspection=ties["inspection"],
            category=chosen.code,
            said=self._said(),
            story=form.story.data,
            period=form.period.data,
            where=form.where.data,
            openness=openness,
            contact=self._contact(),
            lead=self._lead(),
        )

    def _said(self) -> dict[str, bool]:
        return dict.fromkeys(self.form.signs.data or (), True)

    def _contact(self) -> Contact:
        form = self.form
        if form.is_anonymous or not self.may_keep_identity:
            return Contact()
        return Contact(form.name.data, form.phone.data, form.address.data)

    def _lead(self) -> dict[str, bool]:
        if not self.form.is_anonymous:
            return {}
        given = {one.value: self.form[one.value].data for one in LeadQuestion}
        return {name: answer == "yes" for name, answer in given.items() if answer}

    def _office(self) -> Office:
        form, body, post = self.form, self.body, self.post
        return Office(
            body_id=body.id if body else "",
            body_name=body.name if body else "",
            kind=body.kind if body else None,
            level=body.level if body else None,
            area_id=body.area_id if body else "",
            detail="" if body else form.office.data,
            post=post.post if post else "",
            post_name=post.name if post else form.title.data,
            group=post.group if post else None,
            person=form.person.data,
        )

    def _read_place(self) -> dict[str, Place | Split]:
        found = places.places(self.form.place.data or "")
        known: dict[str, Place | Split] = {one.area_id: one for one in found.places[:_MOST]}
        known |= {f"{FORMER}{one.area_id}": one for one in found.splits}
        texts = {key: (_full_name(one),) for key, one in known.items()}
        typed = fold(self.form.place.data or "")
        named = [key for key, one in known.items() if typed in (fold(one.name), fold(_full_name(one)))]
        sure = next((keys[0] for keys in (named, list(known)) if len(keys) == 1), "")
        _offer(self.form.area, {key: texts[key][0] for key in known}, sure)
        return known

    def _read_office(self) -> dict[str, BodyFacts]:
        area, typed = self.area, self.form.office.data
        if area is None or not typed:
            return _nothing(self.form.body)
        found = places.bodies(area.area_id)
        for near in (found.own, found.above):
            fitting = meant(typed, {one.id: (one.name,) for one in near})
            if fitting.keys:
                return _offered(self.form.body, {one.id: one for one in near}, fitting, _UNLISTED)
        return _offered(self.form.body, {one.id: one for one in found.own}, Meant(), _UNLISTED)

    def _read_title(self) -> dict[str, PostFacts]:
        typed = self.form.title.data
        if self.body is None or not typed:
            return _nothing(self.form.post)
        known = {one.post: one for one in places.posts(self.body)}
        fitting = meant(typed, {key: (one.name, *one.synonyms) for key, one in known.items()})
        return _offered(self.form.post, known, fitting, _UNLISTED)

    def _read_signs(self) -> None:
        items = self.category.items if self.category else ()
        self.form.signs.choices = [SelectChoice(one.code, _(one.text)) for one in items]
        codes = {one.code for one in items}
        self.form.signs.data = [code for code in self.form.signs.data or () if code in codes]


_TIES = ("front", "party", "inspection")


_UNLISTED = lazy("Không có trong danh sách: giữ chữ đã gõ")
_NOWHERE = lazy("Không tìm thấy nơi nào có tên này")


def _category(code: str | None) -> Category | None:
    try:
        return category(code or "", today())
    except UnknownCategory:
        return None


def _own_name(area: Place | Split) -> str:
    return area.name if isinstance(area, Place) else f"{area.name} (cũ)"


def _full_name(area: Place | Split) -> str:
    return ", ".join(part for part in (_own_name(area), area.place) if part)


def _offer(field: Field, labels: Mapping[str, object], sure: str) -> None:
    """Offer these choices; what was chosen before stays where it is still one of them."""
    field.choices = [SelectChoice(key, text) for key, text in labels.items()]
    field.data = field.data if field.data in labels else sure or None


def _nothing(field: Field) -> dict[str, Any]:
    _offer(field, {}, "")
    return {}


def _offered(field: Field, known: Mapping[str, Any], fitting: Meant, other: LazyText) -> dict[str, Any]:
    """Offer what fits, else everything, and the typed words themselves; nothing where nothing is known."""
    if not known:
        return _nothing(field)
    keys: Sequence[str] = fitting.keys[:_MOST] or tuple(known)
    _offer(field, {key: known[key].name for key in keys} | {OTHER: other}, fitting.sure)
    return {key: known[key] for key in keys}
