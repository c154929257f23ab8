"""Recognise a file by its first bytes, and read what a picture declares about itself without decoding it.

Names and declared types are never looked at. Recognition only chooses the parser; the parser is the proof.

Source: design, "Evidence files"; assurance 0.12 (small uploads are big once decoded).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.domain.evidence import Refusal, Removed

_PDF_HEADER_WITHIN = 1024  # as readers do (PDF 1.7, appendix H.3 note 13)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_SIGNATURES: tuple[tuple[int, bytes, str | Refusal], ...] = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (8, b"WEBP", "webp"),
    (0, b"GIF8", Refusal.ANIMATED),
    *((8, brand, Refusal.HEIC) for brand in _HEIC_BRANDS),
    (8, b"avif", Refusal.UNKNOWN),
    (4, b"ftyp", Refusal.MEDIA),
    (0, b"PK\x03\x04", Refusal.OFFICE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refusal.OFFICE),
    (0, b"OggS", Refusal.MEDIA),
    (0, b"ID3", Refusal.MEDIA),
    (0, b"\xff\xfb", Refusal.MEDIA),
    (0, b"fLaC", Refusal.MEDIA),
    (0, b"#!AMR", Refusal.MEDIA),
    (0, b"\x1aE\xdf\xa3", Refusal.MEDIA),
    (8, b"WAVE", Refusal.MEDIA),
    (8, b"AVI ", Refusal.MEDIA),
)
_PNG_PLAIN = (
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"sBIT",
    b"bKGD",
    b"pHYs",
    b"hIST",
)

_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_BARE_MARKERS = {0x01, 0xD8, _END, *range(0xD0, 0xD8)}  # without a body
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # in coded pixels FF is followed by 00 or a restart


class Unfit(Exception):
    """The file is refused, for the reason given."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass
class Declared:
    """What a picture says of itself before it is decoded. `lossless` decides the format of the copy."""

    width: int = 0
    height: int = 0
    lossless: bool = False
    removed: set[Removed] = field(default_factory=set)

    def grow(self, width: int, height: int) -> None:
        self.width, self.height = max(self.width, width), max(self.height, height)


def recognise(data: bytes) -> str:
    """'jpeg', 'png', 'webp' or 'pdf'; Unfit for everything else."""
    for offset, mark, answer in _SIGNATURES:
        if data.startswith(mark, offset) and (offset < 8 or data[:4] == b"RIFF" or data[4:8] == b"ftyp"):
            if isinstance(answer, Refusal):
                raise Unfit(answer)
            return answer
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return "pdf"
    raise Unfit(Refusal.UNKNOWN)


def declared(data: bytes, form: str) -> Declared:
    """Size and extras of a picture from its headers alone; Unfit if animated or without a size."""
    answer = {"jpeg": _jpeg, "png": _png, "webp": _webp}[form](data)
    if not (answer.width and answer.height):
        raise Unfit(Refusal.DAMAGED)
    return answer


def jpeg_parts(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, end) of each segment up to the end of the picture; a scan takes in its coded pixels.

    Whatever follows the first end of image (a second picture, an archive) is not part of it.
    """
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:  # stray bytes between segments: decoders skip them too
            at = data.find(b"\xff", at)
            if at == -1:
                return
            continue
        marker, end = data[at + 1], at + 2
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker not in _BARE_MARKERS:
            end += int.from_bytes(data[end : end + 2], "big")
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, end)
            end = following.start() if following else len(data)
        yield marker, at, end
        if marker == _END:
            return
        at = end


def jpeg_tells(data: bytes, marker: int, start: int) -> bool:
    """Whether a segment carries something else than the picture (JFIF and Adobe tell only the colours)."""
    if marker == _COMMENT:
        return True
    return 0xE0 <= marker <= 0xEF and not data.startswith((b"JFIF\0", b"Adobe"), start + 4)


def _jpeg(data: bytes) -> Declared:
    answer = Declared()
    for marker, start, end in jpeg_parts(data):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            answer.grow(*(int.from_bytes(data[start + at : start + at + 2], "big") for at in (7, 5)))
        elif jpeg_tells(data, marker, start):
            answer.removed.add(Removed.DETAILS)
            if data.startswith(b"MPF\0", start + 4):
                answer.removed.add(Removed.PREVIEW)
        elif marker == _END and data[end:].strip(b"\0\xff"):
            answer.removed.add(Removed.TRAILING)
    return answer


def _png(data: bytes) -> Declared:
    answer, at = Declared(lossless=True), 8
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind == b"IHDR":
            answer.grow(
                int.from_bytes(data[at + 8 : at + 12], "big"), int.from_bytes(data[at + 12 : at + 16], "big")
            )
        elif kind == b"acTL" and int.from_bytes(data[at + 8 : at + 12], "big") > 1:
            raise Unfit(Refusal.ANIMATED)
        elif kind not in _PNG_PLAIN:
            answer.removed.add(Removed.DETAILS)
        at += 12 + length
        if kind == b"IEND":
            break
    if data[at:]:
        answer.removed.add(Removed.TRAILING)
    return answer


def _webp(data: bytes) -> Declared:
    answer, at, end = Declared(), 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= min(len(data), end):
        length, kind = int.from_bytes(data[at + 4 : at + 8], "little"), data[at : at + 4]
        body = data[at + 8 : at + 18]
        if kind == b"VP8X":
            if body[0] & 0x02:
                raise Unfit(Refusal.ANIMATED)
            answer.grow(1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little"))
        elif kind == b"VP8 ":
            answer.grow(
                int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
            )
        elif kind == b"VP8L":
            bits = int.from_bytes(body[1:5], "little")
            answer.grow((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
            answer.lossless = True
        elif kind in (b"ANIM", b"ANMF"):
            raise Unfit(Refusal.ANIMATED)
        elif kind != b"ALPH":
            answer.removed.add(Removed.DETAILS)
        at += 8 + length + (length & 1)
    if data[end + (end & 1) :]:
        answer.removed.add(Removed.TRAILING)
    return answer
