"""A receipt code as a picture, for the camera of a phone."""

import segno
from markupsafe import Markup


def picture_of(code: str) -> Markup:
    """The bare code as a QR picture within the page: SVG without style, script or address."""
    drawn = segno.make(code, error="m", micro=False).svg_inline(
        border=2, scale=4, dark="#000", light="#fff", svgclass="gs-qr", lineclass=None, omitsize=False
    )
    return Markup(drawn)  # noqa: S704  drawn by segno from the 32 symbols of a code
