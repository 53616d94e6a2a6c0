"""What people do with batches of enrichment: look at what one would cost, start it, stop it, and go on with it."""

from collections.abc import Sequence
from uuid import UUID

from leadboard.actions.access import acting, allowed, looking
from leadboard.domain.batches import Entity
from leadboard.domain.discovery import check_cap
from leadboard.domain.rights import Principal, Right
from leadboard.domain.services import Service
from leadboard.domain.waterfall.forecast import Forecast
from leadboard.domain.waterfall.roles import SITE
from leadboard.errors import NotFound, Refused
from leadboard.store import access, batches, catalogue, credits, forecasts
from leadboard.store.db import Tx
from leadboard.store.tables import Batch, Workspace

MOST = 5_000
"""Leads of one batch."""


async def forecast(me: Principal, slug: str, lead_ids: Sequence[str]) -> Forecast:
    """What a batch over these leads would probably find and cost. `NotFound` for a foreign id."""
    ids = _ids(lead_ids)
    async with looking(me, slug) as tx:
        return await forecasts.of_leads(tx, await _here(tx, ids), *await _services(tx))


async def start(me: Principal, slug: str, lead_ids: Sequence[str], cap_micros: object = None) -> Batch:
    """Have services asked about these leads and the people there, for so much money at most; a batch over the same
    leads that is under way is joined. `NotFound` for a foreign id."""
    ids, cap = _ids(lead_ids), check_cap(cap_micros)
    async with acting(me, slug, Right.SPEND) as (tx, _):
        here = await _here(tx, ids)
        credits.check_paying(await credits.subscription(tx))
        expected = await forecasts.of_leads(tx, here, *await _services(tx))
        batch, _ = await batches.request(
            tx, Entity.LEAD, here, user_id=me.user_id, by=me.name, cap_micros=cap, forecast=expected.to_data()
        )
        return batch


async def cancel(me: Principal, slug: str, batch_id: str) -> None:
    """End a batch where it stands: what it found stays."""
    async with allowed(me, slug, Right.SPEND) as tx:
        batches.cancel(tx, await batches.locked(tx, batch_id), me.name)


async def resume(me: Principal, slug: str, batch_id: str, cap_micros: object = None) -> None:
    """Go on with a batch that is paused, with another cap where one is given."""
    cap = check_cap(cap_micros)
    async with allowed(me, slug, Right.SPEND) as tx:
        batch = await batches.locked(tx, batch_id)
        if cap is not None:
            batch.cap_micros = cap
        await batches.resume(tx, batch, me.name)


async def recent(me: Principal, slug: str) -> Sequence[Batch]:
    """The batches asked for last, those under way first."""
    async with looking(me, slug) as tx:
        return await batches.recent(tx)


async def services(tx: Tx) -> dict[str, Service]:
    """The services that this workspace can ask, by name."""
    return (await _services(tx))[0]


async def _services(tx: Tx) -> tuple[dict[str, Service], frozenset[str]]:
    """The same, and the names of those that the demo world answers for."""
    workspace = await tx.get_one(Workspace, tx.workspace)
    keys = {kept.service for kept in await access.of_workspace(tx) if kept.sealed_key}
    contact = catalogue.introduced()
    known = {
        service.name: service
        for service in (*catalogue.services(), SITE)
        if service.can_be_asked(key=service.name in keys, demo=workspace.demo, contact=contact)
    }
    return known, frozenset(name for name in known if workspace.demo and name not in keys)


def _ids(lead_ids: Sequence[str]) -> list[UUID]:
    if not lead_ids:
        raise Refused("Select the leads first.")
    if len(lead_ids) > MOST:
        raise Refused(f"A batch takes {MOST:,} leads at most. Select fewer, and start another one for the rest.")
    try:
        return [UUID(each) for each in lead_ids]
    except (ValueError, TypeError, AttributeError):
        raise NotFound("lead") from None


async def _here(tx: Tx, ids: Sequence[UUID]) -> list[UUID]:
    here = await batches.leads_of(tx, ids)
    if len(here) < len(set(ids)):
        raise NotFound("lead")
    return here
