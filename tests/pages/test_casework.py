"""The committee's pages: every step has one, nothing typed is lost, nobody sees another committee's case."""

import pytest

from portal.app import create_app
from portal.casework import actions
from portal.domain.life import State
from tests.support import make, people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
PARTS = make.ANSWER.as_content()


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def app(founded):
    return create_app(founded.settings.model_copy(update={"face": "staff"}))


@pytest.fixture
def pages(app, founded):
    made = Pages(app)
    made.sign_in(*make.lead(founded))
    return made


def at(case, page=""):
    return f"/can-bo/ho-so/{case.id}" + (f"/{page}" if page else "")


def test_the_queue_names_the_matter_and_its_clock(pages, founded):
    case = make.routed(founded)
    soup = pages.get("/can-bo/ho-so/")
    row = soup.select_one(".gs-queue__row")
    assert "Công chức một cửa" in row.get_text()
    assert row.a["href"] == at(case)
    assert row.select_one(".gs-clock")


@pytest.mark.parametrize(
    "query",
    ["desk=nobody", "state=accepted", "mine=1", "late=1", "desk=nonsense", "after=nonsense", "state=%00"],
)
def test_filters_never_fail(pages, founded, query):
    make.routed(founded)
    pages.get(f"/can-bo/ho-so/?{query}")


def test_a_page_leads_to_the_next(pages, founded, monkeypatch):
    monkeypatch.setattr("portal.casework.queries.PAGE", 1)
    for _ in range(2):
        make.routed(founded)
    first = pages.get("/can-bo/ho-so/")
    second = pages.get(first.select_one('[rel="next"]')["href"])
    rows = [soup.select_one(".gs-queue__row a")["href"] for soup in (first, second)]
    assert rows[0] != rows[1]
    assert not second.select('[rel="next"]')


def test_what_a_case_went_past_does_not_wait_for_its_turn(pages, founded):
    def said(case):
        rows = pages.get(at(case)).select(".govuk-task-list__item")
        return {(name := list(row.stripped_strings))[0]: name[1] for row in rows}

    fresh, answered = said(make.routed(founded)), said(make.answered(founded))
    assert (fresh["Giao người phụ trách"], fresh["Kết thúc"]) == ("Làm được ngay", "Chưa đến lượt")
    assert (answered["Giao người phụ trách"], answered["Kết thúc"]) == ("Không cần nữa", "Làm được ngay")


def test_a_case_shows_the_version_handed_over_and_what_can_be_done(pages, founded):
    case = make.routed(founded)
    text = pages.get(at(case)).get_text()
    assert "không trả hồ sơ đăng ký" in text
    links = {link["href"].rsplit("/", 1)[1] for link in pages.get(at(case)).select("main a[href]")}
    assert {"thu-ly", "giao", "ghi-chu", "tra-lai"} <= links
    assert not {"ket-luan", "tra-loi", "ket-thuc", "hoi"} & links


def test_the_whole_way_through_the_pages(pages, founded):
    case = make.routed(founded)
    pages.post(at(case, "thu-ly"), {})
    assert pages.leads_to == at(case)
    pages.post(at(case, "giao"), {"account": founded.made[f"member.{make.COMMITTEE}"].account_id})
    pages.post(at(case, "ghi-chu"), {"text": "Đã gọi bộ phận một cửa."})
    pages.post(at(case, "xac-minh"), {"plan": "Xem sổ, hỏi người trực."})
    (link,) = make.casework_links(case)
    asked = {"report": link.report_id, "text": "Bạn nộp hồ sơ ngày nào?"}
    preview = pages.post(at(case, "hoi"), asked, expect=200)
    assert "Bạn nộp hồ sơ ngày nào?" in preview.select_one(".gs-letter").get_text()
    pages.post(at(case, "hoi"), asked | {"send": "1"})
    explained = {
        "refused": "no",
        "dated-day": "2",
        "dated-month": "4",
        "dated-year": "2026",
        "text": "Máy hỏng.",
    }
    pages.post(at(case, "giai-trinh"), explained)
    pages.post(at(case, "ket-luan"), {"finding": "partly"} | PARTS)
    shown = pages.get(at(case, "tra-loi"))
    assert all(part in shown.select_one(".gs-letter").get_text() for part in PARTS.values())
    about = shown.select_one("section[aria-labelledby=about]").get_text()
    assert make.STORY in about
    assert "Máy hỏng." in about
    pages.post(at(case, "tra-loi"), {})
    pages.post(at(case, "ket-thuc"), {})
    assert make.now(case).state is State.CLOSED
    page = pages.get(at(case)).get_text()
    assert "Máy hỏng." in page
    assert "Bạn nộp hồ sơ ngày nào?" in page


def test_returning_leads_to_the_queue_for_the_case_is_gone(pages, founded):
    case = make.routed(founded)
    pages.post(at(case, "tra-lai"), {"reason": ""}, expect=422)
    pages.post(at(case, "tra-lai"), {"reason": "Thuộc thẩm quyền thành phố."})
    assert pages.leads_to == "/can-bo/ho-so/"
    pages.get(at(case), expect=404)


def test_a_conclusion_without_explanation_says_what_is_missing(pages, founded):
    case = make.verifying(founded, heard=False)
    assert "Chưa ghi giải trình" in pages.get(at(case, "ket-luan")).get_text()
    soup = pages.post(at(case, "ket-luan"), {"finding": "none"} | PARTS, expect=422)
    assert "từ chối giải trình" in soup.select_one(".govuk-error-summary").get_text()
    assert soup.select_one("textarea[name=found]").text.strip() == PARTS["found"]


def test_a_conclusion_without_real_parts_marks_each_of_them(pages, founded):
    case = make.verifying(founded)
    thin = {"finding": "none", "checked": "", "found": "Đã tiếp thu", "done": PARTS["done"], "ground": "Luật"}
    soup = pages.post(at(case, "ket-luan"), thin, expect=422)
    links = {link["href"] for link in soup.select(".govuk-error-summary a")}
    assert links == {"#checked", "#found", "#ground"}
    assert make.now(case).state is State.VERIFYING


@pytest.mark.parametrize(
    ("page", "empty"),
    [
        ("ghi-chu", {"text": "  "}),
        ("hoi", {"text": ""}),
        ("giai-trinh", {"refused": "", "text": ""}),
        (
            "giai-trinh",
            {"refused": "yes", "text": "x", "dated-day": "2", "dated-month": "2", "dated-year": "2999"},
        ),
        ("giao", {"account": ""}),
        ("giao", {"account": "somebody"}),
    ],
)
def test_what_is_missing_is_asked_for_again(pages, founded, page, empty):
    case = make.verifying(founded, heard=False)
    soup = pages.post(at(case, page), empty, expect=422)
    assert soup.select(".govuk-error-summary li")


def test_a_version_conflict_keeps_everything_typed_and_can_be_sent_again(pages, founded):
    case = make.routed(founded)
    page = pages.get(at(case, "tra-lai"))
    from_page = {field["name"]: field["value"] for field in page.select('input[type="hidden"]')}
    actor, ring = make.lead(founded)
    actions.note(actor, make.now(case), ring, text="Một người khác vừa ghi.")
    typed = "Việc này thuộc thành phố.\nXem lại."
    soup = pages.send(at(case, "tra-lai"), from_page | {"reason": typed}, expect=409)
    assert soup.select_one("textarea").text.replace("\r", "").strip() == typed
    assert "Đã chuyển, chờ thụ lý" in soup.select_one(".gs-notice").get_text()
    again = {
        field["name"]: field["value"] for field in soup.select('form[method="post"] input[type="hidden"]')
    }
    pages.send(at(case, "tra-lai"), again | {"reason": typed}, expect=303)


def test_a_step_that_is_no_longer_possible_says_so(pages, founded):
    case = make.verifying(founded)
    soup = pages.post(at(case, "xac-minh"), {"plan": "Lần nữa."}, expect=409)
    assert "không còn làm được" in soup.get_text()
    assert soup.select_one("textarea").text.strip() == "Lần nữa."


@pytest.mark.parametrize("page", ["", "thu-ly", "ket-luan", "tra-loi", "tep/0000000000000000"])
@pytest.mark.parametrize("login", ["lead.inspection.P79b", "lead.inspection.C27013b"])
def test_another_committee_finds_nothing(pages, founded, page, login):
    case = make.verifying(founded)
    pages.sign_in(*founded.made.signed_in(login))
    pages.get(at(case, page), expect=404)


def test_the_front_board_has_no_door_here(pages, founded):
    pages.sign_in(*founded.made.signed_in(f"lead.{make.FRONT}"))
    pages.get("/can-bo/ho-so/", expect=404)


def test_an_inspector_is_not_offered_what_the_lead_decides(pages, founded):
    case = make.routed(founded)
    pages.sign_in(*founded.made.signed_in(f"member.{make.COMMITTEE}"))
    soup = pages.get(at(case))
    assert "Chờ lãnh đạo ủy ban" in soup.get_text()
    assert not soup.select('a[href$="/thu-ly"], a[href$="/tra-lai"]')
    pages.get(at(case, "thu-ly"), expect=404)


def test_typed_markup_stays_text(pages, founded):
    case = make.verifying(founded)
    pages.post(at(case, "ghi-chu"), {"text": "<script>alert(1)</script> {{7*7}} \u202etxt"})
    pages.get(at(case))
    source = pages.answer.get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in source
    assert "{{7*7}}" in source
    assert "\u202e" not in source


def test_a_file_is_a_download_that_nothing_runs_in(pages, founded):
    name = 'biên lai "lạ".exe.jpg'
    case = make.routed(founded, make.report(founded.settings, files=(make.stored(name, b"\xff\xd8..."),)))
    link = pages.get(at(case)).select_one('a[href*="/tep/"]')
    assert link.text == name
    pages.get(link["href"])
    answer = pages.answer
    assert answer.data == b"\xff\xd8..."
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    pages.get(at(case, "tep/0000000000000000"), expect=404)


def test_colleagues_have_names_and_other_bodies_are_bodies(pages, founded):
    case = make.verifying(founded)
    text = pages.get(at(case)).get_text()
    assert f"lead.{make.COMMITTEE}" in text
    assert f"lead.{make.FRONT}" not in text
