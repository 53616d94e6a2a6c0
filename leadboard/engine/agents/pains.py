"""The pains that a company's own words and open roles show."""

from dataclasses import dataclass

from leadboard.domain.package import Statement
from leadboard.domain.vocabulary.pains import LEXICON, PAIN_BY_KEY, STAFFING, Pain
from leadboard.engine.agents.base import Known
from leadboard.engine.agents.evidence import quoted, search
from leadboard.engine.agents.hiring import open_roles

MOST_PAINS = 4


@dataclass(frozen=True)
class ShownPain:
    """A pain, the sentence that shows it, and how pressing it is there."""

    pain: Pain
    description: Statement
    weight: int


def pains_of(known: Known, sector: str) -> list[ShownPain]:
    """The pains shown, the most pressing first; usual ones of the sector are surer, all carry their evidence."""
    shown: dict[str, ShownPain] = {}
    roles = open_roles(known)
    if roles:
        shown[STAFFING.key] = ShownPain(STAFFING, roles[0].statement, STAFFING.weight + (len(roles) > 2))
    for hit, passage in search(known, LEXICON):
        pain = PAIN_BY_KEY[hit.key]
        if hit.key not in shown and not (pain.bound and sector and sector not in pain.sectors):
            text = f"{pain.shows}: “{hit.phrase}”."
            described = quoted(text, passage, hit, 0.7 if sector in pain.sectors else 0.5)
            shown[hit.key] = ShownPain(pain, described, pain.weight)
    ordered = sorted(shown.values(), key=lambda one: (-one.weight, -one.description["confidence"]))
    return ordered[:MOST_PAINS]
