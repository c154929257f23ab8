"""`portal areas`: administrative units, imported and searched."""

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
