"""One case, taken from the committee below and sealed to the committee above; inside an act."""

from dataclasses import dataclass, field

from sqlalchemy import delete, select

from portal.action import session
from portal.conflicts.actions import anew
from portal.data.models.body import BodyKey
from portal.data.models.case import Case, CaseGrant, CaseReport
from portal.data.models.report import Grant, Report, Under
from portal.papers.keys import case_grant_of, mailbox_grant, new_case_key, open_case_key, open_grant
from portal.papers.records import open_handover, seal_handover
from portal.papers.recovery import take_up_all
from portal.vault.boxes import new_key
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class Before:
    """What the committee below could open: the case key, and its mailboxes by report.

    `body_id`: to whom that was granted, the committee itself or the one whose place it took.
    """

    body_id: str
    key: bytes = field(repr=False)
    mailboxes: dict[str, bytes] = field(repr=False)

    def parts(self, case_id: str) -> list[anew.Part]:
        """Which files lie under which key."""
        letters = [(anew.of_mailbox(one, self.body_id), key) for one, key in self.mailboxes.items()]
        return [(anew.of_case(case_id), self.key), *letters]


def before(ring: KeyRing, case_id: str, body_id: str) -> Before | None:
    """The keys of the committee below, over the recovery line; None where it has none any more."""
    grant = case_grant_of(case_id, body_id)
    if grant is None:
        return None
    take_up_all(ring, grant.body_id)
    mine = select(Grant).where(
        Grant.report_id.in_(select(CaseReport.report_id).where(CaseReport.case_id == case_id)),
        Grant.body_id == grant.body_id,
    )
    mailboxes = {one.report_id: open_grant(ring, one).mailbox for one in session().scalars(mine)}
    return Before(grant.body_id, open_case_key(ring, grant), mailboxes)


def move_case(ring: KeyRing, case: Case, old: Before, target: BodyKey, files: anew.Files) -> None:
    """Everything of the committee's under a new case key and mailbox keys of the committee above.

    Raises Stale where a file came since `files` were stored.
    """
    session().execute(delete(CaseGrant).where(CaseGrant.case_id == case.id, CaseGrant.body_id == old.body_id))
    key = new_case_key(case, target)
    for link in session().scalars(select(CaseReport).where(CaseReport.case_id == case.id)).all():
        version = open_handover(old.key, link)
        if version is not None:
            link.sealed_handover = seal_handover(key, case.id, link.report_id, version)
    anew.move_files(anew.of_case(case.id), files, key)
    anew.move_records([case.id], Under.CASE, old.key, key)
    for report_id, mailbox in old.mailboxes.items():
        _move_mailbox(ring, report_id, mailbox, old.body_id, target, files)
    session().flush()


def _move_mailbox(
    ring: KeyRing, report_id: str, mailbox: bytes, body_id: str, target: BodyKey, files: anew.Files
) -> None:
    own = session().get(Grant, (report_id, target.body_id))
    fresh = open_grant(ring, own).mailbox if own else new_key()
    if own is None:
        public = session().get_one(Report, report_id).reporter_public
        session().add(Grant(**mailbox_grant(fresh, report_id, target, public)))
    anew.move_files(anew.of_mailbox(report_id, body_id), files, fresh, target.body_id)
    anew.move_letters(report_id, body_id, mailbox, to_body=target.body_id, after=fresh)
    session().execute(delete(Grant).where(Grant.report_id == report_id, Grant.body_id == body_id))
