"""What services say about a company becomes claims of its lead, and fills its empty fields."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from leadboard.domain.found import FoundCompany
from leadboard.domain.services import Service
from leadboard.domain.waterfall import normalise
from leadboard.engine.claims import ClaimDraft, facts_for_lead
from leadboard.store import findings
from leadboard.store.db import Tx
from leadboard.store.tables import Lead

_WRITTEN = {"industry": normalise.industry, "linkedin": str.strip, "country": str.strip}


def drafts_of(found: FoundCompany, service: Service) -> list[ClaimDraft]:
    """The claims that a service's word comes to, the surest of each field first: `source` is where a reader can see it,
    else the service's name."""
    drafts = [
        ClaimDraft(
            fact.field,
            _WRITTEN.get(fact.field, str)(fact.value),
            fact.source or service.label,
            service.name,
            "",
            fact.confidence,
        )
        for fact in found.facts
        if fact.value.strip()
    ]
    return sorted(drafts, key=lambda draft: -draft.confidence)


def columns_of_company(drafts: Iterable[ClaimDraft]) -> dict[str, Any]:
    """The columns of a lead that these claims fill."""
    drafts = list(drafts)
    values = facts_for_lead(drafts)
    best = {draft.field: draft.value for draft in reversed(drafts)}
    if stage := best.get("funding"):
        values["funding_stage"] = stage
    with suppress(ValueError):
        values["funding_date"] = date.fromisoformat(best.get("funding_date", ""))
    return values


async def keep(tx: Tx, lead: Lead, drafts: Sequence[ClaimDraft], *, run_id: UUID | None, cost_micros: int) -> list[str]:
    """Store the claims, the cost of their call shared out among them, and fill the fields of the lead that are empty
    and that nobody locked. Returns the columns it wrote; the caller holds the lead."""
    each, rest = divmod(cost_micros, len(drafts)) if drafts else (0, 0)
    claims = [{**vars(draft), "cost_micros": each + (at < rest)} for at, draft in enumerate(drafts)]
    await findings.keep_claims(tx, lead.id, run_id, claims)
    written = []
    for name, value in columns_of_company(drafts).items():
        if name not in lead.locked and getattr(lead, name) in (None, "", []):
            setattr(lead, name, value)
            written.append(name)
    if written:
        lead.version += 1
        lead.updated_at = tx.now
    return written
