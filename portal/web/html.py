"""The one door of bleach: what people typed, as inert markup. Nothing else imports it.

bleach is prescribed and at the end of its life (its last release says so), so it is used to escape only, with
no tag allowed, behind Jinja's own escaping and the content policy; nh3 is its oracle in the tests and its
successor. Source: design, docs/decisions/bleach.md.
"""

import re

import bleach
from markupsafe import Markup

_ADDRESS = re.compile(r"\b(https?|ftp|file|data|javascript|vbscript):", re.IGNORECASE)
_HOST = re.compile(r"(?<=[a-zA-Z0-9-])\.(?=[a-zA-Z]{2,63}\b[/:?])")


def told(text: str) -> Markup:
    """Typed text as markup: every tag shown as text, addresses made unclickable, line ends kept by the style.

    An address is written "https[:]//…", so that no reader's program turns it into a link that tells its owner
    who reads the report (security D9).
    """
    inert = _ADDRESS.sub(lambda found: f"{found.group(1)}[:]", text)
    inert = _HOST.sub("[.]", inert)
    return Markup(bleach.clean(inert, tags=frozenset(), attributes={}, protocols=frozenset(), strip=False))  # noqa: S704  the door itself
