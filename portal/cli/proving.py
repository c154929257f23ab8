"""`portal routing prove`: does every office of every unit lead to one competent body, or to a guidance."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import click

from portal.cli.importing import FILE, faults_named, progress_bar
from portal.cli.opening import opened
from portal.data.country import shipped_holdings, stored_holdings
from portal.domain import clock
from portal.domain.kinds import Kind
from portal.domain.parties import BodyFacts, Track
from portal.domain.posts import read_posts
from portal.domain.routing.proof import Failing, Gap, Holdings, Proof
from portal.domain.routing.walk import prove as walk

DAY = click.DateTime(["%Y-%m-%d"])
OUT = click.Path(dir_okay=False, path_type=Path)
FAULTS = {
    Gap.NO_LINE: "đơn vị không có cấp trên vào ngày này",
    Gap.NO_SUCCESSOR: "đơn vị đã kết thúc mà không dẫn đến đơn vị nào của ngày này",
    Gap.NO_POST: "chức vụ không có dòng mẫu cho ngày này",
    Gap.SEVERAL_POSTS: "chức vụ có nhiều dòng mẫu cùng hiệu lực",
    Gap.NO_OFFICE: "không có cơ quan của chức vụ này",
    Gap.UNDETERMINED: "chưa xác định được thẩm quyền",
    Gap.OPEN_QUESTION: "còn câu hỏi chưa trả lời",
    Gap.NO_BODY: "không có cơ quan có thẩm quyền",
    Gap.CLOSED_BODY: "cơ quan có thẩm quyền hoặc cơ quan trên nó đã kết thúc",
    Gap.SEVERAL_BODIES: "có nhiều cơ quan cùng loại trong một đơn vị",
    Gap.BROKEN_LINE: "các cơ quan trên nó không dẫn đến Trung ương",
}
_SHOWN, _FEW = 20, 3


def _number(count: int) -> str:
    """As Vietnamese readers write it: 3.321."""
    return f"{count:,}".replace(",", ".")


@click.command("prove")
@click.option("--on", "moment", type=DAY, help="Ngày cần chứng minh; để trống là hôm nay.")
@click.option("--database", is_flag=True, help="Dùng đơn vị, cơ quan và mẫu chức vụ của hệ thống này.")
@click.option("--posts", type=FILE, help="Thay tệp mẫu chức vụ kèm theo (không dùng với --database).")
@click.option("--list", "listed", type=OUT, help="Nơi ghi mọi cơ quan chưa tham gia (với --database).")
def prove(moment: datetime | None, database: bool, posts: Path | None, listed: Path | None) -> None:
    """Chứng minh mọi chức vụ ở mọi đơn vị đều có đúng một nơi có thẩm quyền, hoặc một hướng dẫn."""
    day = moment.date() if moment else clock.today()
    if (database and posts) or (listed and not database):
        raise click.UsageError("--posts chỉ dùng khi không có --database; --list chỉ dùng với --database")
    click.echo("Đang đọc dữ liệu…", err=True)
    held = _stored() if database else _shipped(posts)
    with progress_bar("Chứng minh") as progress:
        proof = walk(held, day, progress=progress)
    for line in summary(proof):
        click.echo(line)
    if database:
        _outside(proof.outside(held.bodies), listed)
    if not proof.holds:
        raise click.ClickException(f"Chưa chứng minh được cho ngày {day:%d/%m/%Y}.")
    click.echo("Đạt: không có ô nào bị bỏ sót.")


def _stored() -> Holdings:
    with opened():
        return stored_holdings()


def _shipped(posts: Path | None) -> Holdings:
    with faults_named():
        return shipped_holdings(read_posts(posts.read_bytes()) if posts else None)


def summary(proof: Proof) -> Iterator[str]:
    """What was walked and what fails, as lines."""
    units, cells, asked = map(_number, (proof.units, proof.cells, proof.decisions))
    yield (
        f"Ngày {proof.day:%d/%m/%Y}: {units} đơn vị, {proof.posts} chức vụ, {len(Kind)} loại việc, "
        f"{len(Track)} hướng: {cells} ô, {len(proof.classes)} lớp, {asked} lần hỏi."
    )
    competent = map(_number, (sum(proof.competent.values()), len(proof.competent)))
    yield (
        "Có một cơ quan: {} ô ({} cơ quan); ".format(*competent)
        + f"có hướng dẫn: {_number(proof.guided)} ô; đơn vị đã kết thúc: {_number(proof.ended)}."
    )
    if not proof.cells:
        yield "Không có đơn vị hoặc chức vụ nào vào ngày này."
    for failing in proof.failing[:_SHOWN]:
        yield f"{FAULTS[failing.fault]}: {_named(failing)}"
    if len(proof.failing) > _SHOWN:
        yield f"… và {_number(len(proof.failing) - _SHOWN)} nhóm ô khác"


def _named(failing: Failing) -> str:
    units = _some([f"{unit.id} {unit.name}" for unit in failing.units])
    return f"{units} × {_some([str(cell) for cell in failing.cells])}"


def _some(names: list[str]) -> str:
    more = f" và {_number(len(names) - _FEW)} nữa" if len(names) > _FEW else ""
    return f"{', '.join(names[:_FEW])}{more}"


def _outside(away: list[BodyFacts], listed: Path | None) -> None:
    click.echo(f"Chưa tham gia, phải chuyển ngoài hệ thống: {_number(len(away))} cơ quan.")
    for (kind, level), number in _counted(away):
        click.echo(f"  {kind:14}{level:10}{number:>8,}")
    if listed:
        with listed.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(("body_id", "kind", "level", "area_id", "name"))
            rows.writerows((one.id, one.kind, one.level, one.area_id, one.name) for one in away)
        click.echo(f"Danh sách: {listed}")


def _counted(away: Iterable[BodyFacts]) -> list[tuple[tuple[str, str], int]]:
    return list(Counter((one.kind.value, one.level.value) for one in away).items())
