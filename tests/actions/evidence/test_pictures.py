"""Pictures: nothing but the pixels survives, and what would burst is refused before it is decoded."""

import struct
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageOps

from portal.data.cleaning import Clean, Refused
from portal.domain.evidence import CLEAN_BYTES, LONGEST_SIDE, PIXELS, FileKind, Refusal, Removed
from tests.actions.evidence import samples

_Cleaned = Callable[[bytes], Clean]
_Refused = Callable[[bytes], Refused]
# What a bare picture says of itself; anything else would be a leak.
BARE = {
    "JPEG": "File:FileType File:FileTypeExtension File:MIMEType File:ImageWidth File:ImageHeight "
    "File:EncodingProcess File:BitsPerSample File:ColorComponents File:YCbCrSubSampling "
    "JFIF:JFIFVersion JFIF:ResolutionUnit JFIF:XResolution JFIF:YResolution",
    "PNG": "File:FileType File:FileTypeExtension File:MIMEType PNG:ImageWidth PNG:ImageHeight PNG:BitDepth "
    "PNG:ColorType PNG:Compression PNG:Filter PNG:Interlace",
}
MARKED = {
    "phone JPEG": samples.phone_jpeg(),
    "screen PNG": samples.screen_png(),
    "PNG with palette": samples.screen_png("P"),
    "grey PNG": samples.screen_png("L"),
    "black and white PNG": samples.screen_png("1"),
    "PNG with transparency": samples.screen_png("RGBA"),
    "lossy WebP": samples.chat_webp(),
    "lossless WebP": samples.chat_webp(lossless=True),
}


@pytest.mark.parametrize("data", MARKED.values(), ids=MARKED)
def test_the_samples_carry_what_must_go(data: bytes, tags: Callable) -> None:
    found = tags(data)
    assert samples.MARK in data
    assert any("GPSLatitude" in name for name in found)


@pytest.mark.parametrize("data", MARKED.values(), ids=MARKED)
def test_nothing_is_left_but_the_picture(data: bytes, cleaned: _Cleaned, tags: Callable) -> None:
    result = cleaned(data)
    assert samples.MARK not in result.data
    assert b"PK\x03\x04" not in result.data
    found = tags(result.data)
    assert set(found) == set(BARE[str(found["File:FileType"])].split())
    assert found["File:MIMEType"] == result.media_type
    assert result.removed >= {Removed.LOCATION, Removed.DETAILS, Removed.PREVIEW, Removed.TRAILING}


@pytest.mark.parametrize("data", MARKED.values(), ids=MARKED)
def test_the_picture_itself_is_unchanged(data: bytes, cleaned: _Cleaned) -> None:
    with Image.open(BytesIO(data)) as before, Image.open(BytesIO(cleaned(data).data)) as after:
        assert before.size == after.size
        first, second = before.convert("RGB"), after.convert("RGB")
        for point in ((40, 40), (280, 40), (40, 160), (280, 160)):
            pairs = zip(first.getpixel(point), second.getpixel(point), strict=True)
            assert all(abs(left - right) <= 6 for left, right in pairs)


def test_a_bare_picture_lost_nothing(cleaned: _Cleaned) -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        assert cleaned(samples.encoded(samples.picture(), form)).removed == frozenset()


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_a_turned_picture_is_set_upright(turn: int, form: str, cleaned: _Cleaned) -> None:
    data = samples.phone_jpeg(turn=turn) if form == "JPEG" else samples.screen_png(turn=turn)
    with Image.open(BytesIO(data)) as before, Image.open(BytesIO(cleaned(data).data)) as after:
        upright = ImageOps.exif_transpose(before).convert("RGB")
        assert after.size == upright.size
        width, height = after.size
        for point in ((20, 20), (width - 20, 20), (20, height - 20), (width - 20, height - 20)):
            near = zip(after.convert("RGB").getpixel(point), upright.getpixel(point), strict=True)
            assert all(abs(left - right) <= 6 for left, right in near)


def test_what_was_made_transparent_is_gone(cleaned: _Cleaned) -> None:
    hidden = Image.new("RGBA", (32, 32), (255, 0, 0, 0))  # red, erased by an editor
    result = cleaned(samples.encoded(hidden, "PNG"))
    with Image.open(BytesIO(result.data)) as after:
        assert after.mode == "RGB"
        assert after.getextrema() == ((255, 255),) * 3
    assert Removed.TRANSPARENCY in result.removed


def test_sixteen_bits_of_grey_become_eight(cleaned: _Cleaned) -> None:
    deep = Image.new("I;16", (8, 8), 0x8080)
    with Image.open(BytesIO(cleaned(samples.encoded(deep, "PNG")).data)) as after:
        assert after.convert("L").getpixel((4, 4)) == 0x80


def test_inks_become_colours(cleaned: _Cleaned) -> None:
    with Image.open(BytesIO(cleaned(samples.encoded(samples.picture("CMYK"), "JPEG")).data)) as after:
        assert after.mode == "RGB"


@pytest.mark.parametrize(
    ("form", "size"), [("JPEG", (8000, 3000)), ("PNG", (5000, 1000)), ("WEBP", (4500, 900))]
)
def test_large_pictures_are_reduced(form: str, size: tuple[int, int], cleaned: _Cleaned) -> None:
    result = cleaned(samples.encoded(samples.picture(size=size), form))
    with Image.open(BytesIO(result.data)) as after:
        assert 0.7 * LONGEST_SIDE < max(after.size) <= LONGEST_SIDE
        assert after.width / after.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert Removed.REDUCED in result.removed


def test_a_lossless_copy_that_is_too_large_becomes_lossy(cleaned: _Cleaned) -> None:
    noise = Image.frombytes("P", (2_500, 2_500), samples.noise(2_500 * 2_500))
    noise.putpalette(samples.noise(768))
    result = cleaned(samples.encoded(noise, "PNG"))
    assert result.kind is FileKind.JPEG
    assert len(result.data) <= CLEAN_BYTES


BOMBS = {
    "235 kB WebP of 268 megapixels": (samples.large_webp(16_383, 16_383), Refusal.TOO_MANY_PIXELS),
    "PNG of 169 megapixels": (samples.large_png(13_000, 13_000), Refusal.TOO_MANY_PIXELS),
    "PNG of 2,500 megapixels": (samples.large_png(50_000, 50_000, rows=9), Refusal.TOO_MANY_PIXELS),
    "GIF of 600 frames": (samples.animated("GIF", 600), Refusal.ANIMATED),
    "animated WebP": (samples.animated("WEBP"), Refusal.ANIMATED),
    "animated PNG": (samples.animated("PNG"), Refusal.ANIMATED),
    "PNG whose text unpacks to 64 MB": (samples.wordy_png(64 << 20), Refusal.DAMAGED),
}


@pytest.mark.parametrize(("data", "reason"), BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_in_little_memory(data: bytes, reason: Refusal, refused: _Refused) -> None:
    result = refused(data)
    assert result.reason is reason
    assert result.cost.peak_kb < 60_000
    assert result.cost.cpu_ms < 500


@pytest.mark.parametrize("form", ["png", "webp"])
def test_the_largest_that_is_taken_stays_within_its_memory(form: str, cleaned: _Cleaned) -> None:
    side = int(PIXELS[form] ** 0.5)
    if form == "png":
        data = samples.layered_png(side)
    else:
        data = samples.encoded(Image.new("RGBA", (side, side)), form, lossless=True, method=0)
    assert cleaned(data).cost.peak_kb < 640_000


def _with_second_frame_header(data: bytes) -> bytes:
    at = data.index(b"\xff\xc0")
    head = data[at : at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]]
    return data[:at] + head[:5] + struct.pack(">HH", 9_000, 9_000) + head[9:] + data[at:]


BROKEN = {
    "half a JPEG": samples.phone_jpeg(tail=b"")[:-1500],
    "JPEG without pixels": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20),
    "JPEG of two sizes": _with_second_frame_header(samples.encoded(samples.picture(), "JPEG")),
    "half a PNG": samples.encoded(samples.picture(), "PNG")[:300],
    "PNG without size": samples.encoded(samples.picture(), "PNG")[:8] + bytes(40),
    "half a WebP": samples.encoded(samples.picture(), "WEBP")[:200],
    "WebP that lies about its size": samples.encoded(samples.picture(), "WEBP")[:26]
    + b"\x01\0\x01\0"
    + bytes(80),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_damaged_pictures_are_refused(data: bytes, refused: _Refused) -> None:
    assert refused(data).reason in (Refusal.DAMAGED, Refusal.TOO_MANY_PIXELS)
