"""What the most valuable leads of a workspace have in common that the others have not, as proposals for the profile."""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from math import comb

from leadboard.domain.company import Company, industry_named, place_named, specialities_named
from leadboard.domain.icp import Icp

MOST = 15
"""How many leads are "the best-valued"."""
ENOUGH = 8
"""With fewer best-valued leads, or fewer others, nothing is proposed: chance would speak."""
FEWEST = 3
CHANCE = 0.01
"""A proposal stands when drawing as many leads blindly would give its count more rarely than this."""
PROPOSALS = 5


@dataclass(frozen=True)
class Sample:
    """A lead as evidence. `value` is in minor units, None when nobody said."""

    name: str
    value: int | None
    company: Company


@dataclass(frozen=True)
class Suggestion:
    """A change to the profile and what speaks for it: `hits` of the `best`, but only `other_hits` of the `others`.

    `field` is one of `Icp.to_data`; a size is in `size`, every other field gets the tag `value`.
    """

    field: str
    value: str
    size: tuple[int, int]
    hits: int
    best: int
    other_hits: int
    others: int
    names: tuple[str, ...]
    """The best-valued leads it is true of, the most valuable first."""

    @property
    def title(self) -> str:
        """What it would do: "Add “Robotics” to industries"."""
        low, high = self.size
        return f"Set the size to {low:,}–{high:,} people" if high else f"Add “{self.value}” to {_INTO[self.field]}"

    @property
    def evidence(self) -> str:
        """ "12 of your 15 best-valued leads are in it, 9 of the 240 others."."""
        says = "have that size" if self.size[1] else _SAYS[self.field]
        told = f"{self.hits} of your {self.best} best-valued leads {says}"
        return f"{told}, {self.other_hits:,} of the {self.others:,} others."


_INTO = {"industry": "industries", "geographies": "countries or regions", "modalities": "specialities"}
_SAYS = {"industry": "are in it", "geographies": "are there", "modalities": "carry it"}


@dataclass
class Evidence:
    """Collects leads one after the other, and keeps of them only the dearest and counts."""

    leads: int = 0
    valued: int = 0
    dearest: list[Sample] = field(default_factory=list)
    """One more than can be best, so that equals at the border are seen."""
    holders: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How many leads hold a value, by field and the value in small letters."""
    people: list[float] = field(default_factory=list)

    def add(self, sample: Sample) -> None:
        """Take one lead in."""
        self.leads += 1
        self.holders.update(
            {(name, value.casefold()) for name, values_of, _ in _FIELDS for value in values_of(sample.company)}
        )
        if sample.company.headcount:
            self.people.append(sample.company.headcount)
        if sample.value:
            self.valued += 1
            insort(self.dearest, sample, key=lambda each: (-(each.value or 0), each.name))
            del self.dearest[MOST + 1 :]

    def best(self) -> list[Sample]:
        """At most `MOST` leads and at most half of those with a value; all are worth more than any that is left out."""
        best: list[Sample] = []
        for _, equals in groupby(self.dearest, key=lambda each: each.value):
            together = [*best, *equals]
            if len(together) > min(MOST, self.valued // 2):
                break
            best = together
        return best

    def suggest(self, icp: Icp) -> tuple[Suggestion, ...]:
        """The proposals that the data carries and the profile has not yet, the surest first, at most `PROPOSALS`."""
        best = self.best()
        if len(best) < ENOUGH or self.leads - len(best) < ENOUGH:
            return ()
        found = [*self._tags(icp, best), *self._size(icp, best)]
        ranked = sorted(found, key=lambda each: (chance(each), -each.hits, each.field, each.value))
        return tuple(ranked[:PROPOSALS])

    def _tags(self, icp: Icp, best: list[Sample]) -> Iterator[Suggestion]:
        for name, values_of, named in _FIELDS:
            held: dict[str, dict[int, tuple[str, Sample]]] = {}
            for place, each in enumerate(best):
                for value in values_of(each.company):
                    held.setdefault(value.casefold(), {})[place] = (value, each)
            for key, found in held.items():
                spelling = Counter(value for value, _ in found.values()).most_common(1)[0][0]
                offer = self._offer(
                    name, spelling, (0, 0), best, [each for _, each in found.values()], self.holders[name, key]
                )
                if not named(icp, spelling) and _stands(offer):
                    yield offer

    def _size(self, icp: Icp, best: list[Sample]) -> Iterator[Suggestion]:
        """The sizes of the middle four fifths of the best, when the profile's own range has fewer of them."""
        people = sorted(each.company.headcount for each in best if each.company.headcount)
        if len(people) < ENOUGH:
            return
        cut = len(people) // 10
        low, high = _down(people[cut]), _up(people[len(people) - 1 - cut])
        fitting = [each for each in best if low <= (each.company.headcount or 0) <= high]
        everywhere = sum(low <= each <= high for each in self.people)
        offer = self._offer("company_size", "", (low, high), best, fitting, everywhere)
        covered = sum(icp.size_min <= each <= (icp.size_max or each) for each in people) if icp.has_size else 0
        if covered < len(fitting) and _stands(offer):
            yield offer

    def _offer(
        self, name: str, value: str, size: tuple[int, int], best: list[Sample], holding: list[Sample], everywhere: int
    ) -> Suggestion:
        """`everywhere`: how many leads hold it, the best among them."""
        names = tuple(each.name for each in holding)
        hits, others = len(holding), self.leads - len(best)
        return Suggestion(name, value, size, hits, len(best), everywhere - hits, others, names)


def suggest(icp: Icp, samples: Iterable[Sample]) -> tuple[Suggestion, ...]:
    """The proposals of these leads at once."""
    evidence = Evidence()
    for sample in samples:
        evidence.add(sample)
    return evidence.suggest(icp)


def chance(suggestion: Suggestion) -> float:
    """How likely so many hits or more are among the best when the best are drawn blindly (hypergeometric tail)."""
    drawn, everybody = suggestion.best, suggestion.best + suggestion.others
    hits = suggestion.hits + suggestion.other_hits
    ways = sum(comb(hits, k) * comb(everybody - hits, drawn - k) for k in range(suggestion.hits, min(drawn, hits) + 1))
    return ways / comb(everybody, drawn)


def _stands(suggestion: Suggestion) -> bool:
    return suggestion.hits >= FEWEST and chance(suggestion) <= CHANCE


def _down(people: float) -> int:
    """The next number below that people would say: 44 is 40, 128 is 120, 7 is 7."""
    step = _step(people)
    return max(1, int(people // step * step))


def _up(people: float) -> int:
    step = _step(people)
    return int(-(-people // step) * step)


def _step(people: float) -> int:
    """Two leading digits from 100 on, tens below, ones below ten."""
    return 1 if people < 10 else 10 if people < 100 else 10 ** (len(str(int(people))) - 2)


def _labels(company: Company) -> tuple[str, ...]:
    return (*company.tags, *company.technologies)


_FIELDS: tuple[tuple[str, Callable[[Company], tuple[str, ...]], Callable[[Icp, str], bool]], ...] = (
    (
        "industry",
        lambda company: (company.industry,) if company.industry else (),
        lambda icp, value: bool(industry_named(Company(industry=value), icp)),
    ),
    (
        "geographies",
        lambda company: (company.country,) if company.country else (),
        lambda icp, value: bool(place_named(Company(country=value), icp.geographies)),
    ),
    ("modalities", _labels, lambda icp, value: bool(specialities_named(Company(tags=(value,)), icp))),
)
"""Field, what a lead has of it, and whether the profile names it already."""
