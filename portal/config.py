"""One frozen Settings, read from the environment; start-up fails on whatever is incomplete or unsafe."""

import json
import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url

CHECKOUT = Path(__file__).resolve().parent.parent


class UnsafeSettings(Exception):
    """The settings are incomplete or unsafe; the text names the variable and what it needs."""


def resource_root() -> Path:
    """The folder that holds templates/ and static/: the checkout, or the copies inside the wheel."""
    packaged = Path(__file__).resolve().parent / "_resources"
    return packaged if packaged.is_dir() else CHECKOUT


class Settings(BaseSettings):
    """Everything that a deployment decides. Times in seconds, sizes in bytes."""

    model_config = SettingsConfigDict(
        env_prefix="PORTAL_", frozen=True, extra="ignore", populate_by_name=True
    )

    mode: Literal["demo", "production", "test"] = "production"
    face: Literal["all", "public", "staff"] = "all"
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)
    instance: Path = CHECKOUT / "instance"
    database_url: str = Field("", validation_alias="DATABASE_URL")
    secret_key: str = ""
    pepper: str = ""
    workers: int = Field(2, ge=1, le=64)
    threads: int = Field(16, ge=1, le=256)
    identity_store: Literal["portal", "none"] = "portal"
    public_host: str = ""
    staff_host: str = ""
    # How many proxies of one's own stand in front: only so many X-Forwarded-For entries are believed.
    trusted_proxies: int = Field(0, ge=0, le=3)
    smtp_url: str = ""
    mail_from: str = ""
    # The installation's own table of retention, in the form of portal/data/reference/retention.csv.
    retention_file: Path | None = None

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    @property
    def is_secure(self) -> bool:
        """Cookies carry Secure and __Host- (served behind TLS)."""
        return self.mode == "production"

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.instance / 'portal.sqlite3'}"

    @property
    def blobs(self) -> Path:
        return self.instance / "blobs"


_GENERATED = ("secret_key", "pepper")


def load_settings(**overrides: object) -> Settings:
    """Read the environment; raises UnsafeSettings naming the variable at fault."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = "; ".join(
            f"PORTAL_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()
        )
        raise UnsafeSettings(faults) from None
    if settings.mode != "production":
        settings = settings.model_copy(update=_local_secrets(settings))
    _refuse_unsafe(settings)
    return settings


def _local_secrets(settings: Settings) -> dict[str, str]:
    """Secrets that the demo makes for itself and keeps beside its database (mode 600)."""
    given = {name: getattr(settings, name) for name in _GENERATED if getattr(settings, name)}
    if len(given) == len(_GENERATED):
        return {}
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = settings.instance / "local-secrets.json"
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w") as file:
            json.dump({name: secrets.token_urlsafe(48) for name in _GENERATED}, file)
    kept: dict[str, str] = json.loads(place.read_text())
    return kept | given


def _refuse_unsafe(settings: Settings) -> None:
    faults = []
    for name in _GENERATED:
        if len(getattr(settings, name)) < 32:
            faults.append(f"PORTAL_{name.upper()} must hold at least 32 characters of a random secret")
    if settings.secret_key and settings.secret_key == settings.pepper:
        faults.append("PORTAL_PEPPER must differ from PORTAL_SECRET_KEY")
    try:
        make_url(settings.database)
    except Exception:
        faults.append("DATABASE_URL is not a database address")
    if settings.mode == "production":
        if not settings.public_host:
            faults.append("PORTAL_PUBLIC_HOST must name the host of the public pages")
        if not settings.staff_host:
            faults.append("PORTAL_STAFF_HOST must name the host of the staff pages")
        if settings.smtp_url and not settings.mail_from:
            faults.append("PORTAL_MAIL_FROM must name the sender of notices")
    if faults:
        raise UnsafeSettings("; ".join(faults))
