"""`portal demo`: try everything on this machine, with invented reports."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from portal.cli.importing import progress_bar
from portal.cli.opening import opened, settings_or_end
from portal.cli.serve import address_of, refuse_busy_port, run_server
from portal.config import Settings
from portal.data import migrate
from portal.demo import accounts_file, slate
from portal.demo.loading import finished
from portal.demo.loading import load as load_demo
from portal.demo.marks import Stage, stage
from portal.demo.schedule import TooEarly

_FOREIGN = (
    "Cơ sở dữ liệu này có dữ liệu không phải của bản trình diễn nên được giữ nguyên. "
    "Chọn nơi khác bằng PORTAL_INSTANCE hoặc DATABASE_URL."
)


@click.group()
def demo() -> None:
    """Bản trình diễn: nạp, chạy, làm lại."""
    mode = os.environ.setdefault("PORTAL_MODE", "demo")
    if mode != "demo":
        raise click.ClickException(f"Bản trình diễn chỉ chạy với PORTAL_MODE=demo, không phải {mode}.")


@demo.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Nạp nếu chưa có, rồi chạy trang web."""
    settings = settings_or_end()
    refuse_busy_port(settings)
    with _locked(settings) as lock:
        _load_if_absent(settings, lock, None)
        try:
            lock.together()
        except slate.InUse:
            raise click.ClickException("Bản trình diễn đang được nạp ở một cửa sổ khác.") from None
        run_server(settings, with_worker=True, ready=lambda: _announce(settings))
    click.echo("Đã dừng.")


@demo.command()
@click.option("--reports", type=click.IntRange(0), help="Chỉ nạp chừng này phản ánh.")
def load(reports: int | None) -> None:
    """Nạp bản trình diễn nếu chưa có."""
    settings = settings_or_end()
    with _locked(settings) as lock:
        if not _load_if_absent(settings, lock, reports):
            click.echo("Bản trình diễn đã có sẵn.")


@demo.command()
@click.option("--reports", type=click.IntRange(0), help="Chỉ nạp chừng này phản ánh.")
def reset(reports: int | None) -> None:
    """Xóa bản trình diễn rồi nạp lại từ đầu."""
    settings = settings_or_end()
    with _locked(settings) as lock:
        _take_alone(lock)
        migrate.upgrade(settings.database)
        with opened():
            if stage() in (Stage.FOREIGN, Stage.UNITS):
                raise click.ClickException(_FOREIGN)
            _wipe(settings)
        _load(settings, reports)


@demo.command()
def accounts() -> None:
    """In lại các tài khoản và mã tra cứu."""
    settings = settings_or_end()
    try:
        content = accounts_file.read(settings.instance)
    except FileNotFoundError:
        raise click.ClickException("Chưa có bản trình diễn: chạy make run.") from None
    _print(accounts_file.table(address_of(settings), content))


def _load_if_absent(settings: Settings, lock: slate.Lock, reports: int | None) -> bool:
    """Load what is missing or was interrupted; False where everything is there."""
    migrate.upgrade(settings.database)
    with opened():
        found = stage()
        if found is Stage.LOADED:
            return False
        if found is Stage.FOREIGN:
            raise click.ClickException(_FOREIGN)
        _take_alone(lock)
        # Asked again: another command may have finished in between.
        if stage() is Stage.LOADED:
            return False
        if found is Stage.LOADING:
            click.echo("Lần nạp trước chưa xong: làm lại từ đầu.")
            _wipe(settings)
    _load(settings, reports)
    return True


def _load(settings: Settings, reports: int | None) -> None:
    migrate.upgrade(settings.database)
    with opened():
        try:
            made = load_demo(settings, number=reports, bar=progress_bar)
        except KeyboardInterrupt:
            raise click.ClickException("Đã dừng giữa chừng. Lần chạy sau sẽ làm lại từ đầu.") from None
        except TooEarly as fault:
            raise click.ClickException(
                f"Đồng hồ của máy ({fault}) đứng trước các đơn vị từ 07/2025."
            ) from None
        accounts_file.write(settings.instance, made.seats, made.scenes)
        finished()


def _wipe(settings: Settings) -> None:
    try:
        slate.wipe(settings)
    except slate.InUse:
        raise click.ClickException(
            "Có chương trình khác đang mở cơ sở dữ liệu: dừng nó rồi chạy lại."
        ) from None


def _announce(settings: Settings) -> None:
    address = address_of(settings)
    click.echo(f"Sẵn sàng: {address}")
    try:
        _print(accounts_file.table(address, accounts_file.read(settings.instance)))
    except FileNotFoundError:
        click.echo(f"Không còn tệp {accounts_file.NAME}: muốn có tài khoản mới, chạy make demo-reset.")
    click.echo("Dừng lại: Ctrl-C")
    sys.stdout.flush()


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


@contextmanager
def _locked(settings: Settings) -> Iterator[slate.Lock]:
    with slate.lock(settings.instance) as lock:
        yield lock


def _take_alone(lock: slate.Lock) -> None:
    try:
        lock.alone()
    except slate.InUse:
        raise click.ClickException(
            "Bản trình diễn đang chạy ở một cửa sổ khác: dừng nó rồi chạy lại."
        ) from None
