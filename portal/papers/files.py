"""Files of reports, messages and cases: cleaned, sealed, stored; described under their owner's key."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from portal.action import session
from portal.data.cleaning import Refused, cleaner
from portal.data.db import new_id, store
from portal.data.models.report import Attachment, Under
from portal.domain.evidence import Refusal
from portal.vault.boxes import box_json, new_key, place, unbox_json
from portal.vault.streams import open_stream, seal_stream


class FileRefused(Exception):
    """The file cannot be taken; `reason` tells why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class FileInfo:
    """The description of a stored file; `key` and `original_key` are hexadecimal. Sizes in bytes."""

    id: str
    name: str
    media_type: str
    size: int
    removed: tuple[str, ...]
    clean_blob: str
    original_blob: str | None
    key: str
    original_key: str | None = None


def keep(name: str, data: bytes, *, with_original: bool) -> FileInfo:
    """Clean and store one file, outside any transaction; raises FileRefused, Busy, NoRoom.

    The plaintext never touches a disk. A blob whose row is never written is swept as an orphan.
    """
    result = cleaner.clean(data)
    if isinstance(result, Refused):
        raise FileRefused(result.reason)
    key, original_key = new_key(), new_key()
    clean_blob = store().blobs.put(seal_stream(key, [result.data]))
    original_blob = store().blobs.put(seal_stream(original_key, [data])) if with_original else None
    return FileInfo(
        id=new_id(),
        name=name,
        media_type=result.media_type,
        size=len(result.data),
        removed=tuple(sorted(item.value for item in result.removed)),
        clean_blob=clean_blob,
        original_blob=original_blob,
        key=key.hex(),
        original_key=original_key.hex() if with_original else None,
    )


def sealed_description(file: FileInfo, key: bytes, table: str) -> bytes:
    """The description under its owner's key, without the original's key (two persons open that)."""
    known = asdict(file) | {"original_key": None}
    return box_json(key, known, bound_to=place(table, file.id, "meta"))


def opened_description(sealed: bytes, key: bytes, table: str, file_id: str) -> FileInfo:
    """The description again; raises Broken."""
    known = unbox_json(key, sealed, bound_to=place(table, file_id, "meta"))
    return FileInfo(**known | {"removed": tuple(known["removed"])})


def attach(
    file: FileInfo,
    key: bytes,
    *,
    under: Under,
    report_id: str | None = None,
    case_id: str | None = None,
    message_id: str | None = None,
    body_id: str | None = None,
    sealed_original: bytes | None = None,
) -> None:
    """Write the row of a stored file, inside an act."""
    session().add(
        Attachment(
            id=file.id,
            under=under,
            report_id=report_id,
            case_id=case_id,
            message_id=message_id,
            body_id=body_id,
            clean_blob=file.clean_blob,
            original_blob=file.original_blob,
            sealed_meta=sealed_description(file, key, "attachment"),
            sealed_original=sealed_original,
        )
    )


def opened_files(rows: Iterable[Attachment], key: bytes) -> Iterator[FileInfo]:
    """The descriptions of attachments that lie under `key`."""
    for row in rows:
        yield opened_description(row.sealed_meta, key, "attachment", row.id)


def sealed_anew(file: FileInfo) -> FileInfo:
    """The same file stored once more under a key that nobody knew before; outside any transaction.

    Raises NoBlob, Broken, NoRoom. A blob whose row is never written is swept as an orphan.
    """
    key = new_key()
    blob = store().blobs.put(seal_stream(key, content(file)))
    return replace(file, clean_blob=blob, key=key.hex())


def content(file: FileInfo) -> Iterator[bytes]:
    """The cleaned copy, piece by piece; raises NoBlob, Broken."""
    return open_stream(bytes.fromhex(file.key), store().blobs.read(file.clean_blob))
