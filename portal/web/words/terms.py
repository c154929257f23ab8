"""One Vietnamese term per enum value, by the name of the enum: pages must not import the store's enums."""

from portal.domain.kinds import KINDS
from portal.web.i18n import LazyText, lazy
from portal.web.words.case import STATES, STEPS
from portal.web.words.notices import NOTICES
from portal.web.words.rounds import ROUNDS
from portal.web.words.timing import TIMING

_TRACKS = {"party": lazy("Kỷ luật đảng"), "state": lazy("Pháp luật, công vụ")}
_REPORT_KINDS = {
    "act": lazy("Phản ánh một việc làm"),
    "praise": lazy("Khen người tốt, việc tốt"),
    "reprisal": lazy("Tôi bị trả thù vì đã phản ánh"),
}

TERMS: dict[str, dict[str, LazyText]] = (
    TIMING
    | NOTICES
    | ROUNDS
    | {
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
        "Clash": {
            "moved_without_post": lazy("Thiếu chức vụ lúc xảy ra việc"),
            "then_without_move": lazy("Chưa ghi là đã chuyển hoặc đã nghỉ"),
            "no_member_in_party_office": lazy("Chức vụ trong Đảng mà không là đảng viên"),
            "not_an_office_of_the_party": lazy("Không phải chức vụ của tổ chức đảng"),
            "in_the_future": lazy("Ngày chưa đến"),
            "other_period": lazy("Chức vụ của thời kỳ khác"),
            "ended": lazy("Chức vụ không còn"),
            "twice": lazy("Trùng chức vụ"),
            "unknown_post": lazy("Không có trong danh mục"),
            "unknown_unit": lazy("Đơn vị không đúng"),
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
            "enterprise": lazy("Doanh nghiệp nhà nước"),
            "vertical": lazy("Cơ quan ngành dọc (thuế, kho bạc, bảo hiểm xã hội)"),
            "judiciary": lazy("Tòa án, viện kiểm sát"),
            "military": lazy("Quân đội, biên phòng"),
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
        "Relation": {
            "spouse": lazy("Vợ hoặc chồng"),
            "parent": lazy("Cha hoặc mẹ đẻ"),
            "adoptive_parent": lazy("Cha hoặc mẹ nuôi"),
            "parent_in_law": lazy("Cha hoặc mẹ vợ, chồng"),
            "child": lazy("Con đẻ"),
            "adopted_child": lazy("Con nuôi"),
            "child_in_law": lazy("Con dâu, con rể"),
            "sibling": lazy("Anh, chị, em ruột"),
        },
        "BarReason": {
            "named": lazy("Bị nêu tên"),
            "relative": lazy("Người thân bị nêu tên"),
            "own_word": lazy("Tự khai có liên quan"),
        },
        "ConflictSource": {
            "member_admitted": lazy("Có người mới vào cơ quan"),
            "person_named": lazy("Có người bị phản ánh được nêu thêm"),
            "letter": lazy("Người phản ánh viết thêm"),
            "relative_declared": lazy("Có người thân được khai thêm"),
            "lead_appointed": lazy("Có người được giao phụ trách cơ quan"),
            "before_resealing": lazy("So lại trước khi niêm phong"),
        },
        "Side": {"front": lazy("Mặt trận"), "committee": lazy("Ủy ban kiểm tra")},
        "LockState": {
            "waiting": lazy("Chờ cấp trên niêm phong lại"),
            "passed": lazy("Bỏ qua vì cũng có xung đột"),
            "done": lazy("Đã niêm phong lại"),
            "nobody": lazy("Không còn cấp nào, hướng dẫn lên trung ương"),
        },
        "Said": {"yes": lazy("Có"), "no": lazy("Không"), "unknown": lazy("Tôi không biết")},
        "Measure": {
            "secrecy": lazy("Giữ bí mật thông tin về người phản ánh (Luật Tố cáo 2018, điều 56)"),
            "work": lazy("Bảo vệ vị trí công tác, việc làm (điều 57)"),
            "life": lazy("Bảo vệ tính mạng, sức khỏe (điều 58)"),
            "property": lazy("Bảo vệ tài sản (điều 58)"),
            "dignity": lazy("Bảo vệ danh dự, nhân phẩm (điều 58)"),
        },
        "MeasureState": {
            "asked": lazy("Đã đề nghị"),
            "taken": lazy("Đã áp dụng"),
            "refused": lazy("Bị từ chối"),
        },
        "LeadQuestion": {
            "names_somebody": lazy("Phản ánh có nêu tên người, chức vụ hoặc cơ quan không?"),
            "has_evidence": lazy("Bạn có kể việc cụ thể, hoặc gửi kèm giấy tờ, hình ảnh không?"),
            "can_be_verified": lazy(
                "Có cách nào để kiểm tra không (nơi chốn, ngày, hồ sơ, người cùng biết)?"
            ),
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
        "Trace": {
            "phone": lazy("Số điện thoại"),
            "email": lazy("Thư điện tử"),
            "identity_number": lazy("Số giấy tờ"),
            "plate": lazy("Biển số xe"),
            "own_name": lazy("Tự xưng tên"),
            "own_place": lazy("Nơi ở của người viết"),
            "family": lazy("Người thân của người viết"),
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
        "Extent": {
            "whole": lazy("Toàn bộ đơn vị cũ"),
            "part": lazy("Một phần đơn vị cũ"),
            "within": lazy("Nằm trong địa bàn cũ"),
        },
        "Channel": {
            "web": lazy("Trang web"),
            "paper": lazy("Đơn, thư giấy"),
            "phone": lazy("Điện thoại"),
            "visit": lazy("Gặp trực tiếp"),
            "hotline": lazy("Đường dây nóng của đối tác"),
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
            "reprisal": lazy("Báo bị trả thù, trù dập"),
        },
        "Direction": {
            "to_reporter": lazy("Gửi người phản ánh"),
            "from_reporter": lazy("Người phản ánh gửi"),
        },
        "RecordKind": {
            "reason": lazy("Lý do"),
            "note": lazy("Ghi chú"),
            "facts": lazy("Dữ kiện"),
            "routing": lazy("Xác định thẩm quyền"),
            "letters": lazy("Thư người phản ánh đã gửi đơn vị chuyển lên"),
            "explanation": lazy("Giải trình"),
            "explanation_refused": lazy("Từ chối giải trình"),
            "conclusion": lazy("Kết luận"),
            "outside_return": lazy("Kết quả từ ngoài cổng"),
            "person": lazy("Người bị phản ánh được thêm"),
            "protection": lazy("Bảo vệ người phản ánh"),
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
        "DraftState": {
            "drafted": lazy("Chờ người thứ hai"),
            "active": lazy("Đã có hiệu lực"),
            "withdrawn": lazy("Đã rút lại"),
        },
        "PlanState": {
            "planned": lazy("Chờ thực hiện"),
            "carried_out": lazy("Đã thực hiện"),
            "undone": lazy("Đã hoàn lại"),
            "withdrawn": lazy("Đã rút kế hoạch"),
        },
        "Seat": {"front": lazy("Nơi tiếp nhận"), "leader": lazy("Cơ quan có thẩm quyền")},
        "Op": {"change": lazy("Đổi"), "add": lazy("Thêm"), "end": lazy("Kết thúc")},
        "Shield": {
            "clear": lazy("Đọc được"),
            "sealed": lazy("Niêm phong"),
            "digest": lazy("Dấu băm"),
            "public_key": lazy("Khóa công khai"),
            "id": lazy("Mã ngẫu nhiên"),
        },
        "GrantScope": {"report": lazy("Phản ánh"), "mailbox": lazy("Hộp thư")},
        "Under": {
            "report": lazy("Khóa phản ánh"),
            "mailbox": lazy("Khóa hộp thư"),
            "case": lazy("Khóa hồ sơ"),
            "front": lazy("Khóa của Mặt trận"),
        },
    }
)
