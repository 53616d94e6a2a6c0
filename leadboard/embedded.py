"""The work beside the pages, in one process: the lock of the data folder, the reader of websites and the runtime."""

import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import httpx

from leadboard.engine.model.gateway import Gateway
from leadboard.engine.reader_process import ReaderProcess
from leadboard.engine.runtime import Runtime
from leadboard.engine.tools import Tools
from leadboard.errors import Refused
from leadboard.providers.addresses import Resolver
from leadboard.providers.wire import Wire
from leadboard.sandbox.transport import CONTACT, DemoSites, when_asked
from leadboard.store.db import Database


class AlreadyRunning(Refused):
    """Another process holds the data folder: two would do the same work twice."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(
            f"leadboard is already running on {data_dir}. Stop it first, or set LEADBOARD_DATA_DIR to another folder.",
            code="already_running",
        )


@contextmanager
def data_lock(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for as long as the block runs; the lock dies with the process, however it ends."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(data_dir / "leadboard.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(data_dir) from None
        yield
    finally:
        os.close(handle)


@asynccontextmanager
async def embedded(
    data_dir: Path,
    database: Database,
    resolver: Resolver,
    contact: str = "",
    model: Gateway | None = None,
    demo: httpx.AsyncBaseTransport | None = None,
) -> AsyncIterator[Runtime]:
    """Run workflows in this process, reaching websites at the addresses that `resolver` finds, outside services in the
    name of `contact`, and a language model through `model`; `demo`: the way to another demo world than its own."""
    async with AsyncExitStack() as stack:
        stack.enter_context(data_lock(data_dir))
        reader = await stack.enter_async_context(ReaderProcess(resolver, world=DemoSites()))
        wire = await stack.enter_async_context(Wire(contact=contact))
        way = demo or when_asked(DemoSites())
        demo_wire = await stack.enter_async_context(Wire(contact=CONTACT, transport=way, paced=False))
        tools = Tools(reader, uploads=data_dir / "uploads", wire=wire, demo_wire=demo_wire, model=model)
        runtime = Runtime(database, tools, executor_id="embedded")
        await runtime.start()
        stack.push_async_callback(runtime.stop)
        yield runtime
