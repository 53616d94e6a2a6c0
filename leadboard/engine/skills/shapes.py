"""The types that several skills share (skills sheet, section 2). Empty and None are "not known"."""

from typing import Literal

from pydantic import Field

from leadboard.domain.site import Found, PageFacts
from leadboard.engine.skills.base import Shape
from leadboard.engine.skills.picking import Picked

Texts = tuple[str, ...]
Source = Literal["case_study", "testimonial", "logo", "client_list"]


class Evidence(Shape):
    """The words of a page that a value rests on."""

    value: str
    snippet: str
    url: str


class PageContent(Shape):
    """A page in short. `facts` is all that was read on it, each value with its evidence."""

    url: str
    title: str = ""
    page_type: str = "other"
    headings: Texts = ()
    content_summary: str = Field(default="", max_length=500)
    key_points: Texts = ()
    images_described: Texts = ()
    ctas: Texts = ()
    has_testimonials: bool = False
    has_case_studies: bool = False
    has_client_logos: bool = False
    social_links: dict[str, str] = {}
    facts: PageFacts


class ServiceOffer(Shape):
    """A service on offer; `category` is one of the sheet, `is_primary` when home or services pages head it."""

    name: str
    category: str
    description: str = ""
    is_primary: bool = False
    mentioned_on_pages: Texts = ()


class PortfolioCompany(Shape):
    """A company that the site names as a client, in the site's words.

    `industry_hint` is an industry of the sheet, `place_hint` a country as it is written there (or of the client's
    domain); `snippet` and `url` are where the client is named.
    """

    company_name: str
    company_domain: str = ""
    source: Source
    industry_hint: str = ""
    place_hint: str = ""
    testimonial_person: str = ""
    testimonial_title: str = ""
    testimonial_text: str = ""
    case_study_summary: str = ""
    results_mentioned: Texts = ()
    snippet: str = ""
    url: str = ""


class EnrichedCompany(Shape):
    """A client with what is known of it from outside; `source` says who knows it."""

    company_name: str
    domain: str = ""
    industry: str = ""
    employee_count: int | None = Field(default=None, gt=0)
    employee_range: str = ""
    annual_revenue: float | None = Field(default=None, ge=0)
    location: str = ""
    country: str = ""
    founded_year: int | None = None
    technologies: Texts = ()
    is_hiring: bool | None = None
    linkedin_url: str = ""
    source: str = ""


class IcpProfile(Shape):
    """The profile as the skills propose it."""

    icp_industries: Texts = Field(default=(), max_length=5)
    icp_sizes: Texts = ()
    icp_revenue_ranges: Texts = ()
    icp_locations: Texts = ()
    icp_technologies: Texts = ()
    icp_signals: Texts = ()
    icp_titles: Texts = ()
    icp_pain_points: Texts = ()
    pattern_description: str = ""
    pattern_confidence: float = Field(default=0.0, ge=0, le=1)


def evidence(found: Found, value: str = "") -> Evidence:
    """What a value that was read rests on."""
    return Evidence(value=value or found.value, snippet=found.snippet, url=found.url)


def picked_evidence(one: Picked, value: str = "") -> Evidence:
    """What words that a model pointed at rest on."""
    return Evidence(value=value or one.text, snippet=one.passage, url=one.url)
