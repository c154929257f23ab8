"""The migrations of notices and of retention, with people and cases that were there before."""

from datetime import date

from sqlalchemy import LargeBinary, bindparam, text

from portal.config import Settings
from portal.data.db import make_engine
from portal.data.migrate import downgrade, upgrade

_ACCOUNT = text(
    "INSERT INTO account (id, login, display_name, email, state, salt, cost, verifier, public_key,"
    " sealed_secret, totp_counter, created_on)"
    " VALUES ('a1', 'can.bo', 'Cán bộ', 'cb@example.vn', 'active', :b, 'x', :b, :b, :b, 0, :day)"
).bindparams(bindparam("b", type_=LargeBinary()))
_ROW = text(
    "INSERT INTO outbox (id, notice, account_id, due_at, attempts) VALUES ('o1', 'routed', 'a1', :at, 2)"
)


def test_people_hear_at_once_and_what_waited_goes_on_waiting(store, settings: Settings, kind: str) -> None:
    store.engine.dispose()
    downgrade(settings.database, "0011")
    engine = make_engine(settings.database, pool_size=1)
    try:
        with engine.begin() as connection:
            connection.execute(_ACCOUNT, {"b": b"x", "day": date(2026, 11, 3)})
            connection.execute(_ROW, {"at": "2026-11-03 00:00:00"})
        upgrade(settings.database)
        with engine.begin() as connection:
            kept = connection.execute(text("SELECT notice_way, mail_failed_on FROM account")).one()
            assert tuple(kept) == ("at_once", None)
            assert tuple(connection.execute(text("SELECT letter, attempts FROM outbox")).one()) == (None, 2)
            connection.execute(
                text(
                    "INSERT INTO staff_notice (id, account_id, notice, shown_on, unread)"
                    " VALUES ('n1', 'a1', 'routed', :day, :yes)"
                ),
                {"day": date(2026, 11, 3), "yes": True},
            )
        downgrade(settings.database, "0011")
        with engine.begin() as connection:
            assert connection.execute(text("SELECT count(*) FROM outbox")).scalar_one() == 1
            assert connection.execute(text("SELECT email FROM account")).scalar_one() == "cb@example.vn"
        upgrade(settings.database)
    finally:
        engine.dispose()
