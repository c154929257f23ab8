"""English is whole: every text that people see has one, with the same places, and nothing stays Vietnamese.

`make translations` brings the catalogue up to date; what it prints is what these tests miss.
"""

import ast
import re
from collections import Counter

import pytest
from babel.messages.mofile import read_mo
from bs4 import BeautifulSoup
from sqlalchemy import select

from portal.action import session
from portal.app import create_app
from portal.data.models.area import Area
from portal.data.models.body import Body
from portal.domain.declining import DeclineReason
from portal.domain.receipts import format_groups
from portal.guide import routes as guide
from portal.triage import actions as triage
from tests.support import country, make, people
from tests.support.pages import Pages
from tests.support.resident import ANSWERS, FORM, STORY, Resident
from tests.support.tree import ROOT, short, texts
from tools import translations

LETTER = re.compile(r"[À-ỹ]")
PLACE = re.compile(r"%\(\w+\)[sd]|%\{\w+\}")
# What an English text may keep: numbers of documents, a letter of a list, names and addresses, and what a
# reader has to find or to type in Vietnamese.
KEPT = re.compile(
    r"\d+(?:/\d{4})?[-/](?:NĐ-CP|QĐ/TW|QĐi/TW|QĐ-TTg)|points d, đ and e|“Phản ánh kiến nghị”|Tân Phú District"
    r"|“Sơn Kỳ”|Trường Tiểu học …|Phòng Kinh tế|Tổ dân phố 12"
    r"|1 Ngô Thì Nhậm, Hà Đông, Hà Nội|210 Võ Thị Sáu|46 Tràng Thi, Hà Nội"
)
# Pages whose title a stranger may read over the shoulder name nothing of what is done there (P-18).
TELLING = re.compile(r"report|denunc|complain|receipt|evidence", re.IGNORECASE)


@pytest.fixture(scope="module")
def kept():
    return [message for message in translations.read() if message.id]


def forms(text):
    return text if isinstance(text, tuple) else (text,)


def test_every_text_has_an_english_one(kept):
    fresh = {message.id for message in translations.template() if message.id}
    assert fresh == {message.id for message in kept}
    assert not translations.missing(translations.read())


def test_the_portal_is_written_alike(kept):
    """A gate is a "cổng", a port is one, and the portal is a name."""
    other = {"trước cổng", "Chọn cổng khác"}
    texts_of = [text for message in kept for text in forms(message.id)]
    small = [text for text in texts_of if re.search(r"\bcổng\b", text)]
    assert [text for text in small if not any(one in text for one in other)] == []


def test_the_tables_of_the_rules_are_walked():
    modules = Counter(module for _, module in translations.tables())
    assert modules["catalogue"] > 100
    assert {"kinds.py", "declining.py", "deadlines.py", "routing", "posts.py"} <= set(modules)


def test_no_text_hides_where_the_extractor_cannot_see_it():
    """A text within an f-string is found or not depending on the version of Python."""
    hidden = [
        f"{short(path)}:{call.lineno}"
        for path in texts(".py")
        if path.is_relative_to(ROOT / "portal")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "lazy", "gettext", "ngettext"}
        and any(isinstance(one, ast.Constant) for one in call.args)
    ]
    assert not hidden


def test_the_compiled_catalogue_is_the_written_one(kept):
    with translations.CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}
    assert compiled == {message.id: message.string for message in kept}


def test_translations_keep_their_places(kept):
    def places(text):
        return [set(PLACE.findall(one)) for one in forms(text)]

    assert [m.id for m in kept if places(m.id) != places(m.string)] == []


def test_no_english_text_is_left_in_vietnamese(kept):
    left = [one for m in kept for one in forms(m.string) if LETTER.search(KEPT.sub("", one))]
    assert not left


def vietnamese(page, *names):
    """What a page still says in Vietnamese, without the names of places and bodies and what was typed."""
    for typed in page.select(".gs-lines, textarea, script, body [lang=vi]"):
        typed.decompose()
    for field in page.select("input"):
        del field["value"]
    attributes = ("content", "title", "aria-label", "alt", "placeholder", "value")
    seen = [str(text) for text in page.find_all(string=True)]
    seen += [str(tag[name]) for tag in page.find_all(True) for name in attributes if tag.get(name)]
    known = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or "(?!)")
    return [text.strip() for text in seen if LETTER.search(KEPT.sub("", known.sub("", text)))]


def names():
    found = {*session().scalars(select(Area.name)), *session().scalars(select(Body.name)), STORY}
    session().rollback()
    typed = {value for answers in ANSWERS.values() for value in answers.values()}
    return found | {text for text in typed if LETTER.search(text)} | set(country.MEMBERS.values())


class Reader(Resident):
    """A resident who reads English: every page seen is kept with what it still says in Vietnamese."""

    def __init__(self, app):
        super().__init__(app)
        self.left, self.titles, self.names = {}, [], names()

    def see(self, path):
        page = super().see(path if "lang=" in path else f"{path}?lang=en")
        assert page.response.status_code == 200, path
        assert page.soup.html["lang"] == "en", path
        self.titles.append(page.soup.title.get_text())
        if found := vietnamese(BeautifulSoup(page.response.data, "html5lib"), *self.names):
            self.left[path] = found
        return page


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_form_speaks_english(prepared):
    """Every question, its faults, the check page, the receipt and its sheets."""
    reader = Reader(create_app(prepared("country", country.found).settings))
    reader.see(f"{FORM}/")
    reader.see(f"{FORM}/ngoai-pham-vi")
    for slug, answers in ANSWERS.items():
        if slug == "dia-ban":
            reader.see(f"{FORM}/{slug}")
            reader.press(f"{FORM}/dia-ban/tim", q="son ky")
            reader.press(f"{FORM}/dia-ban/tim", q="tan son nhi")
        reader.see(f"{FORM}/{slug}")
        if slug not in {"dau-hieu", "bang-chung"}:  # these may be left empty
            reader.press(f"{FORM}/{slug}")
        reader.press(f"{FORM}/{slug}", **answers)
    assert reader.page.heading == "Check, then send"
    reader.submit()
    code = reader.code
    for sheet in ("in", "phieu-danh-tinh"):
        reader.see(f"{FORM}/bien-nhan/{sheet}")
    reader.see("/tra-cuu/")
    reader.press("/tra-cuu/", code="7K3M")
    reader.press("/tra-cuu/", code=code)
    reader.see("/tra-cuu/hop-thu/bo-sung")
    assert reader.left == {}
    assert [title for title in reader.titles if TELLING.search(title)] == []


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_guide_and_error_pages_speak_english(prepared):
    pages = Pages(create_app(prepared("country", country.found).settings))
    left = {}
    for endpoint in ("guide.home", *(endpoint for endpoint, _ in guide.PAGES)):
        left[endpoint] = vietnamese(pages.get(endpoint, lang="en"))
    left["404"] = vietnamese(pages.get("/khong-co?lang=en", expect=404))
    left["405"] = vietnamese(pages.send("/huong-dan/du-lieu?lang=en", {}, expect=405))
    left["sign in"] = vietnamese(pages.get("accounts.sign_in", lang="en"))
    assert {where: found for where, found in left.items() if found} == {}
    assert len(vietnamese(pages.get("guide.way"))) > 50  # the same page in Vietnamese is seen as such


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("after", ["asked", "declined", "answered"])
def test_the_mailbox_speaks_english(prepared, after):
    founded = prepared("people", people.found)
    sent = make.report(founded.settings)
    if after == "answered":
        make.answered(founded, sent)
    else:
        actor, ring = founded.made.signed_in(f"lead.{make.FRONT}")
        case = make.case_of(sent)
        if after == "asked":
            triage.ask(actor, case, ring, text="Việc xảy ra ngày nào?", seen=case.version)
        else:
            triage.decline(actor, case, ring, reason=DeclineReason.NO_FACTS, text="", seen=case.version)
    reader = Reader(create_app(founded.settings))
    reader.see("/tra-cuu/")
    box = reader.press("/tra-cuu/", code=format_groups(sent.code))
    for link in box.soup.select("main a[href*='/hop-thu/']:not([download])"):
        reader.see(link["href"])
    assert reader.left == {}
    assert [title for title in reader.titles if TELLING.search(title)] == []
