"""Files that people send: kept in memory, measured, named harmlessly; in plain words why one is not taken.

Werkzeug writes uploads above 500 kB to a temporary file; here no upload ever touches the disk.

Source: design, decisions 23; security tests F.3.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, TypeVar

from flask import Request, current_app
from werkzeug.datastructures import FileStorage

from portal.domain.evidence import FILE_BYTES, FILES_PER_REPORT, PDF_PAGES, Refusal, Removed
from portal.domain.text import BadText, clean_text
from portal.papers.files import FileRefused
from portal.web.i18n import LazyText, _, lazy

MAX_REQUEST = FILE_BYTES + 2 * 1024**2  # a little too large is told beside the field, far too large by a page
NAME_CHARACTERS = 120
# What a phone offers in its chooser; what a file is, is found out from its content alone.
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf,.jpg,.jpeg,.png,.webp,.pdf"
_BYTES_NAME = 200  # of a name in UTF-8, so that it fits every file system with an ending added
_View = TypeVar("_View", bound=Callable[..., Any])

_MEGABYTES = FILE_BYTES // 1024**2
REFUSALS: dict[Refusal, LazyText] = {
    Refusal.MISSING: lazy("Hãy chọn một tệp rồi bấm “Gửi kèm tệp này”."),
    Refusal.EMPTY: lazy("Tệp này trống. Hãy mở thử trên máy của bạn, rồi chọn lại."),
    Refusal.TOO_LARGE: lazy(
        "Tệp lớn hơn %(size)s MB. Hãy chụp lại ở cỡ nhỏ hơn hoặc chia thành nhiều tệp.", size=_MEGABYTES
    ),
    Refusal.TOO_MANY: lazy(
        "Mỗi phản ánh nhận nhiều nhất %(number)s tệp. Hãy bỏ bớt một tệp trước khi thêm tệp khác.",
        number=FILES_PER_REPORT,
    ),
    Refusal.NO_ROOM: lazy(
        "Hiện Cổng chưa nhận thêm được tệp. Bạn vẫn gửi được phản ánh không kèm tệp, và bổ sung tệp sau."
    ),
    Refusal.UNKNOWN: lazy("Cổng không nhận loại tệp này. Hãy gửi ảnh (JPG, PNG, WebP) hoặc PDF."),
    Refusal.HEIC: lazy(
        "Cổng chưa nhận ảnh HEIC của iPhone. Trên iPhone, vào Cài đặt > Camera > Định dạng, chọn "
        "“Tương thích nhất” rồi chụp lại; hoặc chụp màn hình bức ảnh và gửi ảnh chụp màn hình."
    ),
    Refusal.ANIMATED: lazy("Cổng không nhận ảnh động (GIF). Hãy chụp màn hình khung hình cần gửi."),
    Refusal.OFFICE: lazy(
        "Cổng chưa nhận tệp Word, Excel hoặc tệp nén. Hãy lưu tài liệu thành PDF (Tệp > Lưu thành > PDF) "
        "rồi gửi."
    ),
    Refusal.MEDIA: lazy(
        "Cổng chưa nhận video và ghi âm. Hãy giữ bản gốc, nói rõ trong phần kể rằng bạn có; "
        "nơi tiếp nhận sẽ hẹn cách giao."
    ),
    Refusal.DAMAGED: lazy("Không đọc được tệp này: tệp bị hỏng hoặc gửi chưa trọn. Hãy mở thử rồi chọn lại."),
    Refusal.ENCRYPTED: lazy("Tệp PDF này có mật khẩu. Hãy bỏ mật khẩu, hoặc chụp ảnh các trang rồi gửi."),
    Refusal.TOO_MANY_PIXELS: lazy("Ảnh có kích thước quá lớn. Hãy chụp lại ở cỡ nhỏ hơn."),
    Refusal.TOO_MANY_PAGES: lazy(
        "PDF có hơn %(number)s trang. Hãy tách lấy những trang cần gửi.", number=PDF_PAGES
    ),
    Refusal.TOO_COMPLEX: lazy(
        "Tệp này quá nặng để xử lý. Hãy lưu lại ở chất lượng thấp hơn, hoặc chụp ảnh rồi gửi."
    ),
    Refusal.CRASHED: lazy("Không xử lý được tệp này. Hãy lưu lại thành tệp mới, hoặc chụp ảnh rồi gửi."),
}
REMOVALS: dict[Removed, LazyText] = {
    Removed.LOCATION: lazy("vị trí chụp"),
    Removed.DETAILS: lazy("tên máy, tên người làm, ngày giờ và ghi chú ẩn"),
    Removed.PREVIEW: lazy("ảnh xem trước ẩn"),
    Removed.TRAILING: lazy("phần thừa nằm sau ảnh"),
    Removed.TRANSPARENCY: lazy("phần trong suốt (nay là nền trắng)"),
    Removed.REDUCED: lazy("độ phân giải quá lớn (ảnh đã được thu nhỏ)"),
    Removed.SCRIPT: lazy("mã lệnh"),
    Removed.ACTION: lazy("liên kết và lệnh tự chạy"),
    Removed.EMBEDDED: lazy("tệp, âm thanh, phim nằm bên trong"),
    Removed.FORM: lazy("biểu mẫu ẩn"),
    Removed.SIGNATURE: lazy("chữ ký số (hình chữ ký trên trang vẫn còn)"),
    Removed.REVISIONS: lazy("các bản sửa trước"),
    Removed.REPAIRED: lazy("lỗi trong cấu trúc tệp"),
}


def takes_files(view: _View) -> _View:
    """Mark a view whose requests may be as large as one file (others stay under the portal's small limit)."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


class PortalRequest(Request):
    """Uploads stay in memory, and only views marked by `takes_files` are sent large ones.

    The limit hangs on the view, since the form is parsed (for its CSRF token) before the view begins.
    """

    def _get_file_stream(self, *_args: object, **_kwargs: object) -> BytesIO:
        return BytesIO()

    @property
    def max_content_length(self) -> int | None:
        """Bytes of a whole request: what a view set for itself, else what it is marked for."""
        if self._max_content_length is None and self.endpoint is not None:
            view = current_app.view_functions.get(self.endpoint)
            if getattr(view, "takes_files", False):
                return MAX_REQUEST
        return super().max_content_length

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value


def read_upload(file: FileStorage | None, limit: int = FILE_BYTES) -> bytes:
    """The bytes of one uploaded file, at most `limit`; FileRefused if it is missing, empty or larger."""
    if file is None or not file.filename:
        raise FileRefused(Refusal.MISSING)
    data = file.stream.read(limit + 1)
    if not data:
        raise FileRefused(Refusal.EMPTY)
    if len(data) > limit:
        raise FileRefused(Refusal.TOO_LARGE)
    return data


def safe_name(name: str | None) -> str:
    """A name to show: NFC, one line, no path, nothing invisible or turning, at most 120 characters.

    It is never used as a path. Its ending is the sender's claim; downloads carry the proved one.
    """
    try:
        plain = clean_text(name or "")
    except BadText:
        plain = ""
    plain = plain.replace("\\", "/").rpartition("/")[2]
    plain = "".join(" " if letter in '<>:"|?*;' or not letter.isprintable() else letter for letter in plain)
    plain = " ".join(plain.split()).lstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = plain, "", ""
    room = NAME_CHARACTERS - len(dot + ending)
    stem = (
        stem[:room]
        .encode()[: _BYTES_NAME - len((dot + ending).encode())]
        .decode(errors="ignore")
        .rstrip(". ")
    )
    return stem + dot + ending if stem else _("tệp") + dot + ending


def refusal_text(reason: Refusal) -> str:
    """Why the file cannot be taken, and what to do instead."""
    return str(REFUSALS[reason])


def removed_text(removed: Iterable[Removed | str]) -> list[str]:
    """What was taken out of a file, in words and in a fixed order; takes the stored codes too."""
    codes = {Removed(code) for code in removed}
    return [str(REMOVALS[code]) for code in Removed if code in codes]
