"""Skill 3: what the company says it is good for, whom it is for, and in which tone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from leadboard.domain.site import PageFacts, SiteFacts
from leadboard.domain.site.sentences import sentences
from leadboard.domain.site.text import bare_name, compact, unique
from leadboard.domain.vocabulary import claims, tones
from leadboard.engine.skills.base import Answer, Context, Shape, Skill
from leadboard.engine.skills.extract_services import PagesOfCompany
from leadboard.engine.skills.parse_website import site_of
from leadboard.engine.skills.picking import Picked, Wanted
from leadboard.engine.skills.shapes import Evidence, ServiceOffer, Texts, picked_evidence

_MOST = 10
_OWN_WORDS = ("home", "about", "services", "team", "portfolio", "other")
_TAGLINE_WORDS = (3, 12)
_TITLE_PARTS = re.compile(r"\s[|·•»–—-]+\s|:\s")
_LEAST_TONE = 2


class PagesAndServices(PagesOfCompany):
    """The pages of a website, and the services it offers."""

    services: tuple[ServiceOffer, ...] = ()


class ValueProposition(Shape):
    """What the company claims, in its own words. `tone` is one of the sheet, None where too few words tell it."""

    value_proposition: str = ""
    taglines: Texts = ()
    differentiators: Texts = ()
    brand_promises: Texts = ()
    target_audience_hints: Texts = ()
    pains_named: Texts = ()
    tone: str | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


class ExtractValueProp(Skill[PagesAndServices, ValueProposition]):
    """0.8 with a value proposition and an audience, 0.6 with the first alone, 0.3 with other claims, else 0.1."""

    name = "extract_value_prop"
    description = "Collects what a website promises, what sets the company apart, whom it is for and how it speaks."
    given = PagesAndServices
    gives = ValueProposition
    wanted = (
        Wanted("differentiators", "What sets the company apart, a whole sentence"),
        Wanted("brand_promises", "What the company promises its customers, a whole sentence"),
        Wanted("target_audience_hints", "Whom the company says it works for, a whole sentence"),
        Wanted("pains_named", "What hurts its customers, as the company says, a whole sentence"),
    )

    def passages(self, given: PagesAndServices) -> Iterable[tuple[str, str]]:
        """What the company says of itself."""
        return _own_sentences(site_of(given.pages))

    def amended(
        self, given: PagesAndServices, told: ValueProposition, picked: Mapping[str, Sequence[Picked]]
    ) -> ValueProposition:
        """The claims with the sentences that a model found."""
        new = {
            field: unique((*getattr(told, field), *(one.text for one in each)), compact)[:_MOST]
            for field, each in picked.items()
        }
        hints = picked.get("target_audience_hints", ())
        evidence = unique((*told.evidence, *map(picked_evidence, hints)), lambda one: compact(one.value))
        return told.model_copy(update={**new, "evidence": evidence})

    def answer(self, given: PagesAndServices, context: Context) -> Answer[ValueProposition]:
        site = site_of(given.pages)
        said = _own_sentences(site)
        bios = {page.url for page in site.pages if page.page_type == "team"}  # they tell of earlier employers as well
        names = {compact(bare_name(given.company_name)), *(compact(one.name) for one in given.services)}
        taglines = _taglines(site, names)
        main = _main_claim(site, taglines)
        hints = _matching((one for one in said if one[1] not in bios), claims.AUDIENCE)
        sure = _confidence(main, hints, said)
        found = ValueProposition(
            value_proposition=main,
            taglines=taglines,
            differentiators=_texts(_matching(said, claims.DIFFERENCE)),
            brand_promises=_texts(_matching(said, claims.PROMISE)),
            target_audience_hints=_texts(hints),
            pains_named=_texts(_matching(said, claims.PAIN)),
            tone=_tone(site),
            confidence=sure,
            evidence=tuple(Evidence(value=text, snippet=text, url=url) for text, url in hints),
        )
        return Answer(found, sure)


_Said = tuple[str, str]
"""A sentence and the page it stands on."""


def _own_sentences(site: SiteFacts) -> tuple[_Said, ...]:
    """What the company says of itself: not its customers' words, nor its news."""
    praise = compact(" ".join(quote.text for quote in site.testimonials))
    pages = sorted((page for page in site.pages if page.page_type in _OWN_WORDS), key=_rank)
    said = ((text, page.url) for page in pages for text in _texts_of(page) if compact(text) not in praise)
    return unique(said, lambda one: one[0].casefold())


def _rank(page: PageFacts) -> int:
    return _OWN_WORDS.index(page.page_type)


def _texts_of(page: PageFacts) -> Iterator[str]:
    for text in (page.title, page.description, page.text):
        yield from sentences(text)


def _matching(said: Iterable[_Said], claim: re.Pattern[str]) -> tuple[_Said, ...]:
    return tuple(one for one in said if claim.search(one[0]))[:_MOST]


def _texts(said: Iterable[_Said]) -> Texts:
    return tuple(text for text, _ in said)


def _taglines(site: SiteFacts, names: set[str]) -> Texts:
    """The short lines of the home page's title and first headings that are no name of the company or of a service."""
    home = [page for page in site.pages if page.page_type == "home"][:1] or list(site.pages[:1])
    least, most = _TAGLINE_WORDS
    lines = (line for page in home for line in (*_top(page), *_TITLE_PARTS.split(page.title)))
    kept = (
        line.strip()
        for line in lines
        if least <= len(line.split()) <= most and not any(compact(line) == name for name in names)
    )
    return unique(kept, compact)[:_MOST]


def _top(page: PageFacts) -> Iterator[str]:
    first = next((heading.text for heading in page.headings if heading.level == 1), "")
    second = (heading.text for heading in page.headings if heading.level == 2)
    yield first
    yield from filter(claims.AUDIENCE.search, second)


def _main_claim(site: SiteFacts, taglines: Sequence[str]) -> str:
    """The first sentence of the site's own description, else its first tagline."""
    return next((text for text in sentences(site.description) if len(text.split()) > _LEAST_TONE), "") or next(
        iter(taglines), ""
    )


def _tone(site: SiteFacts) -> str | None:
    """The tone whose words are used most, where at least two different ones are."""
    used: dict[str, Counter[str]] = {}
    for page in site.pages:
        for hit in tones.LEXICON.hits(page.text):
            used.setdefault(hit.key, Counter())[hit.phrase.casefold()] += 1
    telling = {tone: words for tone, words in used.items() if len(words) >= _LEAST_TONE}
    return max(telling, key=lambda tone: (len(telling[tone]), telling[tone].total(), tone), default=None)


def _confidence(main: str, hints: Sequence[_Said], said: Sequence[_Said]) -> float:
    if main:
        return 0.8 if hints else 0.6
    return 0.3 if hints or _matching(said, claims.DIFFERENCE) or _matching(said, claims.PROMISE) else 0.1
