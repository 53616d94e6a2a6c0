"""Verifies the address of a contact: services are asked in their order until one can tell whether it takes mail."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from leadboard.domain.found import EmailStatus, Verdict
from leadboard.domain.services import Task
from leadboard.domain.waterfall.roles import Role
from leadboard.domain.waterfall.segments import segment_of
from leadboard.domain.waterfall.verification import NOBODY
from leadboard.engine.asking import Asker, Call, Outcome, services_by_name
from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.errors import Refused
from leadboard.store import db, orders, scores, verifications
from leadboard.store.asks import About
from leadboard.store.tables import Contact

UNANSWERED = "No service that verifies addresses answered. Try again later."
GARBLED = "garbled"
"""The code of an answer that could not be read: that counts as one which could not tell."""


def workflow(tools: Tools) -> Callable[[str, str, str], Awaitable[None]]:
    """The workflow that a press of the button sets off: (workspace id, contact id, id of the user or "")."""

    async def verify(workspace_id: str, contact_id: str, user_id: str) -> None:
        user = UUID(user_id) if user_id else None
        await step("verify", Verifying(tools, UUID(workspace_id), UUID(contact_id), user).run)

    return verify


@dataclass(frozen=True, slots=True)
class Said:
    """What a service said of an address; `fresh`: it was asked just now."""

    status: EmailStatus
    call: Call
    fresh: bool


@dataclass(frozen=True)
class Verifying:
    """One address on its way through the services. It may be run again: what was answered is not asked twice."""

    tools: Tools
    workspace: UUID
    contact_id: UUID
    user_id: UUID | None = None

    async def run(self) -> str:
        """Verify the address where that is due, and keep what came of it; returns its status, "" without one."""
        async with db.read(self.workspace) as tx:
            found = await verifications.standing(tx, [self.contact_id])
            due = [each for each in found if verifications.is_due(tx, each[0])]
            segment = segment_of(scores.company_of(due[0][1])) if due else ""
            order = await orders.order_of(tx, Role.EMAIL_VERIFY, segment)
        if not due:
            return ""
        [(contact, _)] = due
        try:
            said = await self._asked(contact, segment, order)
        except Refused as refused:
            return await self._stopped(refused.sentence)
        return await self._kept(contact, said) if said else await self._stopped(UNANSWERED)

    async def _asked(self, contact: Contact, segment: str, order: Sequence[str]) -> Said | None:
        """What the first service says that can tell; else that one could not. None when nobody answered at all."""
        asker = Asker(self.tools, self.workspace)
        means = await asker.ready()
        able = {name for name, service in services_by_name().items() if means.can_ask(service)}
        if able.isdisjoint(order):
            raise Refused(NOBODY)
        about = About("contact", contact.id, lead_id=contact.lead_id, user_id=self.user_id, segment=segment)
        unsure = None
        for name in (name for name in order if name in able):
            call = Call(name, Task.VERIFY, contact.email, about)
            outcome = await asker.ask(call)
            status = _status(outcome)
            if status is not None:
                said = Said(status, call, fresh=outcome.spared is None)
                if status is not EmailStatus.UNKNOWN:
                    return said
                unsure = unsure or said
        return unsure

    async def _kept(self, contact: Contact, said: Said) -> str:
        async with db.begin(self.workspace) as tx:
            at = None if said.fresh else await verifications.answered_at(tx, said.call.key)
            await verifications.keep(tx, contact.id, contact.email, said.status, said.call.service, at or tx.now)
        return said.status

    async def _stopped(self, why: str) -> str:
        async with db.begin(self.workspace) as tx:
            await verifications.stop(tx, self.contact_id, why)
        return ""


def _status(outcome: Outcome) -> EmailStatus | None:
    """What a call came to; None when the service did not answer."""
    for verdict in outcome.items:
        assert isinstance(verdict, Verdict)
        return verdict.status
    return EmailStatus.UNKNOWN if outcome.code == GARBLED else None
