"""Skill 6: how many people the company has. A number is read, never invented."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import Field

from leadboard.domain.evidence.numbers import numbers
from leadboard.domain.site import Address, Found, PageFacts, Person, SiteFacts, read_site
from leadboard.domain.site.people import person_key
from leadboard.domain.site.text import compact, snippet, unique
from leadboard.domain.vocabulary.lexicon import Lexicon, phrases
from leadboard.domain.vocabulary.sizes import size_range
from leadboard.engine.skills.base import Answer, Context, Shape, Skill
from leadboard.engine.skills.picking import Picked, Wanted, texts_of
from leadboard.engine.skills.shapes import Evidence, PageContent, Texts, evidence, picked_evidence

_LINKEDIN, _STATED, _COUNTED, _INDIRECT, _NONE = 0.95, 0.90, 0.80, 0.55, 0.20
_SURE_PERSON = 0.6
_FEWEST_COUNTED = 3
_SAYS_ITSELF = ("about", "team", "home", "careers", "contact", "services", "other")
_WORDS = Lexicon(
    {
        "solo": phrases(
            "sole trader, one man band, one woman band, one person business, solo practitioner, freelancer"
        ),
        "small": phrases(
            "small team, small agency, boutique agency, boutique studio, small but mighty, close knit team"
        ),
    }
)
_NUMBER = re.compile(r"\d{1,3}(?:[,.]\d{3}){1,2}(?![\d,.])|\d{1,7}(?![\d,.])", re.ASCII)
_LEADERS = re.compile(r"leader|manage|executive|\bboard\b|advisor|director", re.IGNORECASE)
"""Pages that show who leads, not everybody who works there."""
_FIRST_PERSON = re.compile(r"\b(?:i|i['’]m|we|we['’]re|our|us)\b", re.IGNORECASE)


class LinkedIn(Shape):
    """What the company's LinkedIn profile says."""

    employee_count: int | None = Field(None, gt=0)


class PagesAboutPeople(Shape):
    """The pages that tell of the people. `all_pages` may hold the other two again."""

    about_page: PageContent | None = None
    team_page: PageContent | None = None
    all_pages: tuple[PageContent, ...] = ()
    linkedin_data: LinkedIn | None = None


class CompanySize(Shape):
    """`team_size` is None when no number is known; `size_range` then may rest on words alone."""

    team_size: int | None = None
    size_range: str | None = None
    confidence: float = _NONE
    evidence: tuple[Evidence, ...] = ()
    years_in_business: int | None = None
    office_locations: Texts = ()


class EstimateCompanySize(Skill[PagesAboutPeople, CompanySize]):
    """LinkedIn 0.95, a stated number 0.90, people of a team page 0.80, words 0.55, nothing 0.20."""

    name = "estimate_company_size"
    description = "Tells how many people a company has, since when it exists and where its offices are."
    given = PagesAboutPeople
    gives = CompanySize
    wanted = (Wanted("team_size", "The company's own words for how many people work there, with the number", 1),)

    def passages(self, given: PagesAboutPeople) -> Iterable[tuple[str, str]]:
        """What the pages about the company say that has a number in it."""
        return ((text, url) for text, url in texts_of(_pages(given)) if numbers(text))

    def amended(
        self, given: PagesAboutPeople, told: CompanySize, picked: Mapping[str, Sequence[Picked]]
    ) -> CompanySize:
        """The size that a model found stated, where the rules found none; less sure than a number the rules read."""
        one = next(iter(picked.get("team_size", ())), None)
        people = next((int(value) for number in numbers(one.text) for value in number.readings), 0) if one else 0
        if one is None or told.team_size is not None or people < 1:
            return told
        told_by = (picked_evidence(one, str(people)),)
        size = {"team_size": people, "size_range": size_range(people), "confidence": _INDIRECT, "evidence": told_by}
        return told.model_copy(update=size)

    def answer(self, given: PagesAboutPeople, context: Context) -> Answer[CompanySize]:
        site = read_site(_pages(given))
        people, key, sure, told = _size(given, site)
        size = CompanySize(
            team_size=people,
            size_range=key,
            confidence=sure,
            evidence=told,
            years_in_business=_years(site, context.today.year),
            office_locations=_offices(site),
        )
        return Answer(size, sure)


_Size = tuple[int | None, str | None, float, tuple[Evidence, ...]]


def _pages(given: PagesAboutPeople) -> tuple[PageFacts, ...]:
    """Every page once; the customers' pages and news do not tell of the company's own people."""
    pages = [page.facts for page in (given.about_page, given.team_page, *given.all_pages) if page]
    own = sorted((page for page in pages if page.page_type in _SAYS_ITSELF), key=_rank)
    return unique(own, lambda page: page.url)


def _rank(page: PageFacts) -> int:
    return _SAYS_ITSELF.index(page.page_type)


def _size(given: PagesAboutPeople, site: SiteFacts) -> _Size:
    """By the best evidence there is."""
    if given.linkedin_data and (count := given.linkedin_data.employee_count):
        told = Evidence(value=str(count), snippet=str(count), url="linkedin")
        return count, size_range(count), _LINKEDIN, (told,)
    if stated := _stated(site):
        people, found = stated
        return people, size_range(people), _STATED, (evidence(found),)
    if counted := _team(given, site):
        told = tuple(evidence(one.found) for one in counted)
        return len(counted), size_range(len(counted)), _COUNTED, told
    if words := next(_told_in_words(site), None):
        key, told = words
        return None, key, _INDIRECT, (told,)
    return None, None, _NONE, ()


def _stated(site: SiteFacts) -> tuple[int, Found] | None:
    """The number of people that the company states, "50+" and "10-20" by their first number."""
    for one in site.headcount:
        number = _NUMBER.match(one.value)
        people = int(re.sub(r"\D", "", number[0])) if number else 0
        if people and one.method != "team_count":
            return people, one
    return None


def _team(given: PagesAboutPeople, site: SiteFacts) -> Sequence[Person]:
    """The people of the team pages, each once, without customers who are quoted there."""
    quoted = {person_key(quote.person) for quote in site.testimonials if quote.person}
    pages = [
        page for page in site.pages if page.page_type == "team" and not _LEADERS.search(f"{page.url} {page.title}")
    ]
    if given.team_page:
        pages.append(given.team_page.facts)
    people = (one for page in pages for one in page.people if _belongs(one, page))
    team = unique((one for one in people if person_key(one.name) not in quoted), lambda one: person_key(one.name))
    return team if len(team) >= _FEWEST_COUNTED else ()


def _belongs(person: Person, page: PageFacts) -> bool:
    """Read as a person of the team, or headed by the name alone, whatever the title below it is."""
    name = compact(person.name)
    return person.found.confidence >= _SURE_PERSON or any(compact(heading.text) == name for heading in page.headings)


def _told_in_words(site: SiteFacts) -> Iterator[tuple[str, Evidence]]:
    """The range that the company's words about itself speak of."""
    for page in site.pages:
        for line in page.text.split("\n"):
            for hit in _WORDS.hits(line):
                if _FIRST_PERSON.search(line):
                    yield hit.key, Evidence(value=hit.phrase, snippet=snippet(line, hit.start, hit.end), url=page.url)


def _years(site: SiteFacts, this_year: int) -> int | None:
    founded = next((int(found.value) for found in site.founded if int(found.value) <= this_year), None)
    return None if founded is None else this_year - founded


def _offices(site: SiteFacts) -> Texts:
    return unique(filter(None, map(_office, site.addresses)), compact)


def _office(address: Address) -> str:
    """Town, region and country, as the page has them."""
    return ", ".join(filter(None, (address.city, address.region, address.country)))
