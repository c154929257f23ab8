"""Bad input at the public form: a clear message or a 4xx, never a 5xx, and nothing typed is lost."""

import unicodedata
from io import BytesIO
from itertools import cycle

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from portal.app import create_app
from portal.data import db
from portal.data.models.draft import Draft
from portal.data.models.report import Report
from portal.domain.text import clean_text
from portal.intake.queries.draft import draft, ticket_of
from portal.intake.routes.base import STEPS
from tests.support import country
from tests.support.resident import ANSWERS, FORM, STORY, Resident, holding

ONLY_SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def app(prepared) -> Flask:
    return create_app(prepared("country", country.found).settings)


def sketch_of(resident: Resident):
    db.session().rollback()
    held = draft(ticket_of(resident.client.get_cookie("draft").value))
    assert held is not None
    return held.sketch


TAIL = " và còn kể thêm cho đủ dài."
TEXTS = {
    "nfd": unicodedata.normalize("NFD", "Cán bộ hạch sách người dân ở phường") + TAIL,
    "zero width": "Cán\u200bbộ\u200d\ufeff hạch sách" + TAIL,
    "turned round": "Cán bộ \u202etxt.exe\u202c \u2066hạch sách\u2069" + TAIL,
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>" + TAIL,
    "template": "{{7*7}} {% raw %} ${7*7} {Url} %(x)s %s" + TAIL,
    "nul": "Cán bộ\x00 hạch sách\x00" + TAIL,
    "controls": "\x1b[31mđỏ\x07\x08\x7f\x85 hết" + TAIL,
    "sql": "'; DROP TABLE report; -- \" OR 1=1" + TAIL,
    "formula": "=cmd|' /C calc'!A0" + TAIL,
    "beyond the plane": "𠜎𡃁👨‍👩‍👧‍👦🏴‍☠️ " + "\U0010ffff" + TAIL,
    "line ends": "dòng một\r\ndòng hai\rdòng ba\u2028dòng bốn" + TAIL,
    "combining": "a" + "\u0301" * 500 + TAIL,
    "no character": "\ufffe\uffff\ufdd0" + TAIL,
}
FIELDS = {
    "ke-lai": ("story", {}),
    "khi-nao": ("period", {"where": "Nơi nào đó"}),
    "dia-ban": ("street", {"area": "c1"}),
    "co-quan": ("detail", {"body": "unlisted"}),
    "chuc-vu": ("person", {"post": "unlisted", "name": "Chức vụ khác"}),
    "lien-lac": ("name", {"phone": "x", "address": "y"}),
}


@ONLY_SQLITE
def test_hostile_text_is_kept_sent_and_inert(app):
    """Every text through every free field, to the receipt."""
    for name, typed in TEXTS.items():
        go_through(app, typed, name)


def test_all_hostile_texts_at_once(app):
    """The same in one piece, on both databases."""
    go_through(app, " ".join(text[:22] for text in TEXTS.values()) + TAIL, "all")


def go_through(app, typed, name):
    resident = holding(app)
    for slug, (field, others) in FIELDS.items():
        resident.see(f"{FORM}/{slug}")
        resident.press(f"{FORM}/{slug}", **others | {field: typed[:300]})
        page = resident.see(f"{FORM}/{slug}")
        assert page.response.status_code == 200
        assert page.soup.find("script", src=None) is None
        assert page.soup.find("img") is None
        box = page.soup.find(id=field)
        if box is not None:
            shown = box.get_text() if box.name == "textarea" else box["value"]
            assert shown.lstrip("\n") == clean_text(typed[:300], multiline=slug == "ke-lai"), (name, slug)
    resident.see(f"{FORM}/kiem-tra")
    assert resident.submit().heading == "Đã gửi"


def test_broken_utf8_is_no_fault_of_ours(app):
    resident = holding(app)
    hidden = resident.see(f"{FORM}/ke-lai").form(f"{FORM}/ke-lai")
    for bad in (b"%FF%FE%00%00", b"%C3%28%A0%A1", b"%ED%A0%80%ED%BF%BF", b"%F0%28%8C%BC", b"%80" * 50):
        body = b"csrf_token=" + hidden["csrf_token"].encode() + b"&version=1&story=" + bad + b"+" * 30
        kind = "application/x-www-form-urlencoded"
        answer = resident.client.post(f"{FORM}/ke-lai", data=body, content_type=kind)
        assert answer.status_code in (303, 400)
        assert resident.see(f"{FORM}/ke-lai").response.status_code == 200


STORIES = {
    "": "Kể chuyện đã xảy ra",
    " \n\t ": "Kể chuyện đã xảy ra",
    "ngắn": "Cần ít nhất 20 ký tự",
    "x" * 10_001: "Nhiều nhất 10000 ký tự",
    "dài " * 90_000: "Nhiều nhất 10000 ký tự",
}


@ONLY_SQLITE
def test_a_story_that_does_not_fit_is_kept_and_explained(app):
    for typed, fault in STORIES.items():
        resident = holding(app, story=None)
        resident.see(f"{FORM}/ke-lai")
        page = resident.press(f"{FORM}/ke-lai", story=typed)
        assert page.address == f"{FORM}/ke-lai"
        assert fault in page.errors[0]
        assert page.soup.find(id="story").get_text().strip() == typed.strip()


@ONLY_SQLITE
def test_what_is_far_too_large_is_refused_by_a_page(app):
    resident = holding(app)
    resident.see(f"{FORM}/ke-lai")
    answer = resident.send(f"{FORM}/ke-lai", story="x" * 1_100_000)
    assert answer.status_code == 413
    assert "<h1" in answer.text
    assert sketch_of(resident).answers["story"]["story"] == STORY


@ONLY_SQLITE
def test_a_wrong_token_changes_nothing(app):
    resident = holding(app)
    resident.see(f"{FORM}/ke-lai")
    for token in ("", "x", "a.b.c", "\x00"):
        answer = resident.client.post(f"{FORM}/ke-lai", data={"csrf_token": token, "story": "y" * 50})
        assert answer.status_code == 400
        assert "quá lâu" in answer.text
    for path in (
        "gui",
        "xoa-nhap",
        "bang-chung/them",
        "bang-chung/bo",
        "dia-ban/tim",
        "loai",
        "bien-nhan/da-luu",
    ):
        assert resident.client.post(f"{FORM}/{path}", data={}).status_code == 400, path
    assert sketch_of(resident).answers["story"]["story"] == STORY


@ONLY_SQLITE
def test_only_what_is_asked_is_kept(app):
    """Recipient, state and dates chosen by the client are dropped (security tests A2, D3)."""
    resident = holding(app, story=None)
    resident.see(f"{FORM}/ke-lai")
    extra = {
        "body_id": "front.VN",
        "received_on": "2000-01-01",
        "state": "closed",
        "story[]": "a",
        "story.x": "b",
    }
    resident.press(f"{FORM}/ke-lai", story="ngắn", **extra)
    assert set(sketch_of(resident).pending["story"].raw) == {"story"}
    resident.press(f"{FORM}/ke-lai", story=STORY, **extra)
    assert sketch_of(resident).answers["story"] == {"story": STORY}


WRONG = (
    ("loai", {"kind": "rank_officials"}),
    ("loai", {}),
    ("dia-ban", {"area": "zz"}),
    ("dia-ban", {"area": "79"}),  # real, but not among what was found
    ("dia-ban", {"area": "old.c1"}),
    ("dia-ban", {"area": "old."}),
    ("co-quan", {"body": "front.c2"}),
    ("co-quan", {"body": "unlisted"}),
    ("chuc-vu", {"post": "police.commune.head"}),
    ("chuc-vu", {"post": "unlisted"}),
    ("lien-quan", {"front": "maybe", "party": "no", "inspection": "no"}),
    ("lien-quan", {"front": "no"}),
    ("viec-gi", {"category": "praise"}),
    ("dau-hieu", {"past_due": "perhaps"}),
    ("khi-nao", {}),
    ("khi-nao", {"when-year": "2999"}),
    ("khi-nao", {"when-day": "31", "when-month": "2", "when-year": "2026"}),
    ("khi-nao", {"when-day": "1", "when-year": "2026"}),
    ("khi-nao", {"when-year": "١٩٩٩"}),
    ("khi-nao", {"when-year": "9" * 5000}),
    ("ve-ban", {"openness": "famous"}),
    ("lien-lac", {"name": "x" * 121}),
    ("dong-y", {}),
    ("dong-y", {"consent": ""}),
)


@ONLY_SQLITE
def test_a_wrong_choice_is_explained_on_the_same_page(app):
    for slug, chosen in WRONG:
        open_step = {} if slug in ("loai", "dia-ban") else {STEPS[slug].value: None}
        resident = holding(app, **open_step)
        resident.see(f"{FORM}/{slug}")
        page = resident.press(f"{FORM}/{slug}", **chosen)
        assert page.address == f"{FORM}/{slug}", (slug, chosen)
        assert page.errors, (slug, chosen)


@ONLY_SQLITE
def test_the_first_of_two_choices_is_taken(app):
    resident = holding(app, category=None)
    resident.see(f"{FORM}/viec-gi")
    resident.press(f"{FORM}/viec-gi", category=["delay", "rude_service"])
    assert sketch_of(resident).answers["category"] == {"category": "delay"}


@ONLY_SQLITE
def test_any_version_is_read(app):
    resident = holding(app)
    for version in ("", "-1", "9" * 400, "١", "1e9", "0x10", "1\x00", " 1", "²"):
        resident.see(f"{FORM}/kiem-tra")
        hidden = resident.page.form(f"{FORM}/gui") | {"version": version}
        answer = resident.client.post(f"{FORM}/gui", data=hidden)
        assert answer.headers["Location"] == f"{FORM}/kiem-tra?doi=1", version
        again = hidden | {"story": f"Một câu chuyện khác hẳn, viết lại {len(version)}."}
        assert resident.client.post(f"{FORM}/ke-lai", data=again).status_code == 303
        assert resident.see(f"{FORM}/ke-lai").response.status_code == 200
        resident.press(f"{FORM}/ke-lai", story=STORY)


@ONLY_SQLITE
def test_any_cookie_is_read(app):
    half = "A" * 43
    for value in (
        "",
        ".",
        "x",
        "x.y",
        f"{half}.{half}",
        f"{half}.",
        "đ" * 87,
        "A" * 87,
        "\\x00",
        "%00",
        "=" * 87,
    ):
        for name in ("draft", "receipt"):
            client = app.test_client()
            headers = {"Cookie": f"{name}={value}".encode().decode("latin-1")}
            for path in ("", "ke-lai", "kiem-tra", "bien-nhan", "bien-nhan/nhac-xem.ics", "het-han"):
                answer = client.get(f"{FORM}/{path}", headers=headers)
                assert answer.status_code in (200, 303), (value, path)


@ONLY_SQLITE
def test_any_address_is_read(app):
    resident = holding(app)
    asked = (
        "?cap=x",
        "?cap=tren",
        "?step=kind",
        "?slug=x",
        "?lang=zz",
        "?lang=en",
        "?doi",
        "?viec=<b>",
        "?%00=%ff",
    )
    for slug in (*ANSWERS, "lien-lac", "kiem-tra", "xong", "het-han", "ngoai-pham-vi", "huong-dan", ""):
        for tail in asked:
            answer = resident.client.get(f"{FORM}/{slug}{tail}")
            assert answer.status_code in (200, 303), (slug, tail)
    for slug in ("khong-co", "%00", "..", "KE-LAI", "a" * 3000):
        assert resident.client.get(f"{FORM}/{slug}").status_code in (404, 308), slug
        assert resident.client.post(f"{FORM}/{slug}").status_code in (400, 404, 405, 308), slug


BAD_FILES = {
    "program": b"MZ\x90\x00" + b"\x00" * 100,
    "page": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    "broken picture": b"\xff\xd8\xff\xe0" + b"\x00" * 300,
    "half a pdf": b"%PDF-1.7\n1 0 obj",
    "empty": b"",
    "zip": b"PK\x03\x04" + b"\x00" * 100,
}


@ONLY_SQLITE
def test_a_disguised_file_is_refused_beside_the_field(app):
    resident = holding(app)
    for name, content in BAD_FILES.items():
        resident.see(f"{FORM}/bang-chung")
        page = resident.press(f"{FORM}/bang-chung/them", file=(BytesIO(content), "ảnh.jpg"))
        assert "chưa được nhận" in page.text, name
        assert sketch_of(resident).files == 0


@ONLY_SQLITE
def test_a_file_with_a_hostile_name_is_shown_harmlessly(app):
    resident = holding(app)
    for name in (
        "../../etc/passwd",
        "a\u202egpj.exe",
        '"><script>.jpg',
        "x" * 400 + ".jpg",
        "\x00.jpg",
        "CON",
    ):
        resident.see(f"{FORM}/bang-chung")
        page = resident.press(f"{FORM}/bang-chung/them", file=(BytesIO(b"MZ"), name))
        assert page.response.status_code == 200
        assert page.soup.find("script", src=None) is None
        assert "etc/passwd" not in page.text.replace("..", "")


@ONLY_SQLITE
@pytest.mark.parametrize(("size", "status"), [(11, 303), (13, 413)], ids=["a little", "far"])
def test_a_file_that_is_too_large(app, size, status):
    resident = holding(app)
    resident.see(f"{FORM}/bang-chung")
    token = resident.page.form(f"{FORM}/bang-chung/them")["csrf_token"]
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
        + b"\xff\xd8\xff"
        + b"0" * (size * 2**20)
        + b"\r\n--x--\r\n"
    )
    answer = resident.client.post(
        f"{FORM}/bang-chung/them",
        data=body,
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == status
    if status == 303:
        assert "chưa được nhận" in resident.see(f"{FORM}/bang-chung").text


@ONLY_SQLITE
def test_nothing_but_a_form_is_taken(app):
    resident = holding(app)
    token = resident.see(f"{FORM}/ke-lai").form(f"{FORM}/ke-lai")["csrf_token"]
    for body, kind in (
        ('{"story": {"a": [1, 2]}}', "application/json"),
        ("<x/>", "text/xml"),
        ("--x\r\nbroken", "multipart/form-data; boundary=x"),
        ("a" * 1000, "application/octet-stream"),
        ("&".join(f"f{n}=1" for n in range(2000)), "application/x-www-form-urlencoded"),
    ):
        answer = resident.client.post(
            f"{FORM}/ke-lai", data=body, content_type=kind, headers={"X-CSRFToken": token}
        )
        assert answer.status_code in (303, 400, 413), kind
    parts = "".join(f'--x\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n1\r\n' for n in range(400))
    answer = resident.client.post(
        f"{FORM}/ke-lai",
        data=parts + "--x--",
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRFToken": token},
    )
    assert answer.status_code == 413
    assert sketch_of(resident).answers["story"]["story"] == STORY


_SLUGS = cycle(
    ("ke-lai", "khi-nao", "chuc-vu", "co-quan", "dia-ban", "lien-quan", "dau-hieu", "ve-ban", "dong-y")
)
_NAMES = (
    "story",
    "period",
    "where",
    "when-day",
    "when-month",
    "when-year",
    "person",
    "post",
    "body",
    "detail",
)
_MORE = ("area", "street", "front", "party", "past_due", "openness", "consent", "version", "cap", "kind", "q")


@ONLY_SQLITE
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_=st.dictionaries(st.sampled_from(_NAMES + _MORE), st.text(max_size=60), max_size=6))
def test_no_input_breaks_a_question(app, given_):
    if not hasattr(app, "resident"):
        app.resident = holding(app)
    resident, slug = app.resident, next(_SLUGS)
    page = resident.see(f"{FORM}/{slug}")
    if page.address == f"{FORM}/{slug}":
        plain = {name: typed.encode("utf-8", "surrogatepass") for name, typed in given_.items()}
        answer = resident.send(f"{FORM}/{slug}", **plain)
        assert answer.status_code == 303
        assert resident.see(answer.headers["Location"]).response.status_code == 200


@ONLY_SQLITE
def test_a_hundred_drafts_do_not_meet(app):
    for number in range(20):
        holding(app, story={"story": f"Câu chuyện số {number}, đủ dài để gửi đi."})
    db.session().rollback()
    assert db.session().scalar(select(func.count()).select_from(Draft)) == 20
    assert db.session().scalar(select(func.count()).select_from(Report)) == 0
