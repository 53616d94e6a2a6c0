"""Agent 5: every way to reach the company and its people, with where it was read."""

from leadboard.domain.package import Statement, statement
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import distinct, listed
from leadboard.engine.agents.people import people_of
from leadboard.engine.claims import ClaimDraft, read_claims

MOST = 10
_SHARES = {"emails": 0.4, "people": 0.3, "phones": 0.2, "linkedin": 0.1}


class ContactExtraction:
    """`emails`, `phones` (E.164), `linkedin`, `instagram`: statements whose text is the value itself.

    `people`: statements with `name`, `title`, `email`, `phone`, `linkedin`.

    `confidence`: the best e-mail counts 0.4 times its own, the best person 0.3, phone 0.2, LinkedIn profile 0.1.
    """

    id = "contact_extraction"

    writing = None
    """Values as they stand on the pages: there is nothing to write."""

    def run(self, known: Known) -> Section:
        lead = known.lead
        claims = read_claims(known.site, lead) if known.site else []
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
            "emails": _values(claims, "email", lead.email),
            "phones": _values(claims, "phone", lead.phone),
            "linkedin": _values(claims, "linkedin", lead.linkedin),
            "instagram": _values(claims, "instagram", ""),
            "people": people,
        }
        return section | {"confidence": _confidence(section)}


def _values(claims: list[ClaimDraft], field: str, imported: str) -> list[Statement]:
    """The values of the website, the likeliest for the company first, then that of the list if it is another."""
    found = [claim for claim in claims if claim.field == field]
    values = [statement(claim.value, claim.source, claim.snippet, claim.confidence) for claim in found]
    values = distinct(values)[:MOST]
    if imported and imported not in {value["text"] for value in values}:
        values.append(listed(imported, imported, 0.6))
    return values


def _confidence(section: Section) -> float:
    best = {name: max((item["confidence"] for item in section[name]), default=0) for name in _SHARES}
    return round(sum(share * best[name] for name, share in _SHARES.items()), 4)
