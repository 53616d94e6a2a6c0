"""Saved web pages to facts with evidence. Pure: bytes and an address in, frozen dataclasses out."""

from leadboard.domain.site.facts import (
    Address,
    ContactPoint,
    Customer,
    Found,
    Heading,
    Link,
    News,
    Organization,
    PageFacts,
    Person,
    Service,
    SiteFacts,
    Testimonial,
)
from leadboard.domain.site.merge import read_site
from leadboard.domain.site.output import site_json
from leadboard.domain.site.read import read_page

__all__ = [
    "Address",
    "ContactPoint",
    "Customer",
    "Found",
    "Heading",
    "Link",
    "News",
    "Organization",
    "PageFacts",
    "Person",
    "Service",
    "SiteFacts",
    "Testimonial",
    "read_page",
    "read_site",
    "site_json",
]
