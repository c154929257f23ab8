"""Complete drafts, each with its own cookie, session and CSRF token: only the last button is left to press.

They are made through the form's own code, before the timed part; a load then sends each of them once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from secrets import token_bytes, token_hex
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, session
from flask_wtf.csrf import generate_csrf
from werkzeug.http import parse_cookie

from portal.bench.base import WARD, WARD_NAME
from portal.config import Settings
from portal.data.cleaning import cleaner
from portal.data.reference import shipped
from portal.domain.drafting import FormStep, Sketch
from portal.intake.actions import evidence
from portal.intake.actions.draft import begin
from portal.intake.queries.draft import Held, Ticket, draft
from portal.vault.receipts import receipt_code

SUBMIT = "/phan-anh/gui"
FORM = "application/x-www-form-urlencoded"
STORY = (
    6 * "Sáng thứ Hai tôi nộp hồ sơ xin xác nhận tạm trú ở bộ phận một cửa. Cán bộ trả hồ sơ, bảo thiếu giấy "
    "mà không ghi phiếu, rồi nói nếu nộp thêm tiền thì làm ngay. Tôi hỏi phiếu thu thì không có. "
).strip()
_ANSWERS: dict[FormStep, dict[str, Any]] = {
    FormStep.KIND: {"kind": "act"},
    FormStep.PLACE: {"area_id": WARD, "name": WARD_NAME, "street": ""},
    FormStep.OFFICE: {
        "body_id": f"committee.{WARD}",
        "name": "Ủy ban nhân dân phường Tây Thạnh",
        "kind": "committee",
        "level": "commune",
        "area_id": WARD,
        "detail": "",
    },
    FormStep.POST: {"post_key": "", "post_name": "", "group": "", "person": ""},
    FormStep.TIES: {"front": "no", "party": "unknown", "inspection": "no"},
    FormStep.CATEGORY: {"category": "asking_money"},
    FormStep.SIGNS: {"money_asked": "yes", "no_fee_receipt": "yes", "go_between": "no"},
    FormStep.WHEN: {"when": "2026-11", "period": "", "where": "Bộ phận một cửa"},
    FormStep.EVIDENCE: {},
    FormStep.ABOUT: {"openness": "anonymous"},
    FormStep.CONSENT: {
        "consent": True,
        "names_somebody": "no",
        "has_evidence": "no",
        "can_be_verified": "yes",
    },
}


@dataclass(frozen=True)
class Ready:
    """A complete draft: its ticket, and what the browser sends to hand it in."""

    ticket: Ticket
    cookies: str = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def request(self) -> bytes:
        """The whole POST."""
        return _post(SUBMIT, self.body, self.cookies)

    @property
    def code(self) -> str:
        """The receipt code that this draft has to bring."""
        return receipt_code(self.ticket.secret, self.ticket.draft_id)


def answers(story: str = STORY) -> dict[str, dict[str, Any]]:
    """The answers to every step of the form."""
    return {step.value: dict(given) for step, given in _ANSWERS.items()} | {
        FormStep.STORY.value: {"story": story}
    }


def prepare(app: Flask, stories: Iterable[str]) -> list[Ready]:
    """One complete draft per story, in the open store of `app`."""
    return [_ready(app, *begin(Sketch(answers=answers(story)))) for story in stories]


def with_image(app: Flask, stories: Iterable[str]) -> list[Ready]:
    """As `prepare`, each with one photograph, which was cleaned and sealed as the form does."""
    photograph = shipped("demo/tram-y-te.jpg")
    made = []
    for story in stories:
        cookie, held = begin(Sketch(answers=answers(story)))
        evidence.add(held, "anh.jpg", photograph, with_original=False)
        made.append(_ready(app, cookie, draft(held.ticket) or held))
    cleaner.close()
    return made


def _ready(app: Flask, cookie: str, held: Held) -> Ready:
    token, signed = csrf(app)
    body = urlencode({"csrf_token": token, "version": str(held.version)}).encode()
    return Ready(held.ticket, f"draft={cookie}; {app.config['SESSION_COOKIE_NAME']}={signed}", body)


def signer(settings: Settings) -> Flask:
    """An application that signs sessions and CSRF tokens as the portal does, and no more."""
    app = Flask("signer")
    app.config.update(SECRET_KEY=settings.secret_key, SESSION_COOKIE_NAME="portal")
    return app


def csrf(app: Flask) -> tuple[str, str]:
    """A fresh CSRF token and the value of the session cookie that goes with it."""
    with app.test_request_context():
        token = generate_csrf()
        response = Response()
        app.session_interface.save_session(app, session, response)
    kept = parse_cookie(response.headers["Set-Cookie"])
    return token, str(kept[app.config["SESSION_COOKIE_NAME"]])


def unknown_code() -> str:
    """A well-formed receipt code of no report."""
    return receipt_code(token_bytes(32), token_hex(16))


def post(path: str, fields: dict[str, str], cookies: str = "") -> bytes:
    """A POST as a browser sends it."""
    return _post(path, urlencode(fields).encode(), cookies)


def get(path: str, cookies: str = "") -> bytes:
    """A GET as a browser sends it."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n".encode()


def _post(path: str, body: bytes, cookies: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
