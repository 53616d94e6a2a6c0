"""What every provider shares: one question to its service, and its errors told apart by what the caller may do next.

A provider is one file: its service's terms, how the key is sent, and how each answer is read. It asks one question a
call, keeps nothing, and never decides what is asked next.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, ClassVar, TypeVar

import httpx
import orjson
import stamina
import structlog

from leadboard.domain.found import Answer, Health
from leadboard.domain.services import KeyKind, Service, Task
from leadboard.errors import ProviderError, Refused, TryLater
from leadboard.providers.wire import Wire

MOST_PATIENCE = 60.0
"""Seconds a service may ask us to wait within a question; for more, another service is asked."""
KEPT = 20_000
"""Characters of an answer that are kept with the log of the call."""
HIDDEN = "[key]"

_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""A NUL as JSON spells it, which no database takes."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class ServiceError(ProviderError):
    """A service failed for this question. `status`: of its answer, 0 without one; `said`: its own words, shortened."""

    def __init__(self, sentence: str, *, status: int = 0, said: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.said = said


class KeyRefused(ServiceError):
    """The key is wrong or may not ask this: ask nothing more with it."""


class QuotaUsed(ServiceError):
    """What was paid for is used up: ask nothing more until it is renewed."""


class Misasked(ServiceError):
    """The service cannot do anything with this question: asking again changes nothing."""


class Outage(ServiceError):
    """The service is down or out of reach: another time it may answer."""


class Garbled(ServiceError):
    """The answer is none that the service promises: nothing of it is used."""


@dataclass(frozen=True)
class Reply:
    """One answer over HTTP."""

    status: int
    headers: httpx.Headers
    text: str

    @property
    def data(self) -> Any:
        """The body as JSON; None where it is none. Its texts can all be stored: none has a NUL or half a character."""
        try:
            return orjson.loads(_NUL.sub(r"\1", self.text))
        except ValueError:
            return None

    @property
    def words(self) -> str:
        """What the service says about a failure, in its own words, if any."""
        said = _said(self.data) if self.data is not None else "" if "<" in self.text[:200] else self.text
        return " ".join(str(said).split())


class Provider:
    """One service as the engine asks it, with a workspace's key. Subclasses have a method for each task they offer:

    `companies(search, cursor)`, `company(asked)`, `people(asked, cursor)`, `person(asked)`, `verify(email)`,
    `signals(asked)`, each to an `Answer`; and `check()` to a `Health`.
    """

    service: ClassVar[Service]
    base_url: ClassVar[str]
    missing: ClassVar[frozenset[int]] = frozenset({404})
    """Statuses that mean "nothing found"."""

    def __init__(self, wire: Wire, key: str = "") -> None:
        if self.service.key in (KeyKind.FREE, KeyKind.PAID) and not key:
            raise Refused(f"{self.service.label} needs a key. An admin adds it under Providers.", code="no_key")
        if self.service.identified and not wire.contact:
            raise Refused(
                f"{self.service.label} answers only callers who say who they are. Set LEADBOARD_CONTACT to your e-mail "
                "address.",
                code="no_contact",
            )
        self._wire = wire
        self._key = key
        self._pacer = wire.pacer(self.service, key)

    async def check(self) -> Health:
        """Ask something that costs nothing and needs the key. Raises as every question does."""
        raise NotImplementedError

    # How the key is sent, and what an answer means: for subclasses to say.

    def headers(self) -> Mapping[str, str]:
        """Headers of every question, the key among them."""
        return {}

    def parameters(self) -> Mapping[str, str]:
        """What goes into the query of every question."""
        return {}

    def judge(self, reply: Reply) -> bool:
        """Whether there is something in the reply; raises where the question failed."""
        if 200 <= reply.status < 300:
            return True
        if reply.status in self.missing:
            return False
        raise self.failure(reply)

    def failure(self, reply: Reply) -> Exception:
        """What a status means; a provider whose service means something else by one says so first."""
        label, about = self.service.label, {"status": reply.status, "said": self.safe(reply.words)}
        match reply.status:
            case 401 | 403 if not self._key:
                said = f"{label} turned us away, as it does when it is asked too much. Ask it tomorrow."
                return KeyRefused(said, **about)
            case 401 | 403:
                return KeyRefused(f"{label} did not accept the key. Check it under Providers.", **about)
            case 402:
                return QuotaUsed(f"{label} says that the plan is used up.", **about)
            case 429:
                return TryLater(f"{label} asked for fewer questions.", retry_after(reply.headers))
            case status if status >= 500:
                return Outage(f"{label} is having trouble (status {status}).", **about)
            case status:
                return Misasked(f"{label} did not take the question (status {status}).", **about)

    def rest(self, reply: Reply) -> float:
        """Seconds until the service may be asked again, when its headers say that nothing is left until then."""
        return 0.0

    # One question.

    async def get(self, path: str, **parameters: Any) -> Reply | None:
        """The reply to a GET; None when nothing was found. Parameters that are None or "" are left out."""
        return await self.ask("GET", path, params={**self.parameters(), **_given(parameters)})

    async def post(self, path: str, body: Any, *, once: bool = False, **parameters: Any) -> Reply | None:
        """The reply to a POST of JSON; None when nothing was found. `once` as in `ask`."""
        return await self.ask("POST", path, once=once, json=body, params={**self.parameters(), **_given(parameters)})

    async def ask(
        self, method: str, path: str, *, once: bool = False, headers: Mapping[str, str] | None = None, **content: Any
    ) -> Reply | None:
        """The reply, asked for as often as is worth it: three times more when the service asks for patience (after 1, 2
        and 4 seconds, or as it says), once more when it is down. None when nothing was found.

        `once`: not again after an outage, where the service may already do what was asked and do it twice; `headers`:
        those of this question alone.
        """
        url = path if "://" in path else self.base_url + path
        request = self._wire.request(method, url, headers={**self.headers(), **(headers or {})}, **content)
        again = stamina.retry_context(
            _Patience(once), attempts=4, timeout=None, wait_initial=1, wait_max=4, wait_jitter=0
        )
        async for attempt in again:
            with attempt:
                return await self._attempt(request)
        raise AssertionError("the last attempt returns or raises")

    async def _attempt(self, request: httpx.Request) -> Reply | None:
        async with self._pacer.turn():
            began = time.perf_counter()
            try:
                response = await self._wire.send(request)
            except TimeoutError as error:
                raise self._slow() from error
            except httpx.TimeoutException as error:
                raise self._slow() from error
            except httpx.DecodingError as error:
                raise Garbled(f"{self.service.label} sent something that cannot be read.") from error
            except httpx.TransportError as error:
                raise Outage(f"{self.service.label} could not be reached.") from error
        reply = Reply(response.status_code, response.headers, response.text)
        took = round((time.perf_counter() - began) * 1000)
        log.debug("service_asked", service=self.service.name, path=request.url.path, status=reply.status, ms=took)
        if wait := self.rest(reply):
            self._pacer.hold(min(wait, MOST_PATIENCE))
        return reply if self.judge(reply) else None

    def _slow(self) -> "_Slow":
        return _Slow(f"{self.service.label} did not answer within 10 seconds.")

    # Reading an answer.

    def data(self, reply: Reply, kind: type[T]) -> T:
        """The body as JSON of this kind (dict or list); `Garbled` where it is something else."""
        data = reply.data
        if not isinstance(data, kind):
            raise self.garbled(reply)
        return data

    def garbled(self, reply: Reply | None) -> Garbled:
        """The error of an answer that is none the service promises; None is a miss where none can be."""
        status, said = (reply.status, self.safe(reply.text)) if reply else (404, "")
        return Garbled(f"{self.service.label} sent something that cannot be read.", status=status, said=said)

    def answer(
        self, task: Task, items: tuple[T, ...], reply: Reply | None, *, next: str = "", micros: int | None = None
    ) -> Answer[T]:
        """The answer with its price: what the service itself said (`micros`), or that of the offer, for something
        found."""
        raw = self.safe(reply.text, KEPT) if reply else ""
        return Answer(items, self._price(task, bool(items)) if micros is None else micros, next, raw)

    def _price(self, task: Task, found: bool) -> int:
        offer = self.service.offer(task)
        return offer.micros if offer and (found or offer.always) else 0

    def safe(self, text: str, longest: int = 300) -> str:
        """A service's words, so many characters of them, without our key, which some repeat."""
        return (text.replace(self._key, HIDDEN) if self._key else text)[:longest]


class _Slow(Outage):
    """No answer in time: not worth another ten seconds."""


class _Patience:
    """Which failures are worth another attempt, for one question."""

    def __init__(self, once: bool) -> None:
        self._outages = int(once)

    def __call__(self, error: Exception) -> bool | float:
        match error:
            case TryLater(seconds=seconds):
                return seconds <= MOST_PATIENCE and (seconds or True)
            case _Slow():
                return False
            case Outage():
                self._outages += 1
                return self._outages == 1 and 1.0
            case _:
                return False


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds that a Retry-After header asks for (a number or a date); 0 where it says nothing."""
    said = headers.get("retry-after", "").strip()
    try:
        return max(float(said), 0.0)
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(said).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _given(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if value not in (None, "")}


_TELLING = ("details", "detail", "message", "error_message", "error", "title", "description", "errors")


def _said(data: Any) -> str:
    """The first sentence in the usual places of an error's body."""
    match data:
        case str():
            return data
        case list() if data:
            return _said(data[0])
        case dict():
            return next((said for name in _TELLING if (said := _said(data.get(name)))), "")
    return ""
