"""One lead's way through the pipeline: stages, failures, patience, cancel and retry."""

import asyncio

import pytest
from sqlmodel import select

from leadboard.actions import runs as actions
from leadboard.bench.loopback import SiteServer
from leadboard.bench.sites import GeneratedSites
from leadboard.domain.icp import Icp as Profile
from leadboard.domain.package import statements
from leadboard.domain.stages import AGENTS, RANK, Column, Stage
from leadboard.engine import thinking
from leadboard.engine.agents.base import Unable
from leadboard.engine.enrich import Enrichment
from leadboard.engine.model.gateway import Gateway, Terms
from leadboard.engine.model.ledger import BudgetLedger
from leadboard.engine.scribe import Scribe
from leadboard.engine.site_reader import SiteReader
from leadboard.engine.tools import Tools
from leadboard.providers.fetcher import Fetcher
from leadboard.store import db
from leadboard.store.tables import Claim, Contact, Icp, Lead, ModelCall, Package, Run, Site
from tests.support.enrichment import events, happened, make_leads, request_all, settled, until, working
from tests.support.model import Service

DOMAIN = "company-0001.example"


class Agent:
    """An agent that cannot, or that is broken."""

    def __init__(self, agent_id: str, error: Exception) -> None:
        self.id = agent_id
        self._error = error

    def run(self, known: object) -> dict[str, object]:
        raise self._error


def failing(monkeypatch, agent_id: str, error: Exception) -> None:
    """Put an agent that raises in the place of one of the 18."""
    others = tuple(Agent(agent_id, error) if agent.id == agent_id else agent for agent in thinking.REGISTRY)
    monkeypatch.setattr(thinking, "REGISTRY", others)


async def one(workspace, table):
    async with db.read(workspace) as tx:
        return (await tx.exec(select(table))).one()


async def every(workspace, table):
    async with db.read(workspace) as tx:
        return (await tx.exec(select(table))).all()


async def said(workspace, text: str) -> bool:
    return any(text in event.data.get("status_message", "") for event in await events(workspace))


async def ended(workspace) -> bool:
    return all(run.ended_at for run in await every(workspace, Run))


async def test_a_lead_moves_forward_through_every_column_to_enriched(ready, team, pool):
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    async with db.begin(team.id) as tx:
        tx.add(Icp(workspace_id=team.id, version=1, data=Profile(industry=("Roofing",)).to_data()))
    await request_all(team.id)
    async with working(ready, sites, pool):
        [lead] = await settled(team.id, ids)
    log = await events(team.id, lead.id)
    ranks = [RANK[Stage(event.data["stage"])] for event in log if event.kind == "agent_start"]
    assert ranks == sorted(ranks)
    assert [event.data["agent_name"] for event in log if event.kind == "agent_end"] == [agent.id for agent in AGENTS]
    percents = [event.data["progress"] for event in log if event.kind == "agent_end"]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert [event.kind for event in log if event.shown] == ["lead_enriched"]
    assert {lead.column, lead.stage, lead.status} == {"enriched"}
    assert (lead.percent, lead.agent) == (100, "")
    assert lead.fit_score >= 0
    company = sites.company(DOMAIN)
    package = await one(team.id, Package)
    assert package.run_id == lead.run_id
    assert 0.3 <= package.confidence <= 1
    assert package.sections["metadata"]["run_id"] == str(lead.run_id)
    claims = await every(team.id, Claim)
    assert company.phone in {claim.value for claim in claims}
    assert all(claim.run_id == lead.run_id and claim.source.startswith("http") for claim in claims)
    contacts = {contact.name: contact for contact in await every(team.id, Contact)}
    assert {person.name for person in company.people} <= contacts.keys()
    assert all(contact.als_score is not None and contact.als_receipt for contact in contacts.values())
    assert lead.phone == company.phone


async def test_fields_a_person_filled_or_locked_are_left_alone(ready, team, pool):
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    async with db.begin(team.id) as tx:
        lead = await tx.find(Lead, ids[0])
        lead.phone, lead.locked = "+1 999", ["email"]
    await request_all(team.id)
    async with working(ready, sites, pool):
        [lead] = await settled(team.id, ids)
    assert (lead.phone, lead.email) == ("+1 999", "")


async def test_an_agent_that_fails_keeps_its_error_in_its_section_and_the_lead_is_enriched(
    ready, team, pool, monkeypatch
):
    failing(monkeypatch, "competitor_identification", Unable("No competitor is named anywhere."))
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    async with working(ready, sites, pool):
        [lead] = await settled(team.id, ids)
    assert lead.status == "enriched"
    package = await one(team.id, Package)
    assert package.sections["competitor_intelligence"]["error"] == "No competitor is named anywhere."
    ended = [event.data for event in await events(team.id) if event.data.get("success") is False]
    assert [(data["agent_name"], data["error"]) for data in ended] == [
        ("competitor_identification", "No competitor is named anywhere.")
    ]


async def test_a_fault_of_an_agent_stays_in_its_section(ready, team, pool, monkeypatch):
    failing(monkeypatch, "personalized_message", ZeroDivisionError("division by zero"))
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    async with working(ready, sites, pool):
        [lead] = await settled(team.id, ids)
    assert lead.status == "enriched"
    assert (await one(team.id, Package)).sections["messages"]["error"] == thinking.AGENT_BROKE


async def test_a_lead_whose_website_does_not_answer_needs_attention_and_a_retry_works(ready, team, pool):
    sites = dict(GeneratedSites(1))
    ids = await make_leads(team.id, ["gone.example"])
    await request_all(team.id)
    async with working(ready, sites, pool):
        [lead] = await settled(team.id, ids)
        assert (lead.column, lead.status) == (Column.ATTENTION, "enrichment_failed")
        assert "gone.example" in lead.error
        assert (await one(team.id, Run)).status == "failed"
        kinds = [event.kind for event in await events(team.id, lead.id)]
        assert kinds[-2:] == ["lead_enrichment_end", "lead_enrichment_failed"]
        async with db.begin(team.id) as tx:
            lead = await tx.find(Lead, ids[0])
            lead.domain, lead.website = DOMAIN, f"http://{DOMAIN}/"
        await actions.retry(team.member, team.slug, str(lead.id))
        [lead] = await settled(team.id, ids)
    assert (lead.status, lead.error) == ("enriched", "")
    assert sorted(run.status for run in await every(team.id, Run)) == ["enriched", "failed"]


async def test_a_lead_without_a_website_fails_with_a_sentence_that_says_what_to_do(ready, team, pool):
    ids = await make_leads(team.id, [""])
    async with db.begin(team.id) as tx:
        (await tx.find(Lead, ids[0])).website = ""
    await request_all(team.id)
    async with working(ready, {}, pool):
        [lead] = await settled(team.id, ids)
    assert lead.status == "enrichment_failed"
    assert "no website" in lead.error.lower()


async def test_a_website_that_asks_for_patience_is_asked_again(ready, team, pool):
    pages = dict(GeneratedSites(1)[DOMAIN])
    home, busy = pages["/"], (503, {"Retry-After": "1"}, "busy")
    ids = await make_leads(team.id, [DOMAIN])
    await request_all(team.id)
    async with working(ready, {DOMAIN: (site := {**pages, "/": busy})}, pool):
        await until(lambda: said(team.id, "Trying again"))
        site["/"] = home
        [lead] = await settled(team.id, ids)
    assert lead.status == "enriched"
    assert len(await every(team.id, Site)) == 1


async def test_a_cancelled_lead_returns_to_harvested_at_once_and_stays_there(ready, team, pool):
    sites = GeneratedSites(12)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    async with working(ready, sites, pool):
        await until(lambda: happened(team.id, "agent_end"))
        cancelled = await actions.cancel_all(team.member, team.slug)
        before = {lead.id: lead for lead in await settled(team.id, ids)}
        await asyncio.sleep(1)
        after = {lead.id: lead for lead in await settled(team.id, ids)}
    assert cancelled > 0
    assert {i: (lead.status, lead.column, lead.version) for i, lead in before.items()} == {
        i: (lead.status, lead.column, lead.version) for i, lead in after.items()
    }
    standing = [lead for lead in after.values() if lead.status == "harvested"]
    assert len(standing) == cancelled
    assert {(lead.column, lead.percent, lead.agent) for lead in standing} == {("harvested", 0, "")}
    assert len(await every(team.id, Package)) == 12 - cancelled


async def test_a_lead_that_was_enriched_before_returns_to_enriched_when_its_second_run_is_cancelled(ready, team, pool):
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    async with working(ready, sites, pool):
        await settled(team.id, ids)
    await actions.enrich(team.member, team.slug, [str(ids[0])])
    assert (await one(team.id, Lead)).column == Column.HARVESTED
    assert await actions.cancel(team.member, team.slug, [str(ids[0])]) == 1
    lead = await one(team.id, Lead)
    assert (lead.status, lead.column, lead.percent) == ("enriched", "enriched", 100)


async def test_a_second_run_refreshes_what_is_known_and_doubles_nothing(ready, team, pool):
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    counts = []
    async with working(ready, sites, pool):
        for _ in range(2):
            await request_all(team.id)
            [lead] = await settled(team.id, ids)
            counts.append([len(await every(team.id, table)) for table in (Claim, Contact, Package)])
    assert counts[0] == counts[1]
    assert {claim.run_id for claim in await every(team.id, Claim)} == {lead.run_id}


async def test_a_deleted_lead_is_not_worked_on(ready, team, pool):
    sites = GeneratedSites(2)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    async with db.begin(team.id) as tx:
        (await tx.find(Lead, ids[0])).deleted_at = tx.now
    async with working(ready, sites, pool):
        await settled(team.id, ids[1:])
        await until(lambda: ended(team.id))
    assert sorted(run.status for run in await every(team.id, Run)) == ["cancelled", "enriched"]
    assert [package.lead_id for package in await every(team.id, Package)] == [ids[1]]


@pytest.mark.parametrize("agent", ["lead_analysis", "lead_qualification"])
async def test_a_lead_needs_intake_analysis_and_qualification(ready, team, pool, monkeypatch, agent):
    failing(monkeypatch, agent, Unable("There is too little to go by."))
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    async with working(ready, sites, pool):
        [lead] = await settled(team.id, ids)
    assert (lead.column, lead.error) == (Column.ATTENTION, "There is too little to go by.")
    assert await every(team.id, Package) == []


async def test_a_person_of_the_list_is_known_to_the_agents_as_such(ready, team, pool):
    ids = await make_leads(team.id, [DOMAIN])
    async with db.begin(team.id) as tx:
        owner = Contact(
            workspace_id=team.id, lead_id=ids[0], key="zoe", name="Zoe Quint", title="Owner", source="import"
        )
        tx.add(owner)
    await request_all(team.id)
    async with working(ready, GeneratedSites(1), pool):
        await settled(team.id, ids)
    told = list(statements((await one(team.id, Package)).sections["contact_information"]))
    assert ("Zoe Quint, Owner", "import") in {(statement["text"], statement["source"]) for statement in told}


async def test_what_a_run_read_on_the_website_is_no_word_of_the_list_for_the_next(ready, team, pool):
    ids = await make_leads(team.id, [DOMAIN])
    await request_all(team.id)
    async with working(ready, GeneratedSites(1), pool):
        await settled(team.id, ids)
        await actions.enrich(team.owner, team.slug, [str(ids[0])])
        await until(lambda: ended(team.id))
    sections = (await one(team.id, Package)).sections
    assert "import" not in {statement["source"] for statement in statements(sections["analyzed_lead"])}


async def test_a_model_writes_where_it_may_and_is_asked_once_an_agent(ready, team, pool):
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    service = Service()
    model = Gateway(Terms(), BudgetLedger(10**8, 10**8, 10**8), "sk-test", transport=service.transport)
    async with working(ready, sites, pool, model=model):
        [lead] = await settled(team.id, ids)

    package = await one(team.id, Package)
    written = {
        agent: said
        for part in package.sections.values()
        if isinstance(part, dict)
        for agent, said in part.get("written", {}).items()
    }
    assert {said["by"] for said in written.values()} >= {"model"}
    calls = await every(team.id, ModelCall)
    assert sorted(call.purpose for call in calls) == sorted(written)
    assert {call.lead_id for call in calls} == {lead.id}
    assert {call.run_id for call in calls} == {lead.run_id}


async def test_without_a_model_a_package_says_nothing_of_one(ready, team, pool):
    sites = GeneratedSites(1)
    ids = await make_leads(team.id, sites.domains)
    await request_all(team.id)
    async with working(ready, sites, pool, model=Gateway(Terms(), BudgetLedger(10**8, 10**8, 10**8))):
        await settled(team.id, ids)

    assert "written" not in str((await one(team.id, Package)).sections)
    assert not await every(team.id, ModelCall)


async def test_what_a_model_wrote_before_a_crash_is_not_paid_for_again(ready, team, pool):
    sites = GeneratedSites(1)
    await make_leads(team.id, sites.domains)
    await request_all(team.id)
    run = await one(team.id, Run)
    service = Service()
    async with SiteServer(sites) as server, Fetcher(server.resolver) as fetcher:
        model = Gateway(Terms(), BudgetLedger(10**8, 10**8, 10**8), "sk-test", transport=service.transport)
        tools = Tools(SiteReader(fetcher, pool), model=model)
        before = Enrichment(tools, Scribe(), team.id, run.id)
        await before.read_site(True)
        assert [await before.run_agent(place) for place in range(7)] == [True] * 7

        after = Enrichment(tools, Scribe(), team.id, run.id)
        assert [await after.run_agent(place) for place in range(len(AGENTS))] == [True] * len(AGENTS)
        await after.finish()

    purposes = [call.purpose for call in await every(team.id, ModelCall)]
    assert len(purposes) == len(set(purposes)) == len(service.asked) > 7
    package = await one(team.id, Package)
    assert package.sections["analyzed_lead"]["written"]["lead_analysis"]["by"] == "model"
    assert package.sections["messages"]["written"]["personalized_message"]["by"] == "model"
