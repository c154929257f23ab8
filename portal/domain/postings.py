"""A packed index over a few thousand cases: which of them have a term, without unpacking the rest.

Cases are numbered within their segment by day and id, oldest first. A bucket holds some of the terms: a list
of terms with places, then for each a bitmap of numbers, or where that is shorter the numbers as 16-bit
integers. Whole sets are Python integers (bit n = case n): cases with all terms are one `&` per term away.
"""

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from sys import byteorder

MOST_CASES = 65_536  # numbers have 16 bits
_PAD = 256
_DAY, _ID = 2, 16
_ROW = _DAY + _ID
_EPOCH = date(2000, 1, 1).toordinal()


@dataclass(frozen=True, order=True, slots=True)
class Listed:
    """A case as a segment lists it: the day it was opened, and its id (at most 16 symbols of ASCII)."""

    day: date
    case_id: str


def pack_cases(cases: Sequence[Listed]) -> bytes:
    """The list of a segment, 18 bytes for each case, in the order given."""
    return b"".join(_days(one.day).to_bytes(_DAY, "big") + one.case_id.encode().ljust(_ID) for one in cases)


class CaseList:
    """A packed list, read one by one."""

    __slots__ = ("_packed",)

    def __init__(self, packed: bytes) -> None:
        """Take what `pack_cases` made."""
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed) // _ROW

    def __getitem__(self, number: int) -> Listed:
        at = number * _ROW
        row = self._packed[at : at + _ROW]
        day = date.fromordinal(_EPOCH + int.from_bytes(row[:_DAY], "big"))
        return Listed(day, row[_DAY:].rstrip().decode())

    def __iter__(self) -> Iterator[Listed]:
        return map(self.__getitem__, range(len(self)))

    def before(self, day: date) -> int:
        """How many cases were opened before this day."""
        wanted = max(0, min(_days(day), 256**_DAY - 1)).to_bytes(_DAY, "big")
        return bisect_left(range(len(self)), wanted, key=self._day)

    def until(self, day: date) -> int:
        """How many cases were opened until this day, which counts."""
        return self.before(day + timedelta(days=1)) if day < date.max else len(self)

    def _day(self, number: int) -> bytes:
        return self._packed[number * _ROW : number * _ROW + _DAY]


def pack_bucket(postings: Mapping[str, Sequence[int]], size: int) -> bytes:
    """The terms of a bucket and the ascending numbers of the cases that have them, of `size` cases.

    Compressed, then filled up to a multiple of 256 bytes, so that its length says little.
    """
    head, body, at = [b"\n"], [], 0
    for term, numbers in sorted(postings.items()):
        packed = _pack(numbers, size)
        head.append(b"%s\t%d\t%d\n" % (term.encode(), at, len(packed)))
        body.append(packed)
        at += len(packed)
    listed = b"".join(head)
    return padded(zlib.compress(b"".join((len(listed).to_bytes(4, "big"), listed, *body)), 1))


class Bucket:
    """An opened bucket of a segment of `size` cases."""

    __slots__ = ("_body", "_head", "size")

    def __init__(self, packed: bytes, size: int) -> None:
        """Take what `pack_bucket` made for this size."""
        plain = unpadded(packed)
        end = 4 + int.from_bytes(plain[:4], "big")
        self._head, self._body, self.size = plain[4:end], plain[end:], size

    def having(self, term: str) -> int:
        """The cases that have the term, as a bitmap."""
        at = self._head.find(b"\n%s\t" % term.encode())
        if at < 0:
            return 0
        _, begin, long = self._head[at + 1 : self._head.index(b"\n", at + 1)].split(b"\t")
        return _bits(self._body[int(begin) : int(begin) + int(long)], self.size)

    def postings(self) -> Iterator[tuple[str, Sequence[int]]]:
        """Every term with the numbers of its cases, ascending."""
        for line in self._head.split(b"\n")[1:-1]:
            term, begin, long = line.split(b"\t")
            yield term.decode(), _numbers(self._body[int(begin) : int(begin) + int(long)], self.size)


def newest_first(bits: int) -> Iterator[int]:
    """The numbers in a bitmap, highest first."""
    whole = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for place in range(len(whole) - 1, -1, -1):
        byte = whole[place]
        while byte:
            top = byte.bit_length() - 1
            yield place * 8 + top
            byte ^= 1 << top


def padded(packed: bytes) -> bytes:
    """Filled up to a multiple of 256 bytes."""
    return packed.ljust(-(-len(packed) // _PAD) * _PAD, b"\0")


def unpadded(packed: bytes) -> bytes:
    """What was compressed before it was filled up; raises ValueError where it is cut short."""
    reader = zlib.decompressobj()
    plain = reader.decompress(packed)
    if not reader.eof:
        raise ValueError("cut short")
    return plain


@dataclass(frozen=True)
class Part:
    """What one segment or tail gives to a new segment: its cases in order, those that go on, its postings."""

    cases: Sequence[Listed]
    kept: frozenset[str]
    postings: Iterable[tuple[str, Sequence[int]]]


def joined(parts: Sequence[Part]) -> tuple[list[Listed], dict[str, list[int]]]:
    """The cases of the new segment in order, and all its postings. Each case goes on from one part only."""
    cases = sorted(one for part in parts for one in part.cases if one.case_id in part.kept)
    numbers = {one.case_id: number for number, one in enumerate(cases)}
    found: dict[str, list[int]] = {}
    for part in parts:
        moved = [numbers[one.case_id] if one.case_id in part.kept else -1 for one in part.cases]
        for term, before in part.postings:
            after = [moved[number] for number in before if moved[number] >= 0]
            if after:
                found.setdefault(term, []).extend(after)
    for after in found.values():
        after.sort()
    return cases, found


def _days(day: date) -> int:
    return day.toordinal() - _EPOCH


def _whole(size: int) -> int:
    return (size + 7) // 8


def _pack(numbers: Sequence[int], size: int) -> bytes:
    if 2 * len(numbers) < _whole(size):
        return _little(array("H", numbers)).tobytes()
    return _as_bits(numbers, size).to_bytes(_whole(size), "little")


def _bits(packed: bytes, size: int) -> int:
    if len(packed) == _whole(size):
        return int.from_bytes(packed, "little")
    return _as_bits(_numbers(packed, size), size)


def _numbers(packed: bytes, size: int) -> Sequence[int]:
    if len(packed) == _whole(size):
        return list(newest_first(int.from_bytes(packed, "little")))[::-1]
    numbers = array("H")
    numbers.frombytes(packed)
    return _little(numbers)


def _as_bits(numbers: Iterable[int], size: int) -> int:
    bits = bytearray(_whole(size))
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def _little(numbers: "array[int]") -> "array[int]":
    if byteorder == "big":
        numbers.byteswap()
    return numbers
