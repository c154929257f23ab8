"""A story on its way through the portal, and the people who play in it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from portal.action import session
from portal.data.models.case import Case, CaseReport
from portal.demo.people import Cast
from portal.demo.stories import Deed, Story
from portal.domain.permissions import Actor, Role
from portal.vault.ring import KeyRing

Person = tuple[Actor, KeyRing]


class OffScript(Exception):
    """A story does not go as it is written: the engine or the table of moves says otherwise."""


@dataclass
class Scene:
    """A story on its way: what was stored of it, and who plays."""

    story: Story
    cast: Cast = field(repr=False)
    code: str = field(repr=False)
    report_id: str
    front_id: str
    pepper: bytes = field(repr=False)
    beside: "dict[str, Scene]" = field(repr=False, default_factory=dict)
    """The stories that have begun, by key: one report is joined to another."""

    @property
    def case(self) -> Case:
        """The case that was opened with the report."""
        found = select(Case).join(CaseReport, CaseReport.case_id == Case.id)
        first = found.where(CaseReport.report_id == self.report_id, Case.review_of.is_(None))
        first = first.where(CaseReport.joined_from.is_(None))
        return session().scalars(first).one()

    def front(self) -> Person:
        return self.cast.playing(self.front_id, Role.REVIEWER)

    def committee(self, role: Role = Role.INSPECTOR) -> Person:
        leader = self.case.leader_id
        if leader is None:
            raise OffScript(f"{self.story.key}: no committee has the case")
        return self.cast.playing(leader, role)

    def lead(self) -> Person:
        return self.committee(Role.LEAD_INSPECTOR)


Play = Callable[[Scene, Deed], None]
"""How one kind of deed is done."""
