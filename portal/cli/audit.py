"""`portal audit`: the chain of the audit log."""

import click

from portal.cli.opening import opened
from portal.data import audit as chain
from portal.data.db import session


@click.group()
def audit() -> None:
    """Nhật ký: kiểm tra chuỗi."""


@audit.command()
@click.option("--head", help="Mã của mục mới nhất đã ghi ở nơi khác; phải còn nằm trong chuỗi.")
def verify(head: str | None) -> None:
    """Tính lại cả chuỗi; kết thúc với mã 1 và nêu từng mục bị sửa, mất hay chèn."""
    with opened():
        verdict = chain.verify(session())
        known = head is None or chain.contains(session(), head)
    for fault in verdict.faults:
        click.echo(fault, err=True)
    if not known:
        click.echo("Mã đã ghi ở nơi khác không còn trong chuỗi: đoạn cuối đã bị cắt hoặc viết lại.", err=True)
    click.echo(f"{verdict.entries} mục, mục mới nhất {verdict.head}")
    if verdict.faults or not known:
        raise SystemExit(1)
    click.echo("Chuỗi nguyên vẹn.")
