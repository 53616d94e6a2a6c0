"""The enrichment of one lead: its website is read, then the 18 agents work on it in order, each a durable step.

The store says how far a run is; memory only spares reading it again. A step that runs a second time (crash, restart)
finds its work in the store and does nothing twice.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar
from uuid import UUID

import structlog
from dbos import DBOS

from leadboard.domain import package
from leadboard.domain.package import AgentResult
from leadboard.domain.places import country_code
from leadboard.domain.stages import AGENTS, REQUIRED_AGENTS
from leadboard.engine.agents import REGISTRY
from leadboard.engine.agents.base import IMPORT, Known, LeadFacts, ListedPerson, SenderProfile
from leadboard.engine.claims import ClaimDraft, listed_facts
from leadboard.engine.demo import in_demo
from leadboard.engine.model.author import Author
from leadboard.engine.model.prompt import Caller
from leadboard.engine.model.snippets import snippets_of
from leadboard.engine.scribe import Scribe, Verb
from leadboard.engine.site_reader import SiteRead, unread
from leadboard.engine.steps import step
from leadboard.engine.thinking import Brief, Thoughts
from leadboard.engine.tools import Tools
from leadboard.errors import TryLater
from leadboard.store import db, findings, icps, runs, scores
from leadboard.store.db import Tx
from leadboard.store.going import GoingLead, GoingRun, going
from leadboard.store.starts import Start, start_of

MOST_WAITS = 3
LONGEST_WAIT = 120.0
"""A website that asks for patience gets it so many times, so many seconds at most."""

BROKEN = "The enrichment stopped because of a fault of ours, which is in the log. Retry the lead."

T = TypeVar("T")

log = structlog.get_logger(__name__)


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow body; its arguments are the ids of the workspace and of the run."""

    scribe = Scribe()

    async def enrich(workspace_id: str, run_id: str) -> None:
        enrichment = Enrichment(tools, scribe, UUID(workspace_id), UUID(run_id))
        try:
            await enrichment.work()
        except Exception:
            await step("give_up", enrichment.give_up)
            raise

    return enrich


@dataclass
class Progress:
    """A run as this process remembers it: what each agent comes to, whose end is written, the rest it leads to, and who
    puts it into words where a model may."""

    results: dict[str, AgentResult]
    ended: frozenset[str]
    thoughts: Thoughts
    author: Author | None = None


class Enrichment:
    """One run under way. Each public step returns what the workflow needs to go on, and that is all DBOS keeps."""

    def __init__(self, tools: Tools, scribe: Scribe, workspace: UUID, run_id: UUID) -> None:
        self._tools = tools
        self._scribe = scribe
        self._workspace = workspace
        self._run_id = run_id
        self._site: dict[str, Any] | None = None
        self._progress: Progress | None = None

    async def work(self) -> None:
        """Do every step that is left."""
        for waits in range(MOST_WAITS + 1):
            wait = await step("read_site", self.read_site, waits == MOST_WAITS)
            if wait is None:
                break
            await DBOS.sleep_async(wait)
        for place, agent in enumerate(AGENTS):
            if not await step(agent.id, self.run_agent, place):
                return
        await step("finish", self.finish)

    async def read_site(self, last_try: bool) -> float | None:
        """Read the website and store what it says; seconds to wait when it asks for patience, None to go on."""
        began = await self._write(lambda tx, run, lead: (lead, runs.start(tx, run, lead)))
        if began is None:
            return None
        lead, fresh = began
        if not fresh and await self._was_read():
            return None
        try:
            site, said = await self._read(lead)
        except TryLater as later:
            if not last_try:
                seconds = min(later.seconds, LONGEST_WAIT)
                said = f"{later.sentence} Trying again in {seconds:.0f} s."
                await self._write(lambda tx, run, lead: runs.say(tx, run, said))
                return seconds
            site, said = unread(later.sentence), later.sentence
        await self._write(lambda tx, run, lead: runs.keep_site(tx, run, site, said))
        self._site = site
        return None

    async def _was_read(self) -> bool:
        async with db.read(self._workspace) as tx:
            return await runs.site_of(tx, self._run_id) is not None

    async def _read(self, lead: GoingLead) -> SiteRead:
        start = lead.website or lead.domain
        if not start:
            return SiteRead(unread("The lead has no website. Add one and retry."), "There is no website to read.")
        demo = await in_demo(self._workspace, start)
        return await self._tools.reader.read(start, country_code(lead.country) or None, demo)

    async def run_agent(self, place: int) -> bool:
        """Write what one agent comes to; False when the run is over."""
        progress = await self._remembered()
        if progress is None:
            return False
        agent = AGENTS[place]
        if agent.id in progress.ended:
            return True
        result = progress.results[agent.id]
        if progress.author:
            result = progress.results[agent.id] = await progress.author.write(REGISTRY[place], result)
        failed = not result.ok and agent.id in REQUIRED_AGENTS
        following = AGENTS[place + 1] if place + 1 < len(AGENTS) and not failed else None

        def end(tx: Tx, run: GoingRun, lead: GoingLead) -> bool:
            runs.end_agent(tx, run, lead, result, following)
            if failed:
                runs.fail(tx, run, lead, result.error)
            return not failed

        return await self._write(end) or False

    async def finish(self) -> None:
        """Store what was found, score the lead anew, and end the run with its package."""
        progress = await self._remembered()
        if progress is None:
            return
        results, thoughts = list(progress.results.values()), progress.thoughts
        built = package.build(str(self._run_id), reduce(package.merge, results, {}), results)
        async with db.begin(self._workspace) as tx, going(tx, [self._run_id]) as alive:
            if self._run_id in alive:
                run, lead = alive[self._run_id]
                company = await findings.fill(tx, lead, thoughts.facts)
                await findings.keep_claims(tx, lead.id, run.id, thoughts.claims)
                version, icp = await icps.in_force(tx)
                people = await findings.keep_contacts(tx, lead.id, thoughts.people, company, icp)
                if icp is not None:
                    lead.more |= scores.fit_values(company, people, version, icp, tx)
                await runs.finish(tx, run, lead, built)

    async def give_up(self) -> None:
        """Fail the run because something happened that nobody foresaw; the log says what."""
        await self._write(lambda tx, run, lead: runs.fail(tx, run, lead, BROKEN))

    async def _write(self, verb: Verb[T]) -> T | None:
        return await self._scribe.write(self._workspace, self._run_id, verb)

    async def _remembered(self) -> Progress | None:
        """How far the run is and what it comes to; None when it is over. After a restart the store tells."""
        if self._progress is None:
            async with db.read(self._workspace) as tx:
                start = await start_of(tx, self._run_id, IMPORT)
                if start is None:
                    return None
                site, ended = self._site, list[AgentResult]()
                if site is None:
                    site, ended = await runs.site_of(tx, self._run_id), await runs.results(tx, self._run_id)
            self._progress = await self._thought(start, site, ended)
        return self._progress

    async def _thought(self, start: Start, site: dict[str, Any] | None, ended: list[AgentResult]) -> Progress:
        names = frozenset(result.agent for result in ended)
        known = _known(start, site, ended)
        thoughts = await self._tools.reader.think(Brief(known, site["pages"] if site else [], names))
        for agent, trace in thoughts.faults.items():
            log.error("agent_broke", agent=agent, company=known.company_name, trace=trace)
        results = {result.agent: result for result in (*ended, *thoughts.results)}
        return Progress(results, names, thoughts, self._author(start, known, site, results, thoughts))

    def _author(
        self,
        start: Start,
        known: Known,
        site: dict[str, Any] | None,
        results: dict[str, AgentResult],
        thoughts: Thoughts,
    ) -> Author | None:
        """Who writes about the lead, where a model answers for it."""
        model, demo = self._tools.model, start.demo
        if model is None or not model.answers(demo):
            return None
        return Author(
            model,
            Caller(self._workspace, start.lead_id, self._run_id, demo=demo),
            snippets_of(results.values(), thoughts.claims, site["pages"] if site else []),
            secrets.token_hex(8),
            (known.company_name, known.sender.name),
        )


def _known(start: Start, site: dict[str, Any] | None, ended: list[AgentResult]) -> Known:
    """What the agents know beside the website, and the sections of those that have ended."""
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in start.company.items()
    }
    return Known(
        lead=listed_facts(LeadFacts(**told), [ClaimDraft(*claim) for claim in start.claims]),
        people=tuple(ListedPerson(*who) for who in start.people),
        today=start.day,
        site_error=site["error"] if site else "",
        icp=start.icp,
        sender=SenderProfile(name=start.workspace),
        sections=reduce(package.merge, ended, {}),
    )
