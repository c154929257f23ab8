"""The field macros and layouts: labels tied, ids once, errors linked, nothing inline, strict templates."""

import gzip
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template, render_template_string
from jinja2 import UndefinedError
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectChoice, StringField

from portal.config import resource_root
from portal.web.fields import Form, length
from tests.support.sample import Sample, sample_app


@pytest.fixture
def app() -> Flask:
    return sample_app()


def page(app: Flask, address: str) -> BeautifulSoup:
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html5lib")


ADDRESSES = ["/form", "/wrong", "/shown/public", "/shown/staff", "/shown/print"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_sound(app, address):
    soup = page(app, address)
    ids = Counter(tag["id"] for tag in soup.find_all(id=True))
    assert [name for name, number in ids.items() if number > 1] == []
    assert len(soup.find_all("h1")) == 1
    assert soup.html["lang"] == "vi"
    assert soup.title.text.endswith("– Cổng Giám sát")
    assert not soup.select("[style], style, script:not([src])")
    for reference in ("aria-describedby", "aria-labelledby", "for"):
        for tag in soup.find_all(attrs={reference: True}):
            assert all(name in ids for name in tag[reference].split()), (tag, reference)


@pytest.mark.parametrize("address", ["/form", "/wrong"])
def test_every_input_has_a_label(app, address):
    soup = page(app, address)
    boxes = [b for b in soup.select("input, textarea, select") if b.get("type") != "hidden"]
    assert len(boxes) == 14
    for box in boxes:
        assert soup.find("label", attrs={"for": box["id"]}) or box.get("aria-label"), box
    for group in soup.select("fieldset"):
        assert group.legend.text.strip()


def test_a_fresh_form(app):
    soup = page(app, "/form")
    assert not soup.select(".govuk-error-summary, .govuk-error-message")
    assert soup.select_one("h1").text.strip() == "Bạn muốn kể chuyện gì?"
    assert soup.select_one("input[name=kind][value=act]").has_attr("checked")
    assert not soup.select_one("input[name=agreed]").has_attr("checked")
    assert [soup.select_one(f"#when-{p}")["value"] for p in ("month", "year")] == ["11", "2026"]
    assert soup.select_one("#place")["autocomplete"] == "off"
    assert soup.select_one("#story")["spellcheck"] == "false"
    assert soup.select_one("#story-info").text.strip() == "Nhiều nhất 5000 ký tự"
    assert soup.select_one("input[name=version]")["value"] == "3"
    assert soup.select_one("input[name=csrf_token]")["value"]
    assert soup.select_one("[data-exit]")["rel"] == ["nofollow", "noreferrer"]


def test_a_wrong_form_says_what_to_do_and_loses_nothing(app):
    soup = page(app, "/wrong")
    assert soup.title.text.startswith("Lỗi: ")
    links = {a["href"]: a.text for a in soup.select(".govuk-error-summary a")}
    assert links == {
        "#kind": "Chọn một việc",
        "#place": "Xã, phường hoặc đặc khu – Nhiều nhất 60 ký tự, đang thừa 39.",
        "#story": "Chuyện gì đã xảy ra? – Cần ít nhất 20 ký tự.",
        "#when-day": "Xảy ra khi nào? – Ngày này không có trong lịch. Hãy xem lại.",
        "#agreed": "Đánh dấu để tiếp tục",
    }
    for target in links:
        assert soup.select_one(target).name in ("input", "textarea")
    assert soup.select_one("#story").text.strip() == "Ngắn <b>"
    assert soup.select_one("#when-day")["value"] == "32"
    assert soup.select_one("#story-error").text.split() == ["Lỗi:", "Cần", "ít", "nhất", "20", "ký", "tự."]
    assert not soup.select_one("#secret").has_attr("value")


def test_text_of_people_is_inert(app):
    soup = page(app, "/shown/public")
    assert soup.select_one(".gs-lines").text == "Dòng một\n<b>dòng hai</b>"
    assert not soup.select(".gs-lines b")


def test_a_receipt_reads_as_six_groups(app):
    assert page(app, "/shown/public").select_one("#receipt").text == "7K3M 9Q2F XW8A C4TN 5HJR 2PVD"


def test_our_templates_are_strict(app):
    with app.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ never_given }}")


@pytest.mark.parametrize("name", ["400", "csrf", "403", "404", "405", "409", "413", "429", "500", "503"])
def test_every_fault_has_a_page(app, name):
    with app.test_request_context():
        soup = BeautifulSoup(render_template(f"errors/{name}.html"), "html5lib")
    assert len(soup.find_all("h1")) == 1
    assert soup.select_one("main p")


def test_the_incident_number_is_shown(app):
    with app.test_request_context():
        assert "ab12cd34" in render_template("errors/500.html", incident="ab12cd34")


def test_static_addresses_hold_their_content(app):
    with app.test_request_context():
        address = app.jinja_env.globals["static_url"]("css/portal.css")
    name, version = address.split("?v=")
    assert (name, len(version)) == ("/static/css/portal.css", 12)


def test_static_text_is_sent_compressed_and_unchanged(app):
    pages, plain = app.test_client(), (resource_root() / "static/css/portal.css").read_bytes()
    packed = pages.get("/static/css/portal.css", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.mimetype == "text/css"
    assert gzip.decompress(packed.data) == plain
    again = pages.get(
        "/static/css/portal.css", headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    )
    assert again.status_code == 304
    bare = pages.get("/static/css/portal.css", headers={"Accept-Encoding": "identity"})
    assert bare.data == plain
    assert "Content-Encoding" not in bare.headers


@pytest.mark.parametrize("name", ["css/none.css", "../pyproject.toml", "..%2fpyproject.toml", "css"])
def test_no_other_file_is_served(app, name):
    assert app.test_client().get(f"/static/{name}").status_code == 404


def test_the_pages_stay_light(app):
    """The budget of design/interface: 60 kB for the first load of the form, 30 kB for a step, compressed."""
    root = resource_root() / "static"
    html = len(gzip.compress(app.test_client().get("/wrong").data, 6))
    css = len(gzip.compress((root / "css/portal.css").read_bytes(), 9))
    js = len(gzip.compress((root / "js/portal.js").read_bytes(), 9))
    assert css < 12_000
    assert js < 4_000
    assert html < 8_000


def test_shipped_css_holds_no_foreign_asset():
    css = (resource_root() / "static/css/portal.css").read_text()
    assert not [word for word in ("url(", "GDS Transport", "crown", "@import") if word.lower() in css.lower()]


FIELD_CASES = [
    ({"when-year": "2026"}, "2026", ""),
    ({"when-year": "2026", "when-month": "3"}, "2026-03", ""),
    ({"when-year": "2026", "when-month": "02", "when-day": " 28 "}, "2026-02-28", ""),
    ({"when-year": "2026", "when-day": "5"}, None, "Còn thiếu tháng."),
    ({"when-month": "5"}, None, "Còn thiếu năm."),
    ({"when-year": "26"}, None, "Hãy ghi năm bằng bốn chữ số, ví dụ 2026."),
    ({"when-year": "2025", "when-month": "13"}, None, "Ngày này không có trong lịch. Hãy xem lại."),
    ({"when-year": "9999"}, "9999", "Ngày này chưa đến. Hãy xem lại."),
    ({"when-year": "1900"}, "1900", "Ngày phải từ 02/09/1945 trở đi."),
    ({}, None, "Ghi ít nhất năm"),
]


@pytest.mark.parametrize(("sent", "data", "error"), FIELD_CASES)
def test_dates_as_remembered(app, sent, data, error):
    with app.test_request_context():
        form = Sample.recalled({name: [value] for name, value in sent.items()})
    assert (str(form.when.data) if form.when.data else None) == data
    assert "".join(str(e) for e in form.when.errors) == error


def test_messages_of_wtforms_are_vietnamese(app):
    class Plain(Form):
        pick = RadioField("x", choices=[SelectChoice("a", "A")])
        name = StringField("y", [length(max=3)])

    with app.test_request_context():
        form = Plain(formdata=MultiDict({"pick": "b", "name": "abcd"}), meta={"csrf": False})
        assert not form.validate()
    assert form.pick.errors == ["Hãy chọn một trong các mục có sẵn."]
    assert form.name.errors == ["Nhiều nhất 3 ký tự, đang thừa 1."]


def test_half_a_character_is_an_error_not_a_crash(app):
    with app.test_request_context():
        form = Sample.recalled({"place": ["\ud800"]})
    assert form.place.errors == ["Nội dung có ký tự hỏng. Hãy xóa ký tự lạ và gõ lại."]
