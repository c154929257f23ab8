"""Response headers of every page: policy of content, cache, referrer. One table, tested by a browser."""

from flask import Flask, Response, current_app, request

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_BY_LOWER = tuple((name.lower(), name, value) for name, value in HEADERS.items())
# These are for this place alone to say.
_DECIDED = {"cache-control", "x-robots-tag", "strict-transport-security", "server"}
INDEXED = "guide"
"""The stage that search engines may show."""


def install(app: Flask) -> None:
    """Every response of `app` carries HEADERS; nothing but static files may be stored anywhere."""

    @app.after_request
    def _dress(response: Response) -> Response:
        there = {name.lower() for name, _ in response.headers}
        # All at once: setting them one by one searches the list a dozen times, on every page.
        response.headers.extend([(name, value) for low, name, value in _BY_LOWER if low not in there])
        for name in there & _DECIDED:
            del response.headers[name]
        lasting = request.endpoint == "static" and response.status_code == 200
        decided = [("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-store")]
        if request.blueprint != INDEXED or response.status_code != 200:
            decided.append(("X-Robots-Tag", "noindex, noarchive"))
        if current_app.config["SECURE"]:
            decided.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))
        response.headers.extend(decided)
        return response
