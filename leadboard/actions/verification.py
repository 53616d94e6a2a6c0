"""Having e-mail addresses of contacts verified, as a person asks for it."""

from collections.abc import Sequence
from uuid import UUID

from leadboard.actions import batches
from leadboard.actions.access import allowed
from leadboard.domain.rights import Principal, Right
from leadboard.domain.waterfall.roles import Role
from leadboard.domain.waterfall.segments import segment_of
from leadboard.domain.waterfall.verification import HOLDS, NOBODY
from leadboard.errors import NotFound, Refused
from leadboard.store import credits, orders, scores, verifications
from leadboard.store.db import Tx
from leadboard.store.tables import Lead

MOST = 5_000
"""Addresses that are asked for at once."""


async def verify(me: Principal, slug: str, contact_ids: Sequence[str]) -> int:
    """Have services say whether these contacts' addresses take mail, as far as that is not known; returns of how many.
    `NotFound` for a foreign id."""
    ids = _ids(contact_ids)
    async with allowed(me, slug, Right.SPEND) as tx:
        found = await verifications.standing(tx, ids)
        if len(found) < len(ids):
            raise NotFound("contact")
        due = [each for each in found if verifications.is_due(tx, each[0])]
        if not due:
            raise Refused(f"There is nothing to verify: a verification counts for {HOLDS.days} days.", status=409)
        credits.check_paying(await credits.subscription(tx))
        await _check_somebody_can(tx, [lead for _, lead in due])
        for contact, _ in due:
            await verifications.request(tx, contact, me.user_id, me.name)
    return len(due)


async def _check_somebody_can(tx: Tx, leads: Sequence[Lead]) -> None:
    able = await batches.services(tx)
    kinds = {segment_of(scores.company_of(lead)) for lead in leads}
    for kind in kinds:
        if able.keys().isdisjoint(await orders.order_of(tx, Role.EMAIL_VERIFY, kind)):
            raise Refused(NOBODY)


def _ids(contact_ids: Sequence[str]) -> list[UUID]:
    if len(contact_ids) > MOST:
        raise Refused(f"{MOST:,} addresses are verified at once at most. Select fewer, and the rest after them.")
    try:
        return list(dict.fromkeys(UUID(each) for each in contact_ids))
    except (ValueError, TypeError, AttributeError):
        raise NotFound("contact") from None
