"""Notices: everybody's own list, mail as each one chose, and no notice that tells when a resident wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.accounts import actions, queries
from portal.action import Forbidden, session
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Account
from portal.data.models.office import Outbox, StaffNotice
from portal.data.models.report import Report
from portal.domain import clock
from portal.domain.noticing import KEPT_DAYS, Notice, Way
from portal.domain.permissions import Actor, ActorKind, Role
from portal.intake.actions import mailbox
from portal.intake.queries.mailbox import passed
from portal.papers import notices
from portal.worker import mail, sweeps
from tests.support import make, people
from tests.support.postman import Postman, serving

BOARD, LEAD = "front.C27019b", "lead.front.C27019b"
REVIEWERS = frozenset({Role.REVIEWER})
SATURDAY = datetime(2026, 11, 28, 3, 20, 41, tzinfo=UTC)  # 10:20 in Viet Nam
MONDAY_AT_SEVEN = datetime(2026, 11, 30, 0, tzinfo=UTC)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def postman() -> Iterator[tuple[Postman, str]]:
    with serving() as made:
        yield made


@contextmanager
def an_act(*, of_resident: bool = False) -> Iterator[None]:
    act = Act("tests.notice", "somebody", None, day_only=of_resident)
    with acting(act), db.transaction() as current:
        yield
        audit.append(current, act)


def reader(founded, login: str = LEAD, way: Way = Way.AT_ONCE, email: str = "can-bo@example.vn") -> str:
    actor = founded.made.actor(login)
    account = session().get_one(Account, actor.id)
    actions.set_email(actor, account, email=email)
    actions.choose_notices(actor, account, way=way)
    return account.id


def tell(**how: bool) -> None:
    with an_act(**how):
        notices.notify(BOARD, Notice.RETURNED, REVIEWERS, cases=())


def waiting() -> list[datetime]:
    session().rollback()
    return list(session().scalars(select(Outbox.due_at)))


def settings_for(founded, url: str):
    return founded.settings.model_copy(update={"smtp_url": url, "mail_from": "cong@example.vn"})


@pytest.mark.parametrize(
    ("way", "of_resident", "due"),
    [
        (Way.AT_ONCE, False, SATURDAY),
        (Way.AT_ONCE, True, datetime(2026, 11, 29, 0, tzinfo=UTC)),
        (Way.DIGEST, False, MONDAY_AT_SEVEN),
        (Way.DIGEST, True, MONDAY_AT_SEVEN),
    ],
)
def test_when_a_notice_leaves(founded, way: Way, of_resident: bool, due: datetime) -> None:
    reader(founded, way=way)
    with clock.at(SATURDAY):
        tell(of_resident=of_resident)
    assert waiting() == [due]


def test_the_digest_goes_by_the_portals_own_calendar(founded) -> None:
    reader(founded, way=Way.DIGEST)
    with clock.at(datetime(2026, 12, 31, 2, tzinfo=UTC)):  # 1 January is a holiday, a Friday
        tell()
    assert waiting() == [datetime(2027, 1, 4, 0, tzinfo=UTC)]


def test_before_seven_the_digest_is_that_mornings(founded) -> None:
    reader(founded, way=Way.DIGEST)
    with clock.at(datetime(2026, 11, 29, 23, 30, tzinfo=UTC)):  # Monday, half past six
        tell()
    assert waiting() == [MONDAY_AT_SEVEN]


def test_a_digest_is_one_mail(founded, postman) -> None:
    handler, url = postman
    reader(founded, way=Way.DIGEST)
    with clock.at(SATURDAY):
        tell()
        tell()
        tell(of_resident=True)
        assert mail.send_waiting(settings_for(founded, url)) == 0
    with clock.at(MONDAY_AT_SEVEN):
        assert mail.send_waiting(settings_for(founded, url)) == 1
    assert len(handler.letters) == 1
    assert waiting() == []


def test_who_wants_no_mail_or_has_no_address_reads_it_in_the_portal(founded) -> None:
    account = reader(founded, way=Way.NONE)
    tell()
    assert waiting() == []
    assert notices.unread(account) == 1
    assert notices.unread(founded.made["member." + BOARD].account_id) == 1


def test_turning_mail_off_stops_what_waits(founded) -> None:
    reader(founded, way=Way.DIGEST)
    tell()
    assert len(waiting()) == 1
    reader(founded, way=Way.NONE)
    assert waiting() == []


def test_a_residents_act_shows_in_no_list_before_the_next_day(founded) -> None:
    account = reader(founded)
    with clock.at(SATURDAY):
        tell(of_resident=True)
        assert notices.unread(account) == 0
        assert queries.notices_of(account) == []
    with clock.at(SATURDAY + timedelta(days=1)):
        assert notices.unread(account) == 1
        [one] = queries.notices_of(account)
    assert (one.day, one.notice, one.number, one.unread) == (date(2026, 11, 29), Notice.RETURNED, 1, True)


def test_a_letter_of_a_resident_is_told_the_next_morning(founded) -> None:
    """The real act, and not only its mark."""
    reader(founded, f"lead.{make.FRONT}")
    sent = make.report(founded.settings)
    found = passed(sent.code, founded.settings.pepper.encode())
    assert found is not None
    report = session().get_one(Report, sent.report_id)
    resident = Actor("reporter", ActorKind.REPORTER, report_id=report.id)
    with clock.at(SATURDAY):
        mailbox.add(resident, report, found.secret, body_id=make.FRONT, text="Còn một giấy nữa.")
    assert waiting() == [datetime(2026, 11, 29, 0, tzinfo=UTC)]


def test_reading_one_kind_of_one_day_or_all(founded) -> None:
    account = reader(founded, way=Way.NONE)
    actor = founded.made.actor(LEAD)
    with clock.at(SATURDAY):
        tell()
        tell()
        with an_act():
            notices.notify(BOARD, Notice.MOVED, REVIEWERS, cases=())
        mine = session().get_one(Account, account)
        actions.read_notices(actor, mine, day=date(2026, 11, 28), notice=Notice.RETURNED)
        assert [(one.notice, one.number, one.unread) for one in queries.notices_of(account)] == [
            (Notice.MOVED, 1, True),
            (Notice.RETURNED, 2, False),
        ]
        actions.read_notices(actor, mine)
        assert notices.unread(account) == 0
        other = session().get_one(Account, founded.made["member." + BOARD].account_id)
        with pytest.raises(Forbidden):
            actions.read_notices(actor, other)
        assert notices.unread(other.id) == 3


def test_unread_notices_are_counted_to_a_limit(founded) -> None:
    account = reader(founded, way=Way.NONE)
    with an_act():
        for _ in range(notices.UNREAD_SHOWN + 20):
            notices.notify(BOARD, Notice.MOVED, REVIEWERS, cases=())
    assert notices.unread(account) == notices.UNREAD_SHOWN + 1


def test_notices_go_after_their_time(founded) -> None:
    account = reader(founded, way=Way.NONE)
    with clock.at(SATURDAY):
        tell()
        assert sweeps.notices() == 0
    with clock.at(SATURDAY + timedelta(days=KEPT_DAYS + 1)):
        assert sweeps.notices() >= 1
        assert queries.notices_of(account) == []


def test_an_address_that_is_refused_is_given_up_and_its_administrators_told(founded, postman) -> None:
    handler, url = postman
    handler.refused["hong@example.vn"] = "550 no such user"
    broken = reader(founded, email="hong@example.vn")
    reader(founded, "member." + BOARD, email="tot@example.vn")
    moment = SATURDAY
    with clock.at(moment):
        tell()
    for _ in range(mail.MAX_REFUSALS):
        with clock.at(moment):
            mail.send_waiting(settings_for(founded, url))
        moment += timedelta(hours=1)
    assert waiting() == []
    assert handler.ids_of().keys() == {"tot@example.vn"}
    account = session().get_one(Account, broken)
    assert account.mail_failed_on == date(2026, 11, 28)
    told = select(StaffNotice.account_id).where(StaffNotice.notice == Notice.MAIL_FAILS)
    admin = founded.made["admin.front.P79b"].account_id  # of the nearest body above that has one
    assert set(session().scalars(told)) == {broken, admin}
    tell()
    assert len(waiting()) == 1  # the other's only
    reader(founded, email="moi@example.vn")
    assert session().get_one(Account, broken, populate_existing=True).mail_failed_on is None
    tell()
    assert len(waiting()) == 3


def test_a_passing_fault_is_tried_ever_more_rarely_and_ends(founded, postman) -> None:
    handler, url = postman
    handler.refused["cham@example.vn"] = "451 later"
    broken = reader(founded, email="cham@example.vn")
    moment = SATURDAY
    with clock.at(moment):
        tell()
    gaps = []
    while waiting():
        [due] = waiting()
        gaps.append(due - moment)
        moment = max(moment, due)
        with clock.at(moment):
            mail.send_waiting(settings_for(founded, url))
    assert len(gaps) == mail.MAX_ATTEMPTS
    assert gaps[1:] == sorted(gaps[1:])
    assert gaps[-1] == timedelta(hours=12)
    assert session().get_one(Account, broken, populate_existing=True).mail_failed_on is not None


def test_a_mail_at_which_the_server_breaks_off_keeps_no_other_waiting(founded, postman) -> None:
    handler, url = postman
    handler.broken.add("do@example.vn")
    reader(founded, email="do@example.vn")
    reader(founded, "member." + BOARD, email="tot@example.vn")
    tell()
    mail.send_waiting(settings_for(founded, url))
    assert handler.ids_of().keys() == {"tot@example.vn"}
    [due] = waiting()
    assert due > clock.now()


def test_a_mail_server_that_is_away_for_long_is_told_in_the_portal_once_a_day(founded) -> None:
    reader(founded)
    with clock.at(SATURDAY):
        tell()
    away = settings_for(founded, "smtp://127.0.0.1:1")
    for minutes, told in ((5, 0), (90, 1), (120, 0), (60 * 24, 1)):
        with clock.at(SATURDAY + timedelta(minutes=minutes)):
            assert mail.send_waiting(away) == 0
            assert mail.watch() == told
    assert waiting() == [SATURDAY]  # it waits, however often nobody took it


def test_a_mail_sent_again_is_the_same_mail(founded, postman) -> None:
    """The worker dies after the server took the mail; what came meanwhile makes a mail of its own."""
    handler, url = postman
    reader(founded)
    tell()
    [first] = mail.claim()
    with mail.MailServer(settings_for(founded, url)) as server:
        server.send(first.address, first.id)
    tell()
    with clock.at(clock.now() + mail.LEASE + timedelta(seconds=1)):
        assert mail.send_waiting(settings_for(founded, url)) == 2
    ids = handler.ids_of()["can-bo@example.vn"]
    assert len(ids) == 3
    assert len(set(ids)) == 2
