"""Joined and split cases when a conflict is found late or their ward ends: sealed anew, for one board."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.action import Forbidden, session
from portal.casework import actions as casework
from portal.data.models.case import Case
from portal.data.models.conflict import CaseLock
from portal.data.models.report import Grant
from portal.domain.conflicts import LockState
from portal.domain.life import State
from portal.domain.permissions import Role
from portal.triage import actions as triage
from portal.vault.errors import NotHeld
from tests.actions import test_conflicts as late
from tests.actions import test_grouping as grouping
from tests.actions import test_registry_handing as handing
from tests.support import people
from tests.support.make import COMMITTEE, FRONT

CITY = "front.P79b"
NAMED = f"Người thứ hai kể. Bà {late.NAME} biết việc này."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def shut(founded: Any, case_id: str, *logins: str) -> None:
    for login in logins:
        actor, ring = founded.made.signed_in(login)
        with pytest.raises((Forbidden, NotHeld)):
            triage.open_case(actor, session().get_one(Case, case_id), ring)


def resealed(founded: Any) -> None:
    """Every task that waits for the city's board, to its end."""
    waiting = select(CaseLock.id).where(CaseLock.state == LockState.WAITING)
    for lock_id in session().scalars(waiting.order_by(CaseLock.id)).all():
        lock = session().get_one(CaseLock, lock_id)
        if lock.state is LockState.WAITING:
            late.resealed(founded, lock)
    session().expire_all()
    assert session().scalars(waiting).all() == []


def test_joined_cases_go_up_together_when_one_of_them_names_a_newcomer(founded) -> None:
    first, second, into, case, _, _ = grouping.joined(founded, story=NAMED)
    member = late.admitted(founded, FRONT, Role.REVIEWER)
    for one in (into, case):
        shut(founded, one.id, f"lead.{FRONT}", f"member.{FRONT}", member.account.login)
    resealed(founded)
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    opened = triage.open_case(actor, into, ring)
    assert {one.report.id for one in opened.reports} == {first.report_id, second.report_id}
    assert triage.open_case(actor, case, ring).reports[0].content["story"] == NAMED
    assert {one.body_id for one in session().scalars(select(Grant))} == {CITY}
    for one in (into, case):
        shut(founded, one.id, f"lead.{FRONT}", f"member.{FRONT}", member.account.login)


def test_joined_cases_that_went_up_are_taken_apart_there(founded) -> None:
    first, second, into, case, _, _ = grouping.joined(founded, story=NAMED)
    late.admitted(founded, FRONT, Role.REVIEWER)
    resealed(founded)
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    triage.unjoin(actor, case, ring, reason="Khác ngày, khác người", seen=case.version)
    session().expire_all()
    assert (case.state, case.front_id, case.joined_to) == (State.RECEIVED, CITY, None)
    for one, sent in ((into, first), (case, second)):
        found = triage.open_case(actor, one, ring).reports
        assert [report.report.id for report in found] == [sent.report_id]
        shut(founded, one.id, f"lead.{FRONT}")


def test_all_matters_of_a_report_go_up_when_it_names_a_newcomer(founded) -> None:
    story = f"{grouping.FIRST}\n{grouping.SECOND}\nBà {late.NAME} cũng ở đó."
    _, case, other, _, _ = grouping.apart(founded, story=story)
    member = late.admitted(founded, FRONT, Role.REVIEWER)
    for one in (case, other):
        shut(founded, one.id, f"lead.{FRONT}", member.account.login)
    resealed(founded)
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    for one, words in ((case, grouping.FIRST), (other, grouping.SECOND)):
        assert one.front_id == CITY
        [part] = triage.open_case(actor, one, ring).parts
        assert part.story[0] == words
        shut(founded, one.id, f"lead.{FRONT}", f"member.{FRONT}", member.account.login)
    assert [one.body_id for one in session().scalars(select(Grant))] == [CITY]


def test_joined_and_split_cases_go_to_the_heir_of_their_ward(founded) -> None:
    first, second, into, case, _, _ = grouping.joined(founded)
    third, one, two, _, _ = grouping.apart(founded)
    handing.reorganised(handing.NEW)
    handing.found_and_staff(founded.made, handing.NEW)
    session().expire_all()
    cases = (into, case, one, two)
    assert {found.front_id for found in cases} == {handing.HEIR}
    for found in cases:
        shut(founded, found.id, f"lead.{FRONT}", f"lead.{handing.HEIR}")
    handing.resealed(founded.made, "front")
    actor, ring = founded.made.signed_in(f"lead.{handing.HEIR}")
    wanted = ({first.report_id, second.report_id}, {second.report_id}, {third.report_id}, {third.report_id})
    for found, reports in zip(cases, wanted, strict=True):
        opened = triage.open_case(actor, found, ring)
        assert {report.report.id for report in opened.reports} == reports
        shut(founded, found.id, f"lead.{FRONT}")
    assert [part.story for part in triage.open_case(actor, two, ring).parts] == [
        (grouping.SECOND, grouping.BOTH)
    ]


def test_a_committee_keeps_its_matter_only_after_its_ward_ended(founded) -> None:
    sent, case, other, actor, ring = grouping.apart(founded)
    grouping.route(sent, other, actor, ring)
    handing.reorganised(handing.NEW)
    handing.found_and_staff(founded.made, handing.NEW)
    handing.resealed(founded.made, "inspection")
    session().expire_all()
    lead, keys = founded.made.signed_in(f"lead.{handing.HEIR_COMMITTEE}")
    [handed] = casework.open_case(lead, other, keys).reports
    assert handed.version["narrative"] == f"{grouping.SECOND}\n{grouping.BOTH}"
    with pytest.raises(Forbidden):
        casework.open_case(lead, case, keys)
    old, before = founded.made.signed_in(f"lead.{COMMITTEE}")
    with pytest.raises(Forbidden):
        casework.open_case(old, other, before)
