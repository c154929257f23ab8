"""Words of a leave: why somebody is away, and why a leave cannot be entered."""

from portal.web.i18n import LazyText, lazy

LEAVE: dict[str, dict[str, LazyText]] = {
    "LeaveReason": {
        "annual": lazy("Nghỉ phép năm"),
        "sick": lazy("Nghỉ ốm"),
        "duty_travel": lazy("Đi công tác"),
        "training": lazy("Đi học, tập huấn"),
        "other": lazy("Lý do khác"),
    },
    "LeaveFault": {
        "no_officer": lazy("Người này không xử lý hồ sơ nên không cần người làm thay."),
        "not_at_work": lazy("Người này đang không làm việc trên Cổng."),
        "itself": lazy("Không ai làm thay chính mình. Hãy chọn người khác."),
        "other_body": lazy("Người làm thay phải cùng cơ quan."),
        "substitute_gone": lazy("Người làm thay không còn làm việc trên Cổng. Hãy chọn người khác."),
        "other_role": lazy(
            "Người làm thay phải có cùng loại vai trò. "
            "Người phụ trách chỉ người phụ trách khác làm thay được."
        ),
        "past": lazy("Ngày bắt đầu đã qua. Hãy ghi từ hôm nay trở đi."),
        "backwards": lazy("Ngày cuối phải từ ngày bắt đầu trở đi."),
        "too_long": lazy(
            "Mỗi lần vắng ghi được nhiều nhất một năm, và bắt đầu trong vòng một năm. Hãy xem lại năm."
        ),
        "overlap": lazy("Đã ghi một lần vắng của người này trong những ngày ấy. Hãy kết thúc lần đó trước."),
        "substitute_away": lazy("Người làm thay cũng vắng trong những ngày ấy. Hãy chọn người khác."),
        "stands_in": lazy(
            "Người này đang được ghi làm thay người khác trong những ngày ấy. Hãy đổi việc làm thay đó trước."
        ),
    },
}
