"""Words, dates and numbers in the reader's language."""

from datetime import UTC, date, datetime

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template_string, url_for
from markupsafe import Markup

from portal.web import i18n
from portal.web.i18n import _, in_language, lazy


@pytest.fixture
def english(tmp_path, monkeypatch):
    """A catalogue with three entries."""
    catalogue = Catalog(locale="en", domain="portal")
    catalogue.add("Gửi", "Send")
    catalogue.add("Chào %(name)s", "Hello %(name)s")
    catalogue.add(("%(num)s hồ sơ", "%(num)s hồ sơ"), ("%(num)s case", "%(num)s cases"))
    place = tmp_path / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with open(place / "portal.mo", "wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(i18n, "CATALOGUES", tmp_path)
    i18n._catalogue.cache_clear()
    yield
    i18n._catalogue.cache_clear()


@pytest.fixture
def app(english):
    app = Flask(__name__)
    i18n.install(app)

    @app.route("/")
    def home():
        return render_template_string(
            "{{ language() }}|{{ _('Gửi') }}|{% trans name='<b>' %}Chào {{ name }}{% endtrans %}|"
            "{{ _('Chào %(name)s', name='<i>') }}|{{ ngettext('%(num)s hồ sơ', '%(num)s hồ sơ', 2) }}|"
            "{{ url_for('home', page=2) }}|{% for link in language_links() %}{{ link.href }} {% endfor %}"
        )

    return app


def test_a_page_in_both_languages(app):
    pages = app.test_client()
    assert pages.get("/?page=3").text == (
        "vi|Gửi|Chào &lt;b&gt;|Chào &lt;i&gt;|2 hồ sơ|/?page=2|/?page=3 /?page=3&amp;lang=en "
    )
    answer = pages.get("/?lang=en")
    assert answer.text == "en|Send|Hello &lt;b&gt;|Hello &lt;i&gt;|2 cases|/?page=2&amp;lang=en|/ /?lang=en "
    assert "Set-Cookie" not in answer.headers


def test_an_unknown_language_is_vietnamese(app):
    assert app.test_client().get("/?lang=xx").text.startswith("vi|Gửi")


def test_a_foreign_host_cannot_be_smuggled_into_the_switch(app):
    with app.test_request_context(environ_overrides={"PATH_INFO": "//evil.example/\\x"}):
        assert all(link["href"].startswith("/evil.example/%5Cx") for link in i18n.language_links())


def test_outside_a_request(english):
    assert _("Gửi") == "Gửi"
    with in_language("en"):
        assert _("Gửi") == "Send"
        assert _("100 %") == "100 %"
    assert _("Gửi") == "Gửi"


def test_links_keep_the_language_on_redirects(app):
    with app.test_request_context("/?lang=en"):
        assert url_for("home") == "/?lang=en"
        assert url_for("static", filename="x.css") == "/static/x.css"


def test_lazy_texts_are_chosen_when_shown(english):
    label = lazy("Chào %(name)s", name="Lan")
    assert str(label) == "Chào Lan"
    with in_language("en"):
        assert str(label) == "Hello Lan" == f"{label}" == label + ""
    assert label == "Chào Lan"


def test_markup_among_the_values_stays_markup():
    text = _("Xem %(link)s & %(other)s", link=Markup("<a>x</a>"), other="<y>")
    assert text == Markup("Xem <a>x</a> & &lt;y&gt;")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (
            "vi",
            [
                "22/11/2026",
                "Chủ nhật, 22/11/2026",
                "06:05 ngày 23/11/2026",
                "12.926",
                "3,5",
                "350 kB",
                "4,2 MB",
            ],
        ),
        (
            "en",
            [
                "22 November 2026",
                "Sunday, 22 November 2026",
                "06:05 ngày 23 November 2026",
                "12,926",
                "3.5",
                "350 kB",
                "4.2 MB",
            ],
        ),
    ],
)
def test_dates_and_numbers(english, code, shown):
    day, moment = date(2026, 11, 22), datetime(2026, 11, 22, 23, 5, tzinfo=UTC)
    with in_language(code):
        assert [
            i18n.format_date(day),
            i18n.format_day(day),
            i18n.format_moment(moment),
            i18n.format_number(12926),
            i18n.format_number(3.5),
            i18n.format_size(350_000),
            i18n.format_size(4_200_000),
        ] == shown


def test_a_moment_is_shown_as_its_day_in_viet_nam():
    assert i18n.format_date(datetime(2026, 11, 22, 17, 0, tzinfo=UTC)) == "23/11/2026"
    assert i18n.format_date(None) == ""
