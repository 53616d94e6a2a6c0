"""The people of a company, as statements."""

from dataclasses import dataclass

from leadboard.domain.package import Statement, statement
from leadboard.engine.agents.base import Known
from leadboard.engine.claims import contacts_of


@dataclass(frozen=True)
class NamedPerson:
    """A person named on the website; unknown is empty. The statement says name and title where they were read."""

    name: str
    title: str
    email: str
    phone: str
    linkedin: str
    statement: Statement


def people_of(known: Known) -> list[NamedPerson]:
    """The people named, those who decide first."""
    return [
        NamedPerson(
            contact.name,
            contact.title,
            contact.email,
            contact.phone,
            contact.linkedin,
            statement(
                ", ".join(filter(None, (contact.name, contact.title))),
                contact.source,
                contact.snippet,
                contact.confidence,
            ),
        )
        for contact in (contacts_of(known.site) if known.site else ())
    ]
