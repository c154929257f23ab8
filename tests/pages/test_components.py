"""The field macros and layouts: labels tied, ids once, errors linked, nothing inline, strict templates."""

import gzip
from collections import Counter
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template, render_template_string
from flask_wtf import CSRFProtect
from jinja2 import UndefinedError
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, PasswordField, RadioField, SelectChoice, SelectField, StringField
from wtforms.fields import FileField

from portal.config import resource_root
from portal.web import i18n, templates
from portal.web.fields import (
    CheckedRadio,
    CleanString,
    CleanText,
    Consent,
    DateParts,
    Form,
    MultiCheckbox,
    between_days,
    length,
    required,
)
from portal.web.i18n import lazy

KINDS = [
    SelectChoice(
        "act", lazy("Việc làm sai hoặc chậm trễ"), {"hint": lazy("Đòi tiền, gây khó, bỏ mặc, bao che")}
    ),
    SelectChoice("praise", lazy("Người tốt, việc tốt")),
    SelectChoice("reprisal", lazy("Tôi bị trả thù vì đã phản ánh")),
]


class Sample(Form):
    kind = CheckedRadio(lazy("Bạn muốn kể chuyện gì?"), [required(lazy("Chọn một việc"))], choices=KINDS)
    place = CleanString(
        lazy("Xã, phường hoặc đặc khu"),
        [required(lazy("Điền nơi xảy ra")), length(max=60)],
        description=lazy("Ví dụ: Tân Sơn Nhì, hoặc tên cũ trước tháng 7/2025"),
    )
    story = CleanText(
        lazy("Chuyện gì đã xảy ra?"), [required(lazy("Kể lại sự việc")), length(min=20, max=5000)]
    )
    when = DateParts(
        lazy("Xảy ra khi nào?"), [required(lazy("Ghi ít nhất năm")), between_days()], precision="year"
    )
    items = MultiCheckbox(lazy("Những điều nào đúng?"), choices=KINDS[:2])
    proof = FileField(lazy("Tệp kèm theo"))
    state = SelectField(lazy("Trạng thái"), choices=[SelectChoice("", lazy("Tất cả")), *KINDS])
    secret = PasswordField(lazy("Cụm mật khẩu"))
    agreed = Consent(lazy("Tôi đã đọc và đồng ý"), [required(lazy("Đánh dấu để tiếp tục"))])
    version = HiddenField()


PAGE = """
{% extends layout %}
{% from "components/forms.html" import post_form, text, textarea, radios, checkboxes, checkbox, date, file,
   select, submit, link_button with context %}
{% from "components/show.html" import back_link, summary_list, tag, clock, notice, details, inset, warning,
   task_list, table, queue, pagination, receipt, step_of, print_button, uploading %}
{% set private = true %}
{% block title %}Biểu mẫu{% endblock %}
{% block before %}{{ back_link("/") }}{% endblock %}
{% block content %}
{{ step_of(2, 7) }}
{% call post_form(form, multipart=true) %}
{{ radios(form.kind, heading=true, divider="hoặc", conditional={"act": more}) }}
{{ text(form.place, size="s", width="20", attributes={"list": "places"}) }}
{{ textarea(form.story, size="s", rows=4) }}
{{ date(form.when, hint="Không nhớ ngày thì để trống, ví dụ 11 2026") }}
{{ checkboxes(form.items, small=true) }}
{{ file(form.proof, size="s", accept=".jpg,.pdf") }}
{{ select(form.state, size="s") }}
{{ text(form.secret, size="s", autocomplete="current-password") }}
{{ checkbox(form.agreed) }}
{{ uploading() }}
<div class="govuk-button-group">{{ submit() }}{{ submit("Lưu nháp", look="secondary") }}
{{ submit("Bỏ", look="warning") }}
{{ link_button("Xem", "/", "quiet") }}</div>
{% endcall %}
{% endblock %}
"""

SHOWN = """
{% extends layout %}
{% from "components/show.html" import summary_list, tag, clock, notice, details, inset, warning, panel,
   task_list, table, queue, pagination, receipt, print_button %}
{% block title %}Mẫu{% endblock %}
{% block content %}
{% call panel("Đã gửi phản ánh") %}<p class="govuk-body">Hãy giữ mã dưới đây.</p>{% endcall %}
{{ receipt(["7K3M", "9Q2F", "XW8A", "C4TN", "5HJR", "2PVD"]) }}
{{ print_button() }}
{{ summary_list([{"key": "Nơi xảy ra", "value": "Phường Tân Sơn Nhì", "href": "/x"},
  {"key": "Chuyện xảy ra", "value": "Dòng một\\n<b>dòng hai</b>", "multiline": true},
  {"key": "Tên", "value": ""}]) }}
{{ notice("Đã ghi quyết định.", kind="success") }}
{% call notice(kind="warning", title="Xung đột lợi ích") %}
<p class="govuk-body">Người bị phản ánh là thành viên.</p>{% endcall %}
{{ warning("Cố ý kể sai sự thật có thể bị xử lý.") }}
{% call details("Vì sao hỏi điều này?") %}Để chọn đúng nơi nhận.{% endcall %}
{% call inset() %}Chúng tôi đã nhận được phản ánh của bạn.{% endcall %}
{{ task_list([{"title": "Phân loại", "href": "/a", "status": "Xong", "colour": "green"},
   {"title": "Chuyển", "status": "Chưa làm được", "hint": "Sau khi phân loại"}]) }}
{{ queue([{"title": "Phản ánh 7k3m · Đất đai", "href": "/a",
   "meta": ["Phường Tân Phú", "nhận 20/11/2026", ""],
   "tags": [tag("Mới", "teal"), clock("Quá hạn 2 ngày làm việc", "late", due)], "box": "7k3m"},
  {"title": "Phản ánh 9q2f · Thái độ phục vụ", "href": "/b", "meta": ["Phường Tây Thạnh"],
   "tags": [clock("Còn 3 ngày làm việc", "soon", due), clock("Tạm dừng", "paused")]}], box_name="case") }}
{{ table(["Địa bàn", "Nhận", "Xong"], [["Tân Phú", 12, 9], ["Tây Thạnh", 7, 7]], "Theo địa bàn",
  numeric=(1, 2)) }}
{{ pagination("/p", "/n") }}
{{ tag("Nháp") }} {{ tag("Chờ", "amber") }} {{ tag("Lỗi", "red") }} {{ tag("Đang xem", "blue") }}
{{ clock("Còn 9 ngày") }}
{{ clock("Đã xong", "done") }}
{% endblock %}
"""


@pytest.fixture
def app() -> Flask:
    root = resource_root()
    app = Flask("sample", template_folder=str(root / "templates"), static_folder=str(root / "static"))
    app.config.update(SECRET_KEY="x" * 32, TESTING=True)
    CSRFProtect(app)
    templates.install(app)
    i18n.install(app)
    nav = [
        {"text": "Phân loại", "href": "/a", "current": True},
        {"text": "Nhật ký", "href": "/b", "current": False},
    ]
    app.context_processor(lambda: {"demo": True, "staff_nav": lambda: nav})
    more = Markup('<p class="govuk-body">Kể thêm ở bước sau.</p>')

    @app.get("/form")
    def form():
        given = Sample(formdata=None, when="2026-11", kind="act", version="3")
        return render_template_string(PAGE, layout="layouts/public.html", form=given, more=more)

    @app.get("/wrong")
    def wrong():
        raw = {
            "state": [""],
            "story": ["Ngắn <b>"],
            "when-day": ["32"],
            "when-month": ["11"],
            "when-year": ["2025"],
            "place": ["x" * 99],
        }
        given = Sample.recalled(raw)
        return render_template_string(PAGE, layout="layouts/public.html", form=given, more=more)

    @app.get("/shown/<layout>")
    def shown(layout):
        return render_template_string(SHOWN, layout=f"layouts/{layout}.html", due=date(2026, 12, 7))

    return app


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
    ({"when-year": "26"}, None, "Hãy ghi năm bằng số, ví dụ 22 11 2026."),
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
