"""Discovery: every source that suits the profile is asked, a page at a time, and what it finds is on the board at once.

A round asks each source for its next page, all at the same time; every page is a step, and stores at once what plainly
fits of its own, up to its share of what is wanted. After the round the best of what all pages left over take the places
that are free, and another round begins as long as companies are wanted and a source has more.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final
from uuid import UUID

from dbos import DBOS
from pydantic import TypeAdapter

from leadboard.domain.asks import AskStatus
from leadboard.domain.batches import Entity
from leadboard.domain.discovery import GOOD, MOST_PAGES
from leadboard.domain.discovery.search import search_of
from leadboard.domain.discovery.sift import Finding, findings_of, sift
from leadboard.domain.discovery.sources import sources
from leadboard.domain.found import FoundCompany, Search
from leadboard.domain.icp import Icp
from leadboard.domain.services import Task
from leadboard.engine.asking import Asker, Call, Outcome
from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.errors import Refused
from leadboard.providers.registry import SERVICES, services
from leadboard.store import asks, batches, db, discovered, discoveries, icps, runs
from leadboard.store.asks import About
from leadboard.store.db import Tx
from leadboard.store.discoveries import ASKING, DONE, FAILED, STOPPED, SourceState
from leadboard.store.tables import Discovery

BROKEN = "The search stopped because of a fault of ours, which is in the log. What it found stays. Start it again."
NOBODY = "No source can be asked for what the profile looks for. Add a key under Providers, or widen the profile."
REST_SECONDS = 5.0
"""Before a source is asked again that wanted patience."""
MOST_TRIES = 6

_COMPANIES: Final = TypeAdapter(tuple[FoundCompany, ...])
_LABELS: Final = {service.name: service.label for service in SERVICES}

Round = dict[str, Any]
"""`{"ask": [[service, page], ...], "rest": seconds}`: what is asked next; nothing at the end."""


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that a press of Discover sets off: (workspace id, discovery)."""

    async def discover(workspace_id: str, discovery_id: str) -> None:
        work = Discovering(tools, UUID(workspace_id), UUID(discovery_id))
        try:
            await work.work()
        except Exception:
            await step("give_up", work.give_up)
            raise

    return discover


class Discovering:
    """One search under way. Each public step is one of the workflow's; how far it is, the store says."""

    def __init__(self, tools: Tools, workspace: UUID, discovery_id: UUID) -> None:
        self._tools = tools
        self._workspace = workspace
        self._id = discovery_id
        self._asker: Asker | None = None

    async def work(self) -> None:
        """Do every step that is left."""
        following = await step("begin", self.begin)
        while following["ask"]:
            if following["rest"]:
                await DBOS.sleep_async(following["rest"])
            pages = (step("page", self.page, service, page) for service, page in following["ask"])
            failures = await asyncio.gather(*pages, return_exceptions=True)
            for failure in failures:
                if isinstance(failure, BaseException):
                    raise failure
            following = await step("choose", self.choose)
        await step("end", self.end)

    async def begin(self) -> Round:
        """Choose the sources, and ask each for its first page."""
        asker = await self._ready()
        means = await asker.ready()
        async with db.begin(self._workspace) as tx:
            discovery = await discoveries.going(tx, self._id)
            if discovery is None:
                return _round(())
            chosen = sources(await _search(tx, discovery), services(), means.can_ask)
            asked = [
                SourceState(each.service.name, each.why, demo=means.in_demo(each.service.name))
                for each in chosen
                if each.asked
            ]
            discoveries.begin(tx, discovery, asked)
            if not asked:
                discoveries.warn(discovery, NOBODY)
            return _round(discoveries.sources_of(discovery))

    async def page(self, service: str, page: int) -> None:
        """Ask a source for a page, once, and store what it brought."""
        async with db.read(self._workspace) as tx:
            discovery = await tx.get_one(Discovery, (self._workspace, self._id))
            source = _source(discoveries.sources_of(discovery), service)
            if discovery.ended_at or len(source.cursors) > page or not source.goes_on:
                return
            call = self._call(discovery, await _search(tx, discovery), service, source.next)
        try:
            outcome = await (await self._ready()).ask(call)
        except Refused as refused:
            await self._stop(service, refused.sentence)
            return
        await self._take(call, page, outcome)

    async def choose(self) -> Round:
        """Give the places that are free to the best of what was left over, and say what is asked next."""
        async with db.begin(self._workspace) as tx:
            discovery = await discoveries.going(tx, self._id)
            if discovery is None:
                return _round(())
            states = discoveries.sources_of(discovery)
            if any(state.left for state in states):
                found = await self._pool(tx, discovery, states)
                _, icp = await icps.in_force(tx)
                room = discovery.target - discovery.created
                left = await discovered.take(tx, discovery, sift(found, icp or Icp()).candidates, _LABELS, room)
                for state in states:
                    state.left = min(state.left, left)
                discoveries.keep(tx, discovery, states)
            return _round(states if discovery.created < discovery.target else ())

    async def end(self) -> None:
        """End the search, and have its leads enriched where that was asked for."""
        async with db.begin(self._workspace) as tx:
            discovery = await discoveries.going(tx, self._id)
            if discovery is None:
                return
            discoveries.complete(tx, discovery)
            if discovery.enrich:
                await hand_over(tx, discovery)

    async def give_up(self) -> None:
        """Fail the search because something happened that nobody foresaw; the log says what."""
        async with db.begin(self._workspace) as tx:
            discovery = await discoveries.going(tx, self._id)
            if discovery is not None:
                discoveries.fail(tx, discovery, BROKEN)

    async def _ready(self) -> Asker:
        """Who asks, within what this search may cost."""
        if self._asker is None:
            async with db.read(self._workspace) as tx:
                discovery = await tx.get_one(Discovery, (self._workspace, self._id))
            self._asker = Asker(self._tools, self._workspace, (discoveries.budget_of(discovery),))
        return self._asker

    def _call(self, discovery: Discovery, search: Search, service: str, cursor: str) -> Call:
        about = About("search", discovery.id, discovery_id=discovery.id, user_id=discovery.user_id)
        return Call(service, Task.COMPANIES, search, about, cursor)

    async def _take(self, call: Call, page: int, outcome: Outcome) -> None:
        """Store a page: at once those companies that plainly fit, up to this source's share of those still wanted."""
        async with db.begin(self._workspace) as tx:
            discovery = await discoveries.going(tx, self._id)
            if discovery is None:
                return
            states = discoveries.sources_of(discovery)
            source = _source(states, call.service)
            if len(source.cursors) > page:
                return
            paid = await discoveries.spent(tx, discovery)
            discovery.spent_micros = sum(paid.values())
            if outcome.status is not AskStatus.SUCCESS:
                _failed(discovery, source, outcome)
            else:
                _turned(source, call, outcome, paid.get(call.key, 0))
                _, icp = await icps.in_force(tx)
                sifted = sift(findings_of(call.service, outcome.items, paid.get(call.key, 0)), icp or Icp())
                discoveries.leave_out(discovery, sifted.left_out)
                share = _share(discovery, states, source)
                source.left += await discovered.take(tx, discovery, sifted.candidates, _LABELS, share, GOOD)
            discoveries.keep(tx, discovery, states)

    async def _stop(self, service: str, sentence: str) -> None:
        """Ask a source nothing more, because a budget or the subscription does not allow it."""
        async with db.begin(self._workspace) as tx:
            discovery = await discoveries.going(tx, self._id)
            if discovery is None:
                return
            states = discoveries.sources_of(discovery)
            source = _source(states, service)
            source.status, source.error = STOPPED, sentence
            discoveries.warn(discovery, f"{_LABELS[service]} was not asked: {sentence}")
            discoveries.keep(tx, discovery, states)

    async def _pool(self, tx: Tx, discovery: Discovery, states: Iterable[SourceState]) -> list[Finding]:
        """All that the pages said which were read, out of the log of calls."""
        search, paid = await _search(tx, discovery), await discoveries.spent(tx, discovery)
        found: list[Finding] = []
        for state in states:
            for cursor in state.cursors:
                key = self._call(discovery, search, state.service, cursor).key
                kept = (await asks.earlier(tx, [key])).get(key)
                items = _COMPANIES.validate_python(((kept and kept.answer) or {}).get("items", ()))
                found += findings_of(state.service, items, paid.get(key, 0))
        return found


async def hand_over(tx: Tx, discovery: Discovery) -> None:
    """Have the leads of a search enriched: their websites read, and services asked about them and the people there, for
    what the search has left of its cap."""
    leads = await runs.idle(tx, await discoveries.created(tx, discovery))
    if not leads:
        return
    ids = [lead.id for lead in leads]
    await runs.request(tx, leads, discovery.by)
    runs.announce(tx, runs.REQUESTED, ids, discovery.by)
    spent = sum((await discoveries.spent(tx, discovery)).values())
    cap = None if discovery.cap_micros is None else max(discovery.cap_micros - spent, 0)
    batch, _ = await batches.request(
        tx, Entity.LEAD, ids, user_id=discovery.user_id, by=discovery.by, cap_micros=cap, discovery_id=discovery.id
    )
    discovery.batch_id = batch.id


async def _search(tx: Tx, discovery: Discovery) -> Search:
    """What is looked for: by the profile as it was when the search began, so that pages go on where they were."""
    return search_of(await icps.version(tx, discovery.icp_version))


def _source(states: Iterable[SourceState], service: str) -> SourceState:
    return next(state for state in states if state.service == service)


def _share(discovery: Discovery, states: Iterable[SourceState], source: SourceState) -> int:
    """So many companies a page may store by itself: the first ones shall be there at once, and the best of all pages
    together later."""
    room = max(discovery.target - discovery.created, 0)
    alive = sum(1 for state in states if state.goes_on or state is source)
    return -(-room // alive)


def _turned(source: SourceState, call: Call, outcome: Outcome, micros: int) -> None:
    """The source has one more page behind it."""
    source.cursors = [*source.cursors, call.cursor]
    source.next, source.tries, source.error = outcome.next, 0, ""
    source.found += len(outcome.items)
    source.micros += micros
    source.status = ASKING if outcome.next and len(source.cursors) < MOST_PAGES else DONE


def _failed(discovery: Discovery, source: SourceState, outcome: Outcome) -> None:
    """A source that wants patience is asked again; any other failure is a warning, and the others go on."""
    source.tries += 1
    source.error = outcome.error or "Its answer was lost when the process ended, and it is not paid for twice."
    if outcome.code == "rate_limited" and source.tries < MOST_TRIES:
        source.status = ASKING
        return
    source.status = FAILED
    discoveries.warn(discovery, f"{_LABELS[source.service]}: {source.error}")


def _round(states: Iterable[SourceState]) -> Round:
    """The next page of each source that has one; with a rest where all of them want patience."""
    going = [state for state in states if state.goes_on]
    rest = REST_SECONDS if going and all(state.tries for state in going) else 0.0
    return {"ask": [[state.service, len(state.cursors)] for state in going], "rest": rest}
