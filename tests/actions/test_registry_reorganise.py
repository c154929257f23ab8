"""The reorganisation of 2025 as one act: the country before, the plan, and the shipped country after it."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.action import Stale, session
from portal.data import audit, territory
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.audit import AuditEntry
from portal.data.models.body import Body
from portal.data.models.registry import PlanState, Reorganisation
from portal.domain.csv_rows import Refused as BadFile
from portal.domain.gazetteer import read_gazetteer
from portal.domain.holding import Holding
from portal.domain.parties import CENTRE, Level
from portal.domain.structure import country_bodies
from portal.registry import actions
from portal.registry.actions import AreaFiles
from portal.registry.refusals import Because, Refused
from tests.support.reorganised import PAIR, before, plan, whole_country
from tests.support.whole_country import REGISTRAR

NATION = Holding(CENTRE)
DOC = "Nghị quyết 202/2025/QH15"
AFTER = date(2025, 7, 1)


def carried(files: AreaFiles, doc: str = DOC) -> tuple[Reorganisation, actions.CarriedOut]:
    kept = actions.plan_reorganisation(REGISTRAR, NATION, files=files, source_doc=doc)
    row = session().get_one(Reorganisation, kept)
    return row, actions.carry_out(REGISTRAR, row)


def stand(files: AreaFiles) -> None:
    """The register as the files have it, with its standard bodies."""
    actions.import_areas(REGISTRAR, files)
    actions.generate_bodies(REGISTRAR, None)


def differences(files: AreaFiles) -> list[object]:
    """Where the register is not, row by row, what the shipped rows say it is."""
    read = read_gazetteer(files.areas, files.successors)
    areas = {one.area_id: one.as_facts() for one in session().scalars(select(Area))}
    links = {one.as_facts() for one in session().scalars(select(AreaSuccessor))}
    bodies = {one.id: one.as_facts() for one in session().scalars(select(Body))}
    wanted = {one.id: one for one in country_bodies(read.areas.values())}
    found: list[object] = [one for one in read.areas.values() if areas.get(one.id) != one]
    found += [one for one in areas if one not in read.areas]
    found += list(links ^ set(read.successors))
    found += [one for one in {*wanted, *bodies} if wanted.get(one) != bodies.get(one)]
    return found


@pytest.fixture
def pair(prepared):
    """Two old provinces as they stood on 30 June 2025."""
    return prepared("before_pair", lambda settings: stand(before(PAIR)))


def test_two_provinces_become_what_the_shipped_files_say(pair) -> None:
    row, done = carried(plan(PAIR))
    assert differences(plan(PAIR)) == []
    assert row.state is PlanState.CARRIED_OUT
    assert done.closed_areas > 100
    assert done.closed_bodies > 1_000
    one = session().scalars(select(Area).where(Area.valid_from == AFTER).limit(1)).one()
    assert (one.source_doc, one.edited_by) == (DOC, "tests")
    old = session().scalars(select(Area).where(Area.valid_to.is_not(None)).limit(1)).one()
    assert old.ended_doc == DOC


def test_a_unit_leads_to_its_successor_at_once(pair) -> None:
    old = session().scalars(select(AreaSuccessor).limit(1)).all()
    assert old == []
    carried(plan(PAIR))
    link = session().scalars(select(AreaSuccessor).where(AreaSuccessor.whole)).first()
    assert territory.standing_of(link.old_id, AFTER).line[0].id == link.new_id
    assert territory.standing_of(link.old_id, date(2025, 6, 30)).line[0].id == link.old_id


def test_the_act_is_one_entry_and_the_chain_holds(pair) -> None:
    before_it = session().query(AuditEntry).count()
    carried(plan(PAIR))
    acts = session().scalars(select(AuditEntry.act).order_by(AuditEntry.seq)).all()[before_it:]
    assert acts == ["registry.plan_reorganisation", "registry.carry_out"]
    assert audit.verify(session()).faults == ()


def test_it_is_carried_out_once(pair) -> None:
    row, _ = carried(plan(PAIR))
    with pytest.raises(Stale):
        actions.carry_out(REGISTRAR, row)
    with pytest.raises(BadFile, match="không làm thay đổi"):
        actions.plan_reorganisation(REGISTRAR, NATION, files=plan(PAIR), source_doc=DOC)


def test_it_is_taken_back_by_a_further_dated_act(pair) -> None:
    row, done = carried(plan(PAIR))
    day = date(2025, 9, 1)
    back = actions.plan_undoing(REGISTRAR, row, day=day, source_doc="Nghị quyết sửa")
    undone = actions.carry_out(REGISTRAR, session().get_one(Reorganisation, back))
    assert row.state is PlanState.UNDONE
    assert (undone.closed_areas, undone.opened_areas) == (done.opened_areas, done.closed_areas)
    old = session().get_one(Area, PAIR[0])
    assert old.valid_to == date(2025, 6, 30), "what ended stays ended; its row is not touched"
    again = session().scalars(select(Area).where(Area.name == old.name, Area.valid_from == day)).one()
    assert (again.level, again.code, again.valid_to) == (Level.PROVINCE, old.code, None)
    assert session().get_one(Body, f"front.{again.area_id}").valid_from == day


def test_one_way_back_waits_at_a_time(pair) -> None:
    row, _ = carried(plan(PAIR))
    first = actions.plan_undoing(REGISTRAR, row, day=date(2025, 9, 1), source_doc=DOC)
    with pytest.raises(Refused) as refused:
        actions.plan_undoing(REGISTRAR, row, day=date(2025, 10, 1), source_doc=DOC)
    assert (refused.value.because, refused.value.which) == (Because.UNDO_WAITS, "01/09/2025")
    actions.withdraw_plan(REGISTRAR, session().get_one(Reorganisation, first))
    assert actions.plan_undoing(REGISTRAR, row, day=date(2025, 10, 1), source_doc=DOC) != first


def test_it_is_not_taken_back_where_something_new_depends_on_it(pair) -> None:
    row, _ = carried(plan(PAIR))
    new = (
        session()
        .scalars(select(Area).where(Area.level == Level.PROVINCE, Area.valid_from == AFTER).limit(1))
        .one()
    )
    more = (
        "area_id,code,name,level,parent_id,valid_from,valid_to\n"
        f"C99999c,99999,Xã Thêm,commune,{new.area_id},2025-08-01,\n"
    )
    carried(AreaFiles(more.encode(), b"old_area_id,new_area_id,extent,default\n"))
    with pytest.raises(Refused) as refused:
        actions.plan_undoing(REGISTRAR, row, day=date(2025, 9, 1), source_doc=DOC)
    assert refused.value.because is Because.DEPENDS_UNITS


def test_nothing_is_carried_out_before_its_day(pair) -> None:
    files = plan(PAIR)
    late = AreaFiles(
        files.areas.replace(b"2025-07-01", b"2099-07-01").replace(b"2025-06-30", b"2099-06-30"),
        files.successors,
    )
    kept = actions.plan_reorganisation(REGISTRAR, NATION, files=late, source_doc=DOC)
    with pytest.raises(Refused) as refused:
        actions.carry_out(REGISTRAR, session().get_one(Reorganisation, kept))
    assert refused.value.because is Because.NOT_YET
    assert differences(before(PAIR)) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_whole_country_is_reorganised(prepared) -> None:
    prepared("before_country", lambda settings: stand(before(whole_country())))
    carried(AreaFiles.shipped())
    assert differences(AreaFiles.shipped()) == []
