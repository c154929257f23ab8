"""Reports and cases for tests, made through the real acts, in the country of tests/support/people.py.

founded = prepared("people", people.found)
sent = make.report(founded.settings)                  # a report at the Front board of Tân Sơn Nhì
case = make.routed(founded)                           # … classified and routed to its inspection committee
case = make.verifying(founded) / make.concluded(founded) / make.answered(founded)
"""

import os
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.casework import actions as casework
from portal.config import Settings
from portal.data.db import new_id, store
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Attachment
from portal.domain.answers import Answer, Finding
from portal.domain.kinds import Kind, ReportKind
from portal.domain.parties import BodyKind, Level
from portal.domain.permissions import Actor
from portal.domain.stated import Stated
from portal.domain.telling import LeadQuestion, Office, Said, Telling
from portal.intake.actions.submit import hand_in
from portal.papers.composing import Sent, Source
from portal.papers.files import FileInfo
from portal.triage import actions as triage
from portal.vault.boxes import new_key
from portal.vault.ring import KeyRing
from portal.vault.streams import seal_stream
from tests.support.stores import Prepared

WARD = "C27019b"
FRONT, COMMITTEE = f"front.{WARD}", f"inspection.{WARD}"
STORY = (
    "Cán bộ hẹn nhiều lần nhưng không trả hồ sơ đăng ký hộ kinh doanh cho người dân.\nKhông ai giải thích."
)
ANSWER = Answer(
    checked="Đã xem sổ nhận hồ sơ và hỏi bộ phận một cửa.",
    found="Hồ sơ trả chậm mười hai ngày so với phiếu hẹn.",
    done="Đã yêu cầu trả kết quả và xin lỗi người dân.",
    ground="Nghị định 118/2025/NĐ-CP, điều 20.",
)


def telling(**changes: Any) -> Telling:
    """A complete anonymous report about an official of the ward's people's committee."""
    whole = Telling(
        kind=ReportKind.ACT,
        area_id=WARD,
        area_name="Phường Tân Sơn Nhì",
        category="delay",
        story=STORY,
        office=Office(
            body_id=f"committee.{WARD}",
            body_name="Ủy ban nhân dân phường Tân Sơn Nhì",
            kind=BodyKind.COMMITTEE,
            level=Level.COMMUNE,
            area_id=WARD,
            post_name="Công chức một cửa",
        ),
        at_front=Said.NO,
        at_party=Said.NO,
        at_inspection=Said.NO,
        said={"past_due": True, "no_answer": False},
        when="2026-03",
        where="Bộ phận một cửa",
        lead={question.value: True for question in LeadQuestion},
    )
    return replace(whole, **changes)


def report(settings: Settings, *, files: tuple[FileInfo, ...] = (), **changes: Any) -> Sent:
    """Send a report; the receipt code is in the answer."""
    source = Source(os.urandom(16).hex(), os.urandom(32), settings.pepper.encode(), files)
    sent = hand_in(telling(**changes), source, identity_store=settings.identity_store)
    assert isinstance(sent, Sent)
    return sent


def stored(name: str, data: bytes, media_type: str = "image/jpeg") -> FileInfo:
    """A file as it is after cleaning, in the store."""
    key = new_key()
    blob = store().blobs.put(seal_stream(key, [data]))
    return FileInfo(new_id(), name, media_type, len(data), (), blob, None, key.hex())


def case_of(sent: Sent) -> Case:
    """The case that a report opened."""
    found = session().scalars(
        select(Case)
        .join(CaseReport, CaseReport.case_id == Case.id)
        .where(CaseReport.report_id == sent.report_id, Case.review_of.is_(None))
    )
    return found.one()


def established(actor: Actor, case: Case, ring: KeyRing, level: Level = Level.COMMUNE) -> None:
    """State that the post is none of the register's, and which level manages it."""
    triage.establish(actor, case, ring, stated=Stated(managing_level=level), seen=case.version)


def routed(founded: Prepared, sent: Sent | None = None) -> Case:
    """A case that the ward's Front board sent to the ward's inspection committee."""
    sent = sent or report(founded.settings)
    case = case_of(sent)
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.classify(actor, case, ring, kind=Kind.PETITION, why="Kể một việc làm", seen=case.version)
    established(actor, case, ring)
    files = session().scalars(select(Attachment.id).where(Attachment.report_id == sent.report_id)).all()
    version = triage.HandoverVersion(sent.report_id, STORY, "Bộ phận một cửa", tuple(files))
    triage.route(
        actor,
        case,
        ring,
        committee_id=COMMITTEE,
        versions=(version,),
        seen=case.version,
    )
    return case


def lead(founded: Prepared) -> tuple[Actor, KeyRing]:
    """The committee's lead inspector."""
    actor, ring = founded.made.signed_in(f"lead.{COMMITTEE}")
    return actor, ring


def verifying(founded: Prepared, sent: Sent | None = None, *, heard: bool = True) -> Case:
    """An accepted case under verification, with the explanation recorded where `heard`."""
    case = routed(founded, sent)
    actor, ring = lead(founded)
    casework.accept(actor, case, seen=case.version)
    casework.begin_verification(actor, case, ring, plan="Xem sổ nhận hồ sơ.", seen=case.version)
    if heard:
        day = date(2026, 4, 2)
        casework.record_explanation(actor, case, ring, text="Máy hỏng, có lỗi.", dated=day, refused=False)
    return case


def concluded(founded: Prepared, sent: Sent | None = None) -> Case:
    """A case with its conclusion, not answered yet."""
    case = verifying(founded, sent)
    actor, ring = lead(founded)
    casework.conclude(actor, case, ring, finding=Finding.PARTLY, answer=ANSWER, seen=case.version)
    return case


def answered(founded: Prepared, sent: Sent | None = None) -> Case:
    """A case whose residents were answered."""
    case = concluded(founded, sent)
    actor, ring = lead(founded)
    casework.answer(actor, case, ring, seen=case.version)
    return case


def casework_links(case: Case) -> list[CaseReport]:
    """The reports of a case."""
    return list(session().scalars(select(CaseReport).where(CaseReport.case_id == case.id)))


def now(case: Case) -> Case:
    """The case as it is stored now; a page's request ends the session that knew it."""
    session().rollback()
    return session().get_one(Case, case.id)
