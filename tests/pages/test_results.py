"""The public pages of published results: what strangers read, what they never find, and how it is shown."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.action import session
from portal.app import create_app
from portal.casework import actions
from portal.casework import queries as cases
from portal.data.models.followed import Followed
from portal.data.models.publication import Publication
from portal.domain import clock
from portal.domain.publishing import LEAST_DAYS, USUAL_DAYS
from portal.results import queries
from tests.actions import test_results as acts
from tests.actions.test_results import NOON, TODAY
from tests.support import make, people
from tests.support.checks import NOT_INDEXED
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
TEXT = "Một công chức một cửa của phường trả hồ sơ chậm mười hai ngày và đã xin lỗi."
ATTACK = (
    "Kết quả <script>alert(1)</script><img src=x onerror=alert(2)> </article><h1>Giả</h1> "
    "javascript:alert(3) {{ 7*7 }} xem https://gia-mao.example/?id=1"
)


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def public(founded):
    """A stranger at the public face, which holds no page of the staff."""
    return Pages(create_app(founded.settings.model_copy(update={"face": "public"})))


@pytest.fixture
def staff(founded):
    pages = Pages(create_app(founded.settings.model_copy(update={"face": "staff"})))
    pages.sign_in(*make.lead(founded))
    return pages


def draft(founded, case, text=TEXT):
    return acts.draft(founded.made.signed_in(f"member.{make.COMMITTEE}"), case, text)


def published(founded, text=TEXT, **given):
    """The address of a text that was published."""
    member = founded.made.signed_in(f"member.{make.COMMITTEE}")
    found = acts.published(make.lead(founded), member, make.answered(founded), text, **given)
    session().rollback()
    return f"/ket-qua/{found.id}"


def test_a_stranger_reads_the_list_and_the_text(founded, public):
    assert "Hiện không có kết quả nào" in public.get("/ket-qua/").get_text()
    address = published(founded)
    listed = public.get("/ket-qua/")
    (link,) = [one for one in listed.select("main a") if str(one["href"]).startswith("/ket-qua/")]
    assert link["href"] == address
    assert TEXT in link.get_text()
    soup = public.get(address)
    shown = soup.select_one("article").get_text()
    assert TEXT in shown
    last = TODAY + timedelta(days=USUAL_DAYS - 1)
    assert f"{last:%d/%m/%Y}" in shown
    assert TEXT in public.get(f"{address}?lang=en").get_text()


def test_the_pages_tell_nothing_of_a_case_and_are_not_kept_or_indexed(founded, public):
    case = make.answered(founded)
    published(founded)
    (row,) = session().scalars(select(Publication))
    hidden = {row.case_id, case.id, *(link.report_id for link in cases.links(row.case_id))}
    hidden |= set(session().scalars(select(Followed.record_id)))
    hidden |= {one.display_name for one in cases.inspectors(make.COMMITTEE, None)}
    session().rollback()
    for address in ("/ket-qua/", f"/ket-qua/{row.id}"):
        soup = public.get(address)
        assert not [one for one in hidden if one in public.text]
        assert soup.select_one("meta[name=robots]")["content"] == "noindex, nofollow"
        assert public.answer.headers["X-Robots-Tag"] == NOT_INDEXED
        assert public.answer.headers["Referrer-Policy"] == "no-referrer"
        assert public.answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in public.answer.headers, "reading leaves no mark"


def test_what_waits_for_approval_or_was_refused_is_found_nowhere(founded, public):
    case = make.answered(founded)
    row = draft(founded, case)
    for one in (row.record_id, row.case_id):
        public.get(f"/ket-qua/{one}", expect=404)
    assert TEXT not in public.get("/ket-qua/").get_text()
    actor, ring = make.lead(founded)
    actions.approve_publication(actor, row, ring, yes=False, text="Không.")
    session().rollback()
    public.get(f"/ket-qua/{row.record_id}", expect=404)
    assert TEXT not in public.get("/ket-qua/").get_text()


def test_markup_in_the_text_is_shown_and_does_nothing(founded, public):
    address = published(founded, ATTACK)
    for soup in (public.get("/ket-qua/"), public.get(address)):
        main = soup.select_one("main")
        assert not main.select("script, img, iframe, style")
        assert [one.get_text() for one in main.select("h1")] != ["Giả"]
        assert not [one for one in main.select("a[href]") if "gia-mao" in str(one["href"])]
        assert "<script>alert(1)</script>" in main.get_text()
        assert "{{ 7*7 }}" in soup.get_text() or "…" in soup.get_text()
    assert "https[:]//gia-mao" in public.text, "no reader's program makes it a link"


def test_after_its_last_day_the_page_says_so_and_the_list_is_empty(founded, public):
    address = published(founded, days=LEAST_DAYS)
    with clock.at(NOON + timedelta(days=LEAST_DAYS - 1)):
        assert TEXT in public.get(address).get_text()
    with clock.at(NOON + timedelta(days=LEAST_DAYS)):
        assert "Đã hết thời gian công khai" in public.get(address, expect=410).h1.get_text()
        assert TEXT not in public.text
        assert TEXT not in public.get("/ket-qua/").get_text()


@pytest.mark.parametrize(
    "rest", ["?after=x", "?after=2026-11-04_%00", "?noi=%F0%9F%92%A9", "?noi=P01b&noi=x"]
)
def test_an_address_with_nonsense_is_the_list(founded, public, rest):
    published(founded)
    assert TEXT in public.get(f"/ket-qua/{rest}").get_text() or "after" in rest


@pytest.mark.parametrize("bad", ["0" * 16, "x" * 300, "%00", "' OR 1=1 --", "..", "💩"])
def test_what_was_never_published_is_not_found(founded, public, bad):
    published(founded)
    public.get(f"/ket-qua/{bad}", expect=404)


def test_the_list_goes_on_page_by_page_and_by_place(founded, public, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    for number in range(3):
        published(founded, f"Kết quả thứ {number}.")
    seen, address = [], f"/ket-qua/?noi={make.WARD}"
    while address:
        soup = public.get(address)
        seen += [one.get_text() for one in soup.select("main li a")]
        following = soup.select_one("a[rel=next]")
        address = str(following["href"]) if following else ""
    assert sorted(seen) == [f"Kết quả thứ {number}." for number in range(3)]
    names = [one.get_text() for one in public.get("/ket-qua/").select("select[name=noi] option")]
    assert len(names) == 3, "all, the city, its ward"


def test_the_head_says_for_how_long(founded, staff):
    case = make.answered(founded)
    row = draft(founded, case)
    address = f"/can-bo/ho-so/{case.id}/duyet/{row.record_id}"
    session().rollback()
    assert staff.get(address).select_one("input[name=days]")["value"] == str(USUAL_DAYS)
    typed = {"done": "yes", "looked": "y", "text": "Đồng ý, tôi đã đọc."}
    for days in ("", "14", "366", "-20", "2e1", "²0", "ba mươi"):
        soup = staff.post(address, typed | {"days": days}, expect=422)
        assert "Đồng ý, tôi đã đọc." in str(soup), "nothing typed is lost"
    assert session().scalars(select(Publication)).all() == []
    session().rollback()
    staff.post(address, typed | {"days": "365"})
    (found,) = session().scalars(select(Publication))
    assert (found.until - found.published_on).days == 364


def test_taken_off_is_gone_at_once_and_says_so(founded, public, staff):
    address = published(founded)
    (row,) = session().scalars(select(Publication))
    case = f"/can-bo/ho-so/{row.case_id}"
    session().rollback()
    link = f"{case}/go-cong-khai/{row.id}"
    shown = staff.get(case)
    assert link in str(shown)
    assert address in shown.get_text(), "the address as words: the public face may be another host"
    staff.post(link, {"reason": ""}, expect=422)
    assert TEXT in public.get(address).get_text()
    staff.post(link, {"reason": "Ghi sai số ngày."})
    assert "Nội dung đã gỡ" in public.get(address, expect=410).h1.get_text()
    assert not [one for one in (TEXT, "Ghi sai") if one in public.text]
    assert TEXT not in public.get("/ket-qua/").get_text()
    staff.post(link, {"reason": "Lần nữa."}, expect=409)
    assert "Đã gỡ" in staff.get(case).get_text()


def test_a_correction_is_drafted_approved_and_linked_both_ways(founded, public, staff):
    address = published(founded, days=40)
    (row,) = session().scalars(select(Publication))
    case = f"/can-bo/ho-so/{row.case_id}"
    session().rollback()
    staff.sign_in(*founded.made.signed_in(f"member.{make.COMMITTEE}"))
    page = f"{case}/dinh-chinh-cong-khai/{row.id}"
    assert staff.get(page).select_one("textarea[name=text]").get_text().strip() == TEXT
    typed = {"text": "Chậm hai ngày.", "why": "Đếm sai.", "due-day": "5", "due-month": "11"}
    staff.post(page, typed | {"due-year": "2025"}, expect=422)
    staff.post(page, typed | {"due-year": "2026", "text": "Gọi 0912 345 678."}, expect=422)
    staff.post(page, typed | {"due-year": "2026"})
    assert "Chậm hai ngày." not in public.get("/ket-qua/").get_text()
    (waiting,) = [one for one in cases.followed(row.case_id) if one.is_open]
    approve = f"{case}/duyet/{waiting.record_id}"
    session().rollback()
    staff.get(approve, expect=404)
    staff.sign_in(*make.lead(founded))
    assert staff.get(approve).select_one("input[name=days]")["value"] == "40"
    said = {"done": "yes", "looked": "y", "text": "Được."}
    staff.post(approve, said | {"days": "39"}, expect=422)
    staff.post(approve, said | {"days": "40"})
    old = public.get(address)
    assert "đã được đính chính" in old.get_text()
    (forth,) = [one["href"] for one in old.select("main .gs-notice a")]
    new = public.get(str(forth))
    assert "Chậm hai ngày." in new.get_text()
    assert "Đếm sai." not in public.text, "why stays in the case"
    assert address in [one["href"] for one in new.select("main a")]
    staff.post(page, typed | {"due-year": "2026"}, expect=409)


def test_a_text_of_another_case_is_not_found_under_this_one(founded, staff):
    published(founded)
    (row,) = session().scalars(select(Publication))
    other = make.answered(founded)
    session().rollback()
    for page in ("go-cong-khai", "dinh-chinh-cong-khai"):
        staff.get(f"/can-bo/ho-so/{other.id}/{page}/{row.id}", expect=404)
        staff.get(f"/can-bo/ho-so/{row.case_id}/{page}/{'0' * 16}", expect=404)


def test_the_head_sees_the_page_as_it_will_be_and_what_may_lead_to_somebody(founded, public, staff):
    """Warned, never stopped in silence: he ticks that he has looked, and the text is published as it is."""
    case, text = make.answered(founded), "Hộ bà Lê Thị Hoa, sinh năm 1960, ở thôn Đông Hạ, đã nhận lại tiền."
    row = draft(founded, case, text)
    page = f"/can-bo/ho-so/{case.id}/duyet/{row.record_id}"
    session().rollback()
    soup = staff.get(page)
    preview = soup.select_one("section[aria-labelledby=public-preview]")
    warned = preview.select_one(".gs-notice").get_text()
    assert all(one in warned for one in ("bà Lê Thị Hoa", "sinh năm 1960", "thôn Đông Hạ"))
    assert not soup.select_one("input[name=looked]").has_attr("checked")
    typed = {"done": "yes", "days": str(USUAL_DAYS), "text": "Đồng ý."}
    again = staff.post(page, typed, expect=422)
    assert "đánh dấu là đã xem" in again.select_one(".govuk-error-summary").get_text()
    assert session().scalars(select(Publication)).all() == []
    session().rollback()
    staff.post(page, typed | {"looked": "y"})
    (link,) = [one["href"] for one in public.get("/ket-qua/").select("main li a")]
    assert str(public.get(str(link)).article) == str(preview.article), "to the letter"


def test_a_refusal_needs_no_tick(founded, staff):
    case = make.answered(founded)
    row = draft(founded, case)
    session().rollback()
    refused = {"done": "no", "days": "30", "text": "Chưa rõ."}
    staff.post(f"/can-bo/ho-so/{case.id}/duyet/{row.record_id}", refused)
    assert session().scalars(select(Publication)).all() == []


def test_guide_and_mailbox_lead_to_the_list_and_to_no_item(founded, public):
    sent = make.report(founded.settings)
    case = make.answered(founded, sent)
    actor, ring = make.lead(founded)
    row = draft(founded, case)
    actions.approve_publication(actor, row, ring, yes=True, text="Đã đọc.")
    session().rollback()
    for soup in (public.get("guide.way"), public.reporter(sent.code)):
        links = [str(one["href"]) for one in soup.select("a[href]")]
        assert "/ket-qua/" in links
        assert not [one for one in links if one.startswith("/ket-qua/") and one != "/ket-qua/"]
