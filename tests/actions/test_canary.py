"""What a report leaves behind: words that nobody else writes, searched in every byte of a whole run.

A resident at the form, the Front board, the committee, the mailbox; each on its own pages. Afterwards none of
the words stands in the database, the files, the logs, the mail or the database server's own files, but for
those that models/clear/ declares. Source: assurance 5 (P-2, P-4, P-6, P-7, P-11, P-13, P-29), security G.1.
"""

import io
import logging
import re
import smtplib
import stat
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event, select

from portal.action import session
from portal.app import create_app
from portal.data import audit, db
from portal.data.db import Base, Moment
from portal.data.guard import Act, acting
from portal.data.models.account import Account
from portal.data.models.audit import AuditEntry
from portal.data.models.case import CaseReport, CaseStep
from portal.data.models.report import Report
from portal.domain import clock
from portal.domain.receipts import format_groups
from portal.intake.queries import mailbox
from portal.worker import mail
from tests.support import canaries, make, people, world
from tests.support.pages import Pages, hidden_of
from tests.support.people import WARDS
from tests.support.resident import ANSWERS, Resident

WARD = WARDS[1].id
# The resident comes in one hour, the officials in another: a moment of the former must not be stored.
NIGHT = datetime(2026, 11, 3, 19, 17, 29, tzinfo=UTC)
DAYLIGHT = datetime(2026, 11, 4, 3, 41, 53, tzinfo=UTC)
PARTS = make.ANSWER.as_content()
DATED = {"dated-day": "2", "dated-month": "4", "dated-year": "2026"}


@dataclass
class Traces:
    """The words of one run, the receipt, and what the run said aloud."""

    settings: Any
    words: dict[str, str]
    code: str = ""
    report_id: str = ""
    case_id: str = ""
    addresses: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)
    aloud: str = ""

    def secrets(self) -> dict[str, str]:
        code = {"code": self.code, "code in groups": format_groups(self.code)}
        return self.words | code | {"code, small": self.code.lower(), "address": "127.7.83.219"}

    def places(self, **more: str) -> Any:
        return canaries.everywhere(
            self.settings,
            log=self.aloud,
            mail="\n".join(self.mails),
            addresses="\n".join(self.addresses),
            **more,
        )


NAMES = (
    "story street office person where file maker name phone home agent referrer reply added reason review "
    "why asked handed note plan explained checked register"
)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def traces(founded, monkeypatch, caplog, capfd) -> Traces:
    """The whole way of a report, with a word of its own in everything that anybody types or sends."""
    caplog.set_level(logging.INFO)
    run = Traces(founded.settings, {name: canaries.word() for name in NAMES.split()})
    _mailbox_for(run, monkeypatch)
    app = create_app(founded.settings)

    @app.after_request
    def _note(response):
        run.addresses.append(str(response.headers.get("Location", "")))
        return response

    with clock.at(NIGHT):
        _write(app, run)
    with clock.at(DAYLIGHT):
        _triage(_official(app, founded, "lead.front.C27019b"), run)
    with clock.at(NIGHT + timedelta(days=1)):
        _answer_the_board(app, run)
    with clock.at(DAYLIGHT + timedelta(days=1)):
        _route(_official(app, founded, "lead.front.C27019b"), run)
        _work(_official(app, founded, "lead.inspection.C27019b"), run)
        _hand_over(founded, run)
    with clock.at(NIGHT + timedelta(days=2)):
        _look_again(app, run)
    with clock.at(DAYLIGHT + timedelta(days=3)):
        mail.send_waiting(
            founded.settings.model_copy(update={"smtp_url": "smtp://127.0.0.1", "mail_from": "a@b"})
        )
    db.session().rollback()
    said = capfd.readouterr()
    run.aloud = caplog.text + said.out + said.err
    return run


def _mailbox_for(run: Traces, monkeypatch) -> None:
    """A mail server that only listens, and addresses for everybody."""

    class Postman:
        def __init__(self, *args: object, **named: object) -> None:
            pass

        def ehlo(self) -> None:
            pass

        def quit(self) -> None:
            pass

        close = rset = quit

        def has_extn(self, name: str) -> bool:
            return False

        def send_message(self, message: Any) -> None:
            run.mails.append(message.as_string())

    monkeypatch.setattr(smtplib, "SMTP", Postman)
    act = Act("tests.addresses", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        for account in current.scalars(select(Account)):
            account.email = f"{account.login}@coquan.example"
        audit.append(current, act)


def _browser(client: Any, run: Traces) -> Any:
    client.environ_base |= {
        "REMOTE_ADDR": "127.7.83.219",
        "HTTP_USER_AGENT": f"Mozilla/5.0 {run.words['agent']}",
        "HTTP_REFERER": f"https://{run.words['referrer']}.example/",
    }
    return client


def _write(app: Any, run: Traces) -> None:
    words = run.words
    resident = Resident(app)
    _browser(resident.client, run)
    answers = ANSWERS | {
        "dia-ban": {"area": WARD, "street": words["street"]},
        "co-quan": {"body": f"committee.{WARD}", "detail": words["office"]},
        "chuc-vu": {"post": "other", "name": "Công chức một cửa", "person": words["person"]},
        "ke-lai": {"story": f"{make.STORY} {words['story']}"},
        "khi-nao": {"when-month": "3", "when-year": "2026", "where": words["where"]},
        "ve-ban": {"openness": "confidential"},
        "lien-lac": {"name": words["name"], "phone": "0900 000 001", "address": words["home"]},
        "dong-y": {"consent": "y"},
    }
    for slug in (
        "loai",
        "dia-ban",
        "co-quan",
        "chuc-vu",
        "lien-quan",
        "viec-gi",
        "dau-hieu",
        "ke-lai",
        "khi-nao",
    ):
        if slug == "dia-ban":
            resident.find()
        given = answers[slug]
        if slug == "chuc-vu":
            given = given | {"post": _unlisted(resident)}
        resident.press(f"/phan-anh/{slug}", **given)
    file = (io.BytesIO(canaries.photo(words["maker"], 424_242_421)), f"{words['file']}.jpg")
    resident.press("/phan-anh/bang-chung/them", file=file, original="y")
    for slug in ("bang-chung", "ve-ban", "lien-lac", "dong-y"):
        resident.press(f"/phan-anh/{slug}", **answers[slug])
    resident.submit()
    run.code = resident.code
    resident.see("/phan-anh/bien-nhan/in")
    row = session().scalars(select(Report)).one()
    run.report_id = row.id
    run.case_id = session().scalars(select(CaseReport.case_id)).one()


def _unlisted(resident: Resident) -> str:
    """The choice "another post" as this page calls it."""
    return [str(one["value"]) for one in resident.page.soup.select('input[name="post"]')][-2]


def _official(app: Any, founded: Any, login: str) -> Pages:
    pages = Pages(app)
    made = world.World(founded.made)
    pages.client.set_cookie("staff", world.seat(made, login))
    return pages


def _triage(pages: Pages, run: Traces) -> None:
    at = {"case_id": run.case_id}
    shown = pages.get("triage.case", **at)
    assert run.words["story"] in shown.get_text()
    link = next(str(one["href"]) for one in shown.select('a[href*="/tep/"]'))
    pages.get(link)
    assert run.words["maker"].encode() not in pages.answer.data
    assert b"GPS" not in pages.answer.data
    pages.post("triage.classify", {"kind": "petition", "why": run.words["why"]}, **at)
    pages.post("triage.ask", {"text": f"Ngày nào? {run.words['asked']}", "send": "1"}, **at)


def _answer_the_board(app: Any, run: Traces) -> None:
    pages = _resident_again(app, run)
    shown = pages.get("mailbox.status")
    for name in ("story", "person", "name", "home", "file"):
        assert run.words[name] not in pages.text, f"a found receipt shows the {name} (P-5)"
    link = next(str(one["href"]) for one in shown.select('a[href*="/tra-loi/"]'))
    pages.post(link, {"text": f"Ngày mồng hai. {run.words['reply']}"})
    pages.post("mailbox.add", {"body": f"front.{WARD}", "text": run.words["added"]})


def _resident_again(app: Any, run: Traces) -> Pages:
    pages = Pages(app)
    _browser(pages.client, run)
    pages.reporter(format_groups(run.code).lower())
    return pages


def _route(pages: Pages, run: Traces) -> None:
    at = {"case_id": run.case_id}
    facts = {"who": "person", "post": "none", "member": "unknown", "status": "unknown"}
    pages.post("triage.facts", facts | {"managing_level": "commune"}, **at)
    page = pages.get("triage.route", **at)
    given = {"r0-where": "Một cửa", "looked_through": "y", "send": "1"}
    given["r0-narrative"] = f"Bản chuyển đi. {run.words['handed']}"
    given |= {"looked_through": "y", "send": "1"}
    pages.send("triage.route", hidden_of(page) | given, **at)


def _work(pages: Pages, run: Traces) -> None:
    at, words = {"case_id": run.case_id}, run.words
    shown = pages.get("casework.case", **at).get_text()
    assert words["handed"] in shown
    assert words["story"] not in shown
    pages.post("casework.accept", {}, **at)
    pages.post("casework.note", {"text": words["note"]}, **at)
    pages.post("casework.begin_verification", {"plan": words["plan"]}, **at)
    pages.post("casework.record_explanation", {"refused": "no", "text": words["explained"]} | DATED, **at)
    parts = PARTS | {"checked": f"{PARTS['checked']} {words['checked']}"}
    pages.post("casework.conclude", {"finding": "partly"} | parts, **at)
    pages.post("casework.answer", {}, **at)


def _hand_over(founded: Any, run: Traces) -> None:
    """Another report, for a body outside: the number of the letter is declared to stand in clear."""
    whole = make.telling()
    office = whole.office.__class__(
        **{**whole.office.__dict__, "area_id": "C27031b", "body_id": "committee.C27031b"}
    )
    sent = make.report(founded.settings, area_id="C27031b", office=office)
    case = make.case_of(sent)
    actor, ring = founded.made.signed_in(f"lead.{case.front_id}")
    make.triage.classify(actor, case, ring, kind=make.Kind.PETITION, why="", seen=case.version)
    make.established(actor, case, ring)
    make.triage.hand_over(
        actor,
        case,
        ring,
        committee_id="inspection.C27031b",
        register_no=run.words["register"],
        versions=(make.triage.HandoverVersion(sent.report_id, "Bản chuyển đi.", "", ()),),
        seen=case.version,
    )


def _look_again(app: Any, run: Traces) -> None:
    pages = _resident_again(app, run)
    assert run.words["checked"] in pages.get("mailbox.status").get_text()
    pages.post("mailbox.rate", {"rating": "unsatisfied", "text": run.words["reason"]})
    pages.post("mailbox.review", {"text": run.words["review"]}, case_id=run.case_id)
    pages.get("/khong-co-trang-nay", expect=404)
    pages.post("mailbox.leave", {}, form_on="/tra-cuu/hop-thu")


def test_no_word_is_found_where_it_may_not_stand(traces) -> None:
    """P-4, P-7, P-11, G.1: the register number is the one word that is declared to stand in clear."""
    assert traces.mails, "notices were sent"
    hits = canaries.found(traces.secrets(), traces.places())
    assert {name for name, _ in hits} <= {"register"}, sorted(hits)
    assert any(name == "register" for name, _ in hits), "the sweep finds what stands in clear"
    assert audit.verify(session()).faults == ()
    _check_the_times(traces)
    _check_the_files(traces)


def _check_the_times(traces: Traces) -> None:
    """P-13: no stored moment falls into the hours in which the resident came."""
    near = [NIGHT + timedelta(days=days) for days in range(3)]
    for table in Base.metadata.sorted_tables:
        moments = [column for column in table.columns if isinstance(column.type, Moment)]
        for row in session().execute(select(*moments)).all() if moments else ():
            for column, value in zip(moments, row, strict=True):
                close = value is not None and any(abs(value - one) < timedelta(hours=2) for one in near)
                assert not close, f"{table.name}.{column.name} tells when a resident came: {value}"
    for entry in session().scalars(select(AuditEntry).where(AuditEntry.actor_id.in_(("public", "reporter")))):
        assert date.fromisoformat(entry.at), entry.at
    for step in session().scalars(select(CaseStep).where(CaseStep.account_id.is_(None))):
        assert (step.at.hour, step.at.minute, step.at.second) == (0, 0, 0)


def _check_the_files(traces: Traces) -> None:
    """P-13, P-30: blobs carry the day, and everything is its owner's only."""
    for path in traces.settings.instance.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o077 == 0, f"{path.name}: {mode:o}"
        if path.is_file() and re.fullmatch(r"[0-9a-f]{32}", path.name):
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            assert (changed.hour, changed.minute, changed.second) == (0, 0, 0), path.name


@pytest.mark.parametrize("where", ["table", "file", "log", "address", "mail"])
def test_a_planted_leak_is_found(founded, where) -> None:
    """The sweep itself can see: a word in each kind of place."""
    run = Traces(founded.settings, {"story": canaries.word()})
    run.code = "0" * 24
    leak = run.words["story"]
    if where == "table":
        act = Act("tests.leak", leak, None, day_only=False)
        with acting(act), db.transaction() as current:
            audit.append(current, act)
    elif where == "file":
        (founded.settings.instance / "core").write_bytes(b"\0\1" + leak.encode("utf-16-le"))
    elif where == "log":
        run.aloud = f"INFO {leak.upper().lower()}"
    elif where == "address":
        run.addresses.append(f"/tra-cuu?code={leak}")
    else:
        run.mails.append(f"Subject: {leak}")
    assert "story" in {name for name, _ in canaries.found(run.words, run.places())}


# Which columns hold a moment finer than a day, and why they may. ------------------------------------------

MOMENTS = {
    "case_step.at": "officials; a resident's step carries midnight",
    "record.written_at": "officials only",
    "round_step.at": "officials only",
    "round_paper.written_at": "officials only",
    "staff_session.started_at": "officials only",
    "staff_session.seen_at": "officials only",
    "staff_session.confirmed_at": "officials only",
    "login_mark.at": "officials only",
    "draft.expires_at": "a full hour, gone within a day",
    "outbox.due_at": "officials' acts, to the second; residents' acts: the next morning",
    "outbox.lease_until": "the worker's, at mailing",
    "job_lease.lease_until": "the worker's",
    "job_lease.done_at": "the worker's",
}


def test_every_column_that_holds_a_moment_is_known(kind) -> None:
    """P-13, schema scan; a new column of this kind is a decision."""
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Moment) or "TIME" in str(column.type).upper()
    }
    assert found == set(MOMENTS)


# Two reports from one browser, and codes that open nothing. ----------------------------------------------


def test_two_reports_of_one_browser_share_nothing(founded) -> None:
    """P-6: no value of the one stands in the rows of the other, and no eight bytes of anything sealed."""
    app = create_app(founded.settings)
    cookies: list[set[str]] = []
    client = None
    for _ in range(2):
        resident = Resident(app)
        if client is not None:
            resident.client = client  # the same browser, with whatever it still holds
            resident.see("/phan-anh/")
        client = resident.client
        for slug in list(ANSWERS):
            if slug == "dia-ban":
                resident.find()
            given = {
                "dia-ban": {"area": WARD},
                "co-quan": {"body": f"committee.{WARD}"},
                "chuc-vu": {"post": _unlisted(resident) if slug == "chuc-vu" else "", "name": "Một cửa"},
            }.get(slug, ANSWERS[slug])
            resident.press(f"/phan-anh/{slug}", **given)
        draft = client.get_cookie("draft")
        assert draft is not None
        resident.submit()
        assert client.get_cookie("draft") is None, "the 303 after sending takes the draft's cookie away"
        receipt = client.get_cookie("receipt")
        assert receipt is not None
        cookies.append({draft.value, receipt.value})
        resident.press("/phan-anh/bien-nhan/da-luu")
        assert client.get_cookie("receipt") is None
    assert not cookies[0] & cookies[1]
    one, other = (_values_of(report) for report in session().scalars(select(Report)).all())
    assert not one & other


def _values_of(report: Report) -> set[bytes]:
    """Every random value of a report's rows, and all runs of eight bytes of what is sealed."""
    found: set[bytes] = set()
    for table in Base.metadata.sorted_tables:
        if table.name in {"body", "account", "audit_entry"} or "report_id" not in table.columns:
            continue
        for row in session().execute(select(table).where(table.c.report_id == report.id)):
            found |= {value for value in row if isinstance(value, bytes)}
    found |= {report.lookup, report.reporter_public, report.sealed_head, report.sealed_content}
    found |= {report.id.encode(), report.sealed_status}
    pieces = {blob[at : at + 8] for blob in found for at in range(len(blob) - 8)}
    return found | pieces


def test_codes_that_open_nothing_cost_and_look_the_same(founded, monkeypatch) -> None:
    """P-2: unknown, mistyped, too long, empty: status, address, sizes, statements and digests are equal."""
    make.report(founded.settings)
    app = create_app(founded.settings)
    seen = set()
    digests = 0
    lookup_value = mailbox.lookup_value

    def counted(*args: Any) -> bytes:
        nonlocal digests
        digests += 1
        return lookup_value(*args)

    monkeypatch.setattr(mailbox, "lookup_value", counted)
    unknown = mailbox._nobodys_code()
    mistyped = unknown[:-1] + ("0" if unknown[-1] != "0" else "1")
    for typed in (unknown, mistyped, format_groups(unknown).lower(), "không phải mã", "x" * 5000):
        pages = Pages(app)
        page = pages.get("mailbox.enter")
        statements: list[str] = []
        listen = lambda conn, cursor, statement, *rest, kept=statements: kept.append(statement)  # noqa: E731
        event.listen(db.store().engine, "before_cursor_execute", listen)
        digests = 0
        pages.send("mailbox.look_up", hidden_of(page) | {"code": typed})
        event.remove(db.store().engine, "before_cursor_execute", listen)
        answer = pages.answer
        names = tuple(sorted(name for name, _ in answer.headers))
        seen.add((answer.status_code, answer.location, len(answer.data), names, len(statements), digests))
    assert len(seen) == 1, seen
    assert typed not in pages.leads_to


def test_the_code_never_stands_in_an_address_and_goes_when_it_was_saved(founded, traces) -> None:
    """P-4: in no address that the server gives; the page of the receipt is empty once it was left."""
    assert not [
        one for one in traces.addresses if traces.code in one or traces.code[:8].lower() in one.lower()
    ]
    stranger = create_app(founded.settings).test_client()
    assert stranger.get("/phan-anh/bien-nhan").status_code == 303
    for first, second in pairwise(traces.addresses):
        assert "code=" not in first + second
