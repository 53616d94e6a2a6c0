"""What a person sees, found by role and name."""

import re

from playwright.sync_api import Locator, Page, expect

COLUMNS = (
    "Harvested",
    "Intake",
    "Analysis",
    "Qualification",
    "Refinement",
    "Strategy",
    "Messaging",
    "Enriched",
    "Needs attention",
)


def column(page: Page, title: str) -> Locator:
    """A column of the board, whatever its count."""
    return page.get_by_role("region", name=re.compile(rf"^{title}, [\d,]+ leads?$"))


def expect_leads(page: Page, title: str, many: int, timeout: float | None = None) -> None:
    """Wait until a column says that it holds this many leads."""
    told = f"{title}, {many:,} {'lead' if many == 1 else 'leads'}"
    expect(page.get_by_role("region", name=told, exact=True)).to_be_visible(timeout=timeout)


def _strip(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Stages").get_by_role("button")


def expect_counts(page: Page, **counts: int) -> None:
    """Wait until the stage strip says so, and 0 for every column that is not named."""
    told = [f"{title}{counts.get(title, 0):,}" for title in COLUMNS]
    expect(_strip(page)).to_have_text(told)


def counts_at_rest(page: Page) -> dict[str, int]:
    """Wait until nothing is between the first column and the last ones; what the stage strip says then."""
    first, *between, enriched, attention = COLUMNS
    number = r"[\d,]+"
    told = [f"{first}{number}", *(f"{title}0" for title in between), f"{enriched}{number}", f"{attention}{number}"]
    expect(_strip(page)).to_have_text([re.compile(rf"^\s*{each}\s*$") for each in told])
    texts = _strip(page).all_text_contents()
    return {title: int(re.sub(r"\D", "", text)) for title, text in zip(COLUMNS, texts, strict=True)}


def card(page: Page, name: str) -> Locator:
    """A lead's card."""
    return page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("link", name=name, exact=True))


def live(page: Page) -> None:
    """Wait until the page is connected."""
    expect(page.get_by_role("banner").get_by_text("Live")).to_be_visible(timeout=60_000)


def toast(page: Page, said: str, *, whole: bool = False) -> Locator:
    """A message at the foot of the page; `whole` where another one may say the same and more."""
    return page.get_by_role("status", name="Messages").get_by_text(said, exact=whole)


def expect_sign_in(page: Page, timeout: float | None = None) -> None:
    """Wait until the page is the one to sign in."""
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=timeout)
    expect(page).to_have_url(re.compile("/sign-in/?$"))


def sign_out(page: Page, button: Locator) -> None:
    """Press what signs out and wait for the answer: a page to sign in, told by the line, may show before and goes."""
    with page.expect_event("load"):
        button.click()
    expect_sign_in(page)


def mark(page: Page) -> None:
    """Mark a page so that a reload is noticed."""
    page.evaluate("window.notReloaded = true")


def expect_not_reloaded(page: Page) -> None:
    """It is the page that was marked, as it was loaded then."""
    assert page.evaluate("window.notReloaded") is True
