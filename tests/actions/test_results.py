"""Published results: in clear from the second person's approval to the last day, and nowhere else."""

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.action import Forbidden, session
from portal.casework import actions
from portal.casework import queries as cases
from portal.data.db import Base
from portal.data.models.followed import Followed
from portal.data.models.publication import Publication
from portal.data.reference import shipped
from portal.domain import clock
from portal.domain.entries import Entry
from portal.domain.life import IllegalStep
from portal.domain.publishing import LEAST_DAYS, MOST_DAYS, USUAL_DAYS, BadTerm, Posted
from portal.results import queries
from tests.support import make, people

NOON = datetime(2026, 11, 4, 5, 0, tzinfo=UTC)
TODAY = clock.day_of(NOON)
TEXT = "Một công chức một cửa của phường trả hồ sơ chậm mười hai ngày và đã xin lỗi zqxzqxpublic."


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def lead(founded):
    return make.lead(founded)


@pytest.fixture
def member(founded):
    return founded.made.signed_in(f"member.{make.COMMITTEE}")


def draft(who, case, text=TEXT):
    what = actions.Entered(Entry.PUBLICATION, TODAY, text, TODAY, {})
    return session().get_one(Followed, actions.enter(who[0], make.now(case), who[1], what=what))


def approve(who, row, **given):
    actions.approve_publication(who[0], row, who[1], **({"yes": True, "text": "Đã đọc."} | given))


def published(lead, member, case, text=TEXT, **given):
    """The one row that an approval made."""
    before = set(session().scalars(select(Publication.id)))
    approve(lead, draft(member, case, text), **given)
    return session().scalars(select(Publication).where(Publication.id.not_in(before))).one()


def rows():
    return session().scalar(select(func.count()).select_from(Publication))


def test_a_text_is_published_by_the_second_person_and_not_before(founded, lead, member):
    case = make.answered(founded)
    row = draft(member, case)
    assert rows() == 0
    with pytest.raises(Forbidden):
        approve(member, row)
    assert rows() == 0
    approve(lead, row)
    (found,) = queries.published()
    assert (found.text, found.body_id, found.published_on) == (TEXT, make.COMMITTEE, TODAY)
    assert found.until == TODAY + timedelta(days=USUAL_DAYS - 1)
    known = {case.id, row.record_id, *(link.report_id for link in cases.links(case.id))}
    assert found.id not in known
    with pytest.raises(IllegalStep):
        approve(lead, session().get_one(Followed, row.record_id))
    assert rows() == 1


def test_what_the_head_refuses_is_published_nowhere(founded, lead, member):
    approve(lead, draft(member, make.answered(founded)), yes=False)
    assert rows() == 0
    assert queries.published() == []


@pytest.mark.parametrize("days", [0, -1, LEAST_DAYS - 1, MOST_DAYS + 1])
def test_a_term_that_the_law_does_not_know_publishes_nothing(founded, lead, member, days):
    row = draft(member, make.answered(founded))
    with pytest.raises(BadTerm):
        approve(lead, row, days=days)
    assert rows() == 0
    assert session().get_one(Followed, row.record_id).is_open, "the draft waits as before"


def test_the_shortest_term_is_that_of_the_table_of_limits():
    rows_ = csv.DictReader(shipped("deadlines.csv").decode().splitlines())
    (row,) = [one for one in rows_ if one["id"] == "D11.2"]
    assert f"ít nhất {LEAST_DAYS} ngày" in row["duty"]


def test_it_is_shown_to_its_last_day(founded, lead, member):
    found = published(lead, member, make.answered(founded), days=LEAST_DAYS)
    with clock.at(NOON + timedelta(days=LEAST_DAYS - 1)):
        assert found.posted(clock.today()) is Posted.SHOWN
        assert queries.published() != []
    with clock.at(NOON + timedelta(days=LEAST_DAYS)):
        assert found.posted(clock.today()) is Posted.OVER
        assert queries.published() == []
        assert queries.places() == []


def test_the_list_is_the_newest_first_in_pages_and_by_place(founded, lead, member, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    case, made = make.answered(founded), []
    for day in range(3):
        with clock.at(NOON + timedelta(days=day)):
            made.append(published(lead, member, case, f"Kết quả {day}.").id)
    with clock.at(NOON + timedelta(days=3)):
        first = queries.published()
        assert [one.id for one in first] == made[::-1], "one more than a page tells of the next"
        rest = queries.published("", (first[1].published_on, first[1].id))
        assert [one.id for one in rest] == made[:1]
        places = dict(queries.places())
        assert set(places) == {make.WARD, "P79b"}
        for area_id in places:
            assert len(queries.published(area_id)) == 3
        assert (
            queries.published("C27013b") == queries.published("P01b") == queries.published("' OR 1=1") == []
        )


def test_the_text_stands_in_one_column_only(founded, lead, member):
    """The canary's exception, made precise: approved text in clear, and in no other row of any table."""
    published(lead, member, make.answered(founded))
    holding = set()
    for table in Base.metadata.sorted_tables:
        for row in session().execute(select(table)).mappings():
            holding |= {
                f"{table.name}.{name}"
                for name, value in row.items()
                if b"zqxzqxpublic" in (value if isinstance(value, bytes) else str(value).encode())
            }
    assert holding == {"publication.text"}


def test_a_name_that_the_case_knows_stops_it_at_the_approval_too(founded, lead, member):
    office = replace(make.telling().office, person="Nguyễn Văn Bí")
    case = make.answered(founded, make.report(founded.settings, office=office))
    with pytest.raises(actions.NamesSomebody):
        draft(member, case, "Ông nguyen van bi đã xin lỗi.")
    assert rows() == 0
