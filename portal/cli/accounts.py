"""`portal accounts`: who has an account; invite and disable. Nobody is admitted here: that needs a key."""

import click

from portal.accounts import actions, queries
from portal.accounts.refusals import Refused
from portal.cli.opening import opened
from portal.domain.conflicts import is_bare_name
from portal.domain.permissions import Role
from portal.web import words


@click.group()
def accounts() -> None:
    """Tài khoản cán bộ: liệt kê, mời, khóa."""


@accounts.command("list")
@click.option("--body", "body_id", help="Chỉ một cơ quan, ví dụ front.P79b.")
def list_(body_id: str | None) -> None:
    """Liệt kê tài khoản với cơ quan, vai trò và trạng thái."""
    with opened():
        for member in queries.everybody(body_id):
            roles = ", ".join(str(words.label(role)) for role in sorted(member.role_set))
            state = words.label(member.account.state if member.account.state == "disabled" else member.state)
            click.echo(f"{member.account.login:24} {member.body_id:24} {state!s:12} {roles}")


@accounts.command()
@click.option("--body", "body_id", required=True, help="Cơ quan, ví dụ front.P79b.")
@click.option("--name", required=True, help="Họ và tên người được mời.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role])
)
@click.option("--site", default="https://localhost", help="Địa chỉ trang cán bộ, để in liên kết đầy đủ.")
def invite(body_id: str, name: str, roles: tuple[str, ...], site: str) -> None:
    """In liên kết mời dùng một lần; người ấy vẫn phải được người giữ khóa kết nạp."""
    if not is_bare_name(name):
        raise click.ClickException("Chỉ ghi họ và tên, 2 đến 6 chữ, không ghi chức danh, học vị, số hay dấu.")
    with opened():
        body = queries.body(body_id)
        if body is None:
            raise click.ClickException(f"Không có cơ quan {body_id}.")
        chosen = frozenset(Role(role) for role in roles)
        try:
            token = actions.invite(actions.SYSTEM, body, display_name=name, roles=chosen)
        except Refused:
            raise click.ClickException(
                "Các vai trò này không đi cùng nhau hoặc không có ở cơ quan ấy."
            ) from None
    click.echo(f"{site.rstrip('/')}/can-bo/loi-moi/{token}")


@accounts.command()
@click.argument("login")
def disable(login: str) -> None:
    """Khóa một tài khoản; các phiên đăng nhập của nó kết thúc ngay."""
    with opened():
        member = queries.member_called(login)
        if member is None:
            raise click.ClickException(f"Không có tài khoản {login}.")
        actions.disable(actions.SYSTEM, member)
    click.echo(f"Đã khóa {login}.")
