"""One report, taken from the boards below and sealed to the board above; inside an act."""

from dataclasses import dataclass, field

from sqlalchemy import Select, delete, select

from portal.action import session
from portal.conflicts.actions import anew
from portal.data.models.body import BodyKey
from portal.data.models.report import Attachment, Grant, GrantScope, Identity, Report, Under
from portal.domain.keys import KeyPurpose
from portal.papers.keys import Opened, newest_key, open_grant, report_grant
from portal.papers.recovery import take_up, take_up_all
from portal.papers.reports import cases_of, open_part, seal_part
from portal.vault.boxes import new_key, place
from portal.vault.envelope import ReportKeys
from portal.vault.errors import Broken, NotHeld
from portal.vault.identity import wrap_again
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class Below:
    """What the boards below could open of a report, by board; `report` is its report key."""

    report: bytes = field(repr=False)
    boards: dict[str, Opened] = field(repr=False)

    def parts(self, report_id: str) -> list[anew.Part]:
        """Which files lie under which key."""
        letters = [(anew.of_mailbox(report_id, one), keys.mailbox) for one, keys in self.boards.items()]
        return [(anew.of_report(report_id), self.report), *letters]


def below(ring: KeyRing, report_id: str, target: str) -> Below | None:
    """The keys of the boards other than `target`, over the recovery line; None where there is none left.

    Raises NotHeld where a board is not below the officer's own.
    """
    boards: dict[str, Opened] = {}
    for grant in session().scalars(grants_below(report_id, target)).all():
        take_up_all(ring, grant.body_id)
        boards[grant.body_id] = open_grant(ring, grant)
    return Below(next(iter(boards.values())).report_key(), boards) if boards else None


def grants_below(report_id: str, target: str) -> Select[Grant]:
    """The grants of boards other than `target`."""
    return select(Grant).where(
        Grant.report_id == report_id, Grant.scope == GrantScope.REPORT, Grant.body_id != target
    )


def move_report(ring: KeyRing, report: Report, old: Below, target: BodyKey, files: anew.Files) -> None:
    """Everything of the report under a new report key and the mailbox key of the board above.

    Raises Stale where a file came since `files` were stored.
    """
    own = session().get(Grant, (report.id, target.body_id))
    mailbox = open_grant(ring, own).mailbox if own else new_key()
    keys = ReportKeys(new_key(), mailbox)
    _move_parts(report, old, keys, mailbox_before=_status_key(report, old, mailbox))
    anew.move_files(anew.of_report(report.id), files, keys.report_key)
    for board, opened in old.boards.items():
        anew.move_files(anew.of_mailbox(report.id, board), files, mailbox, target.body_id)
        anew.move_letters(report.id, board, opened.mailbox, to_body=target.body_id, after=mailbox)
    anew.move_records(cases_of(report.id), Under.REPORT, old.report, keys.report_key)
    _move_identity(ring, report.id, target.body_id, old)
    session().execute(delete(Grant).where(Grant.report_id == report.id, Grant.body_id.in_(old.boards)))
    row = report_grant(keys, report.id, target, report.reporter_public)
    session().merge(Grant(**row))
    report.body_id = target.body_id
    session().flush()


def _status_key(report: Report, old: Below, mailbox: bytes) -> bytes:
    first = old.boards.get(report.body_id)
    return first.mailbox if first else mailbox


def _move_parts(report: Report, old: Below, keys: ReportKeys, *, mailbox_before: bytes) -> None:
    moves = (
        ("head", old.report, keys.report_key),
        ("content", old.report, keys.report_key),
        ("status", mailbox_before, keys.mailbox_key),
    )
    for part, before, after in moves:
        value = open_part(before, report.id, part, getattr(report, f"sealed_{part}"))
        setattr(report, f"sealed_{part}", seal_part(after, report.id, part, value))


def _move_identity(ring: KeyRing, report_id: str, target: str, old: Below) -> None:
    """The outer seals, from the identity key below to the one above; the inner ones stay as they are."""
    row, above = session().get(Identity, report_id), newest_key(target, KeyPurpose.IDENTITY)
    if above is None:
        raise NotHeld(target)
    if row is not None and row.body_id in old.boards:
        take_up(ring, row.body_id, KeyPurpose.IDENTITY, row.identity_version)
        secret = ring.loaded(row.body_id, KeyPurpose.IDENTITY.value, row.identity_version)
        info = place("report", report_id, "identity")
        row.sealed = wrap_again(secret, above.public_key, row.sealed, info)
        row.custodian_body_id = row.custodian_body_id or row.body_id
        row.body_id, row.identity_version = target, above.version
    kept = select(Attachment).where(anew.of_report(report_id), Attachment.sealed_original.is_not(None))
    for file in session().scalars(kept).all():
        _move_original(ring, file, above, old)


def _move_original(ring: KeyRing, file: Attachment, above: BodyKey, old: Below) -> None:
    """The row does not say which version closed it: each is tried."""
    for board in old.boards:
        take_up_all(ring, board, KeyPurpose.IDENTITY)
        for version in ring.versions(board, KeyPurpose.IDENTITY.value):
            secret = ring.loaded(board, KeyPurpose.IDENTITY.value, version)
            try:
                where = place("attachment", file.id, "original")
                file.sealed_original = wrap_again(
                    secret, above.public_key, file.sealed_original or b"", where
                )
                return
            except Broken:
                continue
    raise NotHeld(file.id)
