"""A lead in the waterfall: data about its company, its website where no service knew it, and the people there."""

from leadboard.domain.found import FoundCompany
from leadboard.domain.services import Task
from leadboard.domain.waterfall import merge
from leadboard.domain.waterfall.next_step import Next, Step, next_for_company
from leadboard.domain.waterfall.record import CompanyRecord
from leadboard.domain.waterfall.segments import segment_of
from leadboard.engine import learned
from leadboard.engine.asking import Call, Outcome
from leadboard.engine.claims import ClaimDraft
from leadboard.engine.waterfall.base import Waterfall, Work
from leadboard.store import companies, contacts, db, scores
from leadboard.store.asks import About
from leadboard.store.batches import Entry
from leadboard.store.db import Tx
from leadboard.store.tables import Lead


class CompanyWaterfall(Waterfall):
    """The calls about one company."""

    task = Task.COMPANY

    def __init__(self, work: Work, entry: Entry) -> None:
        super().__init__(work, entry)
        self._lead: Lead
        self._record: CompanyRecord
        self._drafts: list[ClaimDraft] = []

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
        """The next service to ask about the company."""
        order = self.work.order_for(self._segment)
        return next_for_company(self._record, order, self.work.services, self.asked, force=self.work.force)

    def call(self, step: Step) -> Call:
        """The question about the company."""
        return Call(step.service, Task.COMPANY, self._record.asked(step.service), self._about())

    def _about(self) -> About:
        return About(
            "lead",
            self._lead.id,
            lead_id=self._lead.id,
            batch_id=self.work.batch_id,
            user_id=self.work.user_id,
            segment=self._segment,
        )

    def take(self, outcome: Outcome, step: Step) -> None:
        """Fill what is empty; every fact is a claim."""
        self._drafts = []
        for found in outcome.items[:1]:
            assert isinstance(found, FoundCompany)
            self._drafts = learned.drafts_of(found, self.work.services[step.service])
            call = merge.Call(step.service, self.work.clock(), outcome.micros)
            self._record = merge.merge_company(self._record, found, call).record

    async def keep(self, tx: Tx, outcome: Outcome) -> tuple[str, ...]:
        """Write the claims, and the fields of the lead that were empty."""
        if not outcome.items:
            return ()
        lead = await tx.get_one(Lead, (tx.workspace, self._lead.id), with_for_update=True)
        written = await learned.keep(tx, lead, self._drafts, run_id=None, cost_micros=outcome.micros)
        lead.refs = {**lead.refs, **self._record.refs}
        return tuple(written)

    async def finish(self, tx: Tx, following: Next) -> None:
        """Score the company and its people by what is known now."""
        if self.work.icp is not None:
            lead = await tx.get_one(Lead, (tx.workspace, self._lead.id), with_for_update=True)
            people = await contacts.of_lead(tx, lead.id)
            scores.rate(tx, lead, people, self.work.icp_version, self.work.icp)
