"""Which services a search asks for companies, in which order, and why: the most particular ones come first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from leadboard.domain.discovery import MOST_PAGES
from leadboard.domain.found import Search
from leadboard.domain.places import country_codes
from leadboard.domain.services import Service, Task
from leadboard.domain.vocabulary.trades import trades_in

NOT_SET_UP = "It is not set up. An admin adds its key under Providers."

Why = Callable[[Search], str]


@dataclass(frozen=True, slots=True)
class Source:
    """A service that finds companies: `why` says why it is asked, or why it is not."""

    service: Service
    asked: bool
    why: str

    @property
    def micros(self) -> int:
        """What a page costs at most, in millionths of a US dollar."""
        offer = self.service.offer(Task.COMPANIES)
        return offer.micros if offer else 0


def cost_range(chosen: Iterable[Source]) -> tuple[int, int]:
    """What a search costs in millionths of a US dollar: with a page of each source, and with as many as it may ask."""
    page = sum(source.micros for source in chosen if source.asked)
    return page, MOST_PAGES * page


@dataclass(frozen=True, slots=True)
class _Rule:
    """`why` gives the reason to ask, "" when there is none, which `unless` then explains; of the sources that know the
    `same`, only the first is asked."""

    service: str
    why: Why
    unless: str = ""
    same: str = ""


def sources(search: Search, services: Iterable[Service], can_ask: Callable[[Service], bool]) -> tuple[Source, ...]:
    """Every service that finds companies: those to ask in their order, then the others."""
    known = {service.name: service for service in services if service.offer(Task.COMPANIES)}
    rules = [rule for rule in _RULES if rule.service in known]
    rules += [_Rule(name, _general) for name in known if name not in _NAMES]
    asked_for: dict[str, Service] = {}
    found = [_source(rule, known[rule.service], search, can_ask, asked_for) for rule in rules]
    return tuple(sorted(found, key=lambda source: not source.asked))


def _source(
    rule: _Rule, service: Service, search: Search, can_ask: Callable[[Service], bool], asked_for: dict[str, Service]
) -> Source:
    why = rule.why(search)
    if not why:
        return Source(service, False, rule.unless)
    if not can_ask(service):
        return Source(service, False, NOT_SET_UP)
    if rule.same and rule.same in asked_for:
        return Source(service, False, f"{asked_for[rule.same].label} is asked, and knows the same.")
    if rule.same:
        asked_for[rule.same] = service
    return Source(service, True, why)


def _trials(search: Search) -> str:
    return f"Companies that lead clinical trials on {_any(search.specialities)}." if search.specialities else ""


def _on_map(search: Search) -> str:
    trades = [trade.name.lower() for trade in trades_in(search.industries) if trade.tags]
    return (
        f"Local businesses on the map: {_any(trades)} in {_any(_towns(search))}." if _towns(search) and trades else ""
    )


def _local(search: Search) -> str:
    trades = [trade.name.lower() for trade in trades_in(search.industries)]
    return f"Local businesses: {_any(trades)} in {_any(_towns(search))}." if _towns(search) and trades else ""


def _british(search: Search) -> str:
    trades = [trade.name.lower() for trade in trades_in(search.industries) if trade.sic]
    here = _is_in(search, "GB") or _only_towns(search)
    return f"The British register, by trade: {_any(trades)}." if trades and here else ""


def _american(search: Search) -> str:
    about = search.specialities or search.industries
    here = not search.places or _is_in(search, "US") or _only_towns(search)
    return f"American companies whose filings speak of {_any(about)}." if about and here else ""


def _notable(search: Search) -> str:
    return f"Notable companies in {_any(search.industries)}." if search.industries else ""


def _general(search: Search) -> str:
    if about := (*search.industries, *search.specialities):
        return f"Knows companies by what they do: {_any(about)}."
    if search.places or search.headcount_min or search.headcount_max:
        return "Knows companies by place and size."
    return ""


_NOTHING = "The profile names neither an industry, a place nor a size."
_NOT_LOCAL = "It finds local trades in a town, and the profile names no such trade, or no town."

_RULES: Final[tuple[_Rule, ...]] = (
    _Rule("clinicaltrials", _trials, "The profile names no therapeutic area and no modality."),
    _Rule("overpass", _on_map, _NOT_LOCAL),
    _Rule("places", _local, _NOT_LOCAL, "google maps"),
    _Rule("apify", _local, _NOT_LOCAL, "google maps"),
    _Rule("places_legacy", _local, _NOT_LOCAL, "google maps"),
    _Rule("companies_house", _british, "It knows British companies by trade, and the profile asks for others."),
    _Rule("sec_edgar", _american, "It knows American companies that file reports, and the profile asks for others."),
    _Rule("apollo", _general, _NOTHING),
    _Rule("wikidata", _notable, "It knows companies by industry, and the profile names none."),
    _Rule("prospeo", _general, _NOTHING),
    _Rule("ai_ark", _general, _NOTHING),
    _Rule("clay", _general, _NOTHING),
)
_NAMES: Final[Mapping[str, _Rule]] = {rule.service: rule for rule in _RULES}


def _towns(search: Search) -> list[str]:
    """The places that are no countries and no groups of them: towns, counties, states."""
    return [place for place in search.places if not country_codes(place)]


def _only_towns(search: Search) -> bool:
    """Whether no country is named at all, so that the towns may lie in any."""
    return bool(search.places) and len(_towns(search)) == len(search.places)


def _is_in(search: Search, code: str) -> bool:
    return any(code in country_codes(place) for place in search.places)


def _any(names: Iterable[str], shown: int = 3) -> str:
    """Any of these, in words: "oncology, CNS or 2 more"."""
    first = list(dict.fromkeys(names))
    listed, more = first[:shown], len(first) - shown
    if more > 0:
        return f"{', '.join(listed)} or {more} more"
    return " or ".join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))
