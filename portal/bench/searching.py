"""Searching a board's opened cases: some forms of question, with a thousand and a hundred thousand of them.

The cases and their index are written past the gate, in the shape that opening them one by one would give:
full segments, some of the smaller levels, and some tails. The heads of all of them open, as real ones do.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from secrets import token_bytes
from statistics import median
from typing import Any, Final

from sqlalchemy import Table, delete, insert, select

from portal.bench import drafts, load
from portal.bench.base import BOARD, Base
from portal.bench.drafts import answers
from portal.bench.ground import Ground
from portal.bench.load import Outcome
from portal.bench.report import Measure
from portal.bench.words import Texts
from portal.data import db
from portal.data.db import new_id
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Grant, Report
from portal.data.models.search import BodySearchKey, SearchBucket, SearchCase, SearchSegment
from portal.domain import clock
from portal.domain.drafted import telling_from
from portal.domain.life import Desk, State
from portal.domain.postings import Listed
from portal.domain.receiving import NobodyLeft
from portal.domain.told import head_of
from portal.domain.wording import Within, terms_of
from portal.papers.composing import Rows, Source, compose
from portal.papers.keys import newest_key
from portal.papers.merging import FAN, TAILS, packed
from portal.papers.receiving import reception
from portal.papers.reports import seal_part
from portal.papers.searching import sealed_tail
from portal.vault.envelope import new_report_keys, seal_report_keys
from portal.vault.searching import SearchKey, new_search_key, open_search_key

FEW, MANY = 1_000, 100_000
QUESTIONS: Final = 240
PAGE: Final = "/can-bo/tim/"
BAR_MS, BAR_GROWTH = 150, 1.5
_DAYS, _CHUNK = 1_000, 2_000
_EVERYWHERE: Final = terms_of(
    {Within.PLACE: ["Phường Tây Thạnh", "Thành phố Hồ Chí Minh"], Within.POST: ["Phó Chủ tịch"]}
)
"""Place and post, the same in all the cases."""


def _table(model: type[db.Base]) -> Table:
    return model.__table__  # type: ignore[return-value]


_TABLES: Final = (
    ("report", _table(Report)),
    ("grant", _table(Grant)),
    ("case", _table(Case)),
    ("link", _table(CaseReport)),
)


class Wrong(Exception):
    """The server answered something else than was measured."""


@dataclass(frozen=True)
class _Board:
    """What the rows of one board are made with."""

    version: int
    public: bytes
    sample: Rows
    head: dict[str, Any]
    key: SearchKey


def search(ground: Ground) -> Iterator[Measure]:
    """The time of a page of answers with few and with many opened cases, in the middle and at worst."""
    board = _board(ground.base)
    texts = Texts(11)
    cookie = f"staff={ground.base.reviewer_cookie()}"
    asked = _questions(ground, texts, cookie)
    few = _measured(ground, board, texts, asked, FEW, FEW)
    many = _measured(ground, board, texts, asked, MANY - FEW, MANY)
    growth, cpu_growth = many[0].quantile(0.95) / few[0].quantile(0.95), many[1] / few[1]
    for number, (done, cpu) in ((FEW, few), (MANY, many)):
        p95 = done.quantile(0.95)
        bar = {"bar": f"≤ {BAR_MS} ms", "held": p95 <= BAR_MS} if number == MANY else {}
        yield Measure(
            f"search_{number}_p95", p95, "ms", ground.database,
            more={"p50_ms": done.quantile(0.5), "max_ms": done.quantile(1), "cpu_ms": cpu}, **bar,  # type: ignore[arg-type]
        )  # fmt: skip
    middle = many[0].quantile(0.5) / few[0].quantile(0.5)
    yield Measure(
        "search_growth", growth, "×", ground.database, bar=f"≤ {BAR_GROWTH}", held=growth <= BAR_GROWTH,
        more={"p50_growth": middle, "cpu_growth": cpu_growth},
    )  # fmt: skip


def _measured(
    ground: Ground, board: _Board, texts: Texts, asked: Sequence[bytes], more: int, number: int
) -> tuple[Outcome, float]:
    """Three rounds of all questions; the one in the middle counts, so that no disturbed one decides."""
    ground.say(f"{ground.database}: tìm trong {number:,} hồ sơ đã mở (đang dựng chỉ mục)")
    fill(ground.base, board, texts, more)
    load.closed(ground.portal.address, asked[:40], clients=1)
    rounds = []
    for _ in range(3):
        before = ground.cpu(ground.portal)
        done = load.closed(ground.portal.address, asked, clients=1)
        if faults := done.faults(200):
            raise Wrong(f"{len(faults)} of {len(done.answers)}: {faults[0]}")
        rounds.append((done, (ground.cpu(ground.portal) - before) / len(asked) * 1000))
    rounds.sort(key=lambda one: one[0].quantile(0.95))
    return rounds[1][0], median(cpu for _, cpu in rounds)


def _questions(ground: Ground, texts: Texts, cookie: str) -> list[bytes]:
    """Words common and rare, together and in a row, with place, days, state and number, and of no case."""
    common = texts.units_of_rank(0, 60, QUESTIONS)
    usual = texts.units_of_rank(60, 600, QUESTIONS)
    rare = texts.units_of_rank(2_000, 6_000, QUESTIONS)
    year = {"first-year": str(clock.today().year - 1), "last-year": str(clock.today().year - 1)}
    forms = (
        lambda n: {"words": common[n]},
        lambda n: {"words": f"{common[n]} {usual[n]}"},
        lambda n: {"words": f"{usual[n]} {usual[n - 1]}"},
        lambda n: {"words": rare[n]},
        lambda n: {"words": f'"{usual[n]}" "{common[n]}"'},
        lambda n: {"words": f"{common[n]} {common[n - 1]} {common[n - 2]}", "place": "tây thạnh"},
        lambda n: {"words": usual[n], "post": "chu tich"},
        lambda n: {"words": common[n], **year},
        lambda n: {"words": usual[n], "state": State.CLOSED.value},
        lambda n: {"words": f"{rare[n]} {rare[n - 1]}"},
        lambda n: {"number": f"HS-{rare[n].replace(' ', '0')[:4]:0<4}-0000"},
        lambda n: {"state": State.CLOSED.value, **year},
    )
    token, signed = drafts.csrf(ground.app)
    cookies = f"{cookie}; {ground.app.config['SESSION_COOKIE_NAME']}={signed}"
    return [
        drafts.post(PAGE, {"csrf_token": token} | forms[n % len(forms)](n), cookies) for n in range(QUESTIONS)
    ]


def _board(base: Base) -> _Board:
    today = clock.today()
    telling = telling_from(answers("Chuyện ngắn để đo việc tìm kiếm."), "portal", today)
    plan = reception(telling, today)
    newest = newest_key(BOARD)
    if isinstance(plan, NobodyLeft) or newest is None:
        raise RuntimeError("the ward's board is not active")
    public, version = newest.public_key, newest.version
    source = Source(new_id(), token_bytes(32), base.settings.pepper.encode())
    sample = compose(telling, plan, source, today)[0]
    _, ring = base.reviewer()
    db.session().rollback()
    sealed = new_search_key(public, BOARD, version)
    engine = db.make_engine(base.settings.database)
    with engine.begin() as connection:
        row = {"body_id": BOARD, "key_version": version, "sealed_key": sealed}
        connection.execute(insert(_table(BodySearchKey)), [row])
    engine.dispose()
    key = open_search_key(ring, sealed, BOARD, version)
    return _Board(version, public, sample, head_of(telling), key)


def fill(base: Base, board: _Board, texts: Texts, more: int) -> None:
    """Add so many cases to the board, and index all it then has anew."""
    chance = Random(more)  # noqa: S311 - days and states, no secrets
    begin = clock.today() - timedelta(days=_DAYS)
    engine = db.make_engine(base.settings.database)
    try:
        days = [begin + timedelta(days=chance.randrange(_DAYS)) for _ in range(more)]
        for at in range(0, more, _CHUNK):
            _store_cases(engine, [_case(board, day, chance.random() < 0.6) for day in days[at : at + _CHUNK]])
        with engine.connect() as connection:
            table = _table(Case)
            rows = connection.execute(select(table.c.opened_on, table.c.id))
            cases = sorted(Listed(day, case_id) for day, case_id in rows)
        _store_index(engine, board, texts, cases)
    finally:
        engine.dispose()


def _case(board: _Board, day: date, closed: bool) -> Rows:
    """Another case of the same sizes; its head opens, its content never."""
    report_id, case_id, keys, sample = new_id(), new_id(), new_report_keys(), board.sample
    state = (
        {"state": State.CLOSED, "desk": Desk.NOBODY}
        if closed
        else {"state": State.RECEIVED, "desk": Desk.FRONT}
    )
    sealed = {
        "sealed_head": seal_part(keys.report_key, report_id, "head", board.head),
        "lookup": token_bytes(32),
        "received_on": day,
    }
    to_body = seal_report_keys(board.public, keys, report_id, BOARD)
    return Rows(
        sample.report | {"id": report_id} | sealed,
        sample.grant | {"report_id": report_id, "sealed_to_body": to_body},
        sample.case | {"id": case_id, "opened_on": day} | state,
        {"case_id": case_id, "report_id": report_id, "added_on": day},
    )


def _store_cases(engine: Any, rows: Sequence[Rows]) -> None:
    with engine.begin() as connection:
        for name, table in _TABLES:
            connection.execute(insert(table), [getattr(one, name) for one in rows])


def _store_index(engine: Any, board: _Board, texts: Texts, cases: Sequence[Listed]) -> None:
    """Replace the board's index by one of these cases, in the order in which they came."""
    tables = [_table(model) for model in (SearchCase, SearchBucket, SearchSegment)]
    with engine.begin() as connection:
        for table in tables:
            connection.execute(delete(table))
    at = 0
    for size in (TAILS * FAN * FAN, TAILS * FAN, TAILS):
        while len(cases) - at >= size:
            _store_segment(engine, board, texts, cases[at : at + size])
            at += size
    with engine.begin() as connection:
        for one in cases[at:]:
            words = "\n".join(sorted(_terms(texts))).encode()
            tail = {"segment_id": None, "sealed_words": sealed_tail(board.key, BOARD, one, words)}
            connection.execute(insert(tables[0]), [_pointing(board, one) | tail])


def _store_segment(engine: Any, board: _Board, texts: Texts, cases: Sequence[Listed]) -> None:
    postings: dict[str, list[int]] = defaultdict(list)
    for number in range(len(cases)):
        for term in _terms(texts):
            postings[term].append(number)
    made = packed(board.key, cases, postings)
    segment = {"id": made.id, "body_id": BOARD, "key_version": board.version, "level": made.level}
    segment |= {"size": made.size, "removed": 0, "purge": False, "sealed_cases": made.cases}
    buckets = [
        {"segment_id": made.id, "bucket": number, "sealed_terms": sealed}
        for number, sealed in made.buckets.items()
    ]
    pointing = [_pointing(board, one) | {"segment_id": made.id, "sealed_words": None} for one in cases]
    with engine.begin() as connection:
        for model, rows in ((SearchSegment, [segment]), (SearchBucket, buckets), (SearchCase, pointing)):
            connection.execute(insert(_table(model)), rows)


def _pointing(board: _Board, one: Listed) -> dict[str, Any]:
    marked = board.key.mark(one.case_id.encode())
    return {"body_id": BOARD, "case_id": one.case_id, "key_version": board.version, "mark": marked}


def _terms(texts: Texts) -> frozenset[str]:
    return _EVERYWHERE | terms_of({Within.TEXT: [texts.text()]})
