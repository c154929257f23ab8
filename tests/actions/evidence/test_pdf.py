"""PDF: what is seen stays; what acts, hides or tells of its maker goes."""

import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from portal.data.cleaning import Clean, Refused
from portal.domain.evidence import FileKind, Refusal, Removed
from tests.actions.evidence import samples

_Cleaned = Callable[[bytes], Clean]
_Refused = Callable[[bytes], Refused]


def opened(data: bytes) -> Pdf:
    return pikepdf.open(BytesIO(data))


def plain(data: bytes) -> bytes:
    """The whole file without compression, so that a search of bytes finds everything."""
    out = BytesIO()
    with opened(data) as pdf:
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        pictures = b"".join(item.read_raw_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream))
    return out.getvalue() + pictures


@pytest.fixture(scope="module")
def office() -> bytes:
    return samples.office_pdf()


def test_the_sample_carries_what_must_go(office: bytes) -> None:
    text = plain(office)
    for mark in (
        b"/JavaScript",
        b"/OpenAction",
        b"/EmbeddedFile",
        b"/Launch",
        b"/SubmitForm",
        b"/XFA",
        b"/PieceInfo",
    ):
        assert mark in text
    assert text.count(samples.MARK) > 20


def test_nothing_is_left_of_makers_scripts_and_files(office: bytes, cleaned: _Cleaned) -> None:
    result = cleaned(office)
    assert (result.kind, result.media_type, result.extension) == (FileKind.PDF, "application/pdf", ".pdf")
    text = plain(result.data)
    assert samples.MARK not in text
    gone = (
        rb"/(JavaScript|JS|OpenAction|Launch|URI|SubmitForm|Named|EmbeddedFiles?|FileAttachment|XFA|Metadata|"
        rb"PieceInfo|LastModified|Info|ByteRange|M|Next)\b"
    )
    assert re.search(gone, text) is None
    assert text.count(b"/AA") == 1  # the picture of that name
    assert result.removed == {
        Removed.DETAILS,
        Removed.SCRIPT,
        Removed.ACTION,
        Removed.EMBEDDED,
        Removed.FORM,
        Removed.SIGNATURE,
    }


def test_what_is_seen_stays(office: bytes, cleaned: _Cleaned) -> None:
    with opened(office) as before, opened(cleaned(office).data) as after:
        assert len(before.pages) == len(after.pages)
        assert before.pages[0].Contents.read_bytes() == after.pages[0].Contents.read_bytes()
        assert list(after.pages[0].mediabox) == list(before.pages[0].mediabox)
        assert set(after.pages[0].Resources.XObject.keys()) == {"/Im0", "/AA"}  # a picture may bear any name
        assert "/F1" in after.pages[0].Resources.Font
        for name in ("/Im0", "/AA"):
            pictures = [pikepdf.PdfImage(pdf.pages[0].Resources.XObject[name]) for pdf in (before, after)]
            first, second = (picture.as_pil_image().convert("RGB").tobytes() for picture in pictures)
            assert first == second
        notes = list(after.pages[0].Annots)
        assert [str(note.get("/Contents", "")) for note in notes if note.Subtype == Name.Text] == ["Ghi chú"]
        assert sum("/Dest" in note for note in notes) == 1
        assert [str(note.A.S) for note in notes if note.get("/A")] == ["/GoTo"]
        assert after.Root.Outlines.First.Title == "Muc"


def test_a_scan_loses_the_tags_of_its_picture(office: bytes, cleaned: _Cleaned, tags: Callable) -> None:
    with opened(cleaned(office).data) as pdf:
        for name in ("/Im0", "/AA"):
            picture = pdf.pages[0].Resources.XObject[name]
            assert picture.Filter == Name.DCTDecode
            found = tags(picture.read_raw_bytes())
            assert {key.split(":")[0] for key in found} == {"File", "JFIF"}


def test_independent_tools_agree(office: bytes, cleaned: _Cleaned, tags: Callable, tmp_path: Path) -> None:
    data = cleaned(office).data
    allowed = "File:FileType File:FileTypeExtension File:MIMEType "
    allowed += "PDF:PDFVersion PDF:Linearized PDF:PageCount PDF:HasXFA"
    found = tags(data)
    assert set(found) <= set(allowed.split())
    assert found.get("PDF:HasXFA", "No") in ("No", False)
    program = shutil.which("qpdf")
    if program is None:
        pytest.skip("qpdf is missing: the copy's structure was NOT checked by it")
    place = tmp_path / "copy.pdf"
    place.write_bytes(data)
    check = subprocess.run([program, "--check", place], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr
    listed = subprocess.run([program, "--list-attachments", place], capture_output=True, check=True).stdout
    assert b"has no embedded files" in listed


def test_earlier_revisions_are_gone(cleaned: _Cleaned) -> None:
    first = samples.raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Length 25>>stream\n(" + samples.MARK + b") Tj    \nendstream",
        ]
    )
    previous = first.rindex(b"startxref") + 10
    start = int(first[previous : first.index(b"\n", previous)])
    place = len(first) + 1
    second = first + b"\n4 0 obj\n<</Length 4>>stream\n(x)T\nendstream\nendobj\n"
    table = len(second)
    second += b"xref\n4 1\n%010d 00000 n \n" % place
    second += b"trailer\n<</Size 5/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (start, table)
    result = cleaned(second)
    assert samples.MARK not in plain(result.data)
    assert Removed.REVISIONS in result.removed
    with opened(result.data) as pdf:
        assert pdf.pages[0].Contents.read_bytes().startswith(b"(x)T")


def test_the_identifier_is_made_anew(cleaned: _Cleaned) -> None:
    with opened(samples.small_pdf()) as pdf:
        pdf.trailer.ID = Array([String(samples.CANARY + "345"), String(samples.CANARY + "678")])
        out = BytesIO()
        pdf.save(out)
    assert samples.MARK.hex().encode() in out.getvalue()
    assert samples.MARK.hex().encode() not in plain(cleaned(out.getvalue()).data)
    assert cleaned(out.getvalue()).data == cleaned(out.getvalue()).data


def test_what_stands_before_and_behind_the_file_is_gone(cleaned: _Cleaned) -> None:
    result = cleaned(b"<script>" + samples.MARK + b"</script>\n" + samples.small_pdf() + samples.archive())
    assert result.data.startswith(b"%PDF-")
    assert samples.MARK not in plain(result.data)
    assert b"PK\x03\x04" not in result.data


def test_a_page_keeps_no_private_entries(cleaned: _Cleaned) -> None:
    with opened(samples.small_pdf()) as pdf:
        pdf.pages[0].obj.AppPrivate = Dictionary(Author=String(samples.CANARY))
        pdf.Root.Private = String(samples.CANARY)
        pdf.trailer["/Maker"] = String(samples.CANARY)
        out = BytesIO()
        pdf.save(out)
    assert samples.MARK not in plain(cleaned(out.getvalue()).data)


def test_an_action_is_disarmed_wherever_it_hides(cleaned: _Cleaned) -> None:
    with opened(samples.small_pdf()) as pdf:
        # an entry that reads like a font, under a name that is not looked for
        trap = Dictionary(Type=Name.Font, S=Name.JavaScript, JS=String(samples.CANARY))
        pdf.pages[0].obj.Resources = Dictionary(
            Font=Dictionary(AA=pdf.make_indirect(trap)), Odd=Array([Array([trap])])
        )
        out = BytesIO()
        pdf.save(out)
    assert samples.MARK not in plain(cleaned(out.getvalue()).data)


def test_a_file_that_only_restricts_printing_is_taken(cleaned: _Cleaned) -> None:
    locked = pikepdf.Encryption(owner="chu", user="", allow=pikepdf.Permissions(print_highres=False))
    result = cleaned(samples.small_pdf(encryption=locked))
    with opened(result.data) as pdf:
        assert not pdf.is_encrypted


def test_jpeg_2000_loses_its_boxes(cleaned: _Cleaned) -> None:
    picture = samples.encoded(samples.picture(), "JPEG2000")
    box = (8 + len(samples.xmp())).to_bytes(4, "big") + b"xml " + samples.xmp()
    cut = picture.index(b"jp2c") - 4
    with opened(samples.small_pdf()) as pdf:
        image = pdf.make_stream(picture[:cut] + box + picture[cut:], Type=Name.XObject, Subtype=Name.Image)
        image.Filter, image.Width, image.Height = Name.JPXDecode, 320, 200
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
        out = BytesIO()
        pdf.save(out)
    result = cleaned(out.getvalue())
    assert samples.MARK not in plain(result.data)
    with opened(result.data) as pdf:
        kept = pdf.pages[0].Resources.XObject.Im0.read_raw_bytes()
    with Image.open(BytesIO(kept)) as image:
        assert image.convert("RGB").tobytes() == samples.picture().tobytes()


_NO_PAGE = samples.raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"])
HOSTILE = {
    "no page": (_NO_PAGE, Refusal.DAMAGED),
    "locked": (samples.small_pdf(encryption=pikepdf.Encryption(owner="a", user="b")), Refusal.ENCRYPTED),
    "1,001 pages": (samples.small_pdf(pages=1_001), Refusal.TOO_MANY_PAGES),
    "100,000 pages": (samples.pdf_of_pages(100_000, told=100_000), Refusal.TOO_MANY_PAGES),
    "100,000 pages that say they are one": (samples.pdf_of_pages(100_000, told=1), Refusal.TOO_COMPLEX),
    "a page of 400 MB": (samples.bursting_pdf(400 << 20), Refusal.TOO_COMPLEX),
    "a page packed twice": (samples.bursting_pdf(500 << 20, twice=True), Refusal.TOO_COMPLEX),
    "a picture of 90,000 × 90,000": (samples.wide_pdf(90_000), Refusal.TOO_MANY_PIXELS),
    "no tree": (samples.raw_pdf([b"<</Type/Catalog>>"]), Refusal.DAMAGED),
    "an odd tree": (samples.raw_pdf([b"<</Type/Catalog/Pages 2 0 R/Names 3>>", b"(x)"]), Refusal.DAMAGED),
    "a header only": (b"%PDF-1.7\n", Refusal.DAMAGED),
    "noise": (b"%PDF-1.7\n" + samples.noise(20_000), Refusal.DAMAGED),
    "deep nesting": (samples.raw_pdf([b"[" * 50_000]), Refusal.DAMAGED),
}


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused(data: bytes, reason: Refusal, refused: _Refused) -> None:
    result = refused(data)
    assert result.reason is reason
    assert result.cost.peak_kb < 300_000
    assert result.cost.cpu_ms < 2_000


def test_a_page_tree_that_turns_in_circles_ends(refused: _Refused) -> None:
    circle = samples.raw_pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>"]
    )
    assert refused(circle).reason is Refusal.DAMAGED
