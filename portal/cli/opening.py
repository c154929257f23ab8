"""What every command does first: read the settings, open the store, and end with a plain line on a fault."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from portal.config import Settings, UnsafeSettings, load_settings
from portal.data import db
from portal.vault.names import use_pepper


def settings_or_end() -> Settings:
    """The settings; ends the command with the name of the variable at fault."""
    try:
        return load_settings()
    except UnsafeSettings as fault:
        raise click.ClickException(f"Cấu hình chưa an toàn: {fault}") from None


@contextmanager
def opened() -> Iterator[Settings]:
    """The store of the settings, open for the length of the block."""
    settings = settings_or_end()
    use_pepper(settings.pepper.encode())
    try:
        current = db.open_store(settings.database, settings.blobs)
    except db.NotDurable as fault:
        raise click.ClickException(f"Cơ sở dữ liệu chưa an toàn: {fault}") from None
    try:
        yield settings
    finally:
        current.close()
        db.use_store(None)
