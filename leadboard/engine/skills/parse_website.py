"""Skill 1: what kind of pages a website has and who is behind it."""

from collections.abc import Iterator, Sequence

from pydantic import model_validator

from leadboard.domain.site import Found, PageFacts, SiteFacts, read_page, read_site
from leadboard.domain.site.dom import host_of, registrable
from leadboard.domain.site.sentences import sentences
from leadboard.domain.site.text import unique
from leadboard.domain.vocabulary import claims
from leadboard.engine.skills.base import Answer, Context, Shape, Skill
from leadboard.engine.skills.shapes import Evidence, PageContent, Texts, evidence
from leadboard.errors import Refused

_SUMMARY = 500
_MOST_POINTS = 12
_CLAIMS = (claims.AUDIENCE, claims.PROMISE, claims.DIFFERENCE, claims.RESULT)


class Website(Shape):
    """A website as HTML: its start page, and further pages as `page_html` in the order of `page_urls`.

    Pages that were read elsewhere (in a process that can be killed) come as `read` instead.
    """

    url: str
    html: str = ""
    page_urls: Texts = ()
    page_html: Texts = ()
    read: tuple[PageFacts, ...] = ()

    @model_validator(mode="after")
    def _complete(self) -> "Website":
        if self.page_html and len(self.page_html) != len(self.page_urls):
            raise ValueError("page_html has a text for each of page_urls, or none")
        return self


class ContactInfo(Shape):
    """How to reach the company, each value as read; phones in E.164."""

    emails: Texts = ()
    phones: Texts = ()
    addresses: Texts = ()


class ParsedWebsite(Shape):
    """Who is behind a website, and its pages. `unread` says of each page that could not be read why."""

    company_name: str
    domain: str
    navigation: Texts
    pages: tuple[PageContent, ...]
    meta_description: str
    social_links: Texts
    contact_info: ContactInfo
    unread: Texts = ()
    evidence: tuple[Evidence, ...] = ()


class ParseWebsite(Skill[Website, ParsedWebsite]):
    """As sure as the name of the company is."""

    name = "parse_website"
    description = "Reads a website's pages: who is behind it, what kind of pages there are and what each says in short."
    given = Website
    gives = ParsedWebsite

    def answer(self, given: Website, context: Context) -> Answer[ParsedWebsite]:
        pages, unread = _pages(given)
        if not pages:
            raise Refused(unread[0] if unread else "No page was given. Give the HTML of a page or pages already read.")
        site = read_site(pages)
        named = site.company_names[:1]
        parsed = ParsedWebsite(
            company_name=site.company_name,
            domain=registrable(host_of(given.url)),
            navigation=unique((word for page in pages for word in page.navigation), str.casefold),
            pages=tuple(map(page_content, pages)),
            meta_description=site.description,
            social_links=tuple(found.value for found in site.socials),
            contact_info=ContactInfo(
                emails=_values(site.emails), phones=_values(site.phones), addresses=_addresses(site)
            ),
            unread=unread,
            evidence=tuple(map(evidence, named)),
        )
        return Answer(parsed, named[0].confidence if named else 0.0)


def page_content(facts: PageFacts) -> PageContent:
    """A page in short, out of what was read on it."""
    logos = [one for one in facts.customers if one.source == "logo"]
    return PageContent(
        url=facts.url,
        title=facts.title,
        page_type=facts.page_type,
        headings=tuple(heading.text for heading in facts.headings),
        content_summary=_summary(facts),
        key_points=_key_points(facts),
        images_described=facts.images,
        ctas=facts.ctas,
        has_testimonials=bool(facts.testimonials),
        has_case_studies=facts.page_type == "case_studies" or any(c.source == "case_study" for c in facts.customers),
        has_client_logos=bool(logos),
        social_links={found.field: found.value for found in reversed(facts.socials)},
        facts=facts,
    )


def site_of(pages: Sequence[PageContent]) -> SiteFacts:
    """All that was read on the pages, merged: every value once with its best evidence."""
    return read_site(tuple(page.facts for page in pages))


def _pages(given: Website) -> tuple[tuple[PageFacts, ...], Texts]:
    """The pages that can be read, and why the others cannot."""
    if given.read:
        return given.read, ()
    read, unread = [], []
    for url, html in _documents(given):
        try:
            read.append(read_page(html, url))
        except Refused as refused:
            unread.append(f"{url}: {refused.sentence}")
    return tuple(read), tuple(unread)


def _documents(given: Website) -> Iterator[tuple[str, str]]:
    if given.html:
        yield given.url, given.html
    yield from zip(given.page_urls, given.page_html, strict=False)


def _summary(facts: PageFacts) -> str:
    """The page's own description, else the beginning of its text, cut at a word."""
    text = facts.description or " ".join(facts.text.split("\n"))
    return text if len(text) <= _SUMMARY else text[:_SUMMARY].rpartition(" ")[0] or text[:_SUMMARY]


def _key_points(facts: PageFacts) -> Texts:
    points = (one for one in sentences(facts.text) if any(claim.search(one) for claim in _CLAIMS))
    return unique(points, str.casefold)[:_MOST_POINTS]


def _values(found: Sequence[Found]) -> Texts:
    return tuple(one.value for one in found)


def _addresses(site: SiteFacts) -> Texts:
    return tuple(one.text for one in site.addresses)
