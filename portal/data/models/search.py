"""The sealed index of words of opened cases, by body. Technical and unaudited (decisions 19).

A case's words lie in its own row (a tail) until they are merged into a segment: a sealed list of cases, and
buckets of terms that are opened one by one. What is current of a case is where its row points.
"""

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import Key, Sealed


class BodySearchKey(Base):
    """A body's search key, sealed to one version of its content key."""

    __tablename__ = "search_key"
    __table_args__ = {"sqlite_with_rowid": False}

    body_id: Mapped[str] = mapped_column(String(48), ForeignKey("body.id"), primary_key=True)
    key_version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sealed_key: Mapped[Sealed]


class SearchSegment(Base):
    """The index of some hundred or thousand cases; never altered, only replaced.

    `removed`: how many of its cases are current elsewhere; `purge`: words in it must go soon.
    """

    __tablename__ = "search_segment"
    __table_args__ = (Index("ix_search_segment_body_id", "body_id", "level"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    body_id: Mapped[str] = mapped_column(String(48), ForeignKey("body.id"))
    key_version: Mapped[int] = mapped_column(Integer)
    level: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)
    removed: Mapped[int] = mapped_column(Integer, default=0)
    purge: Mapped[bool] = mapped_column(default=False)
    sealed_cases: Mapped[Sealed]


class SearchBucket(Base):
    """Some of the terms of a segment; which ones is decided by a keyed digest."""

    __tablename__ = "search_bucket"
    __table_args__ = {"sqlite_with_rowid": False}

    segment_id: Mapped[str] = mapped_column(ForeignKey("search_segment.id"), primary_key=True)
    bucket: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sealed_terms: Mapped[Sealed]


class SearchCase(Base):
    """Where the words of one case lie for one body: in a segment, or here (the tail)."""

    __tablename__ = "search_case"
    __table_args__ = (
        Index("ix_search_case_body_id_segment_id", "body_id", "segment_id"),
        Index("ix_search_case_case_id", "case_id"),
        {"sqlite_with_rowid": False},
    )

    body_id: Mapped[str] = mapped_column(String(48), ForeignKey("body.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    segment_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("search_segment.id"))
    key_version: Mapped[int] = mapped_column(Integer)
    mark: Mapped[bytes] = mapped_column(LargeBinary(16))
    sealed_words: Mapped[Sealed | None]
