"""How far the rules agree with published decisions, and every disagreement with its reason, in Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import fill

from portal.domain.offices import Register
from portal.domain.parties import PostFacts, Track
from portal.domain.routing.asked import Rule
from portal.domain.routing.classes import DAYS, CaseClass, Outcome, answer_of
from portal.domain.routing.engine import RULES
from portal.domain.routing.published import PublishedCase
from portal.domain.routing.sheet import words_of
from portal.domain.subjects import Status

FROM_MEMORY = "MEM"
LEAST_AGREEMENT, LEAST_EXCEPTIONS = 0.92, 0.80
"""The bars: of rows under the simple rule, and of exceptions whose reason the facts carry (design)."""


@dataclass(frozen=True)
class Compared:
    """A published decision and what the rules say to its class."""

    published: PublishedCase
    outcome: Outcome

    @property
    def agrees(self) -> bool:
        return self.published.agrees(*words_of(self.outcome))


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    agreeing: int
    rows: int

    @property
    def value(self) -> float:
        return self.agreeing / self.rows if self.rows else 0.0

    def __str__(self) -> str:
        return f"{self.agreeing} of {self.rows} ({self.value:.1%})" if self.rows else "0 of 0"


def compare(
    cases: Iterable[PublishedCase], posts: Iterable[PostFacts], rules: tuple[Rule, ...] = RULES
) -> tuple[Compared, ...]:
    """Each published decision beside the answer of the rules of its period."""
    register = Register(posts)
    return tuple(Compared(one, answer_of(one.case, register, DAYS[one.case.era], rules)) for one in cases)


def share(compared: Iterable[Compared]) -> Share:
    """How many of these agree in level and kind of body."""
    found = list(compared)
    return Share(sum(one.agrees for one in found), len(found))


def under_the_rule(compared: Sequence[Compared]) -> list[Compared]:
    """Decisions that a simple rule gives."""
    return [one for one in compared if one.published.contradicts is False]


def exceptions(compared: Sequence[Compared], *, carried: bool) -> list[Compared]:
    """Decisions that contradict the simple rule, by whether their facts carry the reason."""
    against = (one for one in compared if one.published.contradicts)
    return [one for one in against if one.published.facts_carry_reason is carried]


def page(compared: Sequence[Compared], posts: Sequence[PostFacts]) -> str:
    """docs/routing-evidence.md: row ids, kinds and levels only (decisions 32)."""
    return "\n".join((*_figures(compared), *_disagreements(compared), *_from_memory(posts))) + "\n"


_HOW = (
    "The rules are compared with {} published decisions, kept as classes without names, places, days "
    "or quotations (`portal/data/reference/published_cases.csv`). A decision agrees if both the level "
    "and the kind of body are those of the answer; inspection committee, standing committee and party "
    "committee of one level are one kind, because the first prepares what the others decide."
)
_JUDGED = (
    "Whether the facts carry the reason was judged by hand, with the result in sight: a move, a left "
    "office, an abolished unit, a seat on a higher committee or a party organisation under another "
    "line is a fact; a joint inspection, an urgent measure or a choice of the level above is not. "
    "Counted without that judgement, simply by whether a move, a left office or a second office "
    "stands in the row, {} agree: in the others that fact is there, but is not why another level "
    "dealt with the matter. The sample also taught the rules, so these figures say that they fit it, "
    "not how they will do on decisions that nobody has looked at."
)


def _figures(compared: Sequence[Compared]) -> Iterator[str]:
    rule = under_the_rule(compared)
    party, state = ([one for one in rule if one.published.case.track is track] for track in Track)
    against = [one for one in compared if one.published.contradicts]
    rows: tuple[tuple[str, list[Compared], str], ...] = (
        ("that a simple rule gives", rule, f"≥ {LEAST_AGREEMENT:.0%}"),
        ("of these, party track", party, ""),
        ("of these, state track", state, ""),
        ("that contradict the simple rule", against, ""),
        (
            "of these, the facts carry the reason",
            exceptions(compared, carried=True),
            f"≥ {LEAST_EXCEPTIONS:.0%}",
        ),
        ("of these, they do not", exceptions(compared, carried=False), ""),
        ("criminal proceedings", [one for one in compared if one.published.contradicts is None], ""),
    )
    yield "# Evidence for the routing rules\n"
    yield "Written by `portal routing evidence --out docs/routing-evidence.md`; not edited by hand.\n"
    yield _filled(_HOW.format(len(compared)))
    yield "| Decisions | Agree | Bar |\n| --- | --- | --- |"
    yield from (f"| {what} | {share(found)} | {bar} |" for what, found, bar in rows)
    yield ""
    yield _filled(_JUDGED.format(share(one for one in against if _is_marked(one.published.case))))


def _is_marked(case: CaseClass) -> bool:
    return case.status in (Status.MOVED, Status.LEFT) or len(case.now) > 1 or bool(case.then)


def _filled(text: str) -> str:
    return fill(text, 118, break_on_hyphens=False) + "\n"


def _disagreements(compared: Sequence[Compared]) -> Iterator[str]:
    yield "## Every disagreement\n"
    yield "| Row | Track | Simple rule | Dealt with by | The rules say | Why |"
    yield "| --- | --- | --- | --- | --- | --- |"
    words = {False: "agrees", True: "contradicts", None: "does not apply"}
    for one in compared:
        if one.agrees:
            continue
        row = one.published
        level, kind = words_of(one.outcome)
        told = f"{kind} {level}" if kind else one.outcome.code
        cells = (row.id, row.case.track.value, words[row.contradicts], f"{row.kind} {row.level.value}", told)
        yield f"| {' | '.join(cells)} | {row.note} |"
    yield ""
    yield "## Exceptions that the rules do give\n"
    yield "| Row | Track | Dealt with by | Why |\n| --- | --- | --- | --- |"
    for one in compared:
        row = one.published
        if one.agrees and row.contradicts:
            yield f"| {row.id} | {row.case.track.value} | {row.kind} {row.level.value} | {row.note} |"
    yield ""


_MEMORY = (
    "Of {} templates of posts, {} name their managing level from general knowledge (`{}`), {} of them "
    "without any article beside it; {} name so who settles on the state track. A committee's own list "
    "of who manages whom was not found; a deployment replaces these rows by dated ones with the "
    "number of its document. The rules themselves:"
)


def _from_memory(posts: Sequence[PostFacts]) -> Iterator[str]:
    managed = [post for post in posts if FROM_MEMORY in post.source]
    settled = [post for post in posts if FROM_MEMORY in post.settler_source]
    alone = [post for post in managed if post.source == FROM_MEMORY]
    yield "## What no document stands behind yet\n"
    yield _filled(_MEMORY.format(len(posts), len(managed), FROM_MEMORY, len(alone), len(settled)))
    yield "| Rule | Source | What is not read from a text |\n| --- | --- | --- |"
    for name, source, what in NOT_READ:
        yield f"| {name} | {source} | {what} |"


NOT_READ = (
    (
        "by_managing_level",
        "22-QĐ/TW art. 19; 296-QĐ/TW",
        "which level manages which office: the templates above",
    ),
    (
        "every rule of the party track from 30/05/2025",
        "296-QĐ/TW",
        "that 296 carries the substance of 22 is inferred; its articles on competence were not read",
    ),
    (
        "head_or_deputy, chair of a commune from 01/07/2025",
        "LTC 12(1); NĐ 141/2025/NĐ-CP",
        "that the province takes the place of the district is inferred from 12(1); the article was not seen",
    ),
    (
        "moved_highest",
        "22-QĐ/TW art. 19",
        "that the higher of two offices decides: from decisions, not read",
    ),
    (
        "conflict_goes_up",
        "LTC 12; NĐ 31/2019/NĐ-CP art. 5(2)",
        "for members of a party committee: from the practice of published decisions",
    ),
)
