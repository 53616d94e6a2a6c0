"""What an agent is given, what it gives back, and how its statements carry their evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from leadboard.domain.company import Company
from leadboard.domain.icp import Icp
from leadboard.domain.site import SiteFacts
from leadboard.engine.agents.writing import Section, Writing

IMPORT = "import"
"""The source of a statement that rests on the imported list; its snippet stands in a field of the lead."""

ICP = "icp"
"""The source of a statement that rests on the workspace's profile; its snippet is one of the profile's entries."""

WORKSPACE = "workspace"
"""The source of a statement that rests on what the workspace says of itself; its snippet is one of its offers."""


class Unable(Exception):
    """An agent cannot do its work: the section keeps the sentence as its error, the pipeline goes on."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class LeadFacts:
    """What the list and earlier work say about a company. Empty and None are "not known".

    `value` is in minor units of the workspace's currency.
    """

    name: str = ""
    domain: str = ""
    website: str = ""
    what: str = ""
    description: str = ""
    industry: str = ""
    headcount_min: int | None = None
    headcount_max: int | None = None
    city: str = ""
    state: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    linkedin: str = ""
    founded_year: int | None = None
    technologies: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_hiring: bool | None = None
    funding_stage: str = ""
    funding_date: date | None = None
    value: int | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What the list says about the company in words, the shortest text first."""
        return tuple(text for text in (self.what, self.description) if text.strip())

    @property
    def place(self) -> str:
        """Where the company is, in one line."""
        return ", ".join(filter(None, (self.city, self.state, self.country)))

    def company(self) -> Company:
        """The company as scoring reads it."""
        return Company(
            industry=self.industry,
            headcount_min=self.headcount_min,
            headcount_max=self.headcount_max,
            country=self.country,
            state=self.state,
            city=self.city,
            description=self.description or self.what,
            tags=self.tags,
            technologies=self.technologies,
            is_hiring=self.is_hiring,
            funding_date=self.funding_date,
        )


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person of the company as the imported list names them; what is not known is empty."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""
    linkedin: str = ""

    @property
    def text(self) -> str:
        """The person in one line, as it is quoted."""
        return ", ".join(filter(None, (self.name, self.title, self.email, self.phone, self.linkedin)))


@dataclass(frozen=True, slots=True)
class SenderProfile:
    """Who writes: the workspace's name, what it offers in its own words, and who signs. Empty is "not known"."""

    name: str = ""
    offers: tuple[str, ...] = ()
    signer: str = ""


@dataclass(frozen=True)
class Known:
    """All that an agent may look at. `sections` is what earlier agents produced, as `package.merge` gives it.

    `lead` and `people` are the word of the list: what an earlier run read on the website does not belong there.
    `site` is None when the website could not be read; `site_error` then is the sentence that says why.
    """

    lead: LeadFacts
    today: date
    site: SiteFacts | None = None
    site_error: str = ""
    icp: Icp | None = None
    sender: SenderProfile = SenderProfile()
    people: tuple[ListedPerson, ...] = ()
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def company_name(self) -> str:
        """The name in the list, else the one on the website, else the domain."""
        return self.lead.name or (self.site.company_name if self.site else "") or self.lead.domain

    def section(self, name: str) -> Mapping[str, Any]:
        """A section of an earlier agent, empty when there is none."""
        return self.sections.get(name, {})

    def items(self, name: str, key: str) -> list[Any]:
        """A list inside a section of an earlier agent, empty when there is none."""
        return list(self.section(name).get(key) or ())

    @property
    def analysis(self) -> Mapping[str, Any]:
        """What lead_analysis found, empty before it ran or when it failed."""
        return self.section("analyzed_lead").get("analysis") or {}


class Agent(Protocol):
    """One of the 18 workers. `run` is pure and quick, and raises `Unable` when it cannot do its work; `writing` is how
    a model may write in what it came to, None where there is nothing to write."""

    @property
    def id(self) -> str: ...

    @property
    def writing(self) -> Writing | None: ...

    def run(self, known: Known) -> Section: ...
