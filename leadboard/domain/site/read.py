"""One page's bytes to its facts. Nothing here trusts a word of the page; it only says what stands there."""

import re

from leadboard.domain.site import (
    addresses,
    company,
    customers,
    emails,
    forms,
    guard,
    page_type,
    people,
    phones,
    regions,
    services,
    signals,
    socials,
    structured,
    technologies,
)
from leadboard.domain.site.decode import decode
from leadboard.domain.site.dom import Page, open_page
from leadboard.domain.site.facts import PageFacts
from leadboard.domain.site.text import unique

_CALL = re.compile(
    r"^(?:get|book|request|contact|call|schedule|start|try|buy|order|sign up|subscribe|download|learn"
    r"|talk|join|apply|shop|jetzt|kontakt|anfrage|reserv)\b",
    re.IGNORECASE,
)
_MOST_CTAS = 12
_MOST_IMAGES = 40


def read_page(html: bytes | str, url: str, region: str | None = None, *, charset: str | None = None) -> PageFacts:
    """Everything a page says. `region` is the country the caller believes in (ISO, "US"), `charset` the HTTP header's.

    Raises Refused (`unreadable_page`) for input over 2 MB, input that is no text, and markup that would stall a parser.
    May take long on hostile input all the same: call it in a process that can be killed (`engine/parse_pool.py`).
    """
    if isinstance(html, bytes):
        guard.check_bytes(html)
        html = decode(html, charset)
    else:
        guard.check_bytes(html.encode("utf-8", "replace"))
        html = html.replace("\0", "")
    guard.check_markup(html)
    return _facts(open_page(html, url), region)


def _facts(page: Page, region: str | None) -> PageFacts:
    nodes = structured.nodes(page)
    organizations = structured.organizations(page, nodes)
    countries = regions.regions(page, region)
    kind = page_type.page_type(page)
    names = company.company_names(page, organizations)
    voice, fax = phones.phones(page, organizations, countries)
    named = people.people(page, nodes, countries)
    quotes = customers.testimonials(page)
    return PageFacts(
        url=page.url,
        title=page.title,
        description=page.meta.get("description") or page.meta.get("og:description") or "",
        page_type=kind,
        language=page.language[:2].lower(),
        regions=countries,
        headings=page.headings,
        navigation=_navigation(page),
        ctas=_calls(page),
        text=_main_text(page),
        links=page.links,
        company_names=names,
        emails=emails.emails(page, organizations),
        phones=voice,
        faxes=fax,
        socials=socials.socials(page, organizations),
        people=named,
        addresses=addresses.addresses(page, nodes),
        organizations=organizations,
        services=services.services(page, kind),
        technologies=technologies.technologies(page),
        hiring=signals.hiring(page, kind, nodes),
        news=signals.news(page, kind, nodes),
        customers=customers.customers(page, kind, names[0].value if names else "", quotes),
        testimonials=quotes,
        founded=signals.founded(page, nodes),
        headcount=signals.headcount(page, kind, named, nodes),
        forms=forms.forms(page),
        images=unique((image.alt for image in page.images if image.alt), str.casefold)[:_MOST_IMAGES],
    )


def _navigation(page: Page) -> tuple[str, ...]:
    """The words of the site's menu, in order."""
    zones = ("nav", "header") if any(link.zone == "nav" for link in page.links) else ("header",)
    texts = (link.text for link in page.links if link.zone in zones and link.same_site and 0 < len(link.text) < 60)
    return unique(texts, str.casefold)[:60]


def _calls(page: Page) -> tuple[str, ...]:
    """What the page asks its reader to do."""
    texts = (link.text for link in page.links if len(link.text) < 40 and _CALL.match(link.text))
    return unique(texts, str.casefold)[:_MOST_CTAS]


def _main_text(page: Page) -> str:
    """Visible text without menus, footers and lists of links; all of it when nothing else is there."""
    kept = [line.text for line in page.lines if line.zone == "main" and line.linked < 0.7 and not line.hidden]
    if sum(map(len, kept)) < 200:
        kept = [line.text for line in page.lines if not line.hidden]
    return "\n".join(unique(kept, str))
