"""The fault run: services that fail, refuse, garble or are away, and kill -9 twice in the middle of a batch."""

import asyncio
import os
import random
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import col, func, select

from leadboard.domain.asks import AskStatus
from leadboard.domain.batches import BatchStatus, Entity, RecordStatus
from leadboard.sandbox.__main__ import ABOUT
from leadboard.store import credits, db
from leadboard.store.tables import Ask, Batch, BatchRecord, Budget, Contact
from tests.engine.batch_worker import batch_worker
from tests.engine.batching import demo_of, somebody
from tests.support.enrichment import until

PEOPLE = 150
TROUBLE = ("--latency=.01", "--errors=.2", "--rate-limits=.1", "--malformed=.05", "--down=prospeo")


@asynccontextmanager
async def demo_world() -> AsyncIterator[int]:
    """The demo world in trouble, in a process of its own: the port it answers at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "leadboard.sandbox", f"--port={port}", *TROUBLE)
    process = await asyncio.create_subprocess_exec(*command, env=os.environ | {"PYTHONHASHSEED": "1"})
    try:
        await until(partial(_answers, port), seconds=30)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _answers(port: int) -> bool:
    try:
        await _told(port)
    except httpx.ConnectError:
        return False
    return True


async def _told(port: int) -> dict[str, Any]:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{port}/__paid", headers={"Host": ABOUT.decode()})
        return answer.json()


async def _asked(workspace: UUID, least: int) -> bool:
    async with db.read(workspace) as tx:
        return (await tx.exec(select(func.count()).select_from(Ask))).one() >= least


async def _over(workspace: UUID, batch_id: UUID) -> bool:
    async with db.read(workspace) as tx:
        return (await tx.get_one(Batch, (workspace, batch_id))).ended_at is not None


@pytest.mark.timeout(200)
async def test_acceptance_11_faults_and_kill_9_twice_finish_every_record_and_pay_nothing_twice(ready, team):
    demo, chance = await demo_of(team.id), random.Random(4)
    ids = await demo.add_people(somebody(PEOPLE))
    assert len(ids) == PEOPLE
    batch_id = await demo.request(Entity.CONTACT, ids)
    async with demo_world() as port:
        for least, most in ((40, 120), (200, 300)):
            async with batch_worker(ready.url, port) as process:
                await until(partial(_asked, team.id, chance.randint(least, most)))
                await asyncio.sleep(chance.uniform(0, 0.1))
                process.kill()
            assert not await _over(team.id, batch_id), "it was killed in the middle"
        async with batch_worker(ready.url, port):
            await until(partial(_over, team.id, batch_id), seconds=120)
        told = await _told(port)
    async with db.read(team.id) as tx:
        batch = await tx.get_one(Batch, (team.id, batch_id))
        records = (await tx.exec(select(BatchRecord))).all()
        log = (await tx.exec(select(Ask))).all()
        used = (await tx.exec(select(Budget))).all()
        accepted = (await tx.exec(select(Contact).where(col(Contact.accepted_at).is_not(None)))).all()
    assert (batch.status, batch.processed, batch.errors) == (BatchStatus.COMPLETE, PEOPLE, [])
    assert {record.status for record in records} == {RecordStatus.DONE}
    assert len(records) == PEOPLE

    twice = [question for *question, times in told["paid"] if times > 1]
    assert twice == []
    paid = [ask for ask in log if ask.micros]
    assert len(paid) >= len(told["paid"]) > PEOPLE / 2, "what a killed process may have paid for counts as paid"

    assert {ask.status for ask in log} <= {AskStatus.SUCCESS, AskStatus.ERROR, AskStatus.CUT_OFF}
    assert {ask.code for ask in log} >= {"outage", "garbled"}
    assert {budget.spent for budget in used} == {sum(ask.micros for ask in log)} == {batch.spent_micros}
    assert {row.reserved_micros for row in log} == {budget.reserved for budget in used} == {0}

    async with db.begin(team.id) as tx:
        left, ledger = (await credits.subscription(tx)).credits, await credits.ledger_sum(tx)
    assert left == ledger == 1_250 - len(accepted)
    assert len(accepted) == batch.accepted > PEOPLE / 3
