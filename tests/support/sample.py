"""Pages made of every macro and field, to prove them without a store."""

from datetime import date

from flask import Flask, render_template_string
from flask_wtf import CSRFProtect
from markupsafe import Markup
from wtforms import HiddenField, PasswordField, SelectChoice, SelectField
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


def sample_app() -> Flask:
    """A small application with every component on a page: a form, the form with errors, things shown."""
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
