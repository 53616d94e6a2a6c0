"""The menu of a column: another order for the board, and columns that are put aside."""

import re

from playwright.sync_api import Page, expect

from leadboard.domain.rights import Role
from tests.e2e import accessible, seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Somebody
from tests.e2e.server import Server

DONE = {"column": "enriched", "stage": "enriched", "status": "enriched"}


def expect_cards(page: Page, column: str, *names: str) -> None:
    cards = sights.column(page, column).get_by_role("listitem").get_by_role("link")
    expect(cards).to_have_text(names)


def test_a_board_is_sorted_and_stays_so(server: Server, ada: Somebody, visitors: Visitors) -> None:
    leads = [
        seed.lead(
            f"Deal {n}", f"deal-{n}.example", value=n * 100, fit_score=90 - n, country=("NO", "SE")[n % 2], **DONE
        )
        for n in range(4)
    ]
    place = seed.workspace(server, "Sorting", [(ada, Role.OWNER)], leads)
    page = visitors.page(server, ada, f"/w/{place.slug}/sales?country=NO")
    expect_cards(page, "Enriched", "Deal 2", "Deal 0")
    page.get_by_role("button", name="Actions for Review").click()
    page.get_by_role("menuitem", name="Sort all columns").click()
    page.get_by_role("menuitemradio", name="Fit", exact=True).click()
    expect_cards(page, "Enriched", "Deal 0", "Deal 2")
    expect(page).to_have_url(re.compile(r"\?country=NO&sort=fit$"))

    page.get_by_role("link", name="Deal 0", exact=True).click()
    page.get_by_role("dialog").get_by_role("link", name="Next lead").click()
    expect(page.get_by_role("dialog")).to_contain_text("Deal 2")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"/sales/?\?sort=fit$"))
    expect_cards(page, "Enriched", "Deal 0", "Deal 1", "Deal 2", "Deal 3")

    page.get_by_role("button", name="Sorted by fit", exact=True).click()
    expect(page.get_by_role("menuitemradio", checked=True)).to_have_text("Fit")
    accessible.expect_accessible(page)
    page.get_by_role("menuitemradio", name="Value", exact=True).click()
    expect_cards(page, "Enriched", "Deal 3", "Deal 2", "Deal 1", "Deal 0")
    expect(page).to_have_url(re.compile(r"/sales/?$"))
    page.go_back()
    expect(page.get_by_role("button", name="Sorted by fit", exact=True)).to_be_visible()


def test_a_column_is_put_aside_and_still_takes_cards(server: Server, ada: Somebody, visitors: Visitors) -> None:
    place = seed.workspace(server, "Aside", [(ada, Role.OWNER)], [seed.lead("Deal", "deal.example", **DONE)])
    page = visitors.page(server, ada, f"/w/{place.slug}/sales")
    sights.expect_leads(page, "Enriched", 1)
    page.get_by_role("button", name="Actions for Review").press("Enter")
    expect(page.get_by_role("menuitem", name="Select all shown")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("menuitem", name="Collapse")).to_be_focused()
    page.keyboard.press("Enter")
    expand = page.get_by_role("button", name="Expand Review")
    expect(expand).to_be_focused()
    review = sights.column(page, "Review")
    assert (review.bounding_box() or {})["width"] == 40

    page.reload()
    sights.expect_leads(page, "Enriched", 1)
    sights.card(page, "Deal").drag_to(review)
    sights.expect_leads(page, "Review", 1)
    expect(page.get_by_role("link", name="Deal", exact=True)).to_have_count(0)
    accessible.expect_accessible(page)
    expand.press("Enter")
    expect(page.get_by_role("button", name="Actions for Review")).to_be_focused()
    expect(sights.card(page, "Deal")).to_be_visible()
