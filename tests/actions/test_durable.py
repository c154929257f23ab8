"""Each receipt is paid for with a write that the disk has confirmed, counted from outside (assurance 4.4)."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from portal.bench.base import environment
from tests.support import people

REPORTS = 20
_SEND = f"""
from portal.app import create_app
from portal.bench import drafts
from portal.config import load_settings
settings = load_settings()
client = create_app(settings).test_client(use_cookies=False)
for one in drafts.prepare(drafts.signer(settings), ["Chuyện để đếm."] * {REPORTS}):
    cookies = {{"Cookie": one.cookies}}
    sent = client.post(drafts.SUBMIT, data=one.body, content_type=drafts.FORM, headers=cookies)
    assert sent.headers["Location"] == "/phan-anh/bien-nhan", sent.status
    os.write(1, b"receipt\\n")
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_each_receipt_comes_after_an_fsync(prepared, tmp_path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    settings = prepared("people", people.found).settings
    log = tmp_path / "calls"
    ran = subprocess.run(
        [strace, "-f", "-qq", "-e", "trace=fdatasync,fsync,write", "-o", log,
         sys.executable, "-c", "import os\n" + _SEND],
        env=os.environ | environment(settings),
        capture_output=True,
        timeout=120,
    )  # fmt: skip
    if b"PTRACE" in ran.stderr or b"ptrace" in ran.stderr:
        pytest.skip("strace may not watch processes here")
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    seen = re.findall(r'(fdatasync|fsync)\(|write\(1, "(receipt)', log.read_text(errors="replace"))
    order = "".join("r" if receipt else "f" for _, receipt in seen)
    assert order.count("r") == REPORTS
    assert all(order[at - 1] == "f" for at, one in enumerate(order) if one == "r")
