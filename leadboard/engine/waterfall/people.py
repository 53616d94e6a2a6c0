"""The people at a lead's company: services that list them are asked until there are enough to write to."""

from leadboard.domain.found import FoundPerson
from leadboard.domain.services import Task
from leadboard.domain.titles import authority
from leadboard.domain.waterfall import merge
from leadboard.domain.waterfall.next_step import ENOUGH, Next, Step, next_for_people
from leadboard.domain.waterfall.passport import origin
from leadboard.domain.waterfall.record import CompanyRecord, PersonRecord
from leadboard.domain.waterfall.segments import segment_of
from leadboard.engine.asking import Call, Outcome
from leadboard.engine.waterfall.base import Waterfall, Work
from leadboard.store import batches, companies, contacts, db, scores
from leadboard.store.asks import About
from leadboard.store.batches import Ended, Entry
from leadboard.store.db import Tx
from leadboard.store.tables import Contact, Lead

DECIDES = 7
"""Points of authority from which somebody counts as one to write to."""


class PeopleWaterfall(Waterfall):
    """The calls for people at one company. It ends with those who decide taken into the batch."""

    task = Task.PEOPLE

    def __init__(self, work: Work, entry: Entry) -> None:
        super().__init__(work, entry)
        self._lead: Lead
        self._record: CompanyRecord
        self._known: list[Contact] = []
        self._found: list[tuple[FoundPerson, merge.Call]] = []

    async def load(self) -> bool:
        """Read the company and whom we know there."""
        async with db.read(self.work.workspace) as tx:
            lead = await tx.get(Lead, (tx.workspace, self.entry.entity_id))
            if lead is None or lead.deleted_at is not None:
                return False
            self.window = await self.asked_before(tx)
            self._known = list(await contacts.of_lead(tx, lead.id))
        self._lead, self._record = lead, companies.record_of(lead)
        self._segment = segment_of(scores.company_of(lead))
        return True

    def next(self) -> Next:
        """The next service to ask for people."""
        deciding = sum(authority(contact.title).points >= DECIDES for contact in self._known)
        deciding += sum(authority(found.title).points >= DECIDES for found, _ in self._found)
        order = self.work.order_for(self._segment)
        return next_for_people(self._record, deciding, order, self.work.services, self.asked)

    def call(self, step: Step) -> Call:
        """The question for people at the company."""
        about = About(
            "lead",
            self._lead.id,
            lead_id=self._lead.id,
            batch_id=self.work.batch_id,
            user_id=self.work.user_id,
            segment=self._segment,
        )
        return Call(step.service, Task.PEOPLE, self._record.asked(step.service), about)

    def take(self, outcome: Outcome, step: Step) -> None:
        """Those found, the most deciding first."""
        people = sorted(outcome.items, key=lambda found: -authority(found.title).points)[:ENOUGH]
        each = outcome.micros // len(people) if people else 0
        call = merge.Call(step.service, self.work.clock(), each)
        self._found = [(found, call) for found in people]

    async def keep(self, tx: Tx, outcome: Outcome) -> tuple[str, ...]:
        """Store those who are new, and what is new of those who are known."""
        for found, call in self._found:
            fresh = merge.merge_person(self._blank(), found, call).record
            there = contacts.same_person(self._known, fresh)
            if there is None:
                await self._add(tx, fresh, call)
            else:
                known = contacts.record_of(there, self._lead)
                merged = merge.merge_person(known, found, call)
                values = contacts.columns_of(merged.record, merged.written) | contacts.passport_columns(merged.record)
                contacts.write(tx, there, values)
        self._known, self._found = list(await contacts.of_lead(tx, self._lead.id)), []
        return ("people",) if outcome.items else ()

    def _blank(self) -> PersonRecord:
        """Somebody at this company, of whom nothing is known yet."""
        return PersonRecord(company=self._lead.name, domain=self._lead.domain, origin=origin("list"))

    async def _add(self, tx: Tx, record: PersonRecord, call: merge.Call) -> None:
        source = self.work.services[call.service].label
        await contacts.add(tx, self._lead, record, source, {})

    async def finish(self, tx: Tx, following: Next) -> Ended:
        """Score everybody, and take those who decide into the batch."""
        lead = await tx.get_one(Lead, (tx.workspace, self._lead.id), with_for_update=True)
        everybody = list(await contacts.of_lead(tx, lead.id))
        scores.rate(tx, lead, everybody, self.work.icp_version, self.work.icp)
        best = sorted(everybody, key=lambda contact: (-(contact.als_score or 0), contact.name))[:ENOUGH]
        await batches.include(tx, self.work.batch_id, [contact.id for contact in best])
        return Ended(self.entry, outcome=self._record.completeness)
