"""What the customers of a company have in common, as parts of a profile (skills sheet, section 4)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadboard.domain.icp import Icp, normalise
from leadboard.domain.vocabulary.industries import INDUSTRY_BY_KEY

LEAST_SHARE = 0.20
LEAST_COUNT = 2
ENOUGH = 3
"""With fewer companies there is no pattern."""

MOST_SURE = 0.95
UNSURE = 0.40
"""The most that a profile without a pattern may claim."""

SIZE_BANDS = ("1-10", "11-50", "51-200", "201-500", "501+")
REVENUE_BANDS = ("<1M", "1-10M", "10-50M", "50-100M", "100M+")
_PEOPLE = (10, 50, 200, 500)
_MILLIONS = (1, 10, 50, 100)
_MILLION = 1_000_000
_MOST_COUNTED = 8


@dataclass(frozen=True)
class Shared:
    """A value that several companies have: `count` of the `known` whose value is known."""

    value: str
    count: int
    known: int

    @property
    def share(self) -> float:
        """0..1 of the companies whose value is known."""
        return self.count / self.known


def shared(values: Sequence[Iterable[str]]) -> tuple[Shared, ...]:
    """The values that at least 20 % of the companies with a known value have, and at least two; by count, then name.

    `values` holds one group a company: its value, or several (technologies); an empty group is unknown. Values compare
    without case, the usual spelling stands for them.
    """
    groups = [{" ".join(value.split()) for value in group if value.strip()} for group in values]
    known = sum(map(bool, groups))
    spellings: dict[str, Counter[str]] = {}
    holders: Counter[str] = Counter()
    for group in groups:
        holders.update({value.casefold() for value in group})
        for value in sorted(group):
            spellings.setdefault(value.casefold(), Counter())[value] += 1
    kept = [
        Shared(spellings[key].most_common(1)[0][0], count, known)
        for key, count in holders.items()
        if count >= LEAST_COUNT and count >= LEAST_SHARE * known
    ]
    return tuple(sorted(kept, key=lambda each: (-each.count, each.value.casefold())))


def size_band(people: float) -> str:
    """The band a number of people falls into."""
    return SIZE_BANDS[sum(people > most for most in _PEOPLE)]


def revenue_band(amount: float) -> str:
    """The band a yearly revenue in whole units falls into; a border belongs to the band above it."""
    return REVENUE_BANDS[sum(amount >= most * _MILLION for most in _MILLIONS)]


def size_span(bands: Iterable[str]) -> tuple[int, int]:
    """Bands as the profile has them: the lowest least and the highest most, 0 for no limit; 0 and 0 without bands."""
    at = sorted(SIZE_BANDS.index(band) for band in bands if band in SIZE_BANDS)
    if not at:
        return 0, 0
    least = _PEOPLE[at[0] - 1] + 1 if at[0] else 1
    return least, _PEOPLE[at[-1]] if at[-1] < len(_PEOPLE) else 0


def data_quality(companies: int, share_known: float) -> str:
    """high from ten companies of which 70 % of the fields are known, medium from four companies, else low."""
    if companies >= 10 and share_known >= 0.70:
        return "high"
    return "medium" if companies >= 4 else "low"


def pattern_confidence(companies: int, top_share: float) -> float:
    """How sure a pattern is, 0..0.95: more companies (up to eight) and a larger share of the top industry."""
    counted = min(companies, _MOST_COUNTED)
    return round(min(MOST_SURE, 0.3 + 0.05 * counted + 0.2 * top_share), 4)


def as_icp(proposed: Mapping[str, Sequence[str]]) -> Icp:
    """A proposed profile (`icp_industries`, `icp_sizes`, `icp_locations`, `icp_signals`) as the profile of a workspace.

    Industries of the skills sheet get the names people read. Raises Refused as `icp.normalise` does, for a person may
    have edited it.
    """
    least, most = size_span(proposed.get("icp_sizes", ()))
    industries = proposed.get("icp_industries", ())
    return normalise(
        {
            "industry": [INDUSTRY_BY_KEY[name].label if name in INDUSTRY_BY_KEY else name for name in industries],
            "company_size": {"min": least, "max": most},
            "geographies": list(proposed.get("icp_locations", ())),
            "signals": list(proposed.get("icp_signals", ())),
        }
    )
