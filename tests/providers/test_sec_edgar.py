"""SEC EDGAR, against the answers it promises."""

from datetime import UTC, date, datetime

import pytest

from leadboard.domain.found import Answer, AskedCompany, Fact, FoundSignal, Search
from leadboard.errors import Refused, TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage
from leadboard.providers.sec_edgar import SecEdgar
from tests.support.services import CONTACT, wired

HELIX = AskedCompany("Helix Forge, Inc.", "helixforge.example", "US")
READ = "https://www.sec.gov/Archives/edgar/data/123456/000012345626000010/hlxf.htm"


def filing(form="10-K", place="Boston, MA", name="HELIX FORGE INC", cik="0000123456", number="10", **more):
    source = {
        "ciks": [cik],
        "display_names": [f"{name}  (HLXF)  (CIK {cik})"],
        "adsh": f"{cik}-26-0000{number}",
        "form": form,
        "file_date": "2026-08-20",
        "biz_locations": [place],
        **more,
    }
    return {"_id": f"{cik}-26-0000{number}:hlxf.htm", "_score": 7.1, "_source": source}


def hits(*filings, total=None):
    return {"hits": {"total": {"value": total or len(filings), "relation": "eq"}, "hits": list(filings)}}


RECORD = {
    "cik": 123456,
    "entityType": "operating",
    "sicDescription": "Biological Products",
    "name": "HELIX FORGE INC",
    "website": "",
    "phone": "617-555-0100",
    "addresses": {
        "business": {
            "street1": "1 Main St",
            "street2": None,
            "city": "BOSTON",
            "stateOrCountry": "MA",
            "zipCode": "02110",
        }
    },
}


async def test_companies_are_found_by_what_their_reports_speak_of():
    again = filing(number="11", form="D")
    edgar, asked = wired(SecEdgar, hits(filing(), again, filing(cik="0000000777", name="Nord (USA) Corp")), key="")
    answer = await edgar.companies(Search(industries=("Biotech",), specialities=("CAR-T", 'gene "editing"')))
    helix, nord = answer.items
    assert (helix.name, helix.ref, helix.domain) == ("HELIX FORGE INC", "0000123456", "")
    assert helix.facts == (
        Fact("city", "Boston", 0.85, READ),
        Fact("state", "Massachusetts", 0.85, READ),
        Fact("country", "US", 0.85, READ),
    )
    assert (nord.name, answer.micros, answer.next) == ("Nord (USA) Corp", 0, "")
    assert asked.asked == ["GET https://efts.sec.gov/LATEST/search-index"]
    query = asked.query()
    assert (query["q"], query["forms"], query["dateRange"]) == ('"CAR-T" OR "gene editing"', "10-K,D", "custom")
    assert query["enddt"] == f"{datetime.now(UTC).date()}"
    assert asked.requests[0].headers["user-agent"] == f"leadboard/0.1 ({CONTACT})"
    assert "gzip" in asked.requests[0].headers["accept-encoding"]


async def test_pages_end_where_filings_or_the_window_end():
    edgar, asked = wired(SecEdgar, hits(filing(), total=150), key="")
    search = Search(keywords=("coffee",))
    first = await edgar.companies(search)
    assert (first.next, "from" in asked.query()) == ("100", False)
    assert (await edgar.companies(search, first.next)).next == ""
    assert asked.query()["from"] == "100"
    endless, _ = wired(SecEdgar, hits(filing(), total=50_000), key="")
    assert (await endless.companies(search, "9900")).next == ""
    empty, _ = wired(SecEdgar, hits(total=150), key="")
    assert (await empty.companies(search)).next == ""


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ((), 3),
        (("United States",), 2),
        (("North America",), 2),
        (("Massachusetts",), 1),
        (("Georgia",), 1),
        (("boston", "Toronto"), 2),
        (("Leeds",), 0),
    ],
)
async def test_only_companies_at_the_places_are_kept(places, found):
    filings = [
        filing(place="Boston, MA"),
        filing(cik="2", place="Atlanta, GA"),
        filing(cik="3", place="Toronto, A6"),
    ]
    edgar, _ = wired(SecEdgar, hits(*filings), key="")
    assert len((await edgar.companies(Search(keywords=("coffee",), places=places))).items) == found


async def test_other_countries_and_nothing_at_all_are_not_asked_about():
    edgar, asked = wired(SecEdgar, hits(), key="")
    assert await edgar.companies(Search(keywords=("coffee",), places=("UK", "DACH"))) == Answer()
    assert await edgar.companies(Search(places=("US",))) == Answer()
    assert await edgar.company(AskedCompany("Helix Forge", country="GB")) == Answer()
    assert await edgar.signals(AskedCompany("Helix Forge", country="GB")) == Answer()
    assert await edgar.company(AskedCompany(domain="helixforge.example")) == Answer()
    assert asked.requests == []


async def test_a_company_is_described_by_its_own_record():
    others = filing(cik="0000000777", name="Helix Forge Partners LP")
    edgar, asked = wired(SecEdgar, hits(others, filing(name="HELIX FORGE INC /DE/")), RECORD, key="")
    (found,) = (await edgar.company(HELIX)).items
    assert asked.asked[1] == "GET https://data.sec.gov/submissions/CIK0000123456.json"
    assert (found.name, found.domain, found.ref) == ("HELIX FORGE INC", "", "0000123456")
    assert {(fact.field, fact.value, fact.confidence) for fact in found.facts} == {
        ("industry", "Biological Products", 0.85),
        ("address", "1 Main St, BOSTON MA 02110", 0.85),
        ("city", "Boston", 0.85),
        ("state", "Massachusetts", 0.85),
        ("country", "US", 0.85),
        ("phone", "617-555-0100", 0.85),
    }


async def test_a_company_with_a_number_is_one_question():
    edgar, asked = wired(SecEdgar, {**RECORD, "website": "https://www.helixforge.example/ir"}, key="")
    (found,) = (await edgar.company(AskedCompany("Helix", ref="123456"))).items
    assert asked.asked == ["GET https://data.sec.gov/submissions/CIK0000123456.json"]
    assert found.domain == "helixforge.example"


async def test_a_mere_name_is_not_much_of_a_proof():
    edgar, _ = wired(SecEdgar, hits(filing()), RECORD, key="")
    (found,) = (await edgar.company(AskedCompany("Helix Forge"))).items
    assert {fact.confidence for fact in found.facts} == {0.4}


async def test_nobody_of_that_name_or_number_is_nothing():
    edgar, asked = wired(SecEdgar, hits(filing(name="HELIX FORGE HOLDINGS INC")), key="")
    assert (await edgar.company(HELIX)).items == ()
    assert len(asked.requests) == 1
    gone, _ = wired(SecEdgar, (404, "<html>NoSuchKey</html>"), key="")
    assert (await gone.company(AskedCompany("Helix", ref="1"))).items == ()


async def test_what_a_company_files_is_what_happens_there():
    filings = [
        filing("D", number="10"),
        filing("D", number="10", file_date="2026-08-21"),
        filing("8-K", number="11", items=["5.02", "9.01", "1.01"], file_date="2026-09-01"),
        filing("S-1/A", number="12", file_date=None),
        filing("D", name="HELIX FORGE FUND LP", cik="0000000777"),
    ]
    edgar, asked = wired(SecEdgar, hits(*filings), key="")
    signals = (await edgar.signals(HELIX)).items
    assert [(signal.kind, signal.value, signal.at) for signal in signals] == [
        ("leadership", "officer_change", date(2026, 9, 1)),
        ("deal", "material_contract", date(2026, 9, 1)),
        ("funding", "private_raise", date(2026, 8, 20)),
        ("funding", "going_public", None),
    ]
    raised = FoundSignal("funding", "private_raise", "Raised private money (Form D)", date(2026, 8, 20), READ, 0.85)
    assert signals[2] == raised
    assert (asked.query()["q"], asked.query()["forms"]) == ('"Helix Forge, Inc."', "D,8-K,S-1")


async def test_signals_are_those_of_the_number_where_it_is_known():
    edgar, asked = wired(SecEdgar, hits(filing("D", name="HLX"), filing("D", cik="0000000777")), key="")
    assert len((await edgar.signals(AskedCompany("Helix Forge", ref="123456"))).items) == 1
    assert asked.query()["ciks"] == "0000123456"


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ((403, "<html>Your Request Originates from an Undeclared Automated Tool</html>"), KeyRefused),
        ((403, "<html>Request Rate Threshold Exceeded</html>"), TryLater),
        ((429, "<html>"), TryLater),
        ((400, {"message": "Bad Request"}), Misasked),
        ((503, "<html>"), Outage),
        ("<html>", Garbled),
        ({"hits": []}, Garbled),
        ([], Garbled),
    ],
)
async def test_a_failure_says_what_may_be_done_next(waits, answer, raised):
    edgar, _ = wired(SecEdgar, answer, key="")
    with pytest.raises(raised):
        await edgar.companies(Search(keywords=("coffee",)))


async def test_being_locked_out_is_not_prolonged_by_asking_on(waits):
    edgar, asked = wired(SecEdgar, (403, "<html>Request Rate Threshold Exceeded</html>"), key="")
    with pytest.raises(TryLater) as later:
        await edgar.signals(HELIX)
    assert (later.value.seconds, len(asked.requests), waits) == (600, 1, [])


async def test_a_record_without_a_name_is_none():
    edgar, _ = wired(SecEdgar, {"cik": "1"}, key="")
    with pytest.raises(Garbled):
        await edgar.company(AskedCompany("Helix", ref="1"))


async def test_it_is_asked_whether_it_answers_us():
    edgar, _ = wired(SecEdgar, hits(filing()), key="")
    assert (await edgar.check()).ok
    with pytest.raises(Refused, match="LEADBOARD_CONTACT"):
        wired(SecEdgar, {}, key="", contact="")
