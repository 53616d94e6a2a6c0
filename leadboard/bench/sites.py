"""Websites of companies that do not exist: the same for the same seed, rich enough to extract from."""

import asyncio
import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Annotated

import typer

from leadboard.bench.loopback import Answer, SiteServer

_FIRST = ("Ada", "Grace", "Alan", "Mary", "Linus", "Rosalind", "Niels", "Emmy", "Katherine", "Claude", "Hedy", "Otto")
_LAST = ("Fischer", "Novak", "Okafor", "Lindqvist", "Marchetti", "Byrne", "Tanaka", "Keller", "Dubois", "Almeida")
_TITLES = ("Chief Executive Officer", "Head of Sales", "Operations Manager", "Marketing Director", "Lead Engineer")
_TRADES = {
    "Roofing": ("Roof Repair", "Gutter Installation", "Roof Inspection", "Solar Panel Mounting"),
    "Logistics": ("Freight Forwarding", "Warehousing", "Last Mile Delivery", "Customs Clearance"),
    "Software": ("Web Development", "Cloud Migration", "Data Engineering", "Technical Support"),
    "Accounting": ("Bookkeeping", "Payroll", "Tax Returns", "Business Advisory"),
    "Dental": ("Dental Implants", "Teeth Whitening", "Orthodontics", "Emergency Dentistry"),
}
_NAMES = (
    "Northwind",
    "Harbour",
    "Juniper",
    "Copperfield",
    "Silverline",
    "Redwood",
    "Bluestone",
    "Meridian",
    "Larkspur",
)
_TOWNS = (("Denver", "CO", "80202", "303"), ("Austin", "TX", "78701", "512"), ("Portland", "OR", "97201", "503"))
_STREETS = ("Market Street", "Oak Avenue", "River Road", "Station Street")
_MENU = {
    "/": "Home",
    "/about": "About us",
    "/team": "Our team",
    "/services": "Services",
    "/careers": "Careers",
    "/contact": "Contact",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a team page."""

    name: str
    title: str
    email: str


@dataclass(frozen=True, slots=True)
class Company:
    """What one site says about its company; `phone` is in E.164."""

    domain: str
    name: str
    trade: str
    services: tuple[str, ...]
    phone: str
    email: str
    street: str
    town: str
    region: str
    postcode: str
    founded: int
    people: tuple[Person, ...]
    opening: str
    customers: tuple[str, ...]

    @property
    def spoken_phone(self) -> str:
        """The phone number as people write it: `(303) 555-0142`."""
        return f"({self.phone[2:5]}) {self.phone[5:8]}-{self.phone[8:]}"


class GeneratedSites(Mapping[str, Mapping[str, Answer]]):
    """`count` websites at `company-0001.example` and so on, each of six pages, made when they are asked for."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.domains = tuple(f"company-{number:04}.example" for number in range(1, count + 1))
        self._known = frozenset(self.domains)
        self._seed = seed
        self._pages = lru_cache(maxsize=None)(lambda domain: _pages(self.company(domain)))

    def company(self, domain: str) -> Company:
        """What the site of `domain` says."""
        if domain not in self._known:
            raise KeyError(domain)
        return _company(domain, random.Random(f"{self._seed}/{domain}"))

    def __getitem__(self, domain: str) -> Mapping[str, Answer]:
        return self._pages(domain)

    def __iter__(self) -> Iterator[str]:
        return iter(self.domains)

    def __len__(self) -> int:
        return len(self.domains)

    def __contains__(self, domain: object) -> bool:
        return domain in self._known


def _company(domain: str, chance: random.Random) -> Company:
    trade = chance.choice(tuple(_TRADES))
    town, region, postcode, area = chance.choice(_TOWNS)
    names = chance.sample([f"{first} {last}" for first in _FIRST for last in _LAST], k=chance.randint(2, len(_TITLES)))
    people = tuple(
        Person(name, title, f"{name.lower().replace(' ', '.')}@{domain}")
        for name, title in zip(names, _TITLES, strict=False)
    )
    number = int(domain.removeprefix("company-").removesuffix(".example"))
    return Company(
        domain=domain,
        name=f"{chance.choice(_NAMES)} {trade} {number}",
        trade=trade,
        services=_TRADES[trade],
        phone=f"+1{area}555{chance.randint(100, 199):04}",
        email=f"office@{domain}",
        street=f"{chance.randint(10, 990)} {chance.choice(_STREETS)}",
        town=town,
        region=region,
        postcode=postcode,
        founded=chance.randint(1950, 2020),
        people=people,
        opening=f"{trade} {chance.choice(('Specialist', 'Coordinator', 'Technician'))}",
        customers=tuple(f"{name} Holdings" for name in chance.sample(_NAMES, k=3)),
    )


def _pages(company: Company) -> dict[str, Answer]:
    draw = {
        "/": _home,
        "/about": _about,
        "/team": _team,
        "/services": _services,
        "/careers": _careers,
        "/contact": _contact,
    }
    return {path: _page(company, _MENU[path], body(company)) for path, body in draw.items()}


def _page(company: Company, title: str, body: str) -> str:
    menu = "".join(f'<li><a href="{path}">{escape(text)}</a></li>' for path, text in _MENU.items())
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": company.name,
        "url": f"http://{company.domain}/",
        "telephone": company.phone,
        "email": company.email,
        "foundingDate": str(company.founded),
        "sameAs": [f"https://www.linkedin.com/company/{company.domain.split('.')[0]}"],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": company.street,
            "addressLocality": company.town,
            "addressRegion": company.region,
            "postalCode": company.postcode,
            "addressCountry": "US",
        },
    }
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | {escape(company.name)}</title>
<meta name="description" content="{escape(company.name)}: {escape(company.trade.lower())} in {company.town}.">
<meta name="generator" content="WordPress 6.4"><script type="application/ld+json">{json.dumps(data)}</script></head>
<body><header><a href="/">{escape(company.name)}</a><nav><ul>{menu}</ul></nav></header>
<main><h1>{escape(title)}</h1>{body}</main>
<footer><p>&copy; {escape(company.name)}, {company.street}, {company.town}, {company.region} {company.postcode}</p>
<p>Phone <a href="tel:{company.phone}">{company.spoken_phone}</a>,
<a href="https://www.linkedin.com/company/{company.domain.split(".")[0]}">LinkedIn</a></p></footer></body></html>
"""


def _home(company: Company) -> str:
    customers = "".join(f"<li>{escape(customer)}</li>" for customer in company.customers)
    return f"""<p>{escape(company.name)} helps property owners and businesses in {company.town} with
{", ".join(company.services).lower()}. We answer within one working day and stand by our prices.</p>
<section><h2>Our customers</h2><ul>{customers}</ul></section>
<blockquote><p>They did what they said, on time and within budget.</p><cite>Operations Lead,
{escape(company.customers[0])}</cite></blockquote><p><a href="/contact">Get a quote</a></p>"""


def _about(company: Company) -> str:
    return f"""<p>Founded in {company.founded}, {escape(company.name)} grew from a workshop of two into a team of
{len(company.people) * 12} employees. Our mission is to make {company.trade.lower()} simple and dependable for everyone
in {company.town}.</p><p>We are independent, insured and proud of customers who have stayed with us for decades.</p>"""


def _team(company: Company) -> str:
    cards = "".join(
        f'<div class="team-member"><h3>{escape(person.name)}</h3><p class="title">{person.title}</p>'
        f'<a href="mailto:{person.email}">{person.email}</a></div>'
        for person in company.people
    )
    return f'<p>The people behind {escape(company.name)}.</p><div class="team">{cards}</div>'


def _services(company: Company) -> str:
    return "".join(
        f"<section><h2>{service}</h2><p>{service} by certified people, at a fixed price and on time.</p></section>"
        for service in company.services
    )


def _careers(company: Company) -> str:
    return f"""<p>We are hiring. Join a team that takes its work seriously and its weekends off.</p>
<h2>Open positions</h2><ul><li><h3>{company.opening}</h3><p>Full time, {company.town}, {company.region}</p></li></ul>"""


def _contact(company: Company) -> str:
    return f"""<p>Call <a href="tel:{company.phone}">{company.spoken_phone}</a> or write to
<a href="mailto:{company.email}">{company.email}</a>.</p>
<address>{escape(company.name)}<br>{company.street}<br>{company.town}, {company.region} {company.postcode}</address>"""


def main(count: Annotated[int, typer.Option()] = 300, port: Annotated[int, typer.Option()] = 8088) -> None:
    """Serve generated sites on a loopback port until stopped."""

    async def serve() -> None:
        async with SiteServer(GeneratedSites(count), port=port) as server:
            typer.echo(f"{count} sites on port {server.port}")
            await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    typer.run(main)
