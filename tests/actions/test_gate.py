"""The gate: nothing is written or revealed past it, and the chain of entries tells what passed."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from portal.action import TRIES, Forbidden, action, current_act, session
from portal.data import audit, db
from portal.data.guard import UnauditedWrite
from portal.data.models.audit import AuditEntry
from portal.data.models.draft import Draft
from portal.data.models.office import Setting
from portal.domain.clock import now
from portal.domain.permissions import ANYBODY, Actor, ActorKind, Permission, Role

SYSTEM = Actor("system", ActorKind.SYSTEM)
OFFICER = Actor("officer", ActorKind.STAFF, frozenset({Role.REVIEWER}), "front.A")


@action(Permission.SYSTEM_RUN)
def put(actor: Actor, obj: None, /, name: str, value: str = "x") -> None:
    session().add(Setting(name=name, value=value))


@action(Permission.SYSTEM_RUN)
def fail_after_writing(actor: Actor, obj: None, /) -> None:
    session().add(Setting(name="half", value="done"))
    session().flush()
    raise ValueError("in the middle")


@action(Permission.SYSTEM_RUN)
def run(actor: Actor, obj: None, /, what: Callable[[], object]) -> None:
    what()


def entries() -> list[AuditEntry]:
    return list(session().scalars(select(AuditEntry).order_by(AuditEntry.seq)))


def from_elsewhere() -> None:
    with db.store().engine.connect() as connection:
        connection.execute(insert(Setting).values(name="a", value="1"))


WAYS: dict[str, Callable[[], object]] = {
    "an object": lambda: (session().add(Setting(name="a", value="1")), session().flush()),
    "an ORM insert": lambda: session().execute(insert(Setting).values(name="a", value="1")),
    "a bulk insert": lambda: session().execute(insert(Setting), [{"name": "a", "value": "1"}]),
    "an ORM update": lambda: session().execute(update(Setting).values(value="2")),
    "an ORM delete": lambda: session().execute(delete(Setting)),
    "Core": lambda: session().execute(Setting.__table__.insert().values(name="a", value="1")),
    "text": lambda: session().execute(text("INSERT INTO setting (name, value) VALUES ('a', '1')")),
    "text with a CTE": lambda: session().execute(text("WITH w AS (SELECT 1) DELETE FROM setting")),
    "driver SQL": lambda: session().connection().exec_driver_sql("UPDATE setting SET value = '3'"),
    "a second connection": from_elsewhere,
    "DDL": lambda: session().execute(text("DROP TABLE setting")),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_write_passes_outside_an_act(store: db.Store, way: str) -> None:
    put(SYSTEM, None, "kept")
    with pytest.raises(UnauditedWrite):
        WAYS[way]()
    session().rollback()
    assert session().scalars(select(Setting.name)).all() == ["kept"]


@pytest.mark.parametrize("way", ["text", "text with a CTE", "driver SQL", "DDL"])
def test_text_is_refused_inside_an_act_too(store: db.Store, way: str) -> None:
    with pytest.raises(UnauditedWrite):
        run(SYSTEM, None, WAYS[way])
    assert entries() == []


def test_an_entry_names_columns_and_never_values(store: db.Store) -> None:
    put(SYSTEM, None, "secret-name", "secret-value")
    [entry] = entries()
    assert entry.changes == '[["setting","insert",["name","value"],1]]'
    assert "secret" not in "".join(str(value) for value in vars(entry).values())
    assert (entry.seq, entry.prev_hash, entry.actor_id) == (1, audit.GENESIS, "system")


def test_reads_are_acts_too(store: db.Store) -> None:
    run(SYSTEM, None, lambda: current_act().touch("report", "r1"))
    [entry] = entries()
    assert (entry.objects, entry.changes) == ('["report:r1"]', "[]")


def test_a_failure_leaves_nothing_behind(store: db.Store) -> None:
    with pytest.raises(ValueError, match="in the middle"):
        fail_after_writing(SYSTEM, None)
    assert session().get(Setting, "half") is None
    assert entries() == []


def test_without_the_right_nothing_happens(store: db.Store) -> None:
    for actor in (ANYBODY, OFFICER):
        with pytest.raises(Forbidden):
            put(actor, None, "forbidden")
    assert session().get(Setting, "forbidden") is None
    assert entries() == []


def test_actions_do_not_call_actions(store: db.Store) -> None:
    with pytest.raises(RuntimeError, match="actions do not call actions"):
        run(SYSTEM, None, lambda: put(SYSTEM, None, "inner"))
    assert entries() == []


def test_housekeeping_reaches_technical_tables_only(store: db.Store) -> None:
    with db.housekeeping() as current:
        current.add(Draft(id="d1", expires_at=now(), sealed_body=b"x"))
    with pytest.raises(UnauditedWrite), db.housekeeping() as current:
        current.add(Setting(name="a", value="1"))
        current.flush()
    assert entries() == []


def test_the_chain_holds_among_threads_and_tells_tampering(store: db.Store) -> None:
    def work(number: int) -> None:
        for turn in range(5):
            put(SYSTEM, None, f"{number}.{turn}")
        store.session.remove()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    verdict = audit.verify(session())
    assert (verdict.entries, verdict.faults) == (30, ())


def test_the_database_itself_refuses_to_change_an_entry(store: db.Store) -> None:
    put(SYSTEM, None, "one")
    engine = db.make_engine(store.engine.url.render_as_string(hide_password=False), pool_size=1)
    for statement in ("UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(DatabaseError), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_altered_entry_is_found(store: db.Store) -> None:
    for name in "abc":
        put(SYSTEM, None, name)
    engine = db.make_engine(str(store.engine.url), pool_size=1)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_UPDATE")
        connection.exec_driver_sql("UPDATE audit_entry SET act = 'other' WHERE seq = 2")
    engine.dispose()
    assert audit.verify(session()).faults == ("2: altered",)


def test_a_broken_rule_of_the_database_hides_what_was_typed(store: db.Store) -> None:
    put(SYSTEM, None, "twice", "CANARY-71")
    with pytest.raises(IntegrityError) as fault:
        put(SYSTEM, None, "twice", "CANARY-71")
    assert "CANARY-71" not in str(fault.value)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_sqlite_is_durable_private_and_checks_its_links(store: db.Store) -> None:
    with store.engine.connect() as connection:
        read = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_postgresql_with_a_loose_commit_is_refused(store: db.Store) -> None:
    address = store.engine.url.update_query_dict({"options": "-c synchronous_commit=off"})
    engine = db.create_engine(address)
    with pytest.raises(db.NotDurable, match="synchronous_commit=off"):
        db.check_durable(engine)
    engine.dispose()


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_two_acts_that_wait_for_each_other_both_come_to_their_end(store: db.Store) -> None:
    """PostgreSQL ends one of them; it is begun again, and each is on record once."""
    for name in ("a", "b"):
        put(SYSTEM, None, name, "")
    met, begun = threading.Barrier(2), []

    def add(mine: str, other: str) -> None:
        begun.append(mine)
        for number, name in enumerate((mine, other)):
            if number and len(begun) == 2:
                met.wait(10)
            row = session().get_one(Setting, name, with_for_update=True, populate_existing=True)
            row.value += mine
            session().flush()

    def work(mine: str, other: str) -> None:
        run(SYSTEM, None, lambda: add(mine, other))
        store.session.remove()

    workers = [threading.Thread(target=work, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(begun) == 3, "no deadlock came about"
    values = {row.name: "".join(sorted(row.value)) for row in session().scalars(select(Setting))}
    assert values == {"a": "ab", "b": "ab"}
    assert [entry.act for entry in entries()].count("actions.run") == 2
    assert audit.verify(session()).faults == ()


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
def test_what_stands_in_the_way_for_good_is_told(store: db.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def collide() -> None:
        tried.append(1)
        session().execute(text("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$"))

    monkeypatch.setattr("portal.action.time.sleep", lambda seconds: None)
    with pytest.raises(OperationalError):
        run(SYSTEM, None, collide)
    assert len(tried) == TRIES
    assert entries() == []
