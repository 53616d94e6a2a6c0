"""The one way to a language model: counted before it is sent, paid from a budget, valid by its schema, and recorded.

It raises nothing that a caller could foresee: where the model does not answer, the answer says why, and the caller's
rules answer.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

import stamina
import structlog
from pydantic import BaseModel, ValidationError

from leadboard.domain.models import LONGEST_PROMPT, PRICES, Price, Usage, Why
from leadboard.engine.model.failures import Away, Busy, Failure, Late
from leadboard.engine.model.prompt import Answer, Call, Caller, Prompt, Reply

if TYPE_CHECKING:
    import httpx2

    from leadboard.engine.model.client import Client

TRIES = 2
"""An answer that is not of the form asked for is asked for once more."""

AGAIN = "Your last answer could not be used: it was not of the form asked for. Answer anew, in that form and shorter."
"""Nothing of what was wrong is repeated: it may be somebody's words."""

ATTEMPTS = 3
LONGEST_PATIENCE = 20.0
"""A service that asks to be left alone for longer is not waited for."""

REST_SECONDS = 60.0
"""A service that failed, or a budget without room, is left alone for so long: nobody else waits for the same."""

TOGETHER = 8
SPARE_TOKENS = 500
"""What the service adds to a prompt beyond what it counts."""

Shape = TypeVar("Shape", bound=BaseModel)

log = structlog.get_logger(__name__)


class Ledger(Protocol):
    """Keeps budgets and the record of calls."""

    async def reserve(self, caller: Caller, micros: int) -> Any | None:
        """Set money aside; None when a cap leaves no room for it."""
        ...

    async def settle(self, caller: Caller, reserved: Any, call: Call) -> None:
        """Replace what was set aside by what the call cost, and record the call."""
        ...


@dataclass(frozen=True)
class Terms:
    """How a model is asked. `seconds`: of one attempt."""

    model: str = "claude-haiku-5-5"
    prices: Mapping[str, Price] = field(default_factory=lambda: PRICES)
    seconds: float = 40.0

    @property
    def price(self) -> Price:
        """What the model's words cost."""
        return self.prices[self.model]


class Gateway:
    """One for a process. Without a key the model answers nobody but the demo world's leads, for which `demo` is the
    transport; `transport` is a test's."""

    def __init__(
        self,
        terms: Terms,
        ledger: Ledger,
        key: str = "",
        *,
        transport: "httpx2.AsyncBaseTransport | None" = None,
        demo: "Callable[[], httpx2.AsyncBaseTransport] | None" = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._terms = terms
        self._ledger = ledger
        self._key = key
        self._transport = transport
        self._demo = demo
        self._clock = clock
        self._clients: dict[bool, Client] = {}
        self._making = asyncio.Lock()
        self._together = asyncio.Semaphore(TOGETHER)
        self._rest: dict[bool | UUID, tuple[float, Why]] = {}

    def answers(self, demo: bool) -> bool:
        """Whether there is anybody to ask."""
        return bool(self._key) or (demo and self._demo is not None)

    async def ask(
        self, prompt: Prompt, shape: type[Shape], caller: Caller, judge: Callable[[Shape], int] = lambda _: 0
    ) -> Answer[Shape]:
        """The answer in this shape, or why there is none. `judge` says how many of its sentences were dropped."""
        if not self.answers(caller.demo):
            return Answer(why=Why.NO_KEY)
        caller = replace(caller, demo=not self._key)
        if why := self._resting(caller.demo) or self._resting(caller.budget):
            return Answer(why=why)
        tokens = micros = 0
        why, asked = Why.INVALID, prompt
        for _ in range(TRIES):
            value, why, call = await self._try(asked, shape, caller, judge)
            if call is not None:
                used = call.usage
                tokens += used.input + used.output + used.cache_write + used.cache_read
                micros += call.micros
            if value is not None:
                return Answer(value, None, tokens, micros)
            if why is not Why.INVALID or call is None:
                break
            asked = replace(prompt, task=f"{prompt.task}\n\n{AGAIN}")
        return Answer(None, why, tokens, micros)

    async def _try(
        self, prompt: Prompt, shape: type[Shape], caller: Caller, judge: Callable[[Shape], int]
    ) -> tuple[Shape | None, Why, Call | None]:
        """One call that is paid for: the value, or why there is none, and what was recorded.

        Who is cancelled in between leaves the money set aside until the day ends: it may have been spent.
        """
        async with self._together:
            client = await self._client(caller.demo)
            tokens = await self._counted(client, prompt, shape.model_json_schema())
            if tokens > LONGEST_PROMPT:
                return None, Why.REFUSED, None
            most = self._terms.price.most(tokens, prompt.most)
            reserved = await self._ledger.reserve(caller, most)
            if reserved is None:
                self._rest[caller.budget] = self._clock() + REST_SECONDS, Why.NO_BUDGET
                return None, Why.NO_BUDGET, None
            began = self._clock()
            value, why, call = await self._call(client, prompt, shape, caller.demo, most)
            call = replace(
                call,
                duration_ms=round((self._clock() - began) * 1000),
                dropped=0 if value is None else judge(value),
            )
            await self._ledger.settle(caller, reserved, call)
        log.debug("model_asked", purpose=call.purpose, ok=call.ok, code=call.code, ms=call.duration_ms)
        return value, why, call

    async def _call(
        self, client: "Client", prompt: Prompt, shape: type[Shape], demo: bool, most: int
    ) -> tuple[Shape | None, Why, Call]:
        """What the service says to a prompt, and what that cost: `most` where it may have been charged for unseen."""
        call = Call(prompt.purpose, self._terms.model, False, Usage(), 0, 0, evidence=prompt.evidence)
        try:
            reply = await self._patiently(lambda: client.ask(self._terms.model, prompt, shape.model_json_schema()))
        except Failure as failure:
            why = self._failed(failure, demo)
            return None, why, replace(call, micros=most * failure.paid, code=failure.code, error=failure.said)
        call = replace(call, usage=reply.usage, micros=self._terms.price.micros(reply.usage))
        value, why, said = _read(reply, shape)
        if value is None:
            return None, why, replace(call, code=why, error=said)
        return value, why, replace(call, ok=True)

    async def _counted(self, client: "Client", prompt: Prompt, schema: Mapping[str, Any]) -> int:
        """The tokens a call may be charged for reading, never too few: what cannot be counted is one a character."""
        try:
            counted = await client.count(self._terms.model, prompt)
        except Failure:
            counted = len(prompt.rules) + len(prompt.data) + len(prompt.task)
        return counted + len(str(schema)) + SPARE_TOKENS

    async def _patiently(self, send: Callable[[], Any]) -> Reply:
        again = stamina.retry_context(
            _worth_another, attempts=ATTEMPTS, timeout=None, wait_initial=0.5, wait_max=8, wait_jitter=0
        )
        async for attempt in again:
            with attempt:
                try:
                    async with asyncio.timeout(self._terms.seconds):
                        return await send()
                except TimeoutError as error:
                    raise Late() from error
        raise AssertionError("the last attempt returns or raises")

    def _failed(self, failure: Failure, demo: bool) -> Why:
        """Let a service that failed rest, unless it only did not like this prompt."""
        log.warning("model_failed", code=failure.code, status=failure.status, said=failure.said)
        if failure.status not in (400, 413, 422):
            self._rest[demo] = self._clock() + max(failure.seconds, REST_SECONDS), failure.why
        return failure.why

    def _resting(self, what: bool | UUID) -> Why | None:
        """Why a service (the demo world's or not) or a budget is left alone for now, if it is."""
        until, why = self._rest.get(what, (0.0, None))
        return why if until > self._clock() else None

    async def _client(self, demo: bool) -> "Client":
        """The client for our key, or for the demo world; made when it is first needed."""
        async with self._making:
            if demo not in self._clients:
                # In a thread of its own: it takes seconds, and the loop's threads have others waiting.
                thread = ThreadPoolExecutor(1)
                made = asyncio.get_running_loop().run_in_executor(thread, import_module, _CLIENT)
                thread.shutdown(wait=False)
                client: type[Client] = (await made).Client
                transport = self._demo() if demo and self._demo else self._transport
                self._clients[demo] = client(self._key or "demo", self._terms.seconds, transport)
            return self._clients[demo]

    async def aclose(self) -> None:
        """Close every connection."""
        for client in self._clients.values():
            await client.aclose()


_CLIENT = "leadboard.engine.model.client"


def _worth_another(error: Exception) -> bool | float:
    match error:
        case Late():
            return False
        case Busy(seconds=seconds):
            return seconds <= LONGEST_PATIENCE and (seconds or True)
        case Away():
            return True
    return False


def _read(reply: Reply, shape: type[Shape]) -> tuple[Shape | None, Why, str]:
    """The reply in its shape, or why it is none and what is wrong with it."""
    if reply.stopped == "refusal":
        return None, Why.REFUSED, "The model declined to answer."
    if reply.stopped == "max_tokens":
        return None, Why.INVALID, "The answer was too long."
    try:
        return shape.model_validate_json(reply.text), Why.INVALID, ""
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        return None, Why.INVALID, f"{place}: {first['msg']}" if place else first["msg"]
