"""Agent 5: every way to reach the company and its people, with where it was read."""

from typing import Any

from leadboard.domain.package import Statement
from leadboard.domain.site import Found
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import listed, said
from leadboard.engine.agents.people import people_of

MOST = 10
_SHARES = {"emails": 0.4, "people": 0.3, "phones": 0.2, "linkedin": 0.1}


class ContactExtraction:
    """`emails`, `phones` (E.164), `linkedin`, `instagram`: statements whose text is the value itself.

    `people`: statements with `name`, `title`, `email`, `phone`, `linkedin`.

    `confidence`: the best e-mail counts 0.4 times its own, the best person 0.3, phone 0.2, LinkedIn profile 0.1.
    """

    id = "contact_extraction"

    def run(self, known: Known) -> Section:
        site, lead = known.site, known.lead
        socials = site.socials if site else ()
        people = [
            {
                **person.statement,
                "name": person.name,
                "title": person.title,
                "email": person.email,
                "phone": person.phone,
                "linkedin": person.linkedin,
            }
            for person in people_of(known)[:MOST]
        ]
        section: Section = {
            "emails": _values(site.emails if site else (), lead.email),
            "phones": _values(site.phones if site else (), lead.phone),
            "linkedin": _values([one for one in socials if one.field == "linkedin"], lead.linkedin),
            "instagram": _values([one for one in socials if one.field == "instagram"], ""),
            "people": people,
        }
        return section | {"confidence": _confidence(section)}


def _values(found: Any, imported: str) -> list[Statement]:
    """The values of the website, then what the list says when it is another one."""
    values = [said(one.value, one) for one in _each(found)]
    if imported and imported not in {value["text"] for value in values}:
        values.append(listed(imported, imported, 0.6))
    return values


def _each(found: Any) -> list[Found]:
    return list(found)[:MOST]


def _confidence(section: Section) -> float:
    best = {name: max((item["confidence"] for item in section[name]), default=0) for name in _SHARES}
    return round(sum(share * best[name] for name, share in _SHARES.items()), 4)
