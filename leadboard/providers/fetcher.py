"""The one way to read an address that a person, a page or a mail gave us."""

import asyncio
import ssl
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Self

import httpcore
import httpx

from leadboard.errors import ProviderError, TryLater
from leadboard.providers.addresses import PublicResolver, Resolver, checked
from leadboard.providers.network import Elsewhere, Lines, Pinned

BOT = "leadboardbot"
USER_AGENT = f"{BOT}/0.1 (+https://leadboard.example/bot)"
MOST_REDIRECTS = 5
LONGEST_WAIT = 3_600.0
SPILLED = 64_000  # bytes of an answer that is not wanted

HTML = frozenset({"text/html", "application/xhtml+xml"})
TEXT = HTML | {"text/plain", "text/xml", "application/xml", "application/json"}

_HEADERS = [
    (b"User-Agent", USER_AGENT.encode()),
    (b"Accept", b"text/html,application/xhtml+xml,text/plain;q=0.8,application/xml;q=0.7,application/json;q=0.7"),
    (b"Accept-Encoding", b"gzip"),
    (b"Accept-Language", b"en,*;q=0.5"),
]


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a web server.

    `url` was asked for, `final_url` answered after redirects; `content_type` is the bare media type and `charset` that
    of the header (empty: not said); `body` is decoded and empty unless `status` is 2xx; `fetched_ms` is the time, in
    milliseconds since 1970 UTC.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    charset: str
    body: bytes = field(repr=False)
    fetched_ms: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What one request may cost: whole time, decoded bytes, media types (None: any). `cut` keeps the first `size` bytes
    of a longer body instead of refusing it."""

    seconds: float = 10.0
    size: int = 2_000_000
    types: frozenset[str] | None = TEXT
    cut: bool = False


PAGE = Terms()
Check = Callable[[str], Awaitable[None]]


class Fetcher:
    """Reads web pages of the open internet, and nothing else, whoever asks.

    Every hop is checked on its own: scheme, name, port, and the very address that is then connected. It sends no
    cookies, credentials or referrer, ignores proxies of the environment, and bounds time, bytes and redirects. One for
    the process and its event loop. `resolver` and `trust` are for benches and tests; `transport`, which takes the place
    of the network, is the demo world's.
    """

    def __init__(
        self,
        resolver: Resolver | None = None,
        *,
        trust: ssl.SSLContext | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        if transport is None:
            network, trust = Pinned(resolver or PublicResolver()), trust or httpx.create_ssl_context(trust_env=False)
            self._new_lines: Callable[[], Lines | Elsewhere] = lambda: Lines(network, trust)
        else:
            self._new_lines = lambda: Elsewhere(transport)
        self._lines = self._new_lines()

    def visitor(self) -> Self:
        """The same fetcher with connections of its own, for the many pages of one site; close it after the visit."""
        visitor = copy(self)
        visitor._lines = self._new_lines()
        return visitor

    async def get(self, url: str, terms: Terms = PAGE, *, check: Check | None = None) -> Page:
        """Read one page, following at most five redirects; `check` is asked about each hop and refuses by raising.

        Raises `Refused` for an address that is never opened, `TryLater` when the server asks for patience (429, 503
        with Retry-After) and `ProviderError` when it cannot be read. Other statuses are returned, without their body.
        """
        current = checked(url)
        try:
            async with asyncio.timeout(terms.seconds):
                for _ in range(MOST_REDIRECTS + 1):
                    if check:
                        await check(str(current))
                    answer = await self._ask(url, current, terms)
                    if isinstance(answer, Page):
                        return answer
                    current = checked(answer, base=str(current))
        except TimeoutError as error:
            raise ProviderError(f"{current.host} did not answer within {terms.seconds:g} s.") from error
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise _failure(current.host, error) from error
        raise ProviderError(f"{current.host} kept redirecting: more than {MOST_REDIRECTS} hops were not followed.")

    async def _ask(self, url: str, current: httpx.URL, terms: Terms) -> Page | str:
        """One request: the page, or the address it redirects to."""
        target = httpcore.URL(scheme=current.raw_scheme, host=current.raw_host, port=None, target=current.raw_path)
        request = httpcore.Request("GET", target, headers=[(b"Host", current.raw_host), *_HEADERS])
        async with self._lines.ask(request) as response:
            said = {name.lower(): value.decode("utf-8", "replace") for name, value in response.headers}
            location = said.get(b"location")
            if response.status in (301, 302, 303, 307, 308) and location:
                return location
            _check_patience(current.host, response.status, said.get(b"retry-after", ""))
            kind, charset = _media_type(said.get(b"content-type", ""))
            good = 200 <= response.status < 300
            if good and terms.types is not None and kind not in terms.types:
                raise ProviderError(f"{current.host} sent {kind or 'something of no stated type'} instead of a page.")
            encoding = said.get(b"content-encoding", "").strip().lower()
            stream = response.aiter_stream()
            body = await _body(current.host, stream, encoding, terms) if good else await _spill(stream)
            return Page(url, str(current), response.status, kind, charset, body, time.time_ns() // 1_000_000)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._lines.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


async def _body(host: str, stream: AsyncIterator[bytes], encoding: str, terms: Terms) -> bytes:
    """The decoded body. Neither what arrives nor what it unpacks to is ever held beyond `terms.size`."""
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise ProviderError(f"{host} sent a page packed as {encoding[:40]}, which was not asked for.")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    body, arrived = bytearray(), 0
    async for chunk in stream:
        arrived += len(chunk)
        try:
            body += unpack.decompress(chunk, terms.size + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise ProviderError(f"{host} sent a damaged page.") from error
        if max(len(body), arrived) > terms.size:
            if terms.cut:
                return bytes(body[: terms.size])
            raise ProviderError(f"{host} sent a page of more than {terms.size / 1e6:g} MB, which is not read.")
    if unpack and arrived and not unpack.eof:
        raise ProviderError(f"{host} broke off in the middle of a page.")
    return bytes(body)


async def _spill(stream: AsyncIterator[bytes]) -> bytes:
    """Nothing. A short answer is read to its end, so that its connection serves the next page: a new one costs more."""
    arrived = 0
    async for chunk in stream:
        arrived += len(chunk)
        if arrived > SPILLED:
            break
    return b""


@lru_cache(maxsize=256)
def _media_type(header: str) -> tuple[str, str]:
    message = Message()
    message["Content-Type"] = header
    kind = message.get_content_type() if "/" in header else ""
    return kind, (message.get_content_charset() or "") if kind else ""


def _check_patience(host: str, status: int, retry_after: str) -> None:
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.SERVICE_UNAVAILABLE and retry_after):
        raise TryLater(f"{host} asked for fewer visits and is tried again later.", _wait(retry_after))


def _wait(retry_after: str) -> float:
    """Seconds to wait as a Retry-After header says them (a number or a date); a minute where it says nothing."""
    if retry_after.strip().isdecimal():
        return min(float(retry_after), LONGEST_WAIT)
    try:
        return min(max(parsedate_to_datetime(retry_after).timestamp() - time.time(), 1.0), LONGEST_WAIT)
    except (ValueError, OverflowError):
        return 60.0


def _failure(host: str, error: Exception) -> ProviderError:
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
        return ProviderError(f"The certificate of {host} is not valid, so its pages are not trusted.")
    if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
        return ProviderError(f"{host} could not be reached.")
    return ProviderError(f"{host} broke off the connection or did not answer as a web server does.")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error := error and (error.__cause__ or error.__context__):
        yield error
