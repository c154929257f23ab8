"""How fast the disk says that it has written: the limit of everything that must not be lost."""

import os
import tempfile
import time
from pathlib import Path

_BLOCK = b"\0" * 4096


def fsync_rate(folder: Path, seconds: float = 2.0) -> float:
    """Appends of 4 kB, each followed by fdatasync, per second."""
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        handle = file.fileno()
        number, began = 0, time.perf_counter()
        while (took := time.perf_counter() - began) < seconds:
            os.write(handle, _BLOCK)
            os.fdatasync(handle)
            number += 1
    return number / took
