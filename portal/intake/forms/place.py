"""Questions about where, which office and which post."""

from collections.abc import Iterable, Sequence

from wtforms import SelectChoice

from portal.domain.parties import BodyFacts, PostFacts
from portal.domain.places import Place, Split
from portal.domain.telling import Said
from portal.web import words
from portal.web.fields import CheckedRadio, CleanString, Form, length, optional, required
from portal.web.i18n import SOURCE, _, language, lazy

UNLISTED = "unlisted"
UNKNOWN = "unknown"
FORMER = "old."
LINE = 300


class SearchForm(Form):
    """The name of a place, in any spelling, of any period."""

    q = CleanString(
        lazy("Việc xảy ra ở phường, xã nào?"),
        [required(lazy("Ghi tên phường, xã hoặc tỉnh, thành phố")), length(max=80)],
        description=lazy(
            "Ghi tên phường, xã nơi người đó làm việc. Không cần dấu, tên cũ cũng được. "
            "Ví dụ: son ky tan phu."
        ),
    )


def place_form(found: Sequence[Place], splits: Sequence[Split]) -> type[Form]:
    """Which of the places found; for a former unit that was split, the street instead."""
    shown = [SelectChoice(p.area_id, place_name(p), render_kw={"hint": formerly(p)}) for p in found]
    unsure = [
        SelectChoice(
            f"{FORMER}{split.area_id}",
            _("Tôi không biết nay là phường, xã nào (%(name)s cũ)", name=split.name),
            render_kw={"hint": _("Ghi tên đường, khu phố ở ô bên dưới.")},
        )
        for split in splits
    ]

    choose = lazy("Chọn một nơi trong danh sách") if shown else lazy("Ghi tên phường, xã rồi bấm Tìm")

    class PlaceForm(Form):
        area = CheckedRadio(lazy("Chọn nơi đúng"), [required(choose)], choices=[*shown, *unsure])
        street = CleanString(
            lazy("Tên đường, khu phố, thôn (nếu phường, xã cũ đã chia)"), [optional(), length(max=LINE)]
        )

        def validate(self, extra_validators: object = None) -> bool:
            fits = super().validate(extra_validators)
            if fits and self.area.data.startswith(FORMER) and not self.street.data:
                self.street.errors = [_("Ghi tên đường, khu phố hoặc thôn, để biết nay thuộc phường, xã nào")]
                return False
            return fits

    return PlaceForm


def place_name(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.place) if part)


def formerly(place: Place) -> str:
    """By which former names the place was found, in words."""
    said = {
        "whole": lazy("Gồm cả %(name)s cũ (%(place)s)"),
        "part": lazy("Gồm một phần %(name)s cũ (%(place)s)"),
        "within": lazy("Nằm trong %(name)s cũ (%(place)s)"),
    }
    return "; ".join(
        str(said[one.extent.value]) % {"name": one.name, "place": one.place} for one in place.formerly[:3]
    )


def _named(body: BodyFacts) -> SelectChoice:
    """A body by its official name, which is Vietnamese in every language; others also read its kind."""
    hint = {} if language() == SOURCE else {"hint": words.label(body.kind)}
    return SelectChoice(body.id, body.name, render_kw=hint)


def office_form(bodies: Iterable[BodyFacts]) -> type[Form]:
    """Which body; its own name where there are several of a kind."""
    rest = [
        SelectChoice(UNLISTED, lazy("Không có trong danh sách")),
        SelectChoice(UNKNOWN, lazy("Tôi không biết")),
    ]

    class OfficeForm(Form):
        body = CheckedRadio(
            lazy("Người đó làm việc ở cơ quan nào?"),
            [required(lazy("Chọn một cơ quan, hoặc chọn “Tôi không biết”"))],
            choices=[*map(_named, bodies), *rest],
        )
        detail = CleanString(
            lazy("Tên cụ thể của nơi đó, nếu bạn biết"),
            [optional(), length(max=LINE)],
            description=lazy("Ví dụ: Trường Tiểu học …, Phòng Kinh tế, Tổ dân phố 12."),
        )

        def validate(self, extra_validators: object = None) -> bool:
            fits = super().validate(extra_validators)
            if fits and self.body.data == UNLISTED and not self.detail.data:
                self.detail.errors = [_("Ghi tên cơ quan, hoặc chọn “Tôi không biết”")]
                return False
            return fits

    return OfficeForm


def post_form(posts: Iterable[PostFacts]) -> type[Form]:
    """Which post, and the person's name if known."""
    rest = [
        SelectChoice(UNLISTED, lazy("Chức vụ khác")),
        SelectChoice(UNKNOWN, lazy("Tôi không biết")),
    ]

    class PostForm(Form):
        post = CheckedRadio(
            lazy("Người đó giữ chức vụ gì?"),
            [required(lazy("Chọn một chức vụ, hoặc chọn “Tôi không biết”"))],
            choices=[*(SelectChoice(post.post, lazy(post.name)) for post in posts), *rest],
        )
        name = CleanString(lazy("Chức vụ khác là gì?"), [optional(), length(max=LINE)])
        person = CleanString(
            lazy("Tên người đó, nếu bạn biết"),
            [optional(), length(max=LINE)],
            description=lazy("Có thể bỏ trống. Nhiều người thì ghi hết tên."),
        )

        def validate(self, extra_validators: object = None) -> bool:
            fits = super().validate(extra_validators)
            if fits and self.post.data == UNLISTED and not self.name.data:
                self.name.errors = [_("Ghi chức vụ, hoặc chọn “Tôi không biết”")]
                return False
            return fits

    return PostForm


def _tie(label: object) -> CheckedRadio:
    choices = [SelectChoice(one.value, words.label(one)) for one in Said]
    return CheckedRadio(label, [required(lazy("Chọn một câu trả lời"), bare=True)], choices=choices)


class TiesForm(Form):
    """Whether the person sits where the report could be read (decisions 2)."""

    front = _tie(lazy("Người đó có làm việc ở Mặt trận Tổ quốc nơi này không?"))
    party = _tie(lazy("Người đó có ở trong cấp ủy (đảng ủy, ban thường vụ) nơi này không?"))
    inspection = _tie(lazy("Người đó có ở trong ủy ban kiểm tra nơi này không?"))
