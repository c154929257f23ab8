"""Files of something being written: noted under the writer's secret until they go along with a report."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.models.draft import DraftFile
from portal.domain.text import sort_key
from portal.papers.files import FileInfo, opened_description
from portal.vault.boxes import box_json, place


def row_of(draft_id: str, secret: bytes, file: FileInfo) -> dict[str, Any]:
    """The row that notes a stored file of a draft."""
    return {
        "id": file.id,
        "draft_id": draft_id,
        "clean_blob": file.clean_blob,
        "original_blob": file.original_blob,
        "sealed_meta": box_json(secret, asdict(file), bound_to=place("draft_file", file.id, "meta")),
    }


def files(draft_id: str, secret: bytes) -> tuple[FileInfo, ...]:
    """The files of a draft in the order of their names; raises Broken."""
    rows = session().scalars(select(DraftFile).where(DraftFile.draft_id == draft_id))
    infos = (opened_description(row.sealed_meta, secret, "draft_file", row.id) for row in rows)
    return tuple(sorted(infos, key=lambda file: (sort_key(file.name), file.id)))
