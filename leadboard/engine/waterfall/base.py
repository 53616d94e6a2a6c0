"""The waterfall of one record: services are asked one after the other until there is nothing more to ask for.

What a call brought is written in the transaction that sets the next one off: a record costs one transaction a call.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from leadboard.domain.asks import Spared
from leadboard.domain.icp import Icp
from leadboard.domain.services import Service, Task
from leadboard.domain.waterfall.breaker import WHOLE, Breaker
from leadboard.domain.waterfall.breaker import Outcome as Ended
from leadboard.domain.waterfall.next_step import Asked, Next, Step, Why
from leadboard.domain.waterfall.roles import Order, for_kinds, only
from leadboard.domain.waterfall.segments import widening
from leadboard.engine.asking import SHUT, WAIT_SECONDS, Asker, Busy, Call, Outcome
from leadboard.errors import Refused
from leadboard.store import asks, batches, db
from leadboard.store.asks import Going
from leadboard.store.batches import Entry
from leadboard.store.db import Tx


class Cancelled(Refused):
    """A person ended the batch."""

    def __init__(self) -> None:
        super().__init__("The batch was cancelled.", code="cancelled")


@dataclass
class Work:
    """What the records of a batch share while they are worked on. `services`: those that can be asked, by name;
    `chosen`: the orders that people chose, by kind of lead."""

    asker: Asker
    batch_id: UUID
    user_id: UUID | None
    force: bool
    services: Mapping[str, Service]
    chosen: Mapping[str, Order]
    icp_version: int
    icp: Icp | None
    breaker: Breaker = WHOLE
    asked_now: dict[UUID, dict[str, bool]] = field(default_factory=dict)
    """Record -> the services asked about it since this piece of work began, and whether they knew something."""

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

    def note(self, service: str, outcome: Outcome) -> None:
        """Tell the breaker how a call went."""
        self.breaker = self.breaker.after(service, ended_as(outcome.code), outcome.error)


def ended_as(code: str) -> Ended:
    """How a call with this code of failure counts for the breaker."""
    return Ended.SUCCESS if not code else Ended.REFUSED if code in SHUT else Ended.ERROR


@dataclass(frozen=True)
class Answered:
    """A call that has come back and is not written yet; `going` is None where it was not made."""

    call: Call
    going: Going | None
    outcome: Outcome


class Waterfall(ABC):
    """The calls about one record of a batch. Subclasses say what is known, what is asked, and what is kept of it."""

    task: Task

    def __init__(self, work: Work, entry: Entry) -> None:
        self.work = work
        self.entry = entry
        self.window: dict[str, bool] = {}

    @abstractmethod
    async def load(self, tx: Tx) -> bool:
        """Read what is known; False when the record is gone."""

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
    async def keep(self, tx: Tx, answered: Answered) -> tuple[str, ...]:
        """Write what was taken; returns the fields."""

    @abstractmethod
    async def finish(self, tx: Tx, following: Next) -> None:
        """Write how the record ended; `following` says who was passed over."""

    @property
    def asked(self) -> Asked:
        """How it stands with the services."""
        return Asked(self.window, self.work.asked_now.get(self.entry.entity_id, {}), self.work.breaker.closed)

    async def run(self, *, calls: int | None = None) -> int:
        """Make the calls that are due, so many at most, and return how many were made. Raises `Refused` where one may
        not be made (a cap, the credits, the subscription, a cancelled batch): what came back before is written then."""
        async with db.read(self.work.workspace) as tx:
            self.window = {
                service: hit
                for service, task, hit in await asks.asked_of(tx, self.entry.entity_id)
                if task is self.task
            }
            there = await self.load(tx)
        if not there:
            await self._gone()
            return 0
        made, answered = 0, None
        while True:
            following = self.next() if calls is None or made < calls else Next(None)
            try:
                begun = await self._turn(answered, following)
            except (IntegrityError, Busy) as waits:
                answered = None if isinstance(waits, Busy) else answered
                await asyncio.sleep(WAIT_SECONDS)
                continue
            if begun is None:
                return made
            assert following.step is not None
            answered = await self._answer(following.step, begun)
            made += answered.going is not None

    async def _turn(self, answered: Answered | None, following: Next) -> Going | Outcome | None:
        """Write what came back, and begin the next call or end the record. What may not be made is raised after the
        commit."""
        refused: Refused | Busy | None = None
        begun: Going | Outcome | None = None
        async with db.begin(self.work.workspace) as tx:
            if answered is not None:
                await self._write(tx, answered)
            try:
                if following.step is None:
                    await self._spare(tx, following)
                    await self.finish(tx, following)
                elif await batches.is_cancelled(tx, self.work.batch_id):
                    refused = Cancelled()
                else:
                    begun = await self.work.asker.begin(tx, self.call(following.step))
            except (Refused, Busy) as error:
                refused = error
        if refused is not None:
            raise refused
        return begun

    async def _write(self, tx: Tx, answered: Answered) -> None:
        written = await self.keep(tx, answered)
        if answered.going is not None:
            useful = "email" in written if self.task is Task.PERSON else None
            await self.work.asker.end(tx, answered.going, answered.call, answered.outcome, written, useful=useful)

    async def _spare(self, tx: Tx, following: Next) -> None:
        """Count the calls that this record did not need."""
        spared = [
            (passed.service, Spared.WINDOW if passed.why is Why.WINDOW else Spared.ORDER, passed.micros)
            for passed in following.passed
            if passed.micros
        ]
        await asks.spare(tx, spared, self.work.batch_id)

    async def _answer(self, step: Step, begun: Going | Outcome) -> Answered:
        call = self.call(step)
        going = begun if isinstance(begun, Going) else None
        outcome = begun if isinstance(begun, Outcome) else await self.work.asker.put(call)
        if going is not None:
            self.work.note(step.service, outcome)
        self.work.asked_now.setdefault(self.entry.entity_id, {})[step.service] = outcome.hit
        self.take(outcome, step)
        return Answered(call, going, outcome)

    async def _gone(self) -> None:
        async with db.begin(self.work.workspace) as tx:
            await batches.end_record(tx, self.work.batch_id, self.entry, outcome="gone")
