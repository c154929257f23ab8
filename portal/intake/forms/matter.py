"""Questions about the matter: what it is, what happened, when."""

from collections.abc import Iterable

from wtforms import SelectChoice

from portal.domain.catalogue import Category
from portal.domain.kinds import ReportKind
from portal.web import words
from portal.web.fields import (
    CheckedRadio,
    CleanString,
    CleanText,
    DateParts,
    Form,
    between_days,
    length,
    optional,
    required,
)
from portal.web.i18n import _, lazy

OUTSIDE = "outside"
STORY_LENGTH = 10_000
LINE = 300

_KIND_HINTS = {
    ReportKind.ACT: lazy("Bạn thấy cán bộ hoặc cơ quan làm sai, chậm trễ, gây khó, đòi tiền."),
    ReportKind.PRAISE: lazy("Bạn thấy cán bộ tận tâm, liêm khiết, giúp dân."),
    ReportKind.REPRISAL: lazy("Bạn hoặc người thân bị gây khó, bị đe dọa vì đã phản ánh."),
}


class KindForm(Form):
    """What the resident wants to do; the last choice leads out."""

    kind = CheckedRadio(
        lazy("Bạn muốn gửi điều gì?"),
        [required(lazy("Chọn điều bạn muốn gửi"))],
        choices=[
            *(
                SelectChoice(kind.value, words.label(kind), render_kw={"hint": _KIND_HINTS[kind]})
                for kind in ReportKind
            ),
            SelectChoice(
                OUTSIDE,
                lazy("Điều khác"),
                render_kw={
                    "hint": lazy(
                        "Ý kiến, lời nói, tôn giáo, chuyện riêng; hàng xóm, công ty; khiếu nại quyết định "
                        "của bạn; thủ tục; ổ gà, rác, ngập nước."
                    )
                },
            ),
        ],
    )


def category_form(categories: Iterable[Category]) -> type[Form]:
    """Which kind of act; the last choice leads out."""
    choices = [
        SelectChoice(one.code, lazy(one.title), render_kw={"hint": lazy(one.hint)}) for one in categories
    ]
    hint = lazy("Chỉ là ý kiến, lời nói, tôn giáo, chuyện riêng của một người.")
    choices.append(SelectChoice(OUTSIDE, lazy("Không phải những việc trên"), render_kw={"hint": hint}))

    class CategoryForm(Form):
        category = CheckedRadio(
            lazy("Đó là việc gì?"), [required(lazy("Chọn việc giống nhất"))], choices=choices
        )

    return CategoryForm


def signs_form(chosen: Category) -> type[Form]:
    """The yes/no items of a category; each may stay open."""
    answers = [SelectChoice("yes", lazy("Có")), SelectChoice("no", lazy("Không"))]
    fields = {
        item.code: CheckedRadio(lazy(item.text), [optional()], choices=answers) for item in chosen.items
    }
    return type("SignsForm", (Form,), fields)


class StoryForm(Form):
    """What happened, in the resident's own words."""

    story = CleanText(
        lazy("Chuyện gì đã xảy ra?"), [required(lazy("Kể chuyện đã xảy ra")), length(20, STORY_LENGTH)]
    )


class WhenForm(Form):
    """When and where; a date may be partial."""

    when = DateParts(
        lazy("Việc xảy ra ngày nào?"),
        [optional(), between_days()],
        precision="year",
        description=lazy("Không nhớ ngày thì chỉ ghi tháng và năm, hoặc chỉ ghi năm."),
    )
    period = CleanString(
        lazy("Hoặc kể bằng lời"),
        [optional(), length(max=LINE)],
        description=lazy("Ví dụ: nhiều lần từ đầu năm đến nay; mỗi sáng thứ Hai."),
    )
    where = CleanString(
        lazy("Ở đâu?"),
        [optional(), length(max=LINE)],
        description=lazy("Ví dụ: bộ phận một cửa, một đoạn đường, nhà văn hóa khu phố."),
    )

    def validate(self, extra_validators: object = None) -> bool:
        fits = super().validate(extra_validators)
        if fits and self.when.data is None and not self.period.data:
            self.period.errors = [_("Ghi ngày, hoặc kể bằng lời, dù chỉ là khoảng chừng")]
            return False
        return fits
