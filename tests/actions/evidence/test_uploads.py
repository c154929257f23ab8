"""Uploads stay in memory and under their limit; names become harmless; every reason has its words."""

import tempfile
import unicodedata
from io import BytesIO

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug import formparser
from werkzeug.datastructures import FileStorage

from portal.domain.evidence import FILE_BYTES, Refusal, Removed
from portal.papers.files import FileRefused
from portal.web.uploads import (
    MAX_REQUEST,
    REFUSALS,
    REMOVALS,
    PortalRequest,
    read_upload,
    refusal_text,
    removed_text,
    safe_name,
    takes_files,
)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """An application with one view for files and one for text, in which a temporary file is a fault."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a temporary file")

    for module, name in (
        (formparser, "SpooledTemporaryFile"),
        (tempfile, "SpooledTemporaryFile"),
        (tempfile, "TemporaryFile"),
        (tempfile, "NamedTemporaryFile"),
        (tempfile, "mkstemp"),
    ):
        monkeypatch.setattr(module, name, refuse)
    app = Flask(__name__)
    app.request_class = PortalRequest
    app.config.update(MAX_CONTENT_LENGTH=1_000_000, MAX_FORM_MEMORY_SIZE=500_000)

    @app.before_request
    def look_for_a_token() -> None:  # as the CSRF protection does, before any view
        request.form.get("csrf_token")

    @app.post("/tep")
    @takes_files
    def file() -> str:
        stream = request.files["tep"].stream
        assert isinstance(stream, BytesIO)
        return str(len(read_upload(request.files["tep"])))

    @app.post("/chu")
    def text() -> str:
        return str(len(request.files))

    @app.errorhandler(FileRefused)
    def refused(fault: FileRefused) -> str:
        return fault.reason.value

    return app.test_client()


def form(size: int) -> bytes:
    """A multipart body by hand: the test client itself would write a large one to a temporary file."""
    head = b"--x\r\nContent-Disposition: form-data; name=tep; filename=a.jpg\r\n\r\n"
    return head + bytes(size) + b"\r\n--x--\r\n"


def sent(client: FlaskClient, path: str, size: int) -> tuple[int, str]:
    answer = client.post(path, data=form(size), content_type="multipart/form-data; boundary=x")
    return answer.status_code, answer.text


def test_a_large_upload_never_touches_the_disk(client: FlaskClient) -> None:
    assert sent(client, "/tep", FILE_BYTES) == (200, str(FILE_BYTES))


def test_a_little_too_large_is_told_beside_the_field(client: FlaskClient) -> None:
    assert sent(client, "/tep", FILE_BYTES + 1) == (200, "too_large")


def test_far_too_large_is_cut_off(client: FlaskClient) -> None:
    assert sent(client, "/tep", MAX_REQUEST + 1)[0] == 413


def test_other_views_keep_the_small_limit(client: FlaskClient) -> None:
    assert sent(client, "/chu", 2_000_000)[0] == 413
    assert sent(client, "/chu", 900_000) == (200, "1")


def test_a_body_without_length_is_cut_off_too(client: FlaskClient) -> None:
    answer = client.post(
        "/tep",
        input_stream=BytesIO(form(MAX_REQUEST)),
        headers={"Transfer-Encoding": "chunked"},
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413


def test_a_view_may_still_choose_its_own_limit(client: FlaskClient) -> None:
    with client.application.test_request_context("/chu", method="POST"):
        assert request.max_content_length == 1_000_000
        request.max_content_length = 77
        assert request.max_content_length == 77
    with client.application.test_request_context("/tep", method="POST"):
        assert request.max_content_length == MAX_REQUEST


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (None, Refusal.MISSING),
        (FileStorage(BytesIO(b"x"), ""), Refusal.MISSING),
        (FileStorage(BytesIO(b""), "a.jpg"), Refusal.EMPTY),
        (FileStorage(BytesIO(b"12345"), "a.jpg"), Refusal.TOO_LARGE),
    ],
)
def test_what_cannot_be_read(file: FileStorage | None, reason: Refusal) -> None:
    with pytest.raises(FileRefused) as fault:
        read_upload(file, limit=4)
    assert fault.value.reason is reason


def test_what_fits_is_read_whole() -> None:
    assert read_upload(FileStorage(BytesIO(b"1234"), "a"), limit=4) == b"1234"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("ảnh chụp.jpg", "ảnh chụp.jpg"),
        (unicodedata.normalize("NFD", "giấy tờ.pdf"), "giấy tờ.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\Desktop\\don.pdf", "don.pdf"),
        ("/media/lan/ảnh.png", "ảnh.png"),
        ("anh\u202egpj.exe", "anhgpj.exe"),
        ("a\u200b\u2066b\ufeff.png", "ab.png"),
        ('a"\r\nSet-Cookie: x=1.jpg', "a Set-Cookie x=1.jpg"),
        ("a\0b.jpg", "ab.jpg"),
        ("\ud800.jpg", "tệp"),
        (".htaccess", "htaccess"),
        ("...", "tệp"),
        ("", "tệp"),
        (None, "tệp"),
        ("<script>alert(1)</script>.jpg", "script.jpg"),
        ("x" * 300 + ".jpeg", "x" * 115 + ".jpeg"),
        ("a." + "b" * 300, "a." + "b" * 118),
    ],
)
def test_names_become_harmless(name: str | None, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("letter", ["đ", "ư", "字", "🙂"])
def test_long_names_fit_every_file_system(letter: str) -> None:
    name = safe_name(letter * 400 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name) <= 120
    assert len(name.encode()) <= 200


def test_every_reason_and_every_removal_has_its_words() -> None:
    assert set(REFUSALS) == set(Refusal)
    assert set(REMOVALS) == set(Removed)
    for reason in Refusal:
        text = refusal_text(reason)
        assert "%" not in text
        assert text.endswith(".")
    assert "10 MB" in refusal_text(Refusal.TOO_LARGE)


def test_what_was_removed_is_told_in_one_order() -> None:
    told = removed_text(["details", Removed.LOCATION])
    assert told[0] == "vị trí chụp"
    assert len(told) == 2
