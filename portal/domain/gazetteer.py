"""The files of administrative units and of their successors, read and checked before anything is stored."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.csv_rows import Problem, Refused, Row, read_choice, read_period, read_rows
from portal.domain.parties import AreaFacts, Level, SuccessorFacts, overlap
from portal.domain.structure import unit_name

AREAS = "areas.csv"
SUCCESSORS = "area_successors.csv"
AREA_COLUMNS = ("area_id", "code", "name", "level", "parent_id", "valid_from", "valid_to")
SUCCESSOR_COLUMNS = ("old_area_id", "new_area_id", "extent", "default")
# Units that ended earlier are not kept (decisions 7): their reports say so instead of guessing.
EARLIEST_END = date(2025, 6, 1)
_ID = re.compile(r"[A-Za-z0-9]{2,16}")
_CODE = re.compile(r"[0-9]{1,8}")
_PARENT: dict[Level, set[Level | None]] = {
    Level.PROVINCE: {None},
    Level.DISTRICT: {Level.PROVINCE},
    Level.COMMUNE: {Level.DISTRICT, Level.PROVINCE},
}


@dataclass(frozen=True)
class Gazetteer:
    """All units and what became of the closed ones."""

    areas: Mapping[str, AreaFacts]
    successors: tuple[SuccessorFacts, ...]

    def successors_of(self) -> dict[str, tuple[SuccessorFacts, ...]]:
        found: dict[str, list[SuccessorFacts]] = defaultdict(list)
        for link in self.successors:
            found[link.old_id].append(link)
        return {old: tuple(links) for old, links in found.items()}


def read_gazetteer(
    areas: bytes,
    successors: bytes,
    *,
    known: Mapping[str, AreaFacts] | None = None,
    known_successors: Iterable[SuccessorFacts] = (),
) -> Gazetteer:
    """Both files, checked together with the `known` units; raises Refused naming every faulty line."""
    area_lines, problems = read_area_lines(areas)
    listed = {area.id: area for _, area in area_lines}
    everything = {**listed, **(known or {})}
    problems += check_areas(area_lines, everything)
    if problems:
        raise Refused(sorted(problems, key=lambda p: p.line))
    links, problems = read_links(successors, everything)
    followed = {link.old_id for link in known_successors} | {link.old_id for _, link in links}
    problems += [
        Problem(AREAS, line, f"{area.id} đã kết thúc mà không có đơn vị kế tiếp trong {SUCCESSORS}")
        for line, area in area_lines
        if area.valid_to is not None and area.level is not Level.DISTRICT and area.id not in followed
    ]
    if problems:
        raise Refused(sorted(problems, key=lambda p: (p.file, p.line)))
    return Gazetteer(listed, tuple(link for _, link in links))


def read_area_lines(content: bytes) -> tuple[list[tuple[int, AreaFacts]], list[Problem]]:
    """The units of a file with their lines, and the faults of single rows."""
    read, problems = [], []
    for row in read_rows(AREAS, content, AREA_COLUMNS):
        try:
            read.append((row.line, _area(row)))
        except ValueError as error:
            problems.append(Problem(AREAS, row.line, str(error)))
    return read, problems


def _area(row: Row) -> AreaFacts:
    if not _ID.fullmatch(row["area_id"]):
        raise ValueError(f"area_id “{row['area_id']}” không hợp lệ")
    if not _CODE.fullmatch(row["code"]):
        raise ValueError(f"code “{row['code']}” không hợp lệ")
    level = read_choice(row, "level", Level)
    if level not in _PARENT:
        raise ValueError(f"level “{level}” không phải cấp của một đơn vị hành chính")
    name = unit_name(unicodedata.normalize("NFC", row["name"]))
    if not name.kind or not name.own or len(name.full) > 100:
        raise ValueError(f"name “{row['name'][:100]}” không phải tên một đơn vị hành chính")
    first, last = read_period(row)
    if last and last < EARLIEST_END:
        raise ValueError(f"kết thúc {last}: đơn vị kết thúc trước tháng 6/2025 không được nhập")
    return AreaFacts(row["area_id"], name.full, level, row["parent_id"] or None, first, last, row["code"])


def check_areas(lines: Sequence[tuple[int, AreaFacts]], areas: Mapping[str, AreaFacts]) -> list[Problem]:
    """The faults of the lines among all `areas`: a code twice, a cycle, a parent that does not fit."""
    problems: list[Problem] = []
    first_line: dict[str, int] = {}
    by_code: dict[tuple[Level, str], list[AreaFacts]] = defaultdict(list)
    listed = {area.id for _, area in lines}
    for area in areas.values():
        if area.id not in listed:
            by_code[(area.level, area.code)].append(area)
    for line, area in lines:
        fault = _fault(area, areas)
        if area.id in first_line:
            fault = f"area_id {area.id} đã có ở dòng {first_line[area.id]}"
        else:
            first_line[area.id] = line
            for other in by_code[(area.level, area.code)]:
                if overlap((area.valid_from, area.valid_to), (other.valid_from, other.valid_to)):
                    fault = fault or f"thời hạn chồng lên {other.id}, cùng mã {area.code}"
            by_code[(area.level, area.code)].append(area)
        if fault:
            problems.append(Problem(AREAS, line, fault))
    return problems


def _fault(area: AreaFacts, areas: Mapping[str, AreaFacts]) -> str | None:
    if _in_cycle(area, areas):
        return f"{area.id} nằm trong vòng lặp của parent_id"
    parent = areas.get(area.parent_id) if area.parent_id else None
    if area.parent_id and parent is None:
        return f"parent_id {area.parent_id} không có trong tệp"
    if (parent.level if parent else None) not in _PARENT[area.level]:
        return f"parent_id “{area.parent_id or ''}” không đúng cấp cho {area.level}"
    if parent and not (
        (parent.valid_from or date.min) <= (area.valid_from or date.min)
        and (area.valid_to or date.max) <= (parent.valid_to or date.max)
    ):
        return f"thời hạn nằm ngoài thời hạn của {parent.id}"
    return None


def _in_cycle(area: AreaFacts, areas: Mapping[str, AreaFacts]) -> bool:
    seen, current = {area.id}, area.parent_id
    while current is not None and current in areas:
        if current in seen:
            return current == area.id
        seen.add(current)
        current = areas[current].parent_id
    return False


def read_links(
    content: bytes, areas: Mapping[str, AreaFacts], *, lasting: frozenset[str] = frozenset()
) -> tuple[list[tuple[int, SuccessorFacts]], list[Problem]]:
    """The successors of a file with their lines, and its faults.

    A successor begins after the old unit ends; one of `lasting` exists already and goes on.
    """
    read: list[tuple[int, SuccessorFacts]] = []
    problems: list[Problem] = []
    groups: dict[str, list[tuple[int, SuccessorFacts]]] = defaultdict(list)
    for row in read_rows(SUCCESSORS, content, SUCCESSOR_COLUMNS):
        try:
            link = _link(row, areas, lasting)
            if any(link.new_id == other.new_id for _, other in groups[link.old_id]):
                raise ValueError(f"{link.old_id} → {link.new_id} đã có ở trên")
        except ValueError as error:
            problems.append(Problem(SUCCESSORS, row.line, str(error)))
            continue
        groups[link.old_id].append((row.line, link))
        read.append((row.line, link))
    return read, problems + [fault for group in groups.values() for fault in _group_faults(group)]


def _link(row: Row, areas: Mapping[str, AreaFacts], lasting: frozenset[str]) -> SuccessorFacts:
    old, new = areas.get(row["old_area_id"]), areas.get(row["new_area_id"])
    if old is None or new is None:
        unknown = row["old_area_id"] if old is None else row["new_area_id"]
        raise ValueError(f"đơn vị {unknown} không có trong {AREAS}")
    if row["extent"] not in ("whole", "part") or row["default"] not in ("true", "false"):
        raise ValueError("extent phải là whole hoặc part, default phải là true hoặc false")
    if old.valid_to is None:
        raise ValueError(f"{old.id} chưa kết thúc nên không có đơn vị kế tiếp")
    if new.id not in lasting and (new.valid_from or date.min) <= old.valid_to:
        raise ValueError(f"{new.id} phải bắt đầu sau khi {old.id} kết thúc (nếu không sẽ thành vòng lặp)")
    return SuccessorFacts(old.id, new.id, row["extent"] == "whole", row["default"] == "true")


def _group_faults(group: Sequence[tuple[int, SuccessorFacts]]) -> Iterable[Problem]:
    line, first = group[-1]
    whole = [link for _, link in group if link.whole]
    if whole and len(group) > 1:
        yield Problem(SUCCESSORS, line, f"{first.old_id} vừa có whole vừa có dòng khác")
    elif sum(link.larger for _, link in group) != 1:
        yield Problem(SUCCESSORS, line, f"{first.old_id} phải có đúng một dòng default=true")
    elif not whole and len(group) == 1:
        yield Problem(SUCCESSORS, line, f"{first.old_id} chỉ có một phần (part), thiếu các phần còn lại")
