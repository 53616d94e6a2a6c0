"""Nothing moves under the hand: held updates, columns that stay where they are scrolled to, a focus that is kept."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from leadboard.domain.rights import Role
from tests.e2e import seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

MANY = 42
SOME_WAIT = re.compile(r"^Updates wait: \d+$")
SELECT_A_SENTENCE = "() => getSelection().selectAllChildren(document.querySelector('.columns .card-what'))"
SCROLL_TO = "card => { const list = card.closest('ol'); list.scrollTop = card.offsetTop - list.offsetTop - 30; }"


@pytest.fixture
def still(server: Server, ada: Somebody, ben: Somebody) -> Place:
    """Leads that stand by fit, so Lead 01 is on top; their values are in the same order."""
    leads = [
        seed.lead(f"Lead {n:02}", f"lead-{n}.example", fit_score=100 - n, value=(100 - n) * 100, what="Roofs")
        for n in range(1, MANY + 1)
    ]
    return seed.workspace(server, "Still", [(ada, Role.OWNER), (ben, Role.MEMBER)], leads)


def do(page: Page, name: str, what: str) -> None:
    """Choose something in the menu of a card."""
    card = sights.card(page, name)
    card.hover()
    card.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=what, exact=True).click()


def pill(page: Page, words: str = "new") -> Locator:
    return sights.column(page, "Harvested").get_by_role("button", name=words)


def waits(page: Page, many: int) -> Locator:
    return page.get_by_role("banner").get_by_role("button", name=f"Updates wait: {many}", exact=True)


def test_columns_stand_still_while_somebody_has_hold_of_them(
    server: Server, ada: Somebody, ben: Somebody, still: Place, visitors: Visitors
) -> None:
    hers, his = (visitors.page(server, who, still.board) for who in (ada, ben))
    for page in (hers, his):
        sights.expect_leads(page, "Harvested", MANY)
    feed = hers.get_by_role("complementary", name="Activity")

    sights.card(hers, "Lead 01").hover()
    hers.get_by_role("button", name="More for Lead 01").click()
    do(his, "Lead 04", "Do next")
    expect(waits(hers, 1)).to_be_visible()
    do(his, "Lead 03", "Do next")
    expect(waits(hers, 2)).to_be_visible()
    assert hers.get_by_role("main").get_by_text("Next", exact=True).count() == 0
    hers.keyboard.press("Escape")
    expect(sights.card(hers, "Lead 03")).to_contain_text("Next")
    expect(hers.get_by_text("Updates wait")).to_have_count(0)

    hers.evaluate(SELECT_A_SENTENCE)
    do(his, "Lead 05", "Do next")
    waits(hers, 1).click()
    expect(sights.card(hers, "Lead 05")).to_contain_text("Next")

    hers.evaluate("document.documentElement.dataset.hold = 'drag'")
    do(his, "Lead 06", "Enrich")
    expect(hers.get_by_role("banner").get_by_role("button", name=SOME_WAIT)).to_be_visible()
    expect(feed).to_contain_text("started enrichment of Lead 06")
    hers.evaluate("delete document.documentElement.dataset.hold")
    expect(hers.get_by_text("Updates wait")).to_have_count(0)


def test_a_column_scrolled_down_stays_and_says_what_came_in_above(
    server: Server, ada: Somebody, ben: Somebody, still: Place, visitors: Visitors
) -> None:
    """Also in a browser that keeps no scroll anchors itself."""
    bare = visitors.context(server, ada)
    bare.add_init_script("CSS.supports = () => false")
    hers, unanchored, his = visitors.page(server, ada), bare.new_page(), visitors.page(server, ben)
    for page in (hers, unanchored, his):
        page.goto(still.board)
    unanchored.add_style_tag(content=".cards { overflow-anchor: none }")
    tops = {}
    for page in (hers, unanchored):
        sights.expect_leads(page, "Harvested", MANY)
        sights.card(page, "Lead 12").evaluate(SCROLL_TO)
        tops[page] = sights.card(page, "Lead 12").bounding_box()
    sights.column(his, "Harvested").get_by_role("button", name="Show 12 more").click()

    do(his, "Lead 41", "Do next")
    do(his, "Lead 05", "Do next")
    for page, top in tops.items():
        expect(sights.card(page, "Lead 05")).to_contain_text("Next")
        assert sights.card(page, "Lead 12").bounding_box() == top
        pill(page, "1 new").click()
        expect(pill(page)).to_have_count(0)
        expect(sights.card(page, "Lead 05")).to_be_in_viewport()
    do(his, "Lead 42", "Do next")
    expect(sights.card(hers, "Lead 42")).to_be_in_viewport()
    expect(pill(hers)).to_have_count(0)


def test_the_focus_goes_with_a_card_that_somebody_moves_or_to_its_neighbour(
    server: Server, ada: Somebody, ben: Somebody, visitors: Visitors
) -> None:
    leads = [
        seed.lead(f"Deal {n}", f"deal-{n}.example", value=(10 - n) * 100_00, column="enriched", stage="enriched")
        for n in range(1, 5)
    ]
    place = seed.workspace(server, "Focus", [(ada, Role.OWNER), (ben, Role.MEMBER)], leads)
    hers, his = (visitors.page(server, who, f"/w/{place.slug}/sales") for who in (ada, ben))
    for page in (hers, his):
        sights.expect_leads(page, "Enriched", 4)
    link = hers.get_by_role("link", name="Deal 2", exact=True)
    link.focus()
    do(his, "Deal 2", "Move to Review")
    sights.expect_leads(hers, "Review", 1)
    expect(link).to_be_focused()

    hers.goto(f"/w/{place.slug}/sales?stage=enriched")
    sights.expect_leads(hers, "Enriched", 3)
    hers.get_by_role("link", name="Deal 3", exact=True).focus()
    do(his, "Deal 3", "Move to Review")
    sights.expect_leads(hers, "Enriched", 2)
    expect(hers.get_by_role("link", name="Deal 4", exact=True)).to_be_focused()
