"""Taking in letters, calls and visits, on both databases: sealed like the form's, under the same rules."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, insert, select

from portal.accounts import actions as accounts
from portal.action import Forbidden, session
from portal.counter import actions, queries
from portal.counter.actions import Moved, NumberTaken, Paper
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Member
from portal.data.models.audit import AuditEntry
from portal.data.models.body import Body
from portal.data.models.conflict import CaseBar
from portal.data.models.draft import Draft, DraftFile
from portal.data.models.paper import PaperEntry
from portal.data.models.report import Attachment, Channel, Grant, Identity, Report
from portal.domain import clock
from portal.domain.conflicts import BarReason
from portal.domain.kinds import Kind
from portal.domain.life import State
from portal.domain.permissions import Actor, ActorKind
from portal.domain.receiving import NobodyLeft
from portal.domain.telling import Contact, Openness, Said
from portal.intake.actions import mailbox, review
from portal.intake.actions.code import change_code, new_code
from portal.intake.actions.mailbox import NotNow
from portal.intake.queries import mailbox as boxes
from portal.papers import unsent
from portal.papers.keys import open_as_reporter
from portal.papers.reports import open_part
from portal.triage import actions as triage
from portal.vault.errors import Broken, NotHeld
from portal.worker import sweeps
from tests.support import canaries, make, people

DAY = date(2026, 11, 20)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def officer(founded):
    return founded.made.signed_in(f"member.{make.FRONT}")


def board(body_id=make.FRONT):
    return session().get_one(Body, body_id)


def paper(**changes):
    return replace(Paper("paper", DAY, "12/ĐT"), **changes)


def enter(founded, officer, *, held=None, by=None, told=None, **changes):
    actor, _ = officer
    given = {"pepper": founded.settings.pepper.encode(), "identity_store": founded.settings.identity_store}
    with clock.at(clock.now()):
        return actions.hand_in(
            actor, board(by or make.FRONT), make.telling(**(told or {})), paper(**changes), held=held, **given
        )


def lines():
    session().rollback()
    return session().scalars(select(PaperEntry)).all()


def entries(act):
    return session().scalars(select(AuditEntry).where(AuditEntry.act == act)).all()


def test_a_letter_becomes_a_sealed_report_of_the_officers_board(founded, officer):
    sent = enter(founded, officer, received_on=DAY)
    report = session().get_one(Report, sent.report_id)
    assert (report.channel, report.received_on, report.body_id) == (Channel.PAPER, DAY, make.FRONT)
    assert report.code_shared
    case = make.case_of(sent)
    assert (case.opened_on, case.state) == (DAY, State.RECEIVED)
    opened = triage.open_case(officer[0], case, officer[1]).reports[0]
    assert opened.content["story"] == make.STORY
    assert opened.content["paper"]["register_no"] == "12/ĐT"
    (line,) = lines()
    assert (line.report_id, line.register_no, line.year, line.slip) == (report.id, "12/ĐT", 2026, True)


def test_it_is_the_officers_act(founded, officer):
    sent = enter(founded, officer)
    (entry,) = entries("counter.enter")
    assert (entry.actor_id, entry.body_id) == (officer[0].id, make.FRONT)
    assert sent.report_id in entry.objects
    assert "T" in entry.at, "an officer's act carries its moment"


def test_the_clock_starts_on_the_day_it_was_received(founded, officer):
    old, new = (
        make.case_of(enter(founded, officer, received_on=day, register_no=number))
        for day, number in ((DAY - timedelta(days=14), "1"), (DAY, "2"))
    )
    assert old.due_on < new.due_on


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"at_front": Said.YES}, "works there"),
        ({"story": make.STORY + " Người member.front.C27019b"}, "named"),
    ],
    ids=["works there", "named"],
)
def test_a_conflict_climbs_and_leaves_nothing_at_the_officers_board(founded, officer, told, why):
    sent = enter(founded, officer, told=told)
    assert sent.board_id == "front.P79b"
    grants = session().scalars(select(Grant.body_id).where(Grant.report_id == sent.report_id)).all()
    assert grants == ["front.P79b"]
    (line,) = lines()
    assert line.report_id is None
    (entry,) = entries("counter.enter")
    assert sent.report_id not in entry.objects
    case = make.case_of(sent)
    with pytest.raises(Forbidden):
        triage.open_case(officer[0], case, officer[1])
    above = founded.made.signed_in("member.front.P79b")
    assert triage.open_case(above[0], case, above[1]).reports[0].content["paper"]["board"] == board().name
    with pytest.raises(NotHeld):
        officer[1].secret_of("front.P79b")


def test_a_paper_about_another_place_goes_to_its_board(founded, officer):
    office = replace(make.telling().office, body_id="committee.C27013b", area_id="C27013b")
    sent = enter(founded, officer, told={"area_id": "C27013b", "office": office})
    assert sent.board_id == "front.C27013b"
    assert lines()[0].report_id is None


def test_where_nobody_is_left_nothing_is_stored(founded, officer):
    names = " ".join(f"Người member.front.{area}," for area in ("C27019b", "P79b", "VN"))
    assert isinstance(enter(founded, officer, told={"story": f"{make.STORY} {names}"}), NobodyLeft)
    assert lines() == []
    assert entries("counter.enter") == []


def test_a_number_stands_once_in_a_year_and_board(founded, officer):
    enter(founded, officer)
    before = session().scalar(select(func.count()).select_from(Report))
    with pytest.raises(NumberTaken):
        enter(founded, officer)
    assert session().scalar(select(func.count()).select_from(Report)) == before
    enter(founded, officer, received_on=date(2025, 12, 30))
    other = founded.made.signed_in("member.front.C27013b")
    enter(founded, other, by="front.C27013b")
    enter(founded, officer, register_no="", channel="phone")
    enter(founded, officer, register_no="", channel="visit")
    assert len(lines()) == 5


def test_two_officers_with_one_number_at_the_same_moment(founded, officer, monkeypatch):
    enter(founded, officer)
    answers = iter((False, True))
    monkeypatch.setattr(queries, "is_taken", lambda *given: next(answers))
    with pytest.raises(NumberTaken):
        enter(founded, officer)
    assert len(lines()) == 1


@pytest.mark.parametrize(
    "login", [f"custodian.{make.FRONT}", "member.front.C27013b", f"lead.{make.COMMITTEE}"]
)
def test_nobody_else_enters_papers_for_the_board(founded, login):
    with pytest.raises(Forbidden):
        enter(founded, founded.made.signed_in(login))
    assert lines() == []


def test_a_board_without_an_active_superior_takes_nothing(founded, officer):
    for who in ("lead", "member"):
        member = session().get_one(Member, founded.made[f"{who}.front.P79b"].member_id)
        accounts.end_membership(founded.made.actor("lead.front.VN"), member)
    with pytest.raises(Forbidden):
        enter(founded, officer)


# Identity and the anonymous way ----------------------------------------------------------------------------


def test_a_kept_name_is_sealed_and_one_about_corruption_stays_outside(founded, officer):
    contact = Contact("Nguyễn Thị Thử", "0900", "Số 1")
    named = {"openness": Openness.NAMED, "contact": contact, "lead": {}}
    kept = enter(founded, officer, told=named)
    assert kept.identity_kept
    money = enter(founded, officer, told=named | {"category": "asking_money", "said": {}}, register_no="13")
    assert not money.identity_kept
    assert session().get(Identity, money.report_id) is None


def test_without_the_three_answers_it_is_not_routed(founded, officer):
    sent = enter(founded, officer, told={"lead": {}})
    case = make.case_of(sent)
    actor, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    triage.classify(actor, case, ring, kind=Kind.PETITION, why="x", seen=case.version)
    with pytest.raises(triage.NotRoutable, match="anonymous_path"):
        triage.route(
            actor,
            case,
            ring,
            committee_id=make.COMMITTEE,
            versions=(triage.HandoverVersion(sent.report_id, "x", "", ()),),
            seen=case.version,
        )


# The entry that is being typed -----------------------------------------------------------------------------


def test_what_is_typed_opens_for_its_officer_alone(founded, officer):
    actor, ring = officer
    held = actions.save(actor.id, None, {"story": ["Chữ đang gõ"]})
    assert queries.entry(actor.id, ring) == held
    other = founded.made.signed_in(f"lead.{make.FRONT}")
    assert queries.entry(other[0].id, other[1]) is None
    assert queries.entry(actor.id, other[1]) is None
    assert "Chữ".encode() not in session().scalars(select(Draft.sealed_body)).one()


def test_two_windows_do_not_overwrite_each_other(founded, officer):
    actor, ring = officer
    held = actions.save(actor.id, None, {"story": ["một"]})
    actions.save(actor.id, held, {"story": ["hai"]})
    with pytest.raises(Moved):
        actions.save(actor.id, held, {"story": ["ba"]})
    assert queries.entry(actor.id, ring).raw == {"story": ["hai"]}


def test_scans_go_along_and_the_entry_ends(founded, officer):
    actor, _ = officer
    held = actions.save(actor.id, None, {})
    info = actions.attach(held, "don.jpg", canaries.photo("May anh", 424242))
    dropped = actions.attach(held, "thua.jpg", canaries.photo("May anh", 424242))
    actions.detach(held, dropped.id)
    sent = enter(founded, officer, held=held)
    attached = session().scalars(select(Attachment).where(Attachment.report_id == sent.report_id)).all()
    assert [one.clean_blob for one in attached] == [info.clean_blob]
    assert session().scalars(select(Draft)).all() == []
    assert session().scalars(select(DraftFile)).all() == []
    case = make.case_of(sent)
    _, data = triage.open_file(actor, case, officer[1], attached[0].id)
    assert b"May anh" not in data


def test_a_retry_gives_the_same_receipt_and_one_report(founded, officer):
    actor, _ = officer
    held = actions.save(actor.id, None, {})
    first = enter(founded, officer, held=held)
    again = enter(founded, officer, held=held, register_no="99")
    assert (again.code, again.report_id) == (first.code, first.report_id)
    assert len(lines()) == 1


def test_an_entry_that_is_thrown_away_leaves_nothing(founded, officer):
    actor, ring = officer
    held = actions.save(actor.id, None, {"story": ["x"]})
    actions.discard(held)
    assert queries.entry(actor.id, ring) is None
    with clock.at(clock.now() + timedelta(days=4)):
        actions.save(actor.id, None, {"story": ["x"]})
    with clock.at(clock.now() + timedelta(days=9)):
        assert sweeps.drafts() == 1


def test_the_text_of_an_ended_session_waits_under_the_officers_key(founded, officer):
    actor, ring = officer
    assert unsent.keep(actor.id, "form", {"story": ["gõ dở"]})
    assert unsent.kept(ring, actor.id, "form") == {"story": ["gõ dở"]}
    other = founded.made.signed_in(f"lead.{make.FRONT}")
    assert unsent.kept(other[1], actor.id, "form") is None
    unsent.forget(actor.id, "form")
    assert unsent.kept(ring, actor.id, "form") is None


# The receipt that an officer saw ---------------------------------------------------------------------------


@contextmanager
def counting():
    statements = []

    def note(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(db.store().engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.store().engine, "before_cursor_execute", note)


class Holder:
    """Who holds the slip."""

    def __init__(self, founded, sent, code=""):
        self.pepper = founded.settings.pepper.encode()
        self.code = code or sent.code
        found = boxes.passed(self.code, self.pepper)
        assert found is not None
        self.secret = found.secret
        self.actor = Actor("reporter", ActorKind.REPORTER, report_id=sent.report_id)
        self.report = session().get_one(Report, sent.report_id)

    def change(self):
        code = new_code(self.report.id)
        change_code(self.actor, self.report, self.secret, code=code, pepper=self.pepper)
        return code


def test_the_clerks_copy_sends_nothing(founded, officer):
    holder = Holder(founded, enter(founded, officer))
    with pytest.raises(Forbidden):
        mailbox.add(holder.actor, holder.report, holder.secret, body_id=make.FRONT, text="x")
    with pytest.raises(Forbidden):
        mailbox.rate(holder.actor, holder.report, holder.secret, rating="neutral", reason="")
    with pytest.raises(Forbidden):
        review.request_review(holder.actor, holder.report, holder.secret, case_id="x", text="x")


def test_after_the_change_the_old_code_is_nobodys_and_the_new_one_opens_everything(founded, officer):
    sent = enter(founded, officer)
    case = make.case_of(sent)
    triage.write(officer[0], case, officer[1], text="Đã nhận đơn.")
    make.routed(founded, sent)
    old = Holder(founded, sent)
    code = old.change()
    assert boxes.passed(sent.code, old.pepper) is None
    new = Holder(founded, sent, code)
    box = boxes.box(new.report, new.secret)
    assert [letter.content.get("text") for letter in box.letters] == ["Đã nhận đơn.", None]
    assert set(box.keys) == {make.FRONT, make.COMMITTEE}
    for grant in session().scalars(select(Grant).where(Grant.report_id == sent.report_id)):
        with pytest.raises(Broken):
            open_as_reporter(old.secret, grant)
    mailbox.add(new.actor, new.report, new.secret, body_id=make.FRONT, text="Bổ sung.")
    (entry,) = entries("intake.change_code")
    assert len(entry.at) == len("2026-11-20"), "a resident's act carries its day"


def test_a_grant_made_after_the_change_is_for_the_new_code(founded, officer):
    sent = enter(founded, officer)
    code = Holder(founded, sent).change()
    make.routed(founded, sent)
    new = Holder(founded, sent, code)
    assert set(boxes.box(new.report, new.secret).keys) == {make.FRONT, make.COMMITTEE}


def test_a_code_is_changed_once_and_only_where_an_officer_saw_it(founded, officer):
    old = Holder(founded, enter(founded, officer))
    old.change()
    with pytest.raises(NotNow):
        old.change()
    with pytest.raises(NotNow):
        Holder(founded, make.report(founded.settings)).change()


def test_nobody_changes_the_code_of_another_report(founded, officer):
    one, other = (enter(founded, officer, register_no=number) for number in ("1", "2"))
    wrong = Holder(founded, other)
    wrong.report = session().get_one(Report, one.report_id)
    with pytest.raises(Forbidden):
        wrong.change()
    wrong.actor = replace(wrong.actor, report_id=one.report_id)
    with pytest.raises(Broken):
        wrong.change()
    assert Holder(founded, one).report.code_shared


def test_both_codes_cost_the_same(founded, officer, monkeypatch):
    """The old code after the change, the new one, one still to be changed, and nobody's."""
    sent, other = enter(founded, officer), enter(founded, officer, register_no="2")
    old = Holder(founded, sent)
    code = old.change()
    counted = {"digests": 0}
    real = boxes.lookup_value

    def digest(*given):
        counted["digests"] += 1
        return real(*given)

    monkeypatch.setattr(boxes, "lookup_value", digest)
    costs = []
    for typed in (sent.code, code, other.code, boxes._nobodys_code()):
        counted["digests"] = 0
        with counting() as statements:
            boxes.passed(typed, old.pepper)
        costs.append((counted["digests"], len(statements)))
    assert set(costs) == {(3, 1)}


def test_the_register_shows_numbers_days_and_states(founded, officer):
    kept = enter(founded, officer)
    enter(founded, officer, told={"at_front": Said.YES}, register_no="13/ĐT", slip=False)
    found = {one.entry.register_no: one for one in queries.register(officer[0], clock.today())}
    assert found["12/ĐT"].state is State.RECEIVED
    assert found["12/ĐT"].case_id == make.case_of(kept).id
    assert (found["13/ĐT"].state, found["13/ĐT"].case_id, found["13/ĐT"].entry.slip) == (None, "", False)
    assert queries.register(founded.made.actor("member.front.C27013b"), clock.today()) == []


def test_the_register_hides_a_case_from_who_has_no_part_in_it(founded, officer):
    case = make.case_of(enter(founded, officer))
    act = Act("tests.bar", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        bar = {"case_id": case.id, "account_id": officer[0].id, "reason": BarReason.NAMED, "since": DAY}
        current.execute(insert(CaseBar), [bar])
        audit.append(current, act)
    assert queries.register(officer[0], clock.today()) == []
    (line,) = queries.register(founded.made.actor(f"lead.{make.FRONT}"), clock.today())
    assert line.case_id == case.id


def test_the_content_tells_triage_where_it_came_from_and_no_committee(founded, officer):
    sent = enter(founded, officer, slip=False)
    case = make.routed(founded, sent)
    report = session().get_one(Report, sent.report_id)
    keys = triage.open_case(officer[0], case, officer[1]).reports[0].keys
    content = open_part(keys.report_key(), report.id, "content", report.sealed_content)
    assert content["paper"] == {"board": board().name, "register_no": "12/ĐT", "slip": False}
    actor, ring = make.lead(founded)
    assert "12/ĐT" not in repr(make.casework.open_case(actor, case, ring))
