"""One report that names several officials: a case for each, with its own clock, committee, letters."""

from dataclasses import dataclass

from portal.action import action, current_act, session
from portal.data.db import new_id
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.conflict import CaseLock
from portal.data.models.report import MessageKind, Under
from portal.domain import clock
from portal.domain.conflicts import ConflictSource, LockState, Side
from portal.domain.kinds import ReportKind
from portal.domain.life import State, Step
from portal.domain.parting import Kept, NotApart, Part, Whole, passages, require_complete
from portal.domain.permissions import Actor, Permission
from portal.papers import clocks, records
from portal.papers.conflicts import bar, watch
from portal.papers.files import FileInfo
from portal.papers.life import start_clock, take
from portal.papers.messages import Letter
from portal.triage import queries
from portal.triage.actions.deciding import send
from portal.triage.actions.opening import Bundle, bundles
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class Pieces:
    """What a report consists of, as a reviewer shares it out."""

    story: tuple[str, ...]
    letters: tuple[Letter, ...]
    files: tuple[FileInfo, ...]
    signs: bool

    @property
    def whole(self) -> Whole:
        letters = tuple(one.id for one in self.letters)
        return Whole(len(self.story), letters, tuple(one.id for one in self.files), self.signs)


@action(Permission.TRIAGE_VIEW)
def pieces(actor: Actor, case: Case, /, ring: KeyRing) -> tuple[Bundle, Pieces]:
    """The report of a case in pieces; raises NotApart."""
    bundle = _only(case, bundles(ring, case, actor.body))
    current_act().touch("report", bundle.opened.report.id)
    return bundle, _pieces(bundle)


@action(Permission.TRIAGE_DECIDE)
def split(actor: Actor, case: Case, /, ring: KeyRing, *, parts: tuple[Part, ...], seen: int) -> list[str]:
    """Make a case of each part; returns the ids of the new ones. Raises NotApart.

    The case goes on as the first part. Whoever has no part in it at this board has none in the others, for
    the report's key opens the whole report; which committee is in conflict is asked of each part alone.
    """
    bundle = _only(case, bundles(ring, case, actor.body))
    found = _pieces(bundle)
    require_complete(found.whole, parts)
    take(actor, case, Step.SPLIT, seen=seen)
    case.matter = case.matter or 1
    opened = _numbers(case)
    family = [case, *(_sister(case, opened + place) for place in range(1, len(parts)))]
    key = bundle.opened.keys.report_key()
    was_first = _was_first(case, records.papers(case, {Under.REPORT: key}))
    for place, (one, part) in enumerate(zip(family, parts, strict=True)):
        if one is not case:
            link = CaseReport(case_id=one.id, report_id=bundle.opened.report.id, added_on=clock.today())
            session().add(link)
            session().flush()
        kept = _kept(one, part, found, first=was_first and place == 0)
        records.record(
            actor, one, key, RecordKind.PART, kept.as_content(), under=Under.REPORT, step=Step.SPLIT
        )
        current_act().touch("case", one.id)
    told = [{"number": one.matter, "told": part.told} for one, part in zip(family, parts, strict=True)]
    send(actor, case, ring, MessageKind.NOTICE, {"matters": told})
    for one, part in zip(family, parts, strict=True):
        watch(actor, one, f"{part.person}\n{part.office}", ConflictSource.PERSON_NAMED)
    return [one.id for one in family[1:]]


def _only(case: Case, found: list[Bundle]) -> Bundle:
    """The one report; raises NotApart for what is not split: praise, reviews, tracks, joined reports."""
    if case.report_kind is ReportKind.PRAISE or case.review_of:
        raise NotApart("not_this_kind")
    if case.linked_to:
        raise NotApart("two_tracks")
    if len(found) != 1:
        raise NotApart("joined")
    if any(lock.state is LockState.WAITING for lock in case.locks):
        raise NotApart("locked")
    return found[0]


def _pieces(bundle: Bundle) -> Pieces:
    content = bundle.opened.content
    return Pieces(passages(content["story"]), bundle.added, bundle.files, bool(content["signs"]))


def _numbers(case: Case) -> int:
    """How many matters the report has so far."""
    return max(one.matter or 1 for one in (case, *queries.sisters(case)))


def _was_first(case: Case, papers: list[records.Paper]) -> bool:
    """A case split again keeps the resident's office only if it had it."""
    parts = [paper.content for paper in papers if paper.kind is RecordKind.PART]
    return all(content["first"] for content in parts)


def _kept(case: Case, part: Part, found: Pieces, *, first: bool) -> Kept:
    return Kept(
        number=case.matter or 1,
        first=first,
        person=part.person,
        office=part.office,
        told=part.told,
        story=tuple(found.story[place] for place in sorted(set(part.passages))),
        letters=part.letters,
        known=tuple(one.id for one in found.letters),
        files=part.files,
        signs=part.signs,
        version=case.version,
    )


def _sister(case: Case, number: int) -> Case:
    """A case of its own at the same board, received today, whose kind is known and whose post is not."""
    sister = Case(
        id=new_id(),
        front_id=case.front_id,
        area_id=case.area_id,
        kind=case.kind,
        version=1,
        category_group=case.category_group,
        report_kind=case.report_kind,
        anonymous=case.anonymous,
        opened_on=case.opened_on,
        split_from=case.split_from or case.id,
        matter=number,
        referred_from=case.referred_from,
    )
    session().add(sister)
    session().flush()
    _count(sister, case)
    bar(sister, {one.account_id: one.reason for one in case.bars})
    for lock in case.locks:
        if lock.side is Side.FRONT:
            _shut(sister, lock)
    session().flush()
    session().expire(sister, ["bars", "locks"])
    return sister


def _count(sister: Case, case: Case) -> None:
    """The report was received once: a split gains nobody time, unless the case itself began anew."""
    if case.state is State.RECEIVED:
        sister.due_rule = clocks.adopt(sister).rule
    else:
        start_clock(sister)


def _shut(sister: Case, lock: CaseLock) -> None:
    """A board that lost the report to a conflict has none of its matters."""
    row = {name: getattr(lock, name) for name in ("body_id", "side", "source", "state", "to_body_id")}
    session().add(CaseLock(case_id=sister.id, found_on=lock.found_on, done_on=lock.done_on, **row))
