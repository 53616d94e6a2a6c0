"""The JSON object `leadboard site` prints for a page or a site."""

from typing import Any

from leadboard.domain.site.facts import Address, ContactPoint, Organization, PageFacts, SiteFacts

_LEAST = 0.4
"""Weaker people and addresses are hints for the pipeline, not answers."""


def site_json(file: str, facts: PageFacts | SiteFacts) -> dict[str, Any]:
    """`{"file","company_name","emails","phones","social","people","addresses","organizations"}`; faxes are phones."""
    return {
        "file": file,
        "company_name": facts.company_name,
        "emails": [found.value for found in facts.emails],
        "phones": [found.value for found in (*facts.phones, *facts.faxes)],
        "social": [found.value for found in facts.socials],
        "people": [{"name": person.name, "title": person.title} for person in facts.people],
        "addresses": [_address(one) for one in facts.addresses if one.found.confidence >= _LEAST],
        "organizations": [_organization(one) for one in facts.organizations],
    }


def _address(one: Address) -> dict[str, str]:
    parts = {"text": one.text, "street": one.street, "city": one.city, "state": one.region, "zip": one.postcode}
    return {name: value for name, value in {**parts, "country": one.country}.items() if value}


def _organization(one: Organization) -> dict[str, Any]:
    """In the words of schema.org, without what is unknown; one value is a text, several are a list."""
    parts = {
        "type": list(one.types),
        "name": one.name,
        "url": one.url,
        "telephone": _one_or_more(one.telephone),
        "email": _one_or_more(one.email),
        "address": _schema_address(one.address) if one.address else None,
        "same_as": list(one.same_as),
        "contact_points": [_contact_point(point) for point in one.contact_points],
    }
    return {name: value for name, value in parts.items() if value}


def _contact_point(one: ContactPoint) -> dict[str, str]:
    parts = {"contactType": one.kind, "telephone": one.telephone, "email": one.email}
    return {name: value for name, value in parts.items() if value}


def _schema_address(one: Address) -> dict[str, str] | str:
    names = {
        "streetAddress": one.street,
        "addressLocality": one.city,
        "addressRegion": one.region,
        "postalCode": one.postcode,
        "addressCountry": one.country,
    }
    parts = {name: value for name, value in names.items() if value}
    return {"@type": "PostalAddress", **parts} if parts else one.text


def _one_or_more(values: tuple[str, ...]) -> str | list[str]:
    return values[0] if len(values) == 1 else list(values)
