"""Companies House: British companies by trade and town, and their directors. It knows no phone, website or e-mail.

One page covers one of the places looked for; the cursor counts places, and companies within a place.
"""

import time
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from leadboard.domain.found import Answer, AskedCompany, FoundCompany, FoundPerson, Health, Search
from leadboard.domain.places import country_code, country_codes
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.domain.vocabulary.trades import Trade, trade_of_sic, trades_in
from leadboard.domain.words import words
from leadboard.errors import TryLater
from leadboard.providers.base import Provider, Reply
from leadboard.providers.phrases import Turn
from leadboard.providers.reading import facts, number, part, rows, text, texts
from leadboard.providers.registers import SURE, core_name, same_name, sureness

PER_PAGE = 100
"""Companies or officers a page."""
LAST = 10_000
"""The companies of a search that are paged through."""
REGISTER = "https://find-and-update.company-information.service.gov.uk/company/"

_NATIONS = frozenset({"england", "scotland", "wales", "northern ireland"})
_GIVES = frozenset({"industry", "address", "city", "state", "country", "founded"})


class CompaniesHouse(Provider):
    """The public data API of Companies House."""

    service = Service(
        name="companies_house",
        label="Companies House",
        site="https://developer.company-information.service.gov.uk",
        key=KeyKind.FREE,
        offers=(
            Offer(Task.COMPANIES, gives=_GIVES),
            Offer(Task.COMPANY, gives=_GIVES, needs=needs((Known.COMPANY_NAME,))),
            Offer(Task.PEOPLE, gives=frozenset({"title"}), needs=needs((Known.REF,), (Known.COMPANY_NAME,))),
        ),
        pace=Pace(calls=2),
        note="Public register. Officers are people: their data falls under the GDPR.",
    )
    base_url = "https://api.company-information.service.gov.uk/"

    def headers(self) -> Mapping[str, str]:
        """The key is the name of a user without a password."""
        return {"Authorization": f"Basic {b64encode(f'{self._key}:'.encode()).decode()}"}

    def failure(self, reply: Reply) -> Exception:
        """A 429 lasts until the five minutes are over, which the headers tell."""
        if reply.status == 429:
            return TryLater("Companies House asked for fewer questions.", _until_reset(reply.headers))
        return super().failure(reply)

    def rest(self, reply: Reply) -> float:
        """Nothing is asked once the five minutes' questions are used up."""
        return _until_reset(reply.headers) if reply.headers.get("x-ratelimit-remain") == "0" else 0.0

    async def check(self) -> Health:
        """Whether the key is accepted, and how many questions are left of these five minutes."""
        reply = await self.get("search/companies", q="companies house", items_per_page=1)
        left = reply.headers.get("x-ratelimit-remain", "") if reply else ""
        if not (left.isdecimal() and len(left) < 10):
            return Health(True, "The key works.")
        return Health(True, f"The key works; {int(left):,} questions are left for these five minutes.", int(left))

    async def companies(self, search: Search, cursor: str = "") -> Answer[FoundCompany]:
        """Active companies of the trades at one of the places, a hundred a page. Empty without a trade that the
        classification knows, and when only other countries are looked for."""
        codes = ",".join(sorted({code for trade in _trades(search) for code in trade.sic}))
        places = _british(search.places)
        if not codes or not places:
            return Answer()
        turn = Turn.read(cursor, places)
        after = int(turn.token or 0)
        reply = await self._search(sic_codes=codes, location=turn.phrase, start_index=after or None)
        found, hits = self._found(reply, SURE)
        more = found and after + PER_PAGE < min(hits, LAST)
        return self.answer(Task.COMPANIES, found, reply, next=turn.after(str(after + PER_PAGE) if more else ""))

    async def company(self, asked: AskedCompany) -> Answer[FoundCompany]:
        """The active company of this name; nothing where several have it, or where it is known to be elsewhere."""
        reply = await self._named(asked)
        found, _ = self._found(reply, sureness(asked, "GB"))
        named = tuple(company for company in found if same_name(company.name, asked.name))
        return self.answer(Task.COMPANY, named if len(named) == 1 else (), reply)

    async def people(self, asked: AskedCompany, cursor: str = "") -> Answer[FoundPerson]:
        """The directors and other officers of the company who are still in office, a hundred a page. Without its number
        two questions are asked: which number has the name comes first."""
        company, _, start = cursor.partition(":")
        company = company or asked.ref or await self._number(asked)
        if not company:
            return Answer()
        after = int(start or 0)
        reply = await self.get(f"company/{company}/officers", items_per_page=PER_PAGE, start_index=after or None)
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"items": list(items), **about}:
                sure = SURE if asked.ref else sureness(asked, "GB")
                found = tuple(_officer(each, asked, company, sure) for each in rows(items) if _is_in_office(each))
                more = items and after + PER_PAGE < number(about.get("total_results"))
                return self.answer(Task.PEOPLE, found, reply, next=f"{company}:{after + PER_PAGE}" if more else "")
        raise self.garbled(reply)

    async def _search(self, **parameters: Any) -> Reply | None:
        return await self.get("advanced-search/companies", company_status="active", size=PER_PAGE, **parameters)

    async def _named(self, asked: AskedCompany) -> Reply | None:
        """The active companies whose names hold this one; None for one that is known to be elsewhere."""
        if not asked.name or not sureness(asked, "GB"):
            return None
        return await self._search(company_name_includes=core_name(asked.name))

    async def _number(self, asked: AskedCompany) -> str:
        """The number of the one active company of this name, or ""."""
        found, _ = self._found(await self._named(asked), SURE)
        named = [company.ref for company in found if same_name(company.name, asked.name)]
        return named[0] if len(named) == 1 else ""

    def _found(self, reply: Reply | None, sure: float) -> tuple[tuple[FoundCompany, ...], int]:
        """The companies of a page, and how many there are in all."""
        if reply is None:
            return (), 0
        match self.data(reply, dict):
            case {"items": list(items), **about}:
                found = (_company(each, sure) for each in rows(items))
                return tuple(company for company in found if company.name), int(number(about.get("hits")))
        raise self.garbled(reply)


def _until_reset(headers: Mapping[str, str]) -> float:
    """Seconds until questions may be asked again; 0 where the headers do not tell."""
    reset = headers.get("x-ratelimit-reset", "")
    return max(float(reset) - time.time(), 1.0) if reset.isdecimal() else 0.0


def _trades(search: Search) -> Iterable[Trade]:
    return trades_in(search.industries) or trades_in(search.keywords)


def _british(places: tuple[str, ...]) -> tuple[str, ...]:
    """The places as the register is asked for them: "" is the whole of it, towns stay, other countries go.

    The nations of the kingdom stay too: addresses name them.
    """
    if not places:
        return ("",)
    here = [place for place in places if "GB" in country_codes(place) or not country_codes(place)]
    return tuple(dict.fromkeys("" if _is_all(place) else place for place in here))


def _is_all(place: str) -> bool:
    return "GB" in country_codes(place) and " ".join(words(place)) not in _NATIONS


def _company(said: Mapping[str, Any], sure: float) -> FoundCompany:
    company, address = text(said.get("company_number")), part(said, "registered_office_address")
    trades = (trade_of_sic(code) for code in texts(said.get("sic_codes")))
    known = {
        "industry": next((trade.name for trade in trades if trade), ""),
        "address": _address(address),
        "city": address.get("locality"),
        "state": address.get("region"),
        "country": country_code(text(address.get("country"))) or "GB",
        "founded": text(said.get("date_of_creation"))[:4],
    }
    return FoundCompany(text(said.get("company_name")), "", facts(known, sure, f"{REGISTER}{company}"), company)


def _address(said: Mapping[str, Any]) -> str:
    street = " ".join(filter(None, (text(said.get("premises")), text(said.get("address_line_1")))))
    town = " ".join(filter(None, (text(said.get("locality")), text(said.get("postal_code")))))
    return ", ".join(filter(None, (street, text(said.get("address_line_2")), town)))


def _is_in_office(said: Mapping[str, Any]) -> bool:
    """Whether an officer is a person who has not left: companies sit on boards too."""
    return bool(text(said.get("name"))) and not said.get("resigned_on") and "corporate" not in _role(said)


def _role(said: Mapping[str, Any]) -> str:
    return text(said.get("officer_role"))


def _officer(said: Mapping[str, Any], asked: AskedCompany, company: str, sure: float) -> FoundPerson:
    """A person as the register writes them: "SMITH, John Andrew, Dr"; people are called by their first name only."""
    family, _, given = text(said.get("name")).partition(", ")
    first, *_ = [*given.replace(",", " ").split(), ""]
    return FoundPerson(
        first_name=first,
        last_name=family.title() if family.isupper() else family,
        title=_role(said).replace("-", " ").capitalize().replace("Llp", "LLP"),
        company=asked.name,
        domain=asked.domain,
        confidence=sure,
        source=f"{REGISTER}{company}/officers",
    )
