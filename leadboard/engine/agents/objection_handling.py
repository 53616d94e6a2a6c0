"""Agent 16: what they may answer, expected for a reason that was found."""

from collections.abc import Iterator

from leadboard.domain.package import Statement
from leadboard.domain.titles import authority
from leadboard.domain.vocabulary.objections import LEXICON, OBJECTIONS
from leadboard.domain.words import word_set
from leadboard.engine.agents.base import Known, Section
from leadboard.engine.agents.evidence import listed, quotable, quoted, resting, said, search
from leadboard.engine.agents.hiring import open_roles
from leadboard.engine.agents.writing import Slot, Writing

MOST = 4
_SMALL = 20
_TOOLS = word_set(
    "HubSpot Salesforce Marketo Mailchimp Klaviyo ActiveCampaign Intercom Drift Zendesk Calendly Shopify LiveChat"
) | {"Salesforce Pardot", "Constant Contact", "Tawk.to"}
"""Products that take the place of an offer; what merely draws a page does not."""


class ObjectionHandling:
    """`items`: `objection` (a statement: the words, and what makes them likely), `strategy`, `response`, `key`."""

    id = "objection_handling"

    writing = Writing(
        "Say how they will put each of these objections.",
        (Slot("items.*.objection", "The objection in their words", advice=True),),
    )

    def run(self, known: Known) -> Section:
        items: dict[str, dict] = {}
        for key, fact, reason in _expected(known):
            expected = OBJECTIONS[key]
            items.setdefault(
                key,
                {
                    "key": key,
                    "objection": resting(expected.says.format(fact=fact), reason, 0.6),
                    "strategy": expected.strategy,
                    "response": expected.response.format(fact=fact),
                },
            )
        return {"items": list(items.values())[:MOST]}


def _expected(known: Known) -> Iterator[tuple[str, str, Statement]]:
    """Objections, the fact that fills them, and the evidence that makes them likely, the likeliest first."""
    for role in open_roles(known):
        if role.title:
            yield "no_time", role.title, role.statement
    site = known.site
    for found in site.technologies if site else ():
        if found.value in _TOOLS:
            yield "tool", found.value, said(found.value, found)
    for hit, passage in search(known, LEXICON):
        yield hit.key, hit.phrase, quoted(hit.phrase, passage, hit, 0.6)
    for found in site.founded if site else ():
        if found.value.isdecimal() and known.today.year - int(found.value) >= 20:
            yield "tradition", found.value, said(found.value, found)
    people = known.items("contact_information", "people")
    for mail in known.items("contact_information", "emails"):
        if not any(authority(one["title"]).decides for one in people):
            yield "wrong_person", mail["text"], mail
    size = known.analysis.get("size_estimate")
    count = size["text"].split()[0] if size else ""
    if count.isdecimal() and int(count) <= _SMALL:
        yield "small", count, size  # type: ignore[misc]
    for quote in site.testimonials if site else ():
        if quotable(quote.text, 500):
            yield "proof", "", said(quote.text[:160], quote.found)
    if known.lead.funding_stage:
        yield "price", "", listed(known.lead.funding_stage, known.lead.funding_stage)
