"""Which addresses of the outside we go to: the rules for URLs, names and IP addresses."""

import asyncio
import ipaddress
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver
import httpx

from leadboard.errors import ProviderError, Refused

LONGEST_URL = 2_000
PORTS = {"http": 80, "https": 443}
LOOKUP_SECONDS = 5.0
_RECORDS = ("A", "AAAA")
_NO_SUCH_NAME = (dns.resolver.NXDOMAIN, dns.exception.SyntaxError, dns.name.NameTooLong)

# `ipaddress.is_global` lets multicast, NAT64, 6to4, site-local and a cloud's own host through, so the list is ours.
_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32"),
    )
)
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(ipaddress.IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_TOP = re.compile(r"(?!-)(?=.*[a-z])(?!0x)[a-z0-9-]{2,63}(?<!-)")  # `1.2.3.4` and `1.0x7f` end in a number
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")


def public(address: str) -> bool:
    """Whether an IP address (text, v4 or v6) belongs to the open internet. Anything unreadable does not."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in block for block in _CLOSED_V4)
    return ip.scope_id is None and ip in _OPEN_V6 and not any(ip in block for block in _CLOSED_V6)


def checked(url: str, base: str = "") -> httpx.URL:
    """The URL, seen from `base`, as it may be asked: http or https, a full name, the usual port, no user, no fragment.

    Raises `Refused` (field `url`) for everything else; nothing is looked up here.
    """
    url = url.strip()
    if len(url) > LONGEST_URL:
        raise _refused(f"A web address of more than {LONGEST_URL} characters is not opened.")
    if _UNSAFE.search(url):
        raise _refused("The web address holds characters that do not belong in one. Check it for typing errors.")
    try:
        parsed = httpx.URL(urljoin(base, url))
        host = parsed.raw_host.decode("ascii").lower().removesuffix(".")
    except (httpx.InvalidURL, ValueError) as error:
        raise _refused("The web address could not be read. Check it for typing errors.") from error
    if parsed.scheme not in PORTS:
        raise _refused("Only http and https addresses are opened.")
    if parsed.userinfo:
        raise _refused("A web address with a user name or password in it is not opened.")
    _check_name(host)
    if parsed.port not in (None, PORTS[parsed.scheme]):
        raise _refused(f"{host} is only opened on the usual web ports, not on port {parsed.port}.")
    if str(parsed).startswith(f"{parsed.scheme}://{host}/") and "#" not in str(parsed):
        return parsed  # plain already, as most are; taking a URL apart and together is dear
    return parsed.copy_with(host=host, port=None, raw_path=parsed.raw_path, fragment=None)


def _check_name(host: str) -> None:
    labels = host.split(".")
    named = len(labels) > 1 and len(host) <= 253 and all(_LABEL.fullmatch(label) for label in labels)
    if not named or not _TOP.fullmatch(labels[-1]):
        raise _refused("Only full names such as acme.com are opened, no numbers and no names of a local network.")


def _refused(sentence: str) -> Refused:
    return Refused(sentence, field="url", code="address_refused")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a connection really goes: an IP address and a port."""

    address: str
    port: int


class Resolver(Protocol):
    """Turns a name and port into the targets that may be connected, best first; raises `Refused` or `ProviderError`.

    What it returns is connected without a second look-up. The product has one, `PublicResolver`; benches and tests
    construct a `Fetcher` with another one in code. There is no setting for it.
    """

    async def __call__(self, host: str, port: int) -> list[Target]: ...


Lookup = Callable[[str], Awaitable[list[str]]]


async def look_up(host: str) -> list[str]:
    """The IP addresses of a name from the DNS, v4 first. `ProviderError` when it has none.

    Asked by our own resolver: the system's would occupy threads for as long as a hostile name server keeps silent, and
    would read the hosts file and search domains of our own network.
    """
    resolver = dns.asyncresolver.Resolver()
    asked = (resolver.resolve(f"{host}.", kind, lifetime=LOOKUP_SECONDS, raise_on_no_answer=False) for kind in _RECORDS)
    answers = await asyncio.gather(*asked, return_exceptions=True)
    found = [answer.rrset for answer in answers if isinstance(answer, dns.resolver.Answer)]
    if addresses := [record.to_text() for records in found for record in records or ()]:
        return addresses
    for answer in answers:
        if isinstance(answer, BaseException) and not isinstance(answer, _NO_SUCH_NAME):
            raise ProviderError(f"The name {host} could not be looked up. Try again later.") from answer
    raise _unknown(host)


def _unknown(host: str) -> ProviderError:
    return ProviderError(f"There is no website at {host}: the name is not known. Check the address.")


class PublicResolver:
    """Only the open internet, only ports 80 and 443. One private address in the answer refuses the whole name."""

    def __init__(self, lookup: Lookup = look_up) -> None:
        self._lookup = lookup

    async def __call__(self, host: str, port: int) -> list[Target]:
        if port not in PORTS.values():
            raise _refused(f"{host} is only opened on the usual web ports, not on port {port}.")
        addresses = await self._lookup(host)
        if not addresses:
            raise _unknown(host)
        if not all(public(address) for address in addresses):
            raise _refused(f"{host} leads into a private network, which is never opened from here.")
        return [Target(address, port) for address in addresses]
