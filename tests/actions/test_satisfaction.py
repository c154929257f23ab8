"""Ratings of residents as a lead sees them, on both databases."""

import pytest
from sqlalchemy import insert, select

from portal.action import Forbidden, session
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.audit import AuditEntry
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Feedback, Rating, Report
from portal.domain import clock
from portal.domain.parties import BodyKind
from portal.domain.satisfaction import Quarter
from portal.triage import actions
from tests.support import make, people

PAST = Quarter.of(clock.today()).before()


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def rated(founded, number, rating=Rating.SATISFIED, day=PAST.first):
    """Copies of one answered report, each rated: what counts is in clear columns."""
    sent = make.report(founded.settings)
    report, case = session().get_one(Report, sent.report_id), make.case_of(sent)
    of_report = {column.name: getattr(report, column.name) for column in Report.__table__.columns}
    of_case = {"front_id": case.front_id, "area_id": case.area_id, "state": "received", "desk": "front"}
    of_case |= {"version": 1, "category_group": case.category_group, "report_kind": case.report_kind}
    of_case |= {"anonymous": True, "opened_on": day, "was_late": False}
    act = Act("tests.rated", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        for place in range(number):
            key = f"{rating.value[:4]}{day.month:02}{place:010}"
            row = {"id": key, "lookup": key.encode().ljust(32, b"."), "received_on": day}
            current.execute(insert(Report), [of_report | row])
            current.execute(insert(Case.__table__), [of_case | {"id": key}])
            current.execute(insert(CaseReport), [{"case_id": key, "report_id": key, "added_on": day}])
            current.execute(insert(Feedback), [{"report_id": key, "rating": rating, "rated_on": day}])
        audit.append(current, act)
    session().rollback()


def read(founded, login):
    session().rollback()
    actor = founded.made.actor(login)
    return actions.read_satisfaction(actor, session().get_one(Body, actor.body))


def test_less_than_ten_is_not_shown(founded):
    rated(founded, 9)
    [line] = read(founded, f"lead.{make.FRONT}")
    assert (line.kind, line.total, set(line.cells.values())) == (BodyKind.FRONT, None, {None})


def test_ten_are_shown_and_the_small_rest_is_not(founded):
    rated(founded, 12)
    rated(founded, 11, Rating.NEUTRAL)
    rated(founded, 2, Rating.UNSATISFIED)
    [line] = read(founded, f"lead.{make.FRONT}")
    assert (line.quarter, line.total) == (PAST, 25)
    assert line.cells == {"satisfied": 12, "neutral": None, "unsatisfied": None}


def test_the_running_quarter_is_left_out(founded):
    rated(founded, 12, day=clock.today())
    assert read(founded, f"lead.{make.FRONT}") == []


def test_all_leads_of_a_province_see_the_same(founded):
    rated(founded, 12)
    tables = [read(founded, f"lead.front.{area}") for area in ("C27019b", "C27013b", "P79b", "VN")]
    assert all(table == tables[0] for table in tables)
    assert tables[0][0].total == 12


@pytest.mark.parametrize(
    "login", [f"member.{make.FRONT}", f"custodian.{make.FRONT}", f"lead.{make.COMMITTEE}"]
)
def test_only_leads_of_boards_read_it_and_each_reading_is_in_the_log(founded, login):
    with pytest.raises(Forbidden):
        read(founded, login)
    read(founded, f"lead.{make.FRONT}")
    acts = session().scalars(select(AuditEntry.act).where(AuditEntry.act == "triage.read_satisfaction")).all()
    assert len(acts) == 1
