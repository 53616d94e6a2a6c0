"""A contact in the waterfall: data about the person, finders of the address, the gate, and the credit it costs."""

from uuid import UUID

from leadboard.domain.company import Company
from leadboard.domain.found import FoundPerson
from leadboard.domain.services import Task
from leadboard.domain.waterfall import gate, merge, premium
from leadboard.domain.waterfall.next_step import Next, Step, next_for_person
from leadboard.domain.waterfall.record import PersonRecord
from leadboard.domain.waterfall.roles import Tier
from leadboard.domain.waterfall.segments import segment_of
from leadboard.engine.asking import Call, Outcome
from leadboard.engine.waterfall.base import Waterfall, Work
from leadboard.store import contacts, db, scores
from leadboard.store.asks import About
from leadboard.store.batches import Ended, Entry
from leadboard.store.db import Tx
from leadboard.store.tables import Contact, Lead


class PersonWaterfall(Waterfall):
    """The calls about one contact, in one tier."""

    task = Task.PERSON

    def __init__(self, work: Work, entry: Entry, tier: Tier = Tier.STANDARD) -> None:
        super().__init__(work, entry)
        self._tier = tier
        self._contact: Contact
        self._company: Company
        self._record: PersonRecord
        self._resting = False
        self._settled = False
        self._unwritten: tuple[str, ...] = ()

    async def load(self) -> bool:
        """Read the contact and its company. One that was tried and not accepted lately rests; it is as settled as one
        that was accepted before, and a second batch has nothing to do for either."""
        found = self.work.known.pop(self.entry.entity_id, None) or await self._read()
        if found is None:
            return False
        self._contact, lead, self.window = found
        self._company = scores.company_of(lead)
        self._record = contacts.record_of(self._contact, lead)
        self._segment = segment_of(self._company)
        self._order = self.work.order_for_person(self._segment, self.entry.entity_id)
        if self._tier is Tier.STANDARD and not self.work.force:
            retry = self._contact.retry_at
            self._resting = retry is not None and retry > self.work.clock()
            self._settled = self._resting or self._contact.accepted_at is not None
        return True

    async def _read(self) -> tuple[Contact, Lead, dict[str, bool]] | None:
        async with db.read(self.work.workspace) as tx:
            found = (await contacts.standing(tx, [self.entry.entity_id])).get(self.entry.entity_id)
            return (*found, await self.asked_before(tx)) if found else None

    def next(self) -> Next:
        """The next service to ask about the person."""
        if self._resting:
            return Next(None)
        return next_for_person(
            self._record,
            self._order,
            self.work.services,
            self.asked,
            tier=self._tier,
            mobile=self._tier is Tier.PREMIUM and premium.wants_mobile(self.entry.als or 0),
            force=self.work.force,
        )

    def call(self, step: Step) -> Call:
        """The question about the person."""
        about = About(
            "contact",
            self._contact.id,
            lead_id=self._contact.lead_id,
            batch_id=self.work.batch_id,
            user_id=self.work.user_id,
            segment=self._segment,
            tier=self._tier,
        )
        return Call(step.service, Task.PERSON, self._record.asked(step.service), about)

    def take(self, outcome: Outcome, step: Step) -> None:
        """Fill what is empty from the first person found."""
        self._unwritten = ()
        for found in outcome.items[:1]:
            assert isinstance(found, FoundPerson)
            call = merge.Call(step.service, self.work.clock(), outcome.micros)
            merged = merge.merge_person(self._record, found, call, force=self.work.force, fresh=self.asked.fresh)
            self._record, self._unwritten = merged.record, merged.written

    async def keep(self, tx: Tx, outcome: Outcome) -> tuple[str, ...]:
        """Write the fields that the answer set, with their passports."""
        if outcome.items:
            values = contacts.columns_of(self._record, self._unwritten) | contacts.passport_columns(self._record)
            contacts.write(tx, self._contact, values)
        return self._unwritten

    @property
    def charge(self) -> UUID | None:
        """The contact, when it is accepted for the first time."""
        first = self._contact.accepted_at is None
        return self._contact.id if first and gate.judge(self._record).accepted else None

    async def finish(self, tx: Tx, following: Next) -> Ended:
        """Judge the contact and score it. What it costs was charged."""
        judged = gate.judge(self._record)
        values = scores.als_values(self._company, scores.person_of(self._contact), self.work.icp, tx)
        if judged.accepted:
            values |= {"accepted_at": self._contact.accepted_at or tx.now, "retry_at": None}
        elif not self._resting:
            values["retry_at"] = tx.now + gate.RETRY
        contacts.write(tx, self._contact, {**values, "enrichment_status": judged.status})
        return Ended(
            self.entry,
            outcome=judged.status,
            als=None if self._settled else values["als_score"],
            reasons=judged.reasons,
            missed=() if judged.accepted else following.passed,
        )
