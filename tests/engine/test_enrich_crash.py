"""Kill -9 in the middle of 50 enrichments, twice: every lead ends enriched, and everything happened once."""

import signal
from collections import Counter
from functools import partial
from itertools import pairwise

import pytest
from sqlmodel import select

from leadboard.bench.loopback import SiteServer
from leadboard.bench.sites import GeneratedSites
from leadboard.domain.stages import AGENTS
from leadboard.store import db
from leadboard.store.tables import Claim, Contact, Feed, Package, Part, Run, Site
from tests.support.enrichment import events, happened, make_leads, request_all, settled, until, worker_process

LEADS = 50


@pytest.mark.timeout(400)
async def test_kill_9_during_50_enrichments_and_a_restart_end_with_every_lead_enriched_once(ready, team):
    sites = GeneratedSites(LEADS)
    ids = await make_leads(team.id, sites.domains)
    assert await request_all(team.id) == LEADS
    async with SiteServer(sites) as server:
        for many in (5, 25):
            async with worker_process(ready.url, server.port, LEADS) as process:
                await until(partial(happened, team.id, "lead_enriched", many))
                process.send_signal(signal.SIGKILL)
        async with worker_process(ready.url, server.port, LEADS):
            leads = await settled(team.id, ids, seconds=240)
    assert Counter(lead.status for lead in leads) == {"enriched": LEADS}
    assert {(lead.column, lead.percent, lead.agent, lead.error) for lead in leads} == {("enriched", 100, "", "")}
    log = await events(team.id)
    assert [event.n for event in log] == list(range(1, len(log) + 1))
    for lead in leads:
        kinds = [(event.kind, event.data.get("agent_name")) for event in log if event.lead_id == lead.id]
        assert kinds == _expected()
    await _everything_is_there_once(team.id)


def _expected() -> list[tuple[str, str | None]]:
    """The events of a run without accidents, in order."""
    ids = [agent.id for agent in AGENTS]
    turns = [turn for one, following in pairwise(ids) for turn in (("agent_end", one), ("agent_start", following))]
    return [
        ("lead_enrichment_start", None),
        ("agent_start", ids[0]),
        ("status_update", None),
        *turns,
        ("agent_end", ids[-1]),
        ("lead_enrichment_end", None),
        ("lead_enriched", None),
    ]


async def _everything_is_there_once(workspace) -> None:
    async with db.read(workspace) as tx:
        packages, taken, read, parts = [(await tx.exec(select(table))).all() for table in (Package, Run, Site, Part)]
        claims, contacts = (await tx.exec(select(Claim))).all(), (await tx.exec(select(Contact))).all()
        last = (await tx.exec(select(Feed.n))).one()
    assert len(packages) == len(taken) == len(read) == LEADS
    assert {run.status for run in taken} == {"enriched"}
    assert {package.run_id for package in packages} == {run.id for run in taken}
    assert {(part.run_id, part.agent) for part in parts} == {(run.id, agent.id) for run in taken for agent in AGENTS}
    assert max(Counter((claim.lead_id, claim.field, claim.value, claim.source) for claim in claims).values()) == 1
    assert max(Counter((contact.lead_id, contact.key) for contact in contacts).values()) == 1
    assert last == len(await events(workspace))
