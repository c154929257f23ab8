"""Cookies: names and flags in one place, and sealed ones whose content only the server reads."""

import base64
import json
import time
from typing import Any

from flask import Response, current_app, request

from portal.vault.boxes import box, unbox
from portal.vault.errors import Broken


def cookie_name(name: str) -> str:
    """`__Host-` outside the demo: the browser then refuses it without TLS or from a sister host."""
    return f"__Host-{name}" if current_app.config["SECURE"] else name


def set_cookie(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """HttpOnly, SameSite=Strict, whole host; ends with the browser where `seconds` is None."""
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=seconds,
        httponly=True,
        samesite="Strict",
        secure=current_app.config["SECURE"],
        path="/",
    )


def drop_cookie(response: Response, name: str) -> None:
    response.delete_cookie(
        cookie_name(name), path="/", httponly=True, samesite="Strict", secure=current_app.config["SECURE"]
    )


def get_cookie(name: str) -> str | None:
    return request.cookies.get(cookie_name(name))


def seal_cookie(response: Response, name: str, content: dict[str, Any], *, seconds: int) -> None:
    """A cookie that opens on this server only, for `seconds` only."""
    body = json.dumps({"until": int(time.time()) + seconds, "content": content}).encode()
    sealed = box(current_app.config["COOKIE_KEY"], body, bound_to=f"cookie|{name}")
    set_cookie(response, name, base64.urlsafe_b64encode(sealed).decode(), seconds=seconds)


def open_cookie(name: str) -> dict[str, Any] | None:
    """The content of a sealed cookie; None where it is missing, foreign, altered or too old."""
    value = get_cookie(name)
    if not value or len(value) > 4096:
        return None
    try:
        sealed = base64.urlsafe_b64decode(value)
        body = json.loads(unbox(current_app.config["COOKIE_KEY"], sealed, bound_to=f"cookie|{name}"))
    except (Broken, ValueError):
        return None
    content: dict[str, Any] = body["content"]
    return content if body["until"] >= time.time() else None
