"""The pages of one site as one: every value once, with its best evidence, which keeps its page."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace

from leadboard.domain.site.customers import ORDER, merged_customers
from leadboard.domain.site.facts import Found, Organization, PageFacts, Person, SiteFacts
from leadboard.domain.site.people import joined, person_key
from leadboard.domain.site.text import T, bare_name, compact, unique


def read_site(pages: Sequence[PageFacts]) -> SiteFacts:
    """All facts of the pages, best evidence first; equal evidence in the order of the pages."""
    home = next((page for page in pages if page.page_type == "home"), None)
    described = [page for page in (home, *pages) if page and page.description]
    languages = Counter(page.language for page in pages if page.language)
    return SiteFacts(
        pages=tuple(pages),
        languages=tuple(code for code, _ in languages.most_common()),
        description=described[0].description if described else "",
        company_names=_names(pages),
        emails=_found(page.emails for page in pages),
        phones=_found(page.phones for page in pages),
        faxes=_faxes(pages),
        socials=_found(page.socials for page in pages),
        people=_people(pages),
        addresses=_merged((page.addresses for page in pages), lambda one: compact(one.text)),
        organizations=_organizations(pages),
        services=_merged((page.services for page in pages), lambda one: compact(one.name)),
        technologies=_found(page.technologies for page in pages),
        hiring=_found(page.hiring for page in pages),
        news=tuple(
            sorted(
                _merged((page.news for page in pages), lambda one: compact(one.title)),
                key=lambda one: one.date,
                reverse=True,
            )
        ),
        customers=merged_customers(
            sorted((one for page in pages for one in page.customers), key=lambda one: ORDER.index(one.source))
        ),
        testimonials=_merged((page.testimonials for page in pages), lambda one: compact(one.text[:80])),
        founded=_found(page.founded for page in pages),
        headcount=_found(page.headcount for page in pages),
        forms=_found(page.forms for page in pages),
    )


def _merged(groups: Iterable[Iterable[T]], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    items = [item for group in groups for item in group]
    items.sort(key=lambda item: -item.found.confidence)  # type: ignore[attr-defined]
    return unique(items, key)


def _found(groups: Iterable[Iterable[Found]]) -> tuple[Found, ...]:
    items = sorted((item for group in groups for item in group), key=lambda item: -item.confidence)
    return unique(items, lambda item: (item.field, item.value.casefold()))


def _faxes(pages: Sequence[PageFacts]) -> tuple[Found, ...]:
    voice = {found.value for page in pages for found in page.phones}
    return tuple(found for found in _found(page.faxes for page in pages) if found.value not in voice)


def _names(pages: Sequence[PageFacts]) -> tuple[Found, ...]:
    """Names by how surely and on how many pages they are said: a name of every page beats one of a single page."""
    groups: dict[str, list[Found]] = {}
    for page in pages:
        for found in page.company_names:
            groups.setdefault(compact(bare_name(found.value)), []).append(found)
    total = max(len(pages), 1)
    ranked = []
    for group in groups.values():
        best = max(group, key=lambda found: found.confidence)
        share = len({found.url for found in group}) / total
        ranked.append(replace(best, confidence=round(best.confidence * (0.7 + 0.3 * min(share, 1.0)), 3)))
    return tuple(sorted(ranked, key=lambda found: -found.confidence))


def _people(pages: Sequence[PageFacts]) -> tuple[Person, ...]:
    known: dict[str, Person] = {}
    for person in sorted((one for page in pages for one in page.people), key=lambda one: -one.found.confidence):
        key = person_key(person.name)
        known[key] = joined(known[key], person) if key in known else person
    return tuple(known.values())


def _organizations(pages: Sequence[PageFacts]) -> tuple[Organization, ...]:
    """By name; the node that says most stands for the others."""

    def said(one: Organization) -> int:
        return sum(map(bool, (one.url, one.telephone, one.email, one.address, one.same_as, one.contact_points)))

    items = sorted((one for page in pages for one in page.organizations), key=lambda one: -said(one))
    return unique(items, lambda one: compact(one.name))
