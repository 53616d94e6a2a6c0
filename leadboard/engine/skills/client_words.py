"""What a site says of one of its clients: the lines that name it, its case study, its own words."""

import re
from collections.abc import Iterable, Iterator

from leadboard.domain.industry_words import clearest_industry, industry_of_name
from leadboard.domain.places import country_name
from leadboard.domain.site import Customer, PageFacts, SiteFacts, Testimonial
from leadboard.domain.site.regions import country_names, domain_region
from leadboard.domain.site.sentences import sentences
from leadboard.domain.site.text import compact, snippet, unique
from leadboard.domain.vocabulary.claims import RESULT
from leadboard.domain.words import mentions

_STUDIES = ("case_studies", "portfolio")
_LABEL = re.compile(r"^(?:industry|sector|client type|branche)\s?[:–-]\s?(?P<value>.{2,60})$", re.IGNORECASE)
_LABEL_ALONE = re.compile(r"^(?:industry|sector|branche)\s?:?$", re.IGNORECASE)
_MOST_LINES = 40
_MOST_RESULTS = 5
_SHORT = 3
_ALONE = 2
_SENTENCE = 4


class ClientWords:
    """What the site says of one client."""

    def __init__(self, customer: Customer, site: SiteFacts) -> None:
        self.customer = customer
        self.study = _study(customer, site)
        self.quote = _quote(customer, site)
        self.lines = tuple(_lines(customer, site))[:_MOST_LINES]

    def industry(self, offered: frozenset[str]) -> str:
        """The client's industry as its name and these words tell it, empty when they do not. `offered` are the trades
        of the site's own services: they say nothing about a client."""
        named = industry_of_name(self.customer.name)
        said = (*self._of_study(), *self.lines)
        return clearest_industry(_labels(self.study)) or named or clearest_industry(said, offered)

    def place(self) -> str:
        """A country that is said with the client, as it is written, else that of its domain, else empty."""
        for line in (*self._of_study(), *self.lines):
            if named := country_names(line):
                return named[0]
        region = domain_region(f"https://{self.customer.domain}/") if self.customer.domain else ""
        return country_name(region) if region else ""

    def summary(self) -> str:
        """The case study's description, else its first paragraph; empty without one."""
        if not self.study:
            return ""
        lines = (line for line in self.study.text.split("\n") if len(line.split()) > 6)
        return snippet(self.study.description or next(lines, ""))

    def results(self) -> tuple[str, ...]:
        """Sentences with a figure of what came of the work."""
        texts = (self.quote.text if self.quote else "", *self._of_study(), *self.lines)
        said = (one for text in texts for one in sentences(text) if RESULT.search(one))
        return unique(said, compact)[:_MOST_RESULTS]

    def _of_study(self) -> tuple[str, ...]:
        if not self.study:
            return ()
        return (self.study.title, self.study.description, *self.study.text.split("\n")[:_MOST_LINES])


def _study(customer: Customer, site: SiteFacts) -> PageFacts | None:
    """The page of its own that the client has on the site."""
    key = compact(customer.name)
    studies = (page for page in site.pages if page.page_type in _STUDIES)
    return next((page for page in studies if _names(page.url.rstrip("/").rpartition("/")[2], key)), None)


def _names(slug: str, key: str) -> bool:
    """Whether the last part of an address names a company; a short name has to be all of it."""
    return key == compact(slug) or (len(key) > _SHORT and key in compact(slug))


def _quote(customer: Customer, site: SiteFacts) -> Testimonial | None:
    """What the client is quoted with."""
    key = compact(customer.name)
    return next((quote for quote in site.testimonials if quote.company and compact(quote.company) == key), None)


def _lines(customer: Customer, site: SiteFacts) -> Iterator[str]:
    """The lines that name the client, of long ones the part that does, and the sentence below one that is its name
    alone."""
    name = customer.name.casefold()
    for page in site.pages:
        if name not in page.text.casefold():
            continue
        lines = page.text.split("\n")
        for at, line in enumerate(lines):
            start = line.casefold().find(name)
            said = snippet(line, start, start + len(name)) if start >= 0 else ""
            if said and mentions(said, customer.name):
                yield said
                if len(line) <= len(name) + _ALONE:
                    yield from (below for below in lines[at + 1 : at + 2] if len(below.split()) >= _SENTENCE)


def _labels(study: PageFacts | None) -> Iterator[str]:
    """What a case study says under "Industry"."""
    lines: Iterable[str] = study.text.split("\n") if study else ()
    before = ""
    for line in lines:
        if found := _LABEL.match(line):
            yield found["value"]
        elif _LABEL_ALONE.match(before):
            yield line[:60]
        before = line
