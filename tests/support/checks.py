"""What every page and every answer must keep, whatever it is about. Used by tests/support/pages.py."""

import re
from collections import Counter
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse

PORTAL_NAMES = {"vi": "Cổng Giám sát", "en": "Oversight Portal"}
EXIT = "https://vi.wikipedia.org/"
"""Where the exit button leads: the only address of another host on a page, but for the portal's own."""
UNLABELLED = {"hidden", "submit", "button"}

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
DOWNLOAD_POLICY = {"sandbox": "", "default-src": "'none'"}
# The legal values by their specifications; a browser ignores a header whose value it does not know (D.7).
EXACTLY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
NEVER = ("Server", "X-Powered-By", "Via", "Access-Control-Allow-Origin", "ETag", "Last-Modified")
FOREVER = "public, max-age=31536000, immutable"
NOT_INDEXED = "noindex, noarchive"
_FEATURE = re.compile(r"[a-z-]+=\(\)")


def check_page(soup: BeautifulSoup) -> None:
    """One h1, a title, a language, labels, ids once, forms that carry a token, nothing inline or foreign."""
    assert soup.html is not None
    language = str(soup.html.get("lang", ""))
    assert language in PORTAL_NAMES, f"lang={language!r}"
    assert len(soup.select("h1")) == 1, [one.get_text(strip=True) for one in soup.select("h1")]
    assert soup.h1 is not None
    assert soup.h1.get_text(strip=True), "an empty h1"
    _check_title(soup, PORTAL_NAMES[language])
    twice = [one for one, number in Counter(tag["id"] for tag in soup.select("[id]")).items() if number > 1]
    assert not twice, f"ids twice: {twice}"
    _check_fields(soup)
    for form in soup.select("form"):
        _check_form(form)
    _check_nothing_inline(soup)
    _check_addresses(soup)


def _check_title(soup: BeautifulSoup, name: str) -> None:
    assert len(soup.select("head > title")) == 1
    said, _, ending = soup.select("head > title")[0].get_text(strip=True).rpartition(" – ")
    assert ending == name, f"title ends with {ending!r}"
    assert said.strip(), "a title that says nothing"


def _check_fields(soup: BeautifulSoup) -> None:
    for field in soup.select("input, select, textarea"):
        if field.get("type") in UNLABELLED:
            continue
        labels = soup.select(f'label[for="{field.get("id")}"]') if field.get("id") else []
        named = field.get("aria-label") or any(one.get_text(strip=True) for one in labels)
        assert named, f"no label: {field}"
    for button in soup.select("button, a[href]"):
        named = button.get_text(strip=True) or button.get("aria-label") or button.select("img[alt], svg")
        assert named, f"nothing to read on {button}"


def _check_form(form: Tag) -> None:
    method = str(form.get("method", "")).lower()
    assert method in {"get", "post"}, f"a form without method: {str(form)[:200]}"
    if method == "post":
        tokens = form.select('input[type="hidden"][name="csrf_token"]')
        assert len(tokens) == 1, f"a form with {len(tokens)} tokens: {str(form)[:200]}"
        assert tokens[0].get("value")
    else:
        assert not form.select('[name="csrf_token"]'), "a token in an address"


def _check_nothing_inline(soup: BeautifulSoup) -> None:
    assert not soup.select("[style], style, script:not([src])")
    for tag in soup.find_all(True):
        loud = [name for name in tag.attrs if name.startswith("on")]
        assert not loud, f"{tag.name} {loud}"


def _check_addresses(soup: BeautifulSoup) -> None:
    """No address of another host but the exit, nothing loaded from elsewhere, no script address."""
    for tag in soup.find_all(True):
        for name in ("href", "src", "action", "formaction", "poster", "data", "srcset"):
            if name not in tag.attrs:
                continue
            address = str(tag[name])
            parts = urlsplit(address)
            if parts.scheme in {"tel", "mailto"} and tag.name == "a":
                continue
            foreign = parts.scheme or parts.netloc
            assert not foreign or (tag.name == "a" and address == EXIT), f"{name}={address}"
            if foreign:
                assert "noreferrer" in tag.get("rel", []), f"a referrer for {address}"


def check_headers(answer: TestResponse, *, secure: bool = False, static: bool = False) -> None:
    """The headers of any answer, with values that browsers know."""
    headers = answer.headers
    for name, value in EXACTLY.items():
        assert headers.getlist(name) == [value], f"{name}: {headers.getlist(name)}"
    assert headers.getlist("Content-Security-Policy") == [headers["Content-Security-Policy"]]
    found = policy_of(headers["Content-Security-Policy"])
    download = headers.get("Content-Disposition", "").startswith("attachment") and found != POLICY
    assert found == (DOWNLOAD_POLICY if download else POLICY), found
    features = [one.strip() for one in headers["Permissions-Policy"].split(",")]
    assert features
    assert all(_FEATURE.fullmatch(one) for one in features), features
    kept = FOREVER if static and answer.status_code == 200 else "no-store"
    assert headers.getlist("Cache-Control") == [kept]
    never = [name for name in NEVER if name in headers and not (static and name == "ETag")]
    assert not never, never
    assert ("Strict-Transport-Security" in headers) is secure
    for cookie in headers.getlist("Set-Cookie"):
        check_cookie(cookie, secure=secure)
    if answer.mimetype == "text/html":
        assert answer.content_type.lower() == "text/html; charset=utf-8"
        assert "Content-Encoding" not in headers, "pages are not compressed (BREACH)"


def policy_of(value: str) -> dict[str, str]:
    """The directives of a content security policy; a directive given twice counts as a fault."""
    found: dict[str, str] = {}
    for part in value.split(";"):
        name, _, values = part.strip().partition(" ")
        assert name not in found, f"{name} twice"
        found[name] = values.strip()
    return found


def check_cookie(line: str, *, secure: bool) -> None:
    """HttpOnly, SameSite=Strict, the whole host and no other; behind TLS also Secure and __Host-."""
    parts = [part.strip().lower() for part in line.split(";")]
    assert "httponly" in parts, line.split("=")[0]
    assert "samesite=strict" in parts, line.split("=")[0]
    assert "path=/" in parts, line.split("=")[0]
    assert not [part for part in parts if part.startswith("domain=")]
    assert ("secure" in parts) is secure
    assert line.startswith("__Host-") is secure
