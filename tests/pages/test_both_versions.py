"""Two officers on one case: whoever comes second sees both versions, and sends again what he typed."""

import pytest

from portal.app import create_app
from portal.casework import actions as casework
from portal.domain.kinds import Kind
from portal.domain.life import State
from portal.domain.stated import Stated
from portal.triage import actions as triage
from tests.support import make, people
from tests.support.pages import Pages, hidden_of

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
TYPED = "Dòng một đã gõ.\nDòng hai đã gõ."
OTHERS = "Đồng nghiệp vừa ghi câu này."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def app(founded):
    return create_app(founded.settings.model_copy(update={"face": "staff"}))


def signed_in(app, founded, login):
    pages = Pages(app)
    pages.sign_in(*founded.made.signed_in(login))
    return pages


@pytest.fixture
def board(app, founded):
    return signed_in(app, founded, f"lead.{make.FRONT}")


@pytest.fixture
def committee(app, founded):
    return signed_in(app, founded, f"lead.{make.COMMITTEE}")


def two(pages, address, typed, colleague, expect=409):
    """Open the form, let the colleague act, send what was typed; the page and its hidden fields."""
    sent = hidden_of(pages.get(address)) | typed
    assert "seen" in sent, address
    colleague()
    soup = pages.send(address, sent, expect=expect)
    return soup, hidden_of(soup) | typed


def shown(soup):
    """The table of both versions: {field: (now, typed)}."""
    rows = [[cell.get_text().strip() for cell in row.select("td")] for row in soup.select("table tbody tr")]
    return {row[0]: (row[1], row[2]) for row in rows}


AT_BOARD = [
    ("loai", {"kind": "petition", "why": TYPED}, "why"),
    ("hoi", {"text": TYPED, "send": "1"}, "text"),
    ("bao-tin", {"text": TYPED, "send": "1"}, "text"),
    ("khong-thu-ly", {"reason": "no_facts", "text": TYPED, "send": "1"}, "text"),
    ("bieu-duong", {"text": TYPED, "send": "1"}, "text"),
]


@pytest.mark.parametrize(("page", "typed", "box"), AT_BOARD)
def test_at_the_board(board, founded, page, typed, box):
    case = make.case_of(make.report(founded.settings))
    actor, ring = founded.made.signed_in(f"member.{make.FRONT}")

    def colleague():
        now = make.now(case)
        triage.classify(actor, now, ring, kind=Kind.DENUNCIATION, why=OTHERS, seen=now.version)

    soup, again = two(board, f"/can-bo/phan-loai/{case.id}/{page}", typed, colleague)
    assert soup.select_one(f"textarea[name={box}]").text.strip() == TYPED
    since = soup.select_one(".gs-history").get_text()
    assert "Phân loại" in since
    assert f"member.{make.FRONT}" in since
    assert any(TYPED in pair for pair in shown(soup).values())
    if page == "loai":
        assert shown(soup)["Đây là loại việc gì?"][0] == "Có nội dung tố cáo"
        assert shown(soup)["Vì sao"] == (OTHERS, TYPED)
    board.send(f"/can-bo/phan-loai/{case.id}/{page}", again, expect=303)


def test_a_question_beside_the_question_that_left_first(board, founded):
    """The other one's question is shown; the case waits now, so that ours cannot follow it."""
    case = make.case_of(make.report(founded.settings))
    actor, ring = founded.made.signed_in(f"member.{make.FRONT}")

    def colleague():
        now = make.now(case)
        triage.ask(actor, now, ring, text=OTHERS, seen=now.version)

    typed = {"text": TYPED, "send": "1"}
    soup, _ = two(board, f"/can-bo/phan-loai/{case.id}/hoi", typed, colleague)
    assert shown(soup) == {"Câu hỏi gửi người phản ánh": (OTHERS, TYPED)}
    assert "không còn làm được" in soup.select_one(".gs-notice").get_text()
    assert make.now(case).state is State.NEEDS_INFO


def test_facts_stand_beside_those_that_a_colleague_stated(board, founded):
    case = make.case_of(make.report(founded.settings))
    actor, ring = founded.made.signed_in(f"member.{make.FRONT}")

    def colleague():
        now = make.now(case)
        triage.establish(actor, now, ring, stated=Stated(managing_level="commune"), seen=now.version)

    typed = {"who": "person", "post": "none", "member": "yes", "status": "unknown"}
    typed |= {"managing_level": "province"}
    soup, again = two(board, f"/can-bo/phan-loai/{case.id}/du-kien", typed, colleague)
    assert shown(soup)["Cấp nào quản lý người giữ chức vụ này?"] == ("Xã, phường, đặc khu", "Tỉnh, thành phố")
    assert f"member.{make.FRONT}" in soup.select_one("table.gs-table").find_next("p").get_text()
    board.send(f"/can-bo/phan-loai/{case.id}/du-kien", again, expect=303)


def test_a_version_that_was_made_for_the_committee_is_kept(board, founded):
    case = make.case_of(make.report(founded.settings))
    actor, ring = founded.made.signed_in(f"member.{make.FRONT}")
    triage.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    make.established(actor, make.now(case), ring)

    def colleague():
        now = make.now(case)
        triage.classify(actor, now, ring, kind=Kind.PETITION, why=OTHERS, seen=now.version)

    typed = {"r0-narrative": TYPED, "r0-where": "Bộ phận một cửa", "looked_through": "y", "send": "1"}
    soup, again = two(board, f"/can-bo/phan-loai/{case.id}/chuyen", typed, colleague)
    assert shown(soup)["Nội dung chuyển đi"] == (make.STORY, TYPED)
    board.send(f"/can-bo/phan-loai/{case.id}/chuyen", again, expect=303)
    assert make.now(case).state is State.ROUTED


DATED = {"dated-day": "2", "dated-month": "4", "dated-year": "2026"}
AT_COMMITTEE = [
    ("ghi-chu", {"text": TYPED}),
    ("hoi", {"text": TYPED, "send": "1"}),
    ("giai-trinh", {"refused": "no", "text": TYPED, **DATED}),
    ("ket-luan", {"finding": "partly"} | make.ANSWER.as_content() | {"found": TYPED}),
]


@pytest.mark.parametrize(("page", "typed"), AT_COMMITTEE)
def test_at_the_committee(committee, founded, page, typed):
    case = make.verifying(founded)
    actor, ring = founded.made.signed_in(f"member.{make.COMMITTEE}")

    def colleague():
        casework.note(actor, make.now(case), ring, text=OTHERS)

    if page == "hoi":
        typed = typed | {"report": make.casework_links(case)[0].report_id}
    soup, again = two(committee, f"/can-bo/ho-so/{case.id}/{page}", typed, colleague)
    assert any(TYPED in box.text for box in soup.select("textarea"))
    assert f"member.{make.COMMITTEE}" in soup.select_one(".gs-history").get_text()
    assert any(TYPED in pair[1] for pair in shown(soup).values())
    if page == "ghi-chu":
        assert shown(soup) == {"Ghi chú": (OTHERS, TYPED)}
    if page == "giai-trinh":
        assert shown(soup)["Ngày giải trình hoặc từ chối"] == ("02/04/2026", "02/04/2026")
    committee.send(f"/can-bo/ho-so/{case.id}/{page}", again, expect=303)


def test_two_leads_give_the_case_to_two_people(committee, founded):
    case = make.verifying(founded)
    actor, _ring = founded.made.signed_in(f"lead.{make.COMMITTEE}")
    first, second = (founded.made.persons[f"{who}.{make.COMMITTEE}"].account_id for who in ("lead", "member"))

    def colleague():
        now = make.now(case)
        casework.assign(actor, now, account_id=first, seen=now.version)

    soup, again = two(committee, f"/can-bo/ho-so/{case.id}/giao", {"account": second}, colleague)
    [(now, typed)] = shown(soup).values()
    assert f"lead.{make.COMMITTEE}" in now
    assert f"member.{make.COMMITTEE}" in typed
    assert make.now(case).assignee_id == first
    committee.send(f"/can-bo/ho-so/{case.id}/giao", again, expect=303)
    assert make.now(case).assignee_id == second


# Their forms need more than such a case: each is opened, and comes too late, in test_both_versions_later.py.
LATER = {
    "casework.approve_publication",
    "casework.check_remedy",
    "casework.correct_publication",
    "casework.enter",
    "casework.follow_up",
    "casework.record_outcome",
    "casework.withdraw_publication",
    "triage.ask_protection",
    "triage.settle_protection",
}


def test_every_form_on_a_case_carries_the_version_seen(app, founded):
    """A form without it would overwrite; whoever adds one finds it here."""
    case, other = make.case_of(make.report(founded.settings)), make.concluded(founded)
    seats = {"triage": (f"lead.{make.FRONT}", case.id), "casework": (f"lead.{make.COMMITTEE}", other.id)}
    found = 0
    for rule in app.url_map.iter_rules():
        stage = rule.endpoint.split(".")[0]
        if stage not in seats or not {"GET", "POST"} <= rule.methods:
            continue
        if rule.endpoint.endswith(".print_case") or "case_id" not in rule.arguments:  # which change no case
            continue
        if rule.endpoint in LATER:
            continue
        login, one = seats[stage]
        soup = signed_in(app, founded, login).get(rule.rule.replace("<case_id>", one))
        assert soup.select_one('main form[method="post"] input[name="seen"]'), rule.endpoint
        found += 1
    assert found > 15
