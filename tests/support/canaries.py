"""Words that stand nowhere else, and where they may be found afterwards: the canary sweep (assurance 5).

Every word is new in each run, so that a word found in a shared place (the database server's files) is of this
run. `everywhere` yields all bytes that a run left behind, by the name of the place.
"""

import io
import secrets
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from psycopg import sql

from portal.config import Settings
from tests.support import postgres, run


def word() -> str:
    """Eighteen letters that nobody writes."""
    return "zq" + "".join(secrets.choice("bcdfghjklmnpqrstvwx") for _ in range(16))


def photo(maker: str, degrees: int) -> bytes:
    """A JPEG that tells where it was taken and with what: the place's degrees, the owner's word."""
    picture = Image.new("RGB", (64, 48), (120, 30, 60))
    tags = Image.Exif()
    tags[0x010F] = maker
    tags[0x010E] = f"GPS {degrees}"
    place = tags.get_ifd(0x8825)
    place[1], place[2] = "N", (IFDRational(degrees, 7), IFDRational(3, 7), IFDRational(1, 7))
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=tags, comment=maker.encode())
    return target.getvalue()


def forms_of(text: str) -> tuple[bytes, ...]:
    """A word as it may stand in bytes: itself, without capitals, hexadecimal, in UTF-16."""
    plain = text.encode()
    return (plain, plain.lower(), plain.hex().encode(), text.encode("utf-16-le"))


def everywhere(settings: Settings, **more: str | bytes) -> Iterator[tuple[str, bytes]]:
    """Every file of the instance, every row and file of the database server, and what else is given."""
    for path in sorted(Path(settings.instance).rglob("*")):
        if path.is_file():
            yield f"file {path.relative_to(settings.instance)}", path.read_bytes()
        yield "name", str(path.relative_to(settings.instance)).encode()
    if settings.database.startswith("postgres"):
        yield from _server(Path(settings.instance).name)
    for name, content in more.items():
        yield name, content.encode() if isinstance(content, str) else content


def _server(database: str) -> Iterator[tuple[str, bytes]]:
    """Every row as stored, then the server's own files: the database's folder, the journal, the log."""
    folder = run.folder()
    with postgres.connect(folder, database) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            query = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(str(table)))
            with connection.cursor() as cursor, cursor.copy(query) as rows:
                yield f"table {table}", b"".join(bytes(part) for part in rows)
        connection.execute("CHECKPOINT")
        (number,) = connection.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchone() or (0,)
    data = folder / "pg" / "data"
    for place in (data / "base" / str(number), data / "pg_wal", data / "log"):
        for path in sorted(place.rglob("*")) if place.is_dir() else ():
            if path.is_file():
                yield f"server {path.relative_to(data)}", path.read_bytes()
    yield "server log", (folder / "pg.log").read_bytes()


def found(words: dict[str, str], places: Iterator[tuple[str, bytes]]) -> set[tuple[str, str]]:
    """Which word stands where, as (name of the word, place)."""
    hits = set()
    for place, content in places:
        for name, text in words.items():
            if any(form in content for form in forms_of(text)):
                hits.add((name, place))
    return hits
