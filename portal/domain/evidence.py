"""Files given as evidence: kinds taken, limits, and why a file is refused or what was taken out of it.

Source: design, "Evidence files"; decisions 23. Sizes in bytes, pictures in pixels.
"""

from enum import StrEnum

FILE_BYTES = 10 * 1024 * 1024  # one file as it is sent
FILES_PER_REPORT = 5
PDF_PAGES = 1_000
# A picture is refused by the size that its header declares, before anything is decoded. A JPEG can be decoded
# at a fraction of its size (so the largest phone pictures are taken); WebP only whole, twice over.
PIXELS = {"jpeg": 50_000_000, "png": 40_000_000, "webp": 24_000_000}
LONGEST_SIDE = 4_096  # larger pictures are reduced: an A4 page at 350 dots per inch
CLEAN_BYTES = 12 * 1024 * 1024  # the clean copy


class FileKind(StrEnum):
    """What a clean copy is. Two formats for pictures: every office computer shows and prints them."""

    JPEG = "jpeg"
    PNG = "png"
    PDF = "pdf"


MEDIA_TYPE = {FileKind.JPEG: "image/jpeg", FileKind.PNG: "image/png", FileKind.PDF: "application/pdf"}
EXTENSION = {FileKind.JPEG: ".jpg", FileKind.PNG: ".png", FileKind.PDF: ".pdf"}


class Refusal(StrEnum):
    """Why a file is not taken."""

    MISSING = "missing"  # no file in the form
    EMPTY = "empty"
    TOO_LARGE = "too_large"  # bytes
    TOO_MANY = "too_many"  # files of one report
    NO_ROOM = "no_room"  # the disk's reserve is for reports without files
    UNKNOWN = "unknown"
    HEIC = "heic"
    ANIMATED = "animated"
    OFFICE = "office"
    MEDIA = "media"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_COMPLEX = "too_complex"  # needs more memory or time than one file may take
    CRASHED = "crashed"  # the cleaner died on it


class Removed(StrEnum):
    """What the clean copy no longer has, or how it differs from what was sent."""

    LOCATION = "location"
    DETAILS = "details"  # device, software, author, dates, comments
    PREVIEW = "preview"
    TRAILING = "trailing"  # whatever stood behind the end of the picture
    TRANSPARENCY = "transparency"
    REDUCED = "reduced"
    SCRIPT = "script"
    ACTION = "action"  # links and what happens on opening, printing, sending
    EMBEDDED = "embedded"  # files, sounds and films inside the file
    FORM = "form"
    SIGNATURE = "signature"
    REVISIONS = "revisions"
    REPAIRED = "repaired"


class Busy(Exception):
    """All cleaning slots are taken; nothing was done, the same file may be sent again in a moment."""
