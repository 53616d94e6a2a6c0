"""What the builder of the profile draws, as ready-made texts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from leadboard.domain.icp import Icp as Profile
from leadboard.domain.icp_diff import diff
from leadboard.domain.icp_match import BINS, MATCHES, Example, Matches
from leadboard.domain.icp_suggest import Suggestion
from leadboard.store.tables import Icp
from leadboard.ui import words
from leadboard.ui.display import Band, Person


@dataclass(frozen=True)
class Bar:
    """One bar of the histogram; `height` and `tick` in percent of the highest of all."""

    key: str
    band: Band
    height: int
    tick: int
    label: str


@dataclass(frozen=True)
class ExampleRow:
    """A lead as an example, leading to its sheet."""

    id: str
    name: str
    href: str
    why: str
    fit: int
    band: Band


@dataclass(frozen=True)
class Trial:
    """What the draft matches. `change` against the version in force is empty where nothing is compared."""

    count: str = ""
    of: str = ""
    change: str = ""
    grows: bool = False
    fair: str = ""
    strong: str = ""
    never: str = ""
    bars: list[Bar] = field(default_factory=list)
    chart: str = ""
    """The histogram in one sentence."""
    best_title: str = ""
    best: list[ExampleRow] = field(default_factory=list)
    worst: list[ExampleRow] = field(default_factory=list)


@dataclass(frozen=True)
class Offer:
    """A suggestion: what it would do, what speaks for it, and the leads it is true of."""

    title: str
    evidence: str
    names: str
    field: str
    value: str
    size_min: str
    size_max: str


@dataclass(frozen=True)
class VersionRow:
    """A version with who, when, and what it changed against the one before."""

    number: int
    by: Person
    at: str
    changes: list[str]
    current: bool


def trial(matches: Matches, slug: str, compared: int) -> Trial:
    """`compared`: the version whose stored scores stand beside it, 0 to compare with nothing."""
    change = matches.matching - matches.saved_matching
    sign = "+" if change > 0 else "−" if change < 0 else "±"
    return Trial(
        count=words.count(matches.matching),
        of=f"of {words.counted(matches.leads, 'lead')}",
        change=f"{sign}{abs(change):,} against version {compared}" if compared else "",
        grows=change > 0,
        fair=f"{matches.fair:,} fair",
        strong=f"{matches.strong:,} strong",
        never=f"{matches.excluded:,} never wanted" if matches.excluded else "",
        bars=_bars(matches, compared),
        chart=f"Fit of the leads that match: {matches.fair:,} fair, {matches.strong:,} strong",
        best_title="Best three" if matches.matching else "None matches; the closest are",
        best=[_example(each, slug) for each in matches.best],
        worst=[_example(each, slug) for each in matches.worst],
    )


def _bars(matches: Matches, compared: int) -> list[Bar]:
    width = 100 // BINS
    first = MATCHES // width
    new, old = matches.bins[first:], matches.saved_bins[first:] if compared else (0,) * (BINS - first)
    highest = max(*new, *old, 1)
    bars = []
    for at, (leads, before) in enumerate(zip(new, old, strict=True)):
        low = MATCHES + at * width
        high = 100 if low + width == 100 else low + width - 1
        was = f", {before:,} with version {compared}" if compared else ""
        label = f"Fit {low} to {high}: {words.counted(leads, 'lead')}{was}"
        bars.append(
            Bar(f"{low}", words.band(low), _share(leads, highest), _share(before, highest) if compared else -1, label)
        )
    return bars


def _share(part: int, whole: int) -> int:
    """Percent, where something is never nothing."""
    return -(-100 * part // whole)


def _example(example: Example, slug: str) -> ExampleRow:
    href = f"/w/{slug}/board/{example.id}"
    return ExampleRow(str(example.id), example.name, href, example.why, example.fit, words.band(example.fit))


def offer(suggestion: Suggestion) -> Offer:
    """A suggestion in words."""
    low, high = suggestion.size
    return Offer(
        suggestion.title,
        suggestion.evidence,
        ", ".join(suggestion.names),
        suggestion.field,
        suggestion.value,
        str(low) if high else "",
        str(high) if high else "",
    )


def version_rows(rows: Sequence[Icp], whole: bool) -> list[VersionRow]:
    """Versions, newest first, each against the one after it in the list; `whole`: the last one is the very first."""
    profiles = [Profile.from_data(row.data) for row in rows] + ([Profile()] if whole else [])
    return [
        VersionRow(
            row.version,
            words.person(row.created_by),
            words.iso(row.created_at),
            [change.sentence for change in diff(before, now)],
            row is rows[0],
        )
        for row, (now, before) in zip(rows, pairwise(profiles), strict=False)
    ]
