"""What a step of the board was refused for, in the reviewer's words."""

from portal.web.i18n import _, lazy
from portal.web.steps import StepForm

REFUSALS = {
    "kind": lazy("Hãy phân loại trước, và chỉ loại việc mà ủy ban kiểm tra có quyền nhận mới được chuyển."),
    "anonymous_path": lazy(
        "Phản ánh không nêu tên chỉ được chuyển khi nêu rõ người hoặc cơ quan, có bằng chứng và có cơ sở "
        "kiểm tra. Hãy hỏi thêm người phản ánh hoặc không thụ lý."
    ),
    "not_looked_through": lazy("Hãy đọc lại bản chuyển đi rồi đánh dấu là đã xem."),
    "undecided": lazy("Chưa xác định được nơi có thẩm quyền. Hãy ghi dữ kiện hoặc hỏi thêm."),
    "other_committee": lazy("Nơi có thẩm quyền đã đổi từ khi bạn mở trang. Hãy xem lại đề xuất bên dưới."),
    "decided": lazy("Quy tắc đã nêu nơi có quyền hoặc việc phải làm: không cần hỏi cấp tỉnh."),
    "determining": lazy(
        "Hồ sơ đã được chuyển lên để xác định thẩm quyền và đơn vị bạn đang giữ: hãy ghi dữ kiện, hỏi người "
        "phản ánh, rồi chuyển đến nơi có quyền hoặc trả lời."
    ),
    "nobody_above": lazy("Chưa có Ban Thường trực cấp tỉnh nào dùng Cổng mà không liên quan đến việc này."),
    "one_track": lazy("Việc này chỉ có một đường xử lý, hoặc đường kia đã mở."),
    "not_active": lazy("Nơi này chưa dùng Cổng: hãy chuyển bằng văn bản và ghi số văn bản."),
    "active": lazy("Nơi này đã dùng Cổng: hãy chuyển ngay trên Cổng."),
    "handover": lazy("Cần bản chuyển đi của từng phản ánh trong hồ sơ."),
    "no_return": lazy("Chưa nhập kết quả từ nơi nhận."),
    "with_committee": lazy("Hồ sơ đang ở ủy ban kiểm tra; ủy ban kết thúc hồ sơ."),
}


def explain(form: StepForm, refusal: Exception) -> None:
    """Put a domain's refusal on the form, in the reviewer's words."""
    why = getattr(refusal, "why", "")
    form.form_errors.append(str(REFUSALS.get(why, _("Không làm được bước này."))))
