"""The state track: who settles what an official did against the law in office (Luật Tố cáo 2018, 12–21)."""

from collections.abc import Callable, Iterable
from datetime import date

from portal.domain.parties import BodyKind, Level, PostGroup, Track
from portal.domain.routing.answers import Open, Question, Unmet
from portal.domain.routing.asked import Asked, Claim, Finding, Rule, at_each_level
from portal.domain.subjects import Held, Status, Who

Decider = Callable[[Rule, Asked], Finding]
_GROUP_RANK = {PostGroup.HEAD: 3, PostGroup.DEPUTY: 2, PostGroup.MEMBER: 1, PostGroup.STAFF: 0, None: 0}
_UNITS = (BodyKind.SCHOOL, BodyKind.HEALTH)


def _rank(office: Held) -> tuple[int, int]:
    return (office.level.rank if office.level else -1, _GROUP_RANK[office.group])


def _of_state(offices: Iterable[Held]) -> Held | None:
    """The highest office that is not one of the Party's own (LTC 20)."""
    found = [one for one in offices if one.settler_kind is not BodyKind.INSPECTION and _is_known(one)]
    return max(found, key=_rank) if found else None


def _is_known(office: Held) -> bool:
    return office.settler_level is not None or office.managing_level is not None


def _settler(office: Held) -> tuple[BodyKind, Level]:
    """Who settles for the office: as the register says, else the chair of the level that manages it."""
    if office.settler_kind is not None and office.settler_level is not None:
        return office.settler_kind, office.settler_level
    kind = BodyKind.POLICE if office.kind is BodyKind.POLICE else BodyKind.COMMITTEE
    return kind, office.managing_level or Level.CENTRAL


def _claim(asked: Asked, office: Held, *also: Held) -> Finding:
    kind, level = _settler(office)
    others = dict.fromkeys((*(_settler(one) for one in also), *asked.subject.co_managers))
    return Claim(kind, level, tuple(one for one in others if one != (kind, level)))


def party_office(rule: Rule, asked: Asked) -> Finding:
    """Offices of the Party only: competence lies inside the Party."""
    offices = (*asked.now, *asked.then)
    if _of_state(offices) is not None:
        return Unmet.OTHER_OFFICE
    levels = [one.managing_level for one in offices if one.managing_level is not None]
    if not levels:
        return Question(Open.WHO_MANAGES)
    return Claim(BodyKind.INSPECTION, max(levels, key=lambda level: level.rank))


def body_itself(rule: Rule, asked: Asked) -> Finding:
    """The body itself is complained of: the head of the body directly above."""
    office = _of_state(asked.now)
    if asked.subject.who is Who.PERSON or office is None:
        return Unmet.A_PERSON
    return _claim(asked, office)


def _moved(condition: Callable[[Held, Held], bool], why: Unmet, *, leads_now: bool) -> Decider:
    def decide(rule: Rule, asked: Asked) -> Finding:
        if asked.subject.status is not Status.MOVED:
            return Unmet.NOT_MOVED
        now, then = _of_state(asked.now), _of_state(asked.then)
        if then is None:
            # All that is known of him is the present office, or the old one was the Party's.
            return Question(Open.WHICH_POST_THEN) if not asked.then else Unmet.OTHER_OFFICE
        if now is None:
            return why if leads_now else _claim(asked, then)
        if not condition(now, then):
            return why
        return _claim(asked, now, then) if leads_now else _claim(asked, then, now)

    return decide


def _higher(now: Held, then: Held) -> bool:
    return _rank(now) > _rank(then)


def _same_rank(now: Held, then: Held) -> bool:
    return then.leads and _rank(now) == _rank(then)


def _otherwise(now: Held, then: Held) -> bool:
    return True


def left_service(rule: Rule, asked: Asked) -> Finding:
    """Who left the service: as the office at the time of the act; its head or deputy, the body above."""
    if asked.subject.status is not Status.LEFT:
        return Unmet.NOT_LEFT
    office = _of_state(asked.then) or _of_state(asked.now)
    return _claim(asked, office) if office is not None else Unmet.OTHER_OFFICE


def _office(*kinds: BodyKind, leading: bool | None = None) -> Decider:
    """A rule for the highest office held, if it is of one of the kinds (none: of any)."""

    def decide(rule: Rule, asked: Asked) -> Finding:
        office = _of_state(asked.now)
        if office is None or (kinds and office.kind not in kinds):
            return Unmet.OTHER_OFFICE
        if leading is not None and office.leads is not leading:
            return Unmet.OTHER_OFFICE
        return _claim(asked, office)

    return decide


_LTC = "Luật Tố cáo 2018, điều {}"
_SUPERIOR = at_each_level(
    "Người đứng đầu, cấp phó do người đứng đầu cơ quan cấp trên trực tiếp ({level}) giải quyết."
)
_MANAGER = at_each_level("Người đứng đầu cơ quan quản lý trực tiếp ({level}) giải quyết.")
_THEN = at_each_level("Cơ quan ({level}) quản lý người đó lúc xảy ra việc chủ trì giải quyết.")


def _rule(
    name: str,
    source: str,
    decide: Decider,
    reasons: dict[Level, str],
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Rule:
    return Rule(name, source, decide, reasons, valid_from, valid_to, Track.STATE)


STATE: tuple[Rule, ...] = (
    _rule(
        "party_office",
        _LTC.format("20"),
        party_office,
        at_each_level("Chức vụ trong Đảng, do tổ chức đảng {level} quản lý."),
    ),
    _rule(
        "body_itself",
        _LTC.format("12 khoản 6"),
        body_itself,
        at_each_level(
            "Phản ánh về cả cơ quan do người đứng đầu cơ quan cấp trên trực tiếp ({level}) giải quyết."
        ),
    ),
    _rule(
        "moved_higher",
        _LTC.format("12 khoản 3 điểm b"),
        _moved(_higher, Unmet.NOT_HIGHER, leads_now=True),
        at_each_level(
            "Người đã chuyển lên chức vụ cao hơn: cơ quan ({level}) quản lý chức vụ hiện nay chủ trì."
        ),
    ),
    _rule(
        "moved_same_rank",
        _LTC.format("12 khoản 3 điểm a"),
        _moved(_same_rank, Unmet.NOT_SAME_RANK, leads_now=False),
        _THEN,
    ),
    _rule(
        "moved_otherwise",
        _LTC.format("12 khoản 3 điểm c"),
        _moved(_otherwise, Unmet.OTHER_OFFICE, leads_now=False),
        _THEN,
    ),
    _rule("left_service", _LTC.format("12 khoản 3 điểm d"), left_service, _THEN),
    _rule(
        "police",
        "Nghị định 224/2025/NĐ-CP",
        _office(BodyKind.POLICE),
        at_each_level("Cán bộ công an do thủ trưởng cơ quan công an {level} giải quyết."),
        valid_from=date(2025, 7, 1),
    ),
    _rule(
        "police",
        _LTC.format("12 khoản 1"),
        _office(BodyKind.POLICE),
        at_each_level("Cán bộ công an do thủ trưởng cơ quan công an {level} giải quyết."),
        valid_to=date(2025, 6, 30),
    ),
    _rule(
        "council",
        _LTC.format("17 khoản 2"),
        _office(BodyKind.COUNCIL),
        at_each_level("Đại biểu Hội đồng nhân dân do Thường trực Hội đồng nhân dân {level} xem xét."),
    ),
    _rule("public_unit", _LTC.format("18"), _office(*_UNITS), _MANAGER),
    _rule("on_public_duty", _LTC.format("21"), _office(BodyKind.NEIGHBOURHOOD), _MANAGER),
    _rule("head_or_deputy", _LTC.format("12 khoản 1"), _office(leading=True), _SUPERIOR),
    _rule("managing_head", _LTC.format("12 khoản 1, điều 13"), _office(), _MANAGER),
)
