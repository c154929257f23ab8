"""Notices to staff in words: that something waits, never what it is about."""

from portal.web.i18n import LazyText, lazy

NOTICES: dict[str, dict[str, LazyText]] = {
    "Notice": {
        "routed": lazy("Có hồ sơ mới chuyển đến"),
        "referred": lazy("Có hồ sơ cấp dưới đề nghị xác định thẩm quyền"),
        "returned": lazy("Có hồ sơ bị trả lại"),
        "answered": lazy("Có hồ sơ đã được trả lời"),
        "message": lazy("Có thư của người dân"),
        "moved": lazy("Có hồ sơ được giao cho cơ quan của bạn"),
        "mentioned": lazy("Có ghi chú nhắc đến bạn"),
        "reseal": lazy("Có hồ sơ chờ niêm phong lại"),
        "identity": lazy("Có đề nghị xin xem danh tính"),
        "clock_half": lazy("Có hồ sơ đã qua nửa thời hạn"),
        "clock_four_fifths": lazy("Có hồ sơ sắp hết thời hạn"),
        "clock_due": lazy("Có hồ sơ đến hạn hoặc quá hạn"),
        "duty_soon": lazy("Có việc phải làm sắp đến hạn"),
        "duty_late": lazy("Có việc phải làm đã quá hạn"),
        "round_plan": lazy("Có kế hoạch giám sát chờ duyệt"),
        "round_due": lazy("Có đợt giám sát đến hạn"),
        "reprisal": lazy("Có người phản ánh báo bị trả thù"),
        "routing_proof_fails": lazy("Chứng minh thẩm quyền không đạt"),
        "routing_proof_old": lazy("Chứng minh thẩm quyền đã cũ hơn 36 giờ"),
        "mail_fails": lazy("Thư báo gửi cho một thành viên không tới được"),
        "mail_stuck": lazy("Máy chủ thư không nhận thư đã hơn một giờ"),
        "retention_soon": lazy("Có hồ sơ sắp đến ngày xóa theo thời hạn lưu"),
    },
    "Kept": {
        "case_answered": lazy("Hồ sơ đã trả lời"),
        "case_closed": lazy("Hồ sơ đã kết thúc"),
        "case_declined": lazy("Hồ sơ không thụ lý"),
    },
    "Way": {
        "at_once": lazy("Ngay khi có việc"),
        "digest": lazy("Mỗi ngày làm việc một thư gộp, lúc 7 giờ sáng"),
        "none": lazy("Không gửi thư; tôi tự xem trên Cổng"),
    },
}
