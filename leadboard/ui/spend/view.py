"""What was spent as a view: from the sums of the store to display values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.domain.asks import Spared
from leadboard.domain.budgets import Kind
from leadboard.domain.pacing import Pace, pacing
from leadboard.domain.plans import PLANS, CreditReason, PlanName, SubscriptionStatus, month_later
from leadboard.domain.services import Task
from leadboard.domain.spending import Cell, Sums, by, share, total
from leadboard.domain.waterfall.roles import SITE, Tier
from leadboard.store import catalogue, db, exchange, people, spending
from leadboard.store.db import Tx
from leadboard.store.spending import Cap, NotMade
from leadboard.store.tables import Credit, Subscription, Workspace
from leadboard.ui import words
from leadboard.ui.display import Tone
from leadboard.ui.live import Parts
from leadboard.ui.spend.display import (
    CapRow,
    Chart,
    CreditsCard,
    DayRow,
    Figure,
    LedgerRow,
    SavedRow,
    SumRow,
    TypedCaps,
)

if TYPE_CHECKING:
    import reflex as rx

WHOLE: Parts = frozenset({"whole"})

TASKS: dict[str, str] = {
    Task.COMPANIES: "Companies to find",
    Task.COMPANY: "Facts of a company",
    Task.PEOPLE: "People of a company",
    Task.PERSON: "E-mail of a person",
    Task.VERIFY: "Verification of an address",
    Task.SIGNALS: "Signals",
}
WHY: dict[Spared, tuple[str, str]] = {
    Spared.CACHE: ("Answered before", "The same question had its answer, at most 90 days old."),
    Spared.WINDOW: ("Asked before", "The service said what it knows of the record within 90 days."),
    Spared.ORDER: ("Found earlier", "A service before it in the order found what was looked for."),
}
KINDS = {Kind.PROVIDERS: "Services", Kind.MODELS: "Language models"}
WHOSE = {"installation": "everybody on this installation", "workspace": "this workspace"}
STATUSES: dict[str, tuple[str, Tone]] = {
    SubscriptionStatus.TRIALING: ("On trial", "accent"),
    SubscriptionStatus.ACTIVE: ("Active", "strong"),
    SubscriptionStatus.PAST_DUE: ("Past due", "weak"),
    SubscriptionStatus.CANCELLED: ("Cancelled", "weak"),
    SubscriptionStatus.PAUSED: ("Paused", "fair"),
}
REASONS: dict[str, str] = {
    CreditReason.SIGN_UP: "First credits of the plan",
    CreditReason.RENEWAL: "Renewal",
    CreditReason.ACCEPTED: "Contact accepted",
    CreditReason.UPGRADE: "Larger plan",
    CreditReason.ADJUSTMENT: "Changed by hand",
}
NOBODY = "On its own"
GONE = "Somebody who left"


@dataclass(frozen=True)
class SpendView:
    """What was spent of real money, or of the demo world's: the two are never added up."""

    workspace_id: UUID
    demo: bool

    state: ClassVar["type[rx.State]"]
    rest: ClassVar[float] = 9
    """A log of many calls takes its time to sum up: at most a tenth of it."""

    def parts(self) -> Parts:
        """It is read whole: its numbers are of one moment."""
        return WHOLE

    def concerned(self, topics: frozenset[str]) -> Parts:
        """News of any call, cap or credit."""
        return WHOLE if spending.TOPIC in topics else frozenset()

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        async with db.read(self.workspace_id) as tx:
            cells = await spending.cells(tx, demo=self.demo)
            workspace = await tx.get_one(Workspace, tx.workspace)
            not_made = await spending.not_made(tx) if workspace.demo is self.demo else []
            begun = await spending.renewed_on(tx) or tx.now.date()
            accepted = await spending.accepted(tx, min(begun, spending.first_day(tx.now.date())))
            premium = await spending.contacts_asked_about(tx, demo=self.demo)
            caps = [cap for kind in Kind for cap in await spending.caps_of_today(tx, kind, demo=self.demo)]
            names = {user.id: user.name for _, user in await people.members(tx)}
            return {
                "figures": _figures(cells, not_made, accepted, premium, tx.now.date(), workspace.currency),
                **_chart(cells, tx.now.date()),
                **_tables(cells, names),
                **_not_made(not_made),
                **_caps(workspace, caps),
                **await _credits(tx, accepted, begun),
                "spent_anything": bool(cells or not_made),
                "ready": True,
            }


def _figures(
    cells: Sequence[Cell],
    not_made: Sequence[NotMade],
    accepted: dict[date, int],
    premium: tuple[int, int],
    today: date,
    currency: str,
) -> list[Figure]:
    first = spending.first_day(today)
    services = total(cell for cell in cells if cell.kind is Kind.PROVIDERS)
    contacts = sum(many for day, many in accepted.items() if day >= first)
    cached = sum(each.calls for each in not_made if each.why is Spared.CACHE)
    hits = share(cached, cached + services.calls)
    each = share(services.micros, contacts)
    some = share(*premium)
    return [
        _spent("Today", [cell for cell in cells if cell.day == today], currency),
        _spent("30 days", cells, currency),
        Figure(
            "An accepted contact",
            "—" if each is None else words.usd(round(each)),
            f"{words.counted(contacts, 'contact')} accepted in 30 days",
        ),
        Figure("Answers found", words.percent(share(services.hits, services.calls)), f"{services.calls:,} calls"),
        Figure("Answered before", words.percent(hits), "of all questions, at no cost"),
        Figure("Premium", words.percent(some), f"of {words.counted(premium[1], 'contact')}; at most 15% of a batch"),
    ]


def _spent(name: str, cells: Sequence[Cell], currency: str) -> Figure:
    split, micros = by(cells, lambda cell: cell.kind), total(cells).micros
    said = [f"{KINDS[kind].lower()} {words.usd(split[kind].micros)}" for kind in Kind if kind in split]
    converted = exchange.cents(micros, currency)
    if converted:
        said.append(f"{words.money(converted, currency)} at the installation's rate")
    return Figure(name, words.usd(micros), " · ".join(said) or "no calls")


def _chart(cells: Sequence[Cell], today: date) -> dict[str, Any]:
    """The last 30 days, those without calls among them."""
    first = spending.first_day(today)
    services, models = (by((cell for cell in cells if cell.kind is kind), lambda cell: cell.day) for kind in Kind)
    days = [first + timedelta(days=n) for n in range(spending.DAYS)]
    of_day = by(cells, lambda cell: cell.day)
    most = max((sums.micros for sums in of_day.values()), default=0)
    rows = [_day(day, services.get(day, Sums()), models.get(day, Sums()), most) for day in days]
    whole = words.usd(total(cells).micros)
    said = f"{whole} in 30 days. The most on one day was {words.usd(most)}." if most else "Nothing was spent."
    return {"days": rows, "chart": Chart(words.usd(most), _short(first), "today", said)}


def _day(day: date, services: Sums, models: Sums, most: int) -> DayRow:
    both = services + models
    return DayRow(
        day=_short(day),
        services=words.usd(services.micros),
        models=words.usd(models.micros),
        total=words.usd(both.micros),
        calls=words.count(both.calls),
        height=_percent(services.micros, most),
        models_height=_percent(models.micros, most),
    )


def _tables(cells: Sequence[Cell], names: dict[UUID, str]) -> dict[str, Any]:
    services = [cell for cell in cells if cell.kind is Kind.PROVIDERS]
    models = [cell for cell in cells if cell.kind is Kind.MODELS]
    labels = {service.name: service.label for service in (*catalogue.services(), SITE)}
    return {
        "services": _rows(services, lambda cell: labels.get(cell.service, cell.service)),
        "tasks": _rows(services, _task),
        "models": _rows(models, lambda cell: cell.service),
        "users": _rows(cells, lambda cell: NOBODY if cell.user is None else names.get(cell.user, GONE)),
    }


def _task(cell: Cell) -> str:
    name = TASKS.get(cell.task, cell.task)
    return f"{name}, premium" if cell.tier == Tier.PREMIUM else name


def _rows(cells: Iterable[Cell], name: Callable[[Cell], str]) -> list[SumRow]:
    sums = by(cells, name)
    spent = sum(each.micros for each in sums.values())
    return [
        SumRow(
            key=name,
            name=name,
            calls=words.count(each.calls),
            hits=words.count(each.hits),
            rate=words.percent(share(each.hits, each.calls)),
            errors=words.count(each.errors) if each.errors else "",
            spent=words.usd(each.micros),
            share=round(_percent(each.micros, spent)),
        )
        for name, each in sums.items()
    ]


def _not_made(not_made: Sequence[NotMade]) -> dict[str, Any]:
    calls, micros = sum(each.calls for each in not_made), sum(each.micros for each in not_made)
    rows = [
        SavedRow(
            *WHY[why],
            calls=words.count(sum(each.calls for each in not_made if each.why is why)),
            spent=words.usd(sum(each.micros for each in not_made if each.why is why)),
        )
        for why in Spared
        if any(each.why is why for each in not_made)
    ]
    said = f"{words.counted(calls, 'call')} not made in 30 days: {words.usd(micros)} not spent." if calls else ""
    return {"saved": rows, "saved_said": said}


def _caps(workspace: Workspace, caps: Sequence[Cap]) -> dict[str, Any]:
    typed = TypedCaps(_typed(workspace.provider_cap_micros), _typed(workspace.model_cap_micros))
    return {"caps": [_cap(cap) for cap in caps], "typed": typed}


def _cap(cap: Cap) -> CapRow:
    name = f"{KINDS[cap.kind]}, {WHOSE[cap.whose]}"
    key = f"{cap.kind}-{cap.whose}"
    if cap.cap is None:
        return CapRow(key, name, f"{words.usd(cap.used)}, no cap")
    percent = min(100, round(_percent(cap.used, cap.cap))) if cap.cap else 100
    return CapRow(
        key, name, f"{words.usd(cap.used)} of {words.usd(cap.cap)}", percent, full=cap.used >= cap.cap, capped=True
    )


def _typed(micros: int | None) -> str:
    return "" if micros is None else f"{micros / 1_000_000:.6f}".rstrip("0").rstrip(".")


async def _credits(tx: Tx, accepted: dict[date, int], begun: date) -> dict[str, Any]:
    account = await spending.account(tx)
    lines = [_line(line) for line in await spending.ledger(tx)]
    return {"credits": _card(account, accepted, begun, tx), "ledger": lines}


def _card(account: Subscription | None, accepted: dict[date, int], begun: date, tx: Tx) -> CreditsCard:
    plan = PLANS[account.plan if account else PlanName.IGNITION]
    status, tone = STATUSES[account.status if account else SubscriptionStatus.TRIALING]
    left = account.credits if account else plan.credits
    today = tx.now.date()
    resets = account.credits_reset_at if account else month_later(tx.now)
    pace = pacing(plan.credits, accepted, begun, resets.date(), today)
    return CreditsCard(
        plan=plan.label,
        status=status,
        tone=tone,
        left=words.count(left),
        quota=words.count(plan.credits),
        percent=min(100, round(_percent(left, plan.credits))),
        renews=words.day(resets.date()),
        target=words.count(pace.target),
        average=f"{pace.average:,.1f}".removesuffix(".0"),
        used=words.count(pace.used),
        warning=_warning(pace.pace),
    )


def _warning(pace: Pace) -> str:
    match pace:
        case Pace.FAST:
            return "Credits go faster than the plan lasts: more than 120% of the target over five working days."
        case Pace.SLOW:
            return "Half of the month is over, and less than half of what the target comes to is used."
        case Pace.STEADY:
            return ""


def _line(line: Credit) -> LedgerRow:
    sign = "+" if line.delta > 0 else "−" if line.delta < 0 else ""
    what = " · ".join(filter(None, (REASONS[line.reason], line.note, line.by)))
    return LedgerRow(
        str(line.id), words.iso(line.at), what, f"{sign}{abs(line.delta):,}", words.count(line.balance_after)
    )


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0
