"""`portal bench`: how fast it is, beside a bare application on the same server and database."""

import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from portal.bench import base, clocks, crash, disk, ground, measures, notices, postgres, report, walks
from portal.bench.routing import routing
from portal.cli.serve import granian
from portal.config import load_settings

_KINDS = ("sqlite", "postgresql")
_PARTS = ("routing", "disk", *measures.PARTS, "clocks", "notices", "walk", "crash")
_LONG = {"walk", "crash"}
_REPORTS, _RESIDENTS, _KILLS = 1_000, 8, 60


@click.command()
@click.option("--only", "parts", multiple=True, type=click.Choice(_PARTS), help="Chỉ đo phần này.")
@click.option("--seconds", default=10.0, type=click.FloatRange(0.5, 60), help="Độ dài của một vòng.")
@click.option("--database", "kinds", multiple=True, type=click.Choice(_KINDS), help="Chỉ trên loại này.")
@click.option("--seed", default=1, help="Hạt giống của các lượt ngẫu nhiên và các lần giết tiến trình.")
def bench(parts: tuple[str, ...], seconds: float, kinds: tuple[str, ...], seed: int) -> None:
    """Đo tốc độ trên máy này, ghi bench.json."""
    logging.basicConfig(level=logging.ERROR)
    chosen = parts or tuple(one for one in _PARTS if one not in _LONG)
    place = Path.cwd() / report.NAME
    taken: list[report.Measure] = []
    if "routing" in chosen:  # needs no database, so it is measured once
        click.echo("thẩm quyền: chứng minh cả nước, số lần trả lời mỗi giây")
        taken += routing()
        report.write(place, taken)
    with tempfile.TemporaryDirectory(prefix="portal-bench-", dir=_disk()) as folder:
        for kind in kinds or _KINDS:
            if kind == "postgresql" and postgres.programs() is None:
                click.echo("postgresql: chưa cài trên máy này, bỏ qua")
                continue
            here = Path(folder) / kind
            here.mkdir()
            for one in _all(kind, here, chosen, seconds, seed):
                taken.append(one)
                report.write(place, [one])
    for line in report.table(taken):
        click.echo(line)
    click.echo(f"Đã ghi {place}")
    if any(one.held is False for one in taken):
        click.echo("Có mức chưa đạt; trên máy đang bận việc khác thì hãy đo lại khi máy rảnh.")


def serve_bare() -> None:
    """Serve the bare application with the portal's own settings of the server."""
    granian(load_settings(), "portal.bench.bare:create_app").serve()


def _disk() -> str:
    """A folder on a disk: what lies in memory is never slow to write."""
    lasting = Path("/var/tmp")  # noqa: S108 - a private folder is made in it
    return str(lasting) if lasting.is_dir() else tempfile.gettempdir()


def _all(
    kind: str, folder: Path, parts: tuple[str, ...], seconds: float, seed: int
) -> Iterator[report.Measure]:
    if "disk" in parts:
        yield report.Measure("fsync", disk.fsync_rate(folder), "fdatasync/s")
    wanted = [name for name in measures.PARTS if name in parts]
    if wanted:
        with ground.prepared(kind, folder, seconds, click.echo) as place:
            for name in wanted:
                yield from measures.PARTS[name](place)
    if "clocks" in parts:
        yield from _clocks(kind, folder / "clocks")
    if "notices" in parts:
        yield from _notices(kind, folder / "notices")
    if "walk" in parts:
        yield from _walk(kind, folder / "walk", seed)
    if "crash" in parts:
        yield from _crash(kind, folder / "crash", seed)


def _clocks(kind: str, folder: Path) -> Iterator[report.Measure]:
    click.echo(f"{kind}: {clocks.NUMBER:,} đồng hồ thời hạn được tính lại")
    folder.mkdir()
    with ground.database(kind, folder) as (address, _), base.founded(folder / "instance", address) as made:
        yield from clocks.run(made)


def _notices(kind: str, folder: Path) -> Iterator[report.Measure]:
    click.echo(f"{kind}: thư báo đi trong bao lâu")
    folder.mkdir()
    with ground.database(kind, folder) as (address, _), base.founded(folder / "instance", address) as made:
        yield from notices.run(made)


def _walk(kind: str, folder: Path, seed: int) -> Iterator[report.Measure]:
    click.echo(f"{kind}: {walks.CASES:,} hồ sơ, nhiều người cùng làm ngẫu nhiên, hạt giống {seed}")
    folder.mkdir()
    with ground.database(kind, folder) as (address, _), base.founded(folder / "instance", address) as made:
        yield from walks.run(made, seed, click.echo)


def _crash(kind: str, folder: Path, seed: int) -> Iterator[report.Measure]:
    click.echo(f"{kind}: giết tiến trình trong lúc {_REPORTS:,} phản ánh được gửi")
    folder.mkdir()
    with ground.database(kind, folder) as (address, _), base.founded(folder / "instance", address) as made:
        found = crash.run(
            made.settings,
            made.reviewer()[1],
            number=_REPORTS,
            clients=_RESIDENTS,
            seed=seed,
            kills=_KILLS,
        )
    for fault in found.faults[:20]:
        click.echo(f"  {fault}")
    yield report.Measure(
        "crash_faults",
        len(found.faults),
        "faults",
        kind,
        bar="0",
        held=not found.faults,
        more={
            "reports": found.reports,
            "receipts_shown": found.shown,
            "workers_killed": found.workers_killed,
            "servers_killed": found.servers_killed,
            "connections_broken": found.broken,
            "slowest_start_s": found.slowest_start,
        },
    )
