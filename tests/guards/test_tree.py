"""What is in the repository: a map of it, nothing left open, nothing of one machine, no secret."""

import math
import re
from collections import Counter

import pytest

from tests.support.tree import ROOT, short, texts, tracked

# Written apart, so that this file does not find itself.
OPEN = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX")) + r"(?=[ :(]|$)", re.MULTILINE)
OF_A_MACHINE = re.compile(
    "|".join(
        (
            r"pypi\." + "org",
            r"python" + r"hosted\.org",
            r"registry\." + r"npmjs",
            r"deb\." + r"debian\.org",
            r"(?<![\w.])/(root|work)" + r"/",
            r"(?<![\w.])/home" + r"/\w",
        )
    )
)
KEYS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30}|\bxox[abp]-\w{10}")
STRINGS = re.compile(r"(?<![\w/+=-])[A-Za-z0-9/+_-]{32,}={0,2}(?![\w/+=-])")
# Digests of packages are random by nature.
LOCKS = {".lock", ".json"}
BITS_PER_SIGN = 4.6
ALPHABET = "0123456789"


@pytest.mark.parametrize("readme", ["README.md", "README.en.md"])
def test_the_readme_maps_every_folder(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    top = {path.relative_to(ROOT).parts[0] for path in tracked() if len(path.relative_to(ROOT).parts) > 1}
    portal = {
        path.relative_to(ROOT).parts[1]
        for path in tracked()
        if path.is_relative_to(ROOT / "portal") and len(path.relative_to(ROOT).parts) > 2
    }
    missing = [name for name in sorted(top | portal) if f"{name}/" not in text]
    assert not missing, f"folders without a line in the map of {readme}"


def test_nothing_is_left_open() -> None:
    found = [
        f"{short(path)}: {match.group()}"
        for path in texts(".py", ".html", ".css", ".js", ".md", ".toml", ".sh")
        for match in OPEN.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found, "finish it, or write it down as an issue"


def test_nothing_belongs_to_one_machine() -> None:
    found = [
        f"{short(path)}: {match.group()}"
        for path in texts()
        for match in OF_A_MACHINE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


def _entropy(text: str) -> float:
    """Bits per sign: about 4 for hexadecimal digits, above 4.6 for random base64."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def test_no_secret_is_committed() -> None:
    found = []
    for path in texts():
        text = path.read_text(encoding="utf-8")
        found += [f"{short(path)}: {match.group()}" for match in KEYS.finditer(text)]
        if path.suffix not in LOCKS:
            found += [
                f"{short(path)}: {match.group()}"
                for match in STRINGS.finditer(text)
                if _entropy(match.group()) > BITS_PER_SIGN and ALPHABET not in match.group()
            ]
    assert not found


def test_the_scan_finds_a_secret() -> None:
    assert KEYS.search("-----BEGIN EC " + "PRIVATE KEY-----")
    token = "q7Zk1Vb9" + "XcT4mJw8RnL2yHs6" + "PdG3fUa5EoKiQvBx"
    assert STRINGS.fullmatch(token)
    assert _entropy(token) > BITS_PER_SIGN


def test_nothing_private_is_tracked() -> None:
    private = [short(path) for path in tracked() if short(path).startswith(("instance/", ".venv/"))]
    private += [short(path) for path in tracked() if path.suffix in {".sqlite3", ".pem", ".key", ".env"}]
    assert not private
