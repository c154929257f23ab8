"""Many cases walked at random through the machine by several people at once (issue "Bars": 0 faults)."""

from portal.bench.walking.country import Country, Person
from portal.bench.walking.proof import proven
from portal.bench.walking.walk import Walked, walk

__all__ = ["Country", "Person", "Walked", "proven", "walk"]
