"""Routing in words: the rules, and why nobody was named."""

from portal.web.i18n import LazyText, lazy

RULES: dict[str, LazyText] = {
    "by_managing_level": lazy("Cấp quản lý người giữ chức vụ xem xét"),
    "conflict_goes_up": lazy("Có xung đột lợi ích: chuyển lên cấp trên"),
}

# By the code of portal.domain.routing.Open or Advice.
UNDECIDED: dict[str, LazyText] = {
    "who_manages": lazy("Chưa rõ cấp nào quản lý người giữ chức vụ này. Hãy chọn cấp quản lý bên dưới."),
    "which_unit": lazy("Đơn vị cũ đã chia về nhiều nơi. Hãy hỏi người phản ánh tên đường và khu phố."),
    "nobody_left": lazy(
        "Không còn cấp nào không có xung đột lợi ích. Hãy hướng dẫn người phản ánh đến nơi tiếp công dân "
        "ở trung ương."
    ),
    "undetermined": lazy("Chưa có quy tắc cho trường hợp này. Hãy hỏi cấp tỉnh."),
}
