"""`portal db`: the tables."""

import click

from portal.cli.opening import opened, settings_or_end
from portal.data import migrate, readiness
from portal.data.models import clear as shown


@click.group()
def db() -> None:
    """Bảng dữ liệu: tạo, nâng cấp, kiểm tra."""


@db.command()
def upgrade() -> None:
    """Tạo bảng hoặc nâng lên bản mới nhất."""
    migrate.upgrade(settings_or_end().database)
    click.echo(f"Bảng dữ liệu ở bản {readiness.newest_revision()}.")


@db.command()
@click.argument("message")
def revision(message: str) -> None:
    """Viết bước nâng cấp tiếp theo từ chỗ mô hình khác với bảng (cho người phát triển)."""
    migrate.revision(settings_or_end().database, message)


@db.command()
def check() -> None:
    """Cho biết bảng dữ liệu có đúng bản mới nhất không."""
    with opened():
        if not readiness.tables_are_current():
            raise click.ClickException("Bảng dữ liệu chưa ở bản mới nhất: chạy portal db upgrade.")
    click.echo("Bảng dữ liệu đúng bản mới nhất.")


@db.command()
def clear() -> None:
    """In ra từng cột: niêm phong hay để rõ, và vì sao."""
    for line in shown.lines():
        click.echo(line)
