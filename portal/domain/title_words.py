"""The words of which titles are made: ranks, levels and the usual abbreviations.

The law is not here: which level manages an office stands in the dated templates of posts.
"""

from enum import StrEnum

from portal.domain.parties import Level
from portal.domain.phrases import Phrases


class Rank(StrEnum):
    """What a title makes somebody in the organ it names."""

    HEAD = "head"
    DEPUTY = "deputy"
    STANDING = "standing"
    MEMBER = "member"
    STAFF = "staff"
    WHOLE = "whole"  # the organ itself, not a person


# Abbreviations, one folded word each.
SHORT = {
    "ct": "chủ tịch",
    "pct": "phó chủ tịch",
    "bt": "bí thư",
    "pbt": "phó bí thư",
    "gd": "giám đốc",
    "pgd": "phó giám đốc",
    "tgd": "tổng giám đốc",
    "tp": "thành phố",
    "tphcm": "thành phố Hồ Chí Minh",
    "hcm": "Hồ Chí Minh",
    "tx": "thị xã",
    "tt": "thị trấn",
    "p": "phường",
    "q": "quận",
    "x": "xã",
    "h": "huyện",
    "dk": "đặc khu",
    "ubnd": "ủy ban nhân dân",
    "uband": "ủy ban nhân dân",
    "hdnd": "hội đồng nhân dân",
    "dbhdnd": "đại biểu hội đồng nhân dân",
    "dbqh": "đại biểu quốc hội",
    "ubkt": "ủy ban kiểm tra",
    "ubkttw": "ủy ban kiểm tra trung ương",
    "ubmt": "ủy ban mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc",
    "mttq": "mặt trận tổ quốc",
    "mttqvn": "mặt trận tổ quốc",
    "mt": "mặt trận",
    "tuv": "tỉnh ủy viên",
    "huv": "huyện ủy viên",
    "quv": "quận ủy viên",
    "uv": "ủy viên",
    "uvbtv": "ủy viên ban thường vụ",
    "uvbch": "ủy viên ban chấp hành",
    "uvtw": "ủy viên trung ương",
    "btv": "ban thường vụ",
    "bch": "ban chấp hành",
    "btt": "ban thường trực",
    "btc": "ban tổ chức",
    "du": "đảng ủy",
    "ca": "công an",
    "cax": "công an xã",
    "cap": "công an phường",
    "csgt": "cảnh sát giao thông",
    "cskv": "cảnh sát khu vực",
    "tdp": "tổ dân phố",
    "kp": "khu phố",
    "ht": "hiệu trưởng",
    "hp": "hiệu phó",
    "gv": "giáo viên",
    "mn": "mầm non",
    "th": "tiểu học",
    "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "hdtv": "hội đồng thành viên",
    "hdqt": "hội đồng quản trị",
    "bql": "ban quản lý",
    "bqlda": "ban quản lý dự án",
    "bhxh": "bảo hiểm xã hội",
    "vks": "viện kiểm sát",
    "vksnd": "viện kiểm sát",
    "tand": "tòa án",
    "bchqs": "ban chỉ huy quân sự",
    "cht": "chỉ huy trưởng",
    "chqs": "chỉ huy quân sự",
    "cb": "cán bộ",
    "cc": "công chức",
    "vc": "viên chức",
    "nv": "nhân viên",
    "cv": "chuyên viên",
    "vp": "văn phòng",
    "vpdk": "văn phòng đăng ký",
    "ttyt": "trung tâm y tế",
    "bv": "bệnh viện",
    "tnmt": "tài nguyên môi trường",
    "gddt": "giáo dục đào tạo",
    "ldtbxh": "lao động thương binh xã hội",
    "qldt": "quản lý đô thị",
    "tw": "trung ương",
}

# Ranks that may begin anywhere in a title; the longest that fits wins.
_LEADING: dict[Rank, str] = {
    Rank.HEAD: "chủ tịch|quyền chủ tịch|bí thư|quyền bí thư|giám đốc|tổng giám đốc|chủ nhiệm|trưởng ban|"
    "trưởng phòng|trưởng trạm|trạm trưởng|trưởng thôn|trưởng ấp|trưởng bản|trưởng khu phố|trưởng khối phố|"
    "trưởng khóm|tổ trưởng|khu phố trưởng|trưởng công an|trưởng đoàn|trưởng bộ phận|trưởng khoa|trưởng tổ|"
    "chánh văn phòng|chánh thanh tra|chánh án|chánh tòa|viện trưởng|hiệu trưởng|chi cục trưởng|cục trưởng|"
    "tổng cục trưởng|vụ trưởng|đội trưởng|hạt trưởng|đồn trưởng|chỉ huy trưởng|xã đội trưởng|"
    "phường đội trưởng|"
    "tư lệnh|bộ trưởng|thủ tướng|tổng thanh tra|thống đốc|kế toán trưởng|thủ trưởng|người đứng đầu|xã trưởng|"
    "trưởng văn phòng|trưởng chi nhánh|trưởng trung tâm|trưởng chi cục|trưởng hạt|trưởng đội|trưởng đồn|"
    "trưởng cơ quan|trưởng phân hiệu",
    Rank.DEPUTY: "phó chủ tịch|phó bí thư|phó giám đốc|phó tổng giám đốc|phó chủ nhiệm|phó trưởng ban|"
    "phó ban|"
    "phó trưởng phòng|phó phòng|phó trưởng trạm|phó trưởng công an|phó công an|phó chánh văn phòng|"
    "phó chánh thanh tra|phó chánh án|phó viện trưởng|phó hiệu trưởng|hiệu phó|phó chi cục trưởng|"
    "phó cục trưởng|phó tổng cục trưởng|phó vụ trưởng|đội phó|phó đội trưởng|phó hạt trưởng|hạt phó|"
    "phó đồn trưởng|đồn phó|chỉ huy phó|phó chỉ huy trưởng|xã đội phó|phó tư lệnh|thứ trưởng|phó thủ tướng|"
    "phó tổng thanh tra|phó thống đốc|phó trưởng thôn|phó thôn|phó ấp|phó bản|tổ phó|phó trưởng khu phố|"
    "phó khu phố|phó trưởng khoa|phó trưởng đoàn|trạm phó|phó trạm trưởng|phó trạm|phó văn phòng|phó trưởng",
    Rank.STANDING: "ủy viên ban thường vụ|ủy viên thường vụ",
    Rank.MEMBER: "ủy viên ban chấp hành|ủy viên ban thường trực|ủy viên thường trực|ủy viên trung ương|"
    "ủy viên|"
    "huyện ủy viên|quận ủy viên|thị ủy viên|thành ủy viên|tỉnh ủy viên|đảng ủy viên|chi ủy viên|"
    "đại biểu hội đồng nhân dân|đại biểu quốc hội|đại biểu",
}
# Ranks that only begin a title: their words also stand inside names of organs ("Trường Cán bộ quản lý").
_FIRST: dict[Rank, str] = {
    Rank.STAFF: "cán bộ|công chức|viên chức|chuyên viên|nhân viên|người lao động|kế toán|thủ quỹ|văn thư|"
    "giáo viên|giảng viên|bảo mẫu|thanh tra viên|kiểm lâm viên|kiểm sát viên|điều tra viên|chấp hành viên|"
    "kiểm soát viên|thẩm phán|thư ký|chiến sĩ|sĩ quan|công an viên|cảnh sát khu vực|cảnh sát|bác sĩ|y sĩ|"
    "điều dưỡng|hộ sinh|dược sĩ|đảng viên|địa chính|tư pháp|hộ tịch|một cửa|kỹ thuật viên|lái xe|bảo vệ|"
    "trợ lý|đấu giá viên|công chứng viên|kiểm toán viên|dân quân|công an|nhà trường|"
    "văn phòng|thống kê|văn hóa|tài chính|lao động",
    Rank.HEAD: "trưởng",
    Rank.DEPUTY: "lãnh đạo",
    Rank.MEMBER: "thành viên",
    Rank.WHOLE: "ban thường vụ|ban chấp hành|ban cán sự đảng|ban cán sự|đảng đoàn|tập thể|chi bộ|chi ủy|"
    "đảng bộ|"
    "ủy ban nhân dân|hội đồng nhân dân|đảng ủy|huyện ủy|quận ủy|thị ủy|thành ủy|tỉnh ủy|"
    "ủy ban kiểm tra|sở|phòng|trường|bệnh viện|trung tâm|chi cục|công ty|ban quản lý|thanh tra",
}
LEADING = Phrases((words, rank) for rank, words in _LEADING.items())
FIRST = Phrases((words, rank) for rank, words in _FIRST.items())
# What people put before a name.
HONOURS = Phrases(
    [
        (
            "luật sư|thạc sĩ|tiến sĩ|giáo sư|phó giáo sư|bác sĩ|kỹ sư|cử nhân|đồng chí|thiếu tá|trung tá|"
            "thượng tá|đại tá|thiếu úy|trung úy|thượng úy|đại úy|ths|ts|gs|pgs|ls|bs|ks",
            True,
        )
    ]
)
# These ranks head a part of a body, unless the part is itself the organ ("Trưởng Công an").
OF_A_PART = Phrases(
    [
        (
            "trưởng ban|phó trưởng ban|phó ban|trưởng phòng|phó trưởng phòng|phó phòng|chánh văn phòng|"
            "phó chánh văn phòng|trưởng bộ phận|trưởng khoa|phó trưởng khoa|trưởng tổ|đội trưởng|đội phó|"
            "phó đội trưởng|vụ trưởng|phó vụ trưởng|trưởng đội|"
            "trưởng văn phòng|trưởng trung tâm|trưởng chi nhánh",
            True,
        )
    ]
)


# Words for a level; "thành phố" is of two levels and is decided by what is known beside it.
LEVELS: Phrases[Level | None] = Phrases(
    [
        ("xã|phường|thị trấn|đặc khu|cấp xã|cơ sở", Level.COMMUNE),
        ("huyện|quận|thị xã|cấp huyện", Level.DISTRICT),
        ("tỉnh|cấp tỉnh", Level.PROVINCE),
        ("trung ương", Level.CENTRAL),
        ("thành phố|thành ủy|thành ủy viên|thành đoàn|đảng bộ thành phố", None),
    ]
)
# Cities directly under the centre before and after 2025.
GREAT_CITIES = Phrases([("Hà Nội|Hồ Chí Minh|Hải Phòng|Đà Nẵng|Cần Thơ", True)])
FORMER = Phrases([("nguyên|cựu", True)])
