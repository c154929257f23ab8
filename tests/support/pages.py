"""The pages of a face through Flask's test client, with the checks that every page must pass.

    pages = Pages(create_app(settings))
    pages.sign_in("lead.front.C27019b")               # the real sign-in page (people.PASSPHRASE)
    pages.sign_in(actor, ring)                        # or at once, for tests of other things
    soup = pages.get("triage.case", case_id=case.id)  # an endpoint, or an address; 200, and checked
    pages.post("triage.classify", {"kind": "petition"}, case_id=case.id)  # with the form's hidden fields
    pages.reporter(code)                              # the real look-up of a receipt

Every answer is checked (checks.py): headers, and on a page headings, titles, labels, ids, forms, nothing
inline, nothing foreign. An undefined name in a template is an answer 500, so it never passes.
"""

from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from portal.domain.permissions import Actor
from portal.vault.ring import KeyRing
from portal.web.access import SignedIn
from tests.support import people
from tests.support.checks import check_headers, check_page


class Pages:
    """A browser without a screen: cookies are kept, redirects are not followed."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.answer: TestResponse | None = None

    def sign_in(self, who: str | Actor, ring: KeyRing | None = None) -> None:
        """From now on this member of staff asks: by the real page for a login name, else at once."""
        if isinstance(who, Actor):
            assert ring is not None
            seat = SignedIn(who, ring, "Người thử", "Cơ quan thử", "session", True)
            self.app.login_manager.request_loader(lambda request: seat)  # type: ignore[attr-defined]
            return
        # These people have no second factor, which only the demonstration allows.
        strict = self.app.config["DEMO"]
        self.app.config["DEMO"] = True
        try:
            self.post("accounts.sign_in", {"login": who, "passphrase": people.PASSPHRASE})
        finally:
            self.app.config["DEMO"] = strict

    def reporter(self, code: str) -> BeautifulSoup:
        """Open the mailbox of a receipt through its page; returns what it shows."""
        self.post("mailbox.enter", {"code": code})
        return self.get(self.leads_to)

    def address(self, target: str, **values: Any) -> str:
        """The address of an endpoint; an address stays as it is."""
        if target.startswith("/"):
            return target
        with self.app.test_request_context():
            return str(self.app.url_for(target, **values))

    def get(self, target: str, expect: int = 200, **values: Any) -> BeautifulSoup:
        return self._checked(self.client.get(self.address(target, **values)), expect)

    def follow(self) -> BeautifulSoup:
        """The page that the last answer redirects to."""
        return self.get(self.leads_to)

    def post(
        self, target: str, data: dict[str, Any], expect: int = 303, *, form_on: str = "", **values: Any
    ) -> BeautifulSoup:
        """Send the page's own form (token and hidden fields) with `data`; `form_on`: where the form is."""
        address = self.address(target, **values)
        page = BeautifulSoup(self.client.get(form_on or address).data, "html5lib")
        return self.send(address, hidden_of(page, address) | data, expect)

    def send(self, target: str, data: dict[str, Any], expect: int = 303, **values: Any) -> BeautifulSoup:
        """Send exactly this."""
        address = self.address(target, **values)
        return self._checked(self.client.post(address, data=data, content_type="multipart/form-data"), expect)

    @property
    def leads_to(self) -> str:
        """Where the last answer redirects."""
        assert self.answer is not None
        return str(self.answer.location)

    @property
    def text(self) -> str:
        """The last answer as it came."""
        assert self.answer is not None
        return self.answer.get_data(as_text=True)

    def _checked(self, answer: TestResponse, expect: int) -> BeautifulSoup:
        self.answer = answer
        assert answer.status_code == expect, f"{answer.status_code}\n{answer.get_data(as_text=True)[:3000]}"
        check_headers(
            answer, secure=self.app.config["SECURE"], static=answer.request.path.startswith("/static/")
        )
        soup = BeautifulSoup(answer.data, "html5lib")
        if answer.mimetype == "text/html" and not 300 <= expect < 400:
            check_page(soup)
        return soup


def hidden_of(page: BeautifulSoup, action: str = "") -> dict[str, str]:
    """The hidden fields of the form that is sent by POST to `action`, else of the first one."""
    forms = page.select('main form[method="post"]') or page.select('form[method="post"]')
    assert forms, page.get_text()[:500]
    form = next((one for one in forms if action and one.get("action") == action), forms[0])
    return {str(field["name"]): str(field.get("value", "")) for field in form.select('input[type="hidden"]')}
