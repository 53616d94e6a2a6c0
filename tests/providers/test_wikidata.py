"""Wikidata, against the answers it promises."""

from urllib.parse import parse_qs

import pytest

from leadboard.domain.found import Answer, AskedCompany, Fact, Search
from leadboard.errors import Refused, TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.wikidata import PER_PAGE, Wikidata
from leadboard.providers.wire import Wire
from tests.support.services import CONTACT, Recorded, Slept, wired

PHARMA = Search(industries=("Pharmaceuticals",), places=("UK",))
HELIX = AskedCompany("Helix Forge", "helixforge.example")


def row(number=9999999, **values):
    said = {"c": f"http://www.wikidata.org/entity/Q{number}", "cLabel": "Helix Forge", **values}
    return {name: {"type": "literal", "value": value} for name, value in said.items()}


def bindings(*rows):
    return {"head": {"vars": ["c", "cLabel"]}, "results": {"bindings": list(rows)}}


def question(asked):
    return parse_qs(asked.requests[-1].content.decode())["query"][0]


async def test_companies_are_asked_for_by_the_names_of_industries_and_countries():
    full = row(
        site="https://www.helixforge.example/en",
        emp="240",
        hqLabel="Leeds",
        code="GB",
        inception="2014-01-01T00:00:00Z",
        linkedin="helix-forge",
    )
    wikidata, asked = wired(Wikidata, bindings(full), key="")
    answer = await wikidata.companies(PHARMA)
    assert asked.asked == ["POST https://query.wikidata.org/sparql"]
    assert asked.requests[0].headers["accept"] == "application/sparql-results+json"
    assert asked.requests[0].headers["user-agent"] == f"leadboard/0.1 ({CONTACT})"
    assert '"pharmaceutical industry"@en "pharmaceuticals"@en' in question(asked)
    assert 'VALUES ?in { "GB" }' in question(asked)
    (found,) = answer.items
    assert (found.name, found.domain, found.ref) == ("Helix Forge", "helixforge.example", "Q9999999")
    source = "http://www.wikidata.org/entity/Q9999999"
    assert found.facts == (
        Fact("headcount", "240", 0.75, source),
        Fact("city", "Leeds", 0.75, source),
        Fact("country", "GB", 0.75, source),
        Fact("founded", "2014", 0.75, source),
        Fact("linkedin", "https://www.linkedin.com/company/helix-forge", 0.75, source),
    )
    assert (answer.micros, answer.next) == (0, "")


async def test_several_websites_and_headcounts_are_one_company():
    rows = [row(emp="90", site="https://a.example"), row(emp="+240.0", site="https://b.example"), row(7, emp="?")]
    wikidata, _ = wired(Wikidata, bindings(*rows), key="")
    helix, other = (await wikidata.companies(PHARMA)).items
    assert [fact.value for fact in helix.facts] == ["240"]
    assert (helix.domain, other.facts) == ("a.example", ())


async def test_a_company_without_an_english_name_is_left_out_and_so_is_such_a_town():
    rows = [row(7, cLabel="Q7"), row(8, hqLabel="Q144663"), {"c": {}}]
    wikidata, _ = wired(Wikidata, bindings(*rows), key="")
    (found,) = (await wikidata.companies(PHARMA)).items
    assert (found.ref, found.facts) == ("Q8", ())


async def test_a_full_page_has_another_one():
    page = bindings(*(row(number) for number in range(PER_PAGE)), row(0, emp="3"))
    wikidata, asked = wired(Wikidata, page, bindings(row()), key="")
    first = await wikidata.companies(PHARMA)
    assert (len(first.items), first.next) == (100, "100")
    assert "ORDER BY ?c LIMIT 100 OFFSET 0" in question(asked)
    second = await wikidata.companies(PHARMA, first.next)
    assert (len(second.items), second.next) == (1, "")
    assert "ORDER BY ?c LIMIT 100 OFFSET 100" in question(asked)


@pytest.mark.parametrize(
    ("places", "asks", "not_asked"),
    [
        (("DACH",), ['"AT" "CH" "DE"'], "P159/wdt:P131?"),
        (("Leeds",), ['"Leeds"@en', "P159/wdt:P131?"], "P17/wdt:P297 ?in"),
        (("UK", "Boston"), ['"GB"', "UNION", '"Boston"@en'], "nothing"),
        ((), [], "VALUES ?in"),
    ],
)
async def test_places_are_countries_regions_or_towns(places, asks, not_asked):
    wikidata, asked = wired(Wikidata, bindings(), key="")
    assert (await wikidata.companies(Search(industries=("Retail",), places=places))).items == ()
    assert all(part in question(asked) for part in asks)
    assert not_asked not in question(asked)


async def test_nothing_typed_leaves_its_quotes():
    wikidata, asked = wired(Wikidata, bindings(), key="")
    await wikidata.companies(Search(industries=('x" } DROP \\ \n',), places=('a"@en } #',)))
    assert r'"x\" } drop \\"@en' in question(asked)
    assert r'"a\"@en } #"@en' in question(asked)


async def test_a_company_is_known_by_its_website_or_its_only_name():
    wikidata, asked = wired(Wikidata, bindings(row(emp="240")), key="")
    answer = await wikidata.company(HELIX)
    assert answer.items[0].facts[0].value == "240"
    assert "<https://www.helixforge.example/>" in question(asked)
    await wikidata.company(AskedCompany("Helix Forge"))
    assert '"Helix Forge"@en' in question(asked)
    several, _ = wired(Wikidata, bindings(row(), row(7)), key="")
    assert (await several.company(AskedCompany("Helix Forge"))).items == ()
    nobody, _ = wired(Wikidata, bindings(), key="")
    assert (await nobody.company(HELIX)).items == ()


async def test_nothing_is_asked_without_an_industry_or_a_name():
    wikidata, asked = wired(Wikidata, bindings(row()), key="")
    assert await wikidata.companies(Search(places=("UK",))) == Answer()
    assert await wikidata.company(AskedCompany()) == Answer()
    assert asked.requests == []


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((400, "SPARQL-QUERY: queryStr=… java.util.concurrent.ExecutionException: MalformedQueryException"), Misasked),
        ((403, "You have been banned until 2026-11-23T10:00:00Z"), KeyRefused),
        ((429, "Too many requests", {"Retry-After": "120"}), TryLater),
        ((500, "java.util.concurrent.TimeoutException\n\tat java.base"), Misasked),
        ((504, "upstream request timeout"), Outage),
        ('{"head": {}, "results": {"bindings": [ SPARQL-QUERY: java.lang.Error', Garbled),
        ({"results": {}}, Garbled),
        ([], Garbled),
        ("<html>", Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    wikidata, _ = wired(Wikidata, answer, key="")
    with pytest.raises(raised):
        await wikidata.companies(PHARMA)


async def test_everybody_waits_when_one_is_asked_to(waits):
    slept = Slept()
    recorded = Recorded([(429, "", {"Retry-After": "40"}), bindings()])
    wire = Wire(contact=CONTACT, transport=recorded, sleep=slept.sleep, clock=slept.clock)
    await Wikidata(wire).companies(PHARMA)
    assert (waits, slept.waits) == ([40], [40])


async def test_the_smallest_question_tells_whether_it_answers():
    wikidata, asked = wired(Wikidata, {"head": {}, "boolean": True}, key="")
    assert (await wikidata.check()).ok
    assert question(asked) == "ASK {}"
    with pytest.raises(Refused, match="LEADBOARD_CONTACT"):
        wired(Wikidata, {}, key="", contact="")
