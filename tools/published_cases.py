"""Turns published decisions into classes that may be shipped: `python tools/published_cases.py SAMPLE.csv`.

The sample has the columns of `portal routing decide --csv` and the truth beside them. What is written to
portal/data/reference/published_cases.csv holds row numbers, kinds and levels only: no name, no place, no day,
no title as it was printed, no address, no quotation. The last two columns are written by hand: they are kept,
by the number of the row.
"""

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the rules are read from the checkout, not from an installed copy

from portal.data.country import shipped_posts, shipped_units  # noqa: E402
from portal.domain import clock  # noqa: E402
from portal.domain.country import LAST_DAY_OF_DISTRICTS, Country  # noqa: E402
from portal.domain.offices import Register  # noqa: E402
from portal.domain.routing.classes import DAYS, Era, answer_of  # noqa: E402
from portal.domain.routing.published import COLUMNS, PUBLISHED, read_published  # noqa: E402
from portal.domain.routing.sheet import Read, Sheet, words_of  # noqa: E402

PLACE = ROOT / "portal" / "data" / "reference" / PUBLISHED
BY_HAND = ("facts_carry_reason", "note")


def main(sample: Path) -> int:
    units, register = shipped_units(), Register(shipped_posts())
    sheet = Sheet(Country(units.areas, units.successors), register, clock.today())
    kept = _by_hand()
    rows = list(csv.DictReader(sample.read_text(encoding="utf-8-sig").splitlines()))
    written = [_written(row, sheet.read(row), kept.get(row["id"], {})) for row in rows]
    with PLACE.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(written)
    cases = read_published(PLACE.read_bytes(), (post.post for post in shipped_posts()))
    apart = 0
    for row, one in zip(rows, cases, strict=True):
        answer = sheet.answer(row)
        told = (answer["handling_level"], answer["handling_body_kind"])
        if words_of(answer_of(one.case, register, DAYS[one.case.era])) != told:
            apart += 1
            print(f"{one.id}: the class is answered otherwise than the row: {told}")
    print(f"{len(cases)} rows -> {PLACE.relative_to(ROOT)}")
    return min(apart, 1)


def _by_hand() -> dict[str, dict[str, str]]:
    if not PLACE.exists():
        return {}
    rows = csv.DictReader(PLACE.read_text(encoding="utf-8").splitlines())
    return {row["id"]: {name: row[name] for name in BY_HAND} for row in rows}


def _written(row: dict[str, str], read: Read, by_hand: dict[str, str]) -> dict[str, str]:
    era = Era.BEFORE if read.day <= LAST_DAY_OF_DISTRICTS else Era.AFTER
    return {
        "id": row["id"],
        "era": era,
        "track": read.track,
        "subject_kind": read.subject.who,
        "member": read.subject.party_member,
        "status": read.subject.status,
        "posts_now": "|".join(post.post for post in read.posts.now or read.posts.then),
        "posts_then": "|".join(post.post for post in read.posts.then),
        "handling_level": row["handling_level"],
        "handling_body_kind": row["handling_body_kind"],
        "contradicts_simple_rule": row["contradicts_simple_rule"],
        **dict.fromkeys(BY_HAND, ""),
        **by_hand,
    }


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
