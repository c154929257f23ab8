"""Columns of the sealed index over opened cases."""

from portal.data.models.clear.shields import Column, Shield, clear, ids, sealed

SEARCH: dict[str, dict[str, Column]] = {
    "search_key": ids("body_id") | clear(key_version="which body key opens it") | sealed("sealed_key"),
    "search_segment": ids("id", "body_id")
    | clear(
        key_version="which search key",
        level="when to merge; how many cases a body opened, never what they say",
        size="as level",
        removed="as level",
        purge="words in it must go",
    )
    | sealed("sealed_cases"),
    "search_bucket": ids("segment_id")
    | clear(bucket="a number that a keyed digest gives")
    | sealed("sealed_terms"),
    "search_case": ids("body_id", "case_id", "segment_id")
    | clear(key_version="which search key")
    | {"mark": Column(Shield.DIGEST)}
    | sealed("sealed_words"),
}
