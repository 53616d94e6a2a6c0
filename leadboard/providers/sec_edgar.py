"""SEC EDGAR: American companies by what they file, and what their filings say is happening.

Annual reports (10-K) are those of public companies, notices of private raises (Form D) those of young ones. Filings are
found by their full text, a company's address and trade are read from its own record.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pycountry

from leadboard.domain.found import Answer, AskedCompany, FoundCompany, FoundSignal, Health, Search
from leadboard.domain.places import country_codes
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.site.text import unique
from leadboard.domain.words import words
from leadboard.errors import TryLater
from leadboard.providers.base import KeyRefused, Provider, Reply
from leadboard.providers.phrases import any_of
from leadboard.providers.reading import day, facts, first, home, number, part, rows, text, texts
from leadboard.providers.registers import SURE, same_name, sureness

PER_PAGE = 100
"""Filings a page."""
LAST = 10_000
"""The filings of a search that can be seen."""
REPORTS = 460
"""Days in which every company that still exists has filed its yearly report."""
RECENT = 365
"""Days in which a filing is news."""
THROTTLED = 600.0
"""Seconds for which too many questions lock everybody here out."""

RECORDS = "https://data.sec.gov/submissions/"
ARCHIVES = "https://www.sec.gov/Archives/edgar/data/"

_AFTER_NAME = re.compile(r"\s{2,}|\s*\(CIK |\s*/[A-Z]{2,3}/")
_STATES = {each.code.removeprefix("US-"): each.name for each in pycountry.subdivisions if each.country_code == "US"}
_NEWS = {
    "D": ("funding", "private_raise", "Raised private money (Form D)"),
    "S-1": ("funding", "going_public", "Wants to go public (S-1)"),
    "1.01": ("deal", "material_contract", "Signed a material contract (8-K)"),
    "2.01": ("deal", "acquisition", "Completed an acquisition or sale (8-K)"),
    "5.02": ("leadership", "officer_change", "Changed officers or directors (8-K)"),
}
"""Form, or item of an 8-K -> kind and value of the signal, and what it says."""


class SecEdgar(Provider):
    """EDGAR, the register of filings of the Securities and Exchange Commission."""

    service = Service(
        name="sec_edgar",
        label="SEC EDGAR",
        site="https://www.sec.gov/edgar",
        key=KeyKind.NONE,
        offers=(
            Offer(Task.COMPANIES, gives=frozenset({"city", "state", "country"})),
            Offer(
                Task.COMPANY,
                gives=frozenset({"industry", "address", "city", "state", "country", "phone"}),
                needs=needs((Known.REF,), (Known.COMPANY_NAME,)),
            ),
            Offer(Task.SIGNALS, gives=frozenset({"funding", "deal", "leadership"}), needs=needs((Known.COMPANY_NAME,))),
        ),
        pace=Pace(calls=8),
        identified=True,
        note="Public data. At most ten questions a second; more locks this address out for ten minutes.",
    )
    base_url = "https://efts.sec.gov/LATEST/"

    def failure(self, reply: Reply) -> Exception:
        """A 403 says that we were quick, unless its page says that we did not name ourselves."""
        if reply.status != 403:
            return super().failure(reply)
        if "undeclared" in reply.text.lower():
            return KeyRefused(
                "SEC EDGAR wants to know who asks. Set LEADBOARD_CONTACT to your e-mail address.", status=reply.status
            )
        return TryLater("SEC EDGAR asked for fewer questions.", THROTTLED)

    def rest(self, reply: Reply) -> float:
        """Asking on while locked out makes it longer."""
        return THROTTLED if reply.status == 403 else 0.0

    async def check(self) -> Health:
        """Whether it answers us."""
        await self._filings('"annual report"', "10-K", RECENT)
        return Health(True, "SEC EDGAR answers.")

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """American companies whose reports or raises speak of any of the specialities (or keywords, or industries): a
        page of filings, each company of it once. Empty when only other countries are looked for."""
        about = search.specialities or search.keywords or search.industries
        if not about or (search.places and not any(map(_may_be_american, search.places))):
            return Answer()
        after = int(cursor or 0)
        reply = await self._filings(any_of(about), "10-K,D", REPORTS, **{"from": after or None})
        filings, total = self._read(reply)
        found = (_company(filing) for filing in filings if _is_wanted(filing, search.places))
        each_once = unique((company for company in found if company.name), lambda company: company.ref)
        following = after + PER_PAGE
        more = str(following) if filings and following < min(total, LAST) else ""
        return self.answer(Task.COMPANIES, each_once, reply, next=more)

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """A company's own record. Without its number two questions are asked: which number has the name comes first."""
        sure = SURE if asked.ref else sureness(asked, "US")
        number = asked.ref or (await self._number(asked.name) if asked.name and sure else "")
        if not number:
            return Answer()
        reply = await self.get(f"{RECORDS}CIK{number.zfill(10)}.json")
        if reply is None:
            return Answer()
        return self.answer(Task.COMPANY, (self._record(reply, number, sure),), reply)

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """Raises, deals and changes at the top in what the company filed within a year, the latest first."""
        sure = SURE if asked.ref else sureness(asked, "US")
        if not asked.name or not sure:
            return Answer()
        reply = await self._filings(any_of([asked.name]), "D,8-K,S-1", RECENT, ciks=asked.ref and asked.ref.zfill(10))
        filings, _ = self._read(reply)
        own = unique((each for each in filings if _is_of(each, asked)), lambda each: text(each.get("adsh")))
        found = [signal for filing in own for signal in _signals(filing, sure)]
        found.sort(key=lambda signal: signal.at.isoformat() if signal.at else "", reverse=True)
        return self.answer(Task.SIGNALS, tuple(found), reply)

    async def _filings(self, query: str, forms: str, days: int, **more: Any) -> Reply | None:
        today = datetime.now(UTC).date()
        since = {"dateRange": "custom", "startdt": f"{today - timedelta(days)}", "enddt": f"{today}"}
        return await self.get("search-index", q=query, forms=forms, **since, **more)

    async def _number(self, name: str) -> str:
        """The number of the company of this name; "" when it did not file."""
        filings, _ = self._read(await self._filings(any_of([name]), "10-K,D", REPORTS))
        return next((_cik(filing) for filing in filings if same_name(_name(filing), name)), "")

    def _read(self, reply: Reply | None) -> tuple[list[dict[str, Any]], int]:
        """The filings of a page, each with the `id` of its document, and how many there are in all."""
        if reply is None:
            return [], 0
        match self.data(reply, dict):
            case {"hits": {"hits": list(hits), **about}}:
                total = part(about, "total").get("value", about.get("total"))
                return [{**part(hit, "_source"), "id": hit.get("_id")} for hit in rows(hits)], int(number(total))
        raise self.garbled(reply)

    def _record(self, reply: Reply, cik: str, sure: float) -> FoundCompany:
        said = self.data(reply, dict)
        name, address = text(said.get("name")), part(said, "addresses", "business")
        if not name:
            raise self.garbled(reply)
        state = text(address.get("stateOrCountry"))
        known = {
            "industry": said.get("sicDescription"),
            "address": _address(address),
            "city": text(address.get("city")).title(),
            "state": _STATES.get(state, ""),
            "country": "US" if state in _STATES else "",
            "phone": said.get("phone"),
        }
        source = f"https://www.sec.gov/cgi-bin/browse-edgar?action=getcompany&CIK={cik.zfill(10)}"
        return FoundCompany(name, home(said.get("website")), facts(known, sure, source), cik.zfill(10))


def _may_be_american(place: str) -> bool:
    """Whether the place may lie in the United States: a town that no country is called may."""
    codes = country_codes(place)
    return not codes or "US" in codes or _is_state(place)


def _is_state(place: str) -> bool:
    return any(words(place) == words(name) for name in _STATES.values())


def _cik(filing: Mapping[str, Any]) -> str:
    return next(iter(texts(filing.get("ciks"))), "")


def _name(filing: Mapping[str, Any]) -> str:
    """The name of who filed: it comes as "HELIX FORGE INC /DE/  (HLXF)  (CIK 0000123456)"."""
    said = next(iter(texts(filing.get("display_names"))), "")
    return _AFTER_NAME.split(said)[0]


def _seat(filing: Mapping[str, Any]) -> tuple[str, str]:
    """Town and state of who filed, the state "" outside the United States; both come as "Boston, MA"."""
    town, _, state = next(iter(texts(filing.get("biz_locations"))), "").rpartition(", ")
    return (town, _STATES.get(state, "")) if town else (state, "")


def _is_wanted(filing: Mapping[str, Any], places: Iterable[str]) -> bool:
    town, state = _seat(filing)
    here = {words(town), words(state)} - {()}
    return not places or any((state and "US" in country_codes(place)) or words(place) in here for place in places)


def _is_of(filing: Mapping[str, Any], asked: AskedCompany) -> bool:
    """Whether the company filed it itself: its name stands in the filings of others too."""
    return _cik(filing) == asked.ref.zfill(10) if asked.ref else same_name(_name(filing), asked.name)


def _source(filing: Mapping[str, Any]) -> str:
    """Where the document can be read; its id is "0000123456-26-000010:hlxf-8k.htm"."""
    filed, _, document = text(filing.get("id")).partition(":")
    cik = _cik(filing).lstrip("0")
    return f"{ARCHIVES}{cik}/{filed.replace('-', '')}/{document}" if cik and document else ""


def _company(filing: Mapping[str, Any]) -> FoundCompany:
    town, state = _seat(filing)
    said = {"city": town, "state": state, "country": "US" if state else ""}
    return FoundCompany(_name(filing), "", facts(said, SURE, _source(filing)), _cik(filing))


def _signals(filing: Mapping[str, Any], sure: float) -> Iterator[FoundSignal]:
    form = first(filing, "form", "root_form").partition("/")[0]
    for what in texts(filing.get("items")) if form == "8-K" else [form]:
        if what in _NEWS:
            kind, value, says = _NEWS[what]
            yield FoundSignal(kind, value, says, day(filing.get("file_date")), _source(filing), sure)


def _address(said: Mapping[str, Any]) -> str:
    street = ", ".join(filter(None, (text(said.get("street1")), text(said.get("street2")))))
    town = " ".join(filter(None, (text(said.get("city")), text(said.get("stateOrCountry")), text(said.get("zipCode")))))
    return ", ".join(filter(None, (street, town))) if street else ""
