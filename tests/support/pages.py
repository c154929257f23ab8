"""The pages of a face through Flask's test client, with the checks that every page must pass.

pages = Pages(create_app(settings.model_copy(update={"face": "staff"})))
pages.sign_in(*founded.made.signed_in("lead.front.P79b"))      # staff: no session row, no passphrase page
soup = pages.get("/can-bo/ho-so/")                             # 200, checked
pages.post("/can-bo/ho-so/…/thu-ly", {}, expect=303)           # token and hidden fields from the page's form
"""

from collections import Counter
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from portal.domain.permissions import Actor
from portal.vault.ring import KeyRing
from portal.web.access import SignedIn

UNLABELLED = {"hidden", "submit", "button"}


class Pages:
    """A browser without a screen: cookies are kept, redirects are not followed."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.answer: TestResponse | None = None

    def sign_in(self, actor: Actor, ring: KeyRing) -> None:
        """From now on this member of staff asks."""
        who = SignedIn(actor, ring, "Người thử", "Cơ quan thử", "session", True)
        self.app.login_manager.request_loader(lambda request: who)  # type: ignore[attr-defined]

    def get(self, address: str, expect: int = 200) -> BeautifulSoup:
        return self._checked(self.client.get(address), expect)

    def post(
        self, address: str, data: dict[str, Any], expect: int = 303, *, form_on: str = ""
    ) -> BeautifulSoup:
        """Send the page's own form (token and hidden fields) with `data`; `form_on`: where the form is."""
        page = BeautifulSoup(self.client.get(form_on or address).data, "html5lib")
        return self.send(address, hidden_of(page) | data, expect)

    def send(self, address: str, data: dict[str, Any], expect: int = 303) -> BeautifulSoup:
        """Send exactly this."""
        answer = self.client.post(address, data=data, content_type="multipart/form-data")
        return self._checked(answer, expect)

    @property
    def leads_to(self) -> str:
        """Where the last answer redirects."""
        assert self.answer is not None
        return str(self.answer.location)

    def _checked(self, answer: TestResponse, expect: int) -> BeautifulSoup:
        self.answer = answer
        assert answer.status_code == expect, f"{answer.status_code}\n{answer.get_data(as_text=True)[:3000]}"
        soup = BeautifulSoup(answer.data, "html5lib")
        if answer.mimetype == "text/html" and not 300 <= expect < 400:
            check(soup)
        return soup


def hidden_of(page: BeautifulSoup) -> dict[str, str]:
    """The hidden fields of the first form that is sent by POST."""
    form = page.select_one('form[method="post"]')
    assert form is not None, page.get_text()[:500]
    return {field["name"]: field.get("value", "") for field in form.select('input[type="hidden"]')}


def check(soup: BeautifulSoup) -> None:
    """One h1, a language, every field with a label, no id twice, nothing inline."""
    assert len(soup.select("h1")) == 1, [h.get_text(strip=True) for h in soup.select("h1")]
    assert soup.html is not None
    assert soup.html.get("lang")
    ids = Counter(tag["id"] for tag in soup.select("[id]"))
    assert not [one for one, number in ids.items() if number > 1]
    for field in soup.select("input, select, textarea"):
        if field.get("type") in UNLABELLED:
            continue
        named = field.get("aria-label") or soup.select_one(f'label[for="{field.get("id")}"]')
        assert named, f"no label: {field}"
    assert not soup.select("[style], [onclick], script:not([src])")
