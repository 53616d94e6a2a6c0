"""A workspace's subscription and credits: the balance is always the sum of an append-only ledger."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, update
from sqlmodel import col, func, select

from leadboard.domain.plans import PAYING, PLANS, CreditReason, SubscriptionStatus, month_later, next_reset
from leadboard.errors import Refused
from leadboard.store.db import Tx
from leadboard.store.tables import Credit, Subscription, Workspace
from leadboard.store.tenancy import Prepared, PreparedUpdate

TOPIC = "spend"


class CreditsExhausted(Refused):
    """There is no credit left to accept another contact with."""

    def __init__(self) -> None:
        super().__init__(
            "The workspace has no credits left. They are renewed every month; an owner can choose a larger plan.",
            code="credits_exhausted",
            status=402,
        )


async def subscription(tx: Tx) -> Subscription:
    """The workspace's subscription, kept from changing until this transaction ends; a new one starts on trial."""
    found = await tx.get(Subscription, tx.workspace, with_for_update=True)
    if found is None:
        await tx.get_one(Workspace, tx.workspace, with_for_update=True)
        found = await tx.get(Subscription, tx.workspace) or await _begin(tx)
    return found


async def _begin(tx: Tx) -> Subscription:
    fresh = Subscription(workspace_id=tx.workspace, credits_reset_at=month_later(tx.now))
    tx.add(fresh)
    await tx.flush()
    _write(tx, fresh, PLANS[fresh.plan].credits, CreditReason.SIGN_UP, "sign-up")
    return fresh


def check_paying(subscription: Subscription) -> None:
    """Refuse paid work for a subscription that does not pay."""
    if subscription.status not in PAYING:
        status = SubscriptionStatus(subscription.status).replace("_", " ")
        raise Refused(
            f"The subscription is {status}, so nothing that costs money starts. An owner settles it under billing.",
            code="subscription_inactive",
            status=402,
        )


async def charge_accepted(tx: Tx, contact_ids: Sequence[UUID]) -> set[UUID]:
    """Take the credits of contacts that are accepted for the first time, as far as there are credits. Returns those
    that are paid for, now or before."""
    if not contact_ids:
        return set()
    many = len(contact_ids)
    left = await _take(tx, many)  # first, for it makes whoever charges at the same moment wait
    if left is None:
        paid = set[UUID]()
        for each in contact_ids if many > 1 else ():
            paid |= await charge_accepted(tx, [each])
        return paid | await _standing(tx, contact_ids)
    before = await _standing(tx, contact_ids)
    fresh = [each for each in contact_ids if each not in before]
    if before:
        await _take(tx, -len(before))
    about = {"delta": -1, "reason": CreditReason.ACCEPTED, "at": tx.now}
    lines = [
        {**about, "ref": str(each), "balance_after": left + many - place} for place, each in enumerate(fresh, start=1)
    ]
    await tx.insert_many(Credit, lines)
    tx.touch(TOPIC)
    return {*contact_ids}


async def _standing(tx: Tx, contact_ids: Sequence[UUID]) -> set[UUID]:
    """Those that were paid for before."""
    found = await tx.rows(_STANDS, reason=CreditReason.ACCEPTED, refs=[str(each) for each in contact_ids])
    return {UUID(ref) for (ref,) in found}


async def _take(tx: Tx, many: int) -> int | None:
    """Lower the balance where it is high enough; what is left then, None where it is not."""
    return next((left for (left,) in await tx.change(_TAKE, many=many)), None)


async def change_plan(tx: Tx, plan: str, by: str = "") -> Subscription:
    """A larger plan begins at once with the credits it has more; a smaller one at the next renewal."""
    account = await subscription(tx)
    more = PLANS[plan].credits - PLANS[account.plan].credits
    if more > 0:
        account.plan, account.next_plan = plan, ""
        _write(tx, account, more, CreditReason.UPGRADE, f"{plan} {tx.now.isoformat()}", by=by)
    else:
        account.next_plan = plan if more else ""
    return account


async def renew(tx: Tx) -> bool:
    """Give the month's credits of the plan, the smaller one where one was chosen, when they are due; what was left is
    gone. False when they are not due."""
    account = await subscription(tx)
    if account.credits_reset_at > tx.now:
        return False
    due, account.credits_reset_at = account.credits_reset_at, next_reset(account.credits_reset_at, tx.now)
    account.plan, account.next_plan = account.next_plan or account.plan, ""
    balance = PLANS[account.plan].credits
    _write(tx, account, balance - account.credits, CreditReason.RENEWAL, due.isoformat())
    return True


async def adjust(tx: Tx, delta: int, note: str, ref: str, by: str) -> None:
    """Change the balance by hand, with a reason that owners read; never below zero."""
    account = await subscription(tx)
    if await tx.rows(_STANDS, reason=CreditReason.ADJUSTMENT, refs=[ref]):
        return
    if account.credits + delta < 0:
        raise Refused(f"Only {account.credits} credits are left to take.", field="credits")
    _write(tx, account, delta, CreditReason.ADJUSTMENT, ref, note=note, by=by)


async def ledger_sum(tx: Tx) -> int:
    """What all lines of the ledger come to."""
    return (await tx.exec(select(func.coalesce(func.sum(Credit.delta), 0)))).one()


_STANDS = Prepared(
    select(Credit.ref).where(
        col(Credit.reason) == bindparam("reason"), col(Credit.ref).in_(bindparam("refs", expanding=True))
    )
)
_TAKE = PreparedUpdate(
    update(Subscription)
    .where(col(Subscription.credits) >= bindparam("many"))
    .values(credits=Subscription.credits - bindparam("many"))
    .returning(col(Subscription.credits))
)


def _write(
    tx: Tx, account: Subscription, delta: int, reason: CreditReason, ref: str, *, note: str = "", by: str = ""
) -> None:
    account.credits += delta
    tx.add(
        Credit(
            workspace_id=tx.workspace,
            delta=delta,
            balance_after=account.credits,
            reason=reason,
            ref=ref,
            note=note,
            by=by,
            at=tx.now,
        )
    )
    tx.touch(TOPIC)
