"""In which order a workspace asks services for a part of the waterfall: for a kind of lead, for every kind, or as the
product has it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func
from sqlmodel import col, select

from leadboard.domain.asks import WINDOW
from leadboard.domain.services import Service
from leadboard.domain.waterfall.ordering import Proposal, propose
from leadboard.domain.waterfall.roles import DEFAULT_ORDER, TASKS, Order, Role
from leadboard.domain.waterfall.segments import EVERY, widening
from leadboard.store import asks
from leadboard.store.db import Tx
from leadboard.store.tables import Ask, ServiceOrder, Workspace
from leadboard.store.tenancy import Prepared

TOPIC = "orders"

_IN_FORCE = Prepared(
    select(ServiceOrder.services)
    .where(
        col(ServiceOrder.role) == bindparam("role"), col(ServiceOrder.segment).in_(bindparam("kinds", expanding=True))
    )
    .order_by(func.length(col(ServiceOrder.segment)).desc())
    .limit(1)
)


class Chosen(NamedTuple):
    """An order that a person chose."""

    services: tuple[str, ...]
    by: str


async def order_of(tx: Tx, role: Role, segment: str = EVERY) -> tuple[str, ...]:
    """Names of services in the order in which they are asked: that of the kind of lead, else that of the nearest wider
    kind, else `DEFAULT_ORDER`."""
    for (services,) in await tx.rows(_IN_FORCE, role=role, kinds=widening(segment)):
        return tuple(services)
    return DEFAULT_ORDER[role]


async def chosen(tx: Tx) -> dict[tuple[Role, str], Chosen]:
    """Every order that the workspace chose, by role and segment."""
    rows = (await tx.exec(select(ServiceOrder))).all()
    return {(Role(row.role), row.segment): Chosen(tuple(row.services), row.by) for row in rows}


async def by_kind(tx: Tx) -> dict[str, Order]:
    """The orders that the workspace chose, by kind of lead: as `roles.for_kinds` takes them."""
    kinds: dict[str, dict[Role, tuple[str, ...]]] = {}
    for (role, segment), order in (await chosen(tx)).items():
        kinds.setdefault(segment, {})[role] = order.services
    return dict(kinds)


async def put(tx: Tx, role: Role, segment: str, services: Sequence[str], by: str) -> None:
    """Ask in this order from now on. The caller has checked it (`roles.chosen`)."""
    row = ServiceOrder(workspace_id=tx.workspace, role=role, segment=segment, services=list(services), by=by, at=tx.now)
    await tx.get_one(Workspace, tx.workspace, with_for_update=True)
    await tx.merge(row)
    tx.touch(TOPIC)


async def reset(tx: Tx, role: Role, segment: str) -> None:
    """Forget the order that was chosen: what stands behind it counts again."""
    await tx.exec(delete(ServiceOrder).where(col(ServiceOrder.role) == role, col(ServiceOrder.segment) == segment))
    tx.touch(TOPIC)


async def proposal(tx: Tx, role: Role, segment: str, services: Mapping[str, Service]) -> Proposal | None:
    """A better order for a part and a kind of lead, by the calls of the last 90 days; None where there is none.
    `services`: every service by name."""
    order = tuple(name for name in await order_of(tx, role, segment) if name in services)
    offers = {name: offer for name in order if (offer := services[name].offer(TASKS[role]))}
    log = await asks.past_calls(tx, Ask.task == TASKS[role], col(Ask.asked_at) > tx.now - WINDOW)
    return propose(role, segment, tuple(offers), offers, log)


async def switch_proposals(tx: Tx, on: bool) -> bool:
    """Have better orders proposed, or not; returns how it was."""
    workspace = await tx.get_one(Workspace, tx.workspace, with_for_update=True)
    was, workspace.self_ordering = workspace.self_ordering, on
    tx.touch(TOPIC)
    return was
