"""Two officers on one case, where a form needs more than a case: records, clocks, protection, groups."""

from datetime import date
from types import SimpleNamespace

import pytest

from portal.action import session
from portal.app import create_app
from portal.casework import actions as casework
from portal.casework import queries
from portal.data.models.case import Case
from portal.data.models.report import Report
from portal.domain.answers import Finding
from portal.domain.clocks import Until
from portal.domain.deadlines import Ground
from portal.domain.entries import SHAPES, Ask, Entry, Owed
from portal.domain.kinds import Kind
from portal.domain.life import State
from portal.domain.permissions import Actor, ActorKind
from portal.domain.reprisals import Measure, MeasureState
from portal.intake.actions.reprisal import report_reprisal
from portal.intake.queries import mailbox
from portal.triage import actions as triage
from tests.pages.test_both_versions import OTHERS, TYPED, shown, signed_in, two
from tests.support import make, people, world_grouping

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
DAY = date(2026, 4, 2)
DATED = {"dated-day": "4", "dated-month": "5", "dated-year": "2026"}
DUE = {"due-day": "4", "due-month": "6", "due-year": "2026"}
CITY = "front.P79b"


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def app(founded):
    return create_app(founded.settings.model_copy(update={"face": "staff"}))


def member(founded):
    return founded.made.signed_in(f"member.{make.COMMITTEE}")


def enter(founded, case, entry, text=OTHERS):
    """The member enters a record; returns its id."""
    shape, (actor, ring) = SHAPES[entry], member(founded)
    asked = {
        ask: "party.warning" if ask is Ask.FORM else "Nơi khác" for ask in shape.asks if ask is not Ask.DUE
    }
    what = casework.Entered(entry, DAY, text, DAY if shape.owes else None, asked)
    if shape.step in casework.OUTCOMES:
        actor, ring = make.lead(founded)
        return casework.record_outcome(actor, make.now(case), ring, what=what)
    return casework.enter(actor, make.now(case), ring, what=what)


def follow(founded, record_id):
    actor, ring = member(founded)
    casework.follow_up(actor, queries.followed_one(record_id), ring, dated=DAY, text=OTHERS)


def suspend(founded, case):
    actor, ring = make.lead(founded)
    now = make.now(case)
    given = {"until": Until.OTHER_RESULT, "reason": OTHERS, "text": OTHERS, "seen": now.version}
    casework.suspend(actor, now, ring, **given)


def _suspended(founded):
    case = make.verifying(founded)
    suspend(founded, case)
    return case, "tiep-tuc"


def _followed(founded):
    case = make.verifying(founded)
    return case, f"theo-doi/{enter(founded, case, Entry.DOCUMENTS)}"


def _remedy(founded):
    case = make.concluded(founded)
    record_id = enter(founded, case, Entry.REMEDY)
    follow(founded, record_id)
    return case, f"kiem-tra/{record_id}"


def _draft(founded):
    case = make.answered(founded)
    return case, f"duyet/{enter(founded, case, Entry.PUBLICATION, 'Đã xử lý xong.')}"


def _public(founded, page):
    """A text that was published, and the page for it."""
    case, address = _draft(founded)
    actor, ring = make.lead(founded)
    draft = queries.followed_one(address.partition("/")[2])
    casework.approve_publication(actor, draft, ring, yes=True, text=OTHERS)
    return case, f"{page}/{queries.publications(case.id)[0].id}"


_TOLD = {"reason": TYPED, "text": TYPED, "send": "1"}
_ANSWER = {"finding": "none"} | make.ANSWER.as_content()
AT_COMMITTEE = {
    "suspend": (lambda f: (make.verifying(f), "tam-dinh-chi"), _TOLD | {"until": "other_result"}),
    "resume_work": (_suspended, _TOLD),
    "extend": (lambda f: (make.verifying(f), "gia-han"), _TOLD | {"ground": "complex", "days": "30"}),
    "enter": (
        lambda f: (make.verifying(f), "muc/tai-lieu"),
        {"to": "Phòng Nội vụ", "number": "12-CV", "text": TYPED, **DATED, **DUE},
    ),
    "record_outcome": (
        lambda f: (make.concluded(f), "xu-ly/ky-luat"),
        {"form": "party.warning", "by": "Đảng ủy", "number": "1", "text": TYPED, **DATED},
    ),
    "follow_up": (_followed, {"text": TYPED, **DATED}),
    "check_remedy": (_remedy, {"done": "yes", "text": TYPED}),
    "approve_publication": (_draft, {"done": "yes", "looked": "y", "days": "30", "text": TYPED}),
    "withdraw_publication": (lambda f: _public(f, "go-cong-khai"), {"reason": TYPED}),
    "correct_publication": (
        lambda f: _public(f, "dinh-chinh-cong-khai"),
        {"text": TYPED, "why": TYPED, **DUE, "due-year": "2030"},
    ),
    "correct": (lambda f: (make.answered(f), "dinh-chinh"), _ANSWER | {"why": TYPED, "send": "1"}),
}


@pytest.mark.parametrize("form", AT_COMMITTEE)
def test_a_step_of_the_committee_is_refused_and_sent_again(app, founded, form):
    made, typed = AT_COMMITTEE[form]
    case, page = made(founded)
    actor, ring = member(founded)
    address = f"/can-bo/ho-so/{case.id}/{page}"
    pages = signed_in(app, founded, f"lead.{make.COMMITTEE}")
    version = make.now(case).version

    def colleague():
        casework.note(actor, make.now(case), ring, text=OTHERS)

    soup, again = two(pages, address, typed, colleague)
    assert make.now(case).version == version + 1
    assert any(TYPED in box.text for box in soup.select("textarea"))
    assert "Ghi chú" in soup.select_one(".gs-history").get_text()
    assert any(TYPED in pair[1] for pair in shown(soup).values())
    pages.send(address, again, expect=303)
    assert make.now(case).version == version + 2


def test_a_suspension_stands_beside_the_one_that_was_typed(app, founded):
    case = make.verifying(founded)
    pages = signed_in(app, founded, f"lead.{make.COMMITTEE}")
    typed = _TOLD | {"until": "other_result", "reason": "Lý do khác.", "text": "Lời khác."}
    soup, _ = two(pages, f"/can-bo/ho-so/{case.id}/tam-dinh-chi", typed, lambda: suspend(founded, case))
    assert shown(soup)["Lý do, số và ngày của quyết định"] == (OTHERS, "Lý do khác.")
    assert shown(soup)["Lời báo cho người phản ánh"] == (OTHERS, "Lời khác.")
    assert "không còn làm được" in soup.select_one(".gs-notice").get_text()
    assert make.now(case).state is State.SUSPENDED


def test_a_second_extension_that_the_law_does_not_know_says_so(app, founded):
    case = make.verifying(founded)
    pages = signed_in(app, founded, f"lead.{make.COMMITTEE}")

    def colleague():
        actor, ring = make.lead(founded)
        now = make.now(case)
        given = {"ground": Ground.COMPLEX, "days": 20, "reason": OTHERS, "text": OTHERS, "seen": now.version}
        casework.extend(actor, now, ring, **given)

    typed = _TOLD | {"ground": "complex", "days": "30"}
    soup, _ = two(pages, f"/can-bo/ho-so/{case.id}/gia-han", typed, colleague, expect=422)
    assert "đủ số lần" in soup.select_one(".govuk-error-summary").get_text()
    assert soup.select_one("textarea[name=reason]").text.strip() == TYPED


def test_a_record_stands_beside_the_newest_of_its_own_kind(app, founded):
    """Two kinds are entered by one step: the other kind is no version of this one."""
    case = make.verifying(founded)
    pages = signed_in(app, founded, f"lead.{make.COMMITTEE}")

    def colleague():
        enter(founded, case, Entry.DOCUMENTS)
        enter(founded, case, Entry.UNIT_CHECK, "Việc của loại khác.")

    typed = {"to": "Phòng Nội vụ", "number": "12-CV", "text": TYPED, **DATED, **DUE}
    soup, _ = two(pages, f"/can-bo/ho-so/{case.id}/muc/tai-lieu", typed, colleague)
    pairs = shown(soup)
    assert (OTHERS, TYPED) in pairs.values()
    assert ("Nơi khác", "Phòng Nội vụ") in pairs.values()
    assert pairs["Ngày của việc này"] == ("02/04/2026", "04/05/2026")
    assert ("02/04/2026", "04/06/2026") in pairs.values(), "the day due"


@pytest.mark.parametrize(("made", "typed", "said"), [
    (_followed, {"text": TYPED, **DATED}, "Nội dung trả lời, hoặc bằng chứng đã khắc phục"),
    (_remedy, {"done": "no", "text": TYPED}, None),
    (_draft, {"done": "no", "days": "30", "text": TYPED}, "Ý kiến của người duyệt"),
])  # fmt: skip
def test_what_came_first_on_a_record_is_shown(app, founded, made, typed, said):
    case, page = made(founded)
    record_id = page.split("/")[1]
    pages = signed_in(app, founded, f"lead.{make.COMMITTEE}")

    def colleague():
        found = queries.followed_one(record_id)
        actor, ring = make.lead(founded)
        acts = {
            Owed.REPLY: lambda: follow(founded, record_id),
            Owed.EVIDENCE: lambda: casework.check_remedy(actor, found, ring, done=True, text=OTHERS),
            Owed.APPROVAL: lambda: casework.approve_publication(actor, found, ring, yes=True, text=OTHERS),
        }
        acts[found.owes]()

    soup, _ = two(pages, f"/can-bo/ho-so/{case.id}/{page}", typed, colleague)
    pairs = shown(soup)
    assert (OTHERS, TYPED) in pairs.values()
    assert said is None or pairs[said] == (OTHERS, TYPED)
    if "done" in typed:
        now, mine = next(iter(pairs.values()))
        assert now
        assert now not in (mine, "Không có")
    assert "không còn làm được" in soup.select_one(".gs-notice").get_text()


def test_a_correction_stands_beside_the_answer_that_it_corrects(app, founded):
    case = make.answered(founded)
    actor, ring = make.lead(founded)
    pages = signed_in(app, founded, f"lead.{make.COMMITTEE}")

    def colleague():
        now = make.now(case)
        given = {"finding": Finding.VIOLATION, "answer": make.ANSWER, "why": OTHERS, "seen": now.version}
        casework.correct(actor, now, ring, **given)

    typed = _ANSWER | {"why": TYPED, "send": "1"}
    soup, again = two(pages, f"/can-bo/ho-so/{case.id}/dinh-chinh", typed, colleague)
    assert shown(soup)["Vì sao phải đính chính?"] == (OTHERS, TYPED)
    assert shown(soup)["Kết quả xác minh"] == ("Có vi phạm", "Không có vi phạm")
    pages.send(f"/can-bo/ho-so/{case.id}/dinh-chinh", again, expect=303)


# At the board. ---------------------------------------------------------------------------------------------

PARTS = {
    "m1-person": TYPED.splitlines()[0],
    "m1-office": "Bộ phận một cửa",
    "m1-told": "việc giữ hồ sơ",
    "m2-person": "Lê Thị Hai",
    "m2-office": "Trạm y tế",
    "m2-told": "việc thu tiền",
    "story-0-goes": "1",
    "story-1-goes": "2",
    "signs-signs-goes": "1",
    "send": "1",
}


def classified(founded, case):
    """A colleague sets the kind meanwhile."""
    actor, ring = founded.made.signed_in(f"member.{make.FRONT}")
    now = make.now(case)
    triage.classify(actor, now, ring, kind=Kind.PETITION, why=OTHERS, seen=now.version)


def test_a_report_is_split_again_after_a_colleague_classified_it(app, founded):
    case = make.case_of(make.report(founded.settings))
    pages = signed_in(app, founded, f"lead.{make.FRONT}")
    address = f"/can-bo/phan-loai/{case.id}/tach-viec"
    soup, again = two(pages, address, PARTS, lambda: classified(founded, case))
    assert soup.select_one("input[name=m1-person]")["value"] == PARTS["m1-person"]
    assert "Phân loại" in soup.select_one(".gs-history").get_text()
    pages.send(address, again, expect=303)
    assert make.now(case).matter == 1


def test_a_join_stands_beside_the_one_that_came_first(app, founded):
    first, second, case = (make.case_of(make.report(founded.settings)) for _ in range(3))
    pages = signed_in(app, founded, f"lead.{make.FRONT}")
    address = f"/can-bo/phan-loai/{case.id}/gop"

    def colleague():
        actor, ring = founded.made.signed_in(f"member.{make.FRONT}")
        now = make.now(case)
        triage.join(actor, now, ring, into=first.id, why=OTHERS, seen=now.version)

    soup, _ = two(pages, address, {"into": second.id, "why": TYPED}, colleague)
    number = f"HS-{first.id[:4]}-{first.id[4:8]}".upper()
    now, mine = shown(soup)["Gộp vào hồ sơ nào?"]
    assert now == number
    assert f"HS-{second.id[:4]}-{second.id[4:8]}".upper() in mine
    assert shown(soup)["Vì sao là cùng một việc?"] == (OTHERS, TYPED)
    assert make.now(case).joined_to == first.id


def test_a_case_is_let_go_after_its_version_moved(app, founded):
    into, case = (make.case_of(make.report(founded.settings)) for _ in range(2))
    actor, ring = founded.made.signed_in(f"member.{make.FRONT}")
    triage.join(actor, case, ring, into=into.id, why="Cùng việc", seen=case.version)

    def colleague():
        now = make.now(case)
        triage.unjoin(actor, now, ring, reason=OTHERS, seen=now.version)

    pages = signed_in(app, founded, f"lead.{make.FRONT}")
    soup, _ = two(pages, f"/can-bo/phan-loai/{case.id}/go-gop", {"reason": TYPED}, colleague)
    assert shown(soup) == {"Vì sao gộp nhầm?": (OTHERS, TYPED)}


def test_a_letter_outside_stands_beside_the_one_that_left_first(app, founded):
    case = world_grouping.outside(founded.made, founded.settings)
    actor, _ = founded.made.signed_in("lead.front.P79b")
    pages = signed_in(app, founded, f"lead.{CITY}")

    def colleague():
        now = make.now(case)
        urged = {"kind": triage.ReminderKind.REMINDER, "register_no": "77/MTTQ"}
        triage.urge(actor, now, seen=now.version, **urged)

    address = f"/can-bo/phan-loai/{case.id}/don-doc"
    soup, again = two(pages, address, {"register_no": "78/MTTQ"}, colleague)
    assert shown(soup) == {"Số văn bản": ("77/MTTQ", "78/MTTQ")}
    pages.send(address, again, expect=303)


@pytest.fixture
def suffering(founded):
    """A case of somebody who suffers for a report, at the city's board."""
    sent = make.report(founded.settings)
    found = mailbox.passed(sent.code, founded.settings.pepper.encode())
    actor = Actor("reporter", ActorKind.REPORTER, report_id=sent.report_id)
    text = "Sau khi tôi phản ánh, cán bộ đó cắt hợp đồng thuê sạp của tôi."
    session().rollback()
    case_id = report_reprisal(actor, session().get_one(Report, sent.report_id), found.secret, text=text)
    session().rollback()
    return SimpleNamespace(id=case_id)


def moved_at_city(founded, case_id):
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    session().rollback()
    now = session().get_one(Case, case_id)
    triage.classify(actor, now, ring, kind=Kind.DENUNCIATION, why=OTHERS, seen=now.version)


def asked(founded, case_id):
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    session().rollback()
    given = {"measure": Measure.WORK, "body": "Sở Nội vụ", "text": OTHERS, "dated": DAY}
    return triage.ask_protection(actor, session().get_one(Case, case_id), ring, **given)


def test_protection_stands_beside_what_a_colleague_asked_for(app, founded, suffering):
    pages = signed_in(app, founded, f"lead.{CITY}")
    address = f"/can-bo/phan-loai/{suffering.id}/bao-ve"

    def colleague():
        asked(founded, suffering.id)
        moved_at_city(founded, suffering.id)

    typed = {"measure": "life", "body": "Công an phường", "text": TYPED, **DATED}
    soup, again = two(pages, address, typed, colleague)
    assert shown(soup)["Đề nghị cơ quan nào?"] == ("Sở Nội vụ", "Công an phường")
    assert shown(soup)["Căn cứ, nội dung đề nghị"] == (OTHERS, TYPED)
    assert "điều 57" in shown(soup)["Biện pháp đề nghị"][0]
    pages.send(address, again, expect=303)


def test_what_came_of_protection_stands_beside_what_was_typed(app, founded, suffering):
    one = asked(founded, suffering.id)
    pages = signed_in(app, founded, f"lead.{CITY}")

    def colleague():
        actor, ring = founded.made.signed_in(f"lead.{CITY}")
        session().rollback()
        given = {"protection_id": one, "state": MeasureState.TAKEN, "text": OTHERS, "dated": DAY}
        triage.settle_protection(actor, session().get_one(Case, suffering.id), ring, **given)

    typed = {"state": "refused", "text": TYPED, **DATED}
    soup, _ = two(pages, f"/can-bo/phan-loai/{suffering.id}/bao-ve/{one}", typed, colleague)
    assert shown(soup)["Kết quả"] == ("Đã áp dụng", "Bị từ chối")
    assert shown(soup)["Đã làm gì, hoặc vì sao từ chối"] == (OTHERS, TYPED)
