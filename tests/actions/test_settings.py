"""Start-up refuses what is incomplete or unsafe, and names the variable."""

import os
import stat

import pytest

from portal.app import UnsafeStart, create_app
from portal.config import UnsafeSettings, load_settings
from portal.data import db
from portal.data.models.office import Setting
from portal.data.readiness import DEMO

GOOD = {
    "PORTAL_SECRET_KEY": "s" * 40,
    "PORTAL_PEPPER": "p" * 40,
    "PORTAL_PUBLIC_HOST": "phananh.example.vn",
    "PORTAL_STAFF_HOST": "canbo.example.vn",
}


@pytest.fixture
def environment(monkeypatch, tmp_path):
    # A command tried in this process may have chosen its mode.
    monkeypatch.delenv("PORTAL_MODE", raising=False)
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_complete_production_settings_start(environment) -> None:
    settings = load_settings()
    assert (settings.mode, settings.is_secure, settings.is_demo) == ("production", True, False)


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_variable_is_named(environment, name: str) -> None:
    environment.delenv(name)
    with pytest.raises(UnsafeSettings, match=name):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("PORTAL_SECRET_KEY", "short", "PORTAL_SECRET_KEY"),
        ("PORTAL_PEPPER", "s" * 40, "PORTAL_PEPPER"),
        ("PORTAL_PORT", "99999", "PORTAL_PORT"),
        ("PORTAL_PORT", "x", "PORTAL_PORT"),
        ("PORTAL_MODE", "debug", "PORTAL_MODE"),
        ("PORTAL_FACE", "both", "PORTAL_FACE"),
        ("PORTAL_WORKERS", "0", "PORTAL_WORKERS"),
        ("DATABASE_URL", "not an address", "DATABASE_URL"),
        ("PORTAL_SMTP_URL", "smtp://mail", "PORTAL_MAIL_FROM"),
    ],
)
def test_a_bad_value_is_named_and_never_shown(environment, name: str, value: str, named: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(UnsafeSettings, match=named) as fault:
        load_settings()
    if name in ("PORTAL_SECRET_KEY", "PORTAL_PEPPER"):
        assert value not in str(fault.value)


def test_the_demo_makes_its_own_secrets_once_and_keeps_them_private(environment, tmp_path) -> None:
    for name in GOOD:
        environment.delenv(name)
    environment.setenv("PORTAL_MODE", "demo")
    first, second = load_settings(), load_settings()
    assert first.pepper == second.pepper
    assert len({first.pepper, first.secret_key}) == 2
    assert stat.S_IMODE(os.stat(tmp_path / "local-secrets.json").st_mode) == 0o600


def test_settings_cannot_be_changed(environment) -> None:
    with pytest.raises(Exception, match="frozen"):
        load_settings().mode = "demo"


def test_production_refuses_a_database_with_demo_accounts(store, settings) -> None:
    engine = db.make_engine(store.engine.url.render_as_string(hide_password=False), pool_size=1)
    with engine.begin() as connection:
        connection.execute(Setting.__table__.insert().values(name=DEMO, value="1"))
    engine.dispose()
    production = settings.model_copy(update={"mode": "production"})
    with pytest.raises(UnsafeStart, match="demo accounts"):
        create_app(production)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_files_of_the_database_are_the_owners_only(store, settings) -> None:
    place = store.engine.url.database
    found = {f"{place}{tail}" for tail in ("", "-wal", "-shm", "-line") if os.path.exists(f"{place}{tail}")}
    assert len(found) >= 2
    for path in found:
        assert stat.S_IMODE(os.stat(path).st_mode) & 0o077 == 0, path
