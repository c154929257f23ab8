"""What the import commands share: a progress bar, and the faults of a refused file line by line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from portal.domain.csv_rows import Refused
from portal.domain.permissions import Actor, ActorKind
from portal.registry.actions import Imported, Progress

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OPERATOR = Actor("command-line", ActorKind.SYSTEM)
_SHOWN = 20


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar that appears with the first rows; nothing is drawn where there is no terminal."""
    bar = click.progressbar(length=0, label=label)
    shown = False

    def advance(done: int, total: int) -> None:
        nonlocal shown
        if not shown:
            bar.length = total
            bar.__enter__()
            shown = True
        bar.update(done - bar.pos)

    try:
        yield advance
    finally:
        if shown:
            bar.__exit__(None, None, None)


@contextmanager
def faults_named() -> Iterator[None]:
    """End the command with one line per fault if a file is refused; nothing was stored then."""
    try:
        yield
    except Refused as refused:
        for problem in refused.problems[:_SHOWN]:
            click.echo(str(problem), err=True)
        if len(refused.problems) > _SHOWN:
            click.echo(f"… và {len(refused.problems) - _SHOWN} lỗi khác", err=True)
        raise click.ClickException("Không nhập gì: hãy sửa tệp rồi chạy lại.") from None


def tell(what: str, done: Imported) -> None:
    """One line on what was stored, and which stored rows differ from the file."""
    click.echo(f"{what}: {done.new} dòng mới, {done.known} dòng đã có.")
    if done.kept:
        few = ", ".join(done.kept[:10]) + ("…" if len(done.kept) > 10 else "")
        click.echo(f"Giữ nguyên {len(done.kept)} dòng đã có nội dung khác với tệp: {few}")
