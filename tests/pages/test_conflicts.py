"""The pages of conflicts: a relative declared, standing aside, a person added, sealing anew step by step."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from portal.accounts import credentials
from portal.action import session
from portal.app import create_app
from portal.conflicts import actions, routes
from portal.data.models.account import Account
from portal.data.models.case import Case
from portal.data.models.conflict import CaseBar, CaseLock, Relative
from portal.domain.permissions import Role
from portal.web import page as page_context
from tests.support import make, people
from tests.support.people import CHEAP

FRONT, COMMITTEE = make.FRONT, make.COMMITTEE
CITY = "front.P79b"
HERE = "/can-bo/lien-quan"
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def app(founded, monkeypatch):
    monkeypatch.setattr(credentials, "STANDARD", CHEAP)
    app = create_app(founded.settings)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def enter(app, founded):
    def signed_in(login: str):
        client = app.test_client()
        founded.made.enter(client, login)
        return client

    return signed_in


def page(answer) -> BeautifulSoup:
    assert answer.status_code in (200, 422), answer.status_code
    return BeautifulSoup(answer.data, "html.parser")


def text(answer) -> str:
    return " ".join(page(answer).main.get_text(" ", strip=True).split())


def test_a_relative_is_declared_read_and_taken_back(enter) -> None:
    client = enter(f"member.{FRONT}")
    assert "Người thân của tôi" in text(client.get("/can-bo/phien"))
    assert "Bạn chưa khai ai." in text(client.get(f"{HERE}/nguoi-than"))
    answer = client.post(f"{HERE}/nguoi-than", data={"relation": "sibling", "name": "Phạm Thị Bích Vân"})
    assert (answer.status_code, answer.location) == (303, f"{HERE}/nguoi-than")
    shown = text(client.get(f"{HERE}/nguoi-than"))
    assert "Phạm Thị Bích Vân Anh, chị, em ruột" in shown
    [row] = session().scalars(select(Relative)).all()
    assert client.post(f"{HERE}/nguoi-than/{row.id}/rut").status_code == 303
    assert "Bạn chưa khai ai." in text(client.get(f"{HERE}/nguoi-than"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"relation": "sibling", "name": "Vân"}, "Ghi đủ họ và tên, từ hai đến sáu chữ."),
        ({"relation": "sibling", "name": ""}, "Nhập họ và tên"),
        ({"relation": "", "name": "Phạm Thị Vân"}, "Chọn quan hệ"),
        ({"relation": "cousin", "name": "Phạm Thị Vân"}, ""),
    ],
)
def test_what_cannot_be_declared_is_shown_again(enter, given, said) -> None:
    answer = enter(f"member.{FRONT}").post(f"{HERE}/nguoi-than", data=given)
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{given["name"]}"' in answer.get_data(as_text=True) or not given["name"]
    assert not session().scalars(select(Relative)).all()


def test_nobody_learns_from_the_page_whether_a_report_names_somebody(enter, founded) -> None:
    make.report(founded.settings, story="Ông Lê Quốc Toàn ở bộ phận một cửa giữ hồ sơ của tôi ba tháng.")
    client = enter(f"member.{FRONT}")
    said = []
    for name in ("Lê Quốc Toàn", "Lê Quốc Hưng"):
        answer = client.post(f"{HERE}/nguoi-than", data={"relation": "sibling", "name": name})
        shown = text(client.get(answer.location)).replace(name, "…")
        [row] = session().scalars(select(Relative.id)).all()
        assert client.post(f"{HERE}/nguoi-than/{row}/rut").status_code == 303
        after = text(client.get(f"{HERE}/nguoi-than"))
        said.append((answer.status_code, answer.location, shown, after))
    assert said[0] == said[1]
    assert len(session().scalars(select(CaseBar)).all()) == 1, "the report is kept from him all the same"


def test_whoever_tries_many_names_waits(enter, founded, monkeypatch) -> None:
    monkeypatch.setattr(routes, "FREE_NAMES", 2)
    client = enter(f"member.{FRONT}")
    names = ["Lê Văn Một", "Lê Văn Hai", "Lê Văn Ba"]
    answers = [
        client.post(f"{HERE}/nguoi-than", data={"relation": "sibling", "name": name}) for name in names
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    refused = answers[2].get_data(as_text=True)
    assert "Hãy khai tiếp sau" in refused
    assert 'value="Lê Văn Ba"' in refused, "nothing typed is lost"
    other = enter(f"lead.{FRONT}")
    assert other.post(f"{HERE}/nguoi-than", data={"relation": "sibling", "name": names[2]}).status_code == 303


def test_a_relative_under_a_lost_key_can_still_be_taken_back(enter, founded) -> None:
    client = enter(f"member.{FRONT}")
    client.post(f"{HERE}/nguoi-than", data={"relation": "sibling", "name": "Phạm Thị Bích Vân"})
    account = session().get_one(Account, founded.made[f"member.{FRONT}"].account_id)
    actor, _ = founded.made.signed_in(f"member.{FRONT}")
    _, ring = founded.made.signed_in(f"lead.{FRONT}")
    assert [one.name for one in actions.read_relatives(actor, account, ring)] == [None]


def test_who_stands_aside_is_led_home_and_the_case_is_gone(enter, founded) -> None:
    case_id = make.case_of(make.report(founded.settings)).id
    client = enter(f"member.{FRONT}")
    assert "Tôi có liên quan" in text(client.get(f"/can-bo/phan-loai/{case_id}"))
    address = f"{HERE}/ho-so/{case_id}/toi"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 422
    answer = client.post(address, data={"sure": "y", "seen": "1"})
    assert (answer.status_code, answer.location) == (303, "/can-bo/")
    for gone in (f"/can-bo/phan-loai/{case_id}", address):
        missing = client.get(gone.replace(case_id, "0" * 16)).get_data(as_text=True)
        assert client.get(gone).get_data(as_text=True).replace(case_id, "0" * 16) == missing
        assert client.get(gone).status_code == 404
    assert case_id not in client.get("/can-bo/phan-loai/?desk=all").get_data(as_text=True)
    assert len(session().scalars(select(CaseBar)).all()) == 1


def test_a_person_added_locks_the_case_and_leads_to_the_list(enter, founded) -> None:
    case_id = make.case_of(make.report(founded.settings)).id
    client = enter(f"lead.{FRONT}")
    address = f"{HERE}/ho-so/{case_id}/mat-tran/them-nguoi"
    assert address in client.get(f"/can-bo/phan-loai/{case_id}").get_data(as_text=True)
    seen = page(client.get(address)).find("input", {"name": "seen"})["value"]
    other = client.post(address, data={"name": "Phan Văn Lạ", "seen": seen})
    assert other.location == f"/can-bo/phan-loai/{case_id}"
    assert "Phan Văn Lạ" in text(client.get(f"/can-bo/phan-loai/{case_id}"))
    stale = client.post(address, data={"name": "Phan Văn Lạ", "seen": seen})
    assert stale.status_code == 409
    assert "Phan Văn Lạ" in stale.get_data(as_text=True)
    seen = page(client.get(address)).find("input", {"name": "seen"})["value"]
    mine = client.post(address, data={"name": f"Người member.{FRONT}", "seen": seen})
    assert (mine.status_code, mine.location) == (303, "/can-bo/phan-loai/")
    shown = text(client.get(mine.location))
    assert "Hồ sơ đã khóa với đơn vị bạn và chuyển lên Ban Thường trực" in shown
    assert "Thành phố Hồ Chí Minh" in shown
    assert client.get(f"/can-bo/phan-loai/{case_id}").status_code == 404


@pytest.mark.parametrize("who", ["lead", "member"])
def test_who_is_named_himself_is_told_no_more_than_that_it_was_written(enter, founded, who: str) -> None:
    case_id = make.case_of(make.report(founded.settings)).id
    client = enter(f"{who}.{FRONT}")
    address = f"{HERE}/ho-so/{case_id}/mat-tran/them-nguoi"
    seen = page(client.get(address)).find("input", {"name": "seen"})["value"]
    answer = client.post(address, data={"name": f"Người {who}.{FRONT}", "seen": seen})
    assert answer.location == "/can-bo/phan-loai/"
    shown = text(client.get(answer.location))
    assert "Đã ghi." in shown
    assert "khóa" not in shown
    assert "chuyển lên" not in shown


def test_the_menu_says_how_many_cases_wait_to_be_sealed_anew(enter, founded, monkeypatch) -> None:
    client = enter(f"lead.{CITY}")

    def entry() -> str:
        return page(client.get("/can-bo/phien")).find("a", href=f"{HERE}/niem-phong").get_text(strip=True)

    assert entry() == "Niêm phong lại"
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    for number in (1, 2):
        case = make.case_of(make.report(founded.settings))
        actions.name_for_board(lead, case, ring, name=f"Người member.{FRONT}", seen=case.version)
        assert entry() == f"Niêm phong lại ({number})"
    monkeypatch.setattr(page_context, "MOST_COUNTED", 2)
    assert entry() == "Niêm phong lại (1+)"


def test_the_committee_adds_a_person_too(enter, founded) -> None:
    case_id = make.routed(founded).id
    client = enter(f"lead.{COMMITTEE}")
    address = f"{HERE}/ho-so/{case_id}/uy-ban/them-nguoi"
    assert address in client.get(f"/can-bo/ho-so/{case_id}").get_data(as_text=True)
    seen = page(client.get(address)).find("input", {"name": "seen"})["value"]
    client.post(address, data={"name": f"Người member.{COMMITTEE}", "seen": seen})
    assert client.get(f"/can-bo/ho-so/{case_id}").status_code == 404
    shown = text(enter(f"lead.{FRONT}").get(f"/can-bo/phan-loai/{case_id}"))
    assert "Ủy ban cấp trên đang nhận hồ sơ." in shown
    assert "Không thấy" not in shown  # of a conflict: that was before


def test_an_officer_above_seals_anew_page_by_page(enter, founded) -> None:
    sent = make.report(founded.settings)
    case = make.case_of(sent)
    case_id = case.id
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    actions.name_for_board(lead, case, ring, name=f"Người member.{FRONT}", seen=case.version)
    lock_id = session().scalars(select(CaseLock.id)).one()
    client = enter(f"member.{CITY}")
    tasks = client.get(f"{HERE}/niem-phong")
    address = f"{HERE}/niem-phong/{lock_id}"
    assert address in tasks.get_data(as_text=True)
    assert "Đã đổi khóa 0 trên 1 phản ánh" in text(client.get(address))
    first = client.post(address)
    assert (first.status_code, first.location) == (303, address)
    assert "Đã đổi khóa 1 trên 1 phản ánh" in text(client.get(address))
    last = client.post(address)
    assert (last.status_code, last.location) == (303, f"/can-bo/phan-loai/{case_id}")
    shown = text(client.get(last.location))
    assert make.STORY.split("\n")[0] in shown
    assert "Trước khi cấp trên nhận" in shown
    assert client.get(address).status_code == 404
    assert "Không có hồ sơ nào chờ niêm phong lại." in text(client.get(f"{HERE}/niem-phong"))
    assert enter(f"member.{FRONT}").get(address).status_code == 404


def test_the_resident_reads_a_plain_sentence_and_then_who_has_it(app, founded) -> None:
    sent = make.report(founded.settings)
    client = app.test_client()
    client.post("/tra-cuu/", data={"code": sent.code})
    assert "đang được chuyển lên cấp trên" not in text(client.get("/tra-cuu/hop-thu"))
    case = make.case_of(sent)
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    actions.name_for_board(lead, case, ring, name=f"Người member.{FRONT}", seen=case.version)
    session().rollback()
    shown = text(client.get("/tra-cuu/hop-thu"))
    assert "Phản ánh đang được chuyển lên cấp trên để bảo đảm khách quan." in shown
    assert "xung đột" not in shown
    added = client.post("/tra-cuu/hop-thu/bo-sung", data={"body": CITY, "text": "Tôi còn giữ phiếu hẹn."})
    assert added.location == "/tra-cuu/hop-thu"
    lock = session().scalars(select(CaseLock)).one()
    actor, above = founded.made.signed_in(f"lead.{CITY}")
    while not actions.go_on(actor, lock, above):
        pass
    shown = text(client.get("/tra-cuu/hop-thu"))
    assert "Chúng tôi đã nhận phản ánh của bạn và đang đọc." in shown
    assert "Thành phố Hồ Chí Minh" in shown
    assert "Trước khi cấp trên nhận" in shown


def test_where_nobody_is_left_the_resident_reads_where_to_go(app, founded) -> None:
    sent = make.report(founded.settings)
    client = app.test_client()
    client.post("/tra-cuu/", data={"code": sent.code})
    typed = {"body": FRONT, "text": "Người lead.front.VN cũng biết việc này."}
    answer = client.post("/tra-cuu/hop-thu/bo-sung", data=typed)
    assert answer.status_code == 303
    again = text(client.get(answer.location))
    assert "Trụ sở Tiếp công dân Trung ương" in again
    assert typed["text"] in again


def test_what_staff_do_not_find_is_said_in_words_of_theirs(enter) -> None:
    answer = enter(f"lead.{CITY}").get("/can-bo/phan-loai/0000000000000000")
    assert answer.status_code == 404
    shown = BeautifulSoup(answer.data, "html.parser").main
    assert "mã tra cứu" not in shown.get_text()
    assert shown.find("a", href="/can-bo/") is not None


def test_the_nav_names_the_tasks_only_to_officers(enter, founded) -> None:
    assert f'href="{HERE}/niem-phong"' in enter(f"lead.{CITY}").get("/can-bo/phien").get_data(as_text=True)
    login = people.join(founded.made, f"lead.{FRONT}", FRONT, "auditor", {Role.AUDITOR}).login
    assert f'href="{HERE}/niem-phong"' not in enter(login).get("/can-bo/phien").get_data(as_text=True)
    assert session().scalars(select(Case)).all() == []
