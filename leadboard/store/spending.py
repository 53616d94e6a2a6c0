"""What was spent, in sums over the logs of calls: of services, of language models, and of calls that were not made.

Every number is a sum over rows of the last 30 days that the database adds up, however many leads there are. Money of
the demo world is summed up apart: `demo` says which of the two is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Date, case, cast, distinct, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.expression import bindparam
from sqlalchemy.sql.functions import GenericFunction
from sqlmodel import col, select

from leadboard.domain.asks import AskStatus, Spared
from leadboard.domain.batches import Entity
from leadboard.domain.budgets import Kind
from leadboard.domain.plans import CreditReason
from leadboard.domain.spending import Cell, Sums
from leadboard.domain.waterfall.roles import Tier
from leadboard.store import budgets, caps
from leadboard.store.asks import TOPIC
from leadboard.store.db import Tx
from leadboard.store.tables import Ask, Credit, ModelCall, Saving, Subscription, Workspace
from leadboard.store.tenancy import Prepared

DAYS = 30
"""That sums go back, today among them."""
LEDGER_LINES = 20


class utc_day(GenericFunction[date]):
    """The UTC day of a moment."""

    type = Date()
    inherit_cache = True


@compiles(utc_day)
def _day(element: Any, compiler: Any, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)})"


@compiles(utc_day, "postgresql")
def _day_in_postgres(element: Any, compiler: Any, **options: Any) -> str:
    return f"({compiler.process(element.clauses, **options)} AT TIME ZONE 'UTC')::date"


def _many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _money(column: Any) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


_OF_LOG = (utc_day(col(Ask.asked_at)), col(Ask.service), col(Ask.task), col(Ask.tier), col(Ask.user_id))
_FAILED = col(Ask.status).in_((AskStatus.ERROR, AskStatus.CUT_OFF))
_SERVICES = Prepared(
    select(  # type: ignore[call-overload]
        *_OF_LOG,
        func.count(),
        _many(col(Ask.hit).is_(True)),
        _many(_FAILED),
        _money(Ask.micros),
        func.max(case((_FAILED, col(Ask.asked_at)))),
    )
    .where(col(Ask.asked_at) >= bindparam("since"), col(Ask.demo) == bindparam("demo"))
    .group_by(*_OF_LOG)
)
_OF_MODELS = (utc_day(col(ModelCall.at)), col(ModelCall.model), col(ModelCall.purpose), col(ModelCall.user_id))
_MODELS = Prepared(
    select(  # type: ignore[call-overload]
        *_OF_MODELS,
        func.count(),
        _many(col(ModelCall.ok).is_(True)),
        _many(col(ModelCall.ok).is_(False)),
        _money(ModelCall.micros),
        func.max(case((col(ModelCall.ok).is_(False), col(ModelCall.at)))),
    )
    .where(col(ModelCall.at) >= bindparam("since"), col(ModelCall.demo) == bindparam("demo"))
    .group_by(*_OF_MODELS)
)
_SPARED = Prepared(
    select(Saving.service, Saving.why, _money(Saving.calls), _money(Saving.micros))
    .where(col(Saving.day) >= bindparam("since"))
    .group_by(col(Saving.service), col(Saving.why))
)
_ASKED_ABOUT = Prepared(
    select(
        func.count(distinct(case((col(Ask.tier) == Tier.PREMIUM, col(Ask.entity_id))))),
        func.count(distinct(col(Ask.entity_id))),
    ).where(
        col(Ask.asked_at) >= bindparam("since"),
        col(Ask.entity) == Entity.CONTACT,
        col(Ask.demo) == bindparam("demo"),
    )
)
_ACCEPTED = Prepared(
    select(utc_day(col(Credit.at)), func.count())
    .where(col(Credit.at) >= bindparam("since"), col(Credit.reason) == CreditReason.ACCEPTED)
    .group_by(utc_day(col(Credit.at)))
)
_RENEWED = Prepared(
    select(func.max(col(Credit.at))).where(col(Credit.reason).in_((CreditReason.SIGN_UP, CreditReason.RENEWAL)))
)
_FAILURES = Prepared(
    select(Ask.service, Ask.asked_at, Ask.code, Ask.error).where(
        col(Ask.asked_at).in_(bindparam("moments", expanding=True)), col(Ask.demo) == bindparam("demo"), _FAILED
    )
)


class NotMade(NamedTuple):
    """Calls to a service that were not made, why, and what they would have cost."""

    service: str
    why: Spared
    calls: int
    micros: int


class Failure(NamedTuple):
    """A call that failed."""

    service: str
    at: datetime
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Cap:
    """A budget of today: `cap` None is no cap, `used` what is spent or set aside, in millionths of a US dollar."""

    whose: str
    kind: Kind
    cap: int | None
    used: int


def first_day(today: date) -> date:
    """The first of the days that sums go back."""
    return today - timedelta(days=DAYS - 1)


async def cells(tx: Tx, *, demo: bool) -> list[Cell]:
    """All calls of the last 30 days, services' and language models', summed up by everything that is asked of them."""
    given = {"since": _midnight(first_day(tx.now.date())), "demo": demo}
    services = [
        Cell(Kind.PROVIDERS, day, service, task, tier, user, Sums(*sums), failed_at)
        for day, service, task, tier, user, *sums, failed_at in await tx.rows(_SERVICES, **given)
    ]
    models = [
        Cell(Kind.MODELS, day, model, purpose, Tier.STANDARD, user, Sums(*sums), failed_at)
        for day, model, purpose, user, *sums, failed_at in await tx.rows(_MODELS, **given)
    ]
    return services + models


async def not_made(tx: Tx) -> list[NotMade]:
    """Calls of the last 30 days that were not made."""
    rows = await tx.rows(_SPARED, since=first_day(tx.now.date()))
    return [NotMade(service, Spared(why), calls, micros) for service, why, calls, micros in rows]


async def contacts_asked_about(tx: Tx, *, demo: bool) -> tuple[int, int]:
    """Contacts of the last 30 days: for whom a premium service was asked, and for whom any was."""
    [(premium, any_service)] = await tx.rows(_ASKED_ABOUT, since=_midnight(first_day(tx.now.date())), demo=demo)
    return premium, any_service


async def accepted(tx: Tx, since: date) -> dict[date, int]:
    """Contacts that were accepted for the first time, by day: each of them took a credit."""
    return dict(map(tuple, await tx.rows(_ACCEPTED, since=_midnight(since))))


async def renewed_on(tx: Tx) -> date | None:
    """When the workspace last got its credits of a month; None before the first time."""
    [(at,)] = await tx.rows(_RENEWED)
    return at.date() if at else None


async def last_failures(tx: Tx, cells: Sequence[Cell], *, demo: bool) -> dict[str, Failure]:
    """The last call of each service that failed, by service, of what `cells` has summed up."""
    last: dict[str, datetime] = {}
    for cell in cells:
        if cell.kind is Kind.PROVIDERS and cell.failed_at is not None:
            last[cell.service] = max(cell.failed_at, last.get(cell.service, cell.failed_at))
    if not last:
        return {}
    failures = (Failure(*row) for row in await tx.rows(_FAILURES, moments=list(last.values()), demo=demo))
    return {each.service: each for each in failures if last.get(each.service) == each.at}


async def caps_of_today(tx: Tx, kind: Kind, *, demo: bool) -> list[Cap]:
    """The budgets that this workspace spends from, and how far they are used up: the installation's where it has a
    cap, and its own."""
    scopes = await budgets.scopes(tx, kind, caps.of_installation(kind), demo)
    used = await budgets.used(tx, kind, scopes, tx.now.date())
    installation, own = (Cap(scope.whose, kind, scope.cap, used[scope.name]) for scope in scopes)
    if own.cap is None:
        own = replace(own, cap=caps.of_workspace(kind))
    return [own] if installation.cap is None else [installation, own]


async def change_caps(tx: Tx, providers: int | None, models: int | None) -> tuple[int | None, int | None]:
    """Set the workspace's own caps of a day, in millionths of a US dollar; returns what they were."""
    workspace = await tx.get_one(Workspace, tx.workspace, with_for_update=True)
    was = workspace.provider_cap_micros, workspace.model_cap_micros
    workspace.provider_cap_micros, workspace.model_cap_micros = providers, models
    tx.touch(TOPIC)
    return was


async def account(tx: Tx) -> Subscription | None:
    """The workspace's plan and credits; None for one that has never asked anything."""
    return await tx.get(Subscription, tx.workspace)


async def ledger(tx: Tx, limit: int = LEDGER_LINES) -> Sequence[Credit]:
    """The last lines of the ledger of credits, the newest first."""
    return (await tx.exec(select(Credit).order_by(col(Credit.at).desc()).limit(limit))).all()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
