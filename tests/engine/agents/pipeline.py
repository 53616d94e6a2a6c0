"""The agents one after the other, as the workflow runs them, on sites written in a test."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from leadboard.domain import package
from leadboard.domain.package import AgentResult, Sections
from leadboard.domain.site import Found, PageFacts, SiteFacts, read_page, read_site
from leadboard.engine.agents import REGISTRY
from leadboard.engine.agents.base import ICP, IMPORT, WORKSPACE, Known, LeadFacts, Unable

TODAY = date(2026, 11, 21)
HOST = "https://acme-roofing.com"


def site_of(pages: Mapping[str, str]) -> SiteFacts:
    """A site of pages by path, each the inside of a body."""
    return read_site([read_page(_page(body), f"{HOST}{path}", "US") for path, body in pages.items()])


def _page(body: str) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>Acme Roofing</title></head><body><main>{body}</main></body></html>"
    )


def known(pages: Mapping[str, str] | None = None, **rest: Any) -> Known:
    """What is known of Acme Roofing."""
    rest.setdefault("lead", LeadFacts(name="Acme Roofing", domain="acme-roofing.com"))
    return Known(today=TODAY, site=site_of(pages) if pages else None, **rest)


def run(start: Known) -> tuple[Sections, dict[str, str]]:
    """The sections after all agents, and the error of each that was unable."""
    sections: Sections = {}
    errors: dict[str, str] = {}
    for agent in REGISTRY:
        try:
            result = AgentResult(agent.id, True, output=agent.run(replace(start, sections=sections)))
        except Unable as error:
            errors[agent.id] = error.sentence
            result = AgentResult(agent.id, False, error=error.sentence)
        sections = package.merge(sections, result)
    return sections, errors


def haystacks(start: Known) -> dict[str, list[str]]:
    """Every text that may be quoted, by source."""
    lead, icp = start.lead, start.icp
    listed = [str(getattr(lead, field.name)) for field in fields(lead)]
    listed += [f"{lead.headcount_min}–{lead.headcount_max}", "is hiring: yes" if lead.is_hiring else "", lead.place]
    listed += [person.text for person in start.people]
    texts = {
        IMPORT: listed,
        ICP: [entry for name in ("industry", "geographies", "signals", "exclusions") for entry in getattr(icp, name)]
        + list(icp.specialities)
        if icp
        else [],
        WORKSPACE: list(start.sender.offers),
    }
    for page in start.site.pages if start.site else ():
        texts.setdefault(page.url, []).extend([page.text, page.title, page.description, *_snippets(page)])
    return texts


def _snippets(value: Any) -> list[str]:
    """The snippet of every value that was read on a page."""
    if isinstance(value, Found):
        return [value.snippet]
    if isinstance(value, tuple | list):
        return [text for item in value for text in _snippets(item)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in _snippets(getattr(value, field.name))]
    return []


def everything(start: Known) -> str:
    """All that went in, as one text."""
    pages: tuple[PageFacts, ...] = start.site.pages if start.site else ()
    return "\n".join([*(text for texts in haystacks(start).values() for text in texts), repr(pages), repr(start.icp)])


def strings(value: Any) -> list[str]:
    """Every text of a section but the snippets, which are quotations."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key not in ("snippet", "source") for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return []
