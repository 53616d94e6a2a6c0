"""Asking for a search of new companies, withdrawing it, and what it would ask whom."""

from leadboard.actions.access import acting, allowed, looking
from leadboard.domain.discovery import UNDER_WAY, USUAL, check_cap, check_target, no_profile
from leadboard.domain.rights import Principal, Right
from leadboard.domain.work import Workflow
from leadboard.store import credits, discoveries, icps, offers, work
from leadboard.store.offers import Offer
from leadboard.store.tables import Discovery


async def request(
    me: Principal, slug: str, target_count: object = USUAL, *, cap_micros: object = None, enrich: bool = True
) -> Discovery:
    """Look for companies; while a search is under way, that one goes on instead.

    Refuses with 422 a number that is not 1 to 50, with 400 `icp_missing`, with 402 `subscription_inactive`, with 403
    who may not spend.
    """
    async with acting(me, slug, Right.SPEND) as (tx, _):
        target, cap = check_target(target_count), check_cap(cap_micros)
        version = await icps.version_in_force(tx)
        if not version:
            raise no_profile()
        credits.check_paying(await credits.subscription(tx))
        discovery, is_new = await discoveries.request(
            tx, target=target, icp_version=version, cap_micros=cap, enrich=enrich, user_id=me.user_id, by=me.name
        )
        if is_new:
            ids = str(tx.workspace), str(discovery.id)
            await work.enqueue(tx, Workflow.DISCOVER, *ids, workflow_id=_workflow(discovery), priority=work.FIRST)
        return discovery


async def cancel(me: Principal, slug: str) -> bool:
    """End the search under way: what it found stays. False when there is none."""
    async with allowed(me, slug, Right.SPEND) as tx:
        discovery = await discoveries.latest(tx)
        if discovery is None or discovery.status not in UNDER_WAY:
            return False
        discoveries.cancel(tx, discovery)
    await work.cancel([_workflow(discovery)])
    return True


async def latest(me: Principal, slug: str) -> Discovery | None:
    """The search asked for last; None before the first."""
    async with looking(me, slug) as tx:
        return await discoveries.latest(tx)


async def offered(me: Principal, slug: str) -> Offer:
    """Whom a search would ask now. Refuses with 400 `icp_missing`."""
    async with looking(me, slug) as tx:
        offer = await offers.offered(tx)
    if offer is None:
        raise no_profile()
    return offer


def _workflow(discovery: Discovery) -> str:
    return f"discover-{discovery.id}"
