"""Notes on a case beside its life: for oneself alone, and a colleague who is pointed to what was written."""

import json

from sqlalchemy import select

from portal.action import session
from portal.data.db import new_id
from portal.data.models.account import Account
from portal.data.models.case import Case, Record, RecordKind
from portal.data.models.desk import Mention
from portal.data.models.report import Under
from portal.domain import clock
from portal.domain.noticing import Notice
from portal.domain.permissions import Actor, Role
from portal.papers import notices
from portal.papers.hiding import blind_to
from portal.papers.records import Paper
from portal.vault.errors import Broken
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_json

OFFICERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER, Role.INSPECTOR, Role.LEAD_INSPECTOR})


class NotAColleague(Exception):
    """Only an officer of the same body who has a part in the case can be named."""


def keep_own(actor: Actor, case: Case, text: str) -> None:
    """A note that only its author opens: sealed to his own key, no step of the case. Inside an act."""
    account, record_id = session().get_one(Account, actor.id), new_id()
    session().add(
        Record(
            id=record_id,
            case_id=case.id,
            body_id=actor.body_id,
            author_id=actor.id,
            kind=RecordKind.NOTE,
            under=Under.OWN,
            dated=clock.today(),
            written_at=clock.now(),
            sealed_body=seal_json(account.public_key, {"text": text}, info=_place(record_id)),
        )
    )


def own(actor: Actor, case: Case, ring: KeyRing) -> list[Paper]:
    """The actor's own notes on the case, oldest first; none sealed to a key he lost. Inside an act."""
    rows = select(Record).where(
        Record.case_id == case.id,
        Record.under == Under.OWN,
        Record.author_id == actor.id,
        Record.body_id == actor.body,
    )
    found = []
    for row in session().scalars(rows.order_by(Record.written_at, Record.id)):
        try:
            content = json.loads(ring.open_own(row.sealed_body, info=_place(row.id)))
        except Broken:
            continue
        paper = Paper(row.id, row.kind, None, row.dated, row.written_at, row.author_id, row.body_id, content)
        found.append(paper)
    return found


def colleagues(actor: Actor, case_id: str) -> list[tuple[str, str]]:
    """Who can be named in a note on the case: account id and name of the other officers who have a part."""
    accounts, bodies = blind_to([case_id])
    if actor.body in bodies:
        return []
    ids = notices.people_of(actor.body, OFFICERS) - accounts - {actor.id}
    rows = select(Account.id, Account.display_name).where(Account.id.in_(ids))
    return [
        (row.id, row.display_name)
        for row in session().execute(rows.order_by(Account.display_name, Account.id))
    ]


def point(actor: Actor, case: Case, account_id: str) -> None:
    """Point a colleague to the case, with a notice that says no more; raises NotAColleague. Inside an act."""
    if account_id not in dict(colleagues(actor, case.id)):
        raise NotAColleague(account_id)
    session().add(
        Mention(
            id=new_id(),
            account_id=account_id,
            case_id=case.id,
            author_id=actor.id,
            written_on=clock.today(),
        )
    )
    notices.tell(account_id, Notice.MENTIONED, cases=[case.id])


def _place(record_id: str) -> str:
    return f"record|{record_id}|own|v1"
