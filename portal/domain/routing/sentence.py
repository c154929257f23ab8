"""Why a body examines a report, in one plain sentence for the resident: posts and bodies, never a person.

Where a conflict moved the case up it is said that the usual body is not impartial here, and nothing more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.domain.parties import Level, PostFacts
from portal.domain.routing.answers import Route
from portal.domain.routing.asked import LEVEL_WORDS, at_each_level
from portal.domain.routing.engine import CONFLICT, NEXT_ABOVE
from portal.domain.subjects import Who

WITH_LEVEL = "Phản ánh về %(post)s %(level)s do %(body)s xem xét, vì %(reason)s."
WITHOUT = "Phản ánh về %(post)s do %(body)s xem xét, vì %(reason)s."
SUBJECTS: dict[Who, str] = {
    Who.PERSON: "người giữ chức vụ",
    Who.BODY: "cả một cơ quan, đơn vị",
    Who.PARTY_ORGANISATION: "một tổ chức đảng",
}
_THEN = at_each_level("cơ quan ở {level} quản lý người đó lúc xảy ra việc thì chủ trì")
_MANAGER = at_each_level("cơ quan ở {level} trực tiếp quản lý người đó")

REASONS: dict[str, Mapping[Level, str]] = {
    "party_organisation": at_each_level("tổ chức đảng, tập thể lãnh đạo này do cấp ủy {level} quản lý"),
    "moved_highest": at_each_level(
        "người đó đã chuyển công tác, và chức vụ cao hơn trong hai chức vụ do {level} quản lý"
    ),
    "left_as_in_office": at_each_level(
        "người đã thôi giữ chức vụ được xem xét như khi đang giữ, và chức vụ ấy do {level} quản lý"
    ),
    "own_cell": at_each_level("đảng viên không giữ chức vụ do chi bộ nơi sinh hoạt xem xét, qua đảng ủy"),
    "by_managing_level": at_each_level("chức vụ này do {level} quản lý"),
    "party_office": at_each_level("đây là chức vụ trong Đảng, do tổ chức đảng {level} quản lý"),
    "body_itself": at_each_level(
        "phản ánh về cả một cơ quan do cấp trên trực tiếp của cơ quan đó giải quyết"
    ),
    "moved_higher": at_each_level("người đó đã lên chức vụ cao hơn, do cơ quan ở {level} quản lý"),
    "moved_same_rank": _THEN,
    "moved_otherwise": _THEN,
    "left_service": _THEN,
    "police": at_each_level("cán bộ công an do thủ trưởng cơ quan công an {level} giải quyết"),
    "council": at_each_level("đại biểu Hội đồng nhân dân do Thường trực Hội đồng nhân dân xem xét"),
    "public_unit": _MANAGER,
    "on_public_duty": _MANAGER,
    "head_or_deputy": at_each_level(
        "việc của người đứng đầu và cấp phó do cấp trên trực tiếp của cơ quan đó giải quyết"
    ),
    "managing_head": _MANAGER,
}
NOT_IMPARTIAL = (
    "nơi thường xem xét loại việc này không bảo đảm khách quan ở đây, nên việc được chuyển lên cấp trên"
)
ENDED = "nơi lẽ ra xem xét nay không còn, nên cấp kế tiếp xem xét"


@dataclass(frozen=True)
class Sentence:
    """A sentence with what fills it in: each part is a text that can be translated, but the body's name."""

    sentence: str
    post: str
    level: str
    body: str
    reason: str

    def __str__(self) -> str:
        return self.sentence % {
            "post": self.post,
            "level": self.level,
            "body": self.body,
            "reason": self.reason,
        }


def sentence(answer: Route, who: Who, post: PostFacts | None) -> Sentence:
    """The sentence for an answer; the post by its template's name, or in neutral words."""
    named = who is Who.PERSON and post is not None
    about = post.name if named and post is not None else SUBJECTS[who]
    # Some templates name their level themselves.
    level = post.level if named and post is not None and "cấp" not in post.name else None
    words = LEVEL_WORDS[level] if level not in (None, Level.CENTRAL, Level.CELL) and level else ""
    return Sentence(WITH_LEVEL if words else WITHOUT, about, words, answer.body.name, _reason(answer))


REFERRED = "Chưa rõ nơi nào có quyền xem xét. Hồ sơ được chuyển đến %(body)s để xác định."


def referred(body: str) -> dict[str, str]:
    """What the resident reads when the province has to determine who is competent."""
    return {"sentence": REFERRED, "post": "", "level": "", "body": body, "reason": ""}


MOVED_UP = "Phản ánh này được chuyển lên %(body)s xem xét, vì %(reason)s."
NO_LONGER_IMPARTIAL = "nơi giữ hồ sơ trước đó không bảo đảm khách quan ở việc này"


def moved_up(body: str) -> dict[str, str]:
    """What the resident reads when a conflict found late moved the case up: the body, never who is meant."""
    return {"sentence": MOVED_UP, "post": "", "level": "", "body": body, "reason": NO_LONGER_IMPARTIAL}


def _reason(answer: Route) -> str:
    if answer.rule == CONFLICT:
        return NOT_IMPARTIAL
    if answer.reason in NEXT_ABOVE.values():
        return ENDED
    return REASONS[answer.rule][answer.level]


def texts() -> Iterator[str]:
    """Every text that may stand in a sentence."""
    yield from (
        WITH_LEVEL,
        WITHOUT,
        REFERRED,
        MOVED_UP,
        NO_LONGER_IMPARTIAL,
        NOT_IMPARTIAL,
        ENDED,
        *SUBJECTS.values(),
        *LEVEL_WORDS.values(),
    )
    for reasons in REASONS.values():
        yield from reasons.values()
