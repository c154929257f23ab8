"""A case in words: for staff in one term, for the resident in sentences (plain words, "lớp 8")."""

from dataclasses import dataclass

from portal.domain.kinds import ReportKind
from portal.domain.life import State, Step
from portal.web.i18n import LazyText, lazy

STATES: dict[State, LazyText] = {
    State.RECEIVED: lazy("Mới nhận"),
    State.NEEDS_INFO: lazy("Chờ người dân bổ sung"),
    State.RETURNED: lazy("Bị trả lại"),
    State.DECLINED: lazy("Không thụ lý"),
    State.ROUTED: lazy("Đã chuyển, chờ thụ lý"),
    State.OUTSIDE: lazy("Đã chuyển ngoài Cổng"),
    State.ACCEPTED: lazy("Đã thụ lý"),
    State.VERIFYING: lazy("Đang xác minh"),
    State.SUSPENDED: lazy("Tạm đình chỉ"),
    State.CONCLUDED: lazy("Đã kết luận, chưa trả lời"),
    State.ANSWERED: lazy("Đã trả lời"),
    State.CLOSED: lazy("Đã kết thúc"),
    State.UNDER_REVIEW: lazy("Đang xem lại"),
    State.UNDETERMINED: lazy("Chưa xác định thẩm quyền"),
    State.JOINED: lazy("Đã gộp vào hồ sơ khác"),
}

STEPS: dict[Step, LazyText] = {
    Step.CLASSIFY: lazy("Phân loại"),
    Step.ESTABLISH: lazy("Ghi dữ kiện xác định thẩm quyền"),
    Step.ASK_INFO: lazy("Yêu cầu bổ sung"),
    Step.ANSWER_INFO: lazy("Gửi bổ sung"),
    Step.RESUME: lazy("Tiếp tục, không chờ bổ sung"),
    Step.DECLINE: lazy("Không thụ lý"),
    Step.COMMEND: lazy("Chuyển lời khen"),
    Step.REFER: lazy("Chuyển cấp tỉnh xác định thẩm quyền"),
    Step.OPEN_TRACK: lazy("Mở hồ sơ trên đường xử lý kia"),
    Step.SPLIT: lazy("Tách thành nhiều việc"),
    Step.JOIN: lazy("Gộp vào hồ sơ khác"),
    Step.TAKE_IN: lazy("Nhận phản ánh gộp vào"),
    Step.UNJOIN: lazy("Tách ra vì gộp nhầm"),
    Step.LET_GO: lazy("Trả lại phản ánh gộp nhầm"),
    Step.REMIND: lazy("Đôn đốc nơi nhận ngoài Cổng"),
    Step.ESCALATE: lazy("Báo cấp trên của nơi nhận ngoài Cổng"),
    Step.ROUTE: lazy("Chuyển đến nơi có thẩm quyền"),
    Step.HAND_OVER: lazy("Chuyển ngoài Cổng"),
    Step.RECORD_RETURN: lazy("Nhập kết quả từ ngoài Cổng"),
    Step.ACCEPT: lazy("Thụ lý"),
    Step.RETURN: lazy("Trả lại"),
    Step.ASSIGN: lazy("Giao người phụ trách"),
    Step.NOTE: lazy("Ghi chú"),
    Step.ASK_REPORTER: lazy("Hỏi người phản ánh"),
    Step.BEGIN_VERIFICATION: lazy("Bắt đầu xác minh"),
    Step.SUSPEND: lazy("Tạm đình chỉ"),
    Step.RESUME_WORK: lazy("Tiếp tục giải quyết"),
    Step.EXTEND: lazy("Gia hạn"),
    Step.TELL_PERSON: lazy("Báo người bị phản ánh"),
    Step.REQUEST: lazy("Yêu cầu tài liệu, phối hợp"),
    Step.RECORD_REPLY: lazy("Ghi văn bản trả lời"),
    Step.RECORD_EXPLANATION: lazy("Ghi giải trình"),
    Step.CONCLUDE: lazy("Kết luận"),
    Step.ANSWER: lazy("Trả lời"),
    Step.RECORD_OUTCOME: lazy("Ghi kết quả xử lý"),
    Step.PLAN_REMEDY: lazy("Giao việc khắc phục"),
    Step.RECORD_REMEDY: lazy("Ghi bằng chứng khắc phục"),
    Step.CHECK_REMEDY: lazy("Kiểm tra việc khắc phục"),
    Step.DRAFT_PUBLICATION: lazy("Dự thảo công khai kết quả"),
    Step.APPROVE_PUBLICATION: lazy("Duyệt công khai kết quả"),
    Step.WITHDRAW_PUBLICATION: lazy("Gỡ nội dung đã công khai"),
    Step.CORRECT_PUBLICATION: lazy("Dự thảo đính chính nội dung đã công khai"),
    Step.CLOSE: lazy("Kết thúc"),
    Step.REQUEST_REVIEW: lazy("Yêu cầu xem lại"),
    Step.END_REVIEW: lazy("Kết thúc xem lại"),
    Step.WITHDRAW: lazy("Người phản ánh rút phản ánh"),
    Step.CORRECT: lazy("Đính chính trả lời"),
    Step.NAME_PERSON: lazy("Thêm người bị phản ánh"),
    Step.LOCK: lazy("Khóa vì xung đột lợi ích"),
    Step.HAND_UP: lazy("Cấp trên nhận hồ sơ"),
    Step.TAKE_OVER: lazy("Cấp trên nhận giải quyết"),
    Step.MOVE_UP: lazy("Chuyển việc theo dõi lên cấp trên"),
}

# By the rule of a clock (portal.domain.deadlines).
CLOCKS: dict[str, LazyText] = {
    "classify": lazy("Phân loại"),
    "classify_again": lazy("Phân loại lại"),
    "determine": lazy("Xác định thẩm quyền"),
    "wait_for_reporter": lazy("Hạn bổ sung"),
    "accept": lazy("Trả lời có thụ lý hay không"),
    "outside_answer": lazy("Chờ kết quả từ ngoài Cổng"),
    "settle": lazy("Xác minh và kết luận"),
    "tell_result": lazy("Trả lời người dân"),
    "close": lazy("Chờ ý kiến người dân rồi kết thúc"),
    "protect": lazy("Đọc, đề nghị bảo vệ người báo bị trả thù"),
    "remind_again": lazy("Đôn đốc lại nơi nhận ngoài Cổng"),
    "first_answer": lazy("Trả lời bước đầu cho người dân"),
}


@dataclass(frozen=True)
class Told:
    """What the resident reads about a state: where it stands, and what comes next."""

    now: LazyText
    next: LazyText


_TOLD: dict[State, Told] = {
    State.RECEIVED: Told(
        lazy("Chúng tôi đã nhận phản ánh của bạn và đang đọc."),
        lazy(
            "Ban Thường trực Mặt trận xem đây là loại việc gì và ai có quyền xem xét. Nếu thiếu điều gì, "
            "chúng tôi sẽ hỏi bạn ở trang này."
        ),
    ),
    State.NEEDS_INFO: Told(
        lazy("Chúng tôi cần bạn cho biết thêm."),
        lazy("Bạn đọc câu hỏi bên dưới rồi trả lời. Điều gì không biết, bạn ghi là không biết."),
    ),
    State.RETURNED: Told(
        lazy("Nơi nhận đã gửi trả phản ánh và nêu lý do. Chúng tôi đang tìm nơi đúng thẩm quyền."),
        lazy("Bạn không phải làm gì. Khi chuyển đi nơi khác, chúng tôi báo ở trang này."),
    ),
    State.DECLINED: Told(
        lazy("Phản ánh của bạn không được giải quyết ở đây."),
        lazy(
            "Bạn đọc lý do và nơi nên gửi ở bên dưới. Nếu không đồng ý, bạn được yêu cầu cấp trên xem "
            "lại một lần."
        ),
    ),
    State.ROUTED: Told(
        lazy("Phản ánh đã được chuyển đến nơi có quyền xem xét."),
        lazy("Nơi đó sẽ báo có nhận giải quyết hay không."),
    ),
    State.OUTSIDE: Told(
        lazy("Phản ánh đã được chuyển bằng văn bản đến nơi có quyền xem xét, vì nơi đó chưa dùng Cổng này."),
        lazy("Mặt trận theo dõi thời hạn, nhắc khi chậm và ghi kết quả vào trang này."),
    ),
    State.ACCEPTED: Told(
        lazy("Nơi có quyền xem xét đã nhận giải quyết phản ánh của bạn."),
        lazy("Họ sẽ kiểm tra từng việc bạn kể. Họ có thể hỏi thêm bạn ở trang này."),
    ),
    State.VERIFYING: Told(
        lazy("Việc bạn kể đang được kiểm tra."),
        lazy("Người bị phản ánh được giải thích. Người kiểm tra không được cho họ biết bạn là ai."),
    ),
    State.SUSPENDED: Told(
        lazy("Việc kiểm tra đang tạm dừng."),
        lazy(
            "Nơi giải quyết phải chờ một điều, ghi trong thư bên dưới. Khi điều đó đã có, họ làm tiếp "
            "và báo bạn."
        ),
    ),
    State.CONCLUDED: Told(
        lazy("Việc kiểm tra đã xong và có kết luận."),
        lazy("Bạn sẽ nhận trả lời: đã kiểm tra gì, thấy gì, đã làm gì và căn cứ vào đâu."),
    ),
    State.ANSWERED: Told(
        lazy("Đã có trả lời cho bạn."),
        lazy(
            "Bạn đọc trả lời ở bên dưới và cho biết có hài lòng không. Nếu không đồng ý, bạn được yêu "
            "cầu cấp trên xem lại một lần."
        ),
    ),
    State.CLOSED: Told(
        lazy("Việc này đã kết thúc."),
        lazy("Nếu bạn bị gây khó vì đã phản ánh, bạn gửi phản ánh mới và chọn “Tôi bị trả thù”."),
    ),
    State.UNDER_REVIEW: Told(
        lazy("Cấp trên đang xem lại theo yêu cầu của bạn."),
        lazy("Người xem lại không phải là người đã trả lời bạn. Kết quả sẽ có ở trang này."),
    ),
    State.JOINED: Told(
        lazy("Phản ánh của bạn đang được xem xét."),
        lazy("Bạn không phải làm gì. Có tin mới, chúng tôi báo ở trang này."),
    ),
    State.UNDETERMINED: Told(
        lazy("Mặt trận cấp tỉnh đang xác định nơi nào có quyền xem xét việc này."),
        lazy("Bạn không phải làm gì. Khi xác định được, chúng tôi chuyển đi và báo ở trang này."),
    ),
}

_PRAISE_TOLD: dict[State, Told] = {
    State.RECEIVED: Told(
        lazy("Chúng tôi đã nhận lời khen của bạn. Cảm ơn bạn."),
        lazy("Ban Thường trực Mặt trận đọc rồi chuyển đến cơ quan của người được khen."),
    ),
    State.ANSWERED: Told(
        lazy("Lời khen của bạn đã được chuyển đến cơ quan của người được khen."),
        lazy("Bạn không phải làm gì thêm."),
    ),
}


def told(state: State, kind: ReportKind | str = ReportKind.ACT) -> Told:
    """What the resident reads; a praise has its own words where it goes another way."""
    if kind == ReportKind.PRAISE:
        return _PRAISE_TOLD.get(state, _TOLD[state])
    return _TOLD[state]
