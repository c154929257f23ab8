"""Duties beside the clock in words, and why a limit of the law runs nowhere in the portal."""

from portal.web.i18n import LazyText, lazy

# By the rule of a duty (portal.domain.duties).
DUTIES: dict[str, LazyText] = {
    "tell_person": lazy("Báo nội dung cho người bị phản ánh"),
    "tell_suspension": lazy("Báo việc tạm đình chỉ cho người bị phản ánh"),
    "act_on_conclusion": lazy("Xử lý theo kết luận, hoặc kết thúc nếu không có gì phải xử lý"),
    "publish_conclusion": lazy("Quyết định công khai kết quả"),
    "review_again": lazy("Xem lại: thụ lý, hoặc trả lời là không"),
    "first_answer": lazy("Trả lời bước đầu cho người dân"),
    "handle_at_all": lazy("Xử lý phản ánh: hạn cuối theo trách nhiệm của cán bộ phụ trách"),
}

_COMPLAINT = lazy("Cổng hướng dẫn người khiếu nại đến nơi giải quyết, không thụ lý khiếu nại")
_DEMAND = lazy("Cổng báo cấp trên ngay khi đồng hồ đến hạn; chưa có bước yêu cầu báo cáo bằng văn bản")
_OWN_DATA = lazy("Không phải bước của hồ sơ: người dân yêu cầu trực tiếp với đơn vị vận hành")
_ROUND = lazy("Chạy ở đợt giám sát")

# By the row, for rows that are on and neither a clock nor a duty.
NOT_RUN: dict[str, LazyText] = {
    "D10": lazy("Chạy theo hạn ghi trong từng kiến nghị, ở “Việc đang theo dõi”"),
    "D13": _DEMAND,
    "D13.2": _DEMAND,
    "D14": lazy("Cổng chưa ghi riêng đơn do báo chí, cơ quan chuyển đến"),
    "D16": _COMPLAINT,
    "D17": _COMPLAINT,
    "D17.2": _COMPLAINT,
    "D18": _COMPLAINT,
    "D18.2": _COMPLAINT,
    "D18.3": _COMPLAINT,
    "D18.4": _COMPLAINT,
    "D19": _COMPLAINT,
    "D19.2": _COMPLAINT,
    "D20": _COMPLAINT,
    "D20.2": _COMPLAINT,
    "D22": lazy("Cổng báo nơi chuyển ngay trong bước trả lời"),
    "D22.2": lazy("Cùng ngày bắt đầu và cùng số ngày với đồng hồ D8"),
    "D23": lazy("Từ chối tiếp trực tiếp ở nơi tiếp công dân: không đi qua Cổng"),
    "D25": lazy("Báo cáo trong nội bộ cơ quan: không gửi qua Cổng"),
    "D26": _ROUND,
    "D28": lazy("Cổng hướng dẫn gửi nơi tiếp nhận phản ánh về quy định hành chính, không chuyển"),
    "D29": lazy("Việc công khai của xã, không phải bước của hồ sơ"),
    "D30": lazy("Hồ sơ trên đường Đảng chạy theo đồng hồ D5, ngắn hơn"),
    "D31": lazy("Hình thức kỷ luật nằm trong phần niêm phong, nên Cổng không tính ngày được"),
    "D32": _OWN_DATA,
    "D32.2": _OWN_DATA,
    "D32.3": _OWN_DATA,
    "D35": _ROUND,
    "D36": _ROUND,
    "D37": _ROUND,
    "P4": _ROUND,
    "P7": lazy("Ngày đôn đốc lại của từng văn bản gửi nơi nhận ngoài Cổng"),
}

OWED: dict[str, dict[str, LazyText]] = {
    "Owner": {
        "assignee": lazy("Người phụ trách hồ sơ"),
        "head": lazy("Lãnh đạo ủy ban"),
        "body": lazy("Đơn vị đang giữ hồ sơ"),
    },
    "Standing": {
        "done": lazy("Đã làm"),
        "open": lazy("Chưa làm"),
        "late": lazy("Quá hạn"),
        "void": lazy("Không còn phải làm"),
    },
}
