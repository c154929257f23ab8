"""Files as downloads: never shown by the browser itself, never sniffed, never able to run anything (F.1)."""

from pathlib import PurePosixPath

from flask import Response

from portal.domain.evidence import EXTENSION, MEDIA_TYPE

_ENDINGS = {MEDIA_TYPE[kind]: ending for kind, ending in EXTENSION.items()}
UNKNOWN_TYPE = "application/octet-stream"


def download(name: str, media_type: str, data: bytes) -> Response:
    """`data` as an attachment under its own name, with the ending of what it really is."""
    known = media_type if media_type in _ENDINGS else UNKNOWN_TYPE
    response = Response(data, mimetype=known)
    response.headers.set("Content-Disposition", "attachment", filename=_named(name, known))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _named(name: str, media_type: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).stem or "tep"
    return stem[:100] + _ENDINGS.get(media_type, ".bin")
