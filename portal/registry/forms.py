"""What a registrar is asked: a day, a name, a superior, a post, a plan; and what readers filter by."""

from datetime import date

from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.domain.parties import BodyKind, Level, PartyMember, PostGroup
from portal.domain.roles import PURPOSES
from portal.web import words
from portal.web.fields import (
    CheckedRadio,
    CleanString,
    CleanText,
    Consent,
    DateParts,
    Form,
    between_days,
    length,
    optional,
    required,
)
from portal.web.i18n import lazy

LEVELS = [level for level in Level if level is not Level.CELL]
_ALL = SelectChoice("", lazy("Tất cả"))
_LATEST = lazy("Văn bản làm căn cứ")
_FIRST_DAY = between_days(earliest=date(1945, 9, 2), future=True)


class _Asked(Form):
    """Sent with GET: no anti-forgery token, so that an address can be kept."""

    class Meta(Form.Meta):
        csrf = False


class DayForm(_Asked):
    """On which day the register is looked at."""

    day = DateParts(lazy("Danh mục vào ngày"), [optional(), _FIRST_DAY])


class FindForm(_Asked):
    """A unit by a name of any period."""

    q = CleanString(
        lazy("Tên đơn vị"),
        [optional(), length(max=100)],
        description=lazy("Tên hiện nay hay tên cũ, ví dụ “Tân Sơn Nhì” hoặc “quận Tân Phú”"),
    )


class PostsForm(DayForm):
    """Which posts the list shows."""

    kind = SelectField(
        lazy("Loại cơ quan"),
        choices=[_ALL, *(SelectChoice(one, words.label(one)) for one in BodyKind)],
        default="",
    )
    level = SelectField(
        lazy("Cấp"), choices=[_ALL, *(SelectChoice(one, words.label(one)) for one in LEVELS)], default=""
    )


class GroundForm(Form):
    """What every change rests on."""

    source_doc = CleanString(
        _LATEST,
        [required(lazy("Nêu số, ngày của văn bản")), length(max=200)],
        description=lazy("Số, ngày và cơ quan ban hành, ví dụ “Nghị quyết 202/2025/QH15 ngày 12/6/2025”"),
    )
    reason = CleanString(lazy("Ghi chú, lý do"), [optional(), length(max=500)])


class NameForm(GroundForm):
    """Another name from a day on, or the right one in place of a wrong entry."""

    name = CleanString(
        lazy("Tên đầy đủ"),
        [required(lazy("Nhập tên")), length(max=100)],
        description=lazy("Kèm loại đơn vị, ví dụ “Thành phố Đồng Nai”"),
    )
    how = CheckedRadio(
        lazy("Đây là"),
        choices=[
            SelectChoice("change", lazy("Đổi tên từ một ngày")),
            SelectChoice("correction", lazy("Chữa tên đã nhập sai (dòng sai vẫn được giữ lại)")),
        ],
        validators=[required(lazy("Chọn một mục"))],
    )
    day = DateParts(lazy("Ngày đầu tiên mang tên này"), [optional(), between_days()])


class BodyForm(GroundForm):
    """Another name or another superior of a body, from a day on."""

    name = CleanString(lazy("Tên cơ quan"), [required(lazy("Nhập tên")), length(max=200)])
    superior_id = CleanString(
        lazy("Mã cơ quan cấp trên trực tiếp"),
        [optional(), length(max=48)],
        description=lazy("Mã đứng trên trang của cơ quan ấy, ví dụ “front.P79b”"),
    )
    day = DateParts(lazy("Ngày đầu tiên"), [required(lazy("Nhập ngày")), between_days()])


class NewBodyForm(BodyForm):
    """A further body of a unit, of a kind that holds no keys."""

    kind = SelectField(
        lazy("Loại cơ quan"),
        choices=[SelectChoice(one, words.label(one)) for one in BodyKind if one not in PURPOSES],
    )


class EndForm(GroundForm):
    """The last day of a body."""

    last = DateParts(lazy("Ngày cuối cùng"), [required(lazy("Nhập ngày")), _FIRST_DAY])


class PostForm(GroundForm):
    """A row of a post from a day on: who manages, who settles, party membership, other names."""

    day = DateParts(lazy("Ngày đầu tiên có hiệu lực"), [required(lazy("Nhập ngày")), _FIRST_DAY])
    name = CleanString(lazy("Tên chức vụ"), [required(lazy("Nhập tên")), length(max=120)])
    synonyms = CleanText(
        lazy("Các cách gọi khác"), [optional(), length(max=1000)], description=lazy("Mỗi dòng một cách gọi")
    )
    managing_level = SelectField(
        lazy("Cấp quản lý"), choices=[SelectChoice(one, words.label(one)) for one in LEVELS]
    )
    source = CleanString(lazy("Căn cứ về cấp quản lý"), [required(lazy("Nêu căn cứ")), length(max=200)])
    party_member = SelectField(
        lazy("Đảng viên"), choices=[SelectChoice(one, words.label(one)) for one in PartyMember]
    )
    settler_kind = SelectField(
        lazy("Cơ quan giải quyết"), choices=[SelectChoice(one, words.label(one)) for one in BodyKind]
    )
    settler_level = SelectField(
        lazy("Cấp giải quyết"), choices=[SelectChoice(one, words.label(one)) for one in LEVELS]
    )
    settler_source = CleanString(
        lazy("Căn cứ về thẩm quyền giải quyết"), [required(lazy("Nêu căn cứ")), length(max=200)]
    )


class NewPostForm(PostForm):
    """A post that the register does not have yet."""

    post = CleanString(
        lazy("Mã chức vụ"),
        [required(lazy("Nhập mã")), length(max=60)],
        description=lazy("Chữ thường không dấu, ví dụ “committee.commune.clerk”"),
    )
    body_kind = SelectField(
        lazy("Thuộc loại cơ quan"), choices=[SelectChoice(one, words.label(one)) for one in BodyKind]
    )
    level = SelectField(lazy("Ở cấp"), choices=[SelectChoice(one, words.label(one)) for one in LEVELS])
    group = SelectField(lazy("Nhóm"), choices=[SelectChoice(one, words.label(one)) for one in PostGroup])


class EndPostForm(GroundForm):
    """The first day on which a post no longer exists."""

    day = DateParts(lazy("Ngày đầu tiên không còn chức vụ này"), [required(lazy("Nhập ngày")), _FIRST_DAY])


class PlanForm(GroundForm):
    """A small reorganisation, typed: units that end, new units, and what became of what."""

    day = DateParts(lazy("Ngày đầu tiên của tổ chức mới"), [required(lazy("Nhập ngày")), _FIRST_DAY])
    ends = CleanText(
        lazy("Đơn vị kết thúc"),
        [required(lazy("Nhập ít nhất một mã đơn vị")), length(max=20_000)],
        description=lazy("Mỗi dòng một mã, ví dụ “C27019b”. Mã đứng trên trang của đơn vị."),
    )
    opens = CleanText(
        lazy("Đơn vị mới"),
        [optional(), length(max=20_000)],
        description=lazy("Mỗi dòng: mã; mã số; tên; cấp (tỉnh, huyện hoặc xã); mã đơn vị trên"),
    )
    links = CleanText(
        lazy("Đơn vị kế tiếp"),
        [required(lazy("Cho biết mỗi đơn vị cũ thành đơn vị nào")), length(max=20_000)],
        description=lazy(
            "Mỗi dòng: mã cũ; mã mới. Đơn vị bị chia có nhiều dòng, mỗi phần một dòng, phần lớn nhất trước."
        ),
    )


class FilesForm(GroundForm):
    """A large reorganisation, as two files in the format of the shipped ones."""

    areas = FileField(lazy("Tệp đơn vị (areas.csv)"))
    successors = FileField(lazy("Tệp đơn vị kế tiếp (area_successors.csv)"))


class UndoForm(GroundForm):
    """From which day on a reorganisation is taken back."""

    day = DateParts(lazy("Ngày đầu tiên trở lại như cũ"), [required(lazy("Nhập ngày")), _FIRST_DAY])


class SeenForm(Form):
    """A button under what was looked at; `seen` says which version that was."""

    seen = CleanString()


class SureForm(Form):
    """A button with a box that says what it does."""

    sure = Consent(
        lazy("Tôi đã xem kỹ và chịu trách nhiệm về việc này"), [required(lazy("Đánh dấu để tiếp tục"))]
    )


class PartForm(Form):
    """Which part of a divided unit a case belongs to."""

    part = CheckedRadio(
        lazy("Nơi này nay thuộc cơ quan nào?"), [required(lazy("Chọn một cơ quan"))], choices=[]
    )
