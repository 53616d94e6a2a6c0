"""Agent 8: competitors, only those a page names as such."""

import re
from collections.abc import Iterator

from leadboard.domain.identity import normalise_name
from leadboard.domain.package import Statement, statement
from leadboard.domain.site.text import snippet
from leadboard.domain.words import word_set
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import passages, quotable
from leadboard.engine.agents.writing import Slot, Writing

MOST = 5
_NAME = r"(?P<name>[A-Z][\w&’'.-]*[\w](?:[ ](?:[A-Z][\w&’'-]*|&))*)"
_NAMED = re.compile(
    r"\b(?P<how>[Aa]lternatives? to|[Cc]ompared (?:to|with)|[Ii]nstead of|[Uu]nlike|[Vv]ersus|[Vv]s\.?"
    rf"|[Ss]witch(?:ing)? from|[Mm]igrat(?:e|ing) from|[Bb]etter than|[Cc]ompetitors? (?:like|such as)) {_NAME}"
)
_COMMON = word_set(
    "other others most many some the a an our your their this that these those it i we you traditional conventional "
    "what when where how all any each every big large local online standard typical"
)


class CompetitorIdentification:
    """`competitors`: `name`, `description` (a statement quoting the page), `strength` and `weakness`; `notes`.

    The last three stay empty: a page that compares itself is no witness. Nobody named: not found. `observations`:
    statements, by a model only.
    """

    id = "competitor_identification"

    writing = Writing(
        "Say how the company sets itself apart from the competitors it names.",
        (Slot("observations", "What they say they do otherwise than others", 2, needs="competitors"),),
    )

    def run(self, known: Known) -> Section:
        own = normalise_name(known.company_name)
        found: dict[str, dict] = {}
        for name, description in _named(known):
            key = normalise_name(name)
            if key and key != own and not (set(key.split()) & _COMMON):
                found.setdefault(key, {"name": name, "description": description, "strength": "", "weakness": ""})
        return {"competitors": list(found.values())[:MOST], "notes": ""}


def _named(known: Known) -> Iterator[tuple[str, Statement]]:
    for passage in passages(known):
        for match in _NAMED.finditer(passage.text):
            name = match["name"].strip(" .&")
            if quotable(name, 40):
                text = f"They compare themselves: “{match['how']} {name}”."
                yield name, statement(text, passage.source, snippet(passage.text, *match.span()), 0.6)
