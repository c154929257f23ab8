"""Questions in people's words, answered from the reference files: nothing is guessed, all is shown."""

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from portal.cli.routing import routing
from portal.data.reference import shipped
from portal.domain.country import Country
from portal.domain.gazetteer import AREAS, SUCCESSORS, read_gazetteer
from portal.domain.parties import BodyKind, Level, PartyMember, Track
from portal.domain.routing import RULES, Route, decide
from portal.domain.routing.explaining import Asked, Unclear, explain
from portal.domain.routing.sentence import NOT_IMPARTIAL, REASONS, SUBJECTS, sentence
from portal.domain.routing.told import told
from portal.domain.subjects import Status, Who
from tests.support.offices import REGISTER, TODAY, holder, matter, post

DAY, BEFORE = date(2026, 11, 1), date(2024, 11, 1)
CLAIMING = {rule.name for rule in RULES if rule.reasons}


@pytest.fixture(scope="module")
def country() -> Country:
    read = read_gazetteer(shipped(AREAS), shipped(SUCCESSORS))
    return Country(read.areas, read.successors)


def ask(country: Country, text: str, place: str, day: date = DAY, **more: Any) -> str:
    try:
        answer = explain(Asked(text, place, day, **more), country, REGISTER).decision.answer
    except Unclear as fault:
        return fault.what
    return answer.body.name if isinstance(answer, Route) else answer.code.value


CITY, CENTRE = "Ủy ban Kiểm tra Thành ủy Thành phố Hồ Chí Minh", "Ủy ban Kiểm tra Trung ương"
TABLE: dict[str, tuple[str, str, date, dict[str, Any], str]] = {
    "chair of a ward": ("CT UBND P.", "Tây Thạnh", DAY, {}, CITY),
    "chair of a ward, on the state track": (
        "CT UBND P.",
        "Tây Thạnh",
        DAY,
        {"track": Track.STATE},
        "Ủy ban nhân dân Thành phố Hồ Chí Minh",
    ),
    "the level of the unit says which chair": ("Chủ tịch UBND", "TP.HCM", DAY, {}, CENTRE),
    "a ward of the district's days": (
        "Chủ tịch UBND",
        "Sơn Kỳ, Tân Phú",
        BEFORE,
        {},
        "Ủy ban Kiểm tra Quận ủy Tân Phú",
    ),
    "the level of the post says which unit": ("Chủ tịch UBND quận", "Tân Phú, TP.HCM", BEFORE, {}, CITY),
    "a ward that was split asks for the street": (
        "công chức địa chính",
        "Phường Sơn Kỳ",
        DAY,
        {},
        "which_unit",
    ),
    "a name of two units": ("CT UBND P.", "Sơn Kỳ", DAY, {}, "place_ambiguous"),
    "a ward of the day beside wards of its name that ended": ("CT UBND P.", "phường Tân Phú", DAY, {}, CITY),
    "a unit by its id": ("CT UBND P.", "C27013b", DAY, {}, CITY),
    "a unit as it is offered": ("CT UBND P.", "Phường Tân Phú (Thành phố Hồ Chí Minh)", DAY, {}, CITY),
    "a post below the unit": ("Trưởng thôn", "Quận Tân Phú", BEFORE, {}, "unit_above"),
    "a place that is none": ("CT UBND P.", "Atlantis", DAY, {}, "place_unknown"),
    "a unit above that is none": ("CT UBND P.", "Tây Thạnh, Atlantis", DAY, {}, "place_unknown"),
    "a title that is none": ("người hay quát", "Tây Thạnh", DAY, {}, "post_unknown"),
    "moved, but from where": ("CT UBND P.", "Tây Thạnh", DAY, {"status": Status.MOVED}, "then_missing"),
    "moved": ("CT UBND P.", "Tây Thạnh", DAY, {"status": Status.MOVED, "then": "Phó CT UBND P."}, CITY),
}


@pytest.mark.parametrize("name", TABLE)
def test_questions_in_peoples_words(country: Country, name: str) -> None:
    text, place, day, more, expected = TABLE[name]
    assert ask(country, text, place, day, **more) == expected


def test_every_rule_that_names_a_body_has_plain_words() -> None:
    assert set(REASONS) >= CLAIMING
    for reasons in REASONS.values():
        for text in reasons.values():
            assert text[0].islower()
            assert not text.endswith(".")


def test_the_sentence_names_post_body_and_reason() -> None:
    answer = decide(matter(holder("committee.commune.chair"))).answer
    assert isinstance(answer, Route)
    said = str(sentence(answer, Who.PERSON, post("committee.commune.chair")))
    assert said == (
        "Phản ánh về Chủ tịch Ủy ban nhân dân cấp xã do Ủy ban Kiểm tra Thành ủy Thành phố Hồ Chí Minh "
        "xem xét, vì chức vụ này do cấp tỉnh quản lý."
    )
    assert SUBJECTS[Who.PERSON] in str(sentence(answer, Who.PERSON, None))
    assert SUBJECTS[Who.BODY] in str(sentence(answer, Who.BODY, post("committee.commune.chair")))


def test_a_conflict_is_told_without_saying_whose() -> None:
    subject = holder("committee.commune.staff", works_at_inspection=True)
    answer = decide(matter(subject)).answer
    assert isinstance(answer, Route)
    said = str(sentence(answer, Who.PERSON, None))
    assert NOT_IMPARTIAL in said
    assert "Tây Thạnh" not in said


def test_what_is_kept_of_a_decision_is_plain_and_whole() -> None:
    subject = holder("committee.commune.staff", works_at_inspection=True, party_member=PartyMember.YES)
    asked = matter(subject)
    decision = decide(asked)
    shown = told(decision, asked)
    assert [look["rule"] for look in shown["trace"]] == [look.rule for look in decision.trace]
    assert [skip["name"] for skip in shown["skipped"]] == ["Ủy ban Kiểm tra Đảng ủy phường Tây Thạnh"]
    assert shown["level"] == Level.PROVINCE.value
    assert shown["claim"] == "by_managing_level"
    assert {"from": "2025-05-30", "to": ""}.items() <= next(
        look for look in shown["trace"] if look["rule"] == "by_managing_level" and not look["why"]
    ).items()
    assert told(decide(asked), asked) == shown
    outside = matter(holder("vertical.district.head", day=date(2025, 5, 1)), date(2025, 5, 1))
    assert told(decide(outside), outside)["body"] or told(decide(outside), outside)["kind"] in set(BodyKind)
    assert shown["on"] == TODAY.isoformat()


def test_wards_of_that_name_that_ended_are_pointed_out() -> None:
    given = ["--post", "CT UBND P.", "--place", "phường Tân Phú, TP.HCM", "--on", "2026-11-01"]
    ran = CliRunner().invoke(routing, ["explain", *given])
    assert ran.exit_code == 0, ran.output
    ended = next(line for line in ran.output.splitlines() if "cùng tên đã kết thúc" in line)
    assert "Phường Tân Phú (Thành phố Thủ Đức, Thành phố Hồ Chí Minh)" in ended


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (["--post", "CT UBND P.", "--place", "Tây Thạnh", "--on", "2026-11-01"], 0, CITY),
        (["--post", "CT UBND P.", "--place", "Tây Thạnh", "--on", "2026-13-01"], 2, "2026-13-01"),
        (["--post", "CT UBND P.", "--place", "Sơn Kỳ", "--on", "2026-11-01"], 2, "Xã Sơn Kỳ"),
        (["--post", "cán bộ địa chính", "--place", "Phường Sơn Kỳ", "--on", "2026-11-01"], 2, "tên đường"),
        (["--post", "Chủ tịch xyz", "--place", "Tây Thạnh", "--on", "2026-11-01"], 2, "Chủ tịch xyz"),
    ],
)
def test_the_command_answers_or_says_in_one_line_what_is_open(given: list[str], code: int, said: str) -> None:
    ran = CliRunner().invoke(routing, ["explain", *given])
    assert (ran.exit_code, said in ran.output) == (code, True), ran.output
    if code == 0:
        assert "by_managing_level: ÁP DỤNG" in ran.output
        assert "cùng tên đã kết thúc" not in ran.output
        assert "vì chức vụ này do cấp tỉnh quản lý." in ran.output
