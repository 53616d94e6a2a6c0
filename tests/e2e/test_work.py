"""Enriching as a person does it: one lead, a column, a failure and another try, stopping, showing more."""

import re

import pytest
from playwright.sync_api import Page, expect

from leadboard.domain.rights import Role
from leadboard.ui.components.column import MOST_CARDS
from tests.e2e import seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import COMPANIES, Place, Somebody
from tests.e2e.server import Server

NOWHERE = "Nobody Home"


@pytest.fixture
def board(server: Server, ada: Somebody, place: Place, visitors: Visitors) -> Page:
    """Ada's board of 12 leads."""
    page = visitors.page(server, ada, place.board)
    sights.expect_leads(page, "Harvested", 12)
    return page


def _choose(page: Page, name: str, item: str) -> None:
    card = sights.card(page, name)
    card.hover()
    card.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=item).click()


def test_the_menu_of_a_card_enriches_one_lead(board: Page, place: Place) -> None:
    name = next(iter(place.leads))
    _choose(board, name, "Enrich")
    sights.expect_leads(board, "Enriched", 1)
    sights.expect_leads(board, "Harvested", 11)
    activity = board.get_by_role("complementary", name="Activity")
    expect(activity).to_contain_text(f"Ada Moreno started enrichment of {name}")
    expect(activity.get_by_text(re.compile(rf"{name} enriched, confidence \d+%"))).to_be_visible()


def test_the_menu_of_a_column_enriches_all_of_it(board: Page) -> None:
    sights.column(board, "Harvested").get_by_role("button", name="Actions for Harvested").click()
    board.get_by_role("menuitem", name="Enrich all").click()
    expect(sights.toast(board, "Enriching 12 leads")).to_be_visible()
    sights.expect_leads(board, "Enriched", 12, timeout=60_000)
    expect(board.get_by_role("button", name=re.compile(r"^Enrich \d+ lead"))).to_have_count(0)


def test_a_website_that_does_not_answer_is_said_and_tried_again(
    server: Server, ada: Somebody, visitors: Visitors
) -> None:
    company = seed.lead("Silent Roofing", COMPANIES.domains[40])
    place = seed.workspace(server, "Silent", [(ada, Role.OWNER)], [company])
    page = visitors.page(server, ada, place.board)
    server.sites.end()
    try:
        page.get_by_role("button", name="Enrich 1 lead").click()
        sights.expect_leads(page, "Needs attention", 1, timeout=60_000)
        failed = sights.card(page, company["name"])
        expect(failed.get_by_text(f"{company['domain']} could not be reached").first).to_be_visible()
    finally:
        server.start_sites()
    page.get_by_role("button", name=f"Retry {company['name']}").click()
    sights.expect_leads(page, "Enriched", 1, timeout=60_000)
    sights.expect_leads(page, "Needs attention", 0)


def test_an_unknown_domain_fails_alone(server: Server, ada: Somebody, visitors: Visitors) -> None:
    leads = [seed.lead(NOWHERE, "nobody-home.example"), *seed.company_leads(2, start=44)]
    place = seed.workspace(server, "Mixed", [(ada, Role.OWNER)], leads)
    page = visitors.page(server, ada, place.board)
    page.get_by_role("button", name="Enrich 3 leads").click()
    sights.expect_leads(page, "Enriched", 2, timeout=60_000)
    sights.expect_leads(page, "Needs attention", 1, timeout=60_000)
    expect(sights.card(page, NOWHERE)).to_contain_text("There is no website at nobody-home.example")


def test_stopping_puts_every_lead_back(server: Server, ada: Somebody, visitors: Visitors) -> None:
    place = seed.workspace(server, "Stopped", [(ada, Role.OWNER)], seed.company_leads(60, start=60))
    page = visitors.page(server, ada, place.board)
    page.get_by_role("button", name="Enrich 60 leads").click()
    page.get_by_role("main").get_by_role("button", name="Stop all").click()
    expect(sights.toast(page, "Stopped")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name="Stop all")).to_have_count(0)
    seen = sights.counts_at_rest(page)
    assert seen["Harvested"] + seen["Enriched"] == 60
    assert seen["Harvested"] > 0


def test_the_menu_of_a_card_stops_one_lead_and_no_other(server: Server, ada: Somebody, visitors: Visitors) -> None:
    leads = seed.company_leads(2, start=46)
    stopped, going = (lead["name"] for lead in leads)
    place = seed.workspace(server, "One stopped", [(ada, Role.OWNER)], leads)
    page = visitors.page(server, ada, place.board)
    sights.expect_leads(page, "Harvested", 2)
    server.sites.halt()
    try:
        page.get_by_role("button", name="Enrich 2 leads").click()
        expect(sights.card(page, stopped).get_by_role("progressbar")).to_be_visible()
        _choose(page, stopped, "Stop")
        sights.expect_leads(page, "Harvested", 1)
        expect(sights.column(page, "Harvested").get_by_role("link", name=stopped, exact=True)).to_be_visible()
    finally:
        server.sites.go_on()
    sights.expect_leads(page, "Enriched", 1, timeout=60_000)
    expect(sights.column(page, "Enriched").get_by_role("link", name=going, exact=True)).to_be_visible()
    sights.expect_leads(page, "Harvested", 1)


def test_a_column_says_where_it_ends(server: Server, ada: Somebody, visitors: Visitors) -> None:
    leads = [seed.lead(f"Lead {n:03}", f"lead-{n:03}.example") for n in range(1, MOST_CARDS + 6)]
    place = seed.workspace(server, "Endless", [(ada, Role.OWNER)], leads)
    page = visitors.page(server, ada, place.board)
    cards = sights.column(page, "Harvested").get_by_role("link")
    for shown in range(30, MOST_CARDS, 30):
        expect(cards).to_have_count(shown)
        page.get_by_role("button", name="Show 30 more").click()
    expect(cards).to_have_count(MOST_CARDS)
    expect(page.get_by_role("button", name=re.compile("Show .* more"))).to_have_count(0)
    expect(page.get_by_text("These are the first 300 of 305 leads; a column shows no more.")).to_be_visible()


def test_show_more_shows_the_next_leads(server: Server, ada: Somebody, visitors: Visitors) -> None:
    place = seed.workspace(server, "Long", [(ada, Role.OWNER)], seed.company_leads(40))
    page = visitors.page(server, ada, place.board)
    cards = sights.column(page, "Harvested").get_by_role("link")
    expect(cards).to_have_count(30)
    page.get_by_role("button", name="Show 10 more").click()
    expect(cards).to_have_count(40)
    expect(page.get_by_role("button", name=re.compile("Show .* more"))).to_have_count(0)
