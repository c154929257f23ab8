"""Columns of supervision rounds: plans and meetings of an office; what was typed lies sealed in papers."""

from portal.data.models.clear.shields import Column, clear, ids, sealed

ROUNDS: dict[str, dict[str, Column]] = {
    "supervision_round": ids("id", "body_id", "planned_by", "approved_by")
    | clear(
        subject="an area of work from a closed list",
        meets_on="the dates of the round",
        state="lists",
        version="refuses two deciders at once",
        planned_on="the day",
        demand="which limit the answer has",
        more_time="the clock",
        said="a warning goes out once",
    ),
    "round_step": ids("round_id", "account_id")
    | clear(version="order", step="history", dated="the dates of the round", at="officers only"),
    "round_body": ids("round_id", "body_id"),
    "round_member": ids("round_id", "account_id"),
    "round_case": ids("round_id", "case_id") | clear(linked_on="the day"),
    "round_paper": ids("id", "round_id", "author_id")
    | clear(kind="history", step="history", dated="the day on the paper", written_at="officers only")
    | sealed("sealed_body"),
    "round_item": ids("id", "round_id", "body_id", "checked_by")
    | clear(due_on="the clock", outcome="lists", checked_on="the day")
    | sealed("sealed_task", "sealed_check"),
}
