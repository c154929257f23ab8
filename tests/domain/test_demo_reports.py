"""The demo reports are possible: codes exist, steps are legal, boards and committees are the rules' own."""

import csv
import json
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.data import reference
from portal.domain import catalogue, kinds
from portal.domain.answers import Answer, Finding, require_real
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind, ReportKind
from portal.domain.life import State, Step, next_state
from portal.domain.lineage import Standing
from portal.domain.parties import COUNTRY, AreaFacts, Level
from portal.domain.posts import post_on, read_posts
from portal.domain.receiving import Reception, receiving_board
from portal.domain.routing import Matter, Route, decide
from portal.domain.structure import body_id, standard_bodies
from portal.domain.subjects import Subject
from portal.domain.telling import LeadQuestion, Openness, identity_may_stay

DAY = date(2026, 11, 23)
HERE = Path(reference.__file__).parent
REPORTS = json.loads((HERE / "demo_reports.json").read_text(encoding="utf-8"))
POSTS = read_posts((HERE / "posts.csv").read_bytes())
ACTIVE = {"VN", "P79b", "C27013b", "C27019b", "C27022b", "C27028b", "C27031b"}

STEPS = {
    "classify": Step.CLASSIFY,
    "ask": Step.ASK_INFO,
    "resume": Step.RESUME,
    "decline": Step.DECLINE,
    "commend": Step.COMMEND,
    "refer": Step.REFER,
    "join": Step.JOIN,
    "suspend": Step.SUSPEND,
    "route": Step.ROUTE,
    "hand_over": Step.HAND_OVER,
    "record_return": Step.RECORD_RETURN,
    "answer_outside": Step.ANSWER,
    "close_outside": Step.CLOSE,
    "accept": Step.ACCEPT,
    "assign": Step.ASSIGN,
    "return": Step.RETURN,
    "note": Step.NOTE,
    "ask_reporter": Step.ASK_REPORTER,
    "begin_verification": Step.BEGIN_VERIFICATION,
    "explanation": Step.RECORD_EXPLANATION,
    "conclude": Step.CONCLUDE,
    "answer": Step.ANSWER,
    "close": Step.CLOSE,
    "request_review": Step.REQUEST_REVIEW,
}
WITHOUT_A_MOVE = {"reply", "write", "add", "rate", "ask_identity", "open_identity"}

each = pytest.mark.parametrize("report", REPORTS, ids=lambda r: r["key"])


def _areas():
    with (HERE / "areas.csv").open(encoding="utf-8") as lines:
        rows = {row["area_id"]: row for row in csv.DictReader(lines)}
    wanted = {report["place"] for report in REPORTS} | {"P79b"}
    return {
        key: AreaFacts(key, rows[key]["name"], Level(rows[key]["level"]), rows[key]["parent_id"] or None)
        for key in wanted
    }


AREAS = _areas()
BODIES = {
    body.id: replace(body, active=body.area_id in ACTIVE)
    for area in (COUNTRY, *AREAS.values())
    for body in standard_bodies(area)
}


def _standing(report):
    area = AREAS[report["place"]]
    above = [AREAS["P79b"]] if area.id != "P79b" else []
    return Standing((area, *above, COUNTRY))


def _subject(report):
    office, works_at = report["office"], report["works_at"]
    post = post_on(POSTS, office["post"], DAY)
    return Subject(
        area_id=report["place"],
        level=Level(office["level"]),
        managing_level=post.managing_level,
        group=post.group,
        post=post.post,
        body_kind=post.body_kind,
        body_id=body_id(post.body_kind, report["place"]),
        works_at_front=works_at["front"] == "yes",
        works_at_party=works_at["party"] == "yes",
        works_at_inspection=works_at["inspection"] == "yes",
    )


def test_there_are_forty_and_they_cover_the_life_of_a_case():
    assert len(REPORTS) == 40
    assert len({report["key"] for report in REPORTS}) == 40
    assert {report["ends"] for report in REPORTS} == set(State)
    assert {report["kind"] for report in REPORTS} == set(ReportKind)
    assert {report["category"] for report in REPORTS} == {c.code for c in catalogue.categories_on(DAY)}
    classified = {step["kind"] for r in REPORTS for step in r["story_steps"] if step["do"] == "classify"}
    assert classified == set(Kind) - {Kind.PRAISE}


@each
def test_what_it_says_fits_the_catalogue(report):
    chosen = catalogue.category(report["category"], DAY)
    assert chosen.kind == report["kind"]
    assert set(report["said"]) <= {item.code for item in chosen.items}
    assert report["place_name"] == AREAS[report["place"]].name
    post = post_on(POSTS, report["office"]["post"], DAY)
    assert (post.body_kind, post.level) == (report["office"]["kind"], report["office"]["level"])


@each
def test_it_is_told_as_people_tell(report):
    assert 80 <= len(report["story"].split()) <= 200
    assert unicodedata.is_normalized("NFC", json.dumps(report, ensure_ascii=False))


@each
def test_who_sends_it_and_how(report):
    said_openness = Openness(report["openness"])
    if said_openness is Openness.ANONYMOUS:
        assert set(report["lead"]) == set(LeadQuestion)
        assert report["contact"] is None
    elif report["contact"]:
        assert identity_may_stay("portal", report["category"], report["said"], DAY)
        assert report["contact"]["name"].startswith("Người Dân Mẫu ")
        assert report["contact"]["phone"].startswith("0900 000 ")


@each
def test_the_board_that_receives_it_is_the_one_of_the_rules(report):
    found = receiving_board(_subject(report), _standing(report), BODIES, DAY)
    assert isinstance(found, Reception)
    assert found.board.id == report["front"]


@each
def test_the_committee_is_the_one_of_the_rules(report):
    if report["leader"] is None:
        return
    found = decide(Matter(_subject(report), _standing(report), BODIES, DAY)).answer
    assert isinstance(found, Route)
    assert found.body.id == report["leader"]
    done = {step["do"] for step in report["story_steps"]}
    assert ("route" in done) is found.active
    assert ("hand_over" in done) is not found.active


@each
def test_its_story_is_legal_and_ends_where_it_says(report):
    state, day, kind = State.RECEIVED, 0, None
    for step in report["story_steps"]:
        assert day <= step["day"] <= report["age_days"]
        day = step["day"]
        if step["do"] == "reply" and state is State.NEEDS_INFO:
            state = next_state(state, Step.ANSWER_INFO)
        elif step["do"] not in WITHOUT_A_MOVE:
            reason = step.get("reason") or step.get("why") or ""
            state = next_state(state, STEPS[step["do"]], reason)
        kind = step.get("kind", kind)
        if step["do"] in {"route", "hand_over"}:
            assert kinds.facts_of(Kind(kind)).routable
            assert all(report["lead"].values())
    assert state == report["ends"]


@each
def test_texts_of_the_steps_are_real(report):
    heard = False
    for step in report["story_steps"]:
        texts = [step[name] for name in ("text", "why", "plan", "reason") if step.get(name)]
        assert all(len(text) >= 10 or text in set(DeclineReason) for text in texts)
        heard = heard or step["do"] == "explanation"
        if "answer" in step:
            require_real(Answer(**step["answer"]))
            assert Finding(step["finding"])
            assert heard or step["do"] == "record_return"
