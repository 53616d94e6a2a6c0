"""What axe-core finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")

_axe = Axe()


def expect_accessible(page: Page) -> None:
    """No finding under WCAG 2.2 AA, in what is shown now."""
    found = _axe.run(page, options={"runOnly": list(RULES), "resultTypes": ["violations"]}).response["violations"]
    told = [
        f"{each['id']}: {node['html'][:200]} ({node['failureSummary'][:300]})"
        for each in found
        for node in each["nodes"]
    ]
    assert told == [], f"{page.url}\n" + "\n".join(told)
