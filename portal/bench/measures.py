"""The measures of one database, each beside the bare application where that tells something."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median

from portal.bench import cases, drafts, load
from portal.bench.drafts import Ready
from portal.bench.ground import Ground
from portal.bench.load import Outcome
from portal.bench.report import Measure
from portal.bench.searching import search
from portal.bench.serving import Server

ROUNDS = 3
CLIENTS = 16
STEADY_RATE, STEADY_SECONDS = 50, 60
IMAGES = 100
FEW, MANY = 1_000, 100_000
RECEIPT = "/phan-anh/bien-nhan"
QUEUE = "/can-bo/phan-loai/"


class Wrong(Exception):
    """The server answered something else than was measured."""


def _check(outcome: Outcome, *expected: int, where: str = "") -> Outcome:
    faults = outcome.faults(*expected)
    if where:
        faults += [one for one in outcome.answers if one.header("location") != where]
    if faults:
        raise Wrong(f"{len(faults)} of {len(outcome.answers)}: {faults[0]}, {faults[0].header('location')!r}")
    return outcome


class _Rounds:
    """Interleaved rounds of several loads; medians, so that one disturbed round does not decide."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.rates: list[float] = []
        self.p50: list[float] = []
        self.p95: list[float] = []
        self.cpu: list[float] = []

    def add(self, server: Server, run: Callable[[], Outcome]) -> Outcome:
        before = self.ground.cpu(server)
        outcome = run()
        used = self.ground.cpu(server) - before
        self.rates.append(outcome.rate)
        self.p50.append(outcome.quantile(0.5))
        self.p95.append(outcome.quantile(0.95))
        self.cpu.append(used / max(1, len(outcome.answers)) * 1000)
        return outcome

    def more(self) -> dict[str, float]:
        return {"p50_ms": median(self.p50), "p95_ms": median(self.p95), "cpu_ms": median(self.cpu)}


def submission(ground: Ground) -> Iterator[Measure]:
    """The final POST of the form beside the bare POST, in interleaved rounds."""
    plain = drafts.post("/", {"story": drafts.STORY})
    beside, text, image = _Rounds(ground), _Rounds(ground), _Rounds(ground)
    _warm(ground, plain)
    stock = 600
    for number in range(ROUNDS):
        ground.say(f"{ground.database}: gửi phản ánh, vòng {number + 1}/{ROUNDS}")
        done = beside.add(
            ground.bare,
            lambda: load.closed(
                ground.bare.address, [plain], clients=CLIENTS, seconds=ground.seconds, repeat=True
            ),
        )
        _check(done, 303)
        # Enough drafts for the whole round, however fast this machine is.
        stock = int(max(stock, done.rate * 0.8 * ground.seconds))
        ready = drafts.prepare(ground.app, [drafts.STORY] * stock)
        _sent(text.add(ground.portal, partial(_send, ground, ready, ground.seconds)))
        pictured = drafts.with_image(ground.app, [drafts.STORY] * IMAGES)
        _sent(image.add(ground.portal, partial(_send, ground, pictured, None)))
        _look_up_some(ground, ready)
    yield from _told(ground, beside, text, image)


def _told(ground: Ground, beside: "_Rounds", text: "_Rounds", image: "_Rounds") -> Iterator[Measure]:
    first = median(beside.rates)
    yield Measure("bare", first, "submissions/s", ground.database, 1.0, more=beside.more())
    ratio = median(a / b for a, b in zip(text.rates, beside.rates, strict=True))
    yield Measure(
        "submission",
        median(text.rates),
        "submissions/s",
        ground.database,
        ratio,
        "≥ 0.30 × bare",
        ratio >= 0.30,
        text.more() | {"cpu_ratio": median(beside.cpu) / median(text.cpu)},
    )
    yield Measure(
        "submission_image",
        median(image.rates),
        "submissions/s",
        ground.database,
        median(image.rates) / first,
        more=image.more(),
    )


def _warm(ground: Ground, plain: bytes) -> None:
    load.closed(ground.bare.address, [plain] * 200, clients=CLIENTS)
    ready = drafts.prepare(ground.app, [drafts.STORY] * 200)
    _sent(_send(ground, ready, None))


def _send(ground: Ground, ready: Sequence[Ready], seconds: float | None) -> Outcome:
    requests = [one.request for one in ready]
    return load.closed(ground.portal.address, requests, clients=CLIENTS, seconds=seconds)


def _sent(outcome: Outcome) -> Outcome:
    return _check(outcome, 303, where=RECEIPT)


def _look_up_some(ground: Ground, ready: Sequence[Ready]) -> None:
    """A sample of what was sent is found by its receipt."""
    sample = [_entering(ground, one.code) for one in ready[:40]]
    _check(load.closed(ground.portal.address, sample, clients=2), 303, where="/tra-cuu/hop-thu")


def _entering(ground: Ground, code: str) -> bytes:
    token, signed = drafts.csrf(ground.app)
    cookie = f"{ground.app.config['SESSION_COOKIE_NAME']}={signed}"
    return drafts.post("/tra-cuu/", {"csrf_token": token, "code": code}, cookie)


def steady(ground: Ground) -> Iterator[Measure]:
    """A fixed rate for a minute: no error, and nobody waits long."""
    number = int(STEADY_RATE * min(STEADY_SECONDS, 6 * ground.seconds))
    ground.say(f"{ground.database}: {STEADY_RATE} phản ánh/giây, {number // STEADY_RATE} giây")
    ready = [one.request for one in drafts.prepare(ground.app, [drafts.STORY] * number)]
    done = load.paced(ground.portal.address, ready, rate=STEADY_RATE, seconds=number / STEADY_RATE)
    errors = [one for one in done.answers if one.status != 303 or one.header("location") != RECEIPT]
    p95, p99 = done.quantile(0.95), done.quantile(0.99)
    yield Measure(
        "steady_50_errors", len(errors), "errors", ground.database, bar="0", held=not errors,
        more={"submissions": len(done.answers)},
    )  # fmt: skip
    yield Measure("steady_50_p95", p95, "ms", ground.database, bar="< 150 ms", held=p95 < 150)
    yield Measure("steady_50_p99", p99, "ms", ground.database, bar="< 400 ms", held=p99 < 400)


def receipts(ground: Ground) -> Iterator[Measure]:
    """Looking up a right receipt and a wrong one, and the page behind the right one."""
    ground.say(f"{ground.database}: tra cứu bằng mã")
    ready = drafts.prepare(ground.app, [drafts.STORY] * 200)
    _sent(_send(ground, ready, None))
    entering = [_entering(ground, one.code) for one in ready]
    done = load.closed(ground.portal.address, entering, clients=1)
    _check(done, 303, where="/tra-cuu/hop-thu")
    yield _plain("receipt_lookup", ground, done)
    cookies = [one.header("set-cookie").partition(";")[0] for one in done.answers]
    inside = [drafts.get("/tra-cuu/hop-thu", cookie) for cookie in cookies]
    yield _plain("receipt_page", ground, _check(load.closed(ground.portal.address, inside, clients=1), 200))
    unknown = [_entering(ground, drafts.unknown_code()) for _ in range(600)]
    load.closed(ground.portal.address, unknown[:100], clients=1)
    before, own = ground.cpu(ground.portal), ground.portal.cpu()
    done = _check(load.closed(ground.portal.address, unknown[100:], clients=1), 303, 429)
    used = (ground.cpu(ground.portal) - before) / len(done.answers) * 1000
    web = (ground.portal.cpu() - own) / len(done.answers) * 1000
    yield Measure(
        "receipt_wrong_cpu", used, "ms CPU", ground.database, bar="≤ 2 ms", held=used <= 2,
        more={"web_cpu_ms": web, "p50_ms": done.quantile(0.5), "p95_ms": done.quantile(0.95)},
    )  # fmt: skip


def _plain(name: str, ground: Ground, done: Outcome) -> Measure:
    return Measure(name, done.quantile(0.5), "ms", ground.database, more={"p95_ms": done.quantile(0.95)})


def queue(ground: Ground) -> Iterator[Measure]:
    """The queue's first page with few and with many cases, and opened reports. Comes last: the base grows."""
    ground.say(f"{ground.database}: hàng đợi với {FEW:,} hồ sơ")
    cookie = f"staff={ground.base.reviewer_cookie()}"
    ids = cases.fill(ground.base, FEW)
    page = [drafts.get(QUEUE, cookie)] * 60
    load.closed(ground.portal.address, page[:10], clients=1)
    few, few_cpu = _paged(ground, page)
    opened = [drafts.get(f"{QUEUE}{one}", cookie) for one in ids[:60]]
    reading = _check(load.closed(ground.portal.address, opened, clients=1), 200)
    ground.say(f"{ground.database}: hàng đợi với {MANY:,} hồ sơ")
    cases.fill(ground.base, MANY - FEW, real=0)
    load.closed(ground.portal.address, page[:10], clients=1)
    many, many_cpu = _paged(ground, page)
    growth = many.quantile(0.5) / few.quantile(0.5)
    yield Measure(
        "queue_1000", few.quantile(0.5), "ms", ground.database,
        more={"p95_ms": few.quantile(0.95), "cpu_ms": few_cpu},
    )  # fmt: skip
    yield Measure(
        "queue_100000", many.quantile(0.5), "ms", ground.database,
        more={"p95_ms": many.quantile(0.95), "cpu_ms": many_cpu},
    )  # fmt: skip
    yield Measure(
        "queue_growth", growth, "×", ground.database, bar="≤ 1.3", held=growth <= 1.3,
        more={"cpu_growth": many_cpu / few_cpu},
    )  # fmt: skip
    yield _plain("report_open", ground, reading)


def _paged(ground: Ground, page: Sequence[bytes]) -> tuple[Outcome, float]:
    before = ground.cpu(ground.portal)
    done = _check(load.closed(ground.portal.address, page, clients=1), 200)
    return done, (ground.cpu(ground.portal) - before) / len(page) * 1000


PARTS: dict[str, Callable[[Ground], Iterator[Measure]]] = {
    "submission": submission,
    "steady": steady,
    "receipts": receipts,
    "queue": queue,
    "search": search,
}
