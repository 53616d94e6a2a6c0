"""What happens at a lead's company, as far as the profile asks for it: open roles, money raised, launches."""

from leadboard.domain.found import FoundSignal
from leadboard.domain.services import Task
from leadboard.domain.waterfall.next_step import Next, Step, next_for_signals
from leadboard.domain.waterfall.record import CompanyRecord
from leadboard.domain.waterfall.segments import segment_of
from leadboard.domain.words import words
from leadboard.engine.asking import Call, Outcome
from leadboard.engine.waterfall.base import Waterfall, Work
from leadboard.store import companies, contacts, db, findings, scores
from leadboard.store.asks import About
from leadboard.store.batches import Ended, Entry
from leadboard.store.db import Tx
from leadboard.store.tables import Lead

MOST = 10
"""Signals of one answer that are kept."""


class SignalsWaterfall(Waterfall):
    """The calls for what happens at one company. Without signals in the profile there are none."""

    task = Task.SIGNALS

    def __init__(self, work: Work, entry: Entry) -> None:
        super().__init__(work, entry)
        self._lead: Lead
        self._record: CompanyRecord
        self._found: list[dict[str, object]] = []
        self._kinds = {words(signal)[0] for signal in (work.icp.signals if work.icp else ()) if words(signal)}

    async def load(self) -> bool:
        """Read the company."""
        async with db.read(self.work.workspace) as tx:
            lead = await tx.get(Lead, (tx.workspace, self.entry.entity_id))
            if lead is None or lead.deleted_at is not None:
                return False
            self.window = await self.asked_before(tx)
        self._lead, self._record = lead, companies.record_of(lead)
        self._segment = segment_of(scores.company_of(lead))
        return True

    def next(self) -> Next:
        """The next service that knows of something the profile asks for."""
        order = self.work.order_for(self._segment)
        return next_for_signals(self._record, self._kinds, order, self.work.services, self.asked)

    def call(self, step: Step) -> Call:
        """The question for what happens at the company."""
        about = About(
            "lead",
            self._lead.id,
            lead_id=self._lead.id,
            batch_id=self.work.batch_id,
            user_id=self.work.user_id,
            segment=self._segment,
        )
        return Call(step.service, Task.SIGNALS, self._record.asked(step.service), about)

    def take(self, outcome: Outcome, step: Step) -> None:
        """The newest signals, each a claim."""
        service = self.work.services[step.service]
        signals: list[FoundSignal] = [each for each in outcome.items if isinstance(each, FoundSignal)]
        self._found = [
            {
                "field": signal.kind,
                "value": signal.title or signal.value,
                "source": signal.source or service.label,
                "method": service.name,
                "snippet": signal.title,
                "confidence": signal.confidence,
            }
            for signal in signals[:MOST]
        ]

    async def keep(self, tx: Tx, outcome: Outcome) -> tuple[str, ...]:
        """Write the claims; open roles say that the company is hiring."""
        await findings.keep_claims(tx, self._lead.id, None, self._found)
        if not any(each["field"] == "hiring" for each in self._found):
            return ()
        lead = await tx.get_one(Lead, (tx.workspace, self._lead.id), with_for_update=True)
        if lead.is_hiring is not None or "is_hiring" in lead.locked:
            return ()
        lead.is_hiring, lead.version, lead.updated_at = True, lead.version + 1, tx.now
        return ("is_hiring",)

    async def finish(self, tx: Tx, following: Next) -> Ended | None:
        """Score the company by what is known now."""
        if self._found and self.work.icp is not None:
            lead = await tx.get_one(Lead, (tx.workspace, self._lead.id), with_for_update=True)
            scores.rate(tx, lead, await contacts.of_lead(tx, lead.id), self.work.icp_version, self.work.icp)
        return None
