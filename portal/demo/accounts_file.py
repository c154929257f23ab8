"""What a visitor of the demonstration needs: accounts with passphrases, and a few receipts to try."""

import json
import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from portal.action import session
from portal.data.models.body import Body
from portal.demo.people import Seat
from portal.demo.scene import Scene
from portal.domain.life import State
from portal.domain.receipts import format_groups
from portal.web import words

NAME = "demo-accounts.json"
_SIGN_IN, _LOOK_UP = "/can-bo/dang-nhap", "/tra-cuu"
_SHOWN = (State.ANSWERED, State.NEEDS_INFO, State.VERIFYING)
_WIDTHS = (28, 18)


def write(instance: Path, seats: Iterable[Seat], scenes: Iterable[Scene]) -> None:
    """Write the file, readable by its owner only, whole or not at all."""
    content = {"accounts": [_account(seat) for seat in seats], "receipts": list(_receipts(scenes))}
    place, draft = instance / NAME, instance / f"{NAME}.part"
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
    draft.replace(place)


def read(instance: Path) -> dict[str, list[dict[str, Any]]]:
    """The file again; raises FileNotFoundError where no demonstration was loaded here."""
    content: dict[str, list[dict[str, Any]]] = json.loads((instance / NAME).read_text(encoding="utf-8"))
    return content


def _account(seat: Seat) -> dict[str, Any]:
    return {
        "login": seat.login,
        "passphrase": seat.passphrase,
        "display_name": seat.display_name,
        "roles": sorted(seat.roles),
        "body_id": seat.body_id,
        "body_name": session().get_one(Body, seat.body_id).name,
    }


def _receipts(scenes: Iterable[Scene]) -> Iterator[dict[str, str]]:
    """The youngest receipt in each state worth a look; an answer is one of a committee."""
    wanted = list(_SHOWN)
    for scene in sorted(scenes, key=lambda scene: scene.story.age_days):
        state = scene.case.state
        if state in wanted and not (state is State.ANSWERED and scene.story.leader is None):
            wanted.remove(state)
            yield {
                "code": format_groups(scene.code),
                "state": state.value,
                "state_name": str(words.label(state)),
                "place": scene.story.place_name,
            }


def table(address: str, content: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """The lines that `portal demo run` prints: accounts by body, then receipts."""
    yield f"Tài khoản trình diễn, đăng nhập tại {address}{_SIGN_IN}"
    yield _row("Tên đăng nhập", "Cụm mật khẩu", "Người và vai trò")
    for body, accounts in groupby(content["accounts"], lambda one: str(one["body_name"])):
        yield f"  {body}"
        for one in accounts:
            yield _row(one["login"], one["passphrase"], one["display_name"])
    if content["receipts"]:
        yield f"Mã tra cứu để thử phía người dân, tại {address}{_LOOK_UP}"
    for receipt in content["receipts"]:
        yield f"    {receipt['code']}   {receipt['state_name']}, {receipt['place']}"


def _row(*columns: str) -> str:
    *fixed, last = columns
    return "    " + "".join(text.ljust(width) for text, width in zip(fixed, _WIDTHS, strict=True)) + last
