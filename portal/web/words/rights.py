"""Rights and acts in words: the members page and the audit log."""

from portal.domain.permissions import Permission
from portal.web.i18n import LazyText, lazy

PERMISSIONS: dict[Permission, LazyText] = {
    Permission.GUIDE_READ: lazy("Đọc hướng dẫn"),
    Permission.INTAKE_SUBMIT: lazy("Gửi phản ánh"),
    Permission.MAILBOX_USE: lazy("Dùng hộp thư bằng mã tra cứu"),
    Permission.MAILBOX_CHANGE_CODE: lazy("Đổi mã do cán bộ in"),
    Permission.COUNTER_ENTER: lazy("Nhập đơn giấy, cuộc gọi, lượt gặp"),
    Permission.ACCOUNT_OWN: lazy("Tự quản lý tài khoản"),
    Permission.DESK_USE: lazy("Xem việc đang chờ, lưu bộ lọc"),
    Permission.TEXTS_KEEP: lazy("Soạn văn bản mẫu của đơn vị"),
    Permission.CASES_SEARCH: lazy("Tìm hồ sơ của đơn vị"),
    Permission.TRIAGE_QUEUE: lazy("Xem danh sách chờ phân loại"),
    Permission.TRIAGE_VIEW: lazy("Đọc phản ánh"),
    Permission.TRIAGE_DECIDE: lazy("Phân loại, chuyển, không thụ lý"),
    Permission.CASE_FOLLOW: lazy("Theo dõi hồ sơ đã chuyển"),
    Permission.CASE_STAND_ASIDE: lazy("Từ chối một hồ sơ vì có liên quan"),
    Permission.CASE_HOLD: lazy("Giữ lại hồ sơ sắp xóa"),
    Permission.CONFLICT_TASKS: lazy("Xem hồ sơ chờ niêm phong lại"),
    Permission.CONFLICT_RESEAL: lazy("Niêm phong lại hồ sơ của cấp dưới"),
    Permission.CASEWORK_QUEUE: lazy("Xem danh sách hồ sơ"),
    Permission.CASEWORK_VIEW: lazy("Đọc hồ sơ"),
    Permission.CASEWORK_WORK: lazy("Xử lý hồ sơ"),
    Permission.CASEWORK_LEAD: lazy("Phụ trách hồ sơ, kết luận"),
    Permission.CASEWORK_APPROVE: lazy("Duyệt công khai kết quả"),
    Permission.CASEWORK_CHECK: lazy("Kiểm tra việc khắc phục"),
    Permission.IDENTITY_REQUEST: lazy("Xin xem danh tính"),
    Permission.IDENTITY_APPROVE: lazy("Duyệt xem danh tính"),
    Permission.IDENTITY_FOLLOW: lazy("Theo dõi việc xin xem danh tính"),
    Permission.IDENTITY_READ: lazy("Xem danh tính đã được duyệt"),
    Permission.MEMBERS_VIEW: lazy("Xem thành viên"),
    Permission.MEMBERS_INVITE: lazy("Mời thành viên"),
    Permission.INVITATION_ACCEPT: lazy("Nhận lời mời"),
    Permission.MEMBERS_ADMIT: lazy("Kết nạp thành viên"),
    Permission.CUSTODIANS_ADMIT: lazy("Kết nạp người giữ danh tính"),
    Permission.MEMBERS_ROLES: lazy("Đổi vai trò"),
    Permission.MEMBERS_END: lazy("Cho thành viên rời"),
    Permission.LEAVE_ENTER: lazy("Ghi lần vắng và người làm thay"),
    Permission.BODIES_FOUND: lazy("Lập cơ quan mới trên Cổng"),
    Permission.KEYS_ROTATE: lazy("Thay khóa của cơ quan"),
    Permission.KEYS_RESEAL: lazy("Niêm phong lại khóa của cơ quan cũ cho cơ quan kế tiếp"),
    Permission.ACCOUNTS_DISABLE: lazy("Khóa tài khoản"),
    Permission.REGISTRY_READ: lazy("Xem danh mục"),
    Permission.REGISTRY_IMPORT: lazy("Nhập danh mục"),
    Permission.REGISTRY_EDIT: lazy("Sửa danh mục, lập kế hoạch sắp xếp"),
    Permission.REGISTRY_REDRAFT: lazy("Sửa bản dự thảo của mình"),
    Permission.REGISTRY_CARRY_OUT: lazy("Thực hiện kế hoạch sắp xếp do người khác lập"),
    Permission.REGISTRY_ACTIVATE: lazy("Cho bản dự thảo chức vụ có hiệu lực"),
    Permission.CALENDAR_EDIT: lazy("Ghi lịch nghỉ"),
    Permission.SATISFACTION_READ: lazy("Xem bảng mức độ hài lòng"),
    Permission.ROUNDS_READ: lazy("Xem đợt giám sát"),
    Permission.ROUNDS_WORK: lazy("Lập và thực hiện đợt giám sát"),
    Permission.ROUNDS_APPROVE: lazy("Duyệt kế hoạch giám sát"),
    Permission.AUDIT_READ: lazy("Đọc nhật ký"),
    Permission.SYSTEM_RUN: lazy("Chạy việc của hệ thống"),
}

NAV_DESK = lazy("Việc của tôi")
NAV_TRIAGE = lazy("Phân loại")
NAV_COUNTER = lazy("Sổ đơn thư")
NAV_CASEWORK = lazy("Hồ sơ")
NAV_MEMBERS = lazy("Thành viên")
NAV_KEEPING = lazy("Sắp xóa")
NAV_CONFLICTS = lazy("Niêm phong lại")
NAV_REGISTRY = lazy("Danh mục")
NAV_CALENDAR = lazy("Lịch nghỉ")
NAV_IDENTITY = lazy("Xin xem danh tính")
NAV_ROUNDS = lazy("Đợt giám sát")
NAV_OVERSIGHT = lazy("Nhật ký")
