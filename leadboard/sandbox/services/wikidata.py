"""The query service of Wikidata in the demo world: its larger companies, with their industries, towns and countries."""

from collections.abc import Iterator
from functools import lru_cache

from leadboard.domain.places import country_name
from leadboard.domain.vocabulary.industries import INDUSTRIES
from leadboard.sandbox.names import CITIES, SECTORS, City, Sector
from leadboard.sandbox.services.agents import identified
from leadboard.sandbox.services.base import SLOW, Api, Asked, Reply
from leadboard.sandbox.sparql import LABEL, PREFIXES, Graph, Malformed, Term, answer
from leadboard.sandbox.world import Company, World

_ALIAS = f"{PREFIXES['skos']}altLabel"
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
_MOMENT = "http://www.w3.org/2001/XMLSchema#dateTime"
_SECTORS, _TOWNS, _REGIONS, _COUNTRIES = 980_000_000, 981_000_000, 982_000_000, 983_000_000
"""Where the numbers of things begin that are no companies."""

Statements = Iterator[tuple[Term, str, Term]]


def sparql(asked: Asked) -> Reply:
    """What the graph says to a question, sent as a form or in the address."""
    query = asked.form.get("query") or asked.query.get("query", "")
    try:
        found = answer(query, graph(asked.world))
    except Malformed as error:
        return Reply(400, f"MalformedQueryException: {error}")
    return Reply(200, found.json, {"Content-Type": "application/sparql-results+json;charset=utf-8"})


@lru_cache(maxsize=4)
def graph(world: World) -> Graph:
    """Everything that Wikidata says of a world."""
    return Graph(_statements(world))


def _statements(world: World) -> Statements:
    for kind in ("Q6881511", "Q891723"):
        yield _thing(kind), _direct("P279"), _thing("Q4830453")
    for number, sector in enumerate(SECTORS.values()):
        yield from _industry(_thing(f"Q{_SECTORS + number}"), sector)
    for city in CITIES.values():
        yield from _town(city)
    for company in world.companies:
        if company.wikidata:
            yield from _company(company)


def _industry(thing: Term, sector: Sector) -> Statements:
    """An industry by its name, and by everything else that it is called."""
    industry = next(each for each in INDUSTRIES if each.key == sector.industry)
    names = [sector.trade or industry.label, industry.label, industry.key, sector.kind]
    names += [each.strip() for each in industry.trades.get(sector.trade, "").split(",")]
    called = dict.fromkeys(" ".join(name.lower().split()) for name in names if name.strip())
    first, *others = [*called, *(f"{name} industry" for name in called)]
    yield thing, LABEL, _english(first)
    yield from ((thing, _ALIAS, _english(name)) for name in others)


def _town(city: City) -> Statements:
    """A town in its region, both by their names."""
    town, region, country = _places(city)
    yield town, LABEL, _english(city.name)
    yield town, _direct("P131"), region
    yield region, LABEL, _english(city.region)
    yield country, LABEL, _english(country_name(city.country))
    yield country, _direct("P297"), Term("literal", city.country)


def _company(company: Company) -> Statements:
    thing = _thing(company.wikidata)
    town, _, country = _places(CITIES[company.city])
    sector = list(SECTORS).index(company.sector)
    yield thing, LABEL, _english(company.name)
    yield thing, _ALIAS, _english(company.legal_name)
    yield thing, _direct("P31"), _thing("Q6881511")
    yield thing, _direct("P452"), _thing(f"Q{_SECTORS + sector}")
    yield thing, _direct("P17"), country
    yield thing, _direct("P159"), town
    yield thing, _direct("P856"), Term("uri", company.website)
    for headcount in dict.fromkeys((company.headcount * 4 // 5, company.headcount)):
        yield thing, _direct("P1128"), Term("literal", f"+{headcount}", "", _DECIMAL)
    yield thing, _direct("P571"), Term("literal", f"{company.founded}-01-01T00:00:00Z", "", _MOMENT)
    if company.linkedin:
        yield thing, _direct("P4264"), Term("literal", company.linkedin.rpartition("/")[2])


def _places(city: City) -> tuple[Term, Term, Term]:
    """The town, its region and its country."""
    regions = list(dict.fromkeys((each.country, each.region) for each in CITIES.values()))
    countries = list(dict.fromkeys(each.country for each in CITIES.values()))
    return (
        _thing(f"Q{_TOWNS + list(CITIES).index(city.name)}"),
        _thing(f"Q{_REGIONS + regions.index((city.country, city.region))}"),
        _thing(f"Q{_COUNTRIES + countries.index(city.country)}"),
    )


def _thing(ref: str) -> Term:
    return Term("uri", f"{PREFIXES['wd']}{ref}")


def _direct(ref: str) -> str:
    return f"{PREFIXES['wdt']}{ref}"


def _english(said: str) -> Term:
    return Term("literal", said, "en")


_BANNED = Reply(403, "Please set a user-agent that says who you are: https://meta.wikimedia.org/wiki/User-Agent_policy")
_SPARQL = identified(sparql, _BANNED)

API = Api(
    name="wikidata",
    hosts=("query.wikidata.org",),
    routes={"GET /sparql": _SPARQL, "POST /sparql": _SPARQL},
    too_many=Reply(429, "Rate limit exceeded", SLOW),
    broken=Reply(500, "SPARQL-QUERY: java.lang.IllegalStateException"),
)
