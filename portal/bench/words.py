"""Made-up texts with the frequencies of Vietnamese: folded syllables, most of them in words of two.

A few words stand in nearly every text and most in hardly any (Zipf); a report has about 150 syllables.
"""

from itertools import accumulate, product
from random import Random

_ONSETS = ("b,c,ch,d,g,gi,h,kh,l,m,n,ng,nh,ph,qu,r,s,t,th,tr,v,x").split(",")  # noqa: SIM905
_RHYMES = (  # noqa: SIM905
    "a,ac,ach,ai,am,an,ang,anh,ao,ap,at,au,ay,e,em,en,eo,et,i,ich,iem,ien,iet,inh,o,oc,oi,om,on,ong,op,ot,"
    "u,ua,uc,ui,um,un,ung,uoc,uoi,uong,ut,uu,uyen,y"
).split(",")
_UNITS, _LENGTH = 6_000, 80


class Texts:
    """Texts from a seed: the same ones every time."""

    def __init__(self, seed: int) -> None:
        """Make the vocabulary: words of one, two and three syllables, each with its weight."""
        self._chance = Random(seed)  # noqa: S311 - texts, no secrets
        syllables = [onset + rhyme for onset, rhyme in product(_ONSETS, _RHYMES)]
        self._chance.shuffle(syllables)
        shares = list(accumulate(1 / (n + 3) for n in range(len(syllables))))
        sizes = self._chance.choices((1, 2, 3), (25, 65, 10), k=_UNITS)
        self.units = [" ".join(self._chance.choices(syllables, cum_weights=shares, k=size)) for size in sizes]
        self._weights = list(accumulate(1 / (n + 3) for n in range(_UNITS)))

    def text(self) -> str:
        """One text of 20 to 240 units."""
        length = min(240, max(20, int(self._chance.lognormvariate(0, 0.5) * _LENGTH)))
        return " ".join(self._chance.choices(self.units, cum_weights=self._weights, k=length))

    def units_of_rank(self, first: int, last: int, number: int) -> list[str]:
        """Some of the words that are in frequency between two ranks, the commonest being 0."""
        return self._chance.choices(self.units[first:last], k=number)
