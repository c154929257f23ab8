"""Everything that people can see in a list or on a case has a Vietnamese word."""

import importlib
import pkgutil
from enum import StrEnum

import pytest

import portal.data.models
import portal.domain
from portal.domain import deadlines
from portal.domain.kinds import ReportKind
from portal.domain.life import State
from portal.web import words
from portal.web.i18n import in_language

# These have their words where they are used.
ELSEWHERE = {"FileKind", "Refusal", "Removed", "DeclineReason", "Part", "Rank", "Gap", "Era"}


def _enums(package):
    found = {}
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum:
                found[f"{value.__module__}.{value.__name__}"] = value
    return found


ENUMS = {**_enums(portal.domain), **_enums(portal.data.models)}
MEMBERS = [m for e in ENUMS.values() if e.__name__ not in ELSEWHERE for m in e]


def test_the_walk_finds_the_enums():
    assert {"State", "Step", "Level", "Role", "Kind"} <= {e.__name__ for e in ENUMS.values()}


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: f"{type(m).__name__}.{m.name}")
def test_every_member_has_a_word(member):
    assert str(words.label(member)).strip()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", ReportKind)
def test_the_resident_reads_whole_sentences(state, kind):
    told = words.told(state, kind)
    assert str(told.now).endswith(".")
    assert str(told.next).endswith(".")
    assert len(str(told.now)) <= 110


def test_praise_has_its_own_words():
    assert words.told(State.ANSWERED, "praise") != words.told(State.ANSWERED, "act")
    assert words.told(State.DECLINED, "praise") == words.told(State.DECLINED)


def test_two_members_of_one_enum_never_share_a_word():
    for enum in ENUMS.values():
        if enum.__name__ in ELSEWHERE:
            continue
        with in_language("vi"):
            shown = [str(words.label(m)) for m in enum]
        assert len(set(shown)) == len(shown), enum


def test_every_clock_has_a_name():
    assert {use.rule for use in deadlines.USES} == set(words.CLOCKS)


def test_choices_keep_the_order_of_the_enum():
    assert [value for value, _ in words.choices(ReportKind)] == ["act", "praise", "reprisal"]


def test_nothing_has_no_word():
    assert words.label(None) == ""
