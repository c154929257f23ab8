"""Words of conflicts of interest, by the name of the enum."""

from portal.web.i18n import LazyText, lazy

CONFLICTS: dict[str, dict[str, LazyText]] = {
    "Relation": {
        "spouse": lazy("Vợ hoặc chồng"),
        "parent": lazy("Cha hoặc mẹ đẻ"),
        "adoptive_parent": lazy("Cha hoặc mẹ nuôi"),
        "parent_in_law": lazy("Cha hoặc mẹ vợ, chồng"),
        "child": lazy("Con đẻ"),
        "adopted_child": lazy("Con nuôi"),
        "child_in_law": lazy("Con dâu, con rể"),
        "sibling": lazy("Anh, chị, em ruột"),
    },
    "BarReason": {
        "named": lazy("Bị nêu tên"),
        "relative": lazy("Người thân bị nêu tên"),
        "own_word": lazy("Tự khai có liên quan"),
    },
    "ConflictSource": {
        "member_admitted": lazy("Có người mới vào cơ quan"),
        "person_named": lazy("Có người bị phản ánh được nêu thêm"),
        "letter": lazy("Người phản ánh viết thêm"),
        "relative_declared": lazy("Có người thân được khai thêm"),
        "lead_appointed": lazy("Có người được giao phụ trách cơ quan"),
        "before_resealing": lazy("So lại trước khi niêm phong"),
    },
    "Side": {"front": lazy("Mặt trận"), "committee": lazy("Ủy ban kiểm tra")},
    "LockState": {
        "waiting": lazy("Chờ cấp trên niêm phong lại"),
        "passed": lazy("Bỏ qua vì cũng có xung đột"),
        "done": lazy("Đã niêm phong lại"),
        "nobody": lazy("Không còn cấp nào, hướng dẫn lên trung ương"),
    },
}
