"""`portal keys`: the beginning of all keys, and what is known of them."""

import click
import segno

from portal.accounts import actions, credentials, queries
from portal.accounts.refusals import Because, Refused
from portal.cli.opening import opened
from portal.domain.parties import BodyKind
from portal.domain.permissions import Role
from portal.vault.fingerprint import fingerprint
from portal.vault.totp import new_seed, uri
from portal.vault.weak import weak
from portal.web import words

ROOTS = ("front.VN", "inspection.VN")
_LEADS = {BodyKind.FRONT: Role.LEAD_REVIEWER, BodyKind.INSPECTION: Role.LEAD_INSPECTOR}
_REASONS = {
    Because.FOUNDED: "cơ quan này đã có khóa",
    Because.LOGIN_TAKEN: "tên đăng nhập đã có người dùng",
    Because.LOGIN_SHAPE: "tên đăng nhập gồm 3 đến 64 chữ cái không dấu, chữ số, dấu chấm hoặc gạch",
    Because.NOT_A_ROOT: "chỉ hai cơ quan Trung ương được lập khóa ở đây",
}


@click.group()
def keys() -> None:
    """Khóa của các cơ quan: lập gốc, liệt kê, dấu vân tay."""


@keys.command()
@click.option("--body", type=click.Choice(ROOTS), multiple=True, help="Chỉ lập cho cơ quan này.")
def root(body: tuple[str, ...]) -> None:
    """Lập khóa gốc ở Trung ương, trước sự có mặt của những người giữ khóa.

    Mỗi cơ quan có hai người phụ trách; Mặt trận có thêm hai người giữ danh tính. Từng người tự gõ cụm mật
    khẩu của mình, quét mã QR bằng ứng dụng xác thực và chép phiếu khôi phục. Từ đó mọi khóa khác được lập
    trên trang web, từ trên xuống.
    """
    with opened():
        for body_id in body or ROOTS:
            _found(body_id)


def _found(body_id: str) -> None:
    body = queries.body(body_id)
    if body is None:
        raise click.ClickException(f"Chưa có cơ quan {body_id}: chạy `portal bodies generate` trước.")
    if queries.keys_of(body_id):
        click.echo(f"{body.name}: đã có khóa, bỏ qua.")
        return
    click.secho(f"\n{body.name} ({body_id})", bold=True)
    seats = [(_LEADS[body.kind], 1), (_LEADS[body.kind], 2)]
    if body.kind is BodyKind.FRONT:
        seats += [(Role.CUSTODIAN, 1), (Role.CUSTODIAN, 2)]
    holders = [_holder(role, number) for role, number in seats]
    try:
        actions.found_root(actions.SYSTEM, body, holders=holders)
    except Refused as fault:
        raise click.ClickException(_REASONS.get(fault.because, fault.because.value)) from None
    click.echo(f"Đã lập khóa cho {body.name}.")
    _show_keys(body_id)


def _holder(role: Role, number: int) -> actions.Holder:
    click.secho(f"\n{words.label(role)} {number}", bold=True)
    name = click.prompt("  Họ và tên")
    login = _login()
    seed = new_seed()
    made = credentials.make(_passphrase(), totp_seed=seed)
    segno.make(uri(seed, login), error="m").terminal(compact=True)
    click.echo(f"  Khóa của ứng dụng xác thực (nếu không quét được): {seed}")
    click.echo(f"  Phiếu khôi phục, chép ra giấy và cất kín: {made.recovery_code}")
    click.pause("  Xong thì bấm một phím; màn hình sẽ được xóa.")
    click.clear()
    return actions.Holder(actions.NewPerson(login, name, made), frozenset({role}))


def _login() -> str:
    while (login := actions.login_of(click.prompt("  Tên đăng nhập"))) is None:
        click.echo(f"  Chưa được: {_REASONS[Because.LOGIN_SHAPE]}.")
    return login


def _passphrase() -> str:
    while True:
        typed: str = click.prompt("  Cụm mật khẩu", hide_input=True, confirmation_prompt="  Nhập lại")
        if weak(typed) is None:
            return typed
        click.echo("  Cụm mật khẩu yếu: cần từ 12 ký tự, bốn từ không liên quan đến nhau.")


@keys.command("list")
def list_() -> None:
    """Liệt kê khóa đang dùng của mọi cơ quan."""
    with opened():
        found = queries.body_keys()
        for key in found:
            click.echo(
                f"{key.body_id:24} {words.label(key.purpose)!s:32} bản {key.version}, "
                f"{key.created_on:%d/%m/%Y}"
            )
    if not found:
        click.echo("Chưa có khóa nào: `portal keys root`.")


@keys.command("fingerprint")
@click.argument("body_id", metavar="BODY")
def fingerprint_(body_id: str) -> None:
    """Dấu vân tay các khóa của một cơ quan, để so với bản đã công bố."""
    with opened():
        if not queries.keys_of(body_id):
            raise click.ClickException(f"Cơ quan {body_id} chưa có khóa.")
        _show_keys(body_id)


def _show_keys(body_id: str) -> None:
    for key in queries.keys_of(body_id):
        click.echo(f"  {words.label(key.purpose)!s:32} {fingerprint(key.public_key)}")
