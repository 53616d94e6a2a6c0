"""Filters of both boards as people use them: in the address, live in every browser, by keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from leadboard.domain.rights import Role
from tests.e2e import accessible, seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

FIELDS = ("country", "industry", "value", "fit_score", "column")


@pytest.fixture(scope="module")
def filtering(server: Server, ada: Somebody, ben: Somebody) -> Place:
    """A workspace of five leads: three rest, two are enriched."""
    rows = [
        ("Fjord Bakery", "NO", "Food", 1_000_000, 80, "harvested"),
        ("Halden Instruments", "NO", "Tools", 2_000_000, -1, "harvested"),
        ("Kestrel Foods", "SE", "Food", 4_000_000, 20, "harvested"),
        ("Umea Foods", "SE", "Food", 500_000, 45, "enriched"),
        ("Oslo Labs", "NO", "Labs", 600_000, 90, "enriched"),
    ]
    leads = [
        seed.lead(name, f"{name.split()[0].lower()}.example", **dict(zip(FIELDS, rest, strict=True)), stage=rest[-1])
        for name, *rest in rows
    ]
    return seed.workspace(server, "Filtering", [(ada, Role.OWNER), (ben, Role.MEMBER)], leads)


def test_a_filter_is_chosen_shared_taken_off_and_walked_back(
    server: Server, ada: Somebody, filtering: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, filtering.board)
    sights.expect_leads(page, "Harvested", 3)
    page.keyboard.press("f")
    panel = page.get_by_role("dialog", name="Filter")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("button", name="Clear all")).to_have_count(0)
    expect(panel.get_by_role("checkbox", name=re.compile("Norway"))).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("checkbox").first).to_be_focused()
    panel.get_by_role("checkbox", name=re.compile("Norway")).check()
    sights.expect_leads(page, "Harvested", 2)
    expect(panel.get_by_role("status")).to_have_text("3 leads match")
    panel.get_by_label("Value, from").fill("15,000")
    panel.get_by_label("Value, from").press("Enter")
    sights.expect_leads(page, "Harvested", 1)
    panel.get_by_role("button", name="Done").click()
    expect(panel).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?country=NO&value=15000-$"))

    page.get_by_role("link", name="Halden Instruments", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Halden Instruments")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/board/?\?country=NO&value=15000-$"))
    page.reload()
    sights.expect_leads(page, "Harvested", 1)
    expect(page.get_by_role("button", name="Enrich 1 that matches")).to_be_visible()

    page.get_by_role("button", name="Remove the filter Value").click()
    sights.expect_leads(page, "Harvested", 2)
    page.go_back()
    sights.expect_leads(page, "Harvested", 1)
    page.get_by_role("link", name="Sales", exact=True).click()
    expect(page).to_have_url(re.compile(r"/sales/?\?country=NO&value=15000-$"))
    expect(page.get_by_role("heading", name="No lead matches")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    sights.expect_leads(page, "Enriched", 2)


def test_a_slash_goes_to_the_search_which_follows_the_address(
    server: Server, ada: Somebody, filtering: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, f"/w/{filtering.slug}/sales")
    sights.expect_leads(page, "Enriched", 2)
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search leads")
    expect(search).to_be_focused()
    page.keyboard.type("FOODS")
    sights.expect_leads(page, "Enriched", 1)
    expect(page).to_have_url(re.compile(r"\?q=FOODS$"))
    expect(search).to_be_focused()
    page.get_by_role("button", name="Clear all").click()
    sights.expect_leads(page, "Enriched", 2)
    expect(search).to_have_value("")


def test_a_lead_comes_to_a_filtered_board_and_leaves_it(
    server: Server, ada: Somebody, ben: Somebody, filtering: Place, visitors: Visitors
) -> None:
    hers = visitors.page(server, ada, f"/w/{filtering.slug}/sales?q=umea")
    his = visitors.page(server, ben, f"/w/{filtering.slug}/sales?q=umea&stage=review")
    sights.expect_leads(hers, "Enriched", 1)
    expect(his.get_by_role("heading", name="No lead matches")).to_be_visible()
    card = sights.card(hers, "Umea Foods")
    card.hover()
    card.get_by_role("button", name="More for Umea Foods").click()
    hers.get_by_role("menuitem", name="Move to Review", exact=True).click()
    sights.expect_leads(his, "Review", 1)
    expect(his.get_by_role("region")).to_have_count(1)
    sights.expect_leads(hers, "Review", 1)
    hers.keyboard.press("u")
    expect(his.get_by_role("heading", name="No lead matches")).to_be_visible()
    sights.expect_leads(hers, "Enriched", 1)


def test_what_an_address_cannot_mean_is_said(
    server: Server, ada: Somebody, filtering: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, f"{filtering.board}?size=many&country=Atlantis&self=1&x=%00&stage=review")
    sights.expect_leads(page, "Harvested", 3)
    expect(page.get_by_text("“many” is no range like 50-500, so it was left out.")).to_be_visible()
    expect(page.get_by_text("“Atlantis” is no country, so it was left out.")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1440, "light")])
def test_the_filters_are_accessible(
    server: Server, ada: Somebody, filtering: Place, visitors: Visitors, width: int, theme: str
) -> None:
    path = f"{filtering.board}?country=NO&score=strong&q=e"
    page = visitors.page(server, ada, path, color_scheme=theme, viewport={"width": width, "height": 844})
    sights.expect_leads(page, "Harvested", 1)
    page.get_by_role("button", name="Filter", exact=True).click()
    expect(page.get_by_role("checkbox", name=re.compile("Norway"))).to_be_checked()
    accessible.expect_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Filter", exact=True)).to_be_focused()
    accessible.expect_accessible(page)
