"""The form of a note on a case: for oneself or for the body, and whom it names."""

from wtforms import ValidationError
from wtforms.fields.choices import SelectChoice

from portal.domain.answers import LONGEST
from portal.web.fields import CheckedRadio, CleanText, Pick, length, optional, required
from portal.web.i18n import _, lazy
from portal.web.steps import StepForm

OWN, BODY = "own", "body"


class NoteForm(StepForm):
    """A note; `offer` gives the colleagues who can be named."""

    kept_as = {"audience": "", "mention": ""}

    text = CleanText(
        lazy("Ghi chú"),
        description=lazy("Người phản ánh và nơi khác không thấy ghi chú."),
        validators=[required(lazy("Nhập ghi chú")), length(max=LONGEST)],
    )
    audience = CheckedRadio(
        lazy("Ai đọc được?"),
        choices=[
            SelectChoice(BODY, lazy("Cán bộ của đơn vị tôi có phần trong hồ sơ")),
            SelectChoice(
                OWN,
                lazy("Chỉ mình tôi"),
                render_kw={
                    "hint": lazy("Niêm phong bằng khóa của riêng bạn; người phụ trách cũng không mở được.")
                },
            ),
        ],
        default=BODY,
        validators=[required(lazy("Chọn một ô"))],
    )
    mention = Pick(
        lazy("Nhắc đến đồng nghiệp"),
        description=lazy("Người đó nhận lời báo không có nội dung và thấy hồ sơ ở “Việc của tôi”."),
        validators=[optional()],
        default="",
    )

    def offer(self, people: list[tuple[str, str]]) -> "NoteForm":
        """Colleagues as (account id, name)."""
        self.mention.choices = [SelectChoice("", lazy("Không nhắc ai"))]
        self.mention.choices += [SelectChoice(key, name) for key, name in people]
        return self

    def validate_mention(self, field: Pick) -> None:
        if field.data and self.is_own:
            raise ValidationError(_("Ghi chú chỉ mình bạn đọc thì không nhắc ai được. Hãy chọn lại."))

    @property
    def is_own(self) -> bool:
        return bool(self.audience.data == OWN)


def explain(form: NoteForm, fault: Exception) -> None:
    """The colleague who was chosen has no part in the case, or left."""
    form.mention.errors = [*form.mention.errors, _("Không nhắc được người này trong hồ sơ này.")]
