"""The ways to reach a lead, from what contact extraction found, the best first."""

from collections.abc import Iterator
from dataclasses import dataclass

from leadboard.domain.package import Statement
from leadboard.engine.agents.base import Known

CHANNEL_WORDS = {"email": "e-mail", "linkedin": "LinkedIn", "phone": "phone"}


@dataclass(frozen=True)
class Way:
    """A channel and the address on it. `ease` 0 to 1.

    `person` is whose address it is, empty for the company's own; `ask_for` then is the person to ask for, if known.
    """

    channel: str
    address: str
    person: str
    ask_for: str
    ease: float
    statement: Statement

    @property
    def to(self) -> str:
        """Whom it reaches and how, for a plan: "Ada Fischer by e-mail"."""
        return f"{self.person or 'The company'} by {CHANNEL_WORDS[self.channel]}"


def ways_of(known: Known) -> list[Way]:
    """The best way on each channel, people before the company's own address."""
    best: dict[str, Way] = {}
    for way in sorted(_ways(known), key=lambda way: -way.ease):
        best.setdefault(way.channel, way)
    return list(best.values())


def _ways(known: Known) -> Iterator[Way]:
    people = [one for one in known.items("contact_information", "people") if one["title"]]
    for person in people:
        for channel, address, ease in (
            ("email", person["email"], 1.0),
            ("linkedin", person["linkedin"], 0.8),
            ("phone", person["phone"], 0.7),
        ):
            if address:
                yield Way(channel, address, person["name"], "", ease, person)
    ask_for = people[0]["name"] if people else ""
    for key, channel, ease in (("emails", "email", 0.6), ("phones", "phone", 0.5), ("linkedin", "linkedin", 0.3)):
        for value in known.items("contact_information", key)[:1]:
            yield Way(channel, value["text"], "", ask_for, ease, value)
