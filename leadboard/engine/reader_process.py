"""Reads websites, and lets agents work on them, in a process with a loop of its own: all of it would keep this one from
people and workflows.

What we send are pickles, in frames of four bytes of length and so many bytes. What comes back is JSON: the process
reads what strangers wrote, so nothing of it is unpickled. It ends when its input does, however this one ended.
"""

import asyncio
import itertools
import os
import pickle
import sys
import traceback
from contextlib import suppress
from typing import Any, Self

import orjson

from leadboard.engine.crawl import Limits
from leadboard.engine.parse_pool import ParsePool
from leadboard.engine.site_reader import DemoWorld, SiteRead, SiteReader
from leadboard.engine.thinking import Brief, Thoughts
from leadboard.errors import TryLater
from leadboard.providers.addresses import Resolver
from leadboard.providers.fetcher import Fetcher

_COMMAND = (sys.executable, "-m", "leadboard.engine.reader_process")
_LENGTH = 4

NICENESS = 10
"""Of this process and its parsers: whoever waits for a page or a workflow's step comes first on every core."""

WARM_SECONDS = 5.0
"""The start of the app has the cores to itself for so long."""


_Task = tuple[str, str | None, bool] | Brief
"""What to read, with its region and whether in the demo world, or what to think about."""


class ReaderProcess:
    """The reader in a process of its own: `async with ReaderProcess(PublicResolver()) as reader`.

    It starts a little after whatever else does, or with the first reading. When the process dies, those who wait are
    told to try later, and the next one starts it anew. `world` makes the way to the demo world over there.
    """

    def __init__(self, resolver: Resolver, limits: Limits | None = None, world: DemoWorld | None = None) -> None:
        self._given = pickle.dumps((resolver, limits, world))
        self._process: asyncio.subprocess.Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._warming: asyncio.Task[None] | None = None
        self._numbers = itertools.count()
        self._asked: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def __aenter__(self) -> Self:
        self._warming = asyncio.create_task(self._warm())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._warming is not None:
            self._warming.cancel()
        async with self._starting:
            process, self._process = self._process, None
        if process is not None and self._listening is not None:
            _input_of(process).close()
            await self._listening
            await process.wait()

    async def _warm(self) -> None:
        await asyncio.sleep(WARM_SECONDS)
        await asyncio.shield(self._running())

    @property
    def pid(self) -> int:
        """The process's id while it runs."""
        if self._process is None:
            raise RuntimeError("The reader is not running.")
        return self._process.pid

    async def ready(self) -> None:
        """Wait until it runs."""
        await self._running()

    async def read(self, start: str, region: str | None, demo: bool = False) -> SiteRead:
        """Read a website within the limits. A cancelled call ends the reading."""
        said = await self._ask((start, region, demo))
        return SiteRead(said["site"], said["said"])

    async def think(self, brief: Brief) -> Thoughts:
        """Let the agents work over there."""
        return Thoughts.from_data(await self._ask(brief))

    async def _ask(self, what: _Task) -> dict[str, Any]:
        wire = _input_of(await self._running())
        number = next(self._numbers)
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        _send(wire, (number, what))
        try:
            said = await answer
        except asyncio.CancelledError:
            _send(wire, (number, None))
            raise
        finally:
            del self._asked[number]
        if "fault" in said:
            raise RuntimeError(said["fault"])
        if "seconds" in said:
            raise TryLater(said["said"], said["seconds"])
        return said

    async def _running(self) -> asyncio.subprocess.Process:
        async with self._starting:
            if self._process is None:
                pipe = asyncio.subprocess.PIPE
                process = await asyncio.create_subprocess_exec(
                    *_COMMAND, stdin=pipe, stdout=pipe, start_new_session=True
                )
                _send_bytes(_input_of(process), self._given)
                assert process.stdout is not None
                await _frame(process.stdout)
                self._process = process
                self._listening = asyncio.create_task(self._listen(process.stdout))
            return self._process

    async def _listen(self, answers: asyncio.StreamReader) -> None:
        with suppress(asyncio.IncompleteReadError):
            while True:
                said = orjson.loads(await _frame(answers))
                if (waiting := self._asked.get(said["number"])) and not waiting.done():
                    waiting.set_result(said)
        self._process = None
        for waiting in self._asked.values():
            if not waiting.done():
                waiting.set_exception(TryLater("The website was not read: the program that reads it ended.", 5))


class _Server:
    """The other side: answers in the order in which websites have been read."""

    def __init__(self, reader: SiteReader, answers: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._answers = answers
        self._tasks: dict[int, asyncio.Task[None]] = {}

    async def serve(self, wishes: asyncio.StreamReader) -> None:
        """Until there are no more wishes; what is being read then is given up."""
        _send_bytes(self._answers, b"{}")
        with suppress(asyncio.IncompleteReadError):
            while True:
                number, what = pickle.loads(await _frame(wishes))  # noqa: S301 (from the process that started us)
                if what is not None:
                    self._tasks[number] = asyncio.create_task(self._answer(number, what))
                elif number in self._tasks:
                    self._tasks[number].cancel()
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _answer(self, number: int, what: _Task) -> None:
        try:
            said = orjson.dumps({"number": number, **await self._do(what)})
        except TryLater as later:
            said = orjson.dumps({"number": number, "said": later.sentence, "seconds": later.seconds})
        except Exception:
            trace = traceback.format_exc().encode(errors="backslashreplace").decode()
            said = orjson.dumps({"number": number, "fault": trace})
        finally:
            del self._tasks[number]
        _send_bytes(self._answers, said)
        await self._answers.drain()

    async def _do(self, what: _Task) -> dict[str, Any]:
        if isinstance(what, Brief):
            return (await self._reader.think(what)).to_data()
        return (await self._reader.read(*what))._asdict()


async def _serve() -> None:
    os.nice(NICENESS)
    loop = asyncio.get_running_loop()
    wishes = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(wishes), sys.stdin)
    ours = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what somebody prints must not end up between the answers
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, ours)
    answers = asyncio.StreamWriter(transport, protocol, None, loop)
    resolver, limits, world = pickle.loads(await _frame(wishes))  # noqa: S301 (from the process that started us)
    async with ParsePool() as pool, Fetcher(resolver) as fetcher:
        await _Server(SiteReader(fetcher, pool, limits, world), answers).serve(wishes)


def _input_of(process: asyncio.subprocess.Process) -> asyncio.StreamWriter:
    assert process.stdin is not None
    return process.stdin


async def _frame(stream: asyncio.StreamReader) -> bytes:
    return await stream.readexactly(int.from_bytes(await stream.readexactly(_LENGTH), "big"))


def _send(stream: asyncio.StreamWriter, wish: tuple[int, _Task | None]) -> None:
    _send_bytes(stream, pickle.dumps(wish))


def _send_bytes(stream: asyncio.StreamWriter, payload: bytes) -> None:
    stream.write(len(payload).to_bytes(_LENGTH, "big") + payload)


if __name__ == "__main__":
    asyncio.run(_serve())
