"""The waterfall of one record: services are asked one after the other until there is nothing more to ask for.

What a call brought is written in the transaction that sets the next one off, by the `Pen` that all records share.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Protocol
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from leadboard.domain.icp import Icp
from leadboard.domain.services import Service, Task
from leadboard.domain.waterfall.breaker import WHOLE, Breaker
from leadboard.domain.waterfall.breaker import Outcome as Ending
from leadboard.domain.waterfall.next_step import Asked, Next, Step
from leadboard.domain.waterfall.ordering import explored
from leadboard.domain.waterfall.rates import History
from leadboard.domain.waterfall.roles import Order, Role, for_kinds, only
from leadboard.domain.waterfall.segments import widening
from leadboard.engine.asking import SHUT, WAIT_SECONDS, Asker, Begun, Busy, Call, Outcome
from leadboard.errors import Refused
from leadboard.store import asks, batches, db
from leadboard.store.asks import Going
from leadboard.store.batches import Ended, Entry
from leadboard.store.db import Tx
from leadboard.store.tables import Contact, Lead

GONE = "gone"
"""The outcome of a record that was deleted meanwhile."""


class Cancelled(Refused):
    """A person ended the batch."""

    def __init__(self) -> None:
        super().__init__("The batch was cancelled.", code="cancelled")


class Writer(Protocol):
    """Writes turns: `pen.Pen`."""

    async def write(self, turn: "Turn") -> Begun | None:
        """Write a turn and commit."""
        ...


@dataclass
class Work:
    """What the records of a batch share while they are worked on. `services`: those that can be asked, by name;
    `chosen`: the orders that people chose, by kind of lead; `explored`: past calls, where the workspace lets a small
    share of its people be asked about in another order, to learn whether it is better."""

    asker: Asker
    pen: Writer
    batch_id: UUID
    user_id: UUID | None
    force: bool
    services: Mapping[str, Service]
    chosen: Mapping[str, Order]
    explored: History | None
    icp_version: int
    icp: Icp | None
    breaker: Breaker = WHOLE
    asked_now: dict[UUID, dict[str, bool]] = field(default_factory=dict)
    """Record -> the services asked about it since this piece of work began, and whether they knew something."""
    known: dict[UUID, "tuple[Contact, Lead, dict[str, bool]]"] = field(default_factory=dict)
    """Contacts whose turn comes, read together: with their lead, and who answered about them within the window."""

    @property
    def workspace(self) -> UUID:
        """Whose batch it is."""
        return self.asker.workspace

    def clock(self) -> datetime:
        """Now."""
        return db.current().clock()

    def order_for(self, segment: str) -> Order:
        """In which order services are asked about this kind of lead: as chosen for the narrowest kind it is of."""
        return only(for_kinds(self.chosen, widening(segment)), self.services)

    def order_for_person(self, segment: str, contact_id: UUID) -> Order:
        """The same for one person: for a small share of them the finders stand in a drawn order, always the same one
        for the same person in the same batch."""
        order = self.order_for(segment)
        if self.explored is None:
            return order
        finders = order[Role.EMAIL_FINDER]
        chance = Random(f"{self.batch_id}/{contact_id}")  # noqa: S311 (who is explored is no secret)
        offers = {name: offer for name in finders if (offer := self.services[name].offer(Task.PERSON))}
        chances = [chance.random() for _ in range(len(finders) + 1)]
        return {
            **order,
            Role.EMAIL_FINDER: explored(finders, offers, Role.EMAIL_FINDER, segment, self.explored, chances),
        }

    def window(self, answered: Iterable[asks.Answered], task: Task) -> dict[str, bool]:
        """Those of the answers that still count: the demo world's only where it would be asked now."""
        in_demo = self.asker.in_demo
        return {each.service: each.hit for each in answered if each.task is task and each.demo is in_demo(each.service)}

    def note(self, service: str, outcome: Outcome) -> None:
        """Tell the breaker how a call went."""
        self.breaker = self.breaker.after(service, ended_as(outcome.code), outcome.error)


def ended_as(code: str) -> Ending:
    """How a call with this code of failure counts for the breaker."""
    return Ending.SUCCESS if not code else Ending.REFUSED if code in SHUT else Ending.ERROR


class Waterfall(ABC):
    """The calls about one record of a batch. Subclasses say what is known, what is asked, and what is kept of it."""

    task: Task

    def __init__(self, work: Work, entry: Entry) -> None:
        self.work = work
        self.entry = entry
        self.window: Mapping[str, bool] = {}

    @abstractmethod
    async def load(self) -> bool:
        """Read what is known, the `window` with it; False when the record is gone."""

    @abstractmethod
    def next(self) -> Next:
        """Which call comes next."""

    @abstractmethod
    def call(self, step: Step) -> Call:
        """The call of a step."""

    @abstractmethod
    def take(self, outcome: Outcome, step: Step) -> None:
        """Make what a call brought part of what is known."""

    @abstractmethod
    async def keep(self, tx: Tx, outcome: Outcome) -> tuple[str, ...]:
        """Write what was taken; returns the fields."""

    @abstractmethod
    async def finish(self, tx: Tx, following: Next) -> Ended | None:
        """Write what the record comes to, and say how it ended, None where another waterfall of it follows; `following`
        says who was passed over."""

    async def asked_before(self, tx: Tx) -> dict[str, bool]:
        """Who answered about the record within the window, and whether they knew something."""
        return self.work.window(await asks.asked_of(tx, self.entry.entity_id), self.task)

    @property
    def charge(self) -> UUID | None:
        """The contact that costs a credit when the record ends as it stands now."""
        return None

    @property
    def asked(self) -> Asked:
        """How it stands with the services."""
        return Asked(self.window, self.work.asked_now.get(self.entry.entity_id, {}), self.work.breaker.closed)

    async def run(self, *, calls: int | None = None) -> int:
        """Make the calls that are due, so many at most, and return how many were made. Raises `Refused` where one may
        not be made (a cap, the credits, the subscription, a cancelled batch): what came back before is written then."""
        if not await self.load():
            await self._gone()
            return 0
        made, back = 0, None
        while True:
            following = self.next() if calls is None or made < calls else Next(None)
            step = following.step
            turn = Turn(self, back, following, self.call(step) if step else None)
            try:
                begun = await self.work.pen.write(turn)
            except IntegrityError:  # somebody began the same call at the same moment
                await asyncio.sleep(WAIT_SECONDS)
                continue
            back = None
            if isinstance(begun, Refused):
                raise begun
            if begun is None:
                return made
            if isinstance(begun, Busy):
                await asyncio.sleep(WAIT_SECONDS)
                continue
            assert step is not None
            assert turn.call is not None
            back = await self._answer(step, turn.call, begun)
            made += back.going is not None

    async def _answer(self, step: Step, call: Call, begun: Going | Outcome) -> "Answered":
        going = begun if isinstance(begun, Going) else None
        outcome = begun if isinstance(begun, Outcome) else await self.work.asker.put(call)
        if going is not None:
            self.work.note(step.service, outcome)
        self.work.asked_now.setdefault(self.entry.entity_id, {})[step.service] = outcome.hit
        self.take(outcome, step)
        return Answered(call, going, outcome)

    async def _gone(self) -> None:
        async with db.begin(self.work.workspace) as tx:
            await batches.end_records(tx, self.work.batch_id, [Ended(self.entry, GONE)])


@dataclass(frozen=True)
class Answered:
    """A call that has come back and is not written yet; `going` is None where it was not made."""

    call: Call
    going: Going | None
    outcome: Outcome


@dataclass(frozen=True)
class Turn:
    """What a record has to write: the call that came back, and then either the next call or its end."""

    record: Waterfall
    back: Answered | None
    following: Next
    call: Call | None
