"""What lies on the desks in the morning: cases for tests of a day in the office, made through the real acts.

    founded = prepared("office", office.found)     # made: an Office
    founded.made.reports["lamp"].case_id           # twenty reports at the ward's board, by what they tell

At the ward's board twenty reports; at its committee a case for the inspector (accepted and assigned), and
for the head: one that just came, one that is concluded, and one that is answered, with a remedy whose
evidence and a publication whose draft the inspector recorded.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from portal.casework import actions as casework
from portal.casework import queries
from portal.config import Settings
from portal.data.models.case import Case
from portal.data.reference import shipped
from portal.domain import clock
from portal.domain.entries import Ask, Entry, Owed
from portal.domain.kinds import ReportKind
from portal.domain.permissions import Actor, ActorKind
from portal.domain.posts import POSTS
from portal.registry.actions import generate_bodies
from tests.support import make, people
from tests.support.people import People
from tests.support.stores import Prepared

REVIEWER, INSPECTOR, HEAD = f"member.{make.FRONT}", f"member.{make.COMMITTEE}", f"lead.{make.COMMITTEE}"
JUSTICE = "committee.commune.justice"


@dataclass(frozen=True)
class Waiting:
    """One report at the board: its case, and the other of the same matter."""

    case_id: str
    report_id: str
    same_as: str = ""


@dataclass
class Office:
    """The people, the twenty by name, and the committee's cases by what is to be done with them."""

    people: People
    reports: dict[str, Waiting] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)


def _told(
    story: str, post_name: str = "Công chức tư pháp - hộ tịch", post: str = "", **more: Any
) -> dict[str, Any]:
    office = replace(make.telling().office, post_name=post_name, post=post)
    return {"story": story, "office": office, **more}


REPORTS: dict[str, dict[str, Any]] = {
    # The resident chose the post from the list, so the rules answer at once.
    "birth": _told("Nộp giấy khai sinh cho cháu từ tháng ba, hẹn bốn lần chưa trả.", post=JUSTICE),
    "copies": _told("Sao y ba bản giấy, công chức thu sáu mươi nghìn không biên lai.", post=JUSTICE),
    # Typed by hand: the reviewer states the post.
    "marriage": _told("Xin giấy xác nhận độc thân, bị đòi thêm giấy không có trong quy định."),
    "death": _told("Khai tử cho mẹ, công chức hẹn đi hẹn lại năm lần trong một tháng."),
    # Of the same matter, by two residents each.
    "queue": _told("Sáng thứ hai quầy hộ tịch đóng cửa, ba mươi người chờ, không ai báo.", post=JUSTICE),
    "queue too": _told("Thứ hai đến quầy hộ tịch thì khóa cửa, không có giấy báo nghỉ.", post=JUSTICE),
    "insult": _told("Công chức hộ tịch quát người già trước mặt mọi người ở quầy.", post=JUSTICE),
    "insult too": _told("Tôi chứng kiến công chức hộ tịch quát mắng một cụ già ở quầy số hai.", post=JUSTICE),
    # Not a member of the Party: the people's committee, which is outside the portal.
    "desk": _told("Hợp đồng ở quầy đòi năm mươi nghìn để lấy số trước."),
    "stamp": _told("Người trực quầy nhận tiền đóng dấu hộ, không phiếu thu."),
    # Whom it concerns is not clear yet.
    "which desk": _told("Bị hẹn nhiều lần mà không nhớ quầy nào, người nào.", "Người ở quầy"),
    "which day": _told("Có lần bị đòi tiền ở ủy ban, lâu rồi.", "Người ở quầy"),
    "which paper": _told("Bị từ chối giấy tờ, người trực bảo về chờ.", "Người ở quầy"),
    # Not for this portal.
    "neighbour": _told("Nhà bên cạnh mở nhạc to đến nửa đêm, nói mãi không nghe."),
    "decision": _told("Tôi không đồng ý quyết định xử phạt của ủy ban đối với nhà tôi."),
    "lamp": _told("Đèn đường trước hẻm hỏng hai tuần nay."),
    "rumour": _told("Nghe nói cán bộ phường giàu lên nhanh."),
    "praise": _told("Công chức hộ tịch giúp bà tôi làm giấy tận nhà.", kind=ReportKind.PRAISE),
    # No rule names anybody.
    "joint team": _told(
        "Tổ trưởng tổ liên ngành giữ hàng của tôi không lập biên bản.", "Tổ trưởng tổ liên ngành"
    ),
    "market": _told(
        "Người thu phí chợ đòi gấp đôi, xưng là của ban quản lý mới.", "Trưởng ban quản lý lâm thời"
    ),
}
_SAME = {"queue": "queue too", "insult": "insult too"}


def found(settings: Settings) -> Office:
    """Everything; see the head of this file."""
    made = Office(people.found(settings))
    generate_bodies(Actor("system", ActorKind.SYSTEM), shipped(POSTS))
    for name, told in REPORTS.items():
        sent = make.report(settings, **told)
        made.reports[name] = Waiting(make.case_of(sent).id, sent.report_id)
    for one, other in _SAME.items():
        for mine, its in ((one, other), (other, one)):
            made.reports[mine] = replace(made.reports[mine], same_as=made.reports[its].case_id)
    _at_the_committee(Prepared(settings, None, made.people), made.cases)  # type: ignore[arg-type]
    return made


def _at_the_committee(founded: Prepared, cases: dict[str, str]) -> None:
    cases["fresh"] = make.routed(founded).id
    mine = make.routed(founded)
    head, _ = make.lead(founded)
    casework.accept(head, mine, seen=mine.version)
    casework.assign(head, mine, account_id=founded.made[INSPECTOR].account_id, seen=mine.version)
    cases["mine"] = mine.id
    cases["concluded"] = make.concluded(founded).id
    cases["answered"] = _answered(founded).id


def _answered(founded: Prepared) -> Case:
    """Answered; a remedy with its evidence, and a draft to be published, both by the inspector."""
    case = make.answered(founded)
    head, ring = make.lead(founded)
    mine, keys = founded.made.signed_in(INSPECTOR)
    today = clock.today()
    later = today + timedelta(days=10)
    remedy = casework.Entered(
        Entry.REMEDY, today, "Trả đủ hồ sơ còn giữ.", later, {Ask.TO: "Ủy ban nhân dân phường"}
    )
    casework.record_outcome(head, case, ring, what=remedy)
    [owed] = [one for one in queries.followed(case.id) if one.owes is Owed.EVIDENCE]
    casework.follow_up(mine, owed, keys, dated=today, text="Sổ giao nhận ghi đã trả đủ hồ sơ.")
    draft = casework.Entered(
        Entry.PUBLICATION, today, "Phường đã trả đủ hồ sơ chậm hạn và xin lỗi.", later, {}
    )
    casework.enter(mine, case, keys, what=draft)
    return case
