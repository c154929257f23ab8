"""`portal routing`, as typed at a terminal, on the shipped data and on those of an installation."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete

from portal.cli.routing import routing
from portal.data import db
from portal.data.models.body import Body, PostTemplate
from portal.data.reference import shipped
from tests.support import country

Command = Callable[..., Result]


@pytest.fixture
def portal(prepared, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command of the group on a small country with four founded Front boards."""
    settings = prepared("country", country.found).settings
    monkeypatch.setenv("PORTAL_MODE", "test")
    monkeypatch.setenv("PORTAL_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database)
    return lambda *words: CliRunner().invoke(routing, list(words))


def raw_delete(statement) -> None:
    """As somebody does who works on the database itself."""
    engine = db.make_engine(db.store().engine.url.render_as_string(hide_password=False), pool_size=1)
    with engine.begin() as connection:
        connection.execute(statement)
    engine.dispose()


@pytest.mark.parametrize("day", ["2025-07-01", "2026-11-23"])
def test_an_installation_is_proved_and_says_who_takes_no_part(
    portal: Command, tmp_path: Path, day: str
) -> None:
    place = tmp_path / "outside.csv"
    done = portal("prove", "--database", "--on", day, "--list", str(place))
    assert done.exit_code == 0, done.output
    assert "3 đơn vị, 117 chức vụ, 8 loại việc, 2 hướng: 5.616 ô" in done.output
    assert "Đạt" in done.output
    rows = list(csv.DictReader(place.read_text(encoding="utf-8").splitlines()))
    away = {row["body_id"] for row in rows}
    assert {"inspection.c1", "inspection.79", "committee.79", "front.c3"} <= away
    assert not away & {"front.c1", "front.c2", "front.79", "front.VN"}  # these have keys and people
    assert f"Chưa tham gia, phải chuyển ngoài hệ thống: {len(rows)} cơ quan" in done.output


def test_an_installation_without_one_body_fails_and_names_it(portal: Command) -> None:
    raw_delete(delete(Body).where(Body.id == "inspection.c3"))
    done = portal("prove", "--database")
    assert done.exit_code == 1
    assert "c3 Xã Bình Chánh × " in done.output
    assert "c1 Phường" not in done.output


def test_an_installation_without_one_row_of_a_post_fails_and_names_it(portal: Command) -> None:
    raw_delete(delete(PostTemplate).where(PostTemplate.id == "party.commune.secretary-b"))
    done = portal("prove", "--database")
    assert done.exit_code == 1
    assert "party.commune.secretary × * × *" in done.output


@pytest.mark.parametrize(
    "words", [("--list", "x.csv"), ("--on", "yesterday"), ("--database", "--posts", __file__)]
)
def test_what_cannot_be_asked_is_refused(portal: Command, words: tuple[str, ...]) -> None:
    assert portal("prove", *words).exit_code == 2


def test_a_broken_file_of_posts_ends_with_its_line(portal: Command, tmp_path: Path) -> None:
    broken = tmp_path / "posts.csv"
    broken.write_text("id,post\nx,y\n", encoding="utf-8")
    done = portal("prove", "--posts", str(broken))
    assert done.exit_code == 1
    assert "posts.csv, dòng 1: thiếu cột" in done.output


def test_the_evidence_is_printed_or_written(portal: Command, tmp_path: Path) -> None:
    printed = portal("evidence")
    assert printed.exit_code == 0
    assert "| that a simple rule gives | 56 of 59 (94.9%) | ≥ 92% |" in printed.output
    place, broken = tmp_path / "page.md", tmp_path / "cases.csv"
    assert portal("evidence", "--out", str(place)).exit_code == 0
    assert place.read_text(encoding="utf-8") == printed.output
    broken.write_text("id,era\n1,x\n", encoding="utf-8")
    refused = portal("evidence", "--csv", str(broken))
    assert refused.exit_code == 1
    assert "published_cases.csv, dòng 1: thiếu cột" in refused.output


def test_a_draft_is_simulated_on_the_published_decisions(portal: Command, tmp_path: Path) -> None:
    lines = shipped("posts.csv").decode().splitlines()
    chair = next(line for line in lines if line.startswith("committee.commune.chair-b,"))
    draft = tmp_path / "draft.csv"
    row = chair.replace("chair-b", "chair-c").replace("2025-07-01,,", "2027-01-01,,")
    draft.write_text(
        "\n".join((lines[0], row.replace(",province,unknown", ",central,unknown"))), encoding="utf-8"
    )
    done = portal("simulate", "--posts", str(draft))
    assert done.exit_code == 0, done.output
    assert "inspection province → inspection central: " in done.output
    assert "Ngày 01/01/2027: " in done.output
    assert (
        "Ngày 31/12/2026: 0 trong 78"
        in portal("simulate", "--posts", str(draft), "--on", "2026-12-31").output
    )


HOSTILE = {
    "lines that only Unicode knows": ("id,subject_post\n1,CT\u2028UBND\x0b P.\n2,CT\x85UBND\n", 0, "2 dòng"),
    "a quote that never ends": ('id,subject_post\n1,"CT UBND\n2,CT\n', 1, "không đọc được"),
    "a cell beyond measure": (f"id,subject_post\n1,{'a' * 140_000}\n", 1, "không đọc được"),
    "words of no vocabulary": ("id,track\n1,ttt\n", 0, "1 dòng"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_is_answered_or_refused_with_its_line(name: str, tmp_path: Path) -> None:
    text, code, said = HOSTILE[name]
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(routing, ["decide", "--csv", str(source), "--out", str(out)])
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert out.exists() is (code == 0), "nothing is written of a sheet that cannot be read"
    if name == "words of no vocabulary":
        assert "track “ttt”: chỉ nhận party, state" in out.read_text(encoding="utf-8")


def test_no_answer_is_a_formula_to_a_spreadsheet(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,subject_post\n=CMD|x,CT\n-5,CT\n", encoding="utf-8")
    asked = ["decide", "--csv", str(source), "--out", str(out)]
    assert CliRunner().invoke(routing, asked).exit_code == 0
    ids = [row["id"] for row in csv.DictReader(out.read_text(encoding="utf-8").splitlines())]
    assert ids == ["'=CMD|x", "-5"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id\n1\n", encoding="utf-8")
    asked = ["decide", "--csv", str(source), "--out", str(tmp_path / "none" / "out.csv")]
    done = CliRunner().invoke(routing, asked)
    assert (done.exit_code, "không ghi được" in done.output) == (1, True)
