"""Words of the dated records of a case and of a withdrawal, by the name of the enum."""

from portal.web.i18n import LazyText, lazy

ENTRIES: dict[str, dict[str, LazyText]] = {
    "Entry": {
        "person_told": lazy("Báo nội dung cho người bị phản ánh, mời giải trình"),
        "documents": lazy("Yêu cầu cung cấp tài liệu"),
        "unit_check": lazy("Yêu cầu đơn vị kiểm tra, phối hợp"),
        "recommendation": lazy("Kiến nghị"),
        "self_review": lazy("Văn bản gợi ý kiểm điểm"),
        "discipline": lazy("Quyết định kỷ luật"),
        "investigators": lazy("Chuyển cơ quan điều tra, viện kiểm sát"),
        "remedy": lazy("Việc khắc phục"),
        "publication": lazy("Công khai kết quả, không nêu tên"),
    },
    "Clue": {
        "name": lazy("Giống tên người"),
        "address": lazy("Giống địa chỉ"),
        "birth": lazy("Giống ngày, năm sinh"),
    },
    "Posted": {
        "shown": lazy("Đang công khai"),
        "over": lazy("Hết thời gian công khai"),
        "withdrawn": lazy("Đã gỡ"),
    },
    "Ask": {
        "to": lazy("Gửi đến, giao cho nơi nào"),
        "by": lazy("Nơi quyết định"),
        "form": lazy("Hình thức"),
        "number": lazy("Số văn bản"),
        "due": lazy("Hạn trả lời, hạn làm xong"),
    },
    "Pressed": {
        "no": lazy("Không, tự tôi muốn rút"),
        "yes": lazy("Có: bị đe dọa, ép buộc, mua chuộc hoặc gây khó"),
        "unsaid": lazy("Tôi không muốn nói"),
    },
    "Owed": {
        "reply": lazy("Chờ văn bản trả lời"),
        "evidence": lazy("Chờ bằng chứng khắc phục"),
        "approval": lazy("Chờ người phụ trách duyệt"),
    },
}

ENTRY_LEADS = {
    "publication": lazy(
        "Người phụ trách của ủy ban duyệt rồi mới công khai. Ai viết thì không tự duyệt: "
        "ủy ban chỉ có một người phụ trách thì để cán bộ khác viết."
    ),
}
"""What to know before a record is written, by its kind."""
