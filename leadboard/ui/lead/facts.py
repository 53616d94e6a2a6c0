"""The facts of the company as the sheet shows and edits them."""

from collections.abc import Mapping

from leadboard.domain import facts
from leadboard.domain.facts import FACTS, Fact
from leadboard.store.edits import Setter
from leadboard.store.tables import Lead
from leadboard.ui import words
from leadboard.ui.display import FactRow
from leadboard.ui.lead.package import source_link


def fact_rows(lead: Lead, currency: str, setters: Mapping[str, Setter]) -> list[FactRow]:
    """A row per fact; `currency` is the workspace's, `setters` says who set which by hand."""
    return [_row(fact, lead, currency, setters.get(fact.key)) for fact in FACTS.values() if fact.listed]


def _row(fact: Fact, lead: Lead, currency: str, setter: Setter | None) -> FactRow:
    typed = facts.typed(fact, {name: getattr(lead, name) for name in fact.columns})
    value, href = _shown(fact, typed, lead, currency)
    locked = fact.columns[0] in lead.locked
    return FactRow(
        key=fact.key,
        label=fact.label,
        noun=fact.noun,
        value=value,
        href=href,
        typed=typed,
        keyboard=fact.keyboard,
        locked=locked,
        locked_by=f"{setter.by if setter else 'Somebody'} set this, so machines leave it alone." if locked else "",
    )


def _shown(fact: Fact, typed: str, lead: Lead, currency: str) -> tuple[str, str]:
    """The words of a fact, and where they lead."""
    match fact.key:
        case "value":
            return words.money(lead.value, currency), ""
        case "website" | "linkedin":
            link = source_link(typed)
            return link.label, link.href
        case "email" if typed:
            return typed, f"mailto:{typed}"
        case "phone" if typed:
            return typed, f"tel:{typed}"
    return typed, ""
