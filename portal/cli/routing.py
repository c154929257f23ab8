"""`portal routing`: who is competent, for a sheet of cases or for one office; needs no database."""

import csv
from datetime import date, datetime
from pathlib import Path

import click

from portal.cli.importing import FILE, faults_named
from portal.cli.proving import DAY, prove
from portal.data.country import shipped_cases, shipped_posts, shipped_units
from portal.data.reference import shipped
from portal.domain import clock
from portal.domain.country import Country
from portal.domain.offices import Register
from portal.domain.posts import read_posts, with_drafts
from portal.domain.routing.agreement import compare, page
from portal.domain.routing.published import PUBLISHED, read_published
from portal.domain.routing.sheet import ANSWERS, Sheet
from portal.domain.routing.simulation import RuleSet, Sample, differences


@click.group()
def routing() -> None:
    """Thẩm quyền: hỏi quy tắc cho một bảng trường hợp hoặc một chức vụ."""


def _sheet(today: date) -> Sheet:
    read = shipped_units()
    return Sheet(Country(read.areas, read.successors), Register(shipped_posts()), today)


@routing.command("decide")
@click.option("--csv", "source", type=FILE, required=True, help="Bảng trường hợp (CSV, UTF-8).")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Nơi ghi trả lời."
)
def decide(source: Path, out: Path) -> None:
    """Trả lời từng dòng của một bảng trường hợp: cấp nào, cơ quan nào, theo quy tắc nào."""
    try:
        text = source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{source.name}: không phải mã UTF-8") from None
    rows = csv.DictReader(text.splitlines(keepends=True))
    if "id" not in (rows.fieldnames or ()):
        raise click.ClickException(f"{source.name}: thiếu cột id")
    sheet, number = _sheet(clock.today()), 0
    with out.open("w", encoding="utf-8", newline="") as file:
        answers = csv.DictWriter(file, ANSWERS, lineterminator="\n")
        answers.writeheader()
        for row in rows:
            answers.writerow(sheet.answer(row))
            number += 1
    click.echo(f"{number} dòng → {out}", err=True)


@routing.command("evidence")
@click.option("--csv", "source", type=FILE, help="Bảng quyết định đã công bố; để trống: bảng kèm theo.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Nơi ghi; để trống thì in ra.")
def evidence(source: Path | None, out: Path | None) -> None:
    """So quy tắc với các quyết định đã công bố, và nêu lý do của từng chỗ khác nhau."""
    posts = shipped_posts()
    with faults_named():
        content = source.read_bytes() if source else shipped(PUBLISHED)
        cases = read_published(content, (post.post for post in posts))
    text = page(compare(cases, posts), posts)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"{len(cases)} quyết định → {out}", err=True)


@routing.command("simulate")
@click.option("--posts", "source", type=FILE, required=True, help="Các dòng mẫu chức vụ của bản nháp (CSV).")
@click.option("--on", "moment", type=DAY, help="Ngày tiếp nhận; để trống: khi bản nháp bắt đầu.")
def simulate(source: Path, moment: datetime | None) -> None:
    """Cho biết bản nháp trả lời khác đi những quyết định đã công bố nào."""
    with faults_named():
        drafted = read_posts(source.read_bytes())
    begin = min((one.valid_from or date.min for one in drafted), default=date.min)
    day = moment.date() if moment else max(clock.today(), begin)
    posts = shipped_posts()
    samples = [Sample(one.id, one.case) for one in shipped_cases()]
    found = differences(RuleSet(posts), RuleSet(with_drafts(posts, drafted)), samples, day)
    for one in found:
        click.echo(f"{one.before} → {one.after}: {len(one.ids)} ({', '.join(one.ids)})")
    changed = sum(len(one.ids) for one in found)
    click.echo(f"Ngày {day:%d/%m/%Y}: {changed} trong {len(samples)} quyết định được trả lời khác đi.")


routing.add_command(prove)
