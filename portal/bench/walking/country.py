"""Who walks, and the cases that are walked: officers with their keys, residents with their codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from secrets import token_bytes

from sqlalchemy import or_, select

from portal.action import session
from portal.config import Settings
from portal.data.db import new_id
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Report
from portal.domain.permissions import Actor, ActorKind
from portal.domain.telling import Telling
from portal.intake.actions.submit import hand_in
from portal.papers.composing import Sent, Source
from portal.vault.receipts import reporter_keys
from portal.vault.ring import KeyRing

Holder = tuple[Actor, Report, bytes]
"""Somebody with a receipt, his report, and the secret that his code makes."""


class NotReceived(Exception):
    """No board receives the reports of the walk."""


@dataclass(frozen=True)
class Person:
    """Somebody who acts: a member with his keys; without them everybody who holds a receipt."""

    name: str
    actor: Actor | None = None
    ring: KeyRing | None = field(default=None, repr=False)

    @property
    def body_id(self) -> str:
        return (self.actor.body_id if self.actor else None) or ""

    @property
    def is_of_a_board(self) -> bool:
        return self.body_id.startswith("front.")


@dataclass
class Country:
    """The people, the cases, and the receipts of the reports that opened them."""

    settings: Settings
    people: Sequence[Person]
    codes: dict[str, str] = field(default_factory=dict, repr=False)

    def send(self, tellings: Iterable[Telling]) -> None:
        """Send reports, each by its own act; raises NotReceived."""
        pepper = self.settings.pepper.encode()
        for told in tellings:
            source = Source(new_id(), token_bytes(32), pepper)
            sent = hand_in(told, source, identity_store=self.settings.identity_store)
            if not isinstance(sent, Sent):
                raise NotReceived
            self.codes[sent.report_id] = sent.code
        session().rollback()

    def cases(self) -> list[str]:
        """The ids of all cases, in a fixed order: walks open new ones."""
        found = list(session().scalars(select(Case.id).order_by(Case.id)))
        session().rollback()
        return found

    def cases_of(self, person: Person) -> list[str]:
        """Those that the person's body has, by the plain columns; a resident may write to each."""
        wanted = select(Case.id).order_by(Case.id)
        if person.actor is not None:
            wanted = wanted.where(or_(Case.front_id == person.body_id, Case.leader_id == person.body_id))
        found = list(session().scalars(wanted))
        session().rollback()
        return found

    def holder(self, case_id: str) -> Holder:
        """Who sent the first report of the case."""
        report = session().get_one(Report, reports_of(case_id)[0])
        secret = reporter_keys(self.codes[report.id], self.settings.pepper.encode()).secret
        return Actor("reporter", ActorKind.REPORTER, report_id=report.id), report, secret


def reports_of(case_id: str) -> list[str]:
    """The reports of a case, its own before those that were joined to it."""
    found = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    ordered = found.order_by(CaseReport.joined_from.is_not(None), CaseReport.report_id)
    return list(session().scalars(ordered))
