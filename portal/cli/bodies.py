"""`portal bodies`: the standard bodies of every unit."""

from datetime import date, datetime
from pathlib import Path

import click

from portal.cli.importing import FILE, OPERATOR, faults_named, progress_bar, tell
from portal.cli.opening import opened
from portal.data import bodies as read
from portal.domain.parties import BodyFacts
from portal.registry import actions


@click.group()
def bodies() -> None:
    """Cơ quan của từng đơn vị: tạo, xem."""


@bodies.command()
@click.option("--posts", type=FILE, help="Tệp mẫu chức vụ; để trống thì dùng tệp kèm theo.")
def generate(posts: Path | None) -> None:
    """Tạo các cơ quan tiêu chuẩn của mọi đơn vị đã nhập và mẫu chức vụ."""
    content = posts.read_bytes() if posts else None
    with opened(), faults_named(), progress_bar("Tạo cơ quan") as progress:
        done = actions.generate_bodies(OPERATOR, content, progress=progress)
    tell("Cơ quan và mẫu chức vụ", done)


@bodies.command("list")
@click.option("--area", required=True, help="Mã đơn vị, ví dụ C27019b; VN là Trung ương.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Chỉ cơ quan có vào ngày này.")
def list_(area: str, day: datetime | None) -> None:
    """Liệt kê các cơ quan của một đơn vị."""
    with opened():
        found = read.bodies_of(area, day.date() if day else None)
    if not found:
        raise click.ClickException(f"Không có cơ quan nào của đơn vị {area}.")
    for body in found:
        click.echo(_line(body))


def _line(body: BodyFacts) -> str:
    active = "  [đã tham gia]" if body.active else ""
    dates = f"{_day(body.valid_from)}–{_day(body.valid_to)}"
    return f"{body.id:24} {body.name}  ({dates}; trên: {body.superior_id or 'không có'}){active}"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "…"
