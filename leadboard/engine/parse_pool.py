"""Pages are parsed in processes that can be killed: hostile markup stalls a parser, and a thread cannot be stopped."""

import asyncio
import multiprocessing
import os
import resource
from concurrent.futures import TimeoutError as FutureTimeout

from pebble import ProcessExpired, ProcessFuture, ProcessPool
from pydantic import TypeAdapter

from leadboard.domain.site.facts import PageFacts
from leadboard.domain.site.guard import check_bytes
from leadboard.errors import Refused, TryLater

WORKERS = min(2, max(1, (os.cpu_count() or 1) - 1))
"""A core is left to people and workflows where there is one to leave."""

_PAGES_PER_WORKER = 1000
"""Then a fresh worker takes its place, so that no leak of a parser lives on."""

_FACTS = TypeAdapter(PageFacts)
"""Facts come back as JSON: hundreds of small frozen objects take four times as long to pickle."""

_WARM_UP = b"""<html itemscope itemtype="http://schema.org/Organization"><body>
<p itemprop="name">Call +1 212 555 0100</p>
<script type="application/ld+json">{"@type": "Organization", "name": "Acme"}</script></body></html>"""


class ParsePool:
    """Workers that read pages: each page at most `seconds`, each worker at most `megabytes` of memory."""

    def __init__(self, workers: int = WORKERS, seconds: float = 5.0, megabytes: int = 1024) -> None:
        self.workers = workers
        self.seconds = seconds
        self.megabytes = megabytes
        self._pool: ProcessPool | None = None
        self._running: set[ProcessFuture[bytes]] = set()

    async def __aenter__(self) -> "ParsePool":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start the workers and load their libraries; a second start changes nothing."""
        if self._pool is None:
            # Fresh workers come from a clean process that has the libraries loaded already: a fork of this process
            # would inherit its threads' locks, a spawn would take a second after every kill.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["leadboard.domain.site.read", "extruct"])
            self._pool = ProcessPool(
                max_workers=self.workers,
                max_tasks=_PAGES_PER_WORKER,
                initializer=_limit_memory,
                initargs=(self.megabytes,),
                context=context,
            )
            await asyncio.gather(*(self._warm_up(self._pool) for _ in range(self.workers)))

    async def stop(self) -> None:
        """End the workers, also those at work; a pool that is not running stays so."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for future in tuple(self._running):  # the library would leave them pending for ever
                future.cancel()
            pool.stop()
            await asyncio.to_thread(pool.join)

    async def parse(self, html: bytes, url: str, region: str | None = None, *, charset: str | None = None) -> PageFacts:
        """The facts of a page. Raises Refused: `unreadable_page` for what cannot be read, `page_timeout` for what took
        too long and cost the worker its life; TryLater when the pool is stopped meanwhile. A cancelled call ends the
        worker's work on it.
        """
        if self._pool is None:
            raise RuntimeError("The parse pool has not been started.")
        check_bytes(html)
        future = self._pool.schedule(_read, args=(html, url, region, charset), timeout=self.seconds)
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        try:
            return _FACTS.validate_json(await asyncio.wrap_future(future))
        except asyncio.CancelledError:
            if self._pool is None:
                raise TryLater("The page was not read: the program is stopping.", seconds=5) from None
            raise
        except FutureTimeout:
            sentence = f"This page cannot be read: parsing it took longer than {self.seconds:g} seconds."
            raise Refused(sentence, code="page_timeout") from None
        except (ProcessExpired, MemoryError, RecursionError):
            sentence = "This page cannot be read: parsing it took more memory than a page may take."
            raise Refused(sentence, code="unreadable_page") from None

    async def _warm_up(self, pool: ProcessPool) -> None:
        # Both workers must take one page each; the first one loads libraries for longer than a page may take.
        await asyncio.wrap_future(pool.schedule(_read, args=(_WARM_UP, "https://example.com/", None, None)))


def _limit_memory(megabytes: int) -> None:
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _read(html: bytes, url: str, region: str | None, charset: str | None) -> bytes:
    from leadboard.domain.site.read import read_page

    return _FACTS.dump_json(read_page(html, url, region, charset=charset))
