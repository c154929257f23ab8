"""A resident at the public form: reads pages, fills in what they ask, presses the button."""

from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.domain.drafting import Sketch
from portal.intake.actions.draft import begin

FORM = "/phan-anh"
STORY = "Tôi nộp hồ sơ từ tháng ba mà đến nay không ai trả lời, hỏi thì bị chỉ đi nơi khác."
ANSWERS: dict[str, dict[str, Any]] = {
    "loai": {"kind": "act"},
    "dia-ban": {"area": "c1"},
    "co-quan": {"body": "committee.c1"},
    "chuc-vu": {"post": "committee.commune.chair", "person": "Ông Trần Văn Bình"},
    "lien-quan": {"front": "no", "party": "unknown", "inspection": "no"},
    "viec-gi": {"category": "delay"},
    "dau-hieu": {"past_due": "yes"},
    "ke-lai": {"story": STORY},
    "khi-nao": {"when-month": "3", "when-year": "2026", "where": "Bộ phận một cửa"},
    "bang-chung": {},
    "ve-ban": {"openness": "anonymous"},
    "dong-y": {"consent": "y", "names_somebody": "yes", "has_evidence": "yes", "can_be_verified": "yes"},
}


@dataclass
class Page:
    """What a resident sees."""

    response: TestResponse
    address: str
    soup: BeautifulSoup = field(init=False)

    def __post_init__(self) -> None:
        self.soup = BeautifulSoup(self.response.data, "html.parser")

    @property
    def heading(self) -> str:
        found = self.soup.find_all("h1")
        assert len(found) == 1, f"{self.address}: {len(found)} headings"
        return str(found[0].get_text(" ", strip=True))

    @property
    def text(self) -> str:
        return str(self.soup.main.get_text(" ", strip=True))

    @property
    def errors(self) -> list[str]:
        return [one.get_text(" ", strip=True) for one in self.soup.select(".govuk-error-summary li")]

    def form(self, action: str) -> dict[str, str]:
        """The hidden fields of the form that posts to `action`."""
        for form in self.soup.find_all("form"):
            if form.get("action", self.address).split("?")[0] == action:
                return {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}
        raise AssertionError(f"no form for {action} on {self.address}")


class Resident:
    """One browser. `see` reads a page, `press` sends the form of the page seen last."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.page = Page(self.client.get(f"{FORM}/"), f"{FORM}/")

    def see(self, path: str) -> Page:
        """Open a page and follow to where it leads."""
        response = self.client.get(path)
        while response.status_code == 303:
            path = response.headers["Location"]
            response = self.client.get(path)
        self.page = Page(response, path.split("?")[0])
        return self.page

    def press(self, path: str, _page: Page | None = None, **given: Any) -> Page:
        """Send a form of the page seen last (or of `_page`); the answer must be a 303, and is followed."""
        response = self.send(path, _page, **given)
        assert response.status_code == 303, (path, response.status_code, response.text[:300])
        return self.see(response.headers["Location"])

    def send(self, path: str, _page: Page | None = None, **given: Any) -> TestResponse:
        """The same without following."""
        if path == f"{FORM}/bang-chung":  # its button that goes on stands in the form for files
            path, given = f"{path}/them", {"then": "go"} | given
        hidden = (_page or self.page).form(path)
        return self.client.post(path, data=hidden | given)

    def find(self, typed: str = "tan son nhi") -> Page:
        return self.press(f"{FORM}/dia-ban/tim", q=typed)

    def fill_in(self, until: str = "", **other: dict[str, Any]) -> Page:
        """Answer the steps in order, up to and without the step `until`; `other` overrides by slug."""
        for slug, answers in ANSWERS.items():
            if slug == until:
                break
            if slug == "dia-ban":
                self.find()
            self.press(f"{FORM}/{slug}", **(other.get(slug.replace("-", "_"), answers)))
        return self.page

    def submit(self) -> Page:
        """Send the finished report; the receipt."""
        return self.press(f"{FORM}/gui")

    @property
    def code(self) -> str:
        """The code on the receipt page."""
        found = self.page.soup.select_one("#receipt")
        assert found is not None, self.page.text
        return "".join(found.get_text().split())


# The answers as a draft keeps them, so that a test may begin at any question.
KEPT: dict[str, dict[str, Any]] = {
    "kind": {"kind": "act"},
    "place": {
        "area": "c1",
        "street": "",
        "area_id": "c1",
        "name": "Phường Tân Sơn Nhì, Thành phố Hồ Chí Minh",
    },
    "office": {
        "body": "committee.c1",
        "detail": "",
        "body_id": "committee.c1",
        "name": "Ủy ban nhân dân phường Tân Sơn Nhì",
        "kind": "committee",
        "level": "commune",
        "area_id": "c1",
    },
    "post": {
        "post": "committee.commune.chair",
        "name": "",
        "person": "",
        "post_key": "committee.commune.chair",
        "post_name": "Chủ tịch Ủy ban nhân dân",
        "group": "head",
    },
    "ties": {"front": "no", "party": "unknown", "inspection": "no"},
    "category": {"category": "delay"},
    "signs": {"past_due": "yes"},
    "story": {"story": STORY},
    "when": {"when": "2026-03", "period": "", "where": ""},
    "evidence": {},
    "about": {"openness": "confidential"},
    "contact": {"name": "", "phone": "", "address": ""},
    "consent": {"consent": True},
}


def holding(app: Flask, **changed: dict[str, Any] | None) -> Resident:
    """A resident with a complete draft; a step given as None is not answered yet. The search stands ready."""
    kept = {name: one for name, one in (KEPT | changed).items() if one is not None}
    cookie, _ = begin(Sketch(answers=kept, search="tan son nhi"))
    resident = Resident(app)
    resident.client.set_cookie("draft", cookie)
    return resident
