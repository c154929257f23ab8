"""Who may import whom: the contracts of pyproject.toml are kept, and fail when broken on purpose."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True)


def test_the_import_contracts_are_kept() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


BREACHES = {
    "One direction": ("portal/domain/clock.py", "import portal.config"),
    "Rules are pure": ("portal/domain/clock.py", "import sqlalchemy"),
    "Pages never touch the store": ("portal/triage/routes/reading.py", "import portal.data.db"),
    "The store and the use cases know no page": ("portal/data/db.py", "import flask"),
    "The public face never holds the staff's pages": ("portal/faces/public.py", "import portal.triage"),
    "bleach has one door": ("portal/web/page.py", "import bleach"),
    "Cryptography stays in the vault": ("portal/data/db.py", "import cryptography"),
    "Files of strangers are opened in one place": ("portal/data/files.py", "import PIL"),
    "Public holidays have one door": ("portal/domain/clock.py", "import holidays"),
}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy in which every contract is broken once."""
    copy = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "portal", copy / "portal", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, line in BREACHES.values():
        with open(copy / name, "a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    return _lint(copy).stdout


@pytest.mark.parametrize("contract", BREACHES)
def test_the_contract_can_fail(contract: str, broken: str) -> None:
    assert f"{contract} BROKEN" in broken


def test_no_contract_is_left_out(broken: str) -> None:
    assert "KEPT" not in broken


def test_the_shell_scripts_are_sound() -> None:
    for script in [*(ROOT / "tools").glob("*.sh"), ROOT / ".ci" / "run"]:
        done = subprocess.run(["sh", "-n", script], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
