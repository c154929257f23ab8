"""What a report is: the resident's own choice, and the legal kinds set at triage (phân loại).

Every kind carries its test, its destination and the text for the resident, so that page, letter and rule
say the same. Source of the table: the Laws on Denunciation (2018), Complaints (2011), Receiving Citizens
(2013), Anti-Corruption (2018) and Nghị định 20/2008/NĐ-CP, as named in each row.
"""

from dataclasses import dataclass
from enum import StrEnum


class ReportKind(StrEnum):
    """What the resident wants to do; nobody asks him for a legal term."""

    ACT = "act"
    PRAISE = "praise"
    REPRISAL = "reprisal"


class Kind(StrEnum):
    """The legal kind of a case, decided from its content, never from its title (NĐ 154/2026 art. 15(1))."""

    DENUNCIATION = "denunciation"
    COMPLAINT = "complaint"
    PETITION = "petition"
    PROCEDURE = "procedure"
    CRIME = "crime"
    COMMENT = "comment"
    PRAISE = "praise"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class KindFacts:
    """One row of the table. `test` is for the reviewer, `guidance` for the resident.

    `routable` says whether an inspection committee may receive it; `at_once` that the forwarding is due
    the same day and no other task may hide it (LTC 27(1)).
    """

    kind: Kind
    title: str
    test: str
    goes_to: str
    source: str
    guidance: str
    routable: bool = False
    at_once: bool = False


KINDS: tuple[KindFacts, ...] = (
    KindFacts(
        Kind.PETITION,
        "Phản ánh, kiến nghị",
        "Người dân kể một việc làm hoặc việc không làm của cán bộ, cơ quan, và không nộp đơn tố cáo có "
        "ký tên?",
        "Ủy ban kiểm tra hoặc người đứng đầu cơ quan quản lý cán bộ",
        "Luật Tiếp công dân 2013, điều 2 khoản 2; Luật Tố cáo 2018, điều 25",
        "Phản ánh của bạn được chuyển đến nơi có quyền xem xét. Nơi đó sẽ kiểm tra và trả lời bạn qua mã "
        "tra cứu.",
        routable=True,
    ),
    KindFacts(
        Kind.DENUNCIATION,
        "Có nội dung tố cáo",
        "Người dân báo một việc làm trái pháp luật của cán bộ, đủ rõ ai, việc gì, và muốn được giải "
        "quyết như đơn tố cáo?",
        "Người đứng đầu cơ quan quản lý trực tiếp; vi phạm kỷ luật đảng thì đến ủy ban kiểm tra",
        "Luật Tố cáo 2018, điều 2, 12–22 và 25",
        "Nội dung bạn gửi giống một đơn tố cáo. Chúng tôi chuyển như một nguồn tin để kiểm tra ngay. Nếu "
        "bạn muốn có đầy đủ quyền của người tố cáo, hãy nộp đơn có ký tên hoặc đến trình bày trực tiếp "
        "tại nơi tiếp công dân. Bạn không bắt buộc phải làm vậy.",
        routable=True,
    ),
    KindFacts(
        Kind.COMMENT,
        "Góp ý về sự gương mẫu",
        "Người dân góp ý về cách làm việc của một cán bộ, không nói có vi phạm?",
        "Cấp ủy cùng cấp, qua Ủy ban Mặt trận Tổ quốc",
        "Quyết định 99-QĐ/TW (2017); Quyết định 124-QĐ/TW (2018), điều 8",
        "Góp ý của bạn được chuyển đến nơi quản lý cán bộ đó. Nơi nhận phải trả lời bằng văn bản trong "
        "20 ngày làm việc, việc khó thì không quá 30 ngày làm việc.",
        routable=True,
    ),
    KindFacts(
        Kind.PRAISE,
        "Khen ngợi, biểu dương",
        "Người dân kể một việc tốt?",
        "Ủy ban Mặt trận Tổ quốc và cơ quan quản lý cán bộ để xem xét biểu dương",
        "Luật Mặt trận Tổ quốc Việt Nam 2015, điều 25 khoản 2",
        "Cảm ơn bạn. Lời khen được chuyển đến cơ quan của người được khen. Không có cuộc kiểm tra nào "
        "được mở.",
    ),
    KindFacts(
        Kind.COMPLAINT,
        "Khiếu nại",
        "Người dân muốn xem lại một quyết định hoặc việc làm đã chạm đến quyền lợi của chính mình?",
        "Người hoặc cơ quan đã ra quyết định; sau đó cấp trên trực tiếp, hoặc tòa án",
        "Luật Khiếu nại 2011, điều 2, 7 và 9",
        "Việc của bạn là khiếu nại: bạn muốn xem lại một quyết định về quyền lợi của mình. Hãy gửi đơn "
        "đến người hoặc cơ quan đã ra quyết định đó, hoặc kiện ra tòa án hành chính. Thời hạn gửi đơn "
        "thường là 90 ngày kể từ ngày bạn biết quyết định. Cổng này không xét khiếu nại; nếu trong việc "
        "này có cán bộ làm sai, bạn có thể gửi riêng phần đó.",
    ),
    KindFacts(
        Kind.PROCEDURE,
        "Phản ánh về quy định, thủ tục hành chính",
        "Người dân nói thủ tục rườm rà, quy định không hợp lý, và không chỉ ra người làm sai?",
        "Hệ thống phản ánh, kiến nghị trên Cổng Dịch vụ công quốc gia",
        "Nghị định 20/2008/NĐ-CP, điều 1 và 5",
        "Việc của bạn là góp ý về thủ tục. Hãy gửi trên Cổng Dịch vụ công quốc gia (dichvucong.gov.vn), "
        "mục “Phản ánh kiến nghị”, để cơ quan phụ trách thủ tục đó trả lời.",
    ),
    KindFacts(
        Kind.CRIME,
        "Có dấu hiệu tội phạm",
        "Sự việc có dấu hiệu tội phạm, như nhận hối lộ, tham ô, cố ý gây thương tích?",
        "Cơ quan điều tra hoặc viện kiểm sát",
        "Luật Tố cáo 2018, điều 27 khoản 1",
        "Việc bạn kể có dấu hiệu tội phạm nên được chuyển ngay đến cơ quan điều tra hoặc viện kiểm sát. "
        "Bạn cũng có thể báo thẳng cho công an nơi gần nhất. Nếu đang có nguy hiểm, hãy gọi 113.",
        at_once=True,
    ),
    KindFacts(
        Kind.OUT_OF_SCOPE,
        "Ngoài phạm vi",
        "Chỉ nói về ý kiến, lời nói, niềm tin hoặc chuyện riêng; hoặc nói về người không giữ chức vụ?",
        "Không chuyển đi đâu; nội dung được xóa sớm",
        "Luật Tố cáo 2018, điều 2 khoản 2; Nghị định 356/2025/NĐ-CP, điều 4",
        "Cổng này chỉ nhận việc làm khi đang giữ chức vụ. Điều bạn gửi không thuộc phạm vi đó nên không được "
        "chuyển đi và sẽ được xóa. Không có hồ sơ nào được lập về người bạn nêu tên.",
    ),
)

_BY_KIND = {facts.kind: facts for facts in KINDS}


def facts_of(kind: Kind) -> KindFacts:
    """The row of a kind."""
    return _BY_KIND[kind]
