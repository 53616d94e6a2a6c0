"""Searches over services that answer what a test says: by host, page after page, with nothing slept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import orjson
from sqlmodel import col, select

from leadboard.domain.icp import Icp
from leadboard.engine.discover import Discovering
from leadboard.engine.tools import Tools
from leadboard.providers.wire import Wire
from leadboard.store import access, db, discoveries, icps
from leadboard.store.tables import Claim, Discovery, Lead
from tests.support.services import CONTACT, Slept

APOLLO, TRIALS, WIKIDATA = "api.apollo.io", "clinicaltrials.gov", "query.wikidata.org"
ICP = Icp(
    industry=("Biotech", "Diagnostics"),
    therapeutic_areas=("oncology",),
    geographies=("Norway",),
    size_min=5,
    size_max=500,
)

Says = Callable[[httpx.Request, int], Any]


@dataclass
class Services(httpx.AsyncBaseTransport):
    """Services by host: each is a function of the request and how often it was asked before. Others know nothing."""

    says: Mapping[str, Says]
    requests: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        before = len(self.of(request.url.host))
        self.requests.append(request)
        said = self.says[request.url.host](request, before) if request.url.host in self.says else (503, {})
        status, body = said if isinstance(said, tuple) else (200, said)
        return httpx.Response(status, content=orjson.dumps(body), request=request)

    def of(self, host: str) -> list[httpx.Request]:
        """What a host was asked."""
        return [each for each in self.requests if each.url.host == host]


def organization(name: str, domain: str = "", **more: Any) -> dict[str, Any]:
    """A company as Apollo tells it."""
    return {"name": name, "primary_domain": domain, "industry": "biotech", "country": "Norway", **more}


def apollo(*pages: list[dict[str, Any]]) -> Says:
    """Apollo with these pages."""

    def says(request: httpx.Request, before: int) -> Any:
        page = orjson.loads(request.content)["page"]
        return {"organizations": pages[page - 1], "pagination": {"page": page, "total_pages": len(pages)}}

    return says


def trials(*sponsors: str) -> Says:
    """ClinicalTrials.gov with a trial of each of these."""

    def study(n: int, sponsor: str) -> dict[str, Any]:
        said = {
            "identificationModule": {"nctId": f"NCT{n:08}", "briefTitle": "A trial"},
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": sponsor}},
        }
        return {"protocolSection": said}

    return lambda request, before: {"studies": [study(n, each) for n, each in enumerate(sponsors)]}


def wikidata(*companies: tuple[str, str]) -> Says:
    """Wikidata with these companies: name and website."""

    def row(n: int, name: str, site: str) -> dict[str, Any]:
        said = {"c": f"http://www.wikidata.org/entity/Q{n}", "cLabel": name, "site": site, "code": "NO"}
        return {key: {"value": value} for key, value in said.items()}

    bindings = [row(n, *each) for n, each in enumerate(companies)]
    return lambda request, before: {"results": {"bindings": bindings}}


async def prepared(workspace: UUID, icp: Icp = ICP, *services: str) -> None:
    """Save a profile, and keys of these services."""
    async with db.begin(workspace) as tx:
        await icps.save(tx, icp, "Ada")
        for service in services:
            access.put_key(tx, await access.of_service(tx, service), "k-3f9a51c07d", "Ada")


async def requested(workspace: UUID, target: int = 10, *, cap: int | None = None, enrich: bool = False) -> UUID:
    """Ask for a search."""
    async with db.begin(workspace) as tx:
        discovery, _ = await discoveries.request(
            tx,
            target=target,
            icp_version=await icps.version_in_force(tx),
            cap_micros=cap,
            enrich=enrich,
            user_id=UUID(int=1),
            by="Ada",
        )
    return discovery.id


def discovering(workspace: UUID, discovery: UUID, services: Services) -> Discovering:
    """The search, over these services."""
    slept = Slept()
    wire = Wire(contact=CONTACT, transport=services, sleep=slept.sleep, clock=slept.clock)
    return Discovering(Tools(None, wire=wire), workspace, discovery)  # type: ignore[arg-type]


async def searched(workspace: UUID, services: Services, target: int = 10, **options: Any) -> Discovery:
    """A search from request to end, as the workflow does it but for DBOS."""
    discovery = await requested(workspace, target, **options)
    await run(discovering(workspace, discovery, services))
    async with db.read(workspace) as tx:
        return await tx.find(Discovery, discovery)


async def run(work: Discovering) -> None:
    """Every step in turn, the pages of a round one after the other."""
    following = await work.begin()
    while following["ask"]:
        for service, page in following["ask"]:
            await work.page(service, page)
        following = await work.choose()
    await work.end()


async def leads(workspace: UUID) -> list[Lead]:
    """Every lead, in the order of the listing."""
    async with db.read(workspace) as tx:
        order = (col(Lead.fit_score).desc(), col(Lead.name), col(Lead.id))
        return list((await tx.exec(select(Lead).where(col(Lead.deleted_at).is_(None)).order_by(*order))).all())


async def claims(workspace: UUID, lead: Lead) -> list[Claim]:
    """What is said of a lead."""
    async with db.read(workspace) as tx:
        return list(
            (await tx.exec(select(Claim).where(Claim.lead_id == lead.id).order_by(Claim.field, Claim.source))).all()
        )
