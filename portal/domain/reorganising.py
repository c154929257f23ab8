"""A reorganisation (sắp xếp đơn vị hành chính) as one plan: what ends, what begins, what became of what.

Source: LTC 12(4)–(5), domain 8 and rules 21, 22; decisions 7 (a district's successor is its province).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from portal.domain.csv_rows import Problem, Refused
from portal.domain.gazetteer import AREAS, SUCCESSORS, check_areas, read_area_lines, read_links
from portal.domain.parties import CENTRE, AreaFacts, BodyFacts, BodyKind, Level, SuccessorFacts
from portal.domain.structure import STANDARD, body_id, standard_bodies

_ONE_DAY = timedelta(days=1)
Line = tuple[int, AreaFacts]


@dataclass(frozen=True)
class Plan:
    """On `day` the new order begins; `ends` are the units as they stand, `opens` are new.

    `lasting` is every other unit that exists on the day: one of them may be a successor too.
    """

    day: date
    ends: Mapping[str, AreaFacts]
    opens: Mapping[str, AreaFacts]
    links: tuple[SuccessorFacts, ...]
    lasting: Mapping[str, AreaFacts] = field(default_factory=dict, repr=False)

    @property
    def last_day(self) -> date:
        """The last day of the old order."""
        return self.day - _ONE_DAY

    def heirs(self, area_id: str) -> tuple[str, ...]:
        """The units that an ended one went to, the larger part first; a district goes to its province's."""
        links = self._by_old.get(area_id, [])
        if links:
            return tuple(link.new_id for link in sorted(links, key=lambda one: (not one.larger, one.new_id)))
        parent = self.ends[area_id].parent_id
        if parent is None or self.ends[area_id].level is not Level.DISTRICT:
            return ()
        return self.heirs(parent) if parent in self.ends else (parent,)

    def splits(self) -> tuple[str, ...]:
        """Ended units that were divided: only the street tells where a place of theirs is now (rule 21)."""
        return tuple(old for old in self.ends if len(self.heirs(old)) > 1)

    def new_bodies(self) -> tuple[BodyFacts, ...]:
        """The standard bodies of the new units, every superior before its inferiors."""
        order = sorted(self.opens.values(), key=lambda one: (-one.level.rank, one.id))
        return tuple(body for area in order for body in standard_bodies(area))

    def successors_of_body(self, kind: BodyKind, area_id: str) -> tuple[str, ...]:
        """The ids of the bodies of the same kind in the units that this one went to."""
        found = (self.opens.get(heir) or self.lasting[heir] for heir in self.heirs(area_id))
        return tuple(body_id(kind, heir.id) for heir in found if kind in STANDARD[heir.level])

    def above(self, area_id: str) -> str:
        """The unit over all heirs of a divided one: where its cases wait for the street."""
        heirs = [self.opens.get(heir) or self.lasting[heir] for heir in self.heirs(area_id)]
        parents = {heir.parent_id or CENTRE for heir in heirs}
        return parents.pop() if len(parents) == 1 else CENTRE

    def keeper(self) -> str:
        """The province that every unit of the plan lies under, if it goes on; else the centre.

        What a unit goes to counts as well: nobody gives away to another province what is not its own.
        """
        heirs = (self.opens.get(link.new_id) or self.lasting[link.new_id] for link in self.links)
        provinces = {self._province(one) for one in (*self.ends.values(), *self.opens.values(), *heirs)}
        only = provinces.pop() if len(provinces) == 1 else None
        return only if only in self.lasting and only is not None else CENTRE

    def _province(self, area: AreaFacts) -> str | None:
        """The province that the unit lies in; None for a province and for what hangs in the air."""
        parent_id = area.parent_id or ""
        parent = self.opens.get(parent_id) or self.ends.get(parent_id) or self.lasting.get(parent_id)
        if parent is None:
            return None
        return parent.id if parent.level is Level.PROVINCE else self._province(parent)

    @cached_property
    def _by_old(self) -> Mapping[str, list[SuccessorFacts]]:
        found: dict[str, list[SuccessorFacts]] = defaultdict(list)
        for link in self.links:
            found[link.old_id].append(link)
        return found


def read_plan(areas: bytes, successors: bytes, known: Mapping[str, AreaFacts]) -> Plan:
    """The plan of two files in the format of the shipped ones; raises Refused naming every faulty row.

    Known units that get a `valid_to` end; unknown ones begin. Other known units may stand in the file for
    reference. `known` is every unit of the register, of all periods.
    """
    lines, problems = read_area_lines(areas)
    _refuse(problems)
    ending, opening, problems = _sort(lines, known)
    _refuse(problems)
    day = _day(ending, opening)
    new, ends = {one.id: one for _, one in opening}, {one.id: one for _, one in ending}
    after = {**known, **ends, **new}
    problems = check_areas(lines, after) + list(_left_behind(ending, known, ends))
    _refuse(problems)
    lasting = {one.id: one for one in known.values() if one.id not in ends and one.exists_on(day)}
    links, problems = read_links(successors, after, lasting=frozenset(lasting))
    problems += [
        Problem(SUCCESSORS, line, f"{link.old_id} không kết thúc trong kế hoạch này")
        for line, link in links
        if link.old_id not in ends
    ]
    followed = {link.old_id for _, link in links}
    problems += [
        Problem(AREAS, line, f"{one.id} kết thúc mà không có đơn vị kế tiếp trong {SUCCESSORS}")
        for line, one in ending
        if one.level is not Level.DISTRICT and one.id not in followed
    ]
    _refuse(problems)
    before = {one: known[one] for one in ends}
    return Plan(day, before, new, tuple(link for _, link in links), lasting)


def _refuse(problems: Iterable[Problem]) -> None:
    found = sorted(problems, key=lambda one: (one.file, one.line))
    if found:
        raise Refused(found)


def _sort(lines: list[Line], known: Mapping[str, AreaFacts]) -> tuple[list[Line], list[Line], list[Problem]]:
    ending: list[Line] = []
    opening: list[Line] = []
    problems: list[Problem] = []
    for line, area in lines:
        fault = _fault(area, known.get(area.id))
        if fault:
            problems.append(Problem(AREAS, line, fault))
        elif area.id not in known:
            opening.append((line, area))
        elif area.valid_to != known[area.id].valid_to:
            ending.append((line, area))
    return ending, opening, problems


def _fault(area: AreaFacts, stored: AreaFacts | None) -> str | None:
    if stored is None:
        if area.valid_from is None:
            return f"{area.id} không có trong danh mục; đơn vị mới phải có valid_from"
        return f"{area.id} là đơn vị mới nên chưa có valid_to" if area.valid_to else None
    if replace(area, valid_to=stored.valid_to) != stored:
        return f"{area.id} khác với danh mục (tên, mã số, cấp, đơn vị trên hoặc valid_from)"
    if stored.valid_to is not None and area.valid_to != stored.valid_to:
        return f"{area.id} đã kết thúc ngày {stored.valid_to}"
    return None


def _day(ending: list[Line], opening: list[Line]) -> date:
    """The one day of the plan; raises Refused naming the rows that have another."""
    days = [(line, area.valid_from) for line, area in opening]
    days += [(line, area.valid_to + _ONE_DAY) for line, area in ending if area.valid_to]
    counted = Counter(day for _, day in days)
    if not counted:
        raise Refused([Problem(AREAS, 1, "kế hoạch không làm thay đổi đơn vị nào")])
    common = counted.most_common(1)[0][0]
    _refuse(
        Problem(
            AREAS,
            line,
            f"khác ngày với các dòng khác (đơn vị mới bắt đầu {common}, đơn vị cũ hết ngay hôm trước)",
        )
        for line, day in days
        if day != common
    )
    assert common is not None
    return common


def _left_behind(
    ending: list[Line], known: Mapping[str, AreaFacts], ends: Mapping[str, AreaFacts]
) -> Iterable[Problem]:
    """A unit may not end over the heads of those in it: each of them ends too."""
    lines = {area.id: line for line, area in ending}
    for one in known.values():
        if one.parent_id in ends and one.id not in ends and one.valid_to is None:
            text = f"{one.parent_id} kết thúc trong khi {one.id} ({one.name}) thuộc nó vẫn còn"
            yield Problem(AREAS, lines[one.parent_id or ""], text)
