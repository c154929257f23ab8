"""Notes of a board on a case: for the board under the report key, or for the author alone."""

from portal.action import action
from portal.data.models.case import Case, RecordKind
from portal.data.models.report import Under
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import notes, records
from portal.papers.life import require_unmoved
from portal.papers.reports import keys_of
from portal.triage import queries
from portal.vault.ring import KeyRing


@action(Permission.TRIAGE_DECIDE)
def note(actor: Actor, case: Case, /, ring: KeyRing, *, text: str, mention: str = "", seen: int) -> None:
    """A note for the board, no step; raises NotAColleague where a person named has no part in the case."""
    require_unmoved(case, seen)
    key = keys_of(ring, queries.reports(case.id)[0].id, actor.body).report_key()
    content = {"text": text} | ({"mention": mention} if mention else {})
    records.record(actor, case, key, RecordKind.NOTE, content, under=Under.REPORT, step=Step.NOTE)
    if mention:
        notes.point(actor, case, mention)


@action(Permission.TRIAGE_DECIDE)
def note_for_oneself(actor: Actor, case: Case, /, *, text: str) -> None:
    """A note that only its author opens."""
    notes.keep_own(actor, case, text)
