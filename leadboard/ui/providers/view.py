"""The providers of a workspace as a view: from the catalogue and the store to display values."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.actions import batches
from leadboard.actions.orders import services as all_services
from leadboard.domain.access import AccessState, is_checking
from leadboard.domain.budgets import Kind
from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.domain.spending import Sums, by
from leadboard.domain.waterfall.roles import Role
from leadboard.domain.waterfall.segments import EVERY
from leadboard.store import access, asks, catalogue, db, orders, spending
from leadboard.store.db import Tx
from leadboard.store.spending import Failure
from leadboard.store.tables import Access, Workspace
from leadboard.ui import words
from leadboard.ui.display import Tone
from leadboard.ui.live import Parts
from leadboard.ui.providers.display import Group, Offered, ServiceRow
from leadboard.ui.providers.orders import price, role_order, segments

if TYPE_CHECKING:
    import reflex as rx

SERVICES, ORDERS = "services", "orders"

PUBLIC = frozenset({KeyKind.NONE, KeyKind.OPTIONAL})
GROUPS: tuple[tuple[frozenset[KeyKind], str, str], ...] = (
    (PUBLIC, "Public sources", "Anybody may ask them, and they cost nothing. Some answer more often with a key."),
    (frozenset({KeyKind.FREE}), "Free with a key", "They cost nothing, but want to know who asks."),
    (frozenset({KeyKind.PAID}), "Paid", "What is asked with your key is on your bill with them."),
)
TASKS: dict[Task, str] = {
    Task.COMPANIES: "Finds companies",
    Task.COMPANY: "Company facts",
    Task.PEOPLE: "People of a company",
    Task.PERSON: "E-mail of a person",
    Task.VERIFY: "Verifies e-mail",
    Task.SIGNALS: "Signals",
}
STATES: dict[str, tuple[str, Tone]] = {
    AccessState.UNTRIED: ("Not tried", "neutral"),
    AccessState.CHECKING: ("Trying…", "accent"),
    AccessState.WORKS: ("Works", "strong"),
    AccessState.KEY_REFUSED: ("Key not accepted", "weak"),
    AccessState.USED_UP: ("Used up", "fair"),
    AccessState.UNAVAILABLE: ("No answer", "fair"),
}


@dataclass(frozen=True)
class ProvidersView:
    """Every service and what the workspace has with it, and the orders they are asked in about a kind of lead."""

    workspace_id: UUID
    segment: str = EVERY

    state: ClassVar["type[rx.State]"]
    rest: ClassVar[float] = 9
    """The log of calls takes its time to sum up: at most a tenth of it."""

    def parts(self) -> Parts:
        """Services, and orders."""
        return frozenset({SERVICES, ORDERS})

    def concerned(self, topics: frozenset[str]) -> Parts:
        """News of any access or call, and of orders."""
        about = {SERVICES: {access.TOPIC, asks.TOPIC}, ORDERS: {access.TOPIC, orders.TOPIC}}
        return frozenset(part for part, news in about.items() if news & topics)

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        values: dict[str, Any] = {}
        async with db.read(self.workspace_id) as tx:
            if SERVICES in parts:
                values |= {"groups": await _groups(tx)}
            if ORDERS in parts:
                values |= await _orders(tx, self.segment)
        return values


async def _groups(tx: Tx) -> list[Group]:
    workspace = await tx.get_one(Workspace, tx.workspace)
    kept = {each.service: each for each in await access.of_workspace(tx)}
    called = {demo: await _calls(tx, demo) for demo in {False, workspace.demo}}
    rows = []
    for service in catalogue.services():
        own = kept.get(service.name) or _none(service)
        demo = workspace.demo and not own.sealed_key
        rows.append((service, _row(service, own, demo, called[demo], tx.now)))
    groups = [
        Group(title, about, [row for service, row in rows if service.key in kinds]) for kinds, title, about in GROUPS
    ]
    return [group for group in groups if group.services]


@dataclass(frozen=True)
class _Calls:
    """Calls of the last 30 days by service, and the last one of each that failed."""

    sums: dict[str, Sums]
    failed: dict[str, Failure]


async def _calls(tx: Tx, demo: bool) -> _Calls:
    cells = [cell for cell in await spending.cells(tx, demo=demo) if cell.kind is Kind.PROVIDERS]
    return _Calls(by(cells, lambda cell: cell.service), await spending.last_failures(tx, cells, demo=demo))


async def _orders(tx: Tx, segment: str) -> dict[str, Any]:
    workspace = await tx.get_one(Workspace, tx.workspace)
    chosen, history, usable = await orders.chosen(tx), await asks.history(tx), await batches.services(tx)
    services = all_services()
    shown = []
    for role in (role for role in Role if role is not Role.SITE_CRAWL):
        order = await orders.order_of(tx, role, segment)
        better = await orders.proposal(tx, role, segment, services) if workspace.self_ordering else None
        shown.append(role_order(role, segment, order, chosen, services, usable, history, better))
    return {
        "orders": shown,
        "segments": segments(history, chosen, segment),
        "proposing": workspace.self_ordering,
    }


def _none(service: Service) -> Access:
    return Access(service=service.name)  # type: ignore[call-arg]  # of no workspace: nothing is kept of it yet


def _row(service: Service, kept: Access, demo: bool, calls: _Calls, now: datetime) -> ServiceRow:
    wants, has = service.key is not KeyKind.NONE, bool(kept.sealed_key)
    checking = is_checking(kept.state, kept.asked_at, now)
    state, tone = STATES[AccessState.UNTRIED if kept.state == AccessState.CHECKING and not checking else kept.state]
    ready = has or service.key in PUBLIC
    if not ready:
        state, tone = ("Demo world", "fair") if demo else ("No key", "neutral")
    failed = calls.failed.get(service.name)
    return ServiceRow(
        name=service.name,
        label=service.label,
        site=service.site,
        wants_key=wants,
        has_key=has,
        ready=ready,
        offers=[_offered(offer) for offer in service.offers],
        pace=_pace(service.pace),
        note=service.note,
        state=state,
        tone=tone,
        checking=checking,
        sentence=kept.sentence,
        said=kept.said,
        remaining=f"{kept.remaining:,} left" if kept.remaining is not None else "",
        checked_at=words.iso(kept.checked_at) if kept.checked_at else "",
        key_by=kept.key_by,
        key_at=words.iso(kept.key_at) if kept.key_at else "",
        demo=demo,
        called=_called(calls.sums.get(service.name), demo),
        failed=failed.sentence if failed else "",
        failed_at=words.iso(failed.at) if failed else "",
    )


def _called(sums: Sums | None, demo: bool) -> str:
    if sums is None:
        return ""
    money = f"{words.usd(sums.micros)}{' of demo money' if demo else ''}"
    return f"{words.counted(sums.calls, 'call')}, {words.counted(sums.hits, 'hit')}, {money} in 30 days"


def _offered(offer: Offer) -> Offered:
    return Offered(TASKS[offer.task], price(offer))


def _pace(pace: Pace) -> str:
    """How fast it is asked, in words: "10 a second", "1 every 2 s"."""
    if pace.calls == 1 and pace.seconds != 1:
        return f"one question every {pace.seconds:g} s"
    unit = {1.0: "second", 60.0: "minute", 3600.0: "hour", 86400.0: "day"}.get(pace.seconds)
    return f"{pace.calls:,} a {unit}" if unit else f"{pace.calls:,} in {pace.seconds:g} s"
