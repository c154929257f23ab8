"""The streams inside a PDF: pictures that carry their own tags, and compressed data that bursts.

Source: design, "Evidence files"; assurance 0.12. ISO/IEC 10918-1 B.1 (JPEG), 15444-1 I.4 (JPEG 2000).
"""

import zlib

from portal.data.cleaning_kinds import Unfit, jpeg_parts, jpeg_tells
from portal.domain.evidence import Refusal

INFLATED = 300 * 1024 * 1024  # bytes, of all compressed streams of a file together


def bare_jpeg(raw: bytes) -> bytes:
    """Without application segments, comments and whatever follows the picture; the pixels byte for byte."""
    start = raw.find(b"\xff\xd8")
    if start == -1:
        raise Unfit(Refusal.DAMAGED)
    raw = raw[start:]
    kept = (raw[begin:end] for marker, begin, end in jpeg_parts(raw) if not jpeg_tells(raw, marker, begin))
    return b"\xff\xd8" + b"".join(kept)


def bare_jpeg2000(raw: bytes) -> bytes:
    """Only the boxes that make the picture; a bare code stream has none."""
    if raw.startswith(b"\xff\x4f"):
        return raw
    kept, at = [], 0
    while at + 8 <= len(raw):
        length, kind = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(raw[at + 8 : at + 16], "big")
        end = len(raw) if length == 0 else at + length
        if end <= at:
            raise Unfit(Refusal.DAMAGED)
        if kind in (b"jP  ", b"ftyp", b"jp2h", b"jp2c"):
            kept.append(raw[at:end])
        at = end
    return b"".join(kept)


def inflated(raw: bytes) -> int:
    """How many bytes a compressed stream becomes, found without holding them; Unfit beyond the allowance."""
    engine, size, rest = zlib.decompressobj(), 0, raw
    while rest and not engine.eof:
        try:
            size += len(engine.decompress(rest, 1024 * 1024))
        except zlib.error:  # readers show what came before the fault
            break
        rest = engine.unconsumed_tail
        if size > INFLATED:
            raise Unfit(Refusal.TOO_COMPLEX)
    return size
