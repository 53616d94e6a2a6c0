"""Which leads and people the rows of a chunk may mean: those in the store, and those that earlier rows made."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, or_, select

from leadboard.domain.drafts import Draft, contact_key
from leadboard.domain.importing import MatchBy, Outcome, may_agree
from leadboard.store.db import Tx
from leadboard.store.tables import Contact, ImportRow, Lead

PERSON = ("key", "name", "title", "email", "phone", "linkedin")
_COLUMNS = tuple(name for name in Lead.model_fields if name != "workspace_id")


@dataclass(eq=False)
class Someone:
    """A contact as it stands now; `row` is None for one that is not stored yet."""

    id: UUID
    values: dict[str, Any]
    row: Contact | None = None


@dataclass(eq=False)
class Standing:
    """A lead as it stands now, `row` None until it is stored; `made_by` is the row of this import that made it."""

    id: UUID
    values: dict[str, Any]
    row: Lead | None = None
    made_by: int = 0
    changed: bool = False
    people: list[Someone] = field(default_factory=list)

    def person(self, contact: Mapping[str, Any]) -> Someone | None:
        """Who of the people here is meant: the same address, else the same name unless two addresses differ."""
        email, name = contact.get("email", ""), contact_key("", contact.get("name", ""))
        by_email = (one for one in self.people if email and one.values["email"] == email)
        by_name = (
            one
            for one in self.people
            if name and contact_key("", one.values["name"]) == name and may_agree(email, one.values["email"])
        )
        return next(by_email, None) or next(by_name, None)


class Ambiguous(Exception):
    """A row means several leads at once."""

    def __init__(self, name: str, many: int) -> None:
        super().__init__(name)
        self.sentence = (
            f"{many} leads are called “{name}”, and nothing in this row says which one. Add the company's website."
        )


@dataclass
class Known:
    """The leads at hand, by what a row may know them by."""

    by_key: dict[str, Standing] = field(default_factory=dict)
    by_name: dict[str, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    by_email: dict[str, list[Standing]] = field(default_factory=lambda: defaultdict(list))
    every: dict[UUID, Standing] = field(default_factory=dict)

    def forget_key(self, one: Standing) -> None:
        """The lead is about to be known by another key."""
        self.by_key.pop(one.values["key"], None)

    def add(self, one: Standing) -> None:
        """Take a lead in, or in again after its columns changed."""
        self.every[one.id] = one
        self.by_key[one.values["key"]] = one
        self._list(self.by_name, one.values["name_key"], one)
        self._list(self.by_email, one.values["email"], one)

    def add_person(self, one: Standing, someone: Someone) -> None:
        """Take a person of a lead in."""
        one.people.append(someone)
        self._list(self.by_email, someone.values["email"], one)

    @staticmethod
    def _list(index: dict[str, list[Standing]], word: str, one: Standing) -> None:
        if word and one not in index[word]:
            index[word].append(one)

    def find(self, draft: Draft, match_by: Sequence[MatchBy]) -> tuple[Standing, MatchBy] | None:
        """The lead a row means and by what, in the order of the choice. Raises `Ambiguous`."""
        for by in match_by:
            match by:
                case MatchBy.DOMAIN:
                    found = [self.by_key[draft.domain]] if draft.domain in self.by_key else []
                case MatchBy.NAME:
                    found = self.by_name.get(draft.lead.get("name_key", ""), [])
                case MatchBy.EMAIL:
                    found = [one for email in draft.emails for one in self.by_email.get(email, [])]
            one = _only(draft, found)
            if one is not None:
                return one, by
        return None


def _only(draft: Draft, found: Iterable[Standing]) -> Standing | None:
    """The one lead that is meant: another domain is another company, whatever the name."""
    fitting = [one for one in dict.fromkeys(found) if may_agree(draft.domain, one.values["domain"])]
    same = [one for one in fitting if draft.domain and one.values["domain"] == draft.domain]
    fitting = same or fitting
    if len(fitting) > 1:
        raise Ambiguous(draft.title, len(fitting))
    return fitting[0] if fitting else None


def fresh(values: Mapping[str, Any], row: int) -> Standing:
    """A lead that is to be stored, made by this row, with defaults where `values` say nothing."""
    key = uuid4()
    return Standing(key, {**_defaults(), **values, "id": key}, made_by=row)


@cache
def _defaults() -> dict[str, Any]:
    row = Lead(workspace_id=uuid4(), key="", name="")
    return {name: getattr(row, name) for name in _COLUMNS}


async def known(tx: Tx, job_id: UUID, drafts: Sequence[Draft], match_by: Sequence[MatchBy]) -> Known:
    """Read every lead that one of these rows may mean; locked for the transaction where the database locks rows."""
    wanted = [col(Lead.key).in_({draft.key for draft in drafts if draft.key})]
    if MatchBy.NAME in match_by:
        wanted.append(col(Lead.name_key).in_({name for draft in drafts if (name := draft.lead.get("name_key"))}))
    emails = {email for draft in drafts for email in draft.emails} if MatchBy.EMAIL in match_by else set()
    if emails:
        theirs = select(Contact.lead_id).where(col(Contact.email).in_(emails), col(Contact.deleted_at).is_(None))
        wanted += [col(Lead.email).in_(emails), col(Lead.id).in_((await tx.exec(theirs)).all())]
    found = Known()
    for which in wanted:
        rows = select(Lead).where(which, col(Lead.deleted_at).is_(None)).order_by(Lead.created_at, Lead.id)  # type: ignore[arg-type]
        for lead in (await tx.exec(rows.with_for_update())).all():
            if lead.id not in found.every:
                found.add(Standing(lead.id, {name: getattr(lead, name) for name in _COLUMNS}, lead))
    if found.every:
        await _add_people(tx, found, drafts)
        await _say_who_made_them(tx, job_id, found)
    return found


async def _add_people(tx: Tx, found: Known, drafts: Sequence[Draft]) -> None:
    """Of the people at these leads only those that a row may mean: a lead may have very many."""
    people = [draft.contact for draft in drafts if draft.contact]
    if not people:
        return
    rows = select(Contact).where(
        col(Contact.lead_id).in_(found.every),
        col(Contact.deleted_at).is_(None),
        or_(
            col(Contact.key).in_({key for one in people for key in (one["key"], contact_key("", one.get("name", "")))}),
            col(Contact.name).in_({one["name"] for one in people if one.get("name")}),
            col(Contact.email).in_({one["email"] for one in people if one.get("email")}),
        ),
    )
    for contact in (await tx.exec(rows.order_by(Contact.created_at, Contact.id))).all():  # type: ignore[arg-type]
        someone = Someone(contact.id, {name: getattr(contact, name) for name in PERSON}, contact)
        found.add_person(found.every[contact.lead_id], someone)


async def _say_who_made_them(tx: Tx, job_id: UUID, found: Known) -> None:
    made = select(ImportRow.lead_id, ImportRow.n).where(
        ImportRow.job_id == job_id, ImportRow.outcome == Outcome.CREATED, col(ImportRow.lead_id).in_(found.every)
    )
    for lead_id, number in (await tx.exec(made)).all():
        if lead_id is not None:
            found.every[lead_id].made_by = number
