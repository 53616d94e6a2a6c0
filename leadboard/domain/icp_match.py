"""How a profile would sort a workspace's leads: the count, the spread and examples of what matches."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from leadboard.domain import fit
from leadboard.domain.company import Company, Person
from leadboard.domain.icp import Icp, excluded_by
from leadboard.domain.receipt import counted

MATCHES = 40
"""The fit from which a lead matches: fair or better."""
STRONG = 70
BINS = 20
"""Bars of the histogram, each as wide as the next: 0 to 4, ... , 95 to 100."""
EXAMPLES = 3
NO_PROFILE = Icp()


@dataclass(frozen=True)
class Candidate:
    """A lead as it is held against a draft. `saved_fit` is the stored score, -1 without one; `value` in minor units."""

    id: UUID
    name: str
    domain: str
    company: Company
    people: tuple[Person, ...] = ()
    value: int | None = None
    saved_fit: int = -1


@dataclass(frozen=True)
class Example:
    """A lead with its fit to the draft, and why it is an example."""

    id: UUID
    name: str
    fit: int
    why: str


@dataclass(frozen=True)
class Matches:
    """What a draft does to the leads. `excluded` are not scored; `bins` hold all others, lowest scores first.

    `saved_bins` and `saved_matching` say the same of the stored scores.
    """

    leads: int
    excluded: int
    strong: int
    fair: int
    bins: tuple[int, ...]
    saved_matching: int
    saved_bins: tuple[int, ...]
    best: tuple[Example, ...]
    worst: tuple[Example, ...]
    """The worst that still match, worst first."""

    @property
    def matching(self) -> int:
        """Leads of a fair fit or better."""
        return self.strong + self.fair


@dataclass
class Tally:
    """Counts candidates one after the other, so that whoever counts many can give way in between.

    `saved` is the profile that the stored scores were made with.
    """

    icp: Icp
    today: date
    saved: Icp = NO_PROFILE
    leads: int = 0
    excluded: int = 0
    scores: list[int] = field(default_factory=lambda: [0] * (100 + 1))
    """How many leads have each score from 0 to 100."""
    saved_scores: list[int] = field(default_factory=lambda: [0] * (100 + 1))
    _best: list[tuple[int, Candidate]] = field(default_factory=list)
    _worst: list[tuple[int, Candidate]] = field(default_factory=list)

    def add(self, candidate: Candidate) -> None:
        """Count one."""
        self.leads += 1
        if candidate.saved_fit >= 0 and not _excluded(self.saved, candidate):
            self.saved_scores[candidate.saved_fit] += 1
        if _excluded(self.icp, candidate):
            self.excluded += 1
            return
        score = fit.overall(self._known(candidate))
        self.scores[score] += 1
        _keep(self._best, score, candidate, -1)
        if score >= MATCHES:
            _keep(self._worst, score, candidate, 1)

    def matches(self) -> Matches:
        """What was counted so far."""
        best = [(score, one) for score, one in self._best[:EXAMPLES] if score >= MATCHES] or self._best[:EXAMPLES]
        shown = {one.id for _, one in best}
        worst = [(score, one) for score, one in self._worst if one.id not in shown][:EXAMPLES]
        return Matches(
            leads=self.leads,
            excluded=self.excluded,
            strong=sum(self.scores[STRONG:]),
            fair=sum(self.scores[MATCHES:STRONG]),
            bins=_binned(self.scores),
            saved_matching=sum(self.saved_scores[MATCHES:]),
            saved_bins=_binned(self.saved_scores),
            best=tuple(Example(one.id, one.name, score, _facts(one)) for score, one in best),
            worst=tuple(Example(one.id, one.name, score, self._lack(one)) for score, one in worst),
        )

    def _known(self, candidate: Candidate) -> fit.Known:
        return fit.Known(candidate.company, self.icp, self.today, candidate.people)

    def _lack(self, candidate: Candidate) -> str:
        """Where it loses most against the profile."""
        lines = fit.score(self._known(candidate)).factors[0].lines
        return max(lines, key=lambda line: line.possible - line.points).label


def _keep(kept: list[tuple[int, Candidate]], score: int, candidate: Candidate, sign: int) -> None:
    """Keep the few with the smallest `sign` times score; equal ones by name, then id."""
    most = 2 * EXAMPLES
    if len(kept) == most and sign * score > sign * kept[-1][0]:
        return
    kept.append((score, candidate))
    kept.sort(key=lambda each: (sign * each[0], each[1].name, each[1].id))
    del kept[most:]


def _excluded(icp: Icp, candidate: Candidate) -> bool:
    return bool(icp.exclusions) and excluded_by(icp, candidate.name, candidate.domain) is not None


def _binned(by_score: list[int]) -> tuple[int, ...]:
    width = 100 // BINS
    starts = range(0, 100, width)
    return (*(sum(by_score[start : start + width]) for start in starts[:-1]), sum(by_score[starts[-1] :]))


def _facts(candidate: Candidate) -> str:
    """ "Robotics, Oslo, 88 people"."""
    company, people = candidate.company, candidate.company.headcount
    size = f"{counted(people)} people" if people else ""
    return ", ".join(part for part in (company.industry, company.city or company.country, size) if part)


def tally(icp: Icp, candidates: Iterable[Candidate], today: date, saved: Icp = NO_PROFILE) -> Matches:
    """Hold all candidates against a profile at once."""
    counting = Tally(icp, today, saved)
    for candidate in candidates:
        counting.add(candidate)
    return counting.matches()
