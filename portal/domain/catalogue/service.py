"""Categories about how residents are served."""

from portal.domain.catalogue.shapes import Category, CategoryGroup, Content, Item

SERVICE: tuple[Category, ...] = (
    Category(
        "delay",
        "Chậm trễ hoặc không trả lời",
        "Hồ sơ quá hẹn, đơn gửi không ai trả lời, bị chỉ từ nơi này sang nơi khác.",
        "Luật Thực hiện dân chủ ở cơ sở 2022, điều 35; Luật Tiếp công dân 2013, điều 28",
        (
            Item("past_due", "Đã quá ngày hẹn trả mà chưa có kết quả?"),
            Item("no_new_date", "Khi trễ hẹn, không có lời xin lỗi và ngày hẹn mới?"),
            Item("no_slip_given", "Nộp hồ sơ mà không được đưa giấy hẹn hoặc mã hồ sơ?"),
            Item("no_answer", "Đã gửi đơn hoặc phản ánh mà không được trả lời?"),
            Item("passed_around", "Nơi này đẩy sang nơi khác, phải đi nhiều chỗ?"),
            Item("papers_again", "Bị yêu cầu bổ sung giấy tờ nhiều lần, mỗi lần một thứ?"),
            Item("danger_ignored", "Việc có thể gây nguy hiểm cho người dân mà vẫn không ai xử lý?"),
        ),
        CategoryGroup.SERVICE,
        ("1.4", "2.5"),
        (Content.ATTITUDE, Content.FIELD_WORK),
    ),
    Category(
        "rude_service",
        "Thái độ hách dịch, thiếu tôn trọng",
        "Quát mắng, coi thường, từ chối tiếp hoặc không hướng dẫn người dân.",
        "Luật Thực hiện dân chủ ở cơ sở 2022, điều 9 và 35; Luật Tiếp công dân 2013",
        (
            Item("shouted", "Người đó quát mắng, xúc phạm hoặc đe nẹt bạn?"),
            Item("refused_to_receive", "Người đó từ chối tiếp bạn trong giờ làm việc mà không nói lý do?"),
            Item(
                "wrong_guidance",
                "Người đó không hướng dẫn, hoặc hướng dẫn sai làm bạn phải đi lại nhiều lần?",
            ),
            Item("queue_jumped", "Có người được chen ngang, được làm trước không đúng quy định?"),
            Item("weak_not_helped", "Người già, người khuyết tật hoặc người không biết chữ không được giúp?"),
            Item("name_withheld", "Người đó không đeo thẻ, không cho biết tên và chức vụ khi được hỏi?"),
        ),
        CategoryGroup.SERVICE,
        ("1.7", "2.5"),
        (Content.ATTITUDE, Content.FIELD_WORK),
    ),
    Category(
        "absent_on_duty",
        "Vắng mặt, làm việc riêng trong giờ",
        "Nơi tiếp dân không có người; đi muộn, về sớm; uống rượu, bia hoặc đánh bạc trong giờ làm.",
        "Luật Cán bộ, công chức, các điều về nghĩa vụ và những việc không được làm",
        (
            Item("desk_empty", "Trong giờ làm việc, nơi tiếp dân không có người trực?"),
            Item("late_and_early", "Người đó thường đến muộn, về sớm?"),
            Item("private_work", "Người đó làm việc riêng trong giờ làm việc?"),
            Item("drunk_on_duty", "Người đó uống rượu, bia trong giờ làm hoặc khi đang làm nhiệm vụ?"),
            Item("gambling_on_duty", "Người đó đánh bạc trong giờ làm hoặc tại cơ quan?"),
        ),
        CategoryGroup.SERVICE,
        ("1.4", "2.6", "2.9"),
        (Content.ATTITUDE, Content.LAWFULNESS),
    ),
    Category(
        "broken_promise",
        "Hứa với dân mà không làm",
        "Đã hứa hoặc cam kết với dân khi đang giữ chức vụ, đến hạn vẫn chưa làm.",
        "Luật Thực hiện dân chủ ở cơ sở 2022, điều 35; Quyết định 99-QĐ/TW (2017)",
        (
            Item(
                "said_in_office", "Lời hứa nói trong cuộc họp với dân, buổi tiếp dân hoặc ghi trong văn bản?"
            ),
            Item("date_passed", "Đã quá thời hạn đã hứa?"),
            Item("nothing_done", "Đến nay chưa có việc gì được làm?"),
            Item("not_explained", "Người dân đã hỏi lại mà không được giải thích?"),
            Item("reported_as_done", "Báo cáo ghi là đã làm xong nhưng thực tế chưa làm?"),
        ),
        CategoryGroup.SERVICE,
        ("1.6",),
        (Content.ATTITUDE, Content.FIELD_WORK),
    ),
)
