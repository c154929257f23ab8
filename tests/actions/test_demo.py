"""The demonstration: as it is written, in the order of time, whole or begun again, never in production."""

import json
import socket
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from portal.accounts.actions import SYSTEM, sign_in_ring
from portal.app import UnsafeStart, create_app
from portal.cli import main
from portal.config import load_settings
from portal.data import audit, bodies, db
from portal.data.deadlines import shipped_calendar
from portal.data.models.account import Account
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, CaseStep
from portal.data.models.report import Report
from portal.demo import accounts_file, loading, schedule, slate
from portal.demo.marks import Stage, stage
from portal.demo.stories import stories
from portal.domain import clock
from portal.domain.life import State
from portal.domain.receipts import normalise
from portal.papers.arriving import sent_before
from portal.registry.actions import AreaFiles, generate_bodies
from tests.support import demo
from tests.support.stores import Prepared

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.fixture
def whole(prepared: Callable[..., Prepared], kind: str) -> Prepared:
    """Over the whole country where it was loaded for the browser anyway, else over the few units needed."""
    if kind == "sqlite":
        return prepared("demo", demo.loaded)
    return prepared("demo_small", demo.loaded_small)


def test_every_story_stands_where_it_ends(whole: Prepared) -> None:
    pepper = whole.settings.pepper.encode()
    assert len(whole.made) == len(stories()) == 40
    assert {sent_before(code, pepper) is not None for code in whole.made} == {True}
    cases = db.session().scalars(select(Case)).all()
    assert {case.state for case in cases} == set(State)
    (outside,) = (case for case in cases if case.state is State.OUTSIDE)
    assert outside.due_on is not None
    assert outside.due_on < clock.today()
    (joined,) = (case for case in cases if case.state is State.JOINED)
    assert db.session().get_one(Case, joined.joined_to).state is State.VERIFYING
    assert stage() is Stage.LOADED


def test_audit_chain_holds_and_runs_with_time(whole: Prepared) -> None:
    assert audit.verify(db.session()).faults == ()
    # Residents' entries carry the day alone, the others the moment.
    moments = db.session().scalars(select(AuditEntry.at).order_by(AuditEntry.seq)).all()
    days = [_day(moment) for moment in moments]
    assert days == sorted(days)
    exact = [datetime.fromisoformat(moment) for moment in moments if len(moment) > 10]
    assert all(one <= other for one, other in pairwise(exact))
    assert exact[-1] <= datetime.now(UTC)


def _day(moment: str) -> str:
    """The day in Viet Nam of an entry."""
    known = datetime.fromisoformat(moment)
    return (known.astimezone(clock.VIETNAM) if known.tzinfo else known).date().isoformat()


def test_officers_work_on_working_days(whole: Prepared) -> None:
    today = clock.today()
    steps = db.session().scalars(select(CaseStep).where(CaseStep.account_id.is_not(None)))
    days = {step.at.astimezone(clock.VIETNAM).date() for step in steps}
    assert all(shipped_calendar().is_working_day(day) for day in days - {today})


def test_the_former_district_is_closed_and_the_wards_are_at_work(whole: Prepared) -> None:
    closed = {body.valid_to.isoformat() for body in bodies.bodies_of("D767a", None) if body.valid_to}
    assert closed == {"2025-06-30"}
    for area in ("VN", "P79b", "C27013b", "C27019b", "C27022b", "C27028b", "C27031b"):
        active = {body.kind.value for body in bodies.bodies_of(area, clock.today()) if body.active}
        assert active == {"front", "inspection"}


def test_accounts_file_lets_a_visitor_in(whole: Prepared) -> None:
    place = whole.settings.instance / "demo-accounts.json"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    content = json.loads(place.read_text(encoding="utf-8"))
    assert len(content["accounts"]) == db.session().scalar(select(func.count()).select_from(Account))
    for account in content["accounts"]:
        actor, _ = sign_in_ring(account["login"], account["passphrase"])
        assert (sorted(actor.roles), actor.body_id) == (account["roles"], account["body_id"])
    roles = {role for account in content["accounts"] for role in account["roles"]}
    assert {"reviewer", "inspector", "custodian", "registrar", "administrator", "auditor"} <= roles
    receipts = {receipt["state"]: receipt["code"] for receipt in content["receipts"]}
    assert set(receipts) == {"answered", "needs_info", "verifying"}
    codes = {code: str(ends) for code, ends in whole.made.items()}
    assert all(codes[str(normalise(code))] == state for state, code in receipts.items())


def test_table_names_accounts_and_receipts(whole: Prepared) -> None:
    content = accounts_file.read(whole.settings.instance)
    text = "\n".join(accounts_file.table("http://127.0.0.1:8000", content))
    for account in content["accounts"]:
        assert account["login"] in text
        assert account["passphrase"] in text
    assert content["receipts"][0]["code"] in text
    assert "http://127.0.0.1:8000/can-bo/dang-nhap" in text


@pytest.mark.parametrize(
    "now", [NOW, datetime(2025, 8, 9, 20, tzinfo=UTC), datetime(2027, 2, 7, 17, 1, tzinfo=UTC)]
)
def test_timetable_keeps_order_and_never_passes_the_present(now: datetime) -> None:
    told = stories()
    events = schedule.timetable(told, now)
    assert len(events) == len(told) + sum(len(story.deeds) for story in told)
    assert all(one.at <= other.at for one, other in pairwise(events))
    assert schedule.founding_moment(now) < events[0].at
    assert events[-1].at < now
    for place in range(len(told)):
        assert [event.number for event in events if event.story == place] == list(
            range(len(told[place].deeds) + 1)
        )


def test_a_clock_before_the_wards_is_named() -> None:
    with pytest.raises(schedule.TooEarly, match="2025-07-15"):
        schedule.timetable(stories(), datetime(2025, 7, 15, tzinfo=UTC))


# The commands: a small country and cheap passphrases, everything else as it is.


@pytest.fixture
def portal(empty: Prepared, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call the command `portal`, on a database of its own."""
    empty.store.close()
    db.use_store(None)
    monkeypatch.setenv("PORTAL_INSTANCE", str(empty.settings.instance))
    if empty.settings.database_url:
        monkeypatch.setenv("DATABASE_URL", empty.settings.database_url)
    monkeypatch.setattr(AreaFiles, "shipped", demo.few_areas)
    monkeypatch.setattr(import_module("portal.cli.demo"), "load_demo", partial(loading.load, cost=demo.CHEAP))

    def call(*arguments: str, mode: str = "") -> Result:
        # The command sets the mode for its children, too; the next call begins without it.
        if mode:
            monkeypatch.setenv("PORTAL_MODE", mode)
        else:
            monkeypatch.delenv("PORTAL_MODE", raising=False)
        return CliRunner().invoke(main, ["demo", *arguments])

    return call


def _inside(call: Callable[[], Any]) -> Any:
    """Look into the database as it is now."""
    settings = load_settings(mode="demo")
    open_store = db.open_store(settings.database, settings.blobs)
    try:
        return call()
    finally:
        open_store.close()
        db.use_store(None)


def _head() -> str:
    return audit.verify(db.session()).head


def _reports() -> int | None:
    return db.session().scalar(select(func.count()).select_from(Report))


def test_loading_twice_changes_nothing(portal: Callable[..., Result]) -> None:
    first = portal("load", "--reports", "3")
    assert first.exit_code == 0, first.output
    before = _inside(_head)
    again = portal("load")
    assert (again.exit_code, again.output) == (0, "Bản trình diễn đã có sẵn.\n")
    assert _inside(_head) == before
    assert _inside(_reports) == 3


def test_reset_begins_again_with_nothing_left(portal: Callable[..., Result], empty: Prepared) -> None:
    assert portal("load", "--reports", "3").exit_code == 0
    place = empty.settings.instance / accounts_file.NAME
    before, files = place.read_text(encoding="utf-8"), _blobs(empty)
    done = portal("reset", "--reports", "2")
    assert done.exit_code == 0, done.output
    assert _inside(_reports) == 2
    assert place.read_text(encoding="utf-8") != before
    assert not files & _blobs(empty)
    assert _inside(lambda: audit.verify(db.session()).faults) == ()


def _blobs(empty: Prepared) -> set[Path]:
    return {path for path in empty.settings.blobs.rglob("*") if path.is_file()}


def test_an_interrupted_load_starts_over(
    portal: Callable[..., Result], empty: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(loading, "_do", _power_cut)
        cut = portal("load")
        assert isinstance(cut.exception, KeyboardInterrupt | SystemExit)
    assert _inside(stage) is Stage.LOADING
    assert not (empty.settings.instance / accounts_file.NAME).exists()
    _refuses_production(empty)
    done = portal("load", "--reports", "1")
    assert done.exit_code == 0, done.output
    assert "làm lại từ đầu" in done.output
    assert _inside(_reports) == 1
    assert _inside(stage) is Stage.LOADED


def _power_cut(*_: object) -> None:
    raise KeyboardInterrupt


def test_production_refuses_the_demonstration(portal: Callable[..., Result], empty: Prepared) -> None:
    assert portal("load", "--reports", "0").exit_code == 0
    _refuses_production(empty)
    for command in ("load", "reset", "run", "accounts"):
        refused = portal(command, mode="production")
        assert refused.exit_code == 1
        assert "PORTAL_MODE=demo" in refused.output


def _refuses_production(empty: Prepared) -> None:
    settings = empty.settings.model_copy(
        update={"mode": "production", "public_host": "cong.example", "staff_host": "can-bo.example"}
    )
    try:
        with pytest.raises(UnsafeStart, match="DATABASE_URL"):
            create_app(settings)
    finally:
        db.store().close()
        db.use_store(None)


def test_data_of_others_are_left_alone(portal: Callable[..., Result], empty: Prepared) -> None:
    _inside(_somebody_else)
    before = _inside(_head)
    for command in ("load", "reset"):
        refused = portal(command)
        assert refused.exit_code == 1
        assert "giữ nguyên" in refused.output
    assert _inside(_head) == before


def _somebody_else() -> None:
    """A root body with its people, founded by somebody who knows of no demonstration."""
    generate_bodies(SYSTEM, None)
    loading.found([seat for seat in loading.seats() if seat.body_id == "inspection.VN"], cost=demo.CHEAP)


def test_imported_units_are_kept_by_a_reset(portal: Callable[..., Result]) -> None:
    _inside(lambda: loading.import_areas(SYSTEM, loading.AreaFiles.shipped()))
    refused = portal("reset")
    assert refused.exit_code == 1
    assert _inside(stage) is Stage.UNITS


def test_while_it_is_served_nobody_wipes_it(portal: Callable[..., Result], empty: Prepared) -> None:
    assert portal("load", "--reports", "0").exit_code == 0
    with slate.lock(empty.settings.instance) as server:
        server.together()
        refused = portal("reset")
        assert refused.exit_code == 1
        assert "đang chạy" in refused.output
        assert portal("load").exit_code == 0
    assert _inside(stage) is Stage.LOADED


def test_a_busy_port_is_named_before_anything_is_loaded(
    portal: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        monkeypatch.setenv("PORTAL_PORT", str(port))
        refused = portal("run")
    assert refused.exit_code == 1
    assert f"Cổng {port}" in refused.output
    assert "PORTAL_PORT=" in refused.output
    assert _inside(stage) is Stage.EMPTY
