"""The way back from a reorganisation: a further plan that opens the former units again, as new rows."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from portal.domain.csv_rows import Problem, Refused
from portal.domain.gazetteer import AREA_COLUMNS, AREAS, SUCCESSOR_COLUMNS, read_area_lines
from portal.domain.parties import AreaFacts, SuccessorFacts
from portal.domain.reorganising import Plan

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def reverse(plan: Plan, day: date, known: Mapping[str, AreaFacts]) -> tuple[bytes, bytes]:
    """The two files of the plan that takes `plan` back from `day` on; raises Refused before that is possible.

    Nothing is deleted: the units of the plan end, their predecessors begin anew under ids of their own.
    """
    if day <= plan.day:
        raise Refused([Problem(AREAS, 1, f"chỉ hoàn lại được từ sau ngày {plan.day}")])
    reopened = {old.id: _again(old, day, known) for old in plan.ends.values()}
    last = day - timedelta(days=1)
    ended = [replace(known[one], valid_to=last) for one in plan.opens]
    opened = [
        replace(new, parent_id=reopened[new.parent_id].id if new.parent_id in reopened else new.parent_id)
        for new in reopened.values()
    ]
    return as_areas_csv([*ended, *opened]), as_successors_csv(_back(plan, reopened))


def as_before(areas: bytes, day: date, known: Mapping[str, AreaFacts]) -> dict[str, AreaFacts]:
    """The register as the plan of this file, carried out on `day`, found it."""
    listed = {one.id: one for _, one in read_area_lines(areas)[0]}
    last = day - timedelta(days=1)
    found = {}
    for one in known.values():
        named = listed.get(one.id)
        if named is not None and named.valid_from == day:
            continue
        reopened = named is not None and named.valid_to == one.valid_to == last
        found[one.id] = replace(one, valid_to=None) if reopened else one
    return found


def _again(old: AreaFacts, day: date, known: Container[str]) -> AreaFacts:
    stem = re.sub("[a-z]$", "", old.id)
    free = next((f"{stem}{letter}" for letter in _LETTERS if f"{stem}{letter}" not in known), None)
    if free is None:
        raise Refused([Problem(AREAS, 1, f"{old.id} đã được mở lại quá nhiều lần")])
    return replace(old, id=free, valid_from=day, valid_to=None)


def _back(plan: Plan, reopened: Mapping[str, AreaFacts]) -> list[SuccessorFacts]:
    sources: dict[str, list[SuccessorFacts]] = defaultdict(list)
    for link in plan.links:
        if link.new_id in plan.opens:
            sources[link.new_id].append(link)
    found = []
    for new_id, links in sources.items():
        links = sorted(links, key=lambda one: (not one.whole, not one.larger, one.old_id))
        for place, link in enumerate(links):
            whole = len(links) == 1
            found.append(SuccessorFacts(new_id, reopened[link.old_id].id, whole, place == 0))
    return found


def as_areas_csv(areas: Sequence[AreaFacts]) -> bytes:
    """Units in the format of areas.csv."""
    rows = [
        (one.id, one.code, one.name, one.level.value, one.parent_id, one.valid_from, one.valid_to)
        for one in areas
    ]
    return _csv(AREA_COLUMNS, rows)


def as_successors_csv(links: Sequence[SuccessorFacts]) -> bytes:
    """Successors in the format of area_successors.csv."""
    rows = [
        (one.old_id, one.new_id, "whole" if one.whole else "part", str(one.larger).lower()) for one in links
    ]
    return _csv(SUCCESSOR_COLUMNS, rows)


def _csv(head: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().encode()
