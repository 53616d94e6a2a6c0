"""RDAP: since when a domain is registered, as the registry of its ending says. Nothing else is used of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from leadboard.domain.found import Answer, AskedCompany, FoundSignal, Health
from leadboard.domain.identity import host, registrable_domain
from leadboard.domain.services import KeyKind, Known, Offer, Pace, Service, Task, needs
from leadboard.providers.base import Provider
from leadboard.providers.reading import day, rows
from leadboard.providers.wire import Wire

LIST_SECONDS = 24 * 3600
"""How long the list of registries is kept."""


@dataclass
class _Registries:
    """The address of each ending's registry, until the wire's clock says `until`."""

    bases: Mapping[str, str] = field(default_factory=dict)
    until: float = float("-inf")
    fetching: asyncio.Lock = field(default_factory=asyncio.Lock)


_KEPT: WeakKeyDictionary[Wire, _Registries] = WeakKeyDictionary()
"""One list for everybody who asks over the same wire: a process has one."""


class Rdap(Provider):
    """The registries of domains, found by the list of IANA."""

    service = Service(
        name="rdap",
        label="RDAP",
        site="https://about.rdap.org",
        key=KeyKind.NONE,
        offers=(Offer(Task.SIGNALS, gives=frozenset({"age"}), needs=needs((Known.DOMAIN,))),),
        pace=Pace(calls=1),
        note="Registries forbid to use their data for mass marketing: only the day of registration is read.",
    )
    base_url = "https://data.iana.org/rdap/"
    missing = frozenset({400, 404})
    """Some registries call a name that is below one they know a bad question."""

    def headers(self) -> Mapping[str, str]:
        """Some registries answer in other formats too."""
        return {"Accept": "application/rdap+json, application/json"}

    async def check(self) -> Health:
        """How many endings have a registry that can be asked."""
        return Health(True, f"The registries of {len(await self._registries()):,} endings can be asked.")

    async def signals(self, asked: AskedCompany) -> Answer[FoundSignal]:
        """Since when the company's domain is registered; nothing where the registry does not say."""
        domain = registrable_domain(asked.domain)
        registry = _registry(await self._registries(), domain)
        if not registry:
            return Answer()
        address = f"{registry}domain/{domain}"
        reply = await self.get(address)
        if reply is None:
            return Answer()
        match self.data(reply, dict):
            case {"events": list(events)}:
                return self.answer(Task.SIGNALS, _age(domain, address, events), reply)
            case {"objectClassName": "domain"}:
                return self.answer(Task.SIGNALS, (), reply)
        raise self.garbled(reply)

    async def _registries(self) -> Mapping[str, str]:
        kept = _KEPT.setdefault(self._wire, _Registries())
        async with kept.fetching:
            if self._wire.clock() >= kept.until:
                kept.bases = await self._list()
                kept.until = self._wire.clock() + LIST_SECONDS
        return kept.bases

    async def _list(self) -> Mapping[str, str]:
        reply = await self.get("dns.json")
        match reply and reply.data:
            case {"services": list(services)} if bases := _bases(services):
                return bases
        raise self.garbled(reply)


def _bases(services: list[Any]) -> dict[str, str]:
    """Ending -> the first address of its registry that is asked over https."""
    bases: dict[str, str] = {}
    for each in services:
        match each:
            case [list(endings), list(addresses)]:
                base = next((address for address in addresses if _is_safe(address)), "")
                known = (ending.lower() for ending in endings if isinstance(ending, str))
                bases |= dict.fromkeys(known, base.rstrip("/") + "/") if base else {}
    return bases


def _is_safe(address: Any) -> bool:
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, TypeError):
        return False
    return url.scheme == "https" and bool(url.host) and url.host == host(address)


def _registry(bases: Mapping[str, str], domain: str) -> str:
    """The registry of the longest ending that is listed; "" where none is: then nothing is known, not "new"."""
    labels = domain.split(".")
    endings = (".".join(labels[at:]) for at in range(1, len(labels)))
    return next((bases[ending] for ending in endings if ending in bases), "")


def _age(domain: str, address: str, events: list[Any]) -> tuple[FoundSignal, ...]:
    said = (each.get("eventDate") for each in rows(events) if each.get("eventAction") == "registration")
    since = next(filter(None, map(day, said)), None)
    if since is None:
        return ()
    return (FoundSignal("age", f"{since:%Y}", f"{domain} was registered in {since:%B %Y}", since, address, 0.95),)
