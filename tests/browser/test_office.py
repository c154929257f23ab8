"""A day in the office in a real browser: a reviewer, an inspector, a head; with a mouse, and by keys alone.

One script of steps for each of them, done by both hands of tests/support/hands.py on the smallest screen that
is meant (360 × 740). With the mouse every page is checked and kept as a picture; where each case ends is read
from the store.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from portal.action import session
from portal.app import create_app
from portal.casework import queries
from portal.data.models.case import Case, CaseStep
from portal.data.models.followed import Followed
from portal.domain import clock
from portal.domain.entries import Owed
from portal.domain.life import State, Step
from portal.domain.text import fold
from tests.support import make, office, people
from tests.support.album import Album
from tests.support.browser import opened, served
from tests.support.hands import Hands, Keyboard, Mouse
from tests.support.office import Office
from tests.support.stores import Prepared

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]
SMALL = {"width": 360, "height": 740}
BOARD, COMMITTEE = "/can-bo/phan-loai/", "/can-bo/ho-so/"


@dataclass
class Seat:
    """One official at one screen. Every page is kept once under its name; keys find the same pages."""

    hands: Hands
    address: str
    album: Album | None
    kept: set[str] = field(default_factory=set)

    @property
    def page(self) -> Page:
        return self.hands.page

    def go(self, path: str) -> None:
        self.page.goto(self.address + path, wait_until="domcontentloaded")

    def sign_in(self, login: str) -> None:
        self.go("/can-bo/dang-nhap")
        self.keep("sign-in")
        self.hands.write("login", login)
        self.hands.write("passphrase", people.PASSPHRASE)
        self.hands.press("Đăng nhập")

    def keep(self, name: str) -> None:
        if self.album and name not in self.kept:
            self.kept.add(name)
            self.album.page(self.page, f"office-{fold(name).replace(' ', '-')}")

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            self.hands.write(name, text)

    def day(self, name: str, day: date) -> None:
        for part, number in (("day", day.day), ("month", day.month), ("year", day.year)):
            self.hands.write(f"{name}-{part}", str(number))

    def page_of(self, link: str, name: str) -> None:
        self.hands.follow(link)
        self.keep(name)

    def save(self, button: str, *, sees: str) -> None:
        self.hands.press(button)
        self.sees(sees)


Sit = Callable[[str], Seat]


@pytest.fixture
def founded(prepared: Callable[..., Prepared]) -> Prepared:
    return prepared("office", office.found)


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keys"])
def sit(request: pytest.FixtureRequest, browser: Browser, founded: Prepared) -> Iterator[Sit]:
    """Seats an official, signed in; the demonstration asks for no code."""
    settings = founded.settings.model_copy(update={"mode": "demo", "face": "staff"})
    app = create_app(settings)
    with served(app) as address, ExitStack() as screens:

        def seat(login: str) -> Seat:
            page = screens.enter_context(opened(browser, size=SMALL))
            album = Album(scripts=True) if request.param is Mouse else None
            taken = Seat(request.param(page), address, album)
            taken.sign_in(login)
            return taken

        yield seat


def stored(case_id: str) -> Case:
    session().rollback()
    return session().get_one(Case, case_id)


def steps_of(case_id: str) -> list[Step]:
    session().rollback()
    wanted = select(CaseStep.step).where(CaseStep.case_id == case_id).order_by(CaseStep.version)
    return list(session().scalars(wanted))


# The reviewer. ----------------------------------------------------------------------------------------------


def _classified(at: Seat, kind: str, why: str = "") -> None:
    at.page_of("Phân loại", "classify")
    at.hands.pick("kind", kind)
    if why:
        at.write(why=why)
    at.hands.press("Ghi phân loại")


def _stated(at: Seat, member: str) -> None:
    at.page_of("Dữ kiện xác định thẩm quyền", "facts")
    at.hands.pick("post", office.JUSTICE)
    at.hands.pick("member", member)
    at.hands.pick("status", "in_office")
    at.save("Ghi dữ kiện", sees="Đã ghi dữ kiện.")


def _sent(at: Seat, register_no: str = "") -> None:
    at.page_of("Chuyển đến nơi có thẩm quyền", "hand-over" if register_no else "route")
    if register_no:
        at.write(register_no=register_no)
    at.hands.pick("looked_through", "y")
    at.save("Chuyển hồ sơ", sees="Đã chuyển hồ sơ.")


def _routed(at: Seat, one: office.Waiting) -> None:
    _classified(at, "petition", "Một việc cụ thể ở quầy, có nơi, có ngày.")
    _sent(at)


def _stated_and_routed(at: Seat, one: office.Waiting) -> None:
    _classified(at, "petition")
    _stated(at, "yes")
    _sent(at)


def _handed_over(at: Seat, one: office.Waiting) -> None:
    _classified(at, "petition")
    _stated(at, "no")
    _sent(at, "31/MTTQ-BTT")
    at.keep("case-outside")


def _joined_or_routed(at: Seat, one: office.Waiting) -> None:
    """Whichever of the two is opened first goes into the other."""
    if stored(one.same_as).state is State.JOINED:
        _routed(at, one)
        return
    at.page_of("Gộp với hồ sơ cùng việc", "join")
    at.hands.pick("into", one.same_as)
    at.write(why="Cùng quầy, cùng buổi sáng, cùng một công chức.")
    at.save("Gộp hồ sơ", sees="Đã gộp.")
    at.keep("case-joined")


def _asked(at: Seat, one: office.Waiting) -> None:
    at.page_of("Hỏi thêm người phản ánh", "ask")
    at.write(text="Việc xảy ra ở quầy nào, vào khoảng tháng nào?")
    at.hands.press("Xem trước")
    at.keep("ask-preview")
    at.save("Gửi", sees="Đã gửi câu hỏi")


def _commended(at: Seat, one: office.Waiting) -> None:
    at.page_of("Chuyển lời khen", "commend")
    at.write(text="Cảm ơn bà con. Lời khen đã được đọc ở buổi chào cờ của phường sáng thứ hai.")
    at.hands.press("Xem trước")
    at.save("Gửi", sees="Đã chuyển lời khen.")


def _referred(at: Seat, one: office.Waiting) -> None:
    _classified(at, "petition")
    at.page_of("Chuyển đến nơi có thẩm quyền", "route-undetermined")
    at.page_of("Chuyển cấp tỉnh xác định", "refer")
    at.save("Chuyển cấp tỉnh", sees="Đã chuyển cấp tỉnh")
    # Who only follows a case has nothing to do there, and is not told of it.
    expect(at.page.get_by_role("heading", name="Việc có thể làm")).to_have_count(0)
    at.keep("case-referred")


def _declined(at: Seat, one: office.Waiting, reason: str) -> None:
    at.page_of("Không thụ lý", "decline")
    at.hands.pick("reason", reason)
    at.write(text="Bà con có thể gửi lại khi biết rõ hơn.")
    _refused(at)


def _refused(at: Seat) -> None:
    at.hands.press("Xem trước")
    at.keep("decline-preview")
    at.save("Gửi", sees="Không thụ lý")


def _complaint(at: Seat, one: office.Waiting) -> None:
    """A kind that is not for this portal leads to the letter of refusal, its reason chosen."""
    _classified(at, "complaint", "Muốn bỏ một quyết định xử phạt.")
    at.keep("decline-guided")
    _refused(at)


PLAN: dict[str, tuple[Callable[[Seat, office.Waiting], None], State]] = {
    **dict.fromkeys(("birth", "copies"), (_routed, State.ROUTED)),
    **dict.fromkeys(("marriage", "death"), (_stated_and_routed, State.ROUTED)),
    **dict.fromkeys(("queue", "queue too", "insult", "insult too"), (_joined_or_routed, State.ROUTED)),
    **dict.fromkeys(("desk", "stamp"), (_handed_over, State.OUTSIDE)),
    **dict.fromkeys(("which desk", "which day", "which paper"), (_asked, State.NEEDS_INFO)),
    "neighbour": (lambda at, one: _declined(at, one, "private_person"), State.DECLINED),
    "lamp": (lambda at, one: _declined(at, one, "public_works"), State.DECLINED),
    "rumour": (lambda at, one: _declined(at, one, "no_facts"), State.DECLINED),
    "decision": (_complaint, State.DECLINED),
    "praise": (_commended, State.ANSWERED),
    **dict.fromkeys(("joint team", "market"), (_referred, State.UNDETERMINED)),
}


def test_a_reviewer_triages_twenty_reports(sit: Sit, founded: Prepared) -> None:
    desk: Office = founded.made
    assert set(PLAN) == set(desk.reports)
    assert len(PLAN) == 20
    by_case = {one.case_id: name for name, one in desk.reports.items()}
    at = sit(office.REVIEWER)
    for _ in PLAN:
        at.go(BOARD)
        at.keep("queue")
        oldest = at.page.locator("main .gs-queue__link").first.get_attribute("href") or ""
        case_id = oldest.removeprefix(BOARD)
        at.hands.open(case_id)
        at.keep("case")
        name = by_case.pop(case_id)
        PLAN[name][0](at, desk.reports[name])
    at.go(BOARD)
    at.sees("Không có hồ sơ nào theo bộ lọc này.")
    at.keep("queue-empty")
    ends = Counter(stored(one.case_id).state for one in desk.reports.values())
    expected = Counter(end for _, end in PLAN.values())
    # Of each two reports of one matter one went into the other, and its case on with both.
    assert ends == expected - Counter({State.ROUTED: 2}) + Counter({State.JOINED: 2})
    for name, (_, end) in PLAN.items():
        one = desk.reports[name]
        case = stored(one.case_id)
        if case.state is State.JOINED:
            assert (case.joined_to, len(queries.links(one.same_as))) == (one.same_as, 2)
        else:
            assert case.state is end, name
    assert stored(desk.reports["birth"].case_id).leader_id == make.COMMITTEE
    assert stored(desk.reports["desk"].case_id).leader_id == f"committee.{make.WARD}"
    assert stored(desk.reports["market"].case_id).front_id == "front.P79b"


# The inspector. ---------------------------------------------------------------------------------------------

REASON, TOLD = "Quyết định số 7-QĐ/UBKT ngày hôm nay.", "Chúng tôi chờ một kết quả giám định rồi làm tiếp."


def _entered(at: Seat, link: str, *, due: bool = False, **texts: str) -> None:
    at.page_of(link, link)
    text = texts.pop("text")
    at.write(**texts)
    at.day("dated", clock.today())
    if due:
        at.day("due", clock.today() + timedelta(days=10))
    at.write(text=text)
    at.hands.press("Lưu")
    at.sees("Đã ghi vào hồ sơ.")


def _stood_still(head: Seat, link: str, until: str, said: str) -> None:
    """Suspend, or go on; shown first as the resident will read it."""
    head.page_of(link, link)
    head.write(reason=REASON, text=TOLD)
    if until:
        head.hands.pick("until", until)
    head.hands.press("Xem trước")
    head.keep(f"{link} preview")
    head.sees(TOLD)
    head.save(link, sees=said)


def test_an_inspector_verifies_a_case_from_its_plan_to_the_remedy(sit: Sit, founded: Prepared) -> None:
    case_id = founded.made.cases["mine"]
    at, head = sit(office.INSPECTOR), sit(office.HEAD)
    at.go(COMMITTEE)
    at.keep("committee-queue")
    at.hands.unfold("Bộ lọc")
    at.hands.choose("mine", "1")
    at.hands.press("Lọc")
    expect(at.page.locator("main .gs-queue__link")).to_have_count(1)
    at.hands.open(case_id)
    at.keep("committee-case")
    at.page_of("Bắt đầu xác minh", "plan")
    at.write(plan="Đối chiếu sổ nhận hồ sơ với biên lai, mời công chức giải trình trong tuần.")
    at.save("Lưu", sees="Đã bắt đầu xác minh.")
    to = "Bộ phận một cửa"
    _entered(
        at, "Yêu cầu cung cấp tài liệu", due=True, to=to, number="5-CV/UBKT", text="Sổ nhận hồ sơ tháng ba."
    )
    _entered(
        at, "Báo nội dung cho người bị phản ánh", number="6-CV/UBKT", text="Mời giải trình bằng văn bản."
    )
    at.page_of("Ghi giải trình", "explanation")
    at.hands.pick("refused", "no")
    at.day("dated", clock.today())
    at.write(text="Máy hỏng hai tuần, không báo cho người dân.")
    at.save("Lưu", sees="Đã ghi giải trình.")
    head.go(COMMITTEE + case_id)
    _stood_still(head, "Tạm đình chỉ", "other_result", "Đã tạm đình chỉ.")
    assert stored(case_id).state is State.SUSPENDED
    _entered(at, "Ghi văn bản trả lời đã nhận", text="Bộ phận một cửa gửi sổ nhận hồ sơ.")
    _stood_still(head, "Tiếp tục giải quyết", "", "Đã tiếp tục giải quyết.")
    at.go(COMMITTEE + case_id)
    at.page_of("Kết luận", "conclude")
    at.hands.pick("finding", "partly")
    at.write(**make.ANSWER.as_content())
    at.save("Lưu kết luận", sees="Đã ghi kết luận.")
    at.keep("committee-case-concluded")
    head.go(COMMITTEE + case_id)
    _entered(head, "Kiến nghị", due=True, to=to, number="9-CV/UBKT", text="Niêm yết lại giờ làm việc.")
    _entered(head, "Việc khắc phục", due=True, to=to, text="Trả đủ hồ sơ còn giữ trong mười ngày.")
    at.go(COMMITTEE + case_id)
    _entered(at, "Ghi bằng chứng đã khắc phục", text="Sổ giao nhận ghi đã trả đủ hồ sơ.")
    at.sees("Chờ người khác của ủy ban")
    at.keep("committee-case-followed")
    assert stored(case_id).state is State.CONCLUDED
    assert steps_of(case_id)[-11:] == [
        Step.BEGIN_VERIFICATION,
        Step.REQUEST,
        Step.TELL_PERSON,
        Step.RECORD_EXPLANATION,
        Step.SUSPEND,
        Step.RECORD_REPLY,
        Step.RESUME_WORK,
        Step.CONCLUDE,
        Step.RECORD_OUTCOME,
        Step.PLAN_REMEDY,
        Step.RECORD_REMEDY,
    ]
    owed = {one.owes: one.is_open for one in queries.followed(case_id) if one.reply_id}
    assert owed == {Owed.REPLY: False, Owed.EVIDENCE: True}


# The head. --------------------------------------------------------------------------------------------------


def test_a_head_accepts_assigns_answers_approves_and_closes(sit: Sit, founded: Prepared) -> None:
    cases, inspector = founded.made.cases, founded.made.people[office.INSPECTOR].account_id
    at = sit(office.HEAD)
    at.go(COMMITTEE)
    at.hands.open(cases["fresh"])
    at.keep("committee-case-fresh")
    at.page_of("Thụ lý", "accept")
    at.save("Thụ lý", sees="Đã thụ lý hồ sơ.")
    at.page_of("Giao người phụ trách", "assign")
    at.hands.choose("account", inspector)
    at.save("Giao", sees="Đã giao hồ sơ.")
    at.keep("committee-case-assigned")
    fresh = stored(cases["fresh"])
    assert (fresh.state, fresh.assignee_id) == (State.ACCEPTED, inspector)
    at.go(COMMITTEE)
    at.hands.open(cases["concluded"])
    at.page_of("Trả lời", "answer")
    at.sees(make.ANSWER.found)
    at.save("Gửi trả lời", sees="Đã trả lời người phản ánh")
    assert stored(cases["concluded"]).state is State.ANSWERED
    at.go(COMMITTEE)
    at.hands.unfold("Bộ lọc")
    at.hands.choose("desk", "nobody")
    at.hands.press("Lọc")
    at.keep("committee-queue-answered")
    at.hands.open(cases["answered"])
    _closed(at, cases["answered"])


def _closed(at: Seat, case_id: str) -> None:
    """Not before a second person checked the remedy; the publication is another's draft."""
    at.page_of("Kết thúc", "close")
    at.save("Kết thúc", sees="chưa được người thứ hai kiểm tra")
    at.keep("close-refused")
    assert stored(case_id).state is State.ANSWERED
    at.go(COMMITTEE + case_id)
    at.page_of("Kiểm tra việc khắc phục", "check")
    at.hands.pick("done", "yes")
    at.write(text="Tôi đã đến xem sổ giao nhận và hỏi hai người dân.")
    at.save("Lưu", sees="Đã ghi kết quả kiểm tra.")
    at.page_of("Duyệt công khai kết quả", "approve")
    at.sees("Phường đã trả đủ hồ sơ chậm hạn")
    at.hands.pick("done", "yes")
    at.hands.pick("looked", "y")
    at.write(text="Nội dung đúng, không nêu tên ai.")
    at.save("Lưu", sees="Đã ghi ý kiến duyệt.")
    at.page_of("Kết thúc", "close")
    at.save("Kết thúc", sees="Đã kết thúc hồ sơ.")
    at.keep("committee-case-closed")
    assert stored(case_id).state is State.CLOSED
    assert [one.is_open for one in _followed(case_id)] == [False, False]
    assert steps_of(case_id)[-3:] == [Step.CHECK_REMEDY, Step.APPROVE_PUBLICATION, Step.CLOSE]


def _followed(case_id: str) -> list[Followed]:
    session().rollback()
    return list(queries.followed(case_id))
