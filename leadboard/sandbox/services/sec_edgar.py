"""EDGAR in the demo world: the filings of its American companies, by their full text, and their own records."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from leadboard.sandbox.names import REGION_CODES
from leadboard.sandbox.services.agents import identified
from leadboard.sandbox.services.base import Api, Asked, Reply
from leadboard.sandbox.wording import says
from leadboard.sandbox.world import Company, Filing, on

PER_PAGE = 100
_SIC = {
    "biotech": ("2836", "Biological Products (No Diagnostic Substances)"),
    "medtech": ("3841", "Surgical & Medical Instruments & Apparatus"),
    "payments": ("7389", "Services-Business Services, NEC"),
    "solar": ("3433", "Heating Equipment, Except Electric & Warm Air Furnaces"),
}
_SOFTWARE = ("7372", "Services-Prepackaged Software")


def search_index(asked: Asked) -> Any:
    """A page of filings whose text holds the words, the latest first."""
    query = asked.query
    forms = set(filter(None, query.get("forms", "").split(",")))
    ciks = {each.zfill(10) for each in query.get("ciks", "").split(",") if each}
    begin, end = query.get("startdt", "0001-01-01"), query.get("enddt", "9999-12-31")
    found = [
        _hit(filing, company, on(filing.days_ago, asked.today))
        for company, filing in _filings(asked)
        if (not forms or filing.form in forms)
        and (not ciks or _cik(company) in ciks)
        and begin <= str(on(filing.days_ago, asked.today)) <= end
        and says(_text(company), query.get("q", ""))
    ]
    found.sort(key=lambda hit: hit["_source"]["file_date"], reverse=True)
    start = int(query.get("from", 0))
    hits = {"total": {"value": len(found), "relation": "eq"}, "max_score": 7.1, "hits": found[start : start + PER_PAGE]}
    return {"took": 12, "timed_out": False, "hits": hits, "aggregations": {}}


def submissions(asked: Asked) -> Any:
    """A company's own record, with its filings as columns."""
    company = next((each for each in _filers(asked) if _cik(each) == asked.parts["cik"]), None)
    if company is None:
        return _MISSING
    code, trade = _SIC.get(company.sector, _SOFTWARE)
    address = {
        "street1": company.street,
        "street2": None,
        "city": company.city.upper(),
        "stateOrCountry": REGION_CODES[company.region],
        "zipCode": company.postcode,
    }
    filings = asked.world.filings(company.domain)
    recent = {
        "accessionNumber": [each.id for each in filings],
        "filingDate": [str(on(each.days_ago, asked.today)) for each in filings],
        "form": [each.form for each in filings],
        "items": [",".join(each.items) for each in filings],
        "primaryDocument": [_document(each, company) for each in filings],
    }
    return {
        "cik": _cik(company),
        "entityType": "operating",
        "sic": code,
        "sicDescription": trade,
        "name": _name(company),
        "tickers": [_ticker(company)],
        "exchanges": ["Nasdaq"],
        "ein": "000000000",
        "website": "",
        "category": "Non-accelerated filer",
        "fiscalYearEnd": "1231",
        "stateOfIncorporation": "DE",
        "phone": f"{company.phone[2:5]}-{company.phone[5:8]}-{company.phone[8:]}",
        "formerNames": [],
        "addresses": {"mailing": address, "business": address},
        "filings": {"recent": recent, "files": []},
    }


def _filers(asked: Asked) -> list[Company]:
    return [company for company in asked.world.companies if company.cik]


def _filings(asked: Asked) -> Iterator[tuple[Company, Filing]]:
    for company in _filers(asked):
        yield from ((company, filing) for filing in asked.world.filings(company.domain))


def _cik(company: Company) -> str:
    return company.cik.zfill(10)


def _name(company: Company) -> str:
    return company.legal_name.upper().replace(".", "").replace(",", "")


def _ticker(company: Company) -> str:
    return "".join(char for char in company.name.upper() if char.isalpha())[:4]


def _text(company: Company) -> str:
    """What the filings of a company speak of."""
    about = (company.legal_name, company.description, company.industry, company.trade, company.kind)
    return " ".join(("annual report", *about, *company.specialities))


def _document(filing: Filing, company: Company) -> str:
    return f"{_ticker(company).lower()}-{filing.form.lower()}.htm"


def _hit(filing: Filing, company: Company, filed: date) -> dict[str, Any]:
    state = REGION_CODES[company.region]
    return {
        "_index": "edgar_file",
        "_id": f"{filing.id}:{_document(filing, company)}",
        "_score": 7.1,
        "_source": {
            "ciks": [_cik(company)],
            "display_names": [f"{_name(company)}  ({_ticker(company)})  (CIK {_cik(company)})"],
            "adsh": filing.id,
            "form": filing.form,
            "root_form": filing.form,
            "file_date": str(filed),
            "period_ending": str(filed),
            "file_type": filing.form,
            "sics": [_SIC.get(company.sector, _SOFTWARE)[0]],
            "biz_locations": [f"{company.city}, {state}"],
            "biz_states": [state],
            "inc_states": ["DE"],
            "items": list(filing.items),
        },
    }


_HTML = {"Content-Type": "text/html"}
_UNDECLARED = Reply(
    403, "<html><title>SEC.gov</title><h1>Your Request Originates from an Undeclared Automated Tool</h1>", _HTML
)
_MISSING = Reply(404, "<html><body>The specified key does not exist.</body></html>", _HTML)

API = Api(
    name="sec_edgar",
    hosts=("efts.sec.gov", "data.sec.gov"),
    routes={
        "GET /LATEST/search-index": identified(search_index, _UNDECLARED),
        "GET /submissions/CIK{cik}.json": identified(submissions, _UNDECLARED),
    },
    too_many=Reply(403, "<html><h1>SEC.gov | Request Rate Threshold Exceeded</h1></html>", _HTML),
    broken=Reply(503, "<html><h1>Service Unavailable</h1></html>", _HTML),
    unknown=_MISSING,
)
