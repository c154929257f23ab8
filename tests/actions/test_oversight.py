"""An identity opens by two persons, and everybody can see afterwards that it did."""

import json
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from portal.accounts import actions as accounts
from portal.accounts import credentials
from portal.accounts.actions.signing import mark_failure
from portal.action import Forbidden, Stale, session
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Account, Member
from portal.data.models.audit import AuditEntry
from portal.data.models.body import BodyKey
from portal.data.models.report import Channel, Identity, IdentityOpening, OpeningState, Report
from portal.domain import clock
from portal.domain.kinds import ReportKind
from portal.domain.permissions import ANYBODY, Role
from portal.oversight import actions, queries
from portal.oversight.actions import NoReason
from portal.vault.boxes import place
from portal.vault.errors import Broken, NotHeld
from portal.vault.identity import seal_identity
from tests.support import people as make
from tests.support.people import People

WARD = "front.C27019b"
LEAD, MEMBER, CUSTODIAN = f"lead.{WARD}", f"member.{WARD}", f"custodian.{WARD}"
REPORT = "r000000000000001"
CONTACT = {"name": "Nguyễn Thị Người Dân", "phone": "0900 000 000", "address": ""}
_OPENING_THE_DOOR = {
    "sqlite": ("DROP TRIGGER audit_entry_no_update",),
    "postgresql": ("ALTER TABLE audit_entry DISABLE TRIGGER ALL",),
}
REASON = "Cần gặp trực tiếp để nhận chứng cứ gốc."


@pytest.fixture
def people(prepared) -> People:
    return prepared("people_with_identity", found).made


def found(settings) -> People:
    people = make.found()
    keep_identity()
    return people


def keep_identity() -> None:
    """A confidential report of the ward, as the form would store it; only its identity matters here."""
    keys = {key.purpose: key for key in session().scalars(select(BodyKey).where(BodyKey.body_id == WARD))}
    sealed = seal_identity(
        keys["custodian"].public_key,
        keys["identity"].public_key,
        json.dumps(CONTACT).encode(),
        place("report", REPORT, "identity"),
    )
    report = Report(
        id=REPORT,
        kind=ReportKind.ACT,
        channel=Channel.WEB,
        received_on=date(2026, 11, 20),
        area_id="C27019b",
        body_id=WARD,
        category_group="service",
        anonymous=False,
        lookup=bytes(32),
        reporter_public=b"",
        sealed_head=b"",
        sealed_content=b"",
        sealed_status=b"",
    )
    act = Act("tests.report", "public", None, day_only=True)
    with acting(act), db.transaction() as current:
        current.add(report)
        current.flush()
        current.add(
            Identity(report_id=REPORT, body_id=WARD, identity_version=1, custodian_version=1, sealed=sealed)
        )
        audit.append(current, act)


def _asked(people: People, login: str = MEMBER) -> IdentityOpening:
    actor, ring = people.signed_in(login)
    opening_id = actions.ask(actor, queries.identity(REPORT), ring=ring, reason=REASON)
    opening = queries.opening(opening_id)
    assert opening is not None
    return opening


def test_one_asks_another_agrees_and_the_asker_alone_reads(people):
    opening = _asked(people)
    custodian, custodian_ring = people.signed_in(CUSTODIAN)
    assert actions.read_reason(custodian, opening, ring=custodian_ring) == REASON
    asker, asker_ring = people.signed_in(MEMBER)
    with pytest.raises(Stale):
        actions.read_identity(asker, opening, ring=asker_ring)
    actions.grant(custodian, opening, ring=custodian_ring)
    assert actions.read_identity(asker, opening, ring=asker_ring) == CONTACT
    lead, lead_ring = people.signed_in(LEAD)
    with pytest.raises(Forbidden):
        actions.read_identity(lead, opening, ring=lead_ring)
    with pytest.raises(Forbidden):
        actions.read_identity(custodian, opening, ring=custodian_ring)
    with pytest.raises(Broken):
        lead_ring.open_own(opening.sealed_to_asker, info=place("identity_opening", opening.id, "identity"))
    assert [one.state for one in queries.openings_of(REPORT)] == [OpeningState.GRANTED]


def test_neither_the_body_nor_the_custodian_alone_can_open_it(people):
    stored = queries.identity(REPORT)
    _, custodian_ring = people.signed_in(CUSTODIAN)
    _, member_ring = people.signed_in(MEMBER)
    where = place("report", REPORT, "identity")
    with pytest.raises(NotHeld):
        custodian_ring.open(WARD, "identity", stored.sealed, info=f"{where}|outer")
    with pytest.raises(Broken):
        custodian_ring.open(WARD, "custodian", stored.sealed, info=f"{where}|outer")
    inner = member_ring.open(WARD, "identity", stored.sealed, info=f"{where}|outer")
    for purpose in ("content", "identity"):
        with pytest.raises(Broken):
            member_ring.open(WARD, purpose, inner, info=f"{where}|inner")


def test_a_refusal_is_final_and_shows_nothing(people):
    opening = _asked(people)
    custodian, ring = people.signed_in(CUSTODIAN)
    actions.refuse(custodian, opening)
    with pytest.raises(Stale):
        actions.grant(custodian, opening, ring=ring)
    asker, asker_ring = people.signed_in(MEMBER)
    with pytest.raises(Stale):
        actions.read_identity(asker, opening, ring=asker_ring)
    assert opening.sealed_to_asker is None


@pytest.mark.parametrize("agrees", [True, False])
def test_once_decided_the_custodian_alone_opens_nothing(people, agrees: bool):
    opening = _asked(people)
    custodian, ring = people.signed_in(CUSTODIAN)
    if agrees:
        actions.grant(custodian, opening, ring=ring)
    else:
        actions.refuse(custodian, opening)
    stored = session().get_one(IdentityOpening, opening.id, populate_existing=True)
    where = place("report", REPORT, "identity")
    with pytest.raises(Broken):
        ring.open(WARD, "custodian", stored.sealed_inner, info=f"{where}|inner")


@pytest.mark.parametrize("how", ["replaced", "disabled", "left"])
def test_nothing_is_granted_to_an_asker_who_lost_his_seat(people, how: str):
    opening = _asked(people)
    lead = people.actor(LEAD)
    member = session().get_one(Member, people[MEMBER].member_id)
    if how == "replaced":
        # Whoever got the new link holds the account's key now; nobody has compared it.
        token = accounts.invite_again(lead, member)
        made = credentials.make("con mèo xanh bay lên", account_id=member.account_id, cost=make.CHEAP)
        accounts.accept_invitation(ANYBODY, token, login=MEMBER, credentials=made)
    elif how == "disabled":
        accounts.disable(lead, member)
    else:
        accounts.end_membership(lead, member)
    custodian, ring = people.signed_in(CUSTODIAN)
    with pytest.raises(Stale):
        actions.grant(custodian, opening, ring=ring)
    stored = session().get_one(IdentityOpening, opening.id, populate_existing=True)
    assert (stored.state, stored.sealed_to_asker) == (OpeningState.ASKED, None)


@pytest.mark.parametrize(
    "login",
    [CUSTODIAN, "lead.front.C27013b", "lead.front.P79b", "lead.inspection.C27019b", "admin.front.P79b"],
)
def test_only_reviewers_of_the_board_may_ask(people, login):
    actor, ring = people.signed_in(login)
    with pytest.raises(Forbidden):
        actions.ask(actor, queries.identity(REPORT), ring=ring, reason=REASON)


@pytest.mark.parametrize("login", [MEMBER, LEAD, "custodian.front.C27013b", "custodian.front.P79b"])
def test_only_the_custodian_of_the_board_decides(people, login):
    opening = _asked(people)
    actor, ring = people.signed_in(login)
    with pytest.raises(Forbidden):
        actions.read_reason(actor, opening, ring=ring)
    with pytest.raises(Forbidden):
        actions.grant(actor, opening, ring=ring)
    with pytest.raises(Forbidden):
        actions.refuse(actor, opening)


def test_no_reason_no_request(people):
    actor, ring = people.signed_in(MEMBER)
    with pytest.raises(NoReason):
        actions.ask(actor, queries.identity(REPORT), ring=ring, reason="  \n ")
    assert queries.openings_of(REPORT) == []


def test_every_step_is_in_the_chain_and_names_the_report_but_no_person(people):
    opening = _asked(people)
    custodian, ring = people.signed_in(CUSTODIAN)
    actions.read_reason(custodian, opening, ring=ring)
    actions.grant(custodian, opening, ring=ring)
    asker, asker_ring = people.signed_in(MEMBER)
    actions.read_identity(asker, opening, ring=asker_ring)
    rows = session().scalars(select(AuditEntry).where(AuditEntry.act.like("oversight.%"))).all()
    acts = [row.act for row in sorted(rows, key=lambda row: row.seq)]
    assert acts == [f"oversight.{name}" for name in ("ask", "read_reason", "grant", "read_identity")]
    assert all(f"report:{REPORT}" in row.objects for row in rows)
    text = json.dumps([[row.objects, row.changes] for row in rows], ensure_ascii=False)
    assert "Nguyễn" not in text
    assert REASON not in text
    assert audit.verify(session()).faults == ()


def test_an_auditor_reads_his_body_and_those_below_only(people):
    _asked(people)
    times = [one.at for one in _all(people, "auditor.front.VN")]
    assert times == sorted(times, reverse=True)
    seen = {one.body_id for one in _all(people, "auditor.front.P79b")}
    assert WARD in seen
    assert "front.P79b" in seen
    assert not seen & {None, "front.VN", "inspection.C27019b", "inspection.P79b"}


def test_no_list_tells_when_on_its_day_a_resident_acted(people):
    """Between two officers' acts, or by its number in the chain, the day would become a minute."""
    acts = [Act("intake.send", "public", None, day_only=True) for _ in range(60)]
    for number, act in enumerate(acts):
        act.touch("report", f"r{number:015}")
        with acting(act), db.transaction() as current:
            audit.append(current, act)
    mixed = _all(people, "auditor.front.VN")
    assert all(isinstance(one.at, datetime) and one.actor_id != "public" for one in mixed)
    for filters in (queries.Filters(act="intake.send"), queries.Filters(actor_id="public")):
        alone = [one for one in _all(people, "auditor.front.VN", filters) if one.act == "intake.send"]
        assert sorted(one.objects[0] for one in alone) == [f"report:r{number:015}" for number in range(60)]
        assert [one.objects[0] for one in alone] != sorted(one.objects[0] for one in alone)
        assert [one.hash for one in alone] == sorted((one.hash for one in alone), reverse=True)
    assert not hasattr(mixed[0], "seq")


@pytest.mark.parametrize("hour", [1, 6, 7, 12, 23])
def test_the_head_that_auditors_are_told_is_yesterdays(people, hour):
    """At whatever hour: before seven in Viet Nam the day in UTC is still yesterday's."""
    with clock.at(datetime.combine(clock.today() + timedelta(days=1), time(hour), clock.VIETNAM)):
        told = queries.verify_newest()
        _asked(people)
        assert queries.verify_newest() == told


def test_failed_sign_ins_elsewhere_are_not_told(people):
    for login in (LEAD, "lead.front.P79b", "lead.front.VN"):
        mark_failure(session().get_one(Account, people[login].account_id))
    mark_failure(None)
    city = {one.login for one in queries.failures(people.actor("auditor.front.P79b"))}
    assert city == {None, LEAD.lower(), "lead.front.p79b"}
    assert "lead.front.vn" in {one.login for one in queries.failures(people.actor("auditor.front.VN"))}


def _all(people: People, login: str, filters: queries.Filters | None = None) -> list[queries.Entry]:
    actor, before, found = people.actor(login), None, []
    while True:
        page = queries.entries(actor, filters or queries.Filters(), before)
        found += page.entries
        if page.after is None:
            return found
        before = page.after


def test_filters_find_one_kind_of_act(people):
    _asked(people)
    page = queries.entries(people.actor("auditor.front.VN"), queries.Filters(act="oversight.ask"))
    assert [one.act for one in page.entries] == ["oversight.ask"]
    assert page.names == {people[MEMBER].account_id: MEMBER.lower()}


def test_an_altered_entry_is_found_in_the_newest_part_too(people):
    verdict = queries.verify_newest(20)
    assert verdict.faults == ()
    engine = session().get_bind()
    with engine.connect() as raw:
        plain = raw.connection.driver_connection
        seq = session().scalars(select(AuditEntry.seq).order_by(AuditEntry.seq.desc()).limit(5)).all()[-1]
        session().rollback()
        for statement in _OPENING_THE_DOOR[engine.dialect.name]:  # the database itself refuses at first
            plain.execute(statement)
        plain.execute(f"UPDATE audit_entry SET actor_id = 'somebody' WHERE seq = {seq}")
        plain.commit()
    assert queries.verify_newest(20).faults == (f"{seq}: altered",)
    assert audit.verify(session()).faults == (f"{seq}: altered",)


def test_keyless_people_of_the_board_hold_no_identity_either(people):
    person = make.join(people, "lead.front.C27019b", WARD, "auditor", {Role.AUDITOR})
    actor, ring = people.signed_in(person.login)
    with pytest.raises(Forbidden):
        actions.ask(actor, queries.identity(REPORT), ring=ring, reason=REASON)
    assert not ring.holds(WARD, "identity")
