"""`portal areas`: administrative units, imported and searched."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from portal.cli.importing import FILE, OPERATOR, faults_named, progress_bar, tell
from portal.cli.opening import opened
from portal.data import territory
from portal.data.reference import shipped
from portal.domain import clock
from portal.domain.gazetteer import AREAS, SUCCESSORS
from portal.domain.places import Extent, Former, Place
from portal.registry import actions
from portal.registry.queries import previews
from portal.registry.refusals import Refused

_EXTENTS = {Extent.WHOLE: "trước là", Extent.PART: "một phần của", Extent.WITHIN: "trước thuộc"}


@click.group()
def areas() -> None:
    """Đơn vị hành chính: nhập, tìm."""


@areas.command("import")
@click.option("--areas", "areas_file", type=FILE, help="Tệp đơn vị; để trống thì dùng tệp kèm theo.")
@click.option("--successors", type=FILE, help="Tệp đơn vị kế tiếp; để trống thì dùng tệp kèm theo.")
def import_(areas_file: Path | None, successors: Path | None) -> None:
    """Nhập các đơn vị hành chính và đơn vị kế tiếp."""
    files = actions.AreaFiles(
        areas_file.read_bytes() if areas_file else shipped(AREAS),
        successors.read_bytes() if successors else shipped(SUCCESSORS),
    )
    with opened(), faults_named(), progress_bar("Nhập đơn vị hành chính") as progress:
        done = actions.import_areas(OPERATOR, files, progress=progress)
    tell("Đơn vị hành chính và kế tiếp", done)


@areas.command()
@click.option("--areas", "areas_file", type=FILE, required=True, help="Đơn vị kết thúc và đơn vị mới.")
@click.option("--successors", type=FILE, required=True, help="Đơn vị kế tiếp.")
@click.option("--source", help="Văn bản làm căn cứ, ví dụ “Nghị quyết 202/2025/QH15”.")
@click.option("--preview", is_flag=True, help="Chỉ xem trước, không đổi gì.")
def reorganise(areas_file: Path, successors: Path, source: str | None, preview: bool) -> None:
    """Sắp xếp đơn vị hành chính: một việc, từ hai tệp như areas.csv và area_successors.csv."""
    files = actions.AreaFiles(areas_file.read_bytes(), successors.read_bytes())
    with opened(), faults_named():
        for line in previews.lines(previews.preview(actions.read(files))):
            click.echo(line)
    if preview:
        return
    if not source:
        raise click.ClickException("Thiếu --source: nêu văn bản làm căn cứ.")
    with opened(), faults_named(), _refusals_named(), progress_bar("Sắp xếp đơn vị") as progress:
        done = actions.reorganise(OPERATOR, files, source_doc=source, progress=progress)
    click.echo(
        f"Đã đóng {done.closed_areas} đơn vị, {done.closed_bodies} cơ quan; mở {done.opened_areas} đơn vị, "
        f"{done.opened_bodies} cơ quan; hồ sơ được giao: {previews.total(done.handed.cases.values())}."
    )


@contextmanager
def _refusals_named() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise click.ClickException(f"Không đổi gì: {refused}") from None


@areas.command()
@click.argument("typed")
def search(typed: str) -> None:
    """Tìm đơn vị hiện nay theo tên gõ vào, kể cả tên cũ."""
    with opened():
        found = territory.search_places(typed, clock.today())
    for place in found.places:
        click.echo(_line(place))
    if found.more:
        click.echo("… còn nữa: hãy gõ thêm tên tỉnh, thành phố.")
    for split in found.splits:
        parts = ", ".join(part.name for part in split.candidates)
        click.echo(f"{split.name} ({split.place}) đã được chia vào {parts}: cần biết tên đường.")
    if not found.places:
        click.echo("Không tìm thấy.")


def _line(place: Place) -> str:
    above = f", {place.place}" if place.place else ""
    notes = "; ".join(_former(former) for former in place.formerly)
    return f"{place.area_id:9} {place.name}{above}" + (f"  ({notes})" if notes else "")


def _former(former: Former) -> str:
    until = f"đến {former.valid_to:%d/%m/%Y} " if former.valid_to else ""
    above = f", {former.place}" if former.place else ""
    return f"{until}{_EXTENTS[former.extent]} {former.name}{above}"
