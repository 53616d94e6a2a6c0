"""A worker: workflows, clock and heartbeat over a shared database, without pages and without a port."""

import asyncio
import signal
from contextlib import AsyncExitStack

from leadboard import memory
from leadboard.engine.reader_process import ReaderProcess
from leadboard.engine.runtime import Runtime, new_executor_id
from leadboard.engine.tools import Tools
from leadboard.errors import Refused
from leadboard.models import gateway
from leadboard.providers.addresses import PublicResolver
from leadboard.providers.wire import Wire
from leadboard.sandbox.transport import CONTACT, DemoSites, when_asked
from leadboard.settings import Settings
from leadboard.store import caps, db, vault, work
from leadboard.store.relay import between_processes
from leadboard.store.vault import Vault
from leadboard.told import tell_services


async def run_until(settings: Settings, stopped: asyncio.Event) -> None:
    """Work until `stopped` is set, then drain and hand over."""
    if settings.database.startswith("sqlite"):
        raise Refused(
            "Workers share a PostgreSQL: set DATABASE_URL. With SQLite, `leadboard run` does the work itself."
        )
    async with AsyncExitStack() as stack:
        database = db.open_database(settings.database)
        stack.push_async_callback(database.dispose)
        db.use(database)
        await stack.enter_async_context(between_processes(database))
        client = work.connect(settings.database)
        stack.callback(client.destroy)
        work.use(client)
        caps.use(settings.caps)
        tell_services(settings)
        vault.use(Vault(settings.key_ring("stored keys")))
        reader = await stack.enter_async_context(ReaderProcess(PublicResolver(), world=DemoSites()))
        wire = await stack.enter_async_context(Wire(contact=settings.contact))
        demo = await stack.enter_async_context(Wire(contact=CONTACT, transport=when_asked(DemoSites()), paced=False))
        model = await stack.enter_async_context(gateway(settings))
        tools = Tools(reader, uploads=settings.uploads, wire=wire, demo_wire=demo, model=model)
        runtime = Runtime(database, tools, executor_id=new_executor_id())
        await runtime.start()
        stack.push_async_callback(runtime.stop)
        memory.settle()
        await stopped.wait()


async def work_until_told(settings: Settings) -> None:
    """Work until SIGTERM or Ctrl-C."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await run_until(settings, stopped)
