"""Who may import whom: the contracts of pyproject.toml, and that they can fail."""

import subprocess
import sys
from pathlib import Path

from tests.support.tree import ROOT

LINT = Path(sys.executable).with_name("lint-imports")


def test_the_import_contracts_are_kept() -> None:
    done = subprocess.run([LINT, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_the_shell_scripts_are_sound() -> None:
    for script in [*(ROOT / "tools").glob("*.sh"), ROOT / ".ci" / "run"]:
        done = subprocess.run(["sh", "-n", script], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
