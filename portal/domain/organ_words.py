"""The organs that titles name: words → kind of body, level if the word says it, and which part of a body."""

from enum import StrEnum

from portal.domain.parties import BodyKind, Level
from portal.domain.phrases import Phrases


class Part(StrEnum):
    """Whether the organ is the body, or a part of one, and which."""

    BODY = "body"
    OFFICE = "office"  # phòng, ban, văn phòng of the body
    UNIT = "unit"  # trung tâm, chi cục, ban quản lý under it
    CELL = "cell"  # chi bộ
    GROUP = "group"  # ban cán sự đảng, đảng đoàn
    MASS = "mass"  # hội, đoàn
    AFFILIATE = "affiliate"  # đảng ủy, ủy ban kiểm tra of an agency, not of a unit


Organ = tuple[BodyKind, Level | None, Part]
_C, _D, _P, _Z = Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.CENTRAL
_PARTY, _DEPT, _VERT = BodyKind.PARTY, BodyKind.DEPARTMENT, BodyKind.VERTICAL
_ORGANS: tuple[tuple[str, Organ], ...] = (
    ("đảng ủy|đảng bộ", (_PARTY, None, Part.BODY)),
    ("huyện ủy|quận ủy|thị ủy|huyện ủy viên|quận ủy viên|thị ủy viên", (_PARTY, _D, Part.BODY)),
    ("tỉnh ủy|tỉnh ủy viên|đảng bộ tỉnh", (_PARTY, _P, Part.BODY)),
    ("thành ủy|thành ủy viên|đảng bộ thành phố", (_PARTY, None, Part.BODY)),
    ("đảng ủy viên|đảng ủy xã|đảng ủy phường|đảng ủy thị trấn|đảng ủy đặc khu", (_PARTY, _C, Part.BODY)),
    ("đảng ủy khối|đảng ủy các cơ quan|đảng ủy cơ quan", (_PARTY, _P, Part.AFFILIATE)),
    ("ban chấp hành trung ương|trung ương đảng|ban chấp hành trung ương đảng", (_PARTY, _Z, Part.BODY)),
    ("bộ chính trị|ban bí thư", (_PARTY, _Z, Part.BODY)),
    ("chi bộ|chi ủy|chi ủy viên", (_PARTY, None, Part.CELL)),
    ("ban cán sự đảng|ban cán sự|đảng đoàn|đảng ủy ủy ban nhân dân", (_PARTY, None, Part.GROUP)),
    (
        "ban tổ chức|ban tuyên giáo|ban dân vận|ban nội chính|ban xây dựng đảng|"
        "trung tâm chính trị|trung tâm bồi dưỡng chính trị|trường chính trị|ban tuyên giáo và dân vận|"
        "ban kinh tế|cơ quan đảng",
        (_PARTY, None, Part.OFFICE),
    ),
    ("ủy ban kiểm tra", (BodyKind.INSPECTION, None, Part.BODY)),
    ("ủy ban nhân dân", (BodyKind.COMMITTEE, None, Part.BODY)),
    ("hội đồng nhân dân", (BodyKind.COUNCIL, None, Part.BODY)),
    ("quốc hội", (BodyKind.COUNCIL, _Z, Part.BODY)),
    ("ủy ban mặt trận tổ quốc|ủy ban mặt trận|mặt trận tổ quốc|mặt trận", (BodyKind.FRONT, None, Part.BODY)),
    ("ban công tác mặt trận", (BodyKind.NEIGHBOURHOOD, _C, Part.OFFICE)),
    (
        "hội nông dân|hội liên hiệp phụ nữ|hội phụ nữ|hội lhpn|liên hiệp phụ nữ|hội cựu chiến binh|"
        "đoàn thanh niên|đoàn tncs|tỉnh đoàn|thành đoàn|huyện đoàn|quận đoàn|xã đoàn|phường đoàn|"
        "liên đoàn lao động|công đoàn|liên minh hợp tác xã|hội chữ thập đỏ|"
        "hội người cao tuổi|đoàn xã|đoàn phường",
        (BodyKind.FRONT, None, Part.MASS),
    ),
    (
        "công an|cảnh sát giao thông|cảnh sát điều tra|cảnh sát khu vực|cảnh sát|an ninh điều tra|csđt",
        (BodyKind.POLICE, None, Part.BODY),
    ),
    ("bộ công an|cục cảnh sát", (BodyKind.POLICE, _Z, Part.BODY)),
    (
        "thanh tra|thanh tra tỉnh|thanh tra thành phố|thanh tra huyện",
        (BodyKind.INSPECTORATE, None, Part.BODY),
    ),
    ("thanh tra chính phủ", (BodyKind.INSPECTORATE, _Z, Part.BODY)),
    ("thanh tra sở|đội thanh tra giao thông|thanh tra giao thông", (_DEPT, _P, Part.OFFICE)),
    ("sở", (_DEPT, _P, Part.BODY)),
    (
        "ban quản lý khu kinh tế|ban quản lý khu công nghiệp|ban quản lý các khu công nghiệp|"
        "ban quản lý khu công nghệ cao|ban quản lý khu nông nghiệp công nghệ cao|ban quản lý khu|"
        "ban quản lý các khu chế xuất|ban dân tộc|ban quản lý an toàn thực phẩm",
        (_DEPT, _P, Part.BODY),
    ),
    (
        "văn phòng đăng ký đất đai|văn phòng đăng ký|chi nhánh văn phòng đăng ký đất đai|kiểm lâm|"
        "hạt kiểm lâm|vườn quốc gia|ban quản lý rừng|chi cục kiểm lâm|chi cục",
        (_DEPT, None, Part.UNIT),
    ),
    (
        "bộ nội vụ|bộ công thương|bộ y tế|bộ xây dựng|bộ tài chính|bộ tư pháp|bộ giáo dục|bộ nông nghiệp|"
        "bộ tài nguyên|bộ giao thông|bộ khoa học|bộ văn hóa|bộ thông tin|bộ lao động|bộ kế hoạch|"
        "bộ ngoại giao|bộ dân tộc|ủy ban dân tộc|văn phòng chính phủ|tổng cục|bộ lđtbxh|bộ gtvt|bộ tn mt",
        (_DEPT, _Z, Part.BODY),
    ),
    (
        "trường mầm non|mầm non|mẫu giáo|trường mẫu giáo|nhà trẻ|trường tiểu học|tiểu học|"
        "trường trung học cơ sở|trung học cơ sở|trường phổ thông dân tộc bán trú|trường liên cấp",
        (BodyKind.SCHOOL, _C, Part.BODY),
    ),
    (
        "trường trung học phổ thông|trung học phổ thông|trường phổ thông dân tộc nội trú|"
        "trường cao đẳng nghề|"
        "trường trung cấp",
        (BodyKind.SCHOOL, _P, Part.BODY),
    ),
    ("trường đại học|đại học|học viện|trường cán bộ quản lý", (BodyKind.SCHOOL, _Z, Part.BODY)),
    ("trung tâm giáo dục|giáo dục thường xuyên|giáo dục nghề nghiệp", (BodyKind.SCHOOL, None, Part.BODY)),
    ("nhà trường|trường cao đẳng|trường học|trường quốc tế", (BodyKind.SCHOOL, None, Part.BODY)),
    ("trạm y tế|y tế xã|y tế phường", (BodyKind.HEALTH, _C, Part.BODY)),
    ("trung tâm y tế|bệnh viện|phòng khám", (BodyKind.HEALTH, None, Part.BODY)),
    ("trung tâm kiểm soát bệnh tật|cdc", (BodyKind.HEALTH, _P, Part.BODY)),
    ("bệnh viện trung ương", (BodyKind.HEALTH, _Z, Part.BODY)),
    (
        "thôn|ấp|khu phố|tổ dân phố|khối phố|khóm|buôn|làng|tổ dân cư|khu dân cư|tổ nhân dân",
        (BodyKind.NEIGHBOURHOOD, _C, Part.BODY),
    ),
    (
        "công ty|tổng công ty|xí nghiệp|hội đồng thành viên|hội đồng quản trị|nhà máy|doanh nghiệp|"
        "quỹ đầu tư|hợp tác xã|công ty tnhh mtv|nông trường|lâm trường",
        (BodyKind.ENTERPRISE, None, Part.BODY),
    ),
    ("tập đoàn", (BodyKind.ENTERPRISE, _Z, Part.BODY)),
    (
        "thuế|chi cục thuế|cục thuế|hải quan|chi cục hải quan|cục hải quan|kho bạc|bảo hiểm xã hội|"
        "thi hành án|thi hành án dân sự|quản lý thị trường|ngân hàng nhà nước|ngân hàng|dự trữ nhà nước|"
        "cục thi hành án dân sự|chi cục thi hành án dân sự|chi cục thống kê|cục thống kê|trại giam",
        (_VERT, None, Part.BODY),
    ),
    ("tổng cục thuế|tổng cục hải quan", (_VERT, _Z, Part.BODY)),
    ("tòa án|tòa án nhân dân|viện kiểm sát|viện kiểm sát nhân dân", (BodyKind.JUDICIARY, None, Part.BODY)),
    (
        "quân sự|ban chỉ huy quân sự|bộ chỉ huy quân sự|biên phòng|bộ đội|quân khu|quân đoàn",
        (BodyKind.MILITARY, None, Part.BODY),
    ),
    ("bộ chỉ huy quân sự|bộ đội biên phòng", (BodyKind.MILITARY, _P, Part.BODY)),
    ("quân khu|bộ quốc phòng", (BodyKind.MILITARY, _Z, Part.BODY)),
    (
        "phòng|văn phòng|đội quản lý trật tự đô thị|bộ phận một cửa|ban chỉ huy|văn phòng hội đồng nhân dân|"
        "văn phòng ủy ban nhân dân|văn phòng hội đồng nhân dân và ủy ban nhân dân|văn phòng đoàn đại biểu",
        (BodyKind.COMMITTEE, None, Part.OFFICE),
    ),
    (
        "trung tâm|chi nhánh|ban quản lý|ban quản lý dự án|ban quản lý chợ|đội|ban bồi thường|"
        "ban giải phóng mặt bằng|"
        "nhà văn hóa|thư viện|bảo tàng|trung tâm phục vụ hành chính công|hạt|trạm|đài|"
        "trung tâm phát triển quỹ đất",
        (BodyKind.COMMITTEE, None, Part.UNIT),
    ),
)
ORGANS = Phrases(_ORGANS)
# Ranks that name their organ themselves.
_OWN_ORGAN: tuple[tuple[str, Organ], ...] = (
    ("thủ tướng|phó thủ tướng", (BodyKind.COMMITTEE, _Z, Part.BODY)),
    (
        "bí thư|phó bí thư|ủy viên ban thường vụ|ủy viên ban chấp hành|ban thường vụ|ban chấp hành",
        (_PARTY, None, Part.BODY),
    ),
    ("bí thư đoàn|phó bí thư đoàn", (BodyKind.FRONT, None, Part.MASS)),
    ("bộ trưởng|thứ trưởng|tổng cục trưởng|phó tổng cục trưởng", (_DEPT, _Z, Part.BODY)),
    ("vụ trưởng|phó vụ trưởng", (_DEPT, _Z, Part.OFFICE)),
    ("tổng thanh tra|phó tổng thanh tra", (BodyKind.INSPECTORATE, _Z, Part.BODY)),
    ("thống đốc|phó thống đốc", (_DEPT, _Z, Part.BODY)),
    ("xã đội trưởng|xã đội phó|phường đội trưởng", (BodyKind.MILITARY, _C, Part.BODY)),
    (
        "trưởng thôn|trưởng ấp|trưởng khu phố|trưởng khối phố|trưởng khóm|khu phố trưởng|phó trưởng thôn|"
        "phó thôn|phó ấp|phó bản|phó trưởng khu phố|phó khu phố|tổ trưởng dân phố|tổ phó dân phố",
        (BodyKind.NEIGHBOURHOOD, _C, Part.BODY),
    ),
    (
        "trưởng công an|phó trưởng công an|phó công an|công an viên|công an",
        (BodyKind.POLICE, None, Part.BODY),
    ),
    ("cảnh sát khu vực|cảnh sát|điều tra viên", (BodyKind.POLICE, None, Part.BODY)),
    (
        "chánh thanh tra|phó chánh thanh tra|thanh tra viên|thanh tra",
        (BodyKind.INSPECTORATE, None, Part.BODY),
    ),
    ("chánh án|phó chánh án|thẩm phán|chánh tòa|kiểm sát viên", (BodyKind.JUDICIARY, None, Part.BODY)),
    ("cục trưởng|phó cục trưởng", (_VERT, None, Part.BODY)),
    ("chấp hành viên|kiểm soát viên", (_VERT, None, Part.BODY)),
    ("hiệu trưởng|phó hiệu trưởng|hiệu phó|giáo viên|bảo mẫu|nhà trường", (BodyKind.SCHOOL, None, Part.BODY)),
    ("giảng viên", (BodyKind.SCHOOL, _Z, Part.BODY)),
    ("hạt trưởng|phó hạt trưởng|hạt phó|kiểm lâm viên", (_DEPT, None, Part.UNIT)),
    ("bác sĩ|y sĩ|điều dưỡng|hộ sinh|dược sĩ", (BodyKind.HEALTH, None, Part.BODY)),
    ("địa chính|tư pháp|hộ tịch|một cửa", (BodyKind.COMMITTEE, None, Part.BODY)),
    ("trưởng phòng|phó trưởng phòng|phó phòng", (BodyKind.COMMITTEE, None, Part.OFFICE)),
    ("chánh văn phòng|phó chánh văn phòng", (BodyKind.COMMITTEE, None, Part.OFFICE)),
    ("huyện ủy viên|quận ủy viên|thị ủy viên", (_PARTY, _D, Part.BODY)),
    ("tỉnh ủy viên", (_PARTY, _P, Part.BODY)),
    ("thành ủy viên", (_PARTY, None, Part.BODY)),
    ("đảng ủy viên", (_PARTY, None, Part.BODY)),
    ("ủy viên trung ương", (_PARTY, _Z, Part.BODY)),
    ("chi ủy viên|chi bộ|chi ủy", (_PARTY, None, Part.CELL)),
    ("đảng bộ", (_PARTY, None, Part.BODY)),
    ("ban cán sự đảng|ban cán sự|đảng đoàn", (_PARTY, None, Part.GROUP)),
    ("đảng viên", (_PARTY, Level.CELL, Part.CELL)),
    ("đại biểu hội đồng nhân dân|đại biểu", (BodyKind.COUNCIL, None, Part.BODY)),
    ("đại biểu quốc hội", (BodyKind.COUNCIL, _Z, Part.BODY)),
)
OWN_ORGAN = Phrases(_OWN_ORGAN)
