"""Reading rounds: the titles of a list, one round with its papers. Each is an audited act."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.action import action, current_act
from portal.data.models.body import Body
from portal.data.models.round import Round, RoundItem, RoundPaperKind
from portal.domain.permissions import Actor, Permission, may
from portal.rounds import queries
from portal.rounds.actions.sealing import Paper, opened, unsealed
from portal.vault.boxes import place
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class OpenedItem:
    """Something to do, and what its check saw."""

    row: RoundItem
    task: str
    check: str


@dataclass(frozen=True)
class OpenedRound:
    """Everything that a board reads of a round; `plan` is the newest one."""

    round: Round
    plan: dict[str, Any]
    papers: tuple[Paper, ...]
    items: tuple[OpenedItem, ...]

    def newest(self, kind: RoundPaperKind) -> Paper | None:
        """The last paper of a kind."""
        return next((paper for paper in reversed(self.papers) if paper.kind is kind), None)


@action(Permission.ROUNDS_READ)
def open_list(actor: Actor, board: Body, /, ring: KeyRing, rounds: Sequence[Round]) -> dict[str, str]:
    """The titles of rounds of this board, by id."""
    own = [one.id for one in rounds if may(actor, Permission.ROUNDS_READ, one.facts())]
    current_act().touch("supervision_round", *own)
    return {key: opened(ring, board.id, row).content["title"] for key, row in queries.plans(own).items()}


@action(Permission.ROUNDS_READ)
def open_round(actor: Actor, one: Round, /, ring: KeyRing) -> OpenedRound:
    """Open the papers and items of a round."""
    papers = tuple(opened(ring, one.body_id, row) for row in queries.papers(one.id))
    plan = next(paper for paper in reversed(papers) if paper.kind is RoundPaperKind.PLAN)
    return OpenedRound(
        one, plan.content, papers, tuple(_item(ring, one, row) for row in queries.items(one.id))
    )


def _item(ring: KeyRing, one: Round, row: RoundItem) -> OpenedItem:
    task = unsealed(ring, one.body_id, row.sealed_task, place("round_item", row.id, "task"))
    check = (
        unsealed(ring, one.body_id, row.sealed_check, place("round_item", row.id, "check"))
        if row.sealed_check
        else {"text": ""}
    )
    return OpenedItem(row, task["text"], check["text"])
