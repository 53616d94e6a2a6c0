"""Wikidata: notable companies of an industry in a country, with their websites, size and age. Weak for small firms.

Industries, countries and towns are asked for by their names, so no table of ids can be wrong or grow old.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

import orjson

from leadboard.domain.found import Answer, AskedCompany, FoundCompany, Health, Search
from leadboard.domain.identity import registrable_domain
from leadboard.domain.places import country_codes
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.providers.base import KeyRefused, Misasked, Provider, Reply, retry_after
from leadboard.providers.reading import facts, home, link, part, rows, text

PER_PAGE = 100
"""Companies a page."""

_COUNT = re.compile(r"\+?(\d{1,9})(?:\.\d*)?", re.ASCII)
_GIVES = frozenset({"headcount", "city", "country", "founded", "linkedin"})


class Wikidata(Provider):
    """The query service of Wikidata."""

    service = Service(
        name="wikidata",
        label="Wikidata",
        site="https://www.wikidata.org",
        key=KeyKind.NONE,
        offers=(
            Offer(Task.COMPANIES, gives=_GIVES),
            Offer(Task.COMPANY, gives=_GIVES, needs=needs((Known.DOMAIN,), (Known.COMPANY_NAME,))),
        ),
        pace=Pace(calls=1, together=2),
        identified=True,
        note="CC0. A caller who goes on after being asked to wait is locked out for a day.",
    )
    base_url = "https://query.wikidata.org/"

    def headers(self) -> Mapping[str, str]:
        """The form of the answer."""
        return {"Accept": "application/sparql-results+json"}

    def failure(self, reply: Reply) -> Exception:
        """A 403 is a ban; a query that ran out of time will do so again."""
        about = {"status": reply.status, "said": self.safe(reply.words)}
        if reply.status == 403:
            return KeyRefused("Wikidata turned us away, for a day as a rule. Check LEADBOARD_CONTACT.", **about)
        if reply.status >= 500 and "TimeoutException" in reply.text:
            return Misasked("Wikidata could not look through so much in time.", **about)
        return super().failure(reply)

    def rest(self, reply: Reply) -> float:
        """Everybody waits when one is asked to: going on leads to a ban."""
        return retry_after(reply.headers) if reply.status == 429 else 0.0

    async def check(self) -> Health:
        """Whether it answers the smallest question there is."""
        reply = await self._ask("ASK {}")
        match reply and reply.data:
            case {"boolean": bool()}:
                return Health(True, "Wikidata answers.")
        raise self.garbled(reply)

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Companies of any of the industries at any of the places, a hundred a page. Empty without an industry: of all
        companies of a country, a page says nothing."""
        if not search.industries:
            return Answer()
        after = int(cursor or 0)
        which = "\n".join([_industries(search.industries), *_places(search.places)])
        reply = await self._ask(_question(which, f"ORDER BY ?c LIMIT {PER_PAGE} OFFSET {after}"))
        grouped = self._grouped(reply)
        found = tuple(company for row in grouped.values() if (company := _company(row)))
        following = str(after + PER_PAGE) if len(grouped) >= PER_PAGE else ""
        return self.answer(Task.COMPANIES, found, reply, next=following)

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The company with this website, or else of exactly this name; nothing where several have it."""
        domain = registrable_domain(asked.domain)
        if not domain and not asked.name:
            return Answer()
        reply = await self._ask(_question(_websites(domain) if domain else _names(asked.name), "LIMIT 2"))
        found = tuple(company for row in self._grouped(reply).values() if (company := _company(row)))
        return self.answer(Task.COMPANY, found if len(found) == 1 else (), reply)

    async def _ask(self, query: str) -> Reply | None:
        return await self.ask("POST", "sparql", data={"query": query, "format": "json"})

    def _grouped(self, reply: Reply | None) -> dict[str, dict[str, list[str]]]:
        """Company -> variable -> values: each of several websites or headcounts makes a row of its own."""
        if reply is None:
            return {}
        match self.data(reply, dict):
            case {"results": {"bindings": list(bindings)}}:
                grouped: dict[str, dict[str, list[str]]] = {}
                for row in rows(bindings):
                    values = grouped.setdefault(_value(row, "c"), {})
                    for name in row:
                        values.setdefault(name, []).append(_value(row, name))
                return grouped
        raise self.garbled(reply)


def _value(row: Mapping[str, Any], name: str) -> str:
    return text(part(row, name).get("value"))


def _question(which: str, page: str) -> str:
    """A question about living companies. The page is cut from companies, before several values repeat one of them."""
    return f"""
SELECT ?c ?cLabel ?site ?emp ?hqLabel ?code ?inception ?linkedin WHERE {{
  {{ SELECT DISTINCT ?c WHERE {{
{which}
    ?c wdt:P31/wdt:P279* wd:Q4830453 .
    FILTER NOT EXISTS {{ ?c wdt:P576 ?gone }}
  }} {page} }}
  OPTIONAL {{ ?c wdt:P856 ?site }} OPTIONAL {{ ?c wdt:P1128 ?emp }} OPTIONAL {{ ?c wdt:P159 ?hq }}
  OPTIONAL {{ ?c wdt:P17/wdt:P297 ?code }} OPTIONAL {{ ?c wdt:P571 ?inception }} OPTIONAL {{ ?c wdt:P4264 ?linkedin }}
  SERVICE wikibase:label {{ bd:serviceParam wikibase:language "en". }}
}}"""


def _industries(industries: Iterable[str]) -> str:
    """An industry by any of its names: people say "Pharmaceuticals" for the "pharmaceutical industry"."""
    names = sorted({name for said in industries for name in _called(" ".join(said.split()).lower())})
    return f"    VALUES ?name {{ {_literals(names)} }} ?c wdt:P452 ?of . ?of rdfs:label|skos:altLabel ?name ."


def _called(name: str) -> Iterator[str]:
    yield name
    yield f"{name.removesuffix('s')} industry"
    yield f"{name} industry"


def _places(places: Iterable[str]) -> Iterator[str]:
    """In any of the countries, or with the head office in any of the towns or their states."""
    places = list(places)
    codes = sorted({code for place in places for code in country_codes(place)})
    towns = [place for place in places if not country_codes(place)]
    ways = []
    if codes:
        ways.append(f"{{ VALUES ?in {{ {' '.join(map(_text, codes))} }} ?c wdt:P17/wdt:P297 ?in }}")
    if towns:
        ways.append(f"{{ VALUES ?at {{ {_literals(towns)} }} ?c wdt:P159/wdt:P131?/rdfs:label ?at }}")
    if ways:
        yield f"    {' UNION '.join(ways)}"


def _websites(domain: str) -> str:
    """Every usual spelling of the address: equal addresses are found at once, a pattern never."""
    ways = product(("https", "http"), ("www.", ""), ("/", ""))
    spellings = " ".join(f"<{way}://{www}{domain}{end}>" for way, www, end in ways)
    return f"    VALUES ?of {{ {spellings} }} ?c wdt:P856 ?of ."


def _names(name: str) -> str:
    return f"    ?c rdfs:label|skos:altLabel {_literals([name])} ."


def _literals(values: Iterable[str]) -> str:
    return " ".join(f"{_text(value)}@en" for value in values)


def _text(value: str) -> str:
    """A text within a query: its escapes are those of JSON."""
    return orjson.dumps(value).decode()


def _company(values: Mapping[str, list[str]]) -> FoundCompany | None:
    """The company that rows are about; None without a name in English: the label is then its own id."""
    first = {name: each[0] for name, each in values.items()}
    source, name = first.get("c", ""), first.get("cLabel", "")
    ref = source.rpartition("/")[2]
    if not name or name == ref:
        return None
    linkedin = first.get("linkedin", "")
    said = {
        "headcount": _headcount(values.get("emp", [])),
        "city": _label(first.get("hqLabel", "")),
        "country": first.get("code", ""),
        "founded": _year(first.get("inception", "")),
        "linkedin": f"https://www.linkedin.com/company/{linkedin}" if linkedin else "",
    }
    return FoundCompany(name, home(first.get("site", "")), facts(said, 0.75, link(source)), ref)


def _label(said: str) -> str:
    """The name of a thing; none in English is its id."""
    return "" if said.startswith("Q") and said[1:].isdecimal() else said


def _headcount(said: Iterable[str]) -> str:
    """The largest of the numbers: those of past years stay beside the latest, and companies that last have grown."""
    counts = [int(found[1]) for each in said if (found := _COUNT.fullmatch(each))]
    return str(max(counts)) if any(counts) else ""


def _year(said: str) -> str:
    return said[:4] if said[:4].isdecimal() else ""
