"""Budgets: money is reserved before it is spent, in one statement, so that no two spend the same.

Reserve, then settle with what it did cost; whatever happens in between, `spent + reserved` never passes a cap.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlmodel import col, select

from leadboard.domain.budgets import INSTALLATION, Kind
from leadboard.errors import Refused
from leadboard.store.db import Tx
from leadboard.store.tables import Budget, Workspace


class CapReached(Refused):
    """A cap leaves no room for this. `whose`: "installation", "workspace", "batch" or "search"."""

    def __init__(self, whose: str, sentence: str) -> None:
        super().__init__(sentence, code="cap_reached", status=402)
        self.whose = whose


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose budget it is, and its cap in millionths of a US dollar; None is no cap. `day`: of a budget that is of no
    day but counts from one on (a batch's)."""

    name: str
    whose: str
    cap: int | None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Reserved:
    """Money set aside, in budgets by name and day: hand it to `settle` once."""

    scopes: tuple[tuple[str, date], ...]
    kind: Kind
    micros: int


@lru_cache
def _reserving(dialect: str, many: int) -> Any:
    """The statement that sets money aside in so many budgets, in those with room for it; it returns their names."""
    new = (
        _DIALECTS[dialect]
        .insert(Budget)
        .values(
            [
                {name: bindparam(f"{name}{place}") for name in ("scope", "kind", "day", "reserved", "cap")}
                | {"spent": 0}
                for place in range(many)
            ]
        )
    )
    return new.on_conflict_do_update(
        index_elements=["scope", "kind", "day"],
        set_={"reserved": Budget.reserved + new.excluded.reserved, "cap": new.excluded.cap},
        where=(Budget.spent + Budget.reserved + new.excluded.reserved <= new.excluded.cap),
    ).returning(col(Budget.scope))


_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}
_SETTLE = (
    update(Budget)
    .where(
        col(Budget.scope) == bindparam("of"), col(Budget.kind) == bindparam("what"), col(Budget.day) == bindparam("on")
    )
    .values(spent=Budget.spent + bindparam("paid"), reserved=Budget.reserved - bindparam("aside"))
)
_NO_CAP = 2**62


async def scopes(tx: Tx, kind: Kind, installation_cap: int | None, demo: bool) -> tuple[Scope, Scope]:
    """Whose budgets a spending of this workspace is of, always in this order. What the demo world costs is nobody's
    money: it has budgets of its own, so that it never stops real work."""
    workspace = await tx.get_one(Workspace, tx.workspace)
    own = workspace.provider_cap_micros if kind is Kind.PROVIDERS else workspace.model_cap_micros
    mark = "demo " if demo else ""
    return (
        Scope(f"{mark}{INSTALLATION}", "installation", installation_cap),
        Scope(f"{mark}{tx.workspace}", "workspace", own),
    )


async def reserve(tx: Tx, kind: Kind, budgets: Sequence[Scope], micros: int) -> Reserved:
    """Set money aside in every one of the budgets, or in none of them and `CapReached` says which is full."""
    [reserved] = await reserve_each(tx, kind, budgets, [micros])
    if isinstance(reserved, CapReached):
        raise reserved
    return reserved


async def reserve_each(
    tx: Tx, kind: Kind, budgets: Sequence[Scope], prices: Sequence[int]
) -> list[Reserved | CapReached]:
    """The same of several: all of them in one statement where there is room, else one after the other as far as there
    is."""
    places = tuple((budget.name, budget.day or tx.now.date()) for budget in budgets)
    total = sum(prices)
    if total and (full := await _room(tx, kind, budgets, total)):
        if len(prices) == 1:
            return [full]
        return [(await reserve_each(tx, kind, budgets, [price]))[0] for price in prices]
    return [Reserved(places if price else (), kind, price) for price in prices]


async def _room(tx: Tx, kind: Kind, budgets: Sequence[Scope], micros: int) -> CapReached | None:
    """Set money aside in all of the budgets; where one is full in none, and that is returned."""
    for budget in budgets:
        if budget.cap is not None and micros > budget.cap:
            return CapReached(budget.whose, _full(budget.whose, kind))
    today = tx.now.date()
    held = await tx.run_sync(_reserve, kind, budgets, micros, today)
    for budget in budgets:
        if budget.name not in held:
            places = tuple((each.name, each.day or today) for each in budgets if each.name in held)
            await settle(tx, Reserved(places, kind, micros), 0)
            return CapReached(budget.whose, _full(budget.whose, kind))
    return None


def _reserve(session: Session, kind: Kind, budgets: Sequence[Scope], micros: int, today: date) -> set[str]:
    """Sets it aside where there is room, in one statement; the names of those budgets."""
    given: dict[str, Any] = {}
    for place, budget in enumerate(budgets):
        given |= {f"scope{place}": budget.name, f"kind{place}": kind, f"day{place}": budget.day or today}
        given |= {f"reserved{place}": micros, f"cap{place}": _NO_CAP if budget.cap is None else budget.cap}
    connection = session.connection()
    found = connection.execute(_reserving(connection.dialect.name, len(budgets)), given)
    return {name for (name,) in found}


async def settle(tx: Tx, reserved: Reserved, micros: int) -> None:
    """Replace what was set aside by what it cost; 0 gives it back."""
    await settle_all(tx, [(reserved, micros)])


async def settle_all(tx: Tx, costs: Iterable[tuple[Reserved, int]]) -> None:
    """The same of several, in one statement."""
    sums: dict[tuple[str, Kind, date], tuple[int, int]] = {}
    for reserved, micros in costs:
        for scope, day in reserved.scopes:
            paid, aside = sums.get((scope, reserved.kind, day), (0, 0))
            sums[scope, reserved.kind, day] = (paid + micros, aside + reserved.micros)
    given = [
        {"of": scope, "what": kind, "on": day, "paid": paid, "aside": aside}
        for (scope, kind, day), (paid, aside) in sums.items()
    ]
    if given:
        await tx.run_sync(lambda session: session.connection().execute(_SETTLE, given))


async def used(tx: Tx, kind: Kind, budgets: Sequence[Scope], day: date) -> dict[str, int]:
    """What each scope has spent and set aside on a day, in millionths of a US dollar."""
    names = [budget.name for budget in budgets]
    statement = select(Budget).where(col(Budget.scope).in_(names), Budget.kind == kind, Budget.day == day)
    found = {row.scope: row.spent + row.reserved for row in (await tx.exec(statement)).all()}
    return {name: found.get(name, 0) for name in names}


async def spent(tx: Tx, kind: Kind, place: tuple[str, date]) -> int:
    """What has been spent in one budget on a day, without what is set aside, in millionths of a US dollar."""
    scope, day = place
    statement = select(Budget.spent).where(Budget.scope == scope, Budget.kind == kind, Budget.day == day)
    return (await tx.exec(statement)).first() or 0


_KINDS = {Kind.PROVIDERS: "outside services", Kind.MODELS: "language models"}
_OF_DAY = {
    "installation": "Whoever runs this installation can raise it in its settings.",
    "workspace": "An admin can raise it under Spend.",
}


def _full(whose: str, kind: Kind) -> str:
    if whose not in _OF_DAY:
        return f"The cap of this {whose} leaves no room for the next call. Raise the cap to go on."
    return (
        f"The {whose}'s budget of the day for {_KINDS[kind]} is used up. It begins anew at 00:00 UTC. {_OF_DAY[whose]}"
    )
