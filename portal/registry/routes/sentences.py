"""What the pages of the register say when something is refused."""

from portal.domain.csv_rows import Refused as BadRows
from portal.domain.dating import Undated
from portal.registry.refusals import Because, Refused
from portal.web.i18n import _, lazy

SHOWN = 30
REFUSALS = {
    Because.NOT_YET: lazy("Chưa đến ngày. Việc này thực hiện được từ đúng ngày có hiệu lực:"),
    Because.PAST: lazy(
        "Kế hoạch bắt đầu từ hôm nay trở đi. Việc sắp xếp của thời gian đã qua do người vận hành nhập bằng "
        "dòng lệnh. Ngày đã nêu:"
    ),
    Because.LATER_CHANGE: lazy("Sau ngày ấy đã có thay đổi khác. Hãy chọn ngày sau lần thay đổi cuối."),
    Because.SAME: lazy("Không có gì khác với dòng đang có:"),
    Because.NO_ROW: lazy("Không tìm thấy trong danh mục vào ngày ấy:"),
    Because.HAS_KEYS: lazy("Cơ quan đang giữ khóa, chỉ kết thúc bằng một kế hoạch có cơ quan kế tiếp:"),
    Because.HAS_CASES: lazy("Cơ quan còn hồ sơ đang mở, chỉ kết thúc bằng một kế hoạch có cơ quan kế tiếp:"),
    Because.HAS_BELOW: lazy("Còn cơ quan cấp dưới trực thuộc:"),
    Because.TAKES_PART: lazy("Loại cơ quan này chỉ có một ở mỗi đơn vị và do danh mục tự tạo:"),
    Because.NOT_HERE: lazy("Kế hoạch động đến nơi ngoài phạm vi của bạn. Cơ quan giữ danh mục nơi ấy:"),
    Because.NO_SUCCESSOR: lazy("Cơ quan đang hoạt động kết thúc mà không có cơ quan kế tiếp cùng loại:"),
    Because.UNDO_WAITS: lazy(
        "Đã có một kế hoạch hoàn lại đang chờ cho lần sắp xếp này. Hãy rút kế hoạch ấy trước. Ngày của nó:"
    ),
    Because.DEPENDS_UNITS: lazy("Không hoàn lại được: sau đó đã có thay đổi ở đơn vị:"),
    Because.DEPENDS_KEYS: lazy("Không hoàn lại được: cơ quan mới đã lập khóa:"),
    Because.DEPENDS_REPORTS: lazy("Không hoàn lại được: cơ quan mới đã nhận phản ánh:"),
    Because.DEPENDS_CASES: lazy("Không hoàn lại được: cơ quan mới đã có hồ sơ mới:"),
    Because.HEIR_NOT_FOUNDED: lazy("Cơ quan kế tiếp chưa có khóa. Hãy lập khóa cho cơ quan ấy trước:"),
    Because.KEY_NOT_HELD: lazy("Bạn không mở được khóa của cơ quan cũ. Hãy nhờ người giữ khóa cấp trên:"),
    Because.NOT_A_PART: lazy("Cơ quan này không phải là một phần của đơn vị cũ:"),
    Because.IN_CONFLICT: lazy("Hồ sơ đang chờ niêm phong lại vì có người liên quan. Hãy làm việc ấy trước."),
}
FAULTS = (Refused, BadRows, Undated)


def sentences(fault: Exception) -> list[str]:
    """Why nothing was saved: one sentence for each faulty row."""
    if isinstance(fault, BadRows):
        few = [str(problem) for problem in fault.problems[:SHOWN]]
        more = len(fault.problems) - SHOWN
        return few + ([_("… và %(number)s lỗi khác", number=more)] if more > 0 else [])
    if isinstance(fault, Refused):
        return [f"{REFUSALS[fault.because]} {fault.which}".strip()]
    return [str(fault)]
