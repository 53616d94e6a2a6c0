"""A chunk of an import's rows becomes leads and contacts, each row with its outcome, in the caller's transaction."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import func
from sqlmodel import col, select

from leadboard.domain import als
from leadboard.domain.drafts import Draft, contact_key
from leadboard.domain.icp import Icp, excluded_by
from leadboard.domain.importing import DEAL, MatchBy, OnMatch, Outcome, changes, has_other_deal, parse_match_by
from leadboard.domain.stages import Stage, Status, column_of
from leadboard.store import icps, scores
from leadboard.store.db import Tx
from leadboard.store.import_match import PERSON, Ambiguous, Known, Someone, Standing, fresh, known
from leadboard.store.tables import Contact, ImportJob, ImportRow, Lead

SOURCE = "import"
_HARVESTED = {
    "source": SOURCE,
    "status": Status.HARVESTED.value,
    "stage": Stage.HARVESTED.value,
}
AT_A_STRETCH = 100
"""Rows between two turns of the event loop."""
MANY_PEOPLE = 200
"""A lead with more is not scored anew for one of them: the best ones have counted long ago."""


@dataclass(frozen=True)
class Rules:
    """What the person chose, and whom the workspace wants."""

    match_by: tuple[MatchBy, ...]
    on_match: OnMatch
    version: int
    icp: Icp | None


async def rules_of(tx: Tx, job: ImportJob) -> Rules:
    """The rules of an import, with the profile in force now."""
    version, icp = await icps.in_force(tx)
    return Rules(tuple(parse_match_by(job.match_by)), OnMatch(job.on_match), version, icp)


async def take(tx: Tx, job: ImportJob, drafts: Sequence[Draft]) -> Counter[str]:
    """Import these rows, in their order; a later row of the same company is a match. Returns rows by outcome."""
    rules = await rules_of(tx, job)
    chunk = _Chunk(rules, await known(tx, job.id, drafts, rules.match_by), tx.now)
    rows: list[dict[str, Any]] = []
    for some in range(0, len(drafts), AT_A_STRETCH):
        rows += [chunk.take(draft) for draft in drafts[some : some + AT_A_STRETCH]]
        await asyncio.sleep(0)
    await _store(tx, chunk)
    await tx.insert_many(ImportRow, [{"job_id": job.id, **row} for row in rows])
    return Counter(row["outcome"] for row in rows)


class _Chunk:
    """The rows of one transaction, applied to what is known."""

    def __init__(self, rules: Rules, found: Known, now: datetime) -> None:
        self.rules = rules
        self.known = found
        self.now = now
        self.leads: list[Standing] = []
        self.contacts: list[tuple[Standing, Someone]] = []

    def take(self, draft: Draft) -> dict[str, Any]:
        """Apply one row: its `import_row`, but for the job."""
        if draft.refusal:
            return _row(draft, Outcome.FAILED, draft.refusal)
        if self.rules.icp and (entry := excluded_by(self.rules.icp, draft.lead.get("name", ""), draft.domain)):
            return _row(draft, Outcome.SKIPPED, f"Your ideal customer profile excludes “{entry}”.")
        try:
            match = self.known.find(draft, self.rules.match_by)
        except Ambiguous as several:
            return _row(draft, Outcome.FAILED, several.sentence)
        if match:
            return self._update(draft, *match)
        if taken := self.known.by_key.get(draft.key):
            what = MatchBy.DOMAIN if draft.domain else MatchBy.NAME
            reason = (
                f"{_called(taken)} is “{draft.key}” already, and this import does not match by {what.label.lower()}."
            )
            return _row(draft, Outcome.SKIPPED, reason, taken)
        return self._create(draft)

    def _create(self, draft: Draft) -> dict[str, Any]:
        moment = dict.fromkeys(("stage_at", "created_at", "updated_at"), self.now)
        one = fresh({"name": draft.title, **draft.lead, "key": draft.key, **_HARVESTED, **moment}, draft.number)
        self.known.add(one)
        self.leads.append(one)
        someone = self._add_person(one, draft.contact) if draft.contact else None
        reason = f"New lead, with {_person(draft.contact)}." if someone else "New lead."
        return _row(draft, Outcome.CREATED, reason, one, someone, {"lead": {}, "contact": {}, "new": "lead"})

    def _update(self, draft: Draft, one: Standing, by: MatchBy) -> dict[str, Any]:
        how, lost = self.rules.on_match, list[str]()
        changed = self._lead_changes(draft, one, lost)
        someone, told, person, new = self._person_changes(draft, one)
        where = f"Same company as row {one.made_by} ({_called(one)})" if one.made_by else f"Matches {_called(one)}"
        where += f" by {by.label.lower()}"
        if not changed and not person:
            reason = " ".join((f"{where}: {self._why_nothing(draft, one)}.", *lost))
            return _row(draft, Outcome.SKIPPED, reason, one, someone)
        pairs = self._set(one, changed)
        did = [f"{'filled in' if how is OnMatch.FILL_EMPTY else 'changed'} {_columns(changed)}"] if changed else []
        reason = " ".join((f"{where}: {', '.join(did + told)}.", *lost))
        return _row(draft, Outcome.UPDATED, reason, one, someone, {"lead": pairs, "contact": person, "new": new})

    def _why_nothing(self, draft: Draft, one: Standing) -> str:
        if self.rules.on_match is OnMatch.SKIP:
            return "existing leads stay as they are"
        if self.rules.on_match is OnMatch.OVERWRITE:
            return "it says what is there already"
        other = DEAL & draft.lead.keys() and has_other_deal(one.values, draft.lead)
        return "it keeps the deal it has" if other else "nothing is empty that this row could fill in"

    def _set(self, one: Standing, changed: Mapping[str, Any]) -> dict[str, list[Any]]:
        """Give a lead new values; column -> what was there and what is."""
        after = {**changed, "updated_at": self.now}
        pairs = {column: [one.values[column], value] for column, value in after.items()}
        self.known.forget_key(one)
        one.values |= after
        one.changed = True
        self.known.add(one)
        return pairs

    def _lead_changes(self, draft: Draft, one: Standing, lost: list[str]) -> dict[str, Any]:
        """The columns to change; what would give the lead the key of another one is left out, and said."""
        locked = one.row.locked if one.row else ()
        changed = changes(one.values, draft.lead, self.rules.on_match, locked)
        if not changed.keys() & {"domain", "name_key"}:
            return changed
        after = {**one.values, **changed}
        key = after["domain"] or after["name_key"]
        other = self.known.by_key.get(key)
        if other is None and key != one.values["key"] and key != draft.key:
            return {column: changed[column] for column in changed if column not in ("name", "name_key")}
        if other is None or other is one:
            return changed | ({"key": key} if key != one.values["key"] else {})
        lost.append(f"“{key}” belongs to {_called(other)}, so it is left out.")
        return {name: value for name, value in changed.items() if name not in ("website", "domain", "name", "name_key")}

    def _person_changes(self, draft: Draft, one: Standing) -> tuple[Someone | None, list[str], dict[str, Any], str]:
        """Who is meant, what to tell, the changed columns, and whether the person is new."""
        if not draft.contact:
            return None, [], {}, ""
        someone = one.person(draft.contact)
        if someone is None:
            someone = self._add_person(one, draft.contact)
            return (
                someone,
                [f"added {_person(draft.contact)}"],
                {k: ["", v] for k, v in someone.values.items()},
                "contact",
            )
        said = {column: value for column, value in draft.contact.items() if column != "key"}
        changed = changes(someone.values, said, self.rules.on_match, ())
        after = {**someone.values, **changed}
        changed |= {"key": contact_key(after["email"], after["name"])} if changed.keys() & {"email", "name"} else {}
        pairs = {column: [someone.values[column], value] for column, value in changed.items()}
        someone.values |= changed
        return someone, [f"{_person(someone.values)}'s {_columns(changed)}"] if changed else [], pairs, ""

    def _add_person(self, one: Standing, contact: Mapping[str, Any]) -> Someone:
        someone = Someone(uuid4(), {column: contact.get(column, "") for column in PERSON})
        self.known.add_person(one, someone)
        self.contacts.append((one, someone))
        return someone


def _row(
    draft: Draft,
    outcome: Outcome,
    reason: str,
    one: Standing | None = None,
    someone: Someone | None = None,
    changed: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "n": draft.number,
        "outcome": outcome.value,
        "reason": " ".join((reason, *draft.notes)),
        "name": draft.title[:200],
        "lead_id": one.id if one else None,
        "contact_id": someone.id if someone else None,
        "values": {"cells": list(draft.cells)} if outcome is Outcome.FAILED else dict(draft.said),
        "changes": changed and {**changed, "lead": _plain(changed["lead"])},
        "kept": "",
    }


def _plain(pairs: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    return {column: [plain(was), plain(now)] for column, (was, now) in pairs.items()}


def plain(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def _called(one: Standing) -> str:
    return one.values["name"] or one.values["key"]


def _person(contact: Mapping[str, Any]) -> str:
    return contact.get("name") or contact["email"]


_HIDDEN = frozenset({"key", "name_key", "domain", "headcount_max", "sales_stage", "updated_at"})
_WORDS = {"headcount_min": "employees", "what": "description in a line", "owner_name": "owner", "is_hiring": "hiring"}


def _columns(changed: Iterable[str]) -> str:
    shown = [_WORDS.get(column, column.replace("_", " ")) for column in changed if column not in _HIDDEN]
    return ", ".join(shown) or "how it is told apart"


async def _store(tx: Tx, chunk: _Chunk) -> None:
    """Write leads and contacts, new and changed, with their scores."""
    for one in chunk.known.every.values():
        if one.row is not None and one.changed:
            _write(one.row, one.values)
            for someone in one.people:
                if someone.row is not None:
                    for column in PERSON:
                        setattr(someone.row, column, someone.values[column])
    await tx.flush()
    for one in chunk.leads:
        one.values["column"] = column_of(one.values["stage"], one.values["sales_stage"]).value
        await _score_new(tx, chunk.rules, one)
    await tx.insert_many(Lead, [one.values for one in chunk.leads])
    await tx.insert_many(Contact, [_contact(tx, chunk.rules, *pair) for pair in chunk.contacts])
    await score_again(tx, [one.row for one in chunk.known.every.values() if one.row is not None and one.changed])


def _write(lead: Lead, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        if getattr(lead, column) != value:
            setattr(lead, column, value)
    lead.column = column_of(lead.stage, lead.sales_stage)
    lead.version += 1


async def _score_new(tx: Tx, rules: Rules, one: Standing) -> None:
    """Give a new lead its fit; without a profile there is none, and its people wait for theirs, too."""
    if rules.icp is None:
        return
    people = [scores.person_of(_new(_NewContact, someone.values)) for someone in one.people]
    company = scores.company_of(_new(_NewLead, one.values))
    one.values |= scores.fit_values(company, people, rules.version, rules.icp, tx)
    await asyncio.sleep(0)


def _contact(tx: Tx, rules: Rules, one: Standing, someone: Someone) -> dict[str, Any]:
    values = {**someone.values, "id": someone.id, "lead_id": one.id, "source": SOURCE, "created_at": tx.now}
    if rules.icp is None:
        return values
    company = scores.company_of(one.row or _new(_NewLead, one.values))
    scored = als.score(scores.person_of(_new(_NewContact, someone.values)), company, rules.icp, tx.now.date())
    receipt = {"als_score": scored.total, "als_tier": scored.tier, "als_receipt": scored.to_data(), "als_at": tx.now}
    return values | receipt


@dataclass(frozen=True, slots=True)
class _NewLead:
    """What scoring reads of a lead that is not stored yet: making a row would take longer than all that is done
    with it."""

    what: str
    description: str
    industry: str
    headcount_min: int | None
    headcount_max: int | None
    city: str
    state: str
    country: str
    technologies: Sequence[str]
    tags: Sequence[str]
    is_hiring: bool | None
    funding_stage: str
    funding_date: date | None


@dataclass(frozen=True, slots=True)
class _NewContact:
    """The same of a contact. What no import says of one is blank."""

    title: str
    email: str
    phone: str
    linkedin: str
    email_status: str = ""
    phone_verified: bool = False
    personal_email: str = ""
    role_started: date | None = None


New = TypeVar("New", _NewLead, _NewContact)


def _new(kind: type[New], values: Mapping[str, Any]) -> New:
    return kind(**{each.name: values[each.name] for each in fields(kind) if each.name in values})


async def score_again(tx: Tx, leads: Sequence[Lead]) -> None:
    """Score changed leads with all their people; without a profile only people who have a score get theirs anew."""
    if not leads:
        return
    version, icp = await icps.in_force(tx)
    here = [col(Contact.lead_id).in_([lead.id for lead in leads]), col(Contact.deleted_at).is_(None)]
    if icp is None:
        here.append(col(Contact.als_score).is_not(None))
    counted = select(Contact.lead_id, func.count()).where(*here).group_by(col(Contact.lead_id))
    many = {lead_id for lead_id, count in (await tx.exec(counted)).all() if count > MANY_PEOPLE}
    few = select(Contact).where(*here, col(Contact.lead_id).not_in(many))
    people: dict[UUID, list[Contact]] = defaultdict(list)
    for contact in (await tx.exec(few)).all():
        people[contact.lead_id].append(contact)
    for lead in leads:
        if lead.id not in many:
            scores.rate(tx, lead, people[lead.id], version, icp)
            await asyncio.sleep(0)
