"""What stands in clear in the database, and why: one table that prints itself (decisions 12).

Every column of every table is here exactly once, so a new column is a decision. `portal db clear` prints it.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.data.db import Base


class Shield(StrEnum):
    """How a column is protected."""

    SEALED = "sealed"  # ciphertext
    DIGEST = "digest"  # keyed or one-way: finds, never tells
    PUBLIC_KEY = "public_key"
    ID = "id"  # random, or the name of a public thing
    CLEAR = "clear"


@dataclass(frozen=True)
class Column:
    """One column in clear: whom it could tell something about, and why it must be readable."""

    shield: Shield
    why: str = ""


def _ids(*names: str) -> dict[str, Column]:
    return {name: Column(Shield.ID) for name in names}


def _sealed(*names: str) -> dict[str, Column]:
    return {name: Column(Shield.SEALED) for name in names}


def _clear(**why: str) -> dict[str, Column]:
    return {name: Column(Shield.CLEAR, text) for name, text in why.items()}


def _register(*names: str) -> dict[str, Column]:
    return {name: Column(Shield.CLEAR, _REGISTER) for name in names}


_REGISTER = "public register"
_QUEUE = _clear(
    kind="the queue filters by it; the reporter's choice or the legal kind",
    post_level="routing and statistics; never the post",
    post_group="statistics; never the post",
    category_group="statistics by group; never the category",
    anonymous="the law treats anonymous reports apart (LTC 25)",
)
_STAFF = "staff, not residents"
_PERIOD = _clear(
    valid_from=_REGISTER, valid_to=_REGISTER, reason=_REGISTER, replaced_on="a corrected row stays"
)
_ENTERED = _clear(source_doc=_REGISTER, ended_doc=_REGISTER, edited_by="who entered it", edited_on="the day")

CLEAR: dict[str, dict[str, Column]] = {
    "report": _ids("id", "area_id", "body_id")
    | _QUEUE
    | _clear(
        channel="which door it came through",
        received_on="the day; clocks start",
        schema="version of the form",
        code_shared="an officer saw the receipt too: it is changed at first use",
    )
    | {"lookup": Column(Shield.DIGEST), "reporter_public": Column(Shield.PUBLIC_KEY)}
    | _sealed("sealed_head", "sealed_content", "sealed_status"),
    "grant": _ids("report_id", "body_id")
    | _clear(scope="which keys the wrap holds", key_version="which body key opens it")
    | _sealed("sealed_to_body", "sealed_to_reporter"),
    "attachment": _ids("id", "report_id", "case_id", "message_id", "body_id", "clean_blob", "original_blob")
    | _clear(under="which key opens it")
    | _sealed("sealed_meta", "sealed_original"),
    "identity": _ids("report_id", "body_id", "custodian_body_id", "keeper_id")
    | _clear(identity_version="which key", custodian_version="which key")
    | _sealed("sealed"),
    "identity_opening": _ids("id", "report_id", "body_id", "asked_by", "decided_by")
    | _clear(state="who waits for whom", asked_on="the resident sees it", decided_on="the resident sees it")
    | _sealed("sealed_reason", "sealed_inner", "sealed_to_asker"),
    "message": _ids("id", "report_id", "body_id", "case_id")
    | _clear(
        place="order within one report",
        direction="whose turn it is",
        kind="question, answer, notice",
        sent_on="the day",
        seen="whether the other side has read",
    )
    | _sealed("sealed_body"),
    "feedback": _ids("report_id")
    | _clear(rating="statistics", rated_on="the day", review_on="one request only"),
    "case": _ids(
        "id", "front_id", "leader_id", "area_id", "assignee_id", "review_of", "linked_to", "referred_from"
    )
    | _QUEUE
    | _clear(
        track="party or state",
        state="queues",
        desk="queues",
        version="refuses two deciders at once",
        report_kind="queues",
        opened_on="the day",
        due_on="the clock",
        due_rule="the clock",
        was_late="late stays late",
        closed_on="the day",
        route_rule="name of the rule, for statistics of routing",
    ),
    "case_report": _ids("case_id", "report_id") | _clear(added_on="the day") | _sealed("sealed_handover"),
    "case_grant": _ids("case_id", "body_id") | _clear(key_version="which key") | _sealed("sealed_key"),
    "case_step": _ids("case_id", "body_id", "account_id")
    | _clear(
        version="order",
        step="history",
        from_state="history",
        to_state="history",
        at="officers; residents' days",
    ),
    "record": _ids("id", "case_id", "body_id", "author_id")
    | _clear(
        kind="a conclusion needs an explanation",
        under="which key",
        step="history",
        dated="the day on the paper",
        written_at="officers only",
    )
    | _sealed("sealed_body"),
    "case_bar": _ids("case_id", "account_id")
    | _clear(reason="that somebody has no part in a case, never who is named", since="the day"),
    "case_lock": _ids("id", "case_id", "body_id", "to_body_id")
    | _clear(
        side="board or committee",
        source="what brought it to light, never who is named",
        state="the task of the body above",
        found_on="the day",
        done_on="the day",
        due_was="the clock before the take-over stays visible",
    ),
    "relative": _ids("id", "account_id") | {"digest": Column(Shield.DIGEST)} | _sealed("sealed_name"),
    "saved_filter": _ids("id", "account_id") | _sealed("sealed"),
    "mention": _ids("id", "account_id", "case_id", "author_id") | _clear(written_on="the day"),
    "handover": _ids("case_id", "body_id")
    | _clear(
        register_no="number of the letter", sent_on="the clock", due_on="the clock", returned_on="the clock"
    ),
    "case_clock": _ids("case_id")
    | _clear(
        number="order",
        rule="the clock",
        row_id="the clock",
        row_version="the clock",
        unit="the clock",
        length="the clock",
        event="the clock",
        started_on="the clock",
        first_due_on="the clock",
        due_on="the clock",
        waits_for="the clock says until what; three kinds",
        calendar="which days off it was counted with",
        said="a warning goes out once",
        say_on="the next warning",
        was_late="late stays late",
        ended_on="the clock",
        ending="the clock",
    ),
    "clock_pause": _ids("case_id")
    | _clear(number="order", place="order", from_on="the clock", to_on="the clock", waits_for="three kinds"),
    "clock_extension": _ids("case_id", "message_id")
    | _clear(number="order", place="order", days="the clock", ground="five kinds", decided_on="the clock"),
    "calendar_day": _ids("entered_by")
    | _clear(
        day=_REGISTER,
        version=_REGISTER,
        effect=_REGISTER,
        what=_REGISTER,
        source=_REGISTER,
        entered_on=_REGISTER,
    ),
    "calendar_year": _ids("entered_by")
    | _clear(year=_REGISTER, version=_REGISTER, confirmed=_REGISTER, source=_REGISTER, entered_on=_REGISTER),
    "paper_entry": _ids("id", "body_id", "report_id", "entered_by")
    | _clear(
        channel="the board's paper register",
        register_no="number of the letter, as it stands on it",
        year="numbers begin anew each year",
        received_on="the day",
        entered_on="the day",
        slip="whether a receipt was handed out",
    ),
    "account": _ids("id")
    | _clear(
        login=_STAFF,
        display_name=_STAFF,
        email=_STAFF,
        state=_STAFF,
        salt="of the passphrase",
        cost="of the passphrase",
        totp_counter="refuses a replay",
        created_on=_STAFF,
    )
    | {"verifier": Column(Shield.DIGEST), "public_key": Column(Shield.PUBLIC_KEY)}
    | _sealed("sealed_secret", "sealed_recovery", "sealed_totp"),
    "member": _ids("id", "account_id", "body_id", "admitted_by")
    | _clear(roles=_STAFF, state=_STAFF, since=_STAFF, until=_STAFF),
    "member_key": _ids("account_id", "body_id")
    | _clear(purpose="which key", version="which key")
    | _sealed("sealed_secret"),
    "staff_session": {"id": Column(Shield.DIGEST)}
    | _ids("account_id", "member_id")
    | _clear(started_at="limit", seen_at="limit", confirmed_at="limit")
    | _sealed("sealed_secret"),
    "invitation": {"id": Column(Shield.DIGEST)}
    | _ids("body_id", "invited_by", "replaces_account_id")
    | _clear(roles=_STAFF, display_name=_STAFF, expires_on="limit"),
    "login_mark": _ids("id", "account_id") | _clear(at="throttling; no address, no typed text"),
    "draft": _ids("id") | _clear(version="second tab", expires_at="a full hour") | _sealed("sealed_body"),
    "draft_file": _ids("id", "draft_id", "clean_blob", "original_blob") | _sealed("sealed_meta"),
    "outbox": _ids("id", "account_id")
    | _clear(
        notice="name of a notice without content",
        due_at=_STAFF,
        lease_until="job",
        attempts="job",
    ),
    "job_lease": _clear(job="name of a job", lease_until="job", done_at="job"),
    "setting": _clear(name="of the installation", value="of the installation"),
    "audit_entry": _clear(
        seq="the chain",
        at="acts of residents: the day only",
        act="the chain",
        actor_id="who; 'public' and 'reporter' for residents",
        body_id="who",
        objects="kinds and ids, never values",
        changes="names of columns, never values",
        digest="of an imported file",
        prev_hash="the chain",
        hash="the chain",
    ),
    "area": _register("area_id", "code", "name", "folded", "level", "parent_id", "valid_from", "valid_to")
    | _ENTERED,
    "area_successor": _register("old_id", "new_id", "whole", "larger") | _ENTERED,
    "body": _register("id", "kind", "level", "area_id", "name", "superior_id", "valid_from", "valid_to")
    | _ENTERED,
    "body_key": _clear(
        body_id=_REGISTER,
        purpose="which key",
        version="which key",
        superior_id="who can recover it",
        superior_version="which key",
        created_on="the day",
        retired_on="the day",
    )
    | {"public_key": Column(Shield.PUBLIC_KEY)}
    | _sealed("sealed_to_superior"),
    "post_template": _clear(
        id=_REGISTER,
        post=_REGISTER,
        body_kind=_REGISTER,
        level=_REGISTER,
        name=_REGISTER,
        group=_REGISTER,
        managing_level=_REGISTER,
        settler_kind=_REGISTER,
        settler_level=_REGISTER,
        party_member=_REGISTER,
        synonyms=_REGISTER,
        valid_from=_REGISTER,
        valid_to=_REGISTER,
        source=_REGISTER,
        settler_source=_REGISTER,
    )
    | _ENTERED,
    "area_name": _ids("id", "area_id") | _register("name", "folded") | _PERIOD | _ENTERED,
    "body_term": _ids("id", "body_id", "superior_id") | _register("name") | _PERIOD | _ENTERED,
    "post_draft": _ids("id", "drafted_by", "decided_by")
    | _register("day", "reason", "source_doc", "changes", "state", "drafted_on", "decided_on"),
    "reorganisation": _ids("id", "keeper_id", "planned_by", "carried_by", "undoes")
    | _register("day", "source_doc", "areas_csv", "successors_csv", "state", "planned_on", "carried_on"),
    "case_move": _ids("case_id", "reorganisation_id", "from_id", "to_id", "waits_with_id", "chosen_by")
    | _clear(seat="which of its bodies", moved_on="the day", chosen_on="the day"),
    "body_heir": _ids("id", "reorganisation_id", "old_id", "heir_id", "superior_id", "done_by")
    | _clear(purpose="which key", done_on="the day"),
    "inherited_key": _ids("old_id", "heir_id")
    | _clear(purpose="which key", version="which key", heir_version="which key")
    | _sealed("sealed_secret"),
}


def lines() -> list[str]:
    """The table as text: one line per column, sealed ones too."""
    return [
        f"{table}.{name}: {column.shield.value}{f' ({column.why})' if column.why else ''}"
        for table, columns in CLEAR.items()
        for name, column in columns.items()
    ]


def undecided() -> list[str]:
    """Columns of the store that the table does not name, and names that are no column."""
    stored = {
        f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns
    }
    named = {f"{table}.{name}" for table, columns in CLEAR.items() for name in columns}
    return sorted(stored ^ named)
