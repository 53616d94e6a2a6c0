"""The roles a company is looking to fill."""

from dataclasses import dataclass

from leadboard.domain.package import Statement
from leadboard.engine.agents.base import Known
from leadboard.engine.agents.evidence import quotable, said

SURE = 0.6
"""Confidence from which a sign of hiring counts: a mere link to "Careers" does not."""


@dataclass(frozen=True)
class OpenRole:
    """A role on offer. `title` is empty where the page only says that it hires."""

    title: str
    statement: Statement


def open_roles(known: Known) -> list[OpenRole]:
    """The open roles of the website, named ones first."""
    roles = []
    for found in known.site.hiring if known.site else ():
        if found.confidence < SURE:
            continue
        if found.method == "text" or not quotable(found.value):
            roles.append(OpenRole("", said("They say that they are hiring.", found)))
        else:
            roles.append(OpenRole(found.value, said(f"They are looking for: {found.value}.", found)))
    return sorted(roles, key=lambda role: not role.title)
