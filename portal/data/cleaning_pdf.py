"""A PDF written anew: what is seen on its pages stays, what acts, hides or tells of its maker goes.

Three layers, so that no single odd file slips through: the catalogue, the trailer and the pages keep a short
list of entries; every other dictionary loses entries known to tell or to act; every dictionary that *is* an
action other than a jump inside the file is emptied. Earlier revisions are lost by the rewriting. A file that
only restricts printing or copying is taken (it opens without a password), and its copy restricts nothing.

Not removed, because it is in what is seen: names in the text, hidden layers, the words of comments.

Source: design, "Evidence files"; ISO 32000-1 7.7.2, 7.7.3, 12.5, 12.6.
"""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

from portal.data.cleaning_kinds import Unfit
from portal.data.cleaning_streams import INFLATED, bare_jpeg, bare_jpeg2000, inflated
from portal.domain.evidence import CLEAN_BYTES, PDF_PAGES, Refusal, Removed

OBJECTS = 100_000
PICTURE_BITS = 8 * 400_000_000  # of one picture inside a file, as a reader would decode it


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CATALOGUE = _names(
    "/Type /Pages /Names /Dests /Outlines /PageLabels /ViewerPreferences /PageLayout /PageMode /AcroForm "
    "/OCProperties /StructTreeRoot /MarkInfo /Lang /Version"
)
_TRAILER = _names("/Root /Size /Encrypt /Prev /Type /W /Index /Filter /Length /DecodeParms /XRefStm")
_PAGE = _names(
    "/Type /Parent /Kids /Count /Resources /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Contents /Rotate "
    "/Group /Annots /StructParents /Tabs /UserUnit"
)
_TELLING = {
    Removed.DETAILS: "/Metadata /PieceInfo /LastModified /OPI /Alternates /CreatorInfo /SpiderInfo "
    "/OutputIntents",
    Removed.LOCATION: "/LGIDict /Measure /VP /PtData",
    Removed.PREVIEW: "/Thumb",
    Removed.ACTION: "/AA /OpenAction /URI /Next /PA",
    Removed.SCRIPT: "/JavaScript /JS /RichMediaSettings /RichMediaContent",
    Removed.EMBEDDED: "/EmbeddedFiles /AF /EF /RF /Collection",
    Removed.FORM: "/XFA",
    Removed.SIGNATURE: "/SigFlags /DSS /Legal /Lock /SV",
}
_GONE = {key: removed for removed, keys in _TELLING.items() for key in _names(keys)}
_DRAWN = _names("/Font /XObject /ExtGState /Pattern /Image /Form")  # resources that may bear such a name
_ACTIONS = _names(
    "/JavaScript /Launch /URI /SubmitForm /ResetForm /ImportData /GoToR /GoToE /GoToDp /Thread /Sound /Movie "
    "/Hide /Named /SetOCGState /Rendition /GoTo3DView /RichMediaExecute"
)
_CARRIERS = _names("/FileAttachment /Sound /Movie /Screen /RichMedia /3D /TrapNet")
_PACKED = _names("/FlateDecode /Fl /LZWDecode /LZW /RunLengthDecode /RL")
_PLAIN = _PACKED | _names("/ASCII85Decode /A85 /ASCIIHexDecode /AHx")
_AUTHOR = ("/T", "/M", "/CreationDate", "/NM", "/Subj")


def clean_pdf(data: bytes) -> tuple[bytes, set[Removed]]:
    """The copy's bytes and what it lacks; Unfit if locked or too large, else any error if damaged."""
    try:
        pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unfit(Refusal.ENCRYPTED) from None
    with pdf:
        return _rewritten(pdf, data)


def _rewritten(pdf: Pdf, data: bytes) -> tuple[bytes, set[Removed]]:
    removed: set[Removed] = set()
    _refuse_huge(pdf)
    if data.count(b"startxref") > 1 and not pdf.is_linearized:
        removed.add(Removed.REVISIONS)
    _keep_only(pdf.Root, _CATALOGUE, removed)
    if "/Names" in pdf.Root:
        _keep_only(pdf.Root.Names, _names("/Dests"), removed)
    if pdf.Root.get("/PageMode") == Name.UseAttachments:
        del pdf.Root["/PageMode"]
    for key in set(pdf.trailer.keys()) - _TRAILER:
        del pdf.trailer[key]
        if key != "/ID":
            removed.add(Removed.DETAILS)
    for page in pdf.pages:
        _keep_only(page.obj, _PAGE, removed)
        _drop_carriers(page.obj, removed)
    allowance = INFLATED
    for node in _nodes(pdf):
        _scrub(node, removed)
        if isinstance(node, Stream):
            allowance -= _scrub_stream(pdf, node, removed)
            if allowance < 0:
                raise Unfit(Refusal.TOO_COMPLEX)
    return _saved(pdf, removed)


def _saved(pdf: Pdf, removed: set[Removed]) -> tuple[bytes, set[Removed]]:
    out = BytesIO()
    pdf.save(
        out,
        preserve_pdfa=False,
        fix_metadata_version=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate,
        encryption=False,
        deterministic_id=True,  # of the copy's own content: the original's is gone
    )
    if pdf.get_warnings():
        removed.add(Removed.REPAIRED)
    if out.tell() > CLEAN_BYTES:
        raise Unfit(Refusal.TOO_COMPLEX)
    return out.getvalue(), removed


def _refuse_huge(pdf: Pdf) -> None:
    """Cheap counts first, as the walk of a page tree of 100,000 pages is already the attack."""
    if int(pdf.Root.Pages.get("/Count", 0)) > PDF_PAGES:
        raise Unfit(Refusal.TOO_MANY_PAGES)
    if int(pdf.trailer.get("/Size", 0)) > OBJECTS or len(pdf.objects) > OBJECTS:
        raise Unfit(Refusal.TOO_COMPLEX)
    if len(pdf.pages) > PDF_PAGES:
        raise Unfit(Refusal.TOO_MANY_PAGES)
    if len(pdf.pages) == 0:
        raise Unfit(Refusal.DAMAGED)


def _keep_only(node: Object, wanted: frozenset[str], removed: set[Removed]) -> None:
    for key in set(node.keys()) - wanted:
        removed.add(_GONE.get(key, Removed.DETAILS))
        del node[key]


def _drop_carriers(page: Object, removed: set[Removed]) -> None:
    """Annotations that exist to carry a file, a sound or a film go whole."""
    if "/Annots" not in page:
        return
    kept = [
        note for note in page.Annots if isinstance(note, Dictionary) and note.get("/Subtype") not in _CARRIERS
    ]
    if len(kept) < len(page.Annots):
        removed.add(Removed.EMBEDDED)
    page.Annots = Array(kept)


def _nodes(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary and stream: all numbered objects and what stands directly inside them."""
    for top in pdf.objects:
        waiting = [top]
        while waiting:
            node = waiting.pop()
            if isinstance(node, Dictionary | Stream):
                yield node
                inside = [value for _, value in node.items()]
            elif isinstance(node, Array):
                inside = list(node)
            else:
                continue
            waiting += [
                item for item in inside if isinstance(item, Dictionary | Array) and not item.is_indirect
            ]


def _scrub(node: Object, removed: set[Removed]) -> None:
    for key in set(node.keys()) & _GONE.keys():
        if not _is_drawn(node[key]):
            removed.add(_GONE[key])
            del node[key]
    action = node.get("/S")
    if isinstance(action, Name) and str(action) in _ACTIONS:
        removed.add(Removed.SCRIPT if action == "/JavaScript" else Removed.ACTION)
        _empty(node)
    if "/ByteRange" in node:
        removed.add(Removed.SIGNATURE)
        _empty(node)
    if "/Subtype" in node and "/Rect" in node and node.get("/Subtype") != "/Widget":
        for key in _AUTHOR:
            if key in node:
                removed.add(Removed.DETAILS)
                del node[key]


def _is_drawn(value: object) -> bool:
    """A font or a picture whose name in a page's resources happens to be one of ours."""
    if not isinstance(value, Dictionary | Stream):
        return False
    return str(value.get("/Type", "")) in _DRAWN or str(value.get("/Subtype", "")) in _DRAWN


def _empty(node: Object) -> None:
    for key in list(node.keys()):
        del node[key]


def _scrub_stream(pdf: Pdf, node: Stream, removed: set[Removed]) -> int:
    """Strip what pictures carry themselves, refuse what would burst a reader; bytes that it inflates to."""
    for key in ("/F", "/FFilter", "/FDecodeParms"):  # the content stands in another file
        if key in node:
            removed.add(Removed.EMBEDDED)
            del node[key]
    if node.get("/Subtype") == "/Image":
        bits = (
            int(node.get("/BitsPerComponent", 1)) * int(node.get("/Width", 0)) * int(node.get("/Height", 0))
        )
        if bits > PICTURE_BITS:
            raise Unfit(Refusal.TOO_MANY_PIXELS)
    filters = _listed(node.get("/Filter"))
    if filters and filters[-1] in ("/DCTDecode", "/DCT", "/JPXDecode"):
        _strip_picture(pdf, node, filters, removed)
        return 0
    return _burst(node, filters)


def _burst(node: Stream, filters: list[str]) -> int:
    """Bytes that a reader would hold after decoding; no honest program packs twice."""
    packed = sum(name in _PACKED for name in filters)
    if packed > 1:
        raise Unfit(Refusal.TOO_COMPLEX)
    if filters in (["/FlateDecode"], ["/Fl"]):
        return inflated(node.read_raw_bytes())
    if packed and _PLAIN.issuperset(filters):
        try:
            return len(node.read_bytes())
        except pikepdf.PdfError:  # more than the memory that one file may take
            raise Unfit(Refusal.TOO_COMPLEX) from None
    return 0


def _listed(value: object) -> list[str]:
    if isinstance(value, Array):
        return [str(item) for item in value]
    return [] if value is None else [str(value)]


def _strip_picture(pdf: Pdf, node: Stream, filters: list[str], removed: set[Removed]) -> None:
    """A scan's JPEG brings its own tags into the PDF, the place included; the pixels stay byte for byte."""
    raw = node.read_raw_bytes()
    if len(filters) > 1:  # packed once more: undo all but the picture's own coding
        outer = Stream(pdf, raw)
        outer.Filter = Array([Name(name) for name in filters[:-1]])
        if isinstance(parameters := node.get("/DecodeParms"), Array):
            outer.DecodeParms = Array(list(parameters)[:-1])
        raw = outer.read_bytes()
    strip = bare_jpeg2000 if filters[-1] == "/JPXDecode" else bare_jpeg
    bare = strip(raw)
    if bare == raw and len(filters) == 1:
        return
    if bare != raw:
        removed.add(Removed.DETAILS)
    parameters = node.get("/DecodeParms")
    own = list(parameters)[-1] if isinstance(parameters, Array) and len(parameters) else parameters
    node.write(bare, filter=Name(filters[-1]), decode_parms=own if isinstance(own, Dictionary) else None)
