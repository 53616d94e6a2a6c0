"""What is known about a lead, a row per field: the value it has, its passport, and what contradicts it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadboard.domain import facts
from leadboard.domain.facts import FACTS, Fact
from leadboard.domain.waterfall.decay import Age, aged
from leadboard.domain.waterfall.passport import Passport
from leadboard.store.edits import Setter
from leadboard.store.said import Said
from leadboard.store.tables import Lead
from leadboard.ui import words
from leadboard.ui.display import Choice, ClaimRow, Link, Person
from leadboard.ui.lead.package import source_link

BESIDE = frozenset({"phone", "email"})
"""A company has several of these. The values of every other fact contradict each other; what is no fact has no one
value to settle on."""

ORDER = tuple(FACTS)
ASKED = ("industry", "headcount", "city", "founded", "phone", "email", "linkedin", "technology", "hiring")
"""What a run always looks for: without a claim the row says so."""

LONGEST, MOST = 160, 12


@dataclass(frozen=True)
class Known:
    """A value that sources agree on, as the surest of them puts it; without a source a person or nobody knows where
    it came from."""

    value: str
    said: Said | None = None
    sources: int = 0
    readable: bool = True
    """Whether it can be taken for the lead's own."""

    @property
    def confidence(self) -> float:
        return self.said.confidence if self.said else 0


def claim_rows(
    lead: Lead, said: Sequence[Said], setters: Mapping[str, Setter], currency: str, now: datetime, pages: int
) -> list[ClaimRow]:
    """A row per field. `setters` says who set facts by hand, `currency` is the workspace's, `pages` how many pages were
    read for it."""
    by_field: dict[str, list[Said]] = defaultdict(list)
    for each in said:
        fact = facts.claimed(each.field)
        by_field[fact.key if fact else each.field].append(each)
    for key in setters.keys() - by_field.keys():
        if _typed(lead, FACTS[key]):
            by_field[key] = []
    rows = [
        _fact_row(lead, FACTS[key], found, setters.get(key), currency, now) if key in FACTS else _row(key, found, now)
        for key, found in by_field.items()
    ]
    if pages:
        note = _asked(pages, said)
        rows += [ClaimRow(f"none-{key}", _title(key), note=note) for key in ASKED if key not in by_field]
    return sorted(rows, key=lambda row: (not row.value, _place(row.id), row.title))


def _asked(pages: int, said: Iterable[Said]) -> str:
    lists = len({each.source for each in said if not source_link(each.source).href})
    told = [words.counted(pages, "page"), *([words.counted(lists, "imported row")] if lists else [])]
    return f"{' and '.join(told)} asked"


def _row(key: str, found: Sequence[Said], now: datetime) -> ClaimRow:
    """A field whose values stand beside each other."""
    found = sorted(found, key=lambda said: (not said.locked, -said.confidence))
    values = list(dict.fromkeys(said.value for said in found))
    return replace(_passport(key, found[0], None, now), value=", ".join(values[:MOST]), locked=found[0].locked)


def _fact_row(
    lead: Lead, fact: Fact, found: Sequence[Said], setter: Setter | None, currency: str, now: datetime
) -> ClaimRow:
    typed = _typed(lead, fact)
    options = _options(found, fact, lead, typed, currency)
    has = next((known for known in options if known.value == typed), None)
    best = has or options[0]
    locked = fact.columns[0] in lead.locked or bool(best.said and best.said.locked)
    row = replace(
        _passport(fact.key, best.said, setter, now),
        value=words.cut(best.value, LONGEST),
        typed=typed,
        locked=locked,
        locked_by=f"{setter.by if setter else 'Somebody'} set this, so machines leave it alone." if locked else "",
    )
    if len(options) == 1:
        return row
    if fact.key in BESIDE:
        others = [known.value for known in options if known is not best]
        return replace(row, value=", ".join((best.value, *others[: MOST - 1])))
    return replace(
        row,
        rivals=f"1 of {len(options)}",
        choices=[_choice(known, fact, known is has, setter, now) for known in options],
        verdict=_verdict(has, setter if locked else None),
    )


def _typed(lead: Lead, fact: Fact) -> str:
    return facts.typed(fact, {name: getattr(lead, name) for name in fact.columns})


def _options(found: Sequence[Said], fact: Fact, lead: Lead, typed: str, currency: str) -> list[Known]:
    """The different values, the surest first; what the lead says is one of them, whoever said it."""
    groups: dict[tuple[str, bool], list[Said]] = defaultdict(list)
    for said in found:
        meant = facts.meant(fact, said.value, currency=currency, region=lead.country)
        groups[meant or said.value, bool(meant)].append(said)
    options = [
        Known(value, max(group, key=lambda said: (said.locked, said.confidence)), len({s.source for s in group}), ok)
        for (value, ok), group in groups.items()
    ]
    options.sort(key=lambda known: (not (known.said and known.said.locked), -known.confidence))
    if typed and typed not in {known.value for known in options}:
        options.insert(0, Known(typed))
    return options


def _choice(known: Known, fact: Fact, chosen: bool, setter: Setter | None, now: datetime) -> Choice:
    said = known.said
    if said is None:
        by = f"{setter.by} typed it" if setter else "Without a source"
        return Choice(known.value, chosen, source=by, seen=words.iso(setter.at) if setter else "")
    more = f" and {known.sources - 1} more" if known.sources > 1 else ""
    return Choice(
        value=words.cut(known.value, LONGEST),
        chosen=chosen,
        said=said.value,
        snippet=words.cut(said.snippet, LONGEST) if said.snippet != said.value else "",
        source=source_link(said.source).label + more,
        confidence=f"{_age(fact.key, said, now).confidence:.2f}",
        seen=words.iso(said.seen_at),
        why="" if known.readable else f"This cannot be read as {fact.noun}: type it under Summary",
    )


def _verdict(has: Known | None, setter: Setter | None) -> str:
    if setter:
        return f"{setter.by} settled this, so machines leave it alone."
    return f"Sources disagree. {'Scores use the chosen one.' if has else 'None of the values is in use yet.'}"


def _passport(key: str, said: Said | None, setter: Setter | None, now: datetime) -> ClaimRow:
    """Where the value of a row comes from: a source, a person, or nobody knows."""
    link = source_link(said.source) if said else Link()
    seen_at = said.seen_at if said else setter.at if setter else None
    age = _age(key, said, now) if said else None
    return ClaimRow(
        id=key,
        title=_title(key),
        source=link if link.href else Link(),
        note=said.source if said and not link.href else "",
        snippet=said.snippet if said else "",
        person=words.person(setter.by) if setter and not said else Person(),
        confidence=f"{age.confidence:.2f}" if age else "",
        meter=round(100 * age.confidence) if age else 0,
        seen=words.iso(seen_at),
        stale=age is not None and age.stale,
        age=age.sentence if age else "",
    )


def _age(key: str, said: Said, now: datetime) -> Age:
    """How sure a value still is. What a person settled does not fade."""
    passport = Passport(said.source, said.confidence, seen_at=said.seen_at)
    return aged(key, passport, said.seen_at if said.locked else now)


def _title(key: str) -> str:
    return FACTS[key].label if key in FACTS else key.replace("_", " ").removeprefix("company ").capitalize()


def _place(key: str) -> int:
    key = key.removeprefix("none-")
    return ORDER.index(key) if key in ORDER else len(ORDER)
