"""The people of a company, as statements."""

from dataclasses import dataclass

from leadboard.domain.package import Statement, statement
from leadboard.domain.site.text import compact, unique
from leadboard.domain.titles import authority
from leadboard.engine.agents.base import Known, ListedPerson
from leadboard.engine.agents.evidence import listed, plain
from leadboard.engine.claims import ContactDraft, contacts_of


@dataclass(frozen=True)
class NamedPerson:
    """A person named on the website or in the list; unknown is empty. The statement says where."""

    name: str
    title: str
    email: str
    phone: str
    linkedin: str
    statement: Statement


def people_of(known: Known) -> list[NamedPerson]:
    """The people named, those who decide first, each once: where both name somebody, whoever knows their e-mail."""
    people = [_read(contact) for contact in (contacts_of(known.site) if known.site else ())]
    people += [_listed(person) for person in known.people if person.name.strip()]
    people.sort(key=lambda person: (-authority(person.title).points, not person.email))
    return list(unique(people, lambda person: compact(person.name)))


def _read(contact: ContactDraft) -> NamedPerson:
    said = statement(_named(contact), contact.source, contact.snippet, contact.confidence)
    return NamedPerson(contact.name, contact.title, contact.email, contact.phone, contact.linkedin, said)


def _listed(person: ListedPerson) -> NamedPerson:
    said = listed(_named(person), person.text)
    return NamedPerson(plain(person.name), plain(person.title), person.email, person.phone, person.linkedin, said)


def _named(person: ContactDraft | ListedPerson) -> str:
    return ", ".join(plain(part) for part in (person.name, person.title) if part)
