"""A picture anew from its pixels alone: nothing else of the file that was sent is in the copy.

Orientation is applied; colour profiles are dropped (colours of a wide-gamut phone become slightly paler);
transparency becomes white, for what an editor made transparent may still hold its colours; the copy is at
most 4,096 pixels long. Lossy pictures become JPEG, lossless ones PNG.

Not removed, because it is in the pixels: visible watermarks, the noise pattern of a camera's sensor.

Source: design, "Evidence files"; assurance 0.12 and 0.13.
"""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageFile
from PIL.ExifTags import IFD, Base
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from portal.data.cleaning_kinds import Declared, Unfit, declared
from portal.domain.evidence import CLEAN_BYTES, LONGEST_SIDE, PIXELS, FileKind, Refusal, Removed

# The plain classes: no registry, so no other parser is ever tried, and no second picture of a JPEG is read.
_OPENER: dict[str, Callable[[BytesIO], ImageFile.ImageFile]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": WebPImageFile,
}
_TURN = {
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_270,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_90,),
}
_QUALITIES = (90, 80, 65)
_DEEP = ("I", "I;16", "I;16B", "I;16L", "I;16N")
Image.MAX_IMAGE_PIXELS = None  # our own, stricter limit comes first and knows the format


def clean_image(data: bytes, form: str) -> tuple[FileKind, bytes, set[Removed]]:
    """Kind and bytes of the copy, what it lacks; Unfit if animated or too large, any error if damaged."""
    says = declared(data, form)
    if says.width * says.height > PIXELS[form]:
        raise Unfit(Refusal.TOO_MANY_PIXELS)
    picture, turn = _decode(data, form, says)
    picture = _reduced(_flat(picture, says.removed), says.removed)
    if isinstance(picture, ImageFile.ImageFile):
        picture = picture.copy()  # the pixels without the file
    for step in _TURN.get(turn, ()):
        picture = picture.transpose(step)
    picture.info = {}
    kind = FileKind.PNG if says.lossless else FileKind.JPEG
    return *_encode(picture, kind), says.removed


def _decode(data: bytes, form: str, says: Declared) -> tuple[Image.Image, int]:
    """Pixels and orientation; a large JPEG is decoded at a half, a quarter or an eighth."""
    file = _OPENER[form](BytesIO(data))
    if file.size != (says.width, says.height):
        raise Unfit(Refusal.DAMAGED)
    if form == "jpeg" and max(file.size) > LONGEST_SIDE:
        scale = (
            0.75 * LONGEST_SIDE / max(file.size)
        )  # down to three quarters, rather than decode four times as much
        file.draft(file.mode, (int(file.width * scale), int(file.height * scale)))
        says.removed.add(Removed.REDUCED)
    file.load()
    turn = _look_for_place(file, says.removed)
    return file, turn


def _look_for_place(file: ImageFile.ImageFile, removed: set[Removed]) -> int:
    """Orientation; notes whether the file told a place. Broken tags are no reason to refuse a picture."""
    try:
        exif = file.getexif()
        if exif.get_ifd(IFD.GPSInfo) or b"GPS" in _xmp(file):
            removed.add(Removed.LOCATION)
        if exif.get_ifd(IFD.IFD1):
            removed.add(Removed.PREVIEW)
        turn = exif.get(Base.Orientation, 1)
    except Exception:  # whatever hostile tags raise: the tags are dropped anyway
        return 1
    return turn if isinstance(turn, int) else 1


def _xmp(file: ImageFile.ImageFile) -> bytes:
    text = file.info.get("xmp", file.info.get("XML:com.adobe.xmp", b""))
    return text.encode() if isinstance(text, str) else bytes(text)


def _flat(picture: Image.Image, removed: set[Removed]) -> Image.Image:
    """Black and white, grey or RGB on white."""
    if picture.mode in _DEEP:
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        alpha = layered.getchannel("A")
        if alpha.getextrema() != (255, 255):
            removed.add(Removed.TRANSPARENCY)
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(layered, mask=alpha)
        return flat
    return picture if picture.mode in ("1", "L", "RGB") else picture.convert("RGB")


def _reduced(picture: Image.Image, removed: set[Removed]) -> Image.Image:
    if max(picture.size) <= LONGEST_SIDE:
        return picture
    removed.add(Removed.REDUCED)
    scale = LONGEST_SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    smooth = picture.convert("L") if picture.mode == "1" else picture
    return smooth.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _encode(picture: Image.Image, kind: FileKind) -> tuple[FileKind, bytes]:
    """Encoded within the limit; a PNG that is too large becomes a JPEG."""
    if kind is FileKind.PNG:
        out = BytesIO()
        picture.save(out, "PNG", compress_level=6)
        if out.tell() <= CLEAN_BYTES:
            return kind, out.getvalue()
    ink = picture.convert("L") if picture.mode == "1" else picture
    for quality in _QUALITIES:
        out = BytesIO()
        ink.save(out, "JPEG", quality=quality)
        if out.tell() <= CLEAN_BYTES:
            return FileKind.JPEG, out.getvalue()
    raise Unfit(Refusal.TOO_COMPLEX)
