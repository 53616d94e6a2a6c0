"""What axe-core finds on a page."""

import re
from collections.abc import Mapping

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
RULES_OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""Those of them that colours decide: all that another theme can change."""


def expect_accessible(page: Page, rules: Mapping[str, list[str]] = RULES) -> None:
    """No finding under WCAG 2.2 AA, in what is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", rules)["violations"]
    told = [
        f"{each['id']}: {node['html'][:200]} ({node['failureSummary'][:300]})"
        for each in found
        for node in each["nodes"]
    ]
    assert told == [], f"{page.url}\n" + "\n".join(told)


def expect_accessible_in_both_themes(page: Page) -> None:
    """No finding in what is shown now, be it light or dark: a page follows its system without being loaded again."""
    for scheme, rules in (("light", RULES), ("dark", RULES_OF_COLOUR)):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_class(re.compile(rf"\b{scheme}\b"))
        expect_accessible(page, rules)
