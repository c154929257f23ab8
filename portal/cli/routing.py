"""`portal routing`: who is competent, for a sheet of cases or for one office; needs no database."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

import click

from portal.cli.importing import FILE, faults_named
from portal.cli.proving import DAY, prove
from portal.data.country import shipped_cases, shipped_posts, shipped_units
from portal.data.reference import shipped
from portal.domain import clock
from portal.domain.country import Country
from portal.domain.csv_rows import plain
from portal.domain.offices import Register
from portal.domain.parties import Track
from portal.domain.posts import read_posts, with_drafts
from portal.domain.routing import Question, Route
from portal.domain.routing.agreement import compare, page
from portal.domain.routing.explaining import Asked, Explained, Unclear, explain
from portal.domain.routing.published import PUBLISHED, read_published
from portal.domain.routing.sentence import sentence
from portal.domain.routing.sheet import ANSWERS, Sheet
from portal.domain.routing.simulation import RuleSet, Sample, differences
from portal.domain.routing.told import told
from portal.domain.subjects import Status
from portal.web import words

MOST_SHOWN = 8
"""So many readings of a place are printed; the rest is counted."""


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
    try:
        rows = csv.DictReader(StringIO(text, newline=""), strict=True)
        if "id" not in (rows.fieldnames or ()):
            raise click.ClickException(f"{source.name}: thiếu cột id")
        asked = list(rows)
    except csv.Error as fault:
        raise click.ClickException(f"{source.name}, dòng {rows.line_num}: không đọc được ({fault})") from None
    sheet = _sheet(clock.today())
    with _opened(out) as file:
        answers = csv.DictWriter(file, ANSWERS, lineterminator="\n")
        answers.writeheader()
        answers.writerows({name: plain(cell) for name, cell in sheet.answer(row).items()} for row in asked)
    click.echo(f"{len(asked)} dòng → {out}", err=True)


def _opened(out: Path) -> TextIO:
    try:
        return out.open("w", encoding="utf-8", newline="")
    except OSError as fault:
        raise click.ClickException(f"{out}: không ghi được ({fault.strerror})") from None


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


class Refused(click.ClickException):
    """A question that cannot be asked yet: one line, exit 2."""

    exit_code = 2


_TRACKS = click.Choice([track.value for track in Track])
_STATUSES = click.Choice([status.value for status in Status])


@routing.command("explain")
@click.option("--post", required=True, help="Chức vụ, như người dân viết: “CT UBND P.”.")
@click.option(
    "--place", required=True, help="Đơn vị của mọi thời kỳ: “Tây Thạnh”, “Sơn Kỳ, Tân Phú, TP.HCM”."
)
@click.option("--on", "day", required=True, help="Ngày tiếp nhận: 2026-11-01.")
@click.option("--track", type=_TRACKS, default=Track.PARTY.value, help="Đường xử lý.")
@click.option("--status", type=_STATUSES, default=Status.UNKNOWN.value, help="Người đó nay thế nào.")
@click.option("--then", default="", help="Chức vụ lúc xảy ra việc, nếu đã chuyển công tác.")
def explain_one(post: str, place: str, day: str, track: str, status: str, then: str) -> None:
    """Ai có quyền xem xét một chức vụ, và vì sao: kèm mọi quy tắc đã xét."""
    try:
        asked = Asked(post, place, date.fromisoformat(day), Track(track), Status(status), then)
    except ValueError:
        raise _unclear(Unclear("day_unknown", day)) from None
    sheet = _sheet(clock.today())
    try:
        found = explain(asked, sheet.country, sheet.register)
    except Unclear as fault:
        raise _unclear(fault) from None
    for line in lines(found):
        click.echo(line)
    if isinstance(found.decision.answer, Question):
        raise click.exceptions.Exit(2)


def _unclear(fault: Unclear) -> click.ClickException:
    said = str(words.UNCLEAR[fault.what]) % {"text": fault.text[:80]}
    if fault.candidates:
        shown = "; ".join(fault.candidates[:MOST_SHOWN])
        more = len(fault.candidates) - MOST_SHOWN
        said += f" {shown}" + (f"; … (+{more})" if more > 0 else "")
    return Refused(said)


def lines(found: Explained) -> Iterator[str]:
    """What was read, the unit and its line, the answer, the sentence, and the trace with its sources."""
    shown = told(found.decision, found.matter)
    yield f"Chức vụ: {found.post.name} · {words.label(found.post.level)} [{found.post.post}]"
    if found.then is not None:
        yield f"Lúc xảy ra việc: {found.then.name} · {words.label(found.then.level)} [{found.then.post}]"
    yield f"Đơn vị: {found.unit.name} [{found.unit.id}]"
    stands = " | ".join(unit.name for unit in found.place.candidates)
    line = [*([stands] if stands else []), *(unit.name for unit in found.place.line)]
    yield f"Ngày {shown['on']}: " + " → ".join(line)
    if found.namesakes:
        some = "; ".join(found.namesakes[:MOST_SHOWN])
        yield f"Đơn vị cùng tên đã kết thúc, không phải đơn vị này: {some}"
    yield from _answer(found, shown)
    yield "Các quy tắc đã xét:"
    for number, look in enumerate(shown["trace"], 1):
        why = words.WHY[look["why"]] if look["why"] else "ÁP DỤNG"
        period = f" ({look['from'] or '…'} – {look['to'] or '…'})" if look["from"] or look["to"] else ""
        yield f"{number:>3}. {look['rule']}: {why} [{look['source']}]{period}"


def _answer(found: Explained, shown: dict[str, Any]) -> Iterator[str]:
    answer = found.decision.answer
    if not isinstance(answer, Route):
        yield f"Chưa nêu được cơ quan: {words.UNDECIDED[shown['code']]}"
        if shown["candidates"]:
            yield "Có thể là: " + "; ".join(shown["candidates"])
        return
    yield f"Nơi có thẩm quyền: {shown['body']}"
    for skip in shown["skipped"]:
        yield f"Không được xét vì có liên quan: {skip['name']}"
    if shown["joining"]:
        yield "Cùng tham gia: " + "; ".join(shown["joining"])
    yield str(sentence(answer, found.matter.subject.who, found.post))


routing.add_command(prove)
