"""The repository's own files, for the guards."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".sh",
    ".txt",
    ".svg",
    ".lock",
    ".json",
    ".csv",
    ".cfg",
    ".po",
}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file under version control that is there, as an absolute path."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def texts(*suffixes: str) -> list[Path]:
    """The tracked text files, of these suffixes or of all (Makefile and scripts without one included)."""
    wanted = set(suffixes) or TEXT | {""}
    return [path for path in tracked() if path.suffix in wanted]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
