"""In which order services are asked: what admins decide about it."""

from leadboard.actions.access import allowed
from leadboard.domain.rights import Principal, Right
from leadboard.domain.services import Service
from leadboard.domain.waterfall.roles import SITE, Role, chosen
from leadboard.domain.waterfall.segments import is_segment
from leadboard.errors import NotFound, Refused
from leadboard.store import catalogue, orders, people
from leadboard.store.db import Tx


async def move(me: Principal, slug: str, role: str, segment: str, service: str, up: bool) -> None:
    """Ask a service one place earlier or later; at the end of the order it stays."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        part, order = await _order(tx, role, segment, service)
        at = order.index(service)
        there = max(0, at - 1) if up else min(len(order) - 1, at + 1)
        order[at], order[there] = order[there], order[at]
        await _put(tx, me, part, segment, order)


async def leave_out(me: Principal, slug: str, role: str, segment: str, service: str) -> None:
    """Ask a service no more for this part. One has to stay."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        part, order = await _order(tx, role, segment, service)
        if len(order) == 1:
            raise Refused("One service has to stay in the order. Add another one before you leave this one out.")
        order.remove(service)
        await _put(tx, me, part, segment, order)


async def add(me: Principal, slug: str, role: str, segment: str, service: str) -> None:
    """Ask a service as the last one. `Refused` for one that cannot play the part."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        part, order = await _order(tx, role, segment)
        await _put(tx, me, part, segment, [*order, service])


async def reset(me: Principal, slug: str, role: str, segment: str) -> None:
    """Forget the order for this kind of lead: that of wider kinds counts again, or the product's own."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        part, _ = await _order(tx, role, segment)
        await orders.reset(tx, part, segment)
        people.audit(tx, "service_order_reset", me.user_id, resource=part, segment=segment)


async def accept(me: Principal, slug: str, role: str, segment: str) -> None:
    """Ask in the order that is proposed. `Refused` when nothing is proposed any more."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        part, _ = await _order(tx, role, segment)
        proposal = await orders.proposal(tx, part, segment, services())
        if proposal is None:
            raise Refused("The calls of today no longer speak for another order, so nothing was changed.", status=409)
        await _put(tx, me, part, segment, list(proposal.order))


async def propose(me: Principal, slug: str, on: bool) -> None:
    """Have better orders proposed from past calls, or not."""
    async with allowed(me, slug, Right.SETTINGS) as tx:
        if await orders.switch_proposals(tx, on) is not on:
            people.audit(tx, "service_order_proposals", me.user_id, on=on)


def services() -> dict[str, Service]:
    """Every service that may play a part, by name: our own reading of websites among them."""
    return {service.name: service for service in (*catalogue.services(), SITE)}


async def _order(tx: Tx, role: str, segment: str, service: str = "") -> tuple[Role, list[str]]:
    """The part of a name, and the order in force for it. `NotFound` for no part, no kind of lead, or a service that
    is not in the order."""
    if role not in list(Role):
        raise NotFound("part")
    if not is_segment(segment):
        raise NotFound("kind of lead")
    order = list(await orders.order_of(tx, Role(role), segment))
    if service and service not in order:
        raise NotFound("service")
    return Role(role), order


async def _put(tx: Tx, me: Principal, role: Role, segment: str, order: list[str]) -> None:
    was = await orders.order_of(tx, role, segment)
    now = chosen(role, order, services())
    if now != was:
        await orders.put(tx, role, segment, now, me.name)
        people.audit(
            tx, "service_order_changed", me.user_id, resource=role, segment=segment, was=list(was), now=list(now)
        )
