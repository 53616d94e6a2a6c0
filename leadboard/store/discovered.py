"""What a search found becomes leads: new ones are cards in Harvested, known ones learn, each value has its claim."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, or_, select

from leadboard.domain import fit
from leadboard.domain.discovery.columns import EMPTY, claims_of, columns_of, filled
from leadboard.domain.discovery.repeats import Review, is_refreshed
from leadboard.domain.discovery.sift import Candidate
from leadboard.domain.icp import Icp
from leadboard.domain.stages import Column, Stage, Status
from leadboard.store import discoveries, icps, scores
from leadboard.store.db import Tx
from leadboard.store.import_rows import score_again
from leadboard.store.tables import Claim, Discovery, Lead


class _Columns:
    """Columns of a lead, as scoring reads them."""

    tags: Sequence[str] = ()
    what: str
    description: str
    industry: str
    headcount_min: int | None
    headcount_max: int | None
    city: str
    state: str
    country: str
    technologies: Sequence[str]
    is_hiring: bool | None
    funding_stage: str
    funding_date: date | None

    def __init__(self, columns: Mapping[str, Any]) -> None:
        vars(self).update(columns)


@dataclass(frozen=True)
class _New:
    """A company that nobody knows yet, its columns, its fit score, and how well it matches the profile (0 to 100)."""

    candidate: Candidate
    columns: Mapping[str, Any]
    score: int
    match: float

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands among others: by score, then name."""
        return -self.score, self.candidate.name, self.candidate.key


async def take(
    tx: Tx,
    discovery: Discovery,
    candidates: Sequence[Candidate],
    labels: Mapping[str, str],
    room: int,
    least: float = 0,
) -> int:
    """Store the candidates: known leads are refreshed or skipped, of the new companies the best `room` become leads,
    as far as they match the profile with `least` points of 100.

    Counts on the search; returns how many new companies were left over. The same candidates a second time change
    nothing but what they say anew. `labels`: service -> what people call it.
    """
    version, profile = await icps.in_force(tx)
    icp = profile or Icp()
    pairs = await _known(tx, candidates)
    await _again(tx, discovery, [(each, lead) for each, lead in pairs if lead], labels)
    fresh = []
    for each, lead in pairs:
        if lead is None:
            fresh.append(_scored(tx, each, icp))
            await asyncio.sleep(0)  # hundreds of scores in a row would keep the loop waiting
    best = sorted((new for new in fresh if new.match >= least), key=lambda new: new.place)[:room]
    await _create(tx, discovery, best, labels, version, icp)
    discovery.created += len(best)
    return len(fresh) - len(best)


def _scored(tx: Tx, candidate: Candidate, icp: Icp) -> _New:
    columns = columns_of(candidate)
    company = scores.company_of(_Columns(columns))  # making a row would take longer than all that is done with it
    return _New(candidate, columns, fit.overall(fit.Known(company, icp, tx.now.date())), fit.icp_fit(company, icp))


async def _known(tx: Tx, candidates: Sequence[Candidate]) -> list[tuple[Candidate, Lead | None]]:
    """Each candidate with the lead it is, locked: that of its key, else the only one of its name where one of the two
    says no website."""
    keys = {each.key for each in candidates}
    names = {each.name_key for each in candidates} - {""}
    wanted = or_(col(Lead.key).in_(keys), col(Lead.name_key).in_(names))
    statement = select(Lead).where(col(Lead.deleted_at).is_(None), wanted).with_for_update()
    leads = (await tx.exec(statement)).all()
    by_key = {lead.key: lead for lead in leads}
    by_name: dict[str, list[Lead]] = {}
    for lead in leads:
        by_name.setdefault(lead.name_key, []).append(lead)

    def known(each: Candidate) -> Lead | None:
        same = [lead for lead in by_name.get(each.name_key, []) if not (lead.domain and each.domain)]
        return by_key.get(each.key) or (same[0] if len(same) == 1 else None)

    return [(each, known(each)) for each in candidates]


async def _create(
    tx: Tx, discovery: Discovery, best: Iterable[_New], labels: Mapping[str, str], version: int, icp: Icp
) -> None:
    leads: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    for new in best:
        lead_id, first = uuid4(), new.candidate.findings[0].service
        leads.append(
            {
                "id": lead_id,
                "key": new.candidate.key,
                "source": first,
                "column": Column.HARVESTED,
                "stage": Stage.HARVESTED,
                "status": Status.HARVESTED,
                **dict.fromkeys(("stage_at", "created_at", "updated_at"), tx.now),
                **new.columns,
                **scores.fit_values(scores.company_of(_Columns(new.columns)), (), version, icp, tx),
            }
        )
        told = claims_of(new.candidate, labels)
        claims += [_stamped(tx, lead_id, claim) for claim in told]
        tx.record(
            discoveries.CREATED,
            lead_id,
            by=discovery.by,
            discovery=str(discovery.id),
            company_name=new.candidate.name,
            source=labels.get(first, first),
            source_url=next((claim["source"] for claim in told if "://" in claim["source"]), ""),
        )
        await asyncio.sleep(0)
    await tx.insert_many(Lead, leads)
    await tx.insert_many(Claim, claims)


def _stamped(tx: Tx, lead_id: UUID, claim: Mapping[str, Any]) -> dict[str, Any]:
    return {**claim, "lead_id": lead_id, "seen_at": tx.now}


async def _again(
    tx: Tx, discovery: Discovery, pairs: Sequence[tuple[Candidate, Lead]], labels: Mapping[str, str]
) -> None:
    """Known leads: those that people have decided about are left alone, the others take in what was found."""
    counted = await discoveries.seen(tx, discovery, [lead.id for _, lead in pairs]) if pairs else set()
    taking: list[tuple[Candidate, Lead]] = []
    for candidate, lead in pairs:
        refreshed = is_refreshed(lead.review_status, lead.updated_at, tx.now)
        if refreshed:
            taking.append((candidate, lead))
        if lead.id in counted:
            continue
        counted.add(lead.id)
        discovery.refreshed += refreshed
        discovery.skipped_existing += not refreshed
        tx.record(discoveries.AGAIN, lead.id, by=discovery.by, discovery=str(discovery.id), skipped=not refreshed)
    await _keep_claims(tx, taking, labels)
    for candidate, lead in taking:
        _learn(tx, lead, columns_of(candidate))
    await score_again(tx, [lead for _, lead in taking])


def _learn(tx: Tx, lead: Lead, found: Mapping[str, Any]) -> None:
    locked = [*lead.locked, *(["domain"] if "website" in lead.locked else [])]
    more = filled({column: getattr(lead, column) for column in EMPTY}, found, locked)
    if lead.review_status == Review.REJECTED:
        more["review_status"] = Review.PENDING
    for column, value in more.items():
        setattr(lead, column, value)
    if "domain" in more:
        lead.key = more["domain"]
    if more:
        lead.version += 1
        lead.updated_at = tx.now


_CLAIMED = (Claim.lead_id, Claim.field, Claim.value, Claim.source, Claim.id, Claim.locked_by_human)


async def _keep_claims(tx: Tx, pairs: Sequence[tuple[Candidate, Lead]], labels: Mapping[str, str]) -> None:
    """What is said for the first time is kept, what is said again is as young as this; a person's word stays."""
    if not pairs:
        return
    here = col(Claim.lead_id).in_([lead.id for _, lead in pairs])
    found = await tx.exec(select(*_CLAIMED).where(here))  # type: ignore[call-overload]
    known = {tuple(key): (claim_id, locked) for *key, claim_id, locked in found.all()}
    fresh: dict[tuple[Any, ...], dict[str, Any]] = {}
    again: dict[UUID, dict[str, Any]] = {}
    for candidate, lead in pairs:
        for claim in claims_of(candidate, labels):
            key = (lead.id, claim["field"], claim["value"], claim["source"])
            claim_id, locked = known.get(key, (None, False))
            if claim_id is None:
                fresh.setdefault(key, _stamped(tx, lead.id, claim))
            elif not locked:
                again[claim_id] = {"id": claim_id, "confidence": claim["confidence"], "seen_at": tx.now}
    await tx.insert_many(Claim, fresh.values())
    await tx.update_many(Claim, again.values())
