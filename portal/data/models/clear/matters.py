"""Columns of reports, cases and what belongs to them."""

from portal.data.models.clear.shields import Column, Shield, clear, ids, sealed

_QUEUE = clear(
    kind="the queue filters by it; the reporter's choice or the legal kind",
    post_level="routing and statistics; never the post",
    post_group="statistics; never the post",
    category_group="statistics by group; never the category",
    anonymous="the law treats anonymous reports apart (LTC 25)",
)

MATTERS: dict[str, dict[str, Column]] = {
    "report": ids("id", "area_id", "body_id")
    | _QUEUE
    | clear(
        channel="which door it came through",
        received_on="the day; clocks start",
        schema="version of the form",
        erased_on="the day",
        code_shared="an officer saw the receipt too: it is changed at first use",
    )
    | {"lookup": Column(Shield.DIGEST), "reporter_public": Column(Shield.PUBLIC_KEY)}
    | sealed("sealed_head", "sealed_content", "sealed_status"),
    "grant": ids("report_id", "body_id")
    | clear(scope="which keys the wrap holds", key_version="which body key opens it")
    | sealed("sealed_to_body", "sealed_to_reporter"),
    "attachment": ids("id", "report_id", "case_id", "message_id", "body_id", "clean_blob", "original_blob")
    | clear(under="which key opens it")
    | sealed("sealed_meta", "sealed_original"),
    "identity": ids("report_id", "body_id", "custodian_body_id", "keeper_id")
    | clear(identity_version="which key", custodian_version="which key")
    | sealed("sealed"),
    "identity_opening": ids("id", "report_id", "body_id", "asked_by", "decided_by")
    | clear(state="who waits for whom", asked_on="the resident sees it", decided_on="the resident sees it")
    | sealed("sealed_reason", "sealed_inner", "sealed_to_asker"),
    "message": ids("id", "report_id", "body_id", "case_id")
    | clear(
        place="order within one report",
        direction="whose turn it is",
        kind="question, answer, notice",
        sent_on="the day",
        seen="whether the other side has read",
    )
    | sealed("sealed_body"),
    "feedback": ids("report_id")
    | clear(rating="statistics", rated_on="the day", review_on="one request only"),
    "case": ids(
        "id",
        "front_id",
        "leader_id",
        "area_id",
        "assignee_id",
        "review_of",
        "linked_to",
        "referred_from",
        "reprisal_of",
    )
    | ids("split_from", "joined_to")
    | clear(matter="order within one report; never whom it is about")
    | _QUEUE
    | clear(
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
        erase_on="the day announced",
        erased_on="the day",
        route_rule="name of the rule, for statistics of routing",
    ),
    "case_report": ids("case_id", "report_id", "joined_from")
    | clear(added_on="the day")
    | sealed("sealed_handover"),
    "case_grant": ids("case_id", "body_id") | clear(key_version="which key") | sealed("sealed_key"),
    "case_step": ids("case_id", "body_id", "account_id")
    | clear(
        version="order",
        step="history",
        from_state="history",
        to_state="history",
        at="officers; residents' days",
    ),
    "record": ids("id", "case_id", "body_id", "author_id")
    | clear(
        kind="a conclusion needs an explanation",
        under="which key",
        step="history",
        dated="the day on the paper",
        written_at="officers only",
    )
    | sealed("sealed_body"),
    "legal_hold": ids("id", "case_id", "body_id", "placed_by", "lifted_by")
    | clear(placed_on="the day", lifted_on="the day")
    | sealed("sealed_reason"),
    "protection": ids("id", "case_id", "asked_record", "settled_record")
    | clear(measure="one of five", state="lists", asked_on="the day", settled_on="the day"),
    "reprisal_look": ids("report_id")
    | clear(number="which of six", looked_on="the day", suffered="yes or no; what happened is a letter"),
    "followed": ids("record_id", "case_id", "reply_id", "reply_by", "check_id")
    | clear(owes="a case with open remedy steps is not closed", due_on="what is overdue is shown"),
    "duty_told": ids("case_id")
    | clear(
        rule="which duty; each is told once",
        place="since which step, or on which record",
        late="before its day, or after it",
        told_on="the day",
    ),
    "publication": ids("id", "case_id", "body_id", "corrects_id")
    | clear(
        text="published: a second person approved that everybody reads it; gone after its last day",
        published_on="the day",
        until="the last day",
        withdrawn_on="the day",
    ),
    "case_bar": ids("case_id", "account_id")
    | clear(reason="that somebody has no part in a case, never who is named", since="the day"),
    "case_lock": ids("id", "case_id", "body_id", "to_body_id")
    | clear(
        side="board or committee",
        source="what brought it to light, never who is named",
        state="the task of the body above",
        found_on="the day",
        done_on="the day",
        due_was="the clock before the take-over stays visible",
    ),
    "relative": ids("id", "account_id") | {"digest": Column(Shield.DIGEST)} | sealed("sealed_name"),
    "saved_filter": ids("id", "account_id") | sealed("sealed"),
    "standard_text": ids("id", "series_id", "body_id", "written_by")
    | clear(
        version="order",
        use="which letter; five kinds",
        kind="for which legal kind it is offered",
        valid_from="the day",
        valid_to="the day",
        written_on="the day",
    )
    | sealed("sealed"),
    "case_print": ids("case_id", "account_id", "body_id")
    | clear(number="order", profile="how much a copy shows; three kinds", printed_at="officers only"),
    "mention": ids("id", "account_id", "case_id", "author_id") | clear(written_on="the day"),
    "handover": ids("case_id", "body_id")
    | clear(
        register_no="number of the letter", sent_on="the clock", due_on="the clock", returned_on="the clock"
    ),
    "reminder": ids("case_id", "to_body_id", "written_by")
    | clear(
        number="order within the case",
        kind="urged, or told to the body above",
        register_no="number of the letter",
        sent_on="the clock",
        days_late="late stays late",
        next_on="the clock",
    ),
    "case_clock": ids("case_id")
    | clear(
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
    "clock_pause": ids("case_id")
    | clear(number="order", place="order", from_on="the clock", to_on="the clock", waits_for="three kinds"),
    "clock_extension": ids("case_id", "message_id")
    | clear(number="order", place="order", days="the clock", ground="five kinds", decided_on="the clock"),
    "paper_entry": ids("id", "body_id", "report_id", "entered_by")
    | clear(
        channel="the board's paper register",
        register_no="number of the letter, as it stands on it",
        year="numbers begin anew each year",
        received_on="the day",
        entered_on="the day",
        slip="whether a receipt was handed out",
    ),
}
