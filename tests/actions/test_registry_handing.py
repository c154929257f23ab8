"""Open cases and keys in a reorganisation: locked at once, sealed anew from above, read by the heir."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from portal.accounts import actions as accounts
from portal.accounts import queries
from portal.action import Forbidden, Stale, session
from portal.casework import actions as casework
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Member
from portal.data.models.audit import AuditEntry
from portal.data.models.body import Body
from portal.data.models.case import Case
from portal.data.models.registry import BodyHeir, CaseMove, InheritedKey, PlanState, Reorganisation
from portal.data.models.report import Identity, IdentityOpening, MessageKind, Report
from portal.domain import clock
from portal.domain.holding import Holding
from portal.domain.life import State
from portal.domain.parties import CENTRE, AreaFacts, Level, SuccessorFacts
from portal.domain.permissions import Actor, ActorKind, Role
from portal.domain.telling import Contact, Openness
from portal.domain.undoing import as_areas_csv, as_successors_csv
from portal.intake.actions import mailbox
from portal.intake.queries import mailbox as resident
from portal.oversight import actions as oversight
from portal.registry import actions
from portal.registry.refusals import Because, Refused
from portal.triage import actions as triage
from portal.vault.errors import NotHeld
from tests.support import make, people
from tests.support.make import COMMITTEE, FRONT, WARD
from tests.support.whole_country import REGISTRAR

DAY = date(2026, 1, 1)
OLD = next(one for one in people.WARDS if one.id == WARD)
NEW = AreaFacts("C27019c", "Phường Tân Sơn", Level.COMMUNE, "P79b", DAY, None, "27019")
OTHER = AreaFacts("C27099c", "Phường Sơn Kỳ", Level.COMMUNE, "P79b", DAY, None, "27099")
HEIR, HEIR_COMMITTEE = f"front.{NEW.id}", f"inspection.{NEW.id}"
ROLES = {
    "front": {"lead": {Role.LEAD_REVIEWER, Role.REVIEWER}},
    "inspection": {"lead": {Role.LEAD_INSPECTOR, Role.INSPECTOR}},
}


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def reorganised(*opens: AreaFacts) -> actions.CarriedOut:
    """The own ward ends; one new ward takes its place, or several share it."""
    links = [SuccessorFacts(WARD, one.id, len(opens) == 1, one is opens[0]) for one in opens]
    ended = replace(OLD, valid_to=DAY - timedelta(days=1))
    files = actions.AreaFiles(as_areas_csv([ended, *opens]), as_successors_csv(links))
    return actions.reorganise(REGISTRAR, files, source_doc="Nghị quyết thử")


def found_and_staff(made, *units: AreaFacts) -> None:
    """The new bodies get keys and a lead, as their superiors do it."""
    for unit in units:
        for kind, seats in ROLES.items():
            body = people.body(f"{kind}.{unit.id}")
            lead = made.actor(f"lead.{kind}.P79b")
            accounts.found_body(lead, body)
            for who, roles in seats.items():
                people.join(made, f"lead.{kind}.P79b", body.id, who, roles)


def resealed(made, kind: str) -> int:
    actor, ring = made.signed_in(f"lead.{kind}.P79b")
    tasks = session().scalars(
        select(BodyHeir).where(BodyHeir.superior_id == f"{kind}.P79b", BodyHeir.purpose != "custodian")
    )
    return sum(actions.reseal(actor, task, ring=ring) for task in tasks.all())


def test_cases_move_at_once_and_keep_their_clocks(founded) -> None:
    sent, routed = make.report(founded.settings), make.routed(founded)
    case = make.case_of(sent)
    due, rule, version = case.due_on, case.due_rule, case.version
    done = reorganised(NEW)
    session().expire_all()
    assert (case.front_id, case.due_on, case.due_rule) == (HEIR, due, rule)
    assert case.version == version + 1, "who had it open before must look again"
    assert (routed.front_id, routed.leader_id, routed.assignee_id) == (HEIR, HEIR_COMMITTEE, None)
    assert dict(done.handed.cases) == {HEIR: 2, HEIR_COMMITTEE: 1}
    assert done.handed.waiting == 0


def test_the_old_body_is_locked_out_in_the_same_moment(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    reorganised(NEW)
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    with pytest.raises(Forbidden):
        triage.open_case(actor, session().get_one(Case, case.id), ring)


def test_the_heir_reads_nothing_before_the_officer_above_sealed_anew(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    actor, ring = founded.made.signed_in(f"lead.{HEIR}")
    found = session().get_one(Case, case.id)
    assert triage.open_queue(actor, None, ring, [found]) == {}, (
        "the row stands in the queue, its head is shut"
    )
    with pytest.raises(NotHeld):
        triage.open_case(actor, found, ring)
    assert resealed(founded.made, "front") == 2
    actor, ring = founded.made.signed_in(f"lead.{HEIR}")
    opened = triage.open_case(actor, found, ring)
    assert opened.reports[0].content["story"].startswith("Cán bộ hẹn")
    assert set(triage.open_queue(actor, None, ring, [found])) == {case.id}


def test_the_heir_goes_on_with_the_resident_in_the_same_mailbox(founded) -> None:
    sent = make.report(founded.settings)
    case = make.case_of(sent)
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.ask(actor, case, ring, text="Bạn nộp hồ sơ ngày nào?", seen=case.version)
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    resealed(founded.made, "front")
    answers(founded, sent)
    session().expire_all()
    assert case.state is not State.NEEDS_INFO, "an answer to the former board's question lets the case go on"
    actor, ring = founded.made.signed_in(f"lead.{HEIR}")
    triage.write(actor, case, ring, text="Đơn vị mới đã nhận.")
    letters = triage.open_case(actor, case, ring).letters[sent.report_id]
    assert [one.content["text"] for one in letters] == [
        "Bạn nộp hồ sơ ngày nào?",
        "Ngày hai.",
        "Đơn vị mới đã nhận.",
    ]
    box, _, _ = opened_box(founded, sent)
    assert "Đơn vị mới đã nhận." in [one.content.get("text") for one in box.letters]


def opened_box(founded, sent):
    passed = resident.passed(sent.code, founded.settings.pepper.encode())
    report = session().get_one(Report, sent.report_id)
    return resident.box(report, passed.secret), report, passed.secret


def answers(founded, sent) -> None:
    box, report, secret = opened_box(founded, sent)
    question = next(one for one in box.letters if one.kind is MessageKind.QUESTION)
    actor = Actor("reporter", ActorKind.REPORTER, report_id=sent.report_id)
    mailbox.reply(actor, report, secret, question_id=question.id, text="Ngày hai.")


def test_a_committee_goes_on_with_what_it_took_over(founded) -> None:
    case = make.routed(founded)
    actor, ring = founded.made.signed_in(f"lead.{COMMITTEE}")
    casework.accept(actor, case, seen=case.version)
    casework.note(actor, case, ring, text="Ghi chú của ủy ban cũ.")
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    assert resealed(founded.made, "inspection") == 1
    actor, ring = founded.made.signed_in(f"lead.{HEIR_COMMITTEE}")
    found = session().get_one(Case, case.id)
    opened = casework.open_case(actor, found, ring)
    assert [paper.content["text"] for paper in opened.papers] == ["Ghi chú của ủy ban cũ."]
    casework.begin_verification(actor, found, ring, plan="Gặp bộ phận một cửa.", seen=found.version)
    assert set(casework.open_queue(actor, None, ring, [found])) == {case.id}


def test_a_newcomer_of_the_heir_inherits_too(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    resealed(founded.made, "front")
    people.join(founded.made, f"lead.{HEIR}", HEIR, "late", {Role.REVIEWER})
    actor, ring = founded.made.signed_in(f"late.{HEIR}")
    assert triage.open_case(actor, session().get_one(Case, case.id), ring).reports


def test_one_who_left_the_heir_opens_nothing(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    resealed(founded.made, "front")
    person = people.join(founded.made, f"lead.{HEIR}", HEIR, "gone", {Role.REVIEWER})
    actor, ring = founded.made.signed_in(f"gone.{HEIR}")
    assert ring.holds(FRONT)
    accounts.end_membership(founded.made.actor(f"lead.{HEIR}"), session().get_one(Member, person.member_id))
    assert not queries.ring_of(person.account_id, b"0" * 32).holds(FRONT)
    assert case.front_id == HEIR
    assert actor.body_id == HEIR


def test_nothing_is_sealed_before_the_heir_has_a_key(founded) -> None:
    make.report(founded.settings)
    done = reorganised(NEW)
    assert done.handed.tasks == 4, "content, identity, custodian of the board; content of the committee"
    with pytest.raises(Refused) as refused:
        resealed(founded.made, "front")
    assert refused.value.because is Because.HEIR_NOT_FOUNDED
    assert session().scalars(select(InheritedKey)).all() == []


def test_only_officers_above_the_heir_seal_anew(founded) -> None:
    make.report(founded.settings)
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    task = session().scalars(select(BodyHeir).where(BodyHeir.heir_id == HEIR)).first()
    for login in (
        f"lead.{FRONT}",
        "lead.front.VN",
        "lead.front.C27013b",
        "admin.front.P79b",
        "registrar.front.P79b",
    ):
        actor, ring = founded.made.signed_in(login)
        with pytest.raises(Forbidden):
            actions.reseal(actor, task, ring=ring)
    resealed(founded.made, "front")
    actor, ring = founded.made.signed_in("lead.front.P79b")
    done = session().scalars(select(BodyHeir).where(BodyHeir.done_on.is_not(None))).first()
    with pytest.raises(Stale):
        actions.reseal(actor, done, ring=ring)


def test_a_custodians_secret_is_passed_on_by_a_custodian(founded) -> None:
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    wanted = select(BodyHeir).where(BodyHeir.heir_id == HEIR, BodyHeir.purpose == "custodian")
    task = session().scalars(wanted).one()
    actor, ring = founded.made.signed_in("lead.front.P79b")
    with pytest.raises(Refused) as refused:
        actions.reseal(actor, task, ring=ring)
    assert refused.value.because is Because.KEY_NOT_HELD
    actor, ring = founded.made.signed_in("custodian.front.P79b")
    assert actions.reseal(actor, task, ring=ring) == 1


def test_a_kept_identity_goes_along_and_still_takes_two_persons(founded) -> None:
    contact = Contact("Phan Thị Mẫu", "0900 000 000", "")
    sent = make.report(founded.settings, openness=Openness.CONFIDENTIAL, contact=contact, lead={})
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    resealed(founded.made, "front")
    wanted = select(BodyHeir).where(BodyHeir.heir_id == HEIR, BodyHeir.purpose == "custodian")
    custodian, keys = founded.made.signed_in("custodian.front.P79b")
    actions.reseal(custodian, session().scalars(wanted).one(), ring=keys)
    join = {"admitting": "custodian.front.P79b"}
    people.join(founded.made, "lead.front.P79b", HEIR, "custodian", {Role.CUSTODIAN}, **join)
    session().expire_all()
    actor, ring = founded.made.signed_in(f"lead.{HEIR}")
    identity = session().get_one(Identity, sent.report_id)
    opening = session().get_one(
        IdentityOpening, oversight.ask(actor, identity, ring=ring, reason="Cần gặp để xác minh.")
    )
    keeper, keys = founded.made.signed_in(f"custodian.{HEIR}")
    assert oversight.read_reason(keeper, opening, ring=keys) == "Cần gặp để xác minh."
    oversight.grant(keeper, opening, ring=keys)
    assert oversight.read_identity(actor, opening, ring=ring)["name"] == "Phan Thị Mẫu"
    old, old_ring = founded.made.signed_in(f"lead.{FRONT}")
    with pytest.raises(Forbidden):
        oversight.ask(old, identity, ring=old_ring, reason="Vẫn muốn xem.")


def test_a_divided_unit_gives_each_case_to_the_part_that_the_street_tells(founded) -> None:
    here, there = make.report(founded.settings, street="đường Tân Sơn Nhì"), make.report(founded.settings)
    done = reorganised(NEW, OTHER)
    found_and_staff(founded.made, NEW, OTHER)
    session().expire_all()
    cases = [make.case_of(one) for one in (here, there)]
    assert {case.front_id for case in cases} == {"front.P79b"}, "until then the body above has them"
    assert done.handed.waiting == 2
    assert session().scalars(select(BodyHeir)).all() == [], "no part gets the secret of the whole"
    actor, ring = founded.made.signed_in("lead.front.P79b")
    move = session().scalars(select(CaseMove).where(CaseMove.case_id == cases[0].id)).one()
    assert actions.parts_of(move) == (HEIR, f"front.{OTHER.id}")
    assert actions.read_streets(actor, move, ring=ring)[0].street == "đường Tân Sơn Nhì"
    with pytest.raises(Refused) as refused:
        actions.choose_part(actor, move, ring=ring, to_id="front.C27013b")
    assert refused.value.because is Because.NOT_A_PART
    actions.choose_part(actor, move, ring=ring, to_id=HEIR)
    session().expire_all()
    assert (cases[0].front_id, cases[1].front_id) == (HEIR, "front.P79b")
    actor, ring = founded.made.signed_in(f"lead.{HEIR}")
    assert triage.open_case(actor, cases[0], ring).reports[0].content["story"]
    triage.write(actor, cases[0], ring, text="Đã nhận.")
    assert [
        one.content["text"] for one in triage.open_case(actor, cases[0], ring).letters[here.report_id]
    ] == ["Đã nhận."]
    actor, ring = founded.made.signed_in(f"lead.front.{OTHER.id}")
    with pytest.raises(Forbidden):
        triage.open_case(actor, cases[1], ring)


def test_a_divided_committee_gives_its_cases_on_one_by_one(founded) -> None:
    case = make.routed(founded)
    reorganised(NEW, OTHER)
    found_and_staff(founded.made, NEW, OTHER)
    actor, ring = founded.made.signed_in("lead.inspection.P79b")
    stmt = select(CaseMove).where(CaseMove.case_id == case.id, CaseMove.seat == "leader")
    move = session().scalars(stmt).one()
    assert actions.read_streets(actor, move, ring=ring)[0].place
    actions.choose_part(actor, move, ring=ring, to_id=HEIR_COMMITTEE)
    actor, ring = founded.made.signed_in(f"lead.{HEIR_COMMITTEE}")
    found = session().get_one(Case, case.id)
    assert casework.open_case(actor, found, ring).reports[0].version


def test_the_streets_that_an_officer_reads_are_written_down(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    reorganised(NEW, OTHER)
    actor, ring = founded.made.signed_in("lead.front.P79b")
    move = session().scalars(select(CaseMove).where(CaseMove.case_id == case.id)).one()
    actions.read_streets(actor, move, ring=ring)
    entry = session().scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert entry.act == "registry.read_streets"
    assert f"case:{case.id}" in entry.objects


def test_taken_back_the_cases_follow_to_the_reopened_body(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    reorganised(NEW)
    row = session().scalars(select(Reorganisation)).one()
    back = actions.plan_undoing(REGISTRAR, row, day=date(2026, 3, 1), source_doc="Nghị quyết sửa")
    actions.carry_out(REGISTRAR, session().get_one(Reorganisation, back))
    session().expire_all()
    again = case.front_id
    reopened = session().get_one(Body, again)
    assert (reopened.name, reopened.valid_from) == (people.body(FRONT).name, date(2026, 3, 1))
    unit = AreaFacts(reopened.area_id, OLD.name, Level.COMMUNE, "P79b")
    found_and_staff(founded.made, unit)
    actor, ring = founded.made.signed_in("lead.front.P79b")
    for task in session().scalars(select(BodyHeir).where(BodyHeir.heir_id == again)).all():
        if task.purpose != "custodian":
            actions.reseal(actor, task, ring=ring)
    actor, ring = founded.made.signed_in(f"lead.{again}")
    assert triage.open_case(actor, case, ring).reports[0].content["story"]


def test_it_is_not_taken_back_once_the_new_body_has_keys(founded) -> None:
    reorganised(NEW)
    found_and_staff(founded.made, NEW)
    row = session().scalars(select(Reorganisation)).one()
    with pytest.raises(Refused) as refused:
        actions.plan_undoing(REGISTRAR, row, day=clock.today(), source_doc="x")
    assert refused.value.because is Because.DEPENDS_KEYS


def planned(*opens: AreaFacts, links, day: date, actor: Actor, holding: Holding) -> Reorganisation:
    ended = replace(OLD, valid_to=day - timedelta(days=1))
    new = [replace(one, valid_from=day) for one in opens]
    files = actions.AreaFiles(as_areas_csv([ended, *new]), as_successors_csv(links))
    kept = actions.plan_reorganisation(actor, holding, files=files, source_doc="x")
    return session().get_one(Reorganisation, kept)


WHOLE = [SuccessorFacts(WARD, NEW.id, whole=True)]
CITY = Holding("P79b", "P79b")


def test_a_registrar_of_a_province_plans_within_it_only(founded) -> None:
    actor, today = founded.made.actor("registrar.front.P79b"), clock.today()
    given = {"day": today, "actor": actor}
    assert planned(NEW, links=WHOLE, holding=CITY, **given).keeper_id == "P79b"
    with pytest.raises(Forbidden):
        planned(NEW, links=WHOLE, holding=Holding(CENTRE), **given)
    more = AreaFacts("P99c", "Tỉnh Mới", Level.PROVINCE, None, DAY, None, "99")
    with pytest.raises(Refused) as refused:
        planned(NEW, more, links=WHOLE, holding=CITY, **given)
    assert refused.value.because is Because.NOT_HERE


def test_a_registrar_of_a_province_gives_nothing_to_another_province(founded) -> None:
    hanoi = AreaFacts("P01b", "Thành phố Hà Nội", Level.PROVINCE, None, date(2025, 7, 1), None, "01")
    ward = AreaFacts("C00001b", "Phường Ba Đình", Level.COMMUNE, "P01b", date(2025, 7, 1), None, "00001")
    people.territory((hanoi, ward), centre=False)
    given = {"links": [SuccessorFacts(WARD, "C00001b", whole=True)], "day": clock.today()}
    with pytest.raises(Refused) as refused:
        planned(actor=founded.made.actor("registrar.front.P79b"), holding=CITY, **given)
    assert refused.value.because is Because.NOT_HERE
    row = planned(actor=REGISTRAR, holding=Holding(CENTRE), **given)
    assert row.keeper_id == CENTRE
    with pytest.raises(Forbidden):
        actions.carry_out(founded.made.actor("registrar.front.P79b"), row)


def test_a_plan_kept_before_is_weighed_again_when_it_is_carried_out(founded) -> None:
    row = planned(NEW, links=WHOLE, day=clock.today(), actor=REGISTRAR, holding=CITY)
    with acting(Act("tests.keeper", "system", None, day_only=False)) as act, db.transaction() as current:
        current.execute(update(Reorganisation).values(keeper_id="P01b"))
        audit.append(current, act)
    session().expire_all()
    with pytest.raises(Refused) as refused:
        actions.carry_out(REGISTRAR, row)
    assert refused.value.because is Because.NOT_HERE


def test_who_planned_it_does_not_carry_it_out(founded) -> None:
    people.join(founded.made, "lead.front.VN", "front.P79b", "registrar2", {Role.REGISTRAR})
    first = founded.made.actor("registrar.front.P79b")
    row = planned(NEW, links=WHOLE, day=clock.today(), actor=first, holding=CITY)
    with pytest.raises(Forbidden):
        actions.carry_out(first, row)
    assert row.state is PlanState.PLANNED
    actions.carry_out(founded.made.actor("registrar2.front.P79b"), row)
    assert (row.state, row.planned_by == row.carried_by) == (PlanState.CARRIED_OUT, False)


def test_only_the_operator_plans_for_a_day_that_has_passed(founded) -> None:
    past = clock.today() - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        planned(NEW, links=WHOLE, day=past, actor=founded.made.actor("registrar.front.P79b"), holding=CITY)
    assert refused.value.because is Because.PAST
    row = planned(NEW, links=WHOLE, day=past, actor=REGISTRAR, holding=CITY)
    actions.carry_out(REGISTRAR, row)
