"""A batch of enrichment: its records go through the waterfall, 50 at a look and four at a time; then the best of them
once more through the premium services. It pauses when money ends, and a restart goes on after the last record."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from leadboard.domain.asks import AskStatus
from leadboard.domain.batches import CHUNK, TOGETHER, UNDER_WAY, BatchStatus, Entity
from leadboard.domain.budgets import next_day
from leadboard.domain.services import Task
from leadboard.domain.waterfall import premium
from leadboard.domain.waterfall.breaker import replayed
from leadboard.domain.waterfall.premium import FirstPass
from leadboard.domain.waterfall.roles import Tier
from leadboard.engine.asking import Asker, services_by_name
from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.engine.waterfall.base import Cancelled, Work, ended_as
from leadboard.engine.waterfall.company import CompanyWaterfall
from leadboard.engine.waterfall.pen import Pen
from leadboard.engine.waterfall.people import PeopleWaterfall
from leadboard.engine.waterfall.person import PersonWaterfall
from leadboard.engine.waterfall.signals import SignalsWaterfall
from leadboard.errors import Refused
from leadboard.store import asks, batches, contacts, credits, db, icps, orders
from leadboard.store.batches import Ended, Entry
from leadboard.store.budgets import CapReached
from leadboard.store.credits import CreditsExhausted
from leadboard.store.db import Tx
from leadboard.store.tables import Batch, Contact, Lead, Workspace

BROKEN = "The batch stopped because of a fault of ours, which is in the log. Start it again: nothing is paid twice."
BAD_RECORD = "This record failed because of a fault of ours, which is in the log."

log = structlog.get_logger(__name__)


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow body; its arguments are the ids of the workspace and of the batch."""

    async def batch(workspace_id: str, batch_id: str) -> None:
        batching = Batching(tools, UUID(workspace_id), UUID(batch_id))
        try:
            await batching.work()
        except Exception:
            await step("give_up", batching.give_up)
            raise

    return batch


class Batching:
    """One batch under way. Each public step is one of the workflow's; how far it is stands in the store."""

    def __init__(self, tools: Tools, workspace: UUID, batch_id: UUID) -> None:
        self._tools = tools
        self._workspace = workspace
        self._batch_id = batch_id
        self._work: Work | None = None
        self._stop: Refused | None = None

    async def work(self) -> None:
        """Do every step that is left."""
        if not await step("begin", self.begin):
            return
        while more := await step("chunk", self.chunk):
            if more == "stopped":
                return
        if await step("premium", self.premium):
            await step("finish", self.finish)

    async def begin(self) -> bool:
        """Say that it is being worked on; False when it is over."""
        async with db.begin(self._workspace) as tx:
            batch = await batches.locked(tx, self._batch_id)
            if batch.status not in UNDER_WAY or batch.ended_at is not None:
                return False
            batches.begin(tx, batch)
            await credits.subscription(tx)
            return True

    async def chunk(self) -> str:
        """Work on the next records: "more", "" when there are none, "stopped" when it may not go on."""
        work = await self._ready()
        async with db.read(self._workspace) as tx:
            entries = await batches.waiting(tx, self._batch_id, CHUNK)
        if not entries:
            return ""
        work.known = await self._known(work, entries)
        await self._together(entries, lambda entry: self._one(work, entry))
        return "more" if await self._look_up() else "stopped"

    async def _known(self, work: Work, entries: Sequence[Entry]) -> dict[UUID, tuple[Contact, Lead, dict[str, bool]]]:
        """The contacts among the records, read together."""
        ids = [entry.entity_id for entry in entries if entry.entity == Entity.CONTACT]
        async with db.read(self._workspace) as tx:
            asked = await asks.asked_of_each(tx, ids)
            there = await contacts.standing(tx, ids)
        return {each: (*both, work.window(asked.get(each, ()), Task.PERSON)) for each, both in there.items()}

    async def premium(self) -> bool:
        """The second pass: premium calls for whom they are worth it, within the cap; False when it was stopped."""
        work = await self._ready()
        async with db.read(self._workspace) as tx:
            entries = await batches.finished_contacts(tx, self._batch_id)
            used = await batches.premium_calls(tx, self._batch_id)
        by_id = {entry.entity_id: entry for entry in entries}
        passed = [
            FirstPass(entry.entity_id, entry.outcome == "accepted", entry.als)
            for entry in entries
            if entry.als is not None
        ]
        left = premium.cap(len(entries)) - used
        following = iter(premium.candidates(passed))
        while left > 0 and self._stop is None:
            turn = [by_id[first.id] for _, first in zip(range(min(left, TOGETHER)), following, strict=False)]
            if not turn:
                break
            made = await self._together(turn, lambda entry: PersonWaterfall(work, entry, Tier.PREMIUM).run(calls=1))
            left -= sum(made)
        return await self._look_up()

    async def finish(self) -> None:
        """End it with its receipt."""
        async with db.begin(self._workspace) as tx:
            batch = await batches.locked(tx, self._batch_id)
            if batch.status == BatchStatus.RUNNING:
                await batches.count_spent(tx, batch)
                batches.complete(tx, batch, await batches.receipt_of(tx, batch))

    async def give_up(self) -> None:
        """Fail it because something happened that nobody foresaw; the log says what."""
        async with db.begin(self._workspace) as tx:
            batch = await batches.locked(tx, self._batch_id)
            if batch.status in UNDER_WAY:
                await batches.count_spent(tx, batch)
                batches.fail(tx, batch, BROKEN)

    async def _one(self, work: Work, entry: Entry) -> int:
        if entry.entity == Entity.CONTACT:
            return await PersonWaterfall(work, entry).run()
        waterfalls = (CompanyWaterfall, SignalsWaterfall, PeopleWaterfall)
        return sum([await waterfall(work, entry).run() for waterfall in waterfalls])

    async def _together(self, entries: list[Entry], do: Callable[[Entry], Awaitable[int]]) -> list[int]:
        """Work on records, so many at a time, until one may not go on. Returns the calls made for each."""
        made: list[int] = []
        queue = iter(entries)
        await asyncio.gather(*(self._worker(queue, do, made) for _ in range(TOGETHER)))
        return made

    async def _worker(self, queue: Iterator[Entry], do: Callable[[Entry], Awaitable[int]], made: list[int]) -> None:
        for entry in queue:
            if self._stop is not None:
                return
            try:
                made.append(await do(entry))
            except Refused as refused:
                self._stop = self._stop or refused
            except DBAPIError:
                raise
            except Exception:
                log.exception("record_broke", batch=str(self._batch_id), record=str(entry.entity_id))
                await self._broke(entry)

    async def _broke(self, entry: Entry) -> None:
        """One bad record never fails the batch."""
        async with db.begin(self._workspace) as tx:
            await batches.end_records(tx, self._batch_id, [Ended(entry, error=BAD_RECORD)])
            batches.note(await batches.locked(tx, self._batch_id), [BAD_RECORD], [])

    async def _look_up(self) -> bool:
        """Bring the batch up to date with its records; False when it may not go on."""
        alerts = self._work.breaker.alerts if self._work else ()
        async with db.begin(self._workspace) as tx:
            batch = await batches.locked(tx, self._batch_id)
            await batches.count_spent(tx, batch)
            batches.note(batch, [], alerts)
            tx.touch(batches.TOPIC)
            if batch.status != BatchStatus.RUNNING:
                return False
            if self._stop is not None and not isinstance(self._stop, Cancelled):
                await self._pause(tx, batch, self._stop)
        return self._stop is None

    async def _pause(self, tx: Tx, batch: Batch, refused: Refused) -> None:
        resume_at = None
        if isinstance(refused, CapReached) and refused.whose != "batch":
            resume_at = next_day(tx.now)
        elif isinstance(refused, CreditsExhausted):
            resume_at = (await credits.subscription(tx)).credits_reset_at
        batches.pause(tx, batch, refused.sentence, resume_at)

    async def _ready(self) -> Work:
        """What the records share; read once, and again after a restart, which ends the calls that were under way."""
        if self._work is None:
            async with db.read(self._workspace) as tx:
                batch = await tx.get_one(Batch, (self._workspace, self._batch_id))
            asker = Asker(self._tools, self._workspace, caps=(batches.budget_of(batch),))
            means = await asker.ready()
            async with db.begin(self._workspace) as tx:
                await asker.bury(tx, await batches.calls_under_way(tx, self._batch_id))
            async with db.read(self._workspace) as tx:
                version, icp = await icps.in_force(tx)
                chosen = await orders.by_kind(tx)
                workspace = await tx.get_one(Workspace, self._workspace)
                explored = await asks.history(tx) if workspace.self_ordering else None
                calls = await asks.calls_of_batch(tx, self._batch_id)
            services = {name: service for name, service in services_by_name().items() if means.can_ask(service)}
            self._work = Work(
                asker=asker,
                pen=Pen(asker, self._batch_id),
                batch_id=self._batch_id,
                user_id=batch.user_id,
                force=batch.force,
                services=services,
                chosen=chosen,
                explored=explored,
                icp_version=version,
                icp=icp,
                breaker=replayed(
                    (service, ended_as(code), error) for service, code, error in calls if code != AskStatus.CUT_OFF
                ),
            )
        return self._work
