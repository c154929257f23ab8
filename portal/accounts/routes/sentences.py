"""What the pages of accounts say when something does not work."""

from portal.accounts.refusals import Because
from portal.web.i18n import _, lazy

WRONG = lazy("Tên đăng nhập, cụm mật khẩu hoặc mã sáu số chưa đúng.")
WRONG_PASSPHRASE = lazy("Cụm mật khẩu chưa đúng.")
WRONG_RECOVERY = lazy("Tên đăng nhập, mã khôi phục hoặc mã sáu số chưa đúng.")
WRONG_CODE = lazy("Mã sáu số chưa đúng. Quét lại mã QR rồi nhập số đang hiện.")
CROWDED = lazy("Đang có nhiều người đăng nhập. Hãy thử lại sau vài giây.")

REFUSALS = {
    Because.FOUNDED: lazy("Cơ quan này đã có khóa."),
    Because.NOT_FOUNDED: lazy("Cơ quan này chưa có khóa. Hãy lập khóa trước."),
    Because.ABOVE_NOT_ACTIVE: lazy("Cơ quan cấp trên chưa tham gia Cổng."),
    Because.NO_PART: lazy("Việc này không làm được với người hoặc cơ quan này."),
    Because.NOT_A_ROOT: lazy("Cơ quan này có cấp trên; cấp trên lập khóa cho nó."),
    Because.TOO_FEW_HOLDERS: lazy("Cần ít nhất hai người giữ khóa và một người giữ danh tính."),
    Because.ROLES: lazy(
        "Các vai trò này không đi cùng nhau. Người xử lý, người giữ danh tính và người quản trị phải là "
        "những người khác nhau; muốn chuyển sang nhóm khác thì mời lại."
    ),
    Because.KEY_NOT_HELD: lazy(
        "Bạn không giữ khóa mà người này cần. Hãy nhờ người đang giữ khóa ấy kết nạp."
    ),
    Because.LAST_HOLDER: lazy("Người này là người cuối cùng giữ khóa. Hãy kết nạp người khác trước."),
    Because.LOGIN_TAKEN: lazy("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."),
    Because.LOGIN_SHAPE: lazy("Tên đăng nhập gồm 3 đến 64 chữ cái không dấu, chữ số, dấu chấm hoặc gạch."),
    Because.OTHER_KEY: lazy("Khóa không khớp với tài khoản này."),
}


def wait_text(seconds: int) -> str:
    """How long to wait, in whole minutes or seconds."""
    if seconds >= 60:
        return _("Đã sai nhiều lần. Hãy thử lại sau %(minutes)s phút.", minutes=-(-seconds // 60))
    return _("Đã sai nhiều lần. Hãy thử lại sau %(seconds)s giây.", seconds=seconds)
