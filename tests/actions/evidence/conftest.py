"""A cleaner of our own, and exiftool as an independent witness."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest

from portal.data.cleaning import Clean, Cleaner, Refused


@pytest.fixture(scope="session")
def cleaner() -> Iterator[Cleaner]:
    made = Cleaner(slots=2, wait=10)
    made.warm()
    yield made
    made.close()


@pytest.fixture
def cleaned(cleaner: Cleaner) -> Callable[[bytes], Clean]:
    def clean(data: bytes) -> Clean:
        result = cleaner.clean(data)
        assert isinstance(result, Clean), result
        return result

    return clean


@pytest.fixture
def refused(cleaner: Cleaner) -> Callable[[bytes], Refused]:
    def clean(data: bytes) -> Refused:
        result = cleaner.clean(data)
        assert isinstance(result, Refused), result
        return result

    return clean


@pytest.fixture(scope="session")
def tags() -> Callable[[bytes], dict[str, object]]:
    """Everything that exiftool finds in a file, but what it says of its own reading."""
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip(
            "exiftool is missing (Debian: libimage-exiftool-perl): what is left in a file was NOT checked"
        )

    def read(data: bytes) -> dict[str, object]:
        found = subprocess.run(
            [program, "-json", "-G1", "-a", "-u", "-"], input=data, capture_output=True, check=False
        )
        (answer,) = json.loads(found.stdout)
        return {
            name: value
            for name, value in answer.items()
            if not name.startswith(("System:", "ExifTool:", "SourceFile", "Composite:"))
        }

    return read
