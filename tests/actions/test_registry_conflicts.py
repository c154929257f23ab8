"""Conflicts of interest across a reorganisation: nobody comes to a case through a body that took it over."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.action import Forbidden, Stale, session
from portal.casework import actions as casework
from portal.conflicts import actions as conflicts
from portal.conflicts import queries
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Account
from portal.data.models.case import Case
from portal.data.models.conflict import CaseBar, CaseLock
from portal.data.models.office import StaffNotice
from portal.data.models.registry import CaseMove
from portal.data.models.report import Grant
from portal.domain.conflicts import BarReason, LockState, Relation
from portal.domain.parties import AreaFacts, Level, SuccessorFacts
from portal.domain.permissions import Role
from portal.domain.undoing import as_areas_csv, as_successors_csv
from portal.papers.conflicts import bar
from portal.registry import actions
from portal.registry.queries import tasks
from portal.registry.refusals import Because, Refused
from portal.triage import actions as triage
from tests.actions.test_conflicts import CITY, CITY_COMMITTEE, NAME, STORY, admitted, lock_of, resealed
from tests.actions.test_registry_handing import (
    DAY,
    HEIR,
    HEIR_COMMITTEE,
    NEW,
    OLD,
    OTHER,
    REGISTRAR,
    WARD,
    found_and_staff,
    reorganised,
)
from tests.actions.test_registry_handing import resealed as secrets_resealed
from tests.support import make, people
from tests.support.make import COMMITTEE, FRONT


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def told(founded) -> Case:
    return make.case_of(make.report(founded.settings, story=STORY))


def handed_over(founded, monkeypatch) -> Case:
    """A case at the ward's committee, with the name in the version that was handed over."""
    monkeypatch.setattr(make, "STORY", STORY)
    return make.routed(founded)


def bar_from(case: Case, account_id: str) -> None:
    with acting(Act("tests.bar", "system", None, day_only=False)) as act, db.transaction() as current:
        bar(case, {account_id: BarReason.OWN_WORD})
        audit.append(current, act)


def chosen(founded, case: Case, seat: str, to_id: str) -> Case:
    """A divided unit's case, given to a part by a lead of the body above."""
    actor, ring = founded.made.signed_in(f"lead.{seat}.P79b")
    kind = "front" if seat == "front" else "leader"
    move = session().scalars(select(CaseMove).where(CaseMove.case_id == case.id, CaseMove.seat == kind)).one()
    actions.choose_part(actor, move, ring=ring, to_id=to_id)
    session().expire_all()
    return session().get_one(Case, case.id)


def locks() -> dict[str, tuple[LockState, str | None]]:
    return {one.body_id: (one.state, one.to_body_id) for one in session().scalars(select(CaseLock))}


def barred(case: Case) -> set[str]:
    return set(session().scalars(select(CaseBar.account_id).where(CaseBar.case_id == case.id)))


def opens_board(founded, login: str, case: Case) -> bool:
    actor, ring = founded.made.signed_in(login)
    try:
        triage.open_case(actor, session().get_one(Case, case.id), ring)
    except Forbidden:
        return False
    return True


# A divided unit: the people of the part are compared before it gets a case.


def test_a_part_with_the_named_person_does_not_get_the_case(founded) -> None:
    case = told(founded)
    reorganised(NEW, OTHER)
    found_and_staff(founded.made, NEW, OTHER)
    named = admitted(founded, HEIR, Role.REVIEWER)
    case = chosen(founded, case, "front", HEIR)
    assert (case.front_id, named.account_id in barred(case)) == (CITY, True), "the body above keeps it"
    assert not opens_board(founded, named.account.login, case)
    assert not opens_board(founded, f"lead.{HEIR}", case)
    assert opens_board(founded, f"lead.{CITY}", case)


def test_a_part_without_him_gets_it(founded) -> None:
    case = told(founded)
    reorganised(NEW, OTHER)
    found_and_staff(founded.made, NEW, OTHER)
    admitted(founded, HEIR, Role.REVIEWER)
    case = chosen(founded, case, "front", f"front.{OTHER.id}")
    assert case.front_id == f"front.{OTHER.id}"
    assert opens_board(founded, f"lead.front.{OTHER.id}", case)


def test_a_members_relative_bars_him_alone_at_the_part(founded) -> None:
    case = make.case_of(make.report(founded.settings, story=f"{make.STORY} Chị Phạm Thị Bích Vân nhận tiền."))
    reorganised(NEW, OTHER)
    found_and_staff(founded.made, NEW, OTHER)
    people.join(founded.made, f"lead.{HEIR}", HEIR, "kin", {Role.REVIEWER})
    actor, ring = founded.made.signed_in(f"kin.{HEIR}")
    declare(actor, ring)
    case = chosen(founded, case, "front", HEIR)
    assert (case.front_id, barred(case)) == (HEIR, {actor.id})
    assert not opens_board(founded, f"kin.{HEIR}", case)


def declare(actor, ring) -> None:
    mine = session().get_one(Account, actor.id)
    conflicts.declare_relative(actor, mine, ring, name="Phạm Thị Bích Vân", relation=Relation.SIBLING)


def test_a_committees_part_with_the_named_person_does_not_get_the_case(founded, monkeypatch) -> None:
    case = handed_over(founded, monkeypatch)
    reorganised(NEW, OTHER)
    found_and_staff(founded.made, NEW, OTHER)
    admitted(founded, HEIR_COMMITTEE, Role.INSPECTOR)
    case = chosen(founded, case, "inspection", HEIR_COMMITTEE)
    assert case.leader_id == CITY_COMMITTEE
    actor, ring = founded.made.signed_in(f"lead.{CITY_COMMITTEE}")
    assert casework.open_case(actor, case, ring).reports[0].version


# What waits with the body above is compared with its newcomers, under the former body's keys.


def test_a_later_lead_of_the_body_above_does_not_see_the_waiting_case_about_him(founded) -> None:
    case = told(founded)
    reorganised(NEW, OTHER)
    named = admitted(founded, CITY, Role.LEAD_REVIEWER)
    assert CITY in locks()
    actor, _ = founded.made.signed_in(named.account.login)
    assert tasks.waiting_cases(actor) == []
    assert not opens_board(founded, named.account.login, case)
    assert locks()[CITY] == (LockState.WAITING, "front.VN")
    resealed(founded, lock_of(case, CITY))
    session().expire_all()
    assert session().get_one(Case, case.id).front_id == "front.VN"
    assert session().scalars(select(CaseMove.to_id)).all() == ["front.VN"], "no street is asked for any more"


# Locks and their tasks follow the bodies.


def test_a_locked_case_stays_shut_at_the_heir_and_is_sealed_to_the_body_above(founded) -> None:
    sent = make.report(founded.settings, story=STORY)
    case = make.case_of(sent)
    admitted(founded, FRONT, Role.REVIEWER)
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    session().expire_all()
    assert locks() == {FRONT: (LockState.WAITING, CITY), HEIR: (LockState.PASSED, CITY)}
    secrets_resealed(founded.made, "front")
    session().expire_all()
    assert not opens_board(founded, f"lead.{HEIR}", case)
    resealed(founded, lock_of(case))
    session().expire_all()
    assert session().get_one(Case, case.id).front_id == CITY
    grants = session().scalars(select(Grant.body_id).where(Grant.report_id == sent.report_id)).all()
    assert grants == [CITY]
    assert {state for state, _ in locks().values()} == {LockState.DONE}
    assert not opens_board(founded, f"lead.{HEIR}", case)
    assert opens_board(founded, f"lead.{CITY}", case)


def test_a_locked_case_of_a_committee_is_taken_over_from_the_heir(founded, monkeypatch) -> None:
    case = handed_over(founded, monkeypatch)
    admitted(founded, COMMITTEE, Role.INSPECTOR)
    reorganised(NEW)
    session().expire_all()
    assert locks()[HEIR_COMMITTEE] == (LockState.PASSED, CITY_COMMITTEE)
    resealed(founded, lock_of(case, COMMITTEE))
    session().expire_all()
    case = session().get_one(Case, case.id)
    assert case.leader_id == CITY_COMMITTEE
    actor, ring = founded.made.signed_in(f"lead.{CITY_COMMITTEE}")
    assert casework.open_case(actor, case, ring).reports[0].version


def test_who_joins_an_heir_committee_later_is_compared_with_what_it_took_over(founded, monkeypatch) -> None:
    case = handed_over(founded, monkeypatch)
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    secrets_resealed(founded.made, "inspection")
    admitted(founded, HEIR_COMMITTEE, Role.INSPECTOR)
    session().expire_all()
    assert locks() == {HEIR_COMMITTEE: (LockState.WAITING, CITY_COMMITTEE)}
    resealed(founded, lock_of(case, HEIR_COMMITTEE))
    session().expire_all()
    assert session().get_one(Case, case.id).leader_id == CITY_COMMITTEE


def test_a_locked_case_of_a_divided_unit_is_given_to_no_part(founded) -> None:
    case = told(founded)
    admitted(founded, FRONT, Role.REVIEWER)
    reorganised(NEW, OTHER)
    found_and_staff(founded.made, NEW, OTHER)
    with pytest.raises(Refused) as refused:
        chosen(founded, case, "front", HEIR)
    assert refused.value.because is Because.IN_CONFLICT
    resealed(founded, lock_of(case))
    session().expire_all()
    assert session().get_one(Case, case.id).front_id == CITY
    assert session().scalars(select(CaseMove.to_id)).all() == [CITY]
    assert opens_board(founded, f"lead.{CITY}", case)


@pytest.mark.parametrize("opens", [(NEW,), (NEW, OTHER)], ids=["whole", "divided"])
def test_a_task_goes_further_up_from_the_heirs_too(founded, opens) -> None:
    """Whoever joins the body above is named as well: it must not seal the case to itself."""
    case = told(founded)
    admitted(founded, FRONT, Role.REVIEWER)
    task = lock_of(case)
    reorganised(*opens)
    session().expire_all()
    people.join(founded.made, "lead.front.P79b", CITY, "named", {Role.REVIEWER})
    rename(founded.made[f"named.{CITY}"].account_id)
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    assert not conflicts.go_on(actor, task, ring)
    session().expire_all()
    assert {to for _, to in locks().values()} == {"front.VN"}
    assert [one.to_body_id for one in session().scalars(select(CaseLock)) if one.state == "waiting"] == [
        "front.VN"
    ]
    with pytest.raises((Forbidden, Stale)):
        conflicts.go_on(actor, task, ring)
    waits = session().scalars(select(CaseLock).where(CaseLock.state == LockState.WAITING)).one()
    resealed(founded, waits)
    session().expire_all()
    assert session().get_one(Case, case.id).front_id == "front.VN"
    assert not opens_board(founded, f"lead.{CITY}", case)


def rename(account_id: str) -> None:
    changed("account", update(Account).where(Account.id == account_id).values(display_name=NAME))


def changed(what: str, statement) -> None:
    """A row changed past the acts."""
    with acting(Act(f"tests.{what}", "system", None, day_only=False)) as act, db.transaction() as current:
        current.execute(statement)
        audit.append(current, act)
    session().expire_all()


def whole_city_reorganised() -> None:
    """The city ends with all its wards; a new one with new wards takes its place."""
    last = DAY - timedelta(days=1)
    city = AreaFacts("P79c", "Thành phố Mới", Level.PROVINCE, None, DAY, None, "79")
    wards = [
        AreaFacts(f"{one.id[:-1]}c", one.name, Level.COMMUNE, city.id, DAY, None, one.code)
        for one in people.WARDS
    ]
    pairs = [(people.CITY, city), *zip(people.WARDS, wards, strict=True)]
    areas = [*(replace(old, valid_to=last) for old, _ in pairs), city, *wards]
    links = [SuccessorFacts(old.id, new.id, whole=True) for old, new in pairs]
    files = actions.AreaFiles(as_areas_csv(areas), as_successors_csv(links))
    actions.reorganise(REGISTRAR, files, source_doc="Nghị quyết thử")
    session().expire_all()


def test_the_task_of_an_ended_body_is_its_heirs(founded) -> None:
    case = told(founded)
    admitted(founded, FRONT, Role.REVIEWER)
    task = lock_of(case)
    whole_city_reorganised()
    assert (task.to_body_id, task.state) == ("front.P79c", LockState.WAITING)
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    assert queries.waiting(actor) == []
    with pytest.raises((Forbidden, Stale)):
        conflicts.go_on(actor, task, ring)
    assert session().get_one(Case, case.id).front_id == HEIR


def test_an_ended_body_seals_nothing_to_itself(founded) -> None:
    """As a task stands that was left behind by a reorganisation before tasks followed."""
    case = told(founded)
    admitted(founded, FRONT, Role.REVIEWER)
    whole_city_reorganised()
    task = lock_of(case)
    left_behind(task.id)
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    with pytest.raises(Stale):
        conflicts.go_on(actor, task, ring)
    assert session().get_one(Case, case.id).front_id == HEIR


def left_behind(lock_id: str) -> None:
    changed("behind", update(CaseLock).where(CaseLock.id == lock_id).values(to_body_id=CITY))


# Notices tell nobody of a case that he has no part in.


def notices() -> set[str]:
    wanted = select(StaffNotice.account_id).where(StaffNotice.notice == "moved")
    return set(session().scalars(wanted))


def test_a_barred_officer_is_told_of_no_move(founded) -> None:
    told(founded)
    ended = replace(OLD, valid_to=DAY - timedelta(days=1))
    into = "C27013b"
    member = founded.made[f"member.front.{into}"]
    case = session().scalars(select(Case)).one()
    bar_from(case, member.account_id)
    links = [SuccessorFacts(WARD, into, whole=True)]
    files = actions.AreaFiles(as_areas_csv([ended]), as_successors_csv(links))
    actions.reorganise(REGISTRAR, files, source_doc="x")
    session().expire_all()
    assert founded.made[f"lead.front.{into}"].account_id in notices()
    assert member.account_id not in notices()


def test_of_a_locked_case_the_heir_is_told_nothing(founded) -> None:
    told(founded)
    admitted(founded, "front.C27019b", Role.REVIEWER, NAME)
    ended = replace(OLD, valid_to=DAY - timedelta(days=1))
    links = [SuccessorFacts(WARD, "C27013b", whole=True)]
    files = actions.AreaFiles(as_areas_csv([ended]), as_successors_csv(links))
    actions.reorganise(REGISTRAR, files, source_doc="x")
    assert notices() == set()
