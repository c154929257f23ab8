"""Which Front board receives a report: the lowest active one without a conflict, by climbing.

Source: decisions 1–3 (design); LTC 12(1), NĐ 31/2019 art. 5(2) (nobody handles a matter about himself).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.lineage import Standing
from portal.domain.parties import BodyFacts, BodyKind, Level, PostGroup
from portal.domain.structure import body_id, is_active, line_of
from portal.domain.subjects import Held, Subject


class SkipReason(StrEnum):
    """Why a lower body was passed over."""

    BELOW_POST_LEVEL = "below_post_level"
    CONFLICT = "conflict"
    NOT_ACTIVE = "not_active"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A body that was passed over. `conflicts`: ids of it or of bodies above it on its recovery line."""

    body: BodyFacts
    reason: SkipReason
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reception:
    """The receiving board, and those below it that could not be it."""

    board: BodyFacts
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class NobodyLeft:
    """No board may receive it: guidance takes its place (decisions 3)."""

    skipped: tuple[Skipped, ...] = ()


def receiving_board(
    subject: Subject,
    place: Standing,
    boards: Mapping[str, BodyFacts],
    day: date,
    named_on: Iterable[str] = (),
) -> Reception | NobodyLeft:
    """Climb from the unit of the office (else of the act) to the board that receives on `day`.

    `boards` holds the Front boards of the line and all above them, `named_on` the ids of those among whose
    members a named person was found.
    """
    barred = own_bodies(subject, place) | frozenset(named_on)
    skipped: list[Skipped] = []
    for board in bodies_of_line(BodyKind.FRONT, place, boards, day):
        conflicts = conflicts_of(board.id, boards, barred)
        if subject.level is not None and board.level.rank < subject.level.rank:
            skipped.append(Skipped(board, SkipReason.BELOW_POST_LEVEL))
        elif conflicts:
            skipped.append(Skipped(board, SkipReason.CONFLICT, conflicts))
        elif not is_active(board.id, boards):
            skipped.append(Skipped(board, SkipReason.NOT_ACTIVE))
        else:
            return Reception(board, tuple(skipped))
    return NobodyLeft(tuple(skipped))


def bodies_of_line(
    kind: BodyKind, place: Standing, bodies: Mapping[str, BodyFacts], day: date
) -> Iterator[BodyFacts]:
    """The bodies of one kind on the line that exist on `day`, lowest first."""
    for unit in place.line:
        body = bodies.get(body_id(kind, unit.id))
        if body is not None and body.exists_on(day):
            yield body


def own_bodies(subject: Subject, place: Standing) -> frozenset[str]:
    """The overseeing bodies that the person belongs to, by office, by the resident's word, or as known.

    Beside the seats that count in routing, any work at a Front board counts here: it is what receives.
    """
    fronts = [one for one in subject.offices if one.kind is BodyKind.FRONT]
    return seats(subject, place) | _bodies_of(subject, place, fronts)


def seats(subject: Subject, place: Standing) -> frozenset[str]:
    """The bodies that could not decide about the person without deciding about one of their own.

    Their heads and deputies (LTC 12(1)), the members of a party committee (domain rule 18), everybody at an
    inspection committee. A unit that ended stands for its successors of the same level: who worked at its
    board may work at theirs.
    """
    told = (
        (BodyKind.FRONT, subject.works_at_front),
        (BodyKind.PARTY, subject.works_at_party),
        (BodyKind.INSPECTION, subject.works_at_inspection),
    )
    kinds = [kind for kind, works_there in told if works_there]
    units = {subject.area_id, *(unit.id for unit in place.units)} if kinds else ()
    said = {body_id(kind, unit) for kind in kinds for unit in units}
    seated = [one for one in subject.offices if _has_a_seat(one)]
    if not seated and not said:  # most people sit nowhere: nothing is put together for them
        return subject.sits_on
    return subject.sits_on | said | _bodies_of(subject, place, seated)


def _has_a_seat(office: Held) -> bool:
    if office.kind is BodyKind.PARTY:
        return office.group is not PostGroup.STAFF
    return office.kind is BodyKind.INSPECTION or office.leads


def _bodies_of(subject: Subject, place: Standing, offices: Iterable[Held]) -> frozenset[str]:
    found: set[str] = set()
    for office in offices:
        if office.kind is None:
            continue
        units = {unit.id for unit in (*place.line, *place.candidates) if unit.level is office.level}
        if office.level is None:
            units = {subject.area_id} | {unit.id for unit in place.units}
        found |= {body_id(office.kind, unit) for unit in units}
    return frozenset(found)


def conflicts_of(start: str, bodies: Mapping[str, BodyFacts], barred: frozenset[str]) -> tuple[str, ...]:
    """Those of `barred` that are this body or stand above it, for they could open what it is sent."""
    return conflicts_on(line_of(start, bodies), barred)


def conflicts_on(line: Iterable[BodyFacts], barred: frozenset[str]) -> tuple[str, ...]:
    """Those of `barred` on a line of bodies.

    For an inspection committee the party committee it belongs to counts like itself (domain rule 18), except
    at the centre, whose inspection committee examines members of the central party committee too.
    """
    found: list[str] = []
    for body in line:
        if body.id in barred:
            found.append(body.id)
        if body.kind is BodyKind.INSPECTION and body.level is not Level.CENTRAL:
            party = body_id(BodyKind.PARTY, body.area_id)
            if party in barred:
                found.append(party)
    return tuple(found)
