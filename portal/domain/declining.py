"""Why a report may be declined (không thụ lý): a closed list, each with its ground and where to go instead.

LTC 2018 art. 24(1–2), Luật Tiếp công dân 2013 art. 26; design, rule 41. A reviewer chooses a reason and
adds words of his own; he cannot invent a reason.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.kinds import Kind


class DeclineReason(StrEnum):
    """The closed list."""

    OUT_OF_SCOPE = "out_of_scope"
    PRIVATE_PERSON = "private_person"
    COMPLAINT = "complaint"
    PROCEDURE = "procedure"
    PUBLIC_WORKS = "public_works"
    CRIME = "crime"
    NO_FACTS = "no_facts"
    NOTHING_TO_VERIFY = "nothing_to_verify"
    DUPLICATE = "duplicate"
    ALREADY_SETTLED = "already_settled"
    OTHER_LINE = "other_line"
    OTHER_DENUNCIATION = "other_denunciation"
    NOBODY_IMPARTIAL = "nobody_impartial"
    ALREADY_THERE = "already_there"
    IN_COURT = "in_court"
    BAD_FAITH = "bad_faith"


@dataclass(frozen=True)
class DeclineFacts:
    """`title` for staff; `told` and `instead` are shown to the resident as they stand."""

    reason: DeclineReason
    title: str
    law: str
    told: str
    instead: str


DECLINE_REASONS: tuple[DeclineFacts, ...] = (
    DeclineFacts(
        DeclineReason.OUT_OF_SCOPE,
        "Ngoài phạm vi: ý kiến, lời nói, niềm tin hoặc chuyện riêng",
        "Luật Tố cáo 2018, điều 2 khoản 2; Nghị định 356/2025/NĐ-CP, điều 4",
        "Nội dung bạn gửi nói về ý kiến, lời nói hoặc chuyện riêng, không phải việc làm khi đang giữ "
        "chức vụ.",
        "Nếu có một việc làm cụ thể, bạn có thể gửi phản ánh mới chỉ kể việc đó. Nội dung bạn đã gửi sẽ "
        "được xóa sớm.",
    ),
    DeclineFacts(
        DeclineReason.PRIVATE_PERSON,
        "Người bị phản ánh không giữ chức vụ",
        "Luật Tố cáo 2018, điều 2; Luật Hòa giải ở cơ sở 2013",
        "Người bạn nêu không giữ chức vụ trong cơ quan nhà nước, đảng, Mặt trận hoặc đơn vị công.",
        "Tranh chấp giữa người dân: nhờ tổ hòa giải ở khu phố, thôn hoặc Ủy ban nhân dân xã, phường. "
        "Việc trái pháp luật: báo công an nơi gần nhất.",
    ),
    DeclineFacts(
        DeclineReason.COMPLAINT,
        "Là khiếu nại về quyền lợi riêng",
        "Luật Khiếu nại 2011, điều 2, 7 và 9",
        "Bạn muốn xem lại một quyết định về quyền lợi của mình. Luật gọi đó là khiếu nại và giao cho nơi "
        "khác xét.",
        "Gửi đơn khiếu nại đến người hoặc cơ quan đã ra quyết định, thường trong 90 ngày kể từ ngày biết "
        "quyết định; không đồng ý thì gửi cấp trên trực tiếp hoặc kiện ra tòa án hành chính.",
    ),
    DeclineFacts(
        DeclineReason.PROCEDURE,
        "Là góp ý về thủ tục, quy định hành chính",
        "Nghị định 20/2008/NĐ-CP, điều 1 và 5",
        "Bạn góp ý về thủ tục hoặc quy định chung, không nói đến việc làm của một người hay một cơ quan "
        "cụ thể.",
        "Gửi tại Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), mục “Phản ánh kiến nghị”.",
    ),
    DeclineFacts(
        DeclineReason.PUBLIC_WORKS,
        "Là sự cố hạ tầng, vệ sinh, trật tự",
        "Luật Tiếp công dân 2013, điều 26; Luật Thực hiện dân chủ ở cơ sở 2022, điều 35",
        "Bạn báo một sự cố cần người đến sửa hoặc xử lý.",
        "Gọi tổng đài tiếp nhận của tỉnh, thành phố (ở Thành phố Hồ Chí Minh là 1022) hoặc Ủy ban nhân "
        "dân xã, phường. Nếu đã báo nhiều lần mà không ai làm, bạn có thể gửi phản ánh về việc chậm trễ.",
    ),
    DeclineFacts(
        DeclineReason.CRIME,
        "Có dấu hiệu tội phạm, đã chuyển cơ quan điều tra",
        "Luật Tố cáo 2018, điều 27 khoản 1",
        "Việc bạn kể có dấu hiệu tội phạm. Chúng tôi đã chuyển ngay đến cơ quan điều tra, không kèm điều "
        "gì về bạn. Từ đây việc này theo luật tố tụng hình sự.",
        "Bạn giữ tin nhắn, giấy tờ, ghi âm và có thể đến thẳng cơ quan điều tra hoặc viện kiểm sát. Đang "
        "nguy hiểm thì gọi 113.",
    ),
    DeclineFacts(
        DeclineReason.NO_FACTS,
        "Thiếu thông tin, đã hỏi mà không có trả lời",
        "Luật Tố cáo 2018, điều 23 và 25 khoản 2",
        "Phản ánh chưa cho biết rõ ai hoặc cơ quan nào, việc gì, ở đâu, khi nào. Chúng tôi đã hỏi thêm "
        "nhưng chưa nhận được trả lời.",
        "Khi có thêm thông tin, bạn gửi phản ánh mới; hoặc đến trình bày tại nơi tiếp công dân gần nhất.",
    ),
    DeclineFacts(
        DeclineReason.NOTHING_TO_VERIFY,
        "Không có căn cứ để kiểm tra",
        "Luật Tố cáo 2018, điều 25",
        "Phản ánh không kèm thông tin hoặc tài liệu nào có thể kiểm tra được. Với phản ánh không tên, "
        "luật đòi phải có.",
        "Khi có hình ảnh, giấy tờ, ngày giờ hoặc người biết việc, bạn gửi phản ánh mới và vẫn không cần "
        "để lại tên.",
    ),
    DeclineFacts(
        DeclineReason.DUPLICATE,
        "Trùng với việc đang được giải quyết",
        "Luật Tố cáo 2018, điều 24 khoản 2–3; Thông tư 05/2021/TT-TTCP, điều 14",
        "Việc này đang được giải quyết. Nội dung giống nhau chỉ được chuyển một lần.",
        "Bạn không cần gửi lại. Kết quả của việc đang giải quyết cũng sẽ được báo cho bạn qua mã tra cứu "
        "này.",
    ),
    DeclineFacts(
        DeclineReason.ALREADY_SETTLED,
        "Đã giải quyết, không có tình tiết mới",
        "Luật Tố cáo 2018, điều 29 khoản 1 và điều 37",
        "Việc này đã được giải quyết và phản ánh không có tình tiết mới.",
        "Nếu có giấy tờ hoặc thông tin mới, bạn gửi phản ánh mới và nói rõ điều gì là mới. Nếu cho rằng "
        "giải quyết chưa đúng, bạn gửi đến cấp trên trực tiếp của nơi đã giải quyết.",
    ),
    DeclineFacts(
        DeclineReason.OTHER_LINE,
        "Thuộc một ngành có cơ quan quản lý riêng, không có trên Cổng",
        "Luật Tố cáo 2018, điều 24 khoản 1; Luật Tiếp công dân 2013, điều 26",
        "Người bạn nêu thuộc một ngành dọc. Cơ quan có quyền xem xét ở ngành đó, không ở Mặt trận hay ủy ban "
        "kiểm tra trên Cổng này.",
        "Gửi đến người đứng đầu cơ quan cấp trên trực tiếp của nơi người đó làm việc (thuế, kho bạc, bảo "
        "hiểm xã hội, tòa án, viện kiểm sát, quân đội), hoặc đến nơi tiếp công dân gần nhất để được chỉ "
        "đúng nơi.",
    ),
    DeclineFacts(
        DeclineReason.OTHER_DENUNCIATION,
        "Là tố cáo thuộc thẩm quyền của cơ quan không nhận qua Cổng",
        "Luật Tố cáo 2018, điều 12 đến 22, điều 24 khoản 1",
        "Việc bạn kể là tố cáo mà một cơ quan khác có quyền giải quyết. Cổng không chuyển được tố cáo đến "
        "nơi đó thay bạn.",
        "Gửi đơn tố cáo có họ tên, địa chỉ và chữ ký, hoặc đến trình bày trực tiếp, tại cơ quan quản lý "
        "người bị tố cáo. Chưa rõ nơi nào thì hỏi nơi tiếp công dân gần nhất. Bạn được giữ bí mật danh tính.",
    ),
    DeclineFacts(
        DeclineReason.NOBODY_IMPARTIAL,
        "Không còn nơi nào trên Cổng bảo đảm khách quan",
        "Luật Tố cáo 2018, điều 12; Nghị định 31/2019/NĐ-CP, điều 5 khoản 2",
        "Mọi nơi trên Cổng có thể xem xét việc này đều không bảo đảm khách quan, nên chúng tôi không nhận để "
        "khỏi lộ việc của bạn.",
        "Đến trình bày trực tiếp tại Trụ sở tiếp công dân Trung ương: 1 Ngô Thì Nhậm, Hà Đông, Hà Nội, hoặc "
        "210 Võ Thị Sáu, Thành phố Hồ Chí Minh.",
    ),
    DeclineFacts(
        DeclineReason.ALREADY_THERE,
        "Đã gửi đúng nơi có thẩm quyền",
        "Luật Tố cáo 2018, điều 24 khoản 3",
        "Bạn đã gửi việc này đến đúng cơ quan có quyền giải quyết. Chuyển thêm lần nữa không làm nhanh hơn.",
        "Hỏi kết quả tại cơ quan đó. Nếu đã quá thời hạn mà không được trả lời, bạn gửi phản ánh về việc "
        "chậm trễ.",
    ),
    DeclineFacts(
        DeclineReason.IN_COURT,
        "Tòa án đang xử hoặc đã xử",
        "Luật Khiếu nại 2011, điều 11; pháp luật tố tụng",
        "Vụ việc đang do tòa án xử hoặc đã có bản án. Không cơ quan nào được làm thay tòa án.",
        "Trình bày với tòa án đang giữ vụ việc, hoặc kháng cáo trong thời hạn ghi trong bản án.",
    ),
    DeclineFacts(
        DeclineReason.BAD_FAITH,
        "Chỉ có lời xúc phạm, hoặc rõ ràng bịa đặt",
        "Luật Tố cáo 2018, điều 8",
        "Phản ánh chỉ có lời xúc phạm, hoặc đã rõ là không có thật.",
        "Nếu thật sự có một việc làm sai, bạn gửi phản ánh mới, kể điều bạn thấy, bạn biết. Nếu không "
        "đồng ý, bạn yêu cầu cấp trên xem lại bằng mã tra cứu.",
    ),
)

# A refusal that says of which kind the matter is: the case gets that kind with it (rule 10).
KIND_OF: dict[DeclineReason, Kind] = {
    DeclineReason.OUT_OF_SCOPE: Kind.OUT_OF_SCOPE,
    DeclineReason.COMPLAINT: Kind.COMPLAINT,
    DeclineReason.PROCEDURE: Kind.PROCEDURE,
    DeclineReason.CRIME: Kind.CRIME,
}
REASON_OF: dict[Kind, DeclineReason] = {kind: reason for reason, kind in KIND_OF.items()}
"""With which refusal the resident is told where a kind goes that is not for this portal."""

_BY_REASON = {facts.reason: facts for facts in DECLINE_REASONS}


def facts_of(reason: DeclineReason) -> DeclineFacts:
    """The row of a reason."""
    return _BY_REASON[reason]
