"""Words of deadlines, clocks and days off, by the name of the enum."""

from portal.web.i18n import LazyText, lazy

TIMING: dict[str, dict[str, LazyText]] = {
    "Unit": {"wd": lazy("ngày làm việc"), "d": lazy("ngày"), "h": lazy("giờ")},
    "Event": {
        "received": lazy("nhận"),
        "accepted": lazy("thụ lý"),
        "suspended": lazy("tạm đình chỉ"),
        "concluded": lazy("có kết luận"),
        "published": lazy("công khai"),
        "result": lazy("có kết quả"),
        "overdue": lazy("quá hạn"),
        "demanded": lazy("cấp trên yêu cầu"),
        "decision": lazy("có quyết định"),
        "refused": lazy("từ chối"),
        "handed_over": lazy("chuyển"),
        "referred": lazy("chuyển để xác định nơi có thẩm quyền"),
        "request": lazy("nhận yêu cầu"),
        "discovered": lazy("phát hiện"),
        "asked": lazy("hỏi người phản ánh"),
        "answered": lazy("trả lời"),
        "meeting": lazy("làm việc với nơi được giám sát"),
        "before_meeting": lazy("trước ngày làm việc với nơi được giám sát"),
    },
    "Ground": {
        "several_places": lazy("phải kiểm tra ở nhiều nơi"),
        "delegated": lazy("ủy quyền kiểm tra"),
        "complex": lazy("phức tạp"),
        "very_complex": lazy("đặc biệt phức tạp"),
        "necessary": lazy("có lý do cần thêm thời gian"),
    },
    "Until": {
        "other_result": lazy("chờ kết quả của nơi khác"),
        "person_back": lazy("chờ người liên quan có mặt"),
        "force_majeure": lazy("chờ hết trở ngại bất khả kháng"),
    },
    "Effect": {
        "off": lazy("Nghỉ"),
        "worked": lazy("Làm việc"),
        "as_shipped": lazy("Như lịch kèm theo"),
    },
    "Ending": {"done": lazy("đã xong bước"), "taken_over": lazy("cấp trên rút lên giải quyết")},
}
