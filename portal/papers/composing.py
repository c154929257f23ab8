"""From what a resident told to the rows that are stored: everything typed is sealed here, nothing is written.

Pure but for random keys and ids. In clear stand only the columns that models/clear/ allows.
"""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from portal.data.db import new_id
from portal.data.models.report import Channel, Under
from portal.domain.catalogue import category
from portal.domain.deadlines import CLOCKS
from portal.domain.life import State
from portal.domain.parties import BodyFacts
from portal.domain.telling import Contact, Telling
from portal.domain.told import content_of, head_of
from portal.papers.deadlines import last_day, next_look
from portal.papers.files import FileInfo, sealed_description
from portal.papers.keys import report_grant
from portal.papers.receiving import IdentityKeys, Plan
from portal.papers.reports import seal_part
from portal.vault.boxes import place
from portal.vault.envelope import ReportKeys, new_report_keys
from portal.vault.identity import seal_identity
from portal.vault.receipts import lookup_value, receipt_code, reporter_keys

SCHEMA = 1
Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """Where a telling comes from: the draft whose secret makes the receipt, and its files."""

    draft_id: str
    secret: bytes = field(repr=False)
    pepper: bytes = field(repr=False)
    files: tuple[FileInfo, ...] = field(default=(), repr=False)
    channel: Channel = Channel.WEB
    received_on: date | None = None  # where it came on another day than today
    paper: Row | None = field(default=None, repr=False)  # register, number and board of a paper; sealed

    @property
    def code(self) -> str:
        """The receipt code: always the same for the same draft."""
        return receipt_code(self.secret, self.draft_id)

    @property
    def code_shared(self) -> bool:
        """True if an officer sees the code, too: it is changed at first use."""
        return self.channel is not Channel.WEB


@dataclass(frozen=True)
class Sent:
    """What the resident is told after sending. `identity_kept`: name and contact are sealed in the portal."""

    code: str = field(repr=False)
    report_id: str
    board_id: str
    board_name: str
    received_on: date
    next_look: date
    identity_kept: bool = False
    anonymous: bool = True

    @property
    def needs_slip(self) -> bool:
        """True for a resident who does not hide, but whose name the portal does not keep."""
        return not self.anonymous and not self.identity_kept


@dataclass(frozen=True)
class Rows:
    """The rows of one report, in the order in which they are written."""

    report: Row
    grant: Row
    case: Row
    link: Row
    attachments: tuple[Row, ...] = ()
    identity: Row | None = None
    bars: tuple[Row, ...] = ()


def compose(
    telling: Telling, plan: Plan, source: Source, day: date, names: IdentityKeys | None = None
) -> tuple[Rows, Sent]:
    """Seal a telling for the planned board. `names` only where the contact may be kept (decisions 10)."""
    report_id, case_id, keys = new_id(), new_id(), new_report_keys()
    code = source.code
    reader = reporter_keys(code, source.pepper)
    kept = names if names and telling.contact and not telling.is_anonymous else None
    board, received = plan.board, source.received_on or day
    look = next_look(received)
    sent = Sent(code, report_id, board.id, board.name, received, look, kept is not None, telling.is_anonymous)
    clear = _clear(telling, plan.board, day)
    report = {
        "id": report_id,
        "kind": telling.kind,
        "channel": source.channel,
        "received_on": received,
        "body_id": plan.board.id,
        "schema": SCHEMA,
        "lookup": lookup_value(code, source.pepper),
        "reporter_public": reader.public,
        "code_shared": source.code_shared,
        **clear,
        **_sealed(telling, plan, keys, sent, source.paper),
    }
    rows = Rows(
        report,
        report_grant(keys, report_id, plan.key, reader.public),
        _case(case_id, telling, plan.board, received) | clear,
        {"case_id": case_id, "report_id": report_id, "added_on": day},
        tuple(_attachment(file, keys, report_id, names) for file in source.files),
        _identity(telling.contact, report_id, plan.board.id, kept),
        tuple(
            {"case_id": case_id, "account_id": account, "reason": why, "since": day}
            for account, why in plan.barred.items()
        ),
    )
    return rows, sent


def _clear(telling: Telling, board: BodyFacts, day: date) -> Row:
    """What report and case show in clear of the matter (decisions 12)."""
    return {
        "area_id": telling.area_id,
        "post_level": telling.office.level,
        "post_group": telling.office.group,
        "category_group": category(telling.category, day).group.value,
        "anonymous": telling.is_anonymous,
    }


def _sealed(telling: Telling, plan: Plan, keys: ReportKeys, sent: Sent, paper: Row | None) -> Row:
    content = content_of(telling)
    parts = (
        ("head", keys.report_key, head_of(telling)),
        ("content", keys.report_key, content | {"paper": paper} if paper else content),
        ("status", keys.mailbox_key, status_of(plan, sent)),
    )
    return {f"sealed_{part}": seal_part(key, sent.report_id, part, value) for part, key, value in parts}


def status_of(plan: Plan, sent: Sent) -> Row:
    """What the mailbox shows from the first day: who received it, why, and when to look again."""
    return {
        "board": {"id": plan.board.id, "name": plan.board.name},
        "skipped": [{"name": skip.body.name, "reason": skip.reason} for skip in plan.skipped],
        "next_look": sent.next_look.isoformat(),
        "identity_kept": sent.identity_kept,
    }


def _case(case_id: str, telling: Telling, board: BodyFacts, day: date) -> Row:
    running = CLOCKS[State.RECEIVED]
    return {
        "id": case_id,
        "front_id": board.id,
        "state": State.RECEIVED,
        "report_kind": telling.kind,
        "opened_on": day,
        "due_on": last_day(running, day),
        "due_rule": running.rule,
    }


def _attachment(file: FileInfo, keys: ReportKeys, report_id: str, names: IdentityKeys | None) -> Row:
    """The file's row; the key of the original opens like an identity, by two persons, or not at all."""
    original = None
    if file.original_key and names:
        where = place("attachment", file.id, "original")
        publics = (names.custodian.public_key, names.identity.public_key)
        original = seal_identity(*publics, bytes.fromhex(file.original_key), where)
    if original is None:
        file = replace(file, original_blob=None)
    return {
        "id": file.id,
        "under": Under.REPORT,
        "report_id": report_id,
        "clean_blob": file.clean_blob,
        "original_blob": file.original_blob,
        "sealed_meta": sealed_description(file, keys.report_key, "attachment"),
        "sealed_original": original,
    }


def _identity(contact: Contact, report_id: str, board_id: str, names: IdentityKeys | None) -> Row | None:
    if names is None:
        return None
    plaintext = json.dumps(asdict(contact), ensure_ascii=False).encode()
    publics = (names.custodian.public_key, names.identity.public_key)
    return {
        "report_id": report_id,
        "body_id": board_id,
        "identity_version": names.identity.version,
        "custodian_version": names.custodian.version,
        "sealed": seal_identity(*publics, plaintext, place("report", report_id, "identity")),
    }
