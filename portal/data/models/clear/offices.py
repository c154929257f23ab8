"""Columns of the register, of accounts, of the calendar and of the installation."""

from portal.data.models.clear.shields import REGISTER, Column, Shield, clear, ids, register, sealed

_STAFF = "staff, not residents"
_PERIOD = clear(valid_from=REGISTER, valid_to=REGISTER, reason=REGISTER, replaced_on="a corrected row stays")
_ENTERED = clear(source_doc=REGISTER, ended_doc=REGISTER, edited_by="who entered it", edited_on="the day")


OFFICES: dict[str, dict[str, Column]] = {
    "calendar_day": ids("entered_by")
    | clear(
        day=REGISTER,
        version=REGISTER,
        effect=REGISTER,
        what=REGISTER,
        source=REGISTER,
        entered_on=REGISTER,
    ),
    "calendar_year": ids("entered_by")
    | clear(year=REGISTER, version=REGISTER, confirmed=REGISTER, source=REGISTER, entered_on=REGISTER),
    "account": ids("id")
    | clear(
        login=_STAFF,
        display_name=_STAFF,
        email=_STAFF,
        notice_way=_STAFF,
        mail_failed_on=_STAFF,
        state=_STAFF,
        salt="of the passphrase",
        cost="of the passphrase",
        totp_counter="refuses a replay",
        created_on=_STAFF,
    )
    | {"verifier": Column(Shield.DIGEST), "public_key": Column(Shield.PUBLIC_KEY)}
    | sealed("sealed_secret", "sealed_recovery", "sealed_totp"),
    "member": ids("id", "account_id", "body_id", "admitted_by")
    | clear(roles=_STAFF, state=_STAFF, since=_STAFF, until=_STAFF),
    "leave": ids("id", "body_id", "account_id", "substitute_id", "entered_by", "ended_by")
    | clear(
        reason="one of five words, nothing typed",
        first_on=_STAFF,
        last_on=_STAFF,
        entered_on="the day",
        ended_on="the day",
    ),
    "member_key": ids("account_id", "body_id")
    | clear(purpose="which key", version="which key")
    | sealed("sealed_secret"),
    "staff_session": {"id": Column(Shield.DIGEST)}
    | ids("account_id", "member_id")
    | clear(started_at="limit", seen_at="limit", confirmed_at="limit")
    | sealed("sealed_secret"),
    "invitation": {"id": Column(Shield.DIGEST)}
    | ids("body_id", "invited_by", "replaces_account_id")
    | clear(roles=_STAFF, display_name=_STAFF, expires_on="limit"),
    "login_mark": ids("id", "account_id") | clear(at="throttling; no address, no typed text"),
    "draft": ids("id") | clear(version="second tab", expires_at="a full hour") | sealed("sealed_body"),
    "draft_file": ids("id", "draft_id", "clean_blob", "original_blob") | sealed("sealed_meta"),
    "staff_notice": ids("id", "account_id")
    | clear(notice="name of a notice without content", shown_on="the day", unread=_STAFF),
    "outbox": ids("id", "account_id", "letter")
    | clear(
        notice="name of a notice without content",
        due_at=_STAFF,
        lease_until="job",
        attempts="job",
    ),
    "job_lease": clear(job="name of a job", lease_until="job", done_at="job"),
    "setting": clear(name="of the installation", value="of the installation"),
    "audit_entry": clear(
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
    "area": register("area_id", "code", "name", "folded", "level", "parent_id", "valid_from", "valid_to")
    | _ENTERED,
    "area_successor": register("old_id", "new_id", "whole", "larger") | _ENTERED,
    "body": register("id", "kind", "level", "area_id", "name", "superior_id", "valid_from", "valid_to")
    | _ENTERED,
    "body_key": clear(
        body_id=REGISTER,
        purpose="which key",
        version="which key",
        superior_id="who can recover it",
        superior_version="which key",
        created_on="the day",
        retired_on="the day",
    )
    | {"public_key": Column(Shield.PUBLIC_KEY)}
    | sealed("sealed_to_superior"),
    "post_template": clear(
        id=REGISTER,
        post=REGISTER,
        body_kind=REGISTER,
        level=REGISTER,
        name=REGISTER,
        group=REGISTER,
        managing_level=REGISTER,
        settler_kind=REGISTER,
        settler_level=REGISTER,
        party_member=REGISTER,
        synonyms=REGISTER,
        valid_from=REGISTER,
        valid_to=REGISTER,
        source=REGISTER,
        settler_source=REGISTER,
    )
    | _ENTERED,
    "area_name": ids("id", "area_id") | register("name", "folded") | _PERIOD | _ENTERED,
    "body_term": ids("id", "body_id", "superior_id") | register("name") | _PERIOD | _ENTERED,
    "post_draft": ids("id", "drafted_by", "decided_by")
    | register("day", "reason", "source_doc", "changes", "state", "drafted_on", "decided_on"),
    "reorganisation": ids("id", "keeper_id", "planned_by", "carried_by", "undoes")
    | register("day", "source_doc", "areas_csv", "successors_csv", "state", "planned_on", "carried_on"),
    "case_move": ids("case_id", "reorganisation_id", "from_id", "to_id", "waits_with_id", "chosen_by")
    | clear(seat="which of its bodies", moved_on="the day", chosen_on="the day"),
    "body_heir": ids("id", "reorganisation_id", "old_id", "heir_id", "superior_id", "done_by")
    | clear(purpose="which key", done_on="the day"),
    "inherited_key": ids("old_id", "heir_id")
    | clear(purpose="which key", version="which key", heir_version="which key")
    | sealed("sealed_secret"),
}
