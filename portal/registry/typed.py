"""A small reorganisation as a registrar types it, brought into the two files of a large one."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from portal.domain.csv_rows import Problem, Refused
from portal.domain.parties import AreaFacts, Level, SuccessorFacts
from portal.domain.undoing import as_areas_csv, as_successors_csv


def lines_of(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, numbered, each cut at its semicolons."""
    cut = (
        (n, [part.strip() for part in line.split(";")]) for n, line in enumerate(text.splitlines(), start=1)
    )
    return [(n, parts) for n, parts in cut if any(parts)]


def files_of(
    ends: str, opens: str, links: str, *, day: date, known: Mapping[str, AreaFacts]
) -> tuple[bytes, bytes]:
    """The files of a plan; raises Refused naming the line of the box that cannot be read."""
    problems: list[Problem] = []
    last = day - timedelta(days=1)
    units: list[AreaFacts] = []
    for line, parts in lines_of(ends):
        unit = known.get(parts[0])
        if unit is None or len(parts) != 1:
            problems.append(Problem("Đơn vị kết thúc", line, f"không có đơn vị “{'; '.join(parts)[:60]}”"))
        else:
            units.append(_ended(unit, last))
    for line, parts in lines_of(opens):
        try:
            units.append(_opened(parts, day))
        except ValueError as fault:
            problems.append(Problem("Đơn vị mới", line, str(fault)))
    successors, faults = _links(lines_of(links))
    problems += faults
    if problems:
        raise Refused(problems)
    return as_areas_csv(units), as_successors_csv(successors)


_LEVELS = {"tỉnh": Level.PROVINCE, "huyện": Level.DISTRICT, "xã": Level.COMMUNE}
_LEVELS |= {level.value: level for level in _LEVELS.values()}  # as the files of the portal write them


def _ended(unit: AreaFacts, last: date) -> AreaFacts:
    return AreaFacts(
        unit.id, unit.name, unit.level, unit.parent_id, unit.valid_from, unit.valid_to or last, unit.code
    )


def _opened(parts: Sequence[str], day: date) -> AreaFacts:
    if len(parts) not in (4, 5):
        raise ValueError("cần: mã; mã số; tên; cấp; mã đơn vị trên")
    unit_id, code, name, level = parts[:4]
    known = _LEVELS.get(level.casefold())
    if known is None:
        raise ValueError(f"cấp “{level[:20]}” không thuộc: tỉnh, huyện, xã")
    return AreaFacts(unit_id, name, known, (parts[4] or None) if len(parts) == 5 else None, day, None, code)


def _links(lines: Sequence[tuple[int, list[str]]]) -> tuple[list[SuccessorFacts], list[Problem]]:
    problems = [
        Problem("Đơn vị kế tiếp", line, "cần: mã cũ; mã mới") for line, parts in lines if len(parts) != 2
    ]
    pairs = [(parts[0], parts[1]) for _, parts in lines if len(parts) == 2]
    count = {old: sum(one == old for one, _ in pairs) for old, _ in pairs}
    seen: set[str] = set()
    found = []
    for old, new in pairs:
        found.append(SuccessorFacts(old, new, count[old] == 1, old not in seen))
        seen.add(old)
    return found, problems
