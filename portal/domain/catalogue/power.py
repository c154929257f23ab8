"""Categories about how power is used, and the two with a way of their own: reprisal and praise."""

from portal.domain.catalogue.shapes import Category, CategoryGroup, Content, Item
from portal.domain.kinds import ReportKind

POWER: tuple[Category, ...] = (
    Category(
        "construction_breach",
        "Làm ngơ cho xây dựng sai phép",
        "Cán bộ biết nhà hoặc công trình xây sai mà không xử lý, hoặc xử lý nơi này bỏ qua nơi khác.",
        "Luật Xây dựng, các điều về quản lý trật tự xây dựng; Luật Phòng, chống tham nhũng 2018, điều 2 "
        "khoản 1 điểm l",
        (
            Item("no_permit", "Công trình không có giấy phép hoặc xây khác giấy phép?"),
            Item("official_knew", "Cán bộ phụ trách đã biết hoặc đã đến xem mà không lập biên bản?"),
            Item("order_not_done", "Đã có quyết định đình chỉ hoặc buộc tháo dỡ mà không thực hiện?"),
            Item("told_before", "Người dân đã báo mà công trình vẫn tiếp tục?"),
            Item("treated_unequally", "Nhà này bị xử lý, nhà khác sai giống vậy thì không?"),
            Item("paid_to_ignore", "Có dấu hiệu nhận tiền, quà để bỏ qua?", True),
        ),
        CategoryGroup.POWER,
        ("1.4", "2.7"),
        (Content.CONSTRUCTION,),
    ),
    Category(
        "abuse_of_power",
        "Lạm quyền, áp đặt",
        "Quyết định việc không thuộc quyền của mình, bỏ qua thủ tục, ép người khác làm sai.",
        "Luật Phòng, chống tham nhũng 2018, điều 2 khoản 1 điểm d, đ và e",
        (
            Item("beyond_authority", "Người đó quyết định việc không thuộc quyền của mình?"),
            Item(
                "no_written_order",
                "Người đó cấm, thu giữ hoặc cưỡng chế mà không có quyết định bằng văn bản?",
            ),
            Item("procedure_skipped", "Việc phải họp dân hoặc phải công khai, nhưng người đó tự quyết?"),
            Item("interfered", "Người đó can thiệp để người khác được lợi hoặc bị thiệt?"),
            Item("staff_pressed", "Người đó ép cấp dưới làm sai quy định?"),
            Item("votes_bought", "Người đó đưa tiền, quà hoặc gây sức ép để được phiếu bầu?"),
            Item("force_used", "Người đó dùng vũ lực hoặc đe dọa khi làm nhiệm vụ?"),
        ),
        CategoryGroup.POWER,
        ("1.7", "1.8", "2.2", "2.8"),
        (Content.FIELD_WORK, Content.LAWFULNESS),
        corruption=True,
    ),
    Category(
        "retaliation",
        "Trả thù người phản ánh",
        "Bạn hoặc người thân bị gây khó, bị đe dọa vì đã phản ánh, khiếu nại hoặc tố cáo.",
        "Luật Tố cáo 2018, điều 8 và 47–58; Luật Thực hiện dân chủ ở cơ sở 2022, điều 9 và 35",
        (
            Item("threatened", "Bạn hoặc người thân bị đe dọa, bị theo dõi?"),
            Item("identity_leaked", "Có người để lộ bạn là người đã phản ánh?"),
            Item("papers_blocked", "Hồ sơ, giấy tờ của bạn bị gây khó sau khi phản ánh?"),
            Item("work_harmed", "Bạn bị chuyển việc, giảm lương, cho nghỉ hoặc bị cô lập ở nơi làm?"),
            Item("property_harmed", "Nhà cửa hoặc việc buôn bán của bạn bị phá, bị kiểm tra bất thường?"),
            Item("pressed_to_withdraw", "Bạn bị ép hoặc bị mua chuộc để rút phản ánh?"),
        ),
        CategoryGroup.POWER,
        ("2.2",),
        (Content.LAWFULNESS,),
        # It may be revenge for a report of corruption, whose sender the law keeps secret.
        corruption=True,
        kind=ReportKind.REPRISAL,
    ),
)

PRAISE: tuple[Category, ...] = (
    Category(
        "praise",
        "Khen người tốt, việc tốt",
        "Cán bộ tận tâm, liêm khiết, giúp dân được việc.",
        "Luật Mặt trận Tổ quốc Việt Nam 2015, điều 25 khoản 2",
        (
            Item("beyond_duty", "Người đó làm hơn phần việc được giao để giúp dân?"),
            Item("gift_refused", "Người đó từ chối tiền, quà?"),
            Item("early", "Việc được giải quyết đúng hẹn hoặc sớm hơn?"),
            Item("weak_helped", "Người đó giúp người già, người khuyết tật hoặc người gặp khó khăn?"),
            Item("many_agree", "Nhiều người trong khu phố cùng thấy như vậy?"),
        ),
        CategoryGroup.PRAISE,
        (),
        (Content.ATTITUDE, Content.FIELD_WORK),
        kind=ReportKind.PRAISE,
    ),
)
