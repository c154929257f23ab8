"""Drafts on both databases: sealed, one writer at a time, with their files, gone at once when forgotten."""

import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from portal.data import db
from portal.data.models.audit import AuditEntry
from portal.data.models.draft import Draft, DraftFile
from portal.domain import clock
from portal.domain.drafting import FormStep, Sketch
from portal.domain.evidence import FILES_PER_REPORT, Refusal
from portal.intake.actions import draft as drafts
from portal.intake.actions import evidence
from portal.intake.actions.draft import DraftGone, Outcome
from portal.intake.actions.evidence import FileRefused
from portal.intake.queries.draft import draft, files, ticket_of
from portal.papers.files import content

CANARY = "con-chim-hoàng-yến-5512"


def photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (30, 30), "green").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def held(store):
    return drafts.begin(Sketch())[1]


def number(model) -> int:
    db.session().rollback()
    return db.session().scalar(select(func.count()).select_from(model))


def test_the_cookie_opens_the_draft_and_nothing_else_does(store):
    cookie, held = drafts.begin(Sketch(search=CANARY))
    assert draft(ticket_of(cookie)).sketch.search == CANARY
    other, _ = drafts.begin(Sketch())
    mixed = f"{cookie.partition('.')[0]}.{other.partition('.')[2]}"
    assert draft(ticket_of(mixed)) is None
    row = db.session().get_one(Draft, held.ticket.draft_id)
    assert CANARY.encode() not in row.sealed_body
    assert held.ticket.secret not in row.sealed_body


def test_an_answer_is_saved_without_an_audit_entry(held):
    said = drafts.answer(held.ticket, FormStep.STORY, {"story": ["a"]}, {"story": CANARY}, held.version)
    assert said is Outcome.SAVED
    assert draft(held.ticket).sketch.answer(FormStep.STORY) == {"story": CANARY}
    assert draft(held.ticket).version == 2
    assert number(AuditEntry) == 0


def test_windows_that_write_at_the_same_moment_lose_nothing(held):
    steps = [FormStep.STORY, FormStep.WHEN, FormStep.ABOUT, FormStep.TIES]
    gate = threading.Barrier(len(steps))

    def write(step: FormStep) -> None:
        gate.wait()
        drafts.answer(held.ticket, step, {}, {"said": step.value}, held.version)
        db.store().session.remove()

    threads = [threading.Thread(target=write, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = draft(held.ticket)
    assert {step: found.sketch.answer(step) for step in steps} == {s: {"said": s.value} for s in steps}
    assert found.version == 1 + len(steps)


def test_the_same_question_in_two_windows_keeps_both_texts(held):
    drafts.answer(held.ticket, FormStep.STORY, {"story": ["một"]}, {"story": "một"}, 1)
    said = drafts.answer(held.ticket, FormStep.STORY, {"story": ["hai"]}, {"story": "hai"}, 1)
    assert said is Outcome.OTHER_TAB
    sketch = draft(held.ticket).sketch
    assert sketch.answer(FormStep.STORY) == {"story": "một"}
    assert sketch.pending["story"].raw == {"story": ["hai"]}


def test_nothing_is_saved_into_an_expired_draft(held):
    with clock.at(datetime.now(UTC) + timedelta(hours=25)):
        assert draft(held.ticket) is None
        with pytest.raises(DraftGone):
            drafts.answer(held.ticket, FormStep.STORY, {}, {"story": "x"}, 1)


def test_files_are_kept_sealed_and_removed(held):
    file = evidence.add(held, "ảnh.jpg", photo(), with_original=True)
    held = draft(held.ticket)
    assert [one.name for one in files(held.ticket)] == ["ảnh.jpg"]
    assert files(held.ticket)[0].original_key == file.original_key
    assert b"".join(content(files(held.ticket)[0])).startswith(b"\xff\xd8")
    row = db.session().scalars(select(DraftFile)).one()
    assert bytes.fromhex(file.key) not in row.sealed_meta
    evidence.remove(held, "not-one-of-mine")
    assert number(DraftFile) == 1
    evidence.remove(held, file.id)
    assert (number(DraftFile), draft(held.ticket).sketch.files) == (0, 0)
    assert blobs() == []


def test_another_draft_cannot_take_a_file_away(held):
    file = evidence.add(held, "a.jpg", photo(), with_original=False)
    stranger = drafts.begin(Sketch())[1]
    evidence.remove(stranger, file.id)
    assert number(DraftFile) == 1


def test_one_file_too_many_is_refused_also_when_two_windows_send(held):
    drafts.change(held.ticket, lambda sketch, version: sketch.holds_files(FILES_PER_REPORT))
    with pytest.raises(FileRefused) as refused:  # this window still believes that there is room
        evidence.add(held, "a.jpg", photo(), with_original=False)
    assert refused.value.reason is Refusal.TOO_MANY
    assert (number(DraftFile), blobs()) == (0, [])


def test_a_file_for_a_draft_that_is_gone_leaves_nothing(held):
    drafts.forget(held.ticket)
    with pytest.raises(DraftGone):
        evidence.add(held, "a.jpg", photo(), with_original=True)
    assert (number(DraftFile), blobs()) == (0, [])


def test_forgetting_takes_everything(held):
    evidence.add(held, "a.jpg", photo(), with_original=True)
    drafts.forget(held.ticket)
    drafts.forget(held.ticket)
    assert (number(Draft), number(DraftFile), blobs()) == (0, 0, [])


def blobs() -> list[str]:
    return list(db.store().blobs.names_older_than(clock.today() + timedelta(days=1)))
