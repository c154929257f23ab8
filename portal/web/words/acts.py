"""Every kind of act in words, for the audit log: what somebody did, as `<stage>.<act>` is recorded."""

from portal.web.i18n import LazyText, lazy

ACTS: dict[str, LazyText] = {
    "accounts.accept_invitation": lazy("Nhận lời mời"),
    "accounts.admit_custodian": lazy("Kết nạp người giữ danh tính"),
    "accounts.admit_member": lazy("Kết nạp thành viên"),
    "accounts.change_roles": lazy("Đổi vai trò"),
    "accounts.disable": lazy("Khóa tài khoản"),
    "accounts.enable": lazy("Mở lại tài khoản"),
    "accounts.end_membership": lazy("Cho thành viên rời"),
    "accounts.found_body": lazy("Lập khóa cho cơ quan"),
    "accounts.found_root": lazy("Lập khóa gốc"),
    "accounts.invite": lazy("Mời thành viên"),
    "accounts.invite_again": lazy("Mời lại người mất mật khẩu"),
    "accounts.open_session": lazy("Đăng nhập"),
    "accounts.reseal": lazy("Đổi cụm mật khẩu"),
    "accounts.rotate_body_key": lazy("Thay khóa của cơ quan"),
    "accounts.set_email": lazy("Đổi thư điện tử"),
    "accounts.sign_out": lazy("Đăng xuất"),
    "accounts.withdraw_invitation": lazy("Rút lời mời"),
    "casework.accept": lazy("Thụ lý"),
    "casework.answer": lazy("Trả lời người dân"),
    "casework.ask": lazy("Hỏi người phản ánh"),
    "casework.assign": lazy("Giao người phụ trách"),
    "casework.begin_verification": lazy("Bắt đầu xác minh"),
    "casework.close": lazy("Kết thúc hồ sơ"),
    "casework.conclude": lazy("Kết luận"),
    "casework.note": lazy("Ghi chú vào hồ sơ"),
    "casework.open_case": lazy("Mở hồ sơ"),
    "casework.open_conclusion": lazy("Mở kết luận"),
    "casework.open_file": lazy("Mở tệp của hồ sơ"),
    "casework.open_queue": lazy("Mở danh sách hồ sơ"),
    "casework.record_explanation": lazy("Ghi giải trình"),
    "casework.return_case": lazy("Trả lại hồ sơ"),
    "intake.add": lazy("Người dân bổ sung"),
    "intake.rate": lazy("Người dân đánh giá"),
    "intake.reply": lazy("Người dân trả lời"),
    "intake.request_review": lazy("Người dân yêu cầu xem lại"),
    "intake.send": lazy("Người dân gửi phản ánh"),
    "oversight.ask": lazy("Xin xem danh tính"),
    "oversight.grant": lazy("Đồng ý cho xem danh tính"),
    "oversight.read_identity": lazy("Xem danh tính"),
    "oversight.read_reason": lazy("Đọc lý do xin xem danh tính"),
    "oversight.refuse": lazy("Không đồng ý cho xem danh tính"),
    "registry.confirm_year": lazy("Xác nhận lịch nghỉ của năm"),
    "registry.generate_bodies": lazy("Tạo cơ quan"),
    "registry.import_areas": lazy("Nhập đơn vị hành chính"),
    "registry.set_day": lazy("Ghi ngày nghỉ, ngày làm bù"),
    "triage.answer_outside": lazy("Trả lời thay nơi ngoài cổng"),
    "triage.ask": lazy("Yêu cầu bổ sung"),
    "triage.classify": lazy("Phân loại"),
    "triage.close_outside": lazy("Kết thúc hồ sơ ngoài cổng"),
    "triage.commend": lazy("Chuyển lời khen"),
    "triage.decline": lazy("Không thụ lý"),
    "triage.hand_over": lazy("Chuyển ngoài cổng"),
    "triage.open_case": lazy("Mở phản ánh"),
    "triage.open_file": lazy("Mở tệp của phản ánh"),
    "triage.open_queue": lazy("Mở danh sách chờ phân loại"),
    "triage.outside_letter": lazy("Lập văn bản chuyển ngoài cổng"),
    "triage.prepare": lazy("Soạn bản chuyển giao"),
    "triage.record_return": lazy("Nhập kết quả từ ngoài cổng"),
    "triage.resume": lazy("Tiếp tục, không chờ bổ sung"),
    "triage.route": lazy("Chuyển đến nơi có thẩm quyền"),
    "triage.write": lazy("Viết cho người dân"),
    "worker.begin_new": lazy("Bắt đầu tính thời hạn"),
    "worker.count_again": lazy("Tính lại thời hạn theo lịch nghỉ"),
    "worker.tell_levels": lazy("Nhắc việc sắp hết hạn, ghi việc quá hạn"),
}


def act_label(name: str) -> LazyText | str:
    """The act in words; its recorded name where it has none (acts of commands and of former versions)."""
    return ACTS.get(name, name)


OBJECTS: dict[str, LazyText] = {
    "account": lazy("Tài khoản"),
    "attachment": lazy("Tệp kèm theo"),
    "body": lazy("Cơ quan"),
    "case": lazy("Hồ sơ"),
    "identity_opening": lazy("Xin xem danh tính"),
    "member": lazy("Thành viên"),
    "report": lazy("Phản ánh"),
}


def object_label(name: str) -> str:
    """What an act concerned, as recorded ("case:…"), with its kind in words."""
    kind, _, one = name.partition(":")
    return f"{OBJECTS.get(kind, kind)} {one}"
