"""Files as phones, scanners and offices make them, with the marks they leave; and files made to do harm."""

import random
import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

CANARY = "ChiBayDoiDien"  # stands wherever a maker may have left something; must be nowhere afterwards
MARK = CANARY.encode()


def picture(mode: str = "RGB", size: tuple[int, int] = (320, 200)) -> Image.Image:
    """Four coloured quarters, so that a turn is seen."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    half = (size[0] // 2, size[1] // 2)
    pen.rectangle((0, 0, *half), "red")
    pen.rectangle((half[0], 0, size[0], half[1]), "blue")
    pen.rectangle((0, half[1], half[0], size[1]), "green")
    return image.convert(mode)


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def exif(*, turn: int = 1, thumbnail: bool = True) -> bytes:
    """Device, author, place, a preview picture: what a phone writes (without the 'Exif' mark)."""
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0131], tags[0x013B] = CANARY, CANARY, CANARY, CANARY
    tags[0x0132], tags[0x0112] = "2026:11:20 08:15:30", turn
    tags.get_ifd(0x8825).update({1: "N", 2: (10.0, 46.0, 37.2), 3: "E", 4: (106.0, 37.0, 59.9)})
    tags.get_ifd(0x8769).update({0x9003: "2026:11:20 08:15:30", 0x927C: MARK * 4, 0xA430: CANARY})
    block = tags.tobytes()[6:]
    if not thumbnail:
        return block
    order = "<" if block[:2] == b"II" else ">"
    first = struct.unpack(order + "I", block[4:8])[0]
    pointer = first + 2 + 12 * struct.unpack(order + "H", block[first : first + 2])[0]
    small = encoded(picture(size=(64, 40)), "JPEG", comment=MARK)
    at = len(block) + len(block) % 2
    entries = struct.pack(
        order + "HHHIIHHIIHHII",
        3,
        0x0103,
        3,
        1,
        6 << 16 if order == ">" else 6,
        0x0201,
        4,
        1,
        at + 42,
        0x0202,
        4,
        1,
        len(small),
    )
    block = block[:pointer] + struct.pack(order + "I", at) + block[pointer + 4 :]
    return block.ljust(at, b"\0") + entries + bytes(4) + small


def xmp() -> bytes:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/" '
        f'exif:GPSLatitude="10,46.62N"><dc:creator><rdf:Seq><rdf:li>{CANARY}</rdf:li></rdf:Seq></dc:creator>'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("danh-sach.txt", CANARY)
    return out.getvalue()


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def phone_jpeg(*, turn: int = 1, size: tuple[int, int] = (320, 200), tail: bytes | None = None) -> bytes:
    """EXIF with place and preview, XMP, IPTC, profile, comment, a second picture, an archive behind."""
    record = b"".join(struct.pack(">BBBH", 0x1C, 2, kind, len(MARK)) + MARK for kind in (80, 105, 120))
    iptc = struct.pack(">14s4sHHI", b"Photoshop 3.0", b"8BIM", 0x0404, 0, len(record)) + record
    marks = (
        _segment(0xE1, b"Exif\0\0" + exif(turn=turn))
        + _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp())
        + _segment(0xE2, b"ICC_PROFILE\0\x01\x01" + MARK)
        + _segment(0xED, iptc + b"\0" * (len(iptc) % 2))
        + _segment(0xFE, MARK)
    )
    plain = encoded(picture(size=size), "JPEG", quality=92)
    second = encoded(picture(size=(160, 100)), "JPEG", comment=MARK)
    index = _segment(
        0xE2, _picture_index(len(plain) - 2, len(second))
    )  # the last mark, so distances are plain
    return plain[:2] + marks + index + plain[2:] + second + (archive() if tail is None else tail)


def _picture_index(distance: int, length: int) -> bytes:
    """CIPA DC-007: this picture, and one of `length` bytes right behind it."""
    entries = struct.pack(">IIIHH", 0x20030000, 0, 0, 0, 0) + struct.pack(
        ">IIIHH", 0x20002, length, distance + 82, 0, 0
    )
    fields = struct.pack(">HHI4s", 0xB000, 7, 4, b"0100")
    fields += struct.pack(">HHII", 0xB001, 4, 1, 2) + struct.pack(">HHII", 0xB002, 7, 32, 50)
    return b"MPF\0MM\0*" + struct.pack(">IH", 8, 3) + fields + bytes(4) + entries


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def screen_png(mode: str = "RGB", *, turn: int = 1) -> bytes:
    """Text in all three ways, EXIF, a date, a private chunk, an archive behind."""
    plain = encoded(picture(mode), "PNG")
    marks = (
        _chunk(b"tEXt", b"Author\0" + MARK)
        + _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(MARK))
        + _chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp())
        + _chunk(b"eXIf", exif(turn=turn))
        + _chunk(b"tIME", b"\x07\xea\x0b\x14\x08\x0f\x1e")
        + _chunk(b"prVt", MARK)
    )
    return plain[:33] + marks + plain[33:] + archive()


def chat_webp(*, lossless: bool = False) -> bytes:
    return encoded(picture(), "WEBP", lossless=lossless, exif=b"Exif\0\0" + exif(), xmp=xmp()) + archive()


def animated(form: str, frames: int = 3) -> bytes:
    shades = [Image.new("RGB", (16, 16), (0, 99 * number % 256, 0)) for number in range(frames)]
    return encoded(shades[0], form, save_all=True, append_images=shades[1:], duration=20)


def large_png(width: int, height: int, *, rows: int | None = None) -> bytes:
    """One bit per pixel, all black: kilobytes that decode to width × height; `rows` of them are there."""
    return _png((width, height), (1, 0), bytes((width // 8 + 1) * (height if rows is None else rows)))


def layered_png(side: int) -> bytes:
    """Square, of four bytes per pixel, all transparent."""
    return _png((side, side), (8, 6), bytes((4 * side + 1) * side))


def _png(size: tuple[int, int], depth: tuple[int, int], rows: bytes) -> bytes:
    body = zlib.compress(rows, 1)
    head = struct.pack(">IIBBBBB", *size, *depth, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def large_webp(width: int, height: int) -> bytes:
    """A lossless WebP that declares that size, 235 kB of it."""
    bits = (width - 1) | (height - 1) << 14
    body = b"\x2f" + struct.pack("<I", bits) + bytes(235_000)
    return b"RIFF" + struct.pack("<I", len(body) + 12) + b"WEBPVP8L" + struct.pack("<I", len(body)) + body


def _action(kind: str, **more: object) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def office_pdf(*, pages: int = 1) -> bytes:
    """What an office suite, a scanner and a malicious hand put into one file."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(300, 200))
    page = pdf.pages[0]
    photo = pdf.make_stream(phone_jpeg(), Type=Name.XObject, Subtype=Name.Image, Width=320, Height=200)
    photo.Filter, photo.ColorSpace, photo.BitsPerComponent = Name.DCTDecode, Name.DeviceRGB, 8
    packed = pdf.make_stream(
        zlib.compress(phone_jpeg()), Type=Name.XObject, Subtype=Name.Image, Width=320, Height=200
    )
    packed.Filter = Array([Name.FlateDecode, Name.DCTDecode])
    packed.ColorSpace, packed.BitsPerComponent = Name.DeviceRGB, 8
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(
        XObject=Dictionary({"/Im0": photo, "/AA": packed}), Font=Dictionary(F1=font)
    )
    page.obj.Contents = pdf.make_stream(
        b"q 100 0 0 60 10 10 cm /Im0 Do /AA Do Q BT /F1 12 Tf 20 150 Td (Noi dung) Tj ET"
    )
    page.obj.PieceInfo = Dictionary(App=Dictionary(LastModified=String("D:2026"), Private=String(CANARY)))
    page.obj.Metadata = pdf.make_stream(xmp(), Type=Name.Metadata, Subtype=Name.XML)
    page.obj.AA = Dictionary(O=_action("JavaScript", JS=String(f"app.alert('{CANARY}')")))
    notes = _annotations(pdf)
    page.obj.Annots = pdf.make_indirect(Array(notes))
    fields = Array([note for note in notes if note.Subtype == Name.Widget])
    script = _action("JavaScript", JS=pdf.make_stream(f"app.launchURL('https://{CANARY}')".encode()))
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.Root.AcroForm = Dictionary(
        Fields=fields, SigFlags=3, XFA=pdf.make_stream(f"<xdp>{CANARY}</xdp>".encode())
    )
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    item = pdf.make_indirect(
        Dictionary(Title=String("Muc"), Parent=pdf.Root.Outlines, A=_action("Launch", F=String(CANARY)))
    )
    pdf.Root.Outlines.First = pdf.Root.Outlines.Last = item
    pdf.attachments["bang-luong.txt"] = MARK
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [CANARY]
    pdf.docinfo["/Author"] = CANARY
    pdf.docinfo["/Company"] = CANARY
    out = BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def _annotations(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    box = Array([0, 0, 50, 50])
    made = [
        Dictionary(Subtype=Name.Link, Rect=box, A=_action("URI", URI=String(f"https://{CANARY}/"))),
        Dictionary(Subtype=Name.Link, Rect=box, A=_action("Launch", F=String(f"{CANARY}.exe"))),
        Dictionary(Subtype=Name.Link, Rect=box, Dest=Array([pdf.pages[0].obj, Name.Fit])),
        Dictionary(
            Subtype=Name.Widget,
            FT=Name.Btn,
            T=String("gui"),
            Rect=box,
            A=_action("SubmitForm", F=String(CANARY)),
        ),
        Dictionary(
            Subtype=Name.Text, Rect=box, T=String(CANARY), M=String("D:20261120"), Contents=String("Ghi chú")
        ),
        Dictionary(
            Subtype=Name.FileAttachment, Rect=box, FS=Dictionary(EF=Dictionary(F=pdf.make_stream(MARK)))
        ),
        Dictionary(
            Subtype=Name.Link,
            Rect=box,
            A=_action("GoTo", D=Array([pdf.pages[0].obj, Name.Fit]), Next=_action("Named", N=Name.Print)),
        ),
    ]
    signed = Dictionary(
        Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Name=String(CANARY), Contents=String(CANARY)
    )
    made.append(
        Dictionary(Subtype=Name.Widget, FT=Name.Sig, T=String("ky"), Rect=box, V=pdf.make_indirect(signed))
    )
    return [pdf.make_indirect(note) for note in made]


def small_pdf(*, pages: int = 1, **options: object) -> bytes:
    """Blank pages; `options` go to the saving."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(100, 100))
        out = BytesIO()
        pdf.save(out, **options)
    return out.getvalue()


def raw_pdf(objects: list[bytes]) -> bytes:
    """A PDF written by hand: the catalogue is object 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def pdf_of_pages(count: int, *, told: int) -> bytes:
    """A page tree that says it has `told` pages and has `count`, all the same one."""
    kids = b"3 0 R " * count
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%b]>>" % (told, kids),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    )


def bursting_pdf(size: int, *, twice: bool = False) -> bytes:
    """A page whose content inflates to `size` zero bytes."""
    engine = zlib.compressobj(1)
    piece = bytes(1 << 20)
    body = b"".join(engine.compress(piece) for _ in range(size >> 20)) + engine.flush()
    filters = b"/FlateDecode"
    if twice:
        body, filters = zlib.compress(body), b"[/FlateDecode/FlateDecode]"
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Filter%b/Length %d>>stream\n%b\nendstream" % (filters, len(body), body),
        ]
    )


def noise(length: int) -> bytes:
    """The same incompressible bytes every time."""
    return random.Random(7).randbytes(length)


def wordy_png(size: int) -> bytes:
    """A small picture with a compressed text of `size` bytes."""
    plain = encoded(picture(), "PNG")
    return plain[:33] + _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(size), 1)) + plain[33:]


def wide_pdf(side: int) -> bytes:
    """A picture of side × side grey pixels that are hardly there."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        image = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=side, Height=side)
        image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceGray
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()
