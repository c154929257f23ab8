"""The wheel holds everything: alone in an empty environment it migrates and opens the first page.

Nothing is downloaded: the run-time packages are linked from this one, only those of requirements.lock,
so that an undeclared import fails here.
"""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.support.tree import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)==", re.MULTILINE)
FIRST_PAGE = """
import re
import sys
from pathlib import Path
import portal
from portal.app import create_app
from portal.config import load_settings
from portal.data.migrate import upgrade

assert Path(portal.__file__).is_relative_to(sys.prefix), portal.__file__
settings = load_settings(mode="test", instance=Path(sys.argv[1]))
upgrade(settings.database)
page = create_app(settings).test_client()
first = page.get("/")
assert first.status_code == 200, first.status
sheets = re.findall(r'<link[^>]+href="(/static/[^"]+)"', first.text)
assert sheets, "no style sheet"
for sheet in sheets:
    assert page.get(sheet).status_code == 200, sheet
print("opened", len(first.text))
"""


def _run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout


def _link_run_time_packages(site: Path) -> None:
    for name in PIN.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system
            continue
        for part in {
            file.parts[0] for file in found.files or () if file.parts[0] not in ("..", "__pycache__")
        }:
            target = site / part
            if not target.exists():
                target.symlink_to(Path(str(found.locate_file(part))))


@pytest.mark.slow
def test_the_wheel_opens_the_first_page(tmp_path: Path) -> None:
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist", cwd=ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    _run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env" / "bin" / "python"
    site = _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    _link_run_time_packages(Path(site))
    _run(
        sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-index", "--no-deps", wheel,
        cwd=tmp_path,
    )  # fmt: skip
    assert "serve" in _run(tmp_path / "env" / "bin" / "portal", "--help", cwd=tmp_path)
    assert "opened" in _run(python, "-I", "-c", FIRST_PAGE, tmp_path / "instance", cwd=tmp_path)
