"""The one way to ask an outside service: never twice for the same, never beyond a budget, and every call in the log.

A call has three parts, so that whoever makes many puts what they write into transactions of its own: `begin` sets the
price aside and writes the row, `put` asks, and `end` pays and says what it brought. `ask` is all three.
"""

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError

from leadboard.domain import asks as rules
from leadboard.domain.asks import AskStatus, Question, Spared
from leadboard.domain.budgets import Kind
from leadboard.domain.found import FoundCompany, FoundPerson, FoundSignal, Verdict
from leadboard.domain.plans import PAYING
from leadboard.domain.services import Service, Task
from leadboard.domain.waterfall.roles import SITE
from leadboard.engine.site_provider import SiteProvider
from leadboard.engine.tools import Tools
from leadboard.errors import ProviderError, Refused, TryLater
from leadboard.providers.base import Garbled, KeyRefused, Misasked, Outage, Provider, QuotaUsed, ServiceError
from leadboard.providers.registry import provider_of, services
from leadboard.store import access, asks, budgets, caps, credits, db
from leadboard.store.asks import About, Earlier, Ended, Going
from leadboard.store.budgets import Scope
from leadboard.store.db import Tx
from leadboard.store.tables import Ask, Workspace
from leadboard.store.vault import Unopened

DEMO_KEY = "demo"
LONGEST_CALL = timedelta(minutes=3)
"""A call that is older died with its process: four attempts of ten seconds, and the patience between them."""
WAIT_SECONDS = 0.25
"""Between two looks at a call that somebody else makes."""

_ITEMS: Final[dict[Task, TypeAdapter[Any]]] = {
    Task.COMPANIES: TypeAdapter(tuple[FoundCompany, ...]),
    Task.COMPANY: TypeAdapter(tuple[FoundCompany, ...]),
    Task.PEOPLE: TypeAdapter(tuple[FoundPerson, ...]),
    Task.PERSON: TypeAdapter(tuple[FoundPerson, ...]),
    Task.VERIFY: TypeAdapter(tuple[Verdict, ...]),
    Task.SIGNALS: TypeAdapter(tuple[FoundSignal, ...]),
}

_CODES: Final[Mapping[type[Exception], str]] = {
    KeyRefused: "key_refused",
    QuotaUsed: "quota_used",
    Misasked: "misasked",
    Outage: "outage",
    Garbled: "garbled",
    TryLater: "rate_limited",
}
SHUT = frozenset({"key_refused", "quota_used"})
"""Errors after which a service is asked nothing more in the same piece of work."""


@dataclass(frozen=True, slots=True)
class Call:
    """One question to one service, and what it is for."""

    service: str
    task: Task
    question: Question
    about: About
    cursor: str = ""

    @property
    def key(self) -> str:
        """Its cache key."""
        return rules.key(self.service, self.task, self.question, self.cursor)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call brought. `spared`: it was not made, for this reason; `code`: what kind of failure it was."""

    items: tuple[Any, ...] = ()
    next: str = ""
    micros: int = 0
    code: str = ""
    error: str = ""
    said: str = ""
    raw: str = ""
    duration_ms: int = 0
    status: AskStatus = AskStatus.SUCCESS
    spared: Spared | None = None

    @property
    def hit(self) -> bool:
        """Whether something was found."""
        return bool(self.items)


@dataclass(frozen=True, slots=True)
class Means:
    """What a workspace asks with: its keys, whether the demo world answers for those it has not, and its budgets."""

    demo: bool
    keys: Mapping[str, str]
    contact: bool
    budgets: tuple[Scope, ...]
    demo_budgets: tuple[Scope, ...]

    def can_ask(self, service: Service) -> bool:
        """Whether the service would be asked at all."""
        return service.can_be_asked(key=bool(self.keys.get(service.name)), demo=self.demo, contact=self.contact)

    def in_demo(self, service: str) -> bool:
        """Whether the demo world answers for it."""
        return self.demo and not self.keys.get(service)


@dataclass(eq=False)
class Asker:
    """Asks for one workspace. It lives as long as a piece of work, and so do the `means` it has read; `caps`: those of
    the piece of work itself."""

    tools: Tools
    workspace: UUID
    caps: tuple[Scope, ...] = ()
    means: Means | None = None
    _mine: set[UUID] = field(default_factory=set)

    async def ready(self) -> Means:
        """What the workspace asks with, read once."""
        if self.means is None:
            async with db.read(self.workspace) as tx:
                self.means = await read_means(tx, self.tools)
        return self.means

    def in_demo(self, service: str) -> bool:
        """Whether the demo world answers for a service; once it is `ready`."""
        assert self.means is not None
        return self.means.in_demo(service)

    async def ask(self, call: Call) -> Outcome:
        """Ask, or find what was answered before. A failure is an outcome; refusals of ours (`CapReached`, a
        subscription that does not pay) are raised, and nothing was asked then."""
        while True:
            try:
                async with db.begin(self.workspace) as tx:
                    going = await self.begin(tx, call)
            except (IntegrityError, Busy):
                await asyncio.sleep(WAIT_SECONDS)
                continue
            if isinstance(going, Outcome):
                return going
            outcome = await self.put(call)
            async with db.begin(self.workspace) as tx:
                await self.end(tx, going, call, outcome)
            return outcome

    async def begin(self, tx: Tx, call: Call) -> Going | Outcome:
        """Set the price aside and write the row; or what was answered before. Raises `Busy` while somebody else asks
        the same, and `CapReached`."""
        [begun] = await self.begin_each(tx, [call])
        if isinstance(begun, Exception):
            raise begun
        return begun

    async def begin_each(self, tx: Tx, calls: Sequence[Call]) -> "list[Begun]":
        """The same of several calls together; what would be raised of one stands in its place."""
        await self.ready()
        keys = [call.key for call in calls]
        before = await asks.earlier(tx, keys)
        begun: dict[int, Begun] = {}
        fresh: dict[str, int] = {}
        for place, (call, key) in enumerate(zip(calls, keys, strict=True)):
            earlier = before.get(key)
            counts = earlier is not None and earlier.demo is self.in_demo(call.service)
            known = await self._from_before(tx, call, earlier) if earlier and counts else None
            if known is not None:
                begun[place] = known
            elif key in fresh:
                begun[place] = Busy()
            else:
                fresh[key] = place
        if fresh:
            started = await self._start(tx, [(calls[place], key) for key, place in fresh.items()])
            begun |= dict(zip(fresh.values(), started, strict=True))
        return [begun[place] for place in range(len(calls))]

    async def _start(self, tx: Tx, calls: "Sequence[tuple[Call, str]]") -> "list[Begun]":
        """Set the prices of calls aside and write their rows."""
        if await asks.subscription_status(tx) not in PAYING:
            try:
                credits.check_paying(await credits.subscription(tx))
            except Refused as refused:
                return [refused] * len(calls)
        means = await self.ready()
        begun: dict[int, Begun] = {}
        for demo in (False, True):
            places = [place for place, (call, _) in enumerate(calls) if means.in_demo(call.service) is demo]
            beginnings = [_beginning(*calls[place], demo) for place in places]
            scopes = (*(means.demo_budgets if demo else means.budgets), *self.caps)
            if beginnings:
                begun |= dict(zip(places, await asks.begin(tx, beginnings, scopes), strict=True))
        self._mine.update(each.id for each in begun.values() if isinstance(each, Going))
        return [begun[place] for place in range(len(calls))]

    async def _from_before(self, tx: Tx, call: Call, before: Earlier) -> "Outcome | Busy | None":
        """The answer of the same question; None when it has none and is to be put anew."""
        if before.status == AskStatus.SUCCESS:
            await asks.spare(tx, [(call.service, Spared.CACHE, before.micros)], call.about.batch_id)
            return replace(_opened(call.task, before.answer), spared=Spared.CACHE)
        if before.status == AskStatus.CUT_OFF:
            await asks.spare(tx, [(call.service, Spared.CACHE, before.micros)], call.about.batch_id)
            return Outcome(status=AskStatus.CUT_OFF, spared=Spared.CACHE)
        if before.id in self._mine or not self._is_dead(tx, call, before):
            return Busy()
        row = await tx.get_one(Ask, (self.workspace, before.id))
        return await self._bury(tx, row, self.caps if _same_work(call, before) else ())

    def _is_dead(self, tx: Tx, call: Call, before: Earlier) -> bool:
        """Whether nobody makes that call any more: its piece of work is ours, in a life that has ended."""
        return _same_work(call, before) or tx.now - before.asked_at > LONGEST_CALL

    async def bury(self, tx: Tx, calls: Iterable[Ask]) -> None:
        """End calls of this piece of work that a life before this one began: nobody may ever ask the same again."""
        for call in calls:
            await self._bury(tx, call, self.caps)

    async def _bury(self, tx: Tx, call: Ask, of_work: Sequence[Scope]) -> Outcome | None:
        """End a call that its process did not: one that may have been paid for counts as paid, and is not repeated."""
        means = await self.ready()
        paid = call.reserved_micros
        ended = Ended(
            AskStatus.CUT_OFF if paid else AskStatus.ERROR,
            micros=paid,
            code="cut_off",
            error="The process ended before the answer came.",
        )
        scopes = means.demo_budgets if call.demo else means.budgets
        day = call.asked_at.date()
        places = tuple((scope.name, scope.day or day) for scope in (*scopes, *of_work))
        reserved = budgets.Reserved(places if paid else (), Kind.PROVIDERS, paid)
        await asks.end(tx, [(Going(call.id, reserved), ended)])
        return Outcome(status=AskStatus.CUT_OFF, micros=paid, code="cut_off", error=ended.error) if paid else None

    async def put(self, call: Call) -> Outcome:
        """Ask the service; every failure of its is an outcome."""
        began = time.perf_counter()
        try:
            outcome = await self._put(call)
        except TryLater as error:
            outcome = Outcome(status=AskStatus.ERROR, code="rate_limited", error=error.sentence)
        except ServiceError as error:
            outcome = Outcome(status=AskStatus.ERROR, code=_code(error), error=error.sentence, said=error.said)
        except (ProviderError, Refused) as error:
            outcome = Outcome(status=AskStatus.ERROR, code="refused", error=error.sentence)
        return replace(outcome, duration_ms=round((time.perf_counter() - began) * 1000))

    async def _put(self, call: Call) -> Outcome:
        provider = await self._provider(call.service)
        method = getattr(provider, call.task)
        paged = call.task in (Task.COMPANIES, Task.PEOPLE)
        answer = await (method(call.question, call.cursor) if paged else method(call.question))
        return Outcome(answer.items, answer.next, answer.micros, raw=answer.raw)

    async def _provider(self, service: str) -> Provider | SiteProvider:
        means = await self.ready()
        demo = means.in_demo(service)
        if service == SITE.name:
            return SiteProvider(self.tools.reader, means.demo)
        wire = self.tools.demo_wire if demo else self.tools.wire
        return provider_of(service)(wire, DEMO_KEY if demo else means.keys.get(service, ""))

    async def end(self, tx: Tx, going: Going, call: Call, outcome: Outcome) -> None:
        """Pay for the call and say what it brought, in the caller's transaction."""
        await self.end_each(tx, [Back(going, call, outcome)])

    async def end_each(self, tx: Tx, calls: "Iterable[Back]") -> None:
        """The same of several calls together."""
        calls = list(calls)
        await asks.end(tx, [(each.going, _ended(each)) for each in calls])
        self._mine.difference_update(each.going.id for each in calls)


@dataclass(frozen=True, slots=True)
class Back:
    """A call that has come back, and what was kept of it; `useful` as in `store.asks.Ended`."""

    going: Going
    call: Call
    outcome: Outcome
    fields_written: tuple[str, ...] = ()
    useful: bool | None = None


class Busy(Exception):
    """Somebody else is asking the same: wait for their answer."""


Begun = Going | Outcome | Refused | Busy
"""A call under way; or what was answered before; or why it is not made."""


def _beginning(call: Call, key: str, demo: bool) -> asks.Beginning:
    return asks.Beginning(call.service, call.task, key, call.about, price_of(call.service, call.task), demo)


def _same_work(call: Call, before: Earlier) -> bool:
    about = call.about
    return (before.batch_id, before.discovery_id) == (about.batch_id, about.discovery_id) != (None, None)


def _ended(back: Back) -> Ended:
    outcome = back.outcome
    return Ended(
        outcome.status,
        hit=outcome.hit,
        micros=outcome.micros,
        duration_ms=outcome.duration_ms,
        answer=_kept(back.call.task, outcome) if outcome.status is AskStatus.SUCCESS else None,
        raw=outcome.raw or outcome.said,
        code=outcome.code,
        error=outcome.error,
        fields_written=back.fields_written,
        useful=back.useful,
    )


async def read_means(tx: Tx, tools: Tools) -> Means:
    """What a workspace asks with. A key that this installation's secret does not open counts as none."""
    workspace, cap = await tx.get_one(Workspace, tx.workspace), caps.of_installation(Kind.PROVIDERS)
    keys = {}
    for kept in await access.of_workspace(tx):
        try:
            keys[kept.service] = access.key_of(kept)
        except Unopened:
            continue
    return Means(
        demo=workspace.demo,
        keys=keys,
        contact=bool(tools.wire.contact),
        budgets=await budgets.scopes(tx, Kind.PROVIDERS, cap, demo=False),
        demo_budgets=await budgets.scopes(tx, Kind.PROVIDERS, cap, demo=True),
    )


@lru_cache
def price_of(service: str, task: Task) -> int:
    """What a call costs at most, in millionths of a US dollar."""
    offer = services_by_name()[service].offer(task)
    return offer.micros if offer else 0


@lru_cache
def services_by_name() -> Mapping[str, Service]:
    """Every service that can be asked, our own reading of websites among them; as this installation knows it when the
    first is asked."""
    return {service.name: service for service in (*services(), SITE)}


def _code(error: ServiceError) -> str:
    return next((code for kind, code in _CODES.items() if isinstance(error, kind)), "failed")


def _kept(task: Task, outcome: Outcome) -> dict[str, Any]:
    return {"items": _ITEMS[task].dump_python(outcome.items, mode="json"), "next": outcome.next}


def _opened(task: Task, kept: dict[str, Any] | None) -> Outcome:
    said = kept or {"items": [], "next": ""}
    return Outcome(_ITEMS[task].validate_python(said["items"]), said["next"])
