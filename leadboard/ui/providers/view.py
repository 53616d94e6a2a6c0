"""The providers of a workspace as a view: from the catalogue and the store to display values."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.domain.access import AccessState, is_checking
from leadboard.domain.services import KeyKind, Offer, Pace, Service, Task
from leadboard.store import access, catalogue, db
from leadboard.store.tables import Access
from leadboard.ui import words
from leadboard.ui.display import Tone
from leadboard.ui.live import Parts
from leadboard.ui.providers.display import Group, Offered, ServiceRow

if TYPE_CHECKING:
    import reflex as rx

WHOLE: Parts = frozenset({"whole"})

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
    """Every service, and what the workspace has with it."""

    workspace_id: UUID

    state: ClassVar["type[rx.State]"]

    def parts(self) -> Parts:
        """It is read whole."""
        return WHOLE

    def concerned(self, topics: frozenset[str]) -> Parts:
        """News of any access."""
        return WHOLE if access.TOPIC in topics else frozenset()

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        async with db.read(self.workspace_id) as tx:
            kept = {each.service: each for each in await access.of_workspace(tx)}
            rows = [(each, _row(each, kept.get(each.name) or _none(each), tx.now)) for each in catalogue.services()]
        groups = [
            Group(title, about, [row for service, row in rows if service.key in kinds])
            for kinds, title, about in GROUPS
        ]
        return {"groups": [group for group in groups if group.services]}


def _none(service: Service) -> Access:
    return Access(service=service.name)  # type: ignore[call-arg]  # of no workspace: nothing is kept of it yet


def _row(service: Service, kept: Access, now: datetime) -> ServiceRow:
    wants, has = service.key is not KeyKind.NONE, bool(kept.sealed_key)
    checking = is_checking(kept.state, kept.asked_at, now)
    state, tone = STATES[AccessState.UNTRIED if kept.state == AccessState.CHECKING and not checking else kept.state]
    ready = has or service.key in PUBLIC
    if not ready:
        state, tone = "No key", "neutral"
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
    )


def _offered(offer: Offer) -> Offered:
    if not offer.micros:
        return Offered(TASKS[offer.task], "free")
    whole, _, cents = f"{offer.micros / 1_000_000:.4f}".partition(".")
    dollars = f"{whole}.{cents.rstrip('0'):0<2}"
    return Offered(TASKS[offer.task], f"${dollars} {'a question' if offer.always else 'a hit'}")


def _pace(pace: Pace) -> str:
    """How fast it is asked, in words: "10 a second", "1 every 2 s"."""
    if pace.calls == 1 and pace.seconds != 1:
        return f"one question every {pace.seconds:g} s"
    unit = {1.0: "second", 60.0: "minute", 3600.0: "hour", 86400.0: "day"}.get(pace.seconds)
    return f"{pace.calls:,} a {unit}" if unit else f"{pace.calls:,} in {pace.seconds:g} s"
