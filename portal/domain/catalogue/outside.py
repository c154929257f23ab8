"""What the portal does not take, and where it goes instead (ngoài phạm vi).

Grounds: the law on denunciation concerns breaches of duty and law (LTC 2018 art. 2(2)); political and
religious views are sensitive personal data (NĐ 356/2025 art. 4).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outside:
    """One thing the portal is not for. `instead` always names a place or a next step."""

    code: str
    title: str
    why: str
    instead: str


OUTSIDE: tuple[Outside, ...] = (
    Outside(
        "opinion",
        "Ý kiến, quan điểm, lời nói hoặc bài viết của một người",
        "Nghĩ gì, nói gì, viết gì không phải là việc làm khi đang giữ chức vụ. Cổng này không lưu và không "
        "chuyển những điều đó.",
        "Nếu kèm theo có một việc làm cụ thể, bạn hãy chỉ kể việc làm đó.",
    ),
    Outside(
        "religion",
        "Tín ngưỡng, tôn giáo",
        "Đó là quyền riêng của mỗi người và là dữ liệu được pháp luật bảo vệ chặt.",
        "Cổng này không nhận nội dung này dưới bất kỳ hình thức nào.",
    ),
    Outside(
        "private_life",
        "Chuyện gia đình, tình cảm, đời sống riêng",
        "Đời sống riêng không phải là việc công.",
        "Nếu có bạo lực, gọi 113. Nếu có trẻ em bị hại, gọi 111 (miễn phí, cả ngày đêm).",
    ),
    Outside(
        "private_person",
        "Người không giữ chức vụ, ví dụ hàng xóm, người bán hàng, công ty tư nhân",
        "Cổng này chỉ nhận việc làm của cán bộ và cơ quan nhà nước, đảng, Mặt trận, trường học và trạm y "
        "tế công.",
        "Tranh chấp giữa người dân: tổ hòa giải ở khu phố, thôn hoặc Ủy ban nhân dân xã, phường. Việc "
        "trái pháp luật: công an nơi gần nhất.",
    ),
    Outside(
        "own_decision",
        "Xin xem lại một quyết định về quyền lợi của chính bạn",
        "Luật gọi đó là khiếu nại. Chỉ nơi đã ra quyết định, cấp trên của nơi đó hoặc tòa án mới được xét.",
        "Gửi đơn khiếu nại đến nơi đã ra quyết định, thường trong 90 ngày; hoặc kiện ra tòa án hành chính.",
    ),
    Outside(
        "procedure",
        "Góp ý về thủ tục, mẫu giấy tờ, quy định chung",
        "Việc này có một hệ thống riêng, trả lời công khai.",
        "Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), mục “Phản ánh kiến nghị”.",
    ),
    Outside(
        "public_works",
        "Ổ gà, rác, ngập nước, tiếng ồn, đèn đường",
        "Đây là sự cố cần người đến sửa, chưa phải việc làm sai của một cán bộ.",
        "Tổng đài tiếp nhận của tỉnh, thành phố (ở Thành phố Hồ Chí Minh là 1022) hoặc Ủy ban nhân dân "
        "xã, phường. Nếu đã báo nhiều lần mà không ai làm, bạn có thể phản ánh việc chậm trễ ở đây.",
    ),
    Outside(
        "in_court",
        "Vụ việc tòa án đang xử hoặc đã xử",
        "Không cơ quan nào được làm thay tòa án.",
        "Trình bày với tòa án đang giữ vụ việc, hoặc kháng cáo trong thời hạn ghi trong bản án.",
    ),
    Outside(
        "emergency",
        "Việc đang nguy hiểm, cần người đến ngay",
        "Cổng này không có người trực để đến cứu.",
        "Gọi 113 (công an), 114 (cháy, cứu nạn), 115 (cấp cứu), 111 (bảo vệ trẻ em).",
    ),
)

# Shown on the form before anything is typed (decision 24).
WHAT_THIS_IS: tuple[str, ...] = (
    "Đây là nơi gửi phản ánh: bạn kể một việc làm, hoặc một việc đáng lẽ phải làm mà không làm, của "
    "người đang giữ chức vụ.",
    "Đây không phải đơn tố cáo theo Luật Tố cáo. Đơn tố cáo phải có chữ ký, hoặc bạn đến trình bày trực "
    "tiếp.",
    "Đây không phải nơi xét khiếu nại về quyền lợi riêng của bạn.",
    "Phản ánh của bạn chưa phải là kết luận. Người bị phản ánh được coi là chưa có lỗi cho đến khi có "
    "kết luận.",
    "Bạn kể điều bạn thấy, bạn biết. Cố ý bịa chuyện để hại người khác là việc bị pháp luật xử lý.",
)
