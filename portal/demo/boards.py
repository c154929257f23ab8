"""The deeds of Front boards in the demonstration, each through the action that a page would call."""

from portal.demo.scene import OffScript, Play, Scene
from portal.demo.stories import Deed
from portal.domain import clock, routing
from portal.domain.answers import Answer, Finding
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind
from portal.domain.stated import Stated
from portal.triage import actions as triage


def classify(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    triage.open_case(actor, scene.case, ring)
    kind, why = Kind(deed.told["kind"]), deed.told["why"]
    triage.classify(actor, scene.case, ring, kind=kind, why=why, seen=scene.case.version)


def ask(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    triage.ask(actor, scene.case, ring, text=deed.told["text"], seen=scene.case.version)


def resume(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    triage.resume(actor, scene.case, ring, reason=deed.told["reason"], seen=scene.case.version)


def write(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    triage.write(actor, scene.case, ring, text=deed.told["text"])


def decline(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    reason = DeclineReason(deed.told["reason"])
    triage.decline(actor, scene.case, ring, reason=reason, text=deed.told["text"], seen=scene.case.version)


def commend(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    triage.open_case(actor, scene.case, ring)
    triage.commend(actor, scene.case, ring, text=deed.told["text"], seen=scene.case.version)


def route(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    committee, versions = _handed(scene, deed)
    triage.route(
        actor,
        scene.case,
        ring,
        committee_id=committee,
        versions=versions,
        seen=scene.case.version,
    )


def refer(scene: Scene, deed: Deed) -> None:
    """The board cannot say which post is meant, nor who manages it."""
    actor, ring = scene.front()
    triage.establish(actor, scene.case, ring, stated=Stated(), seen=scene.case.version)
    triage.refer(actor, scene.case, ring, seen=scene.case.version)


def join(scene: Scene, deed: Deed) -> None:
    """Join the report to that of another story, which is at the same board."""
    actor, ring = scene.front()
    into = scene.beside[deed.told["into"]].case.id
    triage.open_case(actor, scene.case, ring)
    triage.join(actor, scene.case, ring, into=into, why=deed.told["why"], seen=scene.case.version)


def hand_over(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    committee, versions = _handed(scene, deed)
    triage.hand_over(
        actor,
        scene.case,
        ring,
        committee_id=committee,
        register_no=deed.told["register_no"],
        versions=versions,
        seen=scene.case.version,
    )


def _handed(scene: Scene, deed: Deed) -> tuple[str, tuple[triage.HandoverVersion, ...]]:
    """The committee that the engine proposes, which must be the story's, and the version it gets."""
    actor, ring = scene.front()
    opened, decision = triage.prepare(actor, scene.case, ring)
    answer = decision.answer
    if not isinstance(answer, routing.Route) or answer.body.id != scene.story.leader:
        raise OffScript(f"{scene.story.key}: the engine answers {answer}")
    return answer.body.id, tuple(_version(scene, deed, one) for one in opened)


def _version(scene: Scene, deed: Deed, bundle: triage.Bundle) -> triage.HandoverVersion:
    """Of the story's own report as the deed says it; of one that was joined to it, as its writer told it."""
    report, content = bundle.opened.report, bundle.opened.content
    told = deed.told if report.id == scene.report_id else {}
    narrative, where = told.get("narrative"), told.get("where")
    return triage.HandoverVersion(
        report.id,
        content["story"] if narrative is None else narrative,
        content["where"] if where is None else where,
        tuple(file.id for file in bundle.files),
    )


def record_return(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    triage.record_return(
        actor,
        scene.case,
        ring,
        finding=Finding(deed.told["finding"]),
        answer=Answer(**deed.told["answer"]),
        dated=clock.today(),
        seen=scene.case.version,
    )


def answer_outside(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    triage.answer_outside(actor, scene.case, ring, seen=scene.case.version)


def close_outside(scene: Scene, deed: Deed) -> None:
    actor, _ = scene.front()
    triage.close_outside(actor, scene.case, seen=scene.case.version)


DEEDS: dict[str, Play] = {
    "classify": classify,
    "ask": ask,
    "resume": resume,
    "write": write,
    "decline": decline,
    "commend": commend,
    "refer": refer,
    "join": join,
    "route": route,
    "hand_over": hand_over,
    "record_return": record_return,
    "answer_outside": answer_outside,
    "close_outside": close_outside,
}
