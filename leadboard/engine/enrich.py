"""The enrichment of one lead: its website is read, then the 18 agents work on it in order, each a durable step.

The store says how far a run is; memory only spares reading it again. A step that runs a second time (crash, restart)
finds its work in the store and does nothing twice.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, fields, replace
from functools import reduce
from typing import Any, TypeVar
from uuid import UUID

import structlog
from dbos import DBOS

from leadboard.domain import package
from leadboard.domain.package import AgentResult
from leadboard.domain.places import country_code
from leadboard.domain.site import read_site
from leadboard.domain.stages import AGENTS, REQUIRED_AGENTS
from leadboard.engine.agents import REGISTRY
from leadboard.engine.agents.base import IMPORT, Agent, Known, LeadFacts, ListedPerson, SenderProfile, Unable
from leadboard.engine.claims import ClaimDraft, claims_of, contacts_of, facts_for_lead, listed_facts
from leadboard.engine.scribe import Scribe, Verb
from leadboard.engine.site_reader import PAGES, SiteRead, unread
from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.errors import TryLater
from leadboard.store import db, findings, icps, leads, runs, scores
from leadboard.store.db import Tx
from leadboard.store.going import GoingLead, GoingRun
from leadboard.store.tables import Claim, Lead, Workspace

MOST_WAITS = 3
LONGEST_WAIT = 120.0
"""A website that asks for patience gets it so many times, so many seconds at most."""

BROKEN = "The enrichment stopped because of a fault of ours, which is in the log. Retry the lead."

AGENT_BROKE = "This part failed because of a fault of ours, which is in the log. Retry the lead."

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
    """A run as this process remembers it: what the agents know and what each came to."""

    known: Known
    results: dict[str, AgentResult]


class Enrichment:
    """One run under way. Each public step returns what the workflow needs to go on, and that is all DBOS keeps."""

    def __init__(self, tools: Tools, scribe: Scribe, workspace: UUID, run_id: UUID) -> None:
        self._tools = tools
        self._scribe = scribe
        self._workspace = workspace
        self._run_id = run_id
        self._progress: Progress | None = None

    async def work(self) -> None:
        """Do every step that is left."""
        for waits in range(MOST_WAITS + 1):
            wait = await step("read_site", self.read_site, waits == MOST_WAITS)
            if wait is None:
                break
            await DBOS.sleep_async(wait)
        for place, agent in enumerate(REGISTRY):
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
        return None

    async def _was_read(self) -> bool:
        async with db.read(self._workspace) as tx:
            return await runs.site_of(tx, self._run_id) is not None

    async def _read(self, lead: GoingLead) -> SiteRead:
        start = lead.website or lead.domain
        if not start:
            return SiteRead(unread("The lead has no website. Add one and retry."), "There is no website to read.")
        return await self._tools.reader.read(start, country_code(lead.country) or None)

    async def run_agent(self, place: int) -> bool:
        """Let one agent work and write what it came to; False when the run is over."""
        progress = await self._remembered()
        if progress is None:
            return False
        agent = REGISTRY[place]
        if agent.id in progress.results:
            return True
        result = _run(agent, progress.known)
        sections = package.merge(progress.known.sections, result)
        failed = not result.ok and agent.id in REQUIRED_AGENTS
        following = AGENTS[place + 1] if place + 1 < len(AGENTS) and not failed else None

        def end(tx: Tx, run: GoingRun, lead: GoingLead) -> bool:
            runs.end_agent(tx, run, lead, result, following)
            if failed:
                runs.fail(tx, run, lead, result.error)
            return not failed

        if not await self._write(end):
            return False
        progress.known = replace(progress.known, sections=sections)
        progress.results[agent.id] = result
        return True

    async def finish(self) -> None:
        """Store what was found, score the lead anew, and end the run with its package."""
        progress = await self._remembered()
        if progress is None:
            return
        known, site = progress.known, progress.known.site
        claims = claims_of(site, known.lead) if site else []
        people = contacts_of(site) if site else []
        built = package.build(str(self._run_id), known.sections, list(progress.results.values()))
        async with db.begin(self._workspace) as tx:
            if found := await runs.under_way(tx, self._run_id, locked=True):
                run, lead = found
                findings.fill(lead, facts_for_lead(claims))
                await findings.keep_claims(tx, lead, run.id, [asdict(claim) for claim in claims])
                contacts = await findings.keep_contacts(tx, lead, [asdict(person) for person in people])
                scores.rate(tx, lead, contacts, *await icps.in_force(tx))
                await runs.finish(tx, run, lead, built)

    async def give_up(self) -> None:
        """Fail the run because something happened that nobody foresaw; the log says what."""
        await self._write(lambda tx, run, lead: runs.fail(tx, run, lead, BROKEN))

    async def _write(self, verb: Verb[T]) -> T | None:
        return await self._scribe.write(self._workspace, self._run_id, verb)

    async def _remembered(self) -> Progress | None:
        """How far the run is, read from the store after a restart; None when it is over."""
        if self._progress is None:
            async with db.read(self._workspace) as tx:
                self._progress = await _load(tx, self._run_id)
        return self._progress


async def _load(tx: Tx, run_id: UUID) -> Progress | None:
    found = await runs.under_way(tx, run_id)
    if found is None:
        return None
    run, lead = found
    workspace = await tx.get_one(Workspace, tx.workspace)
    site, results = await runs.site_of(tx, run_id), await runs.results(tx, run_id)
    _, icp = await icps.in_force(tx)
    earlier = [_draft(claim) for claim in await leads.claims(tx, lead)]
    people = [contact for contact in await leads.contacts(tx, lead) if contact.source == IMPORT]
    known = Known(
        lead=listed_facts(_facts(lead), earlier),
        people=tuple(ListedPerson(who.name, who.title, who.email, who.phone, who.linkedin) for who in people),
        today=(run.started_at or tx.now).date(),
        site=read_site(PAGES.validate_python(site["pages"])) if site and site["pages"] else None,
        site_error=site["error"] if site else "",
        icp=icp,
        sender=SenderProfile(name=workspace.name),
        sections=reduce(package.merge, results, {}),
    )
    return Progress(known, {result.agent: result for result in results})


def _draft(claim: Claim) -> ClaimDraft:
    return ClaimDraft(claim.field, claim.value, claim.source, claim.method, claim.snippet, claim.confidence)


def _facts(lead: Lead) -> LeadFacts:
    values: dict[str, Any] = {each.name: getattr(lead, each.name) for each in fields(LeadFacts)}
    values |= {"technologies": tuple(lead.technologies), "tags": tuple(lead.tags)}
    return LeadFacts(**values)


def _run(agent: Agent, known: Known) -> AgentResult:
    """Let an agent work; whatever happens to it stays in its section."""
    began = time.perf_counter()
    try:
        output = agent.run(known)
    except Unable as unable:
        return AgentResult(agent.id, False, time.perf_counter() - began, error=unable.sentence)
    except Exception as fault:
        log.exception("agent_broke", agent=agent.id, company=known.company_name, error=str(fault))
        return AgentResult(agent.id, False, time.perf_counter() - began, error=AGENT_BROKE)
    return AgentResult(agent.id, True, time.perf_counter() - began, output)
