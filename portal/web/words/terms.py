"""One Vietnamese term per enum value, by the name of the enum: pages must not import the store's enums."""

from portal.domain.kinds import KINDS
from portal.web.i18n import LazyText, lazy
from portal.web.words.case import STATES, STEPS

_TRACKS = {"party": lazy("Kỷ luật đảng"), "state": lazy("Pháp luật, công vụ")}
_REPORT_KINDS = {
    "act": lazy("Phản ánh một việc làm"),
    "praise": lazy("Khen người tốt, việc tốt"),
    "reprisal": lazy("Tôi bị trả thù vì đã phản ánh"),
}

TERMS: dict[str, dict[str, LazyText]] = {
    "State": {state.value: text for state, text in STATES.items()},
    "Step": {step.value: text for step, text in STEPS.items()},
    "Kind": {row.kind.value: lazy(row.title) for row in KINDS},
    "ReportKind": _REPORT_KINDS,
    "Track": _TRACKS,
    "Desk": {
        "front": lazy("Mặt trận"),
        "reporter": lazy("Người phản ánh"),
        "committee": lazy("Ủy ban kiểm tra"),
        "outside": lazy("Nơi nhận ngoài cổng"),
        "nobody": lazy("Không chờ ai"),
    },
    "Finding": {
        "violation": lazy("Có vi phạm"),
        "partly": lazy("Có vi phạm một phần"),
        "none": lazy("Không có vi phạm"),
        "not_established": lazy("Chưa đủ căn cứ để xác định"),
    },
    "Part": {
        "checked": lazy("Đã kiểm tra những gì"),
        "found": lazy("Đã thấy gì"),
        "done": lazy("Đã làm gì"),
        "ground": lazy("Căn cứ"),
    },
    "Fault": {
        "too_short": lazy("Quá ngắn: hãy nói cụ thể"),
        "too_long": lazy("Quá dài"),
        "empty_phrase": lazy("Chưa phải là trả lời: hãy nói cụ thể đã làm gì"),
    },
    "Level": {
        "central": lazy("Trung ương"),
        "province": lazy("Tỉnh, thành phố"),
        "district": lazy("Huyện, quận (đến 30/6/2025)"),
        "commune": lazy("Xã, phường, đặc khu"),
        "cell": lazy("Chi bộ"),
    },
    "BodyKind": {
        "front": lazy("Ban Thường trực Ủy ban Mặt trận Tổ quốc"),
        "party": lazy("Cấp ủy (đảng ủy, tỉnh ủy, thành ủy)"),
        "inspection": lazy("Ủy ban kiểm tra"),
        "committee": lazy("Ủy ban nhân dân"),
        "council": lazy("Hội đồng nhân dân"),
        "police": lazy("Công an"),
        "inspectorate": lazy("Thanh tra"),
        "department": lazy("Sở, ban, ngành"),
        "school": lazy("Trường học công lập"),
        "health": lazy("Trạm y tế, bệnh viện công"),
        "neighbourhood": lazy("Khu phố, tổ dân phố, thôn, ấp"),
    },
    "PostGroup": {
        "head": lazy("Người đứng đầu"),
        "deputy": lazy("Cấp phó"),
        "member": lazy("Ủy viên, thành viên"),
        "staff": lazy("Cán bộ, công chức, nhân viên"),
    },
    "Openness": {
        "anonymous": lazy("Ẩn danh"),
        "confidential": lazy("Có để lại tên, giữ kín"),
        "named": lazy("Nêu tên"),
    },
    "Said": {"yes": lazy("Có"), "no": lazy("Không"), "unknown": lazy("Tôi không biết")},
    "LeadQuestion": {
        "names_somebody": lazy("Phản ánh có nêu tên người, chức vụ hoặc cơ quan không?"),
        "has_evidence": lazy("Bạn có kể việc cụ thể, hoặc gửi kèm giấy tờ, hình ảnh không?"),
        "can_be_verified": lazy("Có cách nào để kiểm tra không (nơi chốn, ngày, hồ sơ, người cùng biết)?"),
    },
    "FormStep": {
        "kind": lazy("Loại phản ánh"),
        "place": lazy("Địa bàn"),
        "office": lazy("Cơ quan"),
        "post": lazy("Chức vụ"),
        "ties": lazy("Nơi người đó tham gia"),
        "category": lazy("Việc gì"),
        "signs": lazy("Dấu hiệu"),
        "story": lazy("Chuyện xảy ra"),
        "when": lazy("Khi nào, ở đâu"),
        "evidence": lazy("Tài liệu kèm theo"),
        "about": lazy("Về bạn"),
        "contact": lazy("Tên và cách liên lạc"),
        "consent": lazy("Điều cần biết và đồng ý"),
    },
    "Why": {
        "invalid": lazy("Có chỗ cần sửa"),
        "other_tab": lazy("Đã sửa ở cửa sổ khác"),
        "changed": lazy("Cần xem lại"),
        "expired": lazy("Giữ lại từ bản nháp đã hết hạn"),
    },
    "PartyMember": {
        "yes": lazy("Là đảng viên"),
        "no": lazy("Không là đảng viên"),
        "unknown": lazy("Chưa rõ"),
    },
    "Role": {
        "reviewer": lazy("Cán bộ phân loại"),
        "lead_reviewer": lazy("Phụ trách phân loại"),
        "inspector": lazy("Cán bộ ủy ban kiểm tra"),
        "lead_inspector": lazy("Phụ trách ủy ban kiểm tra"),
        "custodian": lazy("Người giữ danh tính"),
        "registrar": lazy("Cán bộ danh mục"),
        "administrator": lazy("Quản trị hệ thống"),
        "auditor": lazy("Kiểm toán viên nhật ký"),
    },
    "ActorKind": {
        "public": lazy("Người dân"),
        "reporter": lazy("Người phản ánh"),
        "staff": lazy("Cán bộ"),
        "system": lazy("Hệ thống"),
    },
    "CategoryGroup": {
        "integrity": lazy("Liêm chính, tài sản"),
        "service": lazy("Phục vụ người dân"),
        "power": lazy("Dùng quyền"),
        "praise": lazy("Khen ngợi"),
    },
    "Content": {
        "construction": lazy("Quản lý trật tự xây dựng"),
        "attitude": lazy("Tinh thần trách nhiệm và thái độ phục vụ"),
        "field_work": lazy("Việc thực thi công vụ khi đi cơ sở"),
        "lawfulness": lazy("Việc chấp hành pháp luật khi làm nhiệm vụ"),
        "residence": lazy("Giữ mối liên hệ với nơi cư trú (cổng này không nhận)"),
    },
    "SkipReason": {
        "below_post_level": lazy("Thấp hơn cấp của chức vụ bị phản ánh"),
        "conflict": lazy("Có người liên quan đến việc này"),
        "not_active": lazy("Chưa tham gia cổng"),
    },
    "Open": {
        "which_unit": lazy("Địa bàn cũ đã chia: cần tên đường hoặc khu phố"),
        "who_manages": lazy("Cần biết ai quản lý người giữ chức vụ này"),
    },
    "Advice": {
        "nobody_left": lazy("Không còn nơi nào không liên quan: hướng dẫn đến trụ sở tiếp công dân"),
        "undetermined": lazy("Chưa xác định thẩm quyền: đưa vào hàng chờ của tỉnh, thành phố"),
    },
    "Channel": {
        "web": lazy("Trang web"),
        "paper": lazy("Đơn, thư giấy"),
        "phone": lazy("Điện thoại"),
        "visit": lazy("Gặp trực tiếp"),
    },
    "Rating": {
        "satisfied": lazy("Hài lòng"),
        "neutral": lazy("Bình thường"),
        "unsatisfied": lazy("Không hài lòng"),
    },
    "MessageKind": {
        "question": lazy("Câu hỏi cho bạn"),
        "reply": lazy("Trả lời câu hỏi"),
        "notice": lazy("Thông báo"),
        "answer": lazy("Trả lời kết quả"),
        "addition": lazy("Bổ sung của người phản ánh"),
        "review": lazy("Yêu cầu xem lại"),
    },
    "Direction": {
        "to_reporter": lazy("Gửi người phản ánh"),
        "from_reporter": lazy("Người phản ánh gửi"),
    },
    "RecordKind": {
        "reason": lazy("Lý do"),
        "note": lazy("Ghi chú"),
        "explanation": lazy("Giải trình"),
        "explanation_refused": lazy("Từ chối giải trình"),
        "conclusion": lazy("Kết luận"),
        "outside_return": lazy("Kết quả từ ngoài cổng"),
    },
    "OpeningState": {
        "asked": lazy("Đang chờ duyệt"),
        "granted": lazy("Đã đồng ý"),
        "refused": lazy("Đã từ chối"),
    },
    "AccountState": {"active": lazy("Đang dùng"), "disabled": lazy("Đã khóa")},
    "MemberState": {
        "waiting": lazy("Chờ kết nạp"),
        "admitted": lazy("Đã kết nạp"),
        "left": lazy("Đã rời"),
    },
    "KeyPurpose": {
        "content": lazy("Khóa nội dung"),
        "identity": lazy("Khóa danh tính"),
        "custodian": lazy("Khóa của người giữ danh tính"),
    },
    "Unit": {"wd": lazy("ngày làm việc"), "d": lazy("ngày")},
    "GrantScope": {"report": lazy("Phản ánh"), "mailbox": lazy("Hộp thư")},
    "Under": {
        "report": lazy("Khóa phản ánh"),
        "mailbox": lazy("Khóa hộp thư"),
        "case": lazy("Khóa hồ sơ"),
        "front": lazy("Khóa của Mặt trận"),
    },
}
