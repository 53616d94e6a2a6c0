"""The ICP score of a person, scored offline by rules (scoring sheet, section 6)."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from leadboard.domain.company import Company, Person
from leadboard.domain.fit import icp_fit
from leadboard.domain.icp import Icp
from leadboard.domain.receipt import round_half_up, tidy
from leadboard.domain.titles import MAX_AUTHORITY, authority

SCORER = "rules-1"
"""Stored with each score made here; a scorer by a model has another name and the same signature."""


@dataclass(frozen=True)
class IcpScore:
    """The score 0 to 100 of a person in a workspace; `confidence` is high, medium or low, `scored_at` is UTC."""

    score: int
    reasoning: str
    confidence: str
    scored_at: datetime
    icp_version: int
    scorer: str

    def to_data(self) -> dict[str, Any]:
        """The score as JSON, in the shape of the fields; the moment in ISO 8601."""
        return asdict(self) | {"scored_at": self.scored_at.isoformat()}


@dataclass(frozen=True)
class Subject:
    """Who is scored against which version of the profile; `website_read`: whether the company's site gave anything."""

    person: Person
    company: Company
    icp: Icp
    icp_version: int
    website_read: bool = False


def score(subject: Subject, now: datetime) -> IcpScore:
    """Score one person: 70 % how the company fits the profile, 30 % the authority of the title."""
    fit = icp_fit(subject.company, subject.icp)
    title = authority(subject.person.title)
    named = f"“{subject.person.title}”" if subject.person.title else "No known title"
    return IcpScore(
        score=round_half_up(0.7 * fit + 0.3 * title.points / MAX_AUTHORITY * 100),
        reasoning=f"The company fits the ICP by {tidy(fit)} of 100. {named} gives an authority of "
        f"{title.points} of {MAX_AUTHORITY}.",
        confidence=confidence(subject),
        scored_at=now,
        icp_version=subject.icp_version,
        scorer=SCORER,
    )


def confidence(subject: Subject) -> str:
    """How much the score rests on: person, company and website data, all three, two, or fewer."""
    person, company = subject.person, subject.company
    known = (
        bool(person.title or person.email or person.linkedin),
        bool(company.industry or company.headcount or company.places),
        subject.website_read,
    )
    return {3: "high", 2: "medium"}.get(sum(known), "low")


def already_scored(scored_version: int | None, icp_version: int) -> bool:
    """Whether a stored score still counts: it was made under the profile's current version."""
    return scored_version == icp_version
