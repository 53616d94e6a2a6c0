"""Agent 3: the person to talk to, as far as the website names them and their title allows."""

from collections import Counter

from leadboard.domain.package import Statement
from leadboard.domain.titles import authority
from leadboard.domain.vocabulary import tones
from leadboard.domain.vocabulary.roles import role_of
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import quoted, resting, search, series
from leadboard.engine.agents.people import NamedPerson, people_of
from leadboard.engine.agents.writing import Slot, Writing

INFERRED = 0.5
"""Confidence of what only a title suggests."""

LEAST_WORDS = 3
"""Different words of one tone before a company counts as speaking so."""


class PersonaCreation:
    """The most senior person named: `name`, `title`, `likely_role`, `responsibilities`, `goals`, `challenges`,
    `motivations`, `communication_style`, `decision_process`. Nobody named with a title: not found.

    All but the name is said by the title, by open roles and challenges found, and by the way the site is written.
    """

    id = "persona_creation"

    writing = Writing(
        "Prepare a colleague for a talk with the person named in the draft.",
        (
            Slot(
                "challenges", "What this person will want solved, as the company's own words show it", 3, needs="name"
            ),
            Slot("communication_style", "How to write to somebody whose company writes so", advice=True),
            Slot("decision_process", "Who is likely to decide, by the titles that are named", advice=True),
        ),
    )

    def run(self, known: Known) -> Section:
        people = people_of(known)
        person = next((one for one in people if one.title), None)
        if not person:
            return {}
        role = role_of(person.title)
        given = person.statement
        return {
            "name": person.name,
            "title": person.title,
            "likely_role": given,
            "responsibilities": [_inferred("Usually answers for", what, given) for what in role.answers_for]
            if role
            else [],
            "goals": [_inferred("Usually wants", what, given) for what in role.wants] if role else [],
            "challenges": list(known.analysis.get("potential_challenges") or ())[:3],
            "motivations": [_inferred("Usually cares about", what, given) for what in role.cares_about] if role else [],
            "communication_style": _style(known),
            "decision_process": _decision(person, people),
        }


def _inferred(verb: str, what: str, given: Statement) -> Statement:
    return resting(f"{verb} {what}.", given, INFERRED)


def _style(known: Known) -> Statement | None:
    """How to write to people who write so themselves; None where the site has no tone of its own."""
    hits = [(hit, passage) for hit, passage in search(known, tones.LEXICON) if len(passage.text.split()) > 5]
    counts = Counter(tone for tone, _ in {(hit.key, hit.phrase.casefold()) for hit, _ in hits})
    tone, words = max(counts.items(), key=lambda one: one[1], default=("", 0))
    if words < LEAST_WORDS:
        return None
    hit, passage = next(one for one in hits if one[0].key == tone)
    advice = tones.TONES[tone][0]
    return quoted(f"{advice}: their own words are {tone} (“{hit.phrase}”).", passage, hit, 0.4)


def _decision(person: NamedPerson, people: list[NamedPerson]) -> Statement:
    """Who decides, by the titles that are named."""
    others = [one for one in people if one.title and one.name != person.name and authority(one.title).decides]
    named = series([f"{one.name} ({one.title})" for one in others], 2)
    if authority(person.title).decides and named:
        return resting(f"Can decide by title; likely to ask {named}.", others[0].statement, 0.5)
    if authority(person.title).decides:
        return resting("Can decide by title; nobody else at that level is named.", person.statement, 0.5)
    return resting("Prepares a decision by title; nobody named can take it.", person.statement, 0.4)
