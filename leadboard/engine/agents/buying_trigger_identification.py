"""Agent 9: what is changing at the company just now."""

from collections.abc import Iterator
from typing import Any

from leadboard.domain.months import months_before
from leadboard.domain.package import Statement
from leadboard.domain.site import News
from leadboard.domain.vocabulary.triggers import HIRING, LEXICON, NEWS, TRIGGER_BY_KIND, Trigger
from leadboard.domain.words import mentions
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import listed, quoted, said, search
from leadboard.engine.agents.hiring import open_roles
from leadboard.engine.agents.writing import Slot, Writing

MOST = 6
FRESH_MONTHS = 12
HOT_MONTHS = 3
_ORDER = {"high": 0, "medium": 1, "low": 2}


class BuyingTriggerIdentification:
    """`triggers`: `description` (a statement), `kind`, `date` (ISO or empty), `relevance` (high, medium, low) and
    `wanted` (the signal of the profile it is, or empty); `notes` is empty; `observations`: statements, by a model only.

    Relevance is that of the kind; high when the profile asks for it or it is younger than three months. News older than
    twelve months is no trigger.
    """

    id = "buying_trigger_identification"

    writing = Writing(
        "Say what is changing at the company just now.",
        (Slot("observations", "What changes, when, and since when it is known", 2, needs="triggers"),),
    )

    def run(self, known: Known) -> Section:
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for trigger, description, day in _triggers(known):
            found.setdefault((trigger.kind, description["snippet"]), _item(known, trigger, description, day))
        ordered = sorted(
            found.values(), key=lambda item: (_ORDER[item["relevance"]], -item["description"]["confidence"])
        )
        return {"triggers": ordered[:MOST], "notes": ""}


def _triggers(known: Known) -> Iterator[tuple[Trigger, Statement, str]]:
    for role in open_roles(known)[:3]:
        yield HIRING, role.statement, ""
    if known.lead.is_hiring and not open_roles(known):
        yield HIRING, listed("The list says that they are hiring.", "is hiring: yes", 0.7), ""
    if known.lead.funding_date and known.lead.funding_date >= months_before(known.today, FRESH_MONTHS):
        day = known.lead.funding_date.isoformat()
        stage = f" ({known.lead.funding_stage})" if known.lead.funding_stage else ""
        yield TRIGGER_BY_KIND["funding"], listed(f"Funded on {day}{stage}.", day), day
    for item in known.site.news if known.site else ():
        if _fresh(known, item.date, FRESH_MONTHS):
            yield _kind_of(item), said(f"{item.title} ({item.date})", item.found), item.date
    titles = {item.title for item in (known.site.news if known.site else ())}
    kinds: set[str] = set()
    for hit, passage in search(known, LEXICON):
        if hit.key not in kinds and not any(title in passage.text for title in titles):
            kinds.add(hit.key)
            trigger = TRIGGER_BY_KIND[hit.key]
            yield trigger, quoted(f"{trigger.shows}: “{hit.phrase}”.", passage, hit, 0.5), ""


def _item(known: Known, trigger: Trigger, description: Statement, day: str) -> dict[str, Any]:
    signals = known.icp.signals if known.icp else ()
    asked = next((signal for signal in signals if mentions(f"{trigger.kind} {trigger.shows}", signal)), "")
    hot = bool(day) and _fresh(known, day, HOT_MONTHS)
    relevance = "high" if asked or hot else trigger.relevance
    return {"description": description, "kind": trigger.kind, "date": day, "relevance": relevance, "wanted": asked}


def _kind_of(item: News) -> Trigger:
    """What the title of a piece of news is about."""
    hit = next(LEXICON.hits(item.title), None)
    return TRIGGER_BY_KIND[hit.key] if hit else NEWS


def _fresh(known: Known, day: str, months: int) -> bool:
    """Whether a date of any precision lies in the last months, at its own precision, and not in the future."""
    since = months_before(known.today, months).isoformat()[: len(day)]
    return since <= day <= known.today.isoformat()[: len(day)]
