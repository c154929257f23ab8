"""`portal keys`, `portal accounts`, `portal audit` as an operator types them."""

import re

import pytest
from click.testing import CliRunner, Result

from portal.accounts import actions, credentials, queries
from portal.cli.accounts import accounts
from portal.cli.audit import audit
from portal.cli.keys import keys
from portal.data import db
from portal.data.db import session
from portal.data.models.account import Member, MemberState
from tests.support import people as make
from tests.support.people import CHEAP, PASSPHRASE

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def ready(prepared, monkeypatch):
    return lambda name, build: _aimed(prepared(name, build), monkeypatch)


def _aimed(ready, monkeypatch):
    """Commands read the environment: they find the database of the test there."""
    monkeypatch.setenv("PORTAL_MODE", "test")
    monkeypatch.setenv("PORTAL_INSTANCE", str(ready.settings.instance))
    monkeypatch.setattr(credentials, "STANDARD", CHEAP)
    monkeypatch.setattr(credentials.make, "__kwdefaults__", credentials.make.__kwdefaults__ | {"cost": CHEAP})
    return ready


def run(command, *args: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, list(args), input=typed)


def reopened(ready):
    db.open_store(ready.settings.database, ready.settings.blobs)


def _bodies(settings) -> None:
    make.territory()


def test_the_roots_are_founded_at_a_ceremony(ready):
    one = ready("bodies_only", _bodies)
    people = [f"Người {n}\nten.{n}\n{PASSPHRASE}\n{PASSPHRASE}\n\n" for n in range(6)]
    done = run(keys, "root", typed="".join(people))
    assert done.exit_code == 0, done.output
    assert PASSPHRASE not in done.output
    assert len(re.findall(r"(?:\w{4}-){6}\w{4}", done.output)) == 6
    reopened(one)
    assert [key.purpose.value for key in queries.keys_of("front.VN")] == ["content", "custodian", "identity"]
    assert [key.purpose.value for key in queries.keys_of("inspection.VN")] == ["content"]
    actor, ring = actions.sign_in_ring("ten.0", PASSPHRASE)
    assert actor.unlocked
    assert ring.holds("front.VN", "identity")
    again = run(keys, "root")
    assert again.exit_code == 0
    assert "đã có khóa" in again.output
    listed = run(keys, "list").output
    assert listed.count("front.VN") == 3
    shown = run(keys, "fingerprint", "front.VN").output
    assert len(re.findall(r"(?:\w{4} ){5}\w{4}", shown)) == 3


def test_without_bodies_the_ceremony_says_what_comes_first(ready):
    ready("empty", lambda settings: None)
    done = run(keys, "root")
    assert done.exit_code == 1
    assert "portal bodies generate" in done.output
    assert run(keys, "fingerprint", "front.VN").exit_code == 1


def test_accounts_are_listed_invited_and_disabled(ready):
    one = ready("people", make.found)
    listed = run(accounts, "list", "--body", "front.C27019b").output
    assert listed.count("\n") == 3
    assert "lead.front.c27019b" in listed
    done = run(
        accounts, "invite", "--body", "front.C27019b", "--name", "Người Mới", "--role", "reviewer",
        "--site", "https://can-bo.example",
    )  # fmt: skip
    link = re.fullmatch(r"https://can-bo\.example/can-bo/loi-moi/(\S{43})\n", done.output)
    assert link
    reopened(one)
    assert queries.invitation(link[1]) is not None
    wrong = run(accounts, "invite", "--body", "front.C27019b", "--name", "Người Lạ", "--role", "inspector")
    assert wrong.exit_code == 1
    assert run(accounts, "disable", "member.front.c27019b").exit_code == 0
    reopened(one)
    member = session().get_one(Member, one.made["member.front.C27019b"].member_id)
    assert member.account.state == "disabled"
    assert member.state is MemberState.ADMITTED
    assert run(accounts, "disable", "khong.ai").exit_code == 1


def test_the_chain_is_verified_also_against_a_head_noted_elsewhere(ready):
    one = ready("people", make.found)
    done = run(audit, "verify")
    assert done.exit_code == 0
    head = re.search(r"mục mới nhất (\w{64})", done.output)[1]
    assert run(audit, "verify", "--head", head).exit_code == 0
    assert run(audit, "verify", "--head", "0" * 64).exit_code == 1
    reopened(one)
    with db.store().engine.connect() as raw:
        plain = raw.connection.driver_connection
        plain.execute("DROP TRIGGER audit_entry_no_delete")
        plain.execute("DELETE FROM audit_entry WHERE seq = 7")
    broken = run(audit, "verify")
    assert broken.exit_code == 1
    assert "7: missing" in broken.output
