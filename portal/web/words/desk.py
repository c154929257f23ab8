"""Words of an officer's desk: how much a printed file shows, standard texts and the blanks in them."""

from portal.web.i18n import LazyText, lazy

DESK: dict[str, dict[str, LazyText]] = {
    "Profile": {
        "full": lazy("Đủ, cho đơn vị"),
        "masked": lazy("Che danh tính"),
        "dates": lazy("Chỉ mốc thời gian"),
    },
    "TextUse": {
        "question": lazy("Câu hỏi gửi người phản ánh"),
        "notice": lazy("Báo tin cho người phản ánh"),
        "refusal": lazy("Trả lời không thụ lý"),
        "thanks": lazy("Lời cảm ơn khi chuyển lời khen"),
        "return": lazy("Lý do trả lại hồ sơ"),
    },
    "Blank": {
        "số hồ sơ": lazy("Số hồ sơ"),
        "ngày": lazy("Ngày hôm nay"),
        "cơ quan": lazy("Tên cơ quan"),
        "hạn": lazy("Hạn của hồ sơ"),
    },
}
