"""Standard texts kept by a lead and put into letters by a button; a case on paper in three profiles."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.app import create_app
from portal.casework import actions as casework
from portal.data.db import session
from portal.data.models.audit import AuditEntry
from portal.data.models.desk import StandardText
from portal.domain.clock import today
from portal.domain.clocks import Until
from portal.domain.entries import Ask, Entry
from portal.domain.masking import HIDDEN
from tests.support import make, people
from tests.support.pages import Pages, hidden_of

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
TEXTS = "/can-bo/viec/van-ban-mau"
WORDS = "Về hồ sơ [số hồ sơ], ngày [ngày], [cơ quan] xin hỏi thêm."
TYPED = "Tôi đã gõ dòng này.\nVà dòng này."


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
def lead(app, founded):
    return signed_in(app, founded, f"lead.{make.FRONT}")


def day(when=None):
    when = when or today()
    return {"valid_from-day": when.day, "valid_from-month": when.month, "valid_from-year": when.year}


def version(**changes):
    return {"use": "question", "kind": "", "title": "Hỏi thêm ngày giờ", "text": WORDS, **day()} | changes


def test_a_text_goes_below_what_is_typed_with_its_blanks_filled(lead, founded):
    lead.post(f"{TEXTS}/them", version())
    lead.post(f"{TEXTS}/them", version(use="refusal", title="Từ chối"))
    case = make.case_of(make.report(founded.settings))
    address = f"/can-bo/phan-loai/{case.id}/hoi"
    page = lead.get(address)
    [option] = [one for one in page.select("select[name=standard] option") if one["value"]]
    assert option.text == "Hỏi thêm ngày giờ"
    sent = hidden_of(page) | {"text": TYPED, "standard": option["value"], "insert": "1"}
    soup = lead.send(address, sent, expect=200)
    text = soup.select_one("textarea[name=text]").text.replace("\r", "").strip()
    number = f"HS-{case.id[:4].upper()}-{case.id[4:8].upper()}"
    assert text == f"{TYPED}\n\nVề hồ sơ {number}, ngày {today():%d/%m/%Y}, Cơ quan thử xin hỏi thêm."
    missing = lead.send(address, hidden_of(page) | {"text": TYPED, "insert": "1"}, expect=422)
    assert missing.select_one("textarea[name=text]").text.replace("\r", "").strip() == TYPED
    lead.send(address, hidden_of(soup) | {"text": text, "send": "1"}, expect=303)


def test_versions_stay_and_only_the_one_in_force_is_offered(lead, founded):
    lead.post(f"{TEXTS}/them", version())
    [row] = session().scalars(select(StandardText))
    assert b"xin" not in row.sealed
    lead.post(f"{TEXTS}/{row.id}", version(title="Bản của mai", **day(today() + timedelta(days=1))))
    lead.post(f"{TEXTS}/them", version(title="Chỉ cho khiếu nại", kind="complaint"))
    case = make.case_of(make.report(founded.settings))
    offered = lead.get(f"/can-bo/phan-loai/{case.id}/hoi").select("select[name=standard] option")
    assert [one.text for one in offered if one["value"]] == ["Hỏi thêm ngày giờ"]
    session().rollback()
    rows = session().scalars(select(StandardText).order_by(StandardText.version)).all()
    assert sorted(one.version for one in rows if one.series_id == row.series_id) == [1, 2]
    assert {"Bản của mai", "Hỏi thêm ngày giờ"} <= {
        one.find(string=True).strip() for one in lead.get(TEXTS).select("h2")
    }
    page = lead.get(TEXTS)
    [end] = [one["action"] for one in page.select("main form") if row.id in one["action"]]
    lead.send(end, hidden_of(page, end))
    offered = lead.get(f"/can-bo/phan-loai/{case.id}/hoi").select("select[name=standard] option")
    assert not [one.text for one in offered if one["value"]]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": "Gửi [tên người]."}, "[tên người]"),
        ({"text": " "}, "Nhập nội dung"),
        ({"use": ""}, "Chọn một loại thư"),
        (day(today() - timedelta(days=1)), "Ngày này đã qua"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(lead, changes, says):
    soup = lead.post(f"{TEXTS}/them", version(**changes), expect=422)
    assert says in soup.select_one(".govuk-error-summary").get_text()
    assert soup.select_one("input[name=title]")["value"] == "Hỏi thêm ngày giờ"


def test_texts_are_the_bodys_and_its_leads(app, lead, founded):
    lead.post(f"{TEXTS}/them", version())
    [row] = session().scalars(select(StandardText))
    member = signed_in(app, founded, f"member.{make.FRONT}")
    assert "Hỏi thêm ngày giờ" in member.get(TEXTS).get_text()
    member.get(f"{TEXTS}/them", expect=404)
    for login in ("lead.front.C27013b", f"lead.{make.COMMITTEE}"):
        other = signed_in(app, founded, login)
        assert "Hỏi thêm ngày giờ" not in other.get(TEXTS).get_text()
        other.get(f"{TEXTS}/{row.id}", expect=404)


def printed(pages, address, profile):
    return pages.post(address, {"profile": profile}, expect=200)


NAMED = "Đoàn Văn Mẫu"


@pytest.mark.parametrize("stage", ["phan-loai", "ho-so"])
def test_a_case_on_paper(app, founded, stage):
    office = replace(make.telling().office, person=NAMED)
    story = f"{NAMED} hẹn nhiều lần. Gọi tôi số 0903 111 222. Hồ sơ trả chậm."
    sent = make.report(founded.settings, office=office, story=story)
    board = stage == "phan-loai"
    case = make.case_of(sent) if board else make.verifying(founded, sent)
    login = f"lead.{make.FRONT}" if board else f"member.{make.COMMITTEE}"
    pages, address = signed_in(app, founded, login), f"/can-bo/{stage}/{case.id}/in"
    assert pages.get(f"/can-bo/{stage}/{case.id}").select_one(f'a[href="{address}"]')
    pages.post(address, {"profile": "everything"}, expect=422)
    whole = printed(pages, address, "full").get_text()
    assert NAMED in whole
    assert "Bản in số 1" in whole
    assert "Người thử" in whole
    hidden = printed(pages, address, "masked").get_text()
    assert "Bản in số 2" in hidden
    assert HIDDEN in hidden
    assert not [one for one in (NAMED, "0903", login) if one in hidden]
    dates = printed(pages, address, "dates").get_text()
    assert "Bản in số 3" in dates
    assert not [one for one in (NAMED, "trả chậm", "trả hồ sơ", "sổ nhận hồ sơ") if one in dates]
    assert "Mốc thời gian" in dates
    acts = session().scalars(select(AuditEntry.act).where(AuditEntry.act.like("%.print_case"))).all()
    assert len(acts) == 3


def test_records_and_notices_are_printed_in_the_words_of_their_page(app, founded):
    case = make.verifying(founded)
    actor, ring = founded.made.signed_in(f"lead.{make.COMMITTEE}")
    asked = {Ask.TO: "Phòng Nội vụ", Ask.NUMBER: "12-CV"}
    what = casework.Entered(Entry.DOCUMENTS, today(), "Sổ nhận hồ sơ tháng 3.", today(), asked)
    casework.enter(actor, make.now(case), ring, what=what)
    now = make.now(case)
    told = {"until": Until.OTHER_RESULT, "reason": "Chờ giám định.", "text": "Mong bạn chờ."}
    casework.suspend(actor, now, ring, **told, seen=now.version)
    pages = signed_in(app, founded, f"lead.{make.COMMITTEE}")
    whole = printed(pages, f"/can-bo/ho-so/{case.id}/in", "full").get_text()
    for said in (
        "Phòng Nội vụ",
        "12-CV",
        "Sổ nhận hồ sơ tháng 3.",
        "Việc kiểm tra tạm dừng",
        "Mong bạn chờ.",
    ):
        assert said in whole
    pages.get(f"/can-bo/ho-so/{case.id}/in?lang=en")
