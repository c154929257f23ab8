"""The deeds of residents in the demonstration: what the holder of a receipt does on the mailbox's pages."""

from sqlalchemy import select

from portal.action import session
from portal.data.models.report import Grant, Message, MessageKind, Rating, Report
from portal.demo.scene import OffScript, Play, Scene
from portal.demo.stories import Deed
from portal.domain.permissions import Actor, ActorKind
from portal.intake.actions import mailbox, review
from portal.intake.actions.code import change_code, new_code
from portal.vault.receipts import reporter_keys


def _reporter(scene: Scene) -> tuple[Actor, Report, bytes]:
    """The holder of the receipt, the report, and the secret that the code makes.

    A code that an officer printed is changed first, as the page asks.
    """
    actor = Actor("reporter", ActorKind.REPORTER, report_id=scene.report_id)
    report = session().get_one(Report, scene.report_id)
    if report.code_shared:
        fresh, old = new_code(report.id), reporter_keys(scene.code, scene.pepper).secret
        change_code(actor, report, old, code=fresh, pepper=scene.pepper)
        scene.code = fresh
    return actor, report, reporter_keys(scene.code, scene.pepper).secret


def reply(scene: Scene, deed: Deed) -> None:
    actor, report, secret = _reporter(scene)
    asked = select(Message.id).where(Message.report_id == report.id, Message.kind == MessageKind.QUESTION)
    question = session().scalar(asked.order_by(Message.place.desc()).limit(1))
    if question is None:
        raise OffScript(f"{scene.story.key}: nobody asked")
    mailbox.reply(actor, report, secret, question_id=question, text=deed.told["text"], files=())


def add(scene: Scene, deed: Deed) -> None:
    actor, report, secret = _reporter(scene)
    leader = scene.case.leader_id
    shares = leader is not None and session().get(Grant, (report.id, leader)) is not None
    body = leader if leader is not None and shares else scene.front_id
    mailbox.add(actor, report, secret, body_id=body, text=deed.told["text"], files=())


def rate(scene: Scene, deed: Deed) -> None:
    actor, report, secret = _reporter(scene)
    mailbox.rate(actor, report, secret, rating=Rating(deed.told["rating"]), reason=deed.told.get("text", ""))


def request_review(scene: Scene, deed: Deed) -> None:
    actor, report, secret = _reporter(scene)
    review.request_review(actor, report, secret, case_id=scene.case.id, text=deed.told["text"])


DEEDS: dict[str, Play] = {
    "reply": reply,
    "add": add,
    "rate": rate,
    "request_review": request_review,
}
