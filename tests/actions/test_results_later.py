"""What becomes of a published text: taken off at once, corrected in public, deleted after its last day."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.action import Forbidden, Stale, session
from portal.casework import actions
from portal.casework import queries as cases
from portal.data import audit
from portal.data.db import store
from portal.data.models.audit import AuditEntry
from portal.data.models.case import CaseStep
from portal.data.models.followed import Followed
from portal.data.models.publication import Publication
from portal.domain import clock
from portal.domain.life import IllegalStep, Step
from portal.domain.publishing import MOST_DAYS, USUAL_DAYS, BadTerm, Posted
from portal.results import queries
from portal.worker import publications
from tests.actions.test_results import NOON, TEXT, TODAY, approve, published
from tests.support import make, people

WHY = "Nội dung cũ ghi sai số ngày chậm."
RIGHT = "Một công chức một cửa của phường trả hồ sơ chậm hai ngày và đã xin lỗi."


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


def withdraw(who, row, **given):
    actions.withdraw_publication(who[0], row, who[1], **({"reason": WHY} | given))


def correction(who, row, text=RIGHT):
    given = {"text": text, "why": WHY, "due": TODAY}
    return session().get_one(Followed, actions.correct_publication(who[0], row, who[1], **given))


def letters(lead, case):
    return [one.content for one in actions.open_case(lead[0], case, lead[1]).reports[0].letters]


def test_the_head_takes_a_text_off_at_once_and_the_reason_stays_in_the_case(founded, lead, member):
    case = make.answered(founded)
    row = published(lead, member, case)
    with pytest.raises(Forbidden):
        withdraw(member, row)
    with pytest.raises(Forbidden):
        withdraw(founded.made.signed_in("lead.inspection.P79b"), row)
    with pytest.raises(Stale):
        withdraw(lead, row, seen=make.now(case).version - 1)
    with pytest.raises(IllegalStep):
        withdraw(lead, row, reason=" ")
    assert row.text == TEXT
    withdraw(lead, row)
    assert (row.text, row.withdrawn_on, row.posted(TODAY)) == (None, TODAY, Posted.WITHDRAWN)
    assert queries.published() == []
    assert WHY in [paper.content.get("text") for paper in actions.open_case(lead[0], case, lead[1]).papers]
    assert letters(lead, case)[-1] == {"notice": "unpublished"}
    assert session().scalars(select(CaseStep.step).order_by(CaseStep.version)).all()[-1] is (
        Step.WITHDRAW_PUBLICATION
    )
    with pytest.raises(IllegalStep):
        withdraw(lead, row)
    entry = (
        session().scalars(select(AuditEntry).where(AuditEntry.act == "casework.withdraw_publication")).one()
    )
    assert WHY not in str(vars(entry))
    assert TEXT not in str(vars(entry))


def test_a_correction_is_made_by_two_and_leads_both_ways(founded, lead, member):
    case = make.answered(founded)
    old = published(lead, member, case)
    row = correction(member, old)
    assert actions.open_draft(lead[0], row, lead[1]) == actions.Draft(RIGHT, old)
    assert [one.text for one in queries.published()] == [TEXT], "a draft is nobody's to read"
    with pytest.raises(Forbidden):
        approve(member, row)
    approve(lead, row)
    (new,) = [one for one in queries.published() if one.id != old.id]
    assert (new.text, new.corrects_id, old.text) == (RIGHT, old.id, TEXT)
    assert queries.correction_of(old) is new
    assert queries.corrected_by(new) is old
    assert queries.corrected(queries.published()) == {old.id}
    assert letters(lead, case)[-1] == {"notice": "published", "text": RIGHT}
    with pytest.raises(IllegalStep):
        correction(member, old)
    assert cases.followed_one(row.record_id).check_id is not None


def test_a_correction_that_is_taken_off_does_not_make_the_old_text_right_again(founded, lead, member):
    old = published(lead, member, make.answered(founded))
    approve(lead, correction(member, old))
    (new,) = [one for one in queries.published() if one.id != old.id]
    withdraw(lead, new)
    assert queries.published() == [old]
    assert queries.correction_of(old) is None
    assert queries.corrected([old]) == {old.id}


def test_of_two_drafts_that_correct_one_text_only_one_is_published(founded, lead, member):
    old = published(lead, member, make.answered(founded))
    first, second = correction(member, old), correction(member, old, "Một nội dung khác.")
    approve(lead, first)
    with pytest.raises(IllegalStep):
        approve(lead, second)
    approve(lead, session().get_one(Followed, second.record_id), yes=False)
    assert [one.text for one in queries.published() if one.corrects_id] == [RIGHT]


def test_a_correction_stands_no_shorter_than_what_it_corrects(founded, lead, member):
    old = published(lead, member, make.answered(founded), days=100)
    row = correction(member, old)
    assert actions.open_draft(lead[0], row, lead[1]).least == 100
    for days in (USUAL_DAYS, 99, MOST_DAYS + 1):
        with pytest.raises(BadTerm):
            approve(lead, session().get_one(Followed, row.record_id), days=days)
    approve(lead, session().get_one(Followed, row.record_id), days=100)
    assert len(queries.published()) == 2


def test_what_was_taken_off_or_is_over_is_corrected_in_public_too(founded, lead, member):
    """Rule 43: who was wronged in public is put right in public."""
    case = make.answered(founded)
    old = published(lead, member, case)
    withdraw(lead, old)
    approve(lead, correction(member, old))
    (new,) = queries.published()
    assert (new.corrects_id, queries.corrected_by(new), queries.correction_of(old)) == (old.id, None, new)


def test_a_correction_names_nobody_and_is_the_committees_own(founded, lead, member):
    old = published(lead, member, make.answered(founded))
    with pytest.raises(actions.NamesSomebody):
        correction(member, old, "Gọi 0912 345 678.")
    with pytest.raises(Forbidden):
        correction(founded.made.signed_in("lead.inspection.P79b"), old)
    with pytest.raises(actions.NoDueDay):
        actions.correct_publication(
            member[0], old, member[1], text=RIGHT, why=WHY, due=TODAY - timedelta(days=1)
        )
    assert [one for one in cases.followed(old.case_id) if one.is_open] == []


def test_the_worker_deletes_what_is_over_and_nothing_else(founded, lead, member, monkeypatch):
    monkeypatch.setattr(publications, "BATCH", 1)
    case = make.answered(founded)
    short = [published(lead, member, case, f"Kết quả {number}.", days=15).id for number in range(3)]
    long = published(lead, member, case, days=16).id
    entries = audit.verify(session()).entries
    with clock.at(NOON + timedelta(days=14)):
        assert publications.run() == 0, "the last day counts"
    assert audit.verify(session()).entries == entries, "and nothing is noted where nothing is due"
    with clock.at(NOON + timedelta(days=15)):
        assert publications.run() == 3
        assert publications.run() == 0
    session().expire_all()
    texts = {row.id: row.text for row in session().scalars(select(Publication))}
    assert texts == dict.fromkeys(short) | {long: TEXT}
    verdict = audit.verify(session())
    assert (verdict.faults, verdict.entries) == ((), entries + 3)


def test_a_deleted_text_is_in_no_file_of_sqlite(founded, lead, member, kind):
    if kind != "sqlite":
        pytest.skip("what PostgreSQL keeps in its heap and log is in the threat model")
    published(lead, member, make.answered(founded))
    session().rollback()
    place = Path(store().engine.url.database or "")

    def found() -> bool:
        return any(b"zqxzqxpublic" in one.read_bytes() for one in place.parent.glob(f"{place.name}*"))

    assert found()
    with clock.at(NOON + timedelta(days=USUAL_DAYS)):
        assert publications.run() == 1
    assert not found()


def test_a_publication_stays_in_reach_after_the_case_is_closed(founded, lead, member):
    case = make.answered(founded)
    row = published(lead, member, case)
    actions.close(lead[0], case, seen=make.now(case).version)
    withdraw(lead, row)
    assert queries.published() == []
