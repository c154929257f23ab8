"""Dated records of a case: what each kind keeps, what is owed, two persons on a remedy."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from portal.action import Forbidden, session
from portal.casework import actions, queries
from portal.casework.actions import Entered
from portal.data.discipline import forms
from portal.data.models.case import Case, Record
from portal.data.models.followed import Followed
from portal.domain.csv_rows import Refused
from portal.domain.discipline import COLUMNS, read_forms
from portal.domain.entries import CHECKED, FOLLOWS, SHAPES, Ask, Entry, Owed
from portal.domain.life import MOVES, IllegalStep, State
from tests.support import make, people

DAY, DUE = date(2026, 5, 4), date(2026, 6, 4)
SECRET = "Phòng Nội vụ phải trả hồ sơ số bảy"


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def lead(founded):
    return make.lead(founded)


@pytest.fixture
def member(founded):
    return founded.made.signed_in(f"member.{make.COMMITTEE}")


def entered(entry, **changes):
    asked = {Ask.TO: "Phòng Nội vụ", Ask.NUMBER: "12-CV", Ask.BY: "Đảng ủy phường", Ask.FORM: "party.warning"}
    shape = SHAPES[entry]
    wanted = {ask: asked[ask] for ask in shape.asks if ask is not Ask.DUE}
    due = DUE if shape.owes else None
    return replace(Entered(entry, DAY, SECRET, due, wanted), **changes)


def put(who, case, entry, **changes):
    act = actions.record_outcome if SHAPES[entry].step in actions.OUTCOMES else actions.enter
    return act(who[0], case, who[1], what=entered(entry, **changes))


def state_for(entry):
    if entry is Entry.PUBLICATION:
        return "answered"
    return "concluded" if SHAPES[entry].step in actions.OUTCOMES else "verifying"


def remedy(lead, case):
    return session().get_one(Followed, put(lead, case, Entry.REMEDY))


def follow(who, row, text="Đã trả lời bằng văn bản."):
    actions.follow_up(who[0], row, who[1], dated=DAY, text=text)


def check(who, row, *, done=True):
    actions.check_remedy(who[0], row, who[1], done=done, text="Đã đến tận nơi xem.")


def papers(who, case):
    return actions.open_case(who[0], case, who[1]).papers


@pytest.mark.parametrize("entry", Entry)
def test_every_kind_is_kept_whole_and_sealed(founded, lead, entry):
    case = getattr(make, state_for(entry))(founded)
    record_id = put(lead, case, entry)
    (paper,) = [one for one in papers(lead, case) if one.id == record_id]
    assert (paper.dated, paper.content["entry"], paper.content["text"]) == (DAY, entry.value, SECRET)
    assert {ask.value for ask in SHAPES[entry].asks if ask is not Ask.DUE} <= set(paper.content)
    row = session().get(Followed, record_id)
    assert (row.due_on if row else None) == (DUE if SHAPES[entry].owes else None)
    stored = session().get_one(Record, record_id)
    assert SECRET.encode() not in stored.sealed_body
    assert entry.value.encode() not in stored.sealed_body


def test_the_table_is_whole():
    """Every kind has a step that stays in its state, and what is owed has a step."""
    for shape in SHAPES.values():
        assert MOVES[shape.step].target is None
        assert (Ask.DUE in shape.asks) is (shape.owes is not None)
    assert set(FOLLOWS) | CHECKED == set(Owed)


@pytest.mark.parametrize(
    ("state", "entry"),
    [("routed", Entry.DOCUMENTS), ("verifying", Entry.REMEDY), ("verifying", Entry.DISCIPLINE)],
)
def test_nothing_is_entered_before_its_time(founded, lead, state, entry):
    case = getattr(make, state)(founded)
    with pytest.raises(IllegalStep):
        put(lead, case, entry)
    assert session().scalar(select(func.count()).select_from(Followed)) == 0


def test_outcomes_are_for_the_lead(founded, lead, member):
    case = make.concluded(founded)
    with pytest.raises(Forbidden):
        put(member, case, Entry.DISCIPLINE)
    with pytest.raises(IllegalStep):  # nor by the inspectors' own act
        actions.enter(member[0], case, member[1], what=entered(Entry.DISCIPLINE))
    with pytest.raises(IllegalStep):
        actions.record_outcome(lead[0], case, lead[1], what=entered(Entry.DOCUMENTS))


def test_a_due_day_is_needed_and_not_before_the_record(founded, lead):
    case = make.verifying(founded)
    for due in (None, date(2026, 5, 3)):
        with pytest.raises(actions.NoDueDay):
            put(lead, case, Entry.DOCUMENTS, due=due)


def test_discipline_names_a_form_of_its_day(founded, lead):
    case = make.concluded(founded)
    asked = {Ask.FORM: "state.demotion", Ask.BY: "UBND"}
    with pytest.raises(actions.NotInForce):
        put(lead, case, Entry.DISCIPLINE, asked=asked)
    with pytest.raises(actions.NotInForce):
        put(lead, case, Entry.DISCIPLINE, asked=asked | {Ask.FORM: "nonsense"})
    put(lead, case, Entry.DISCIPLINE, asked=asked, dated=date(2025, 6, 30))
    assert papers(lead, case)[-1].content["title"] == "Công chức: giáng chức"


def test_the_forms_are_dated_and_name_their_source():
    assert {"party.expulsion", "state.forced_leave"} <= set(forms())
    assert all(form.source for form in forms().values())
    assert not forms()["state.pay_cut"].in_force_on(date(2025, 7, 1))
    header = ",".join(COLUMNS)
    for row in ("x,X,party,,,,", "x,X,both,S,,,", "x,X,party,S,2026-01-01,2025-01-01,"):
        with pytest.raises(Refused):
            read_forms(f"{header}\n{row}\n".encode())
    with pytest.raises(Refused):
        read_forms(f"{header}\nx,X,party,S,,,\nx,Y,party,S,,,\n".encode())


def test_an_answer_is_recorded_once_also_while_the_case_stands_still(founded, lead, member):
    case = make.verifying(founded)
    row = session().get_one(Followed, put(member, case, Entry.DOCUMENTS))
    assert row.is_open
    follow(lead, row)
    assert not row.is_open
    assert papers(lead, case)[-1].content == {"on": row.record_id, "text": "Đã trả lời bằng văn bản."}
    with pytest.raises(IllegalStep):
        follow(lead, row)


def test_a_remedy_needs_two_persons_before_the_case_can_be_closed(founded, lead, member):
    case = make.answered(founded)
    row = remedy(lead, case)
    with pytest.raises(actions.OpenRemedy):
        actions.close(lead[0], case, seen=case.version)
    with pytest.raises(IllegalStep):
        check(lead, row)
    follow(lead, row)
    with pytest.raises(Forbidden):
        check(lead, row)
    with pytest.raises(actions.OpenRemedy):
        actions.close(lead[0], make.now(case), seen=make.now(case).version)
    row = queries.followed_one(row.record_id)
    check(member, row)
    case = make.now(case)
    actions.close(lead[0], case, seen=case.version)
    assert case.state is State.CLOSED


def test_a_remedy_found_wanting_is_owed_again(founded, lead, member):
    case = make.answered(founded)
    row = remedy(lead, case)
    follow(lead, row)
    check(member, row, done=False)
    assert (row.reply_id, row.reply_by, row.is_open) == (None, None, True)
    follow(member, row, "Đã trả lại tiền.")
    with pytest.raises(Forbidden):
        check(member, row)
    check(lead, queries.followed_one(row.record_id))
    kinds = [paper.step.value for paper in papers(lead, case)][-5:]
    assert kinds == ["plan_remedy", "record_remedy", "check_remedy", "record_remedy", "check_remedy"]


def test_only_the_committee_of_the_case_follows_it_up(founded, lead):
    case = make.answered(founded)
    row = remedy(lead, case)
    stranger = founded.made.signed_in("lead.inspection.P79b")
    with pytest.raises(Forbidden):
        follow(stranger, row)
    follow(lead, row)
    with pytest.raises(Forbidden):
        check(stranger, row)
    assert session().get_one(Case, case.id).state is State.ANSWERED


PUBLIC = "Một công chức một cửa của phường trả hồ sơ chậm mười hai ngày và đã xin lỗi."


def draft(who, case, text=PUBLIC):
    return session().get_one(Followed, put(who, case, Entry.PUBLICATION, text=text))


def approve(who, row, *, yes=True):
    actions.approve_publication(who[0], row, who[1], yes=yes, text="Đã đọc.")


def letters(lead, case):
    return [one.content for one in actions.open_case(lead[0], case, lead[1]).reports[0].letters]


def test_a_publication_is_drafted_by_one_and_approved_by_the_head(founded, lead, member):
    case = make.answered(founded)
    row = draft(member, case)
    assert actions.open_draft(lead[0], row, lead[1]) == actions.Draft(PUBLIC, None)
    with pytest.raises(Forbidden):
        approve(member, row)
    assert {"notice": "published", "text": PUBLIC} not in letters(lead, case)
    approve(lead, queries.followed_one(row.record_id))
    assert letters(lead, case)[-1] == {"notice": "published", "text": PUBLIC}
    with pytest.raises(IllegalStep):
        approve(lead, queries.followed_one(row.record_id))


def test_the_head_does_not_approve_his_own_draft_and_may_refuse_another(founded, lead, member):
    case = make.answered(founded)
    own = draft(lead, case)
    with pytest.raises(Forbidden):
        approve(lead, own)
    row = draft(member, make.now(case))
    approve(lead, row, yes=False)
    assert not row.is_open
    assert all(one.get("notice") != "published" for one in letters(lead, case))


@pytest.mark.parametrize(
    "text",
    [
        "Ông nguyen  VAN BÍ đã xin lỗi.",
        "Đã nhắc nhở ông Nguyễn Văn Bí.",
        "Ông Nguyễn Văn Bí, công chức, đã xin lỗi.",
        "Công chức (Nguyễn Văn Bí) đã xin lỗi.",
        "“Nguyễn Văn Bí” đã xin lỗi.",
        "Nguyễn-Văn_Bí đã xin lỗi.",
        "Gọi 0912 345 678.",
        "Xe 51A-123.45 đỗ sai.",
        "Viết a@b.vn nhé.",
    ],
)
def test_a_publication_names_nobody(founded, lead, text):
    whole = make.telling()
    office = replace(whole.office, person="Nguyễn Văn Bí")
    case = make.answered(founded, make.report(founded.settings, office=office))
    with pytest.raises(actions.NamesSomebody):
        draft(lead, case, text)
    assert queries.followed(case.id) == []
