"""Routing in words: the rules, why one did not apply, and why nobody was named."""

from portal.web.i18n import LazyText, lazy

RULES: dict[str, LazyText] = {
    "crime_at_once": lazy("Có dấu hiệu tội phạm: chuyển ngay cơ quan điều tra"),
    "complaint_to_decider": lazy("Khiếu nại: đến người đã ra quyết định"),
    "procedure_to_office": lazy("Phản ánh thủ tục: đến đầu mối kiểm soát thủ tục hành chính"),
    "praise_to_front": lazy("Lời khen: Mặt trận chuyển đến cơ quan quản lý"),
    "out_of_scope": lazy("Ngoài phạm vi của Cổng"),
    "who_manages": lazy("Phải biết ai quản lý chức vụ"),
    "party_organisation": lazy("Tổ chức đảng: cấp ủy cấp trên xem xét"),
    "moved_highest": lazy("Đã chuyển công tác: theo chức vụ cao hơn"),
    "left_as_in_office": lazy("Đã thôi giữ chức vụ: như khi đang giữ"),
    "own_cell": lazy("Đảng viên không giữ chức vụ: chi bộ"),
    "by_managing_level": lazy("Cấp quản lý người giữ chức vụ xem xét"),
    "party_office": lazy("Chức vụ trong Đảng: tổ chức đảng xem xét"),
    "body_itself": lazy("Cả cơ quan bị phản ánh: cấp trên trực tiếp"),
    "moved_higher": lazy("Đã chuyển lên chức vụ cao hơn: cơ quan hiện nay chủ trì"),
    "moved_same_rank": lazy("Đã chuyển, chức vụ ngang: cấp trên của cơ quan cũ chủ trì"),
    "moved_otherwise": lazy("Đã chuyển công tác: cơ quan lúc xảy ra việc chủ trì"),
    "left_service": lazy("Đã nghỉ: cơ quan quản lý lúc xảy ra việc"),
    "police": lazy("Cán bộ công an: thủ trưởng công an cấp trên"),
    "council": lazy("Đại biểu Hội đồng nhân dân: Thường trực Hội đồng nhân dân"),
    "public_unit": lazy("Trường học, cơ sở y tế: người quản lý đơn vị"),
    "on_public_duty": lazy("Người được giao việc công: nơi trực tiếp quản lý"),
    "head_or_deputy": lazy("Người đứng đầu, cấp phó: cấp trên trực tiếp"),
    "managing_head": lazy("Người đứng đầu cơ quan quản lý trực tiếp"),
    "unit_ended": lazy("Đơn vị đã kết thúc: cấp kế tiếp"),
    "conflict_goes_up": lazy("Có xung đột lợi ích: chuyển lên cấp trên"),
}

# By the code of portal.domain.routing.Unmet; the rule that answered has none.
WHY: dict[str, LazyText] = {
    "not_in_force": lazy("Không có hiệu lực vào ngày tiếp nhận"),
    "other_kind": lazy("Loại việc khác"),
    "other_track": lazy("Thuộc đường xử lý khác (Đảng hoặc chính quyền)"),
    "other_office": lazy("Chức vụ khác"),
    "a_person": lazy("Phản ánh về một người, không về tổ chức"),
    "not_moved": lazy("Không cho biết đã chuyển công tác"),
    "not_left": lazy("Không cho biết đã thôi giữ chức vụ"),
    "not_higher": lazy("Chức vụ hiện nay không cao hơn"),
    "not_same_rank": lazy("Hai chức vụ không ngang nhau"),
    "known": lazy("Đã biết ai quản lý"),
    "unit_stands": lazy("Đơn vị vẫn còn"),
    "no_conflict": lazy("Không thấy xung đột lợi ích"),
    "holds_office": lazy("Có giữ chức vụ do cấp ủy quản lý"),
}

# By the code of portal.domain.routing.Open or Advice.
UNDECIDED: dict[str, LazyText] = {
    "who_manages": lazy(
        "Chưa rõ cấp nào quản lý người giữ chức vụ này. Hãy ghi dữ kiện: chọn chức vụ, hoặc cấp quản lý."
    ),
    "which_post": lazy("Chưa rõ chức vụ nào: chức vụ ghi có thể hiểu nhiều cách. Hãy chọn chức vụ đúng."),
    "which_post_then": lazy("Người này đã chuyển công tác. Hãy ghi chức vụ lúc xảy ra việc."),
    "which_unit": lazy("Đơn vị cũ đã chia về nhiều nơi. Hãy hỏi người phản ánh tên đường và khu phố."),
    "nobody_left": lazy(
        "Không còn cấp nào không có xung đột lợi ích. Hãy hướng dẫn người phản ánh đến nơi tiếp công dân "
        "ở trung ương."
    ),
    "undetermined": lazy("Chưa có quy tắc cho trường hợp này: cấp tỉnh xác định."),
    "own_cell": lazy("Chi bộ nơi người đó sinh hoạt xem xét. Hãy chuyển qua đảng ủy bằng văn bản."),
    "other_line": lazy(
        "Cơ quan có thẩm quyền thuộc ngành dọc, không có trên Cổng. Hãy hướng dẫn người phản ánh nơi gửi."
    ),
    "crime": lazy("Có dấu hiệu tội phạm: chuyển cơ quan điều tra hoặc viện kiểm sát ngay trong ngày."),
    "complaint": lazy(
        "Khiếu nại không chuyển ủy ban kiểm tra. Hãy hướng dẫn đến người đã ra quyết định hoặc tòa án."
    ),
    "procedure": lazy("Phản ánh về thủ tục: hướng dẫn gửi Cổng Dịch vụ công quốc gia."),
    "praise": lazy("Lời khen không chuyển ủy ban kiểm tra. Hãy chuyển lời khen đến cơ quan quản lý."),
    "out_of_scope": lazy("Nội dung này ngoài phạm vi của Cổng. Hãy trả lời không thụ lý kèm nơi nên gửi."),
}

# What `portal routing explain` cannot take, by the code of its refusal; `text` is what was given.
UNCLEAR: dict[str, LazyText] = {
    "day_unknown": lazy("Ngày không đọc được: “%(text)s”. Hãy ghi như 2026-11-01."),
    "place_unknown": lazy("Không có đơn vị nào tên “%(text)s”."),
    "place_ambiguous": lazy(
        "“%(text)s” là đơn vị nào? Ghi thêm tỉnh, huyện sau dấu phẩy, hoặc chép nguyên một dòng dưới đây."
    ),
    "unit_above": lazy("Chức vụ ở cấp thấp hơn đơn vị đã ghi (%(text)s): hãy ghi tên đơn vị của chức vụ đó."),
    "no_unit_then": lazy("Ngày đó không có đơn vị “%(text)s” hay đơn vị kế tiếp."),
    "post_unknown": lazy("Không hiểu chức vụ “%(text)s”."),
    "post_ambiguous": lazy("“%(text)s” có thể là nhiều chức vụ, hãy ghi rõ:"),
    "then_unknown": lazy("Không hiểu chức vụ lúc xảy ra việc: “%(text)s”."),
    "then_ambiguous": lazy("Chức vụ lúc xảy ra việc “%(text)s” có thể là nhiều chức vụ, hãy ghi rõ:"),
    "then_missing": lazy("“%(text)s” đã chuyển công tác: hãy ghi --then chức vụ lúc xảy ra việc."),
}

TERMS: dict[str, dict[str, LazyText]] = {
    "Who": {
        "person": lazy("Một người"),
        "body": lazy("Cả một cơ quan, đơn vị"),
        "party_organisation": lazy("Một tổ chức đảng"),
    },
    "Status": {
        "unknown": lazy("Chưa rõ"),
        "in_office": lazy("Đang giữ chức vụ"),
        "moved": lazy("Đã chuyển công tác"),
        "left": lazy("Đã thôi giữ chức vụ, nghỉ việc"),
    },
    "SkipReason": {
        "below_post_level": lazy("Thấp hơn cấp của chức vụ bị phản ánh"),
        "conflict": lazy("Có người liên quan đến việc này"),
        "not_active": lazy("Chưa tham gia Cổng"),
    },
    "Open": {
        "which_unit": lazy("Địa bàn cũ đã chia: cần tên đường hoặc khu phố"),
        "which_post": lazy("Chức vụ còn hiểu được nhiều cách"),
        "who_manages": lazy("Cần biết ai quản lý người giữ chức vụ này"),
        "which_post_then": lazy("Cần biết chức vụ lúc xảy ra việc"),
    },
    "Advice": {
        "nobody_left": lazy("Không còn nơi nào không liên quan: hướng dẫn đến trụ sở tiếp công dân"),
        "undetermined": lazy("Chưa xác định thẩm quyền: đưa vào hàng chờ của tỉnh, thành phố"),
        "own_cell": lazy("Chi bộ nơi người đó sinh hoạt"),
        "other_line": lazy("Ngành dọc, ngoài danh mục của Cổng"),
        "crime": lazy("Chuyển cơ quan điều tra trong ngày"),
        "complaint": lazy("Hướng dẫn khiếu nại"),
        "procedure": lazy("Hướng dẫn phản ánh thủ tục"),
        "praise": lazy("Chuyển lời khen"),
        "out_of_scope": lazy("Ngoài phạm vi"),
    },
}
