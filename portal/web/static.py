"""Static files: addresses that hold a digest of the content, and text sent compressed.

Only these are compressed: a page that holds a secret beside what a stranger typed must not be (security D.8).
"""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

_TEXT = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class _Text(NamedTuple):
    plain: bytes
    packed: bytes
    digest: str


@lru_cache(maxsize=64)
def _text(path: Path, changed: int) -> _Text:
    plain = path.read_bytes()
    return _Text(plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:12])


def _read(path: Path) -> _Text:
    return _text(path, path.stat().st_mtime_ns)


def install(app: Flask) -> None:
    """Replace Flask's static view, and give the templates `static_url(name)`."""
    folder = Path(str(app.static_folder))

    def send(filename: str) -> ResponseReturnValue:
        safe = safe_join(str(folder), filename)
        if safe is None or Path(safe).suffix not in _TEXT or not Path(safe).is_file():
            return send_from_directory(folder, filename)
        return _answer(_read(Path(safe)), _TEXT[Path(safe).suffix])

    def static_url(name: str) -> str:
        """The address of a static file; its content is part of it, so it may be kept for ever."""
        return url_for("static", filename=name, v=_read(folder / name).digest)

    app.view_functions["static"] = send
    app.jinja_env.globals["static_url"] = static_url


def _answer(text: _Text, kind: str) -> Response:
    packed = request.accept_encodings.quality("gzip") > 0
    response = Response(text.packed if packed else text.plain, mimetype=kind)
    if packed:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.set_etag(text.digest + ("-gzip" if packed else ""))
    response.make_conditional(request)
    return response
