"""The data files shipped with the code; their sources stand in NOTE.md beside them."""

from pathlib import Path


def shipped(name: str) -> bytes:
    """The content of a shipped file such as "areas.csv"."""
    return (Path(__file__).parent / name).read_bytes()
