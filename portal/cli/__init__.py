"""The command `portal`: thin groups over actions and queries, each imported when it is called."""

import click

from portal.cli import wording
from portal.cli.lazy import Later, LazyGroup

wording.install()

COMMANDS = {
    "accounts": Later("accounts", "accounts", "Tài khoản cán bộ: liệt kê, mời, khóa."),
    "areas": Later("areas", "areas", "Đơn vị hành chính: nhập, tìm."),
    "audit": Later("audit", "audit", "Nhật ký: kiểm tra chuỗi."),
    "bench": Later("bench", "bench", "Đo tốc độ trên máy này, ghi bench.json."),
    "bodies": Later("bodies", "bodies", "Cơ quan của từng đơn vị: tạo, xem."),
    "db": Later("db", "db", "Bảng dữ liệu: tạo, nâng cấp, kiểm tra."),
    "deadlines": Later("deadlines", "deadlines", "Thời hạn: tính ngày cuối, bảng thời hạn, lịch nghỉ."),
    "demo": Later("demo", "demo", "Bản trình diễn: nạp, chạy, làm lại."),
    "keys": Later("keys", "keys", "Khóa của các cơ quan: lập gốc, liệt kê, dấu vân tay."),
    "routing": Later(
        "routing", "routing", "Thẩm quyền: hỏi quy tắc cho một bảng trường hợp hoặc một chức vụ."
    ),
    "serve": Later("serve", "serve", "Chạy trang web và tiến trình nền."),
    "worker": Later("serve", "worker", "Chạy riêng tiến trình nền."),
}
"""Every command; each says here what its own help says first."""


@click.group(cls=LazyGroup, later=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Cổng Giám sát Nhân dân: máy chủ, dữ liệu và khóa."""
