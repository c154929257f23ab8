"""Collects every text that people see and brings the English catalogue up to date: `make translations`.

    python tools/translations.py           extract, update portal.po, compile portal.mo, say what is missing
    python tools/translations.py missing   print the texts without an English one, change nothing

Texts come from `_()`, `lazy()`, `ngettext()` and `{% trans %}`, and from the tables of portal/domain whose
rows are shown with `_(row.title)`: the rules may not import the translations, so their texts are plain.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the tables are read from the checkout, not from an installed copy

from portal.data.deadlines import deadlines  # noqa: E402
from portal.data.discipline import forms as discipline  # noqa: E402
from portal.data.reference import shipped  # noqa: E402
from portal.domain import routing  # noqa: E402
from portal.domain.catalogue import CATEGORIES, OUTSIDE, WHAT_THIS_IS  # noqa: E402
from portal.domain.deadlines import DESIGN, USES  # noqa: E402
from portal.domain.declining import DECLINE_REASONS  # noqa: E402
from portal.domain.duties import DUTIES  # noqa: E402
from portal.domain.entries import SHAPES  # noqa: E402
from portal.domain.kinds import KINDS  # noqa: E402
from portal.domain.posts import POSTS, read_posts  # noqa: E402
from portal.domain.routing import sentence  # noqa: E402

CATALOGUE = ROOT / "portal" / "translations" / "en" / "LC_MESSAGES" / "portal.po"
HEADER = b"""\
# English texts of the portal; the Vietnamese ones are their source. `make translations` updates this file.
msgid ""
msgstr ""
"Project-Id-Version: portal\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy": None}


@dataclass(frozen=True)
class Text:
    """One text, or the two forms of a counted one, and the file that shows it."""

    source: str | tuple[str, str]
    file: str


def texts() -> Iterator[Text]:
    """Every text that people see, in the order of the files; some stand in several."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_is_ours)
    for file, _, source, _, _ in found:
        if source:
            yield Text(source, file)
    for text, module in tables():
        yield Text(text, f"portal/domain/{module}")


def _is_ours(folder: str) -> bool:
    at = Path(folder).relative_to(ROOT).parts
    return not at or at[0] in {"portal", "templates"}


def tables() -> Iterator[tuple[str, str]]:
    """The texts of the tables of portal/domain, with the module of the table."""
    for category in CATEGORIES:
        for text in (category.title, category.hint, category.law, *(item.text for item in category.items)):
            yield text, "catalogue"
    for outside in OUTSIDE:
        for text in (outside.title, outside.why, outside.instead):
            yield text, "catalogue"
    yield from ((line, "catalogue") for line in WHAT_THIS_IS)
    for kind in KINDS:
        for text in (kind.title, kind.test, kind.goes_to, kind.source, kind.guidance):
            yield text, "kinds.py"
    for reason in DECLINE_REASONS:
        for text in (reason.title, reason.law, reason.told, reason.instead):
            yield text, "declining.py"
    for text in (*routing.texts(), *sentence.texts()):
        yield text, "routing"
    used = {use.row for use in USES} | {duty.use.row for duty in DUTIES}
    for row in deadlines().rows:
        if row.id in used and row.source != DESIGN:
            yield row.source, "deadlines.py"
    for form in discipline().values():
        yield form.title, "discipline.py"
    for shape in SHAPES.values():
        if shape.source != DESIGN:
            yield shape.source, "entries.py"
    for post in read_posts(shipped(POSTS)):
        yield post.name, "posts.py"


def template() -> Catalog:
    """A fresh catalogue without translations."""
    catalogue = Catalog(domain="portal", charset="utf-8")
    for text in sorted(texts(), key=lambda text: text.file):
        catalogue.add(text.source, locations=[(text.file, None)])
    return catalogue


def read() -> Catalog:
    """The English catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", domain="portal")


def missing(catalogue: Catalog) -> list[str | tuple[str, ...]]:
    """The texts without an English one; of a counted text both forms must be there."""
    return [
        message.id
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def update() -> Catalog:
    """The English catalogue with the texts of today: new ones are empty, those that are gone are dropped."""
    catalogue = read()
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def write(catalogue: Catalog) -> None:
    """Write the .po and the .mo that the pages read."""
    with CATALOGUE.open("wb") as file:
        file.write(HEADER)  # without the hour and the author of a run: only texts differ between two versions
        write_po(file, catalogue, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def main() -> int:
    """Exit status 1 as long as a text has no English one."""
    catalogue = update()
    if sys.argv[1:] != ["missing"]:
        write(catalogue)
    lacking = missing(catalogue)
    for source in lacking:
        print(source)
    print(f"{len(catalogue)} texts, {len(lacking)} without an English one")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
