"""The Sales board as people work on it: move by menu, key and drag, undo, two people at one card."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from leadboard.domain.rights import Role
from tests.e2e import accessible, seed, sights
from tests.e2e.conftest import Cable, Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

NAMES = ("Fjord Bakery", "Halden Instruments", "Kestrel Foods")


@pytest.fixture
def selling(server: Server, ada: Somebody, ben: Somebody) -> Place:
    """A workspace whose leads are enriched, the most valuable first."""
    done = {"column": "enriched", "stage": "enriched", "status": "enriched"}
    leads = [
        seed.lead(name, f"{name.split()[0].lower()}.example", value=(3 - n) * 1_000_000, **done)
        for n, name in enumerate(NAMES)
    ]
    return seed.workspace(server, "Selling", [(ada, Role.OWNER), (ben, Role.MEMBER)], leads)


def _sales(place: Place) -> str:
    return f"/w/{place.slug}/sales"


def _move(page: Page, name: str, to: str, *, force: bool = False) -> None:
    """By the card's menu; `force` presses what says that it is off, too."""
    card = sights.card(page, name)
    card.hover()
    card.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=f"Move to {to}", exact=True).click(force=force)


def _drag(page: Page, name: str, to: Locator) -> None:
    """Take a card by the mouse and hold it over something."""
    page.get_by_role("link", name=name, exact=True).hover()
    page.mouse.down()
    to.hover(force=True, position={"x": 20, "y": 20})
    to.hover(force=True, position={"x": 24, "y": 20})


def _drop_in_the_middle(page: Page, name: str, to: Locator) -> None:
    """Take a card by the mouse and let go of it at once, where the contents of the column move under it."""
    page.get_by_role("link", name=name, exact=True).hover()
    page.mouse.down()
    to.hover(force=True, position={"x": 60, "y": 120})
    to.hover(force=True, position={"x": 64, "y": 122})
    page.mouse.up()


def _landing(page: Page, title: str) -> Locator:
    """Where a carried card would land, or where its copy stands until it comes."""
    return sights.column(page, title).locator("[data-landing]")


def _press_long(page: Page, card: Locator) -> None:
    box = card.bounding_box()
    assert box
    touch = page.context.new_cdp_session(page)
    at = {"x": box["x"] + 40, "y": box["y"] + 20}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    expect(page.get_by_role("dialog")).to_be_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_move_by_menu_is_seen_by_the_other_and_taken_back_with_u(
    server: Server, ada: Somebody, ben: Somebody, selling: Place, visitors: Visitors
) -> None:
    hers, his = (visitors.page(server, who, _sales(selling)) for who in (ada, ben))
    for page in (hers, his):
        sights.expect_leads(page, "Enriched", 3)
    expect(hers.get_by_role("main").get_by_role("listitem").first).to_contain_text("Fjord Bakery")

    _move(hers, "Fjord Bakery", "Negotiating")
    for page in (hers, his):
        sights.expect_leads(page, "Negotiating", 1)
        sights.expect_leads(page, "Enriched", 2)
    expect(sights.toast(hers, "Moved Fjord Bakery to Negotiating")).to_be_visible()
    expect(his.get_by_role("complementary", name="Activity")).to_contain_text("moved Fjord Bakery to Negotiating")

    hers.keyboard.press("u")
    for page in (hers, his):
        sights.expect_leads(page, "Negotiating", 0)
        sights.expect_leads(page, "Enriched", 3)


def test_a_dragged_card_says_where_it_lands_and_comes_back_with_escape(
    server: Server, ada: Somebody, selling: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, _sales(selling))
    sights.expect_leads(page, "Enriched", 3)
    _drag(page, "Fjord Bakery", sights.column(page, "Negotiating"))
    expect(_landing(page, "Negotiating")).to_have_text("Lands 1st, sorted by value")
    page.keyboard.press("Escape")
    expect(_landing(page, "Negotiating")).to_be_hidden()
    page.mouse.up()
    sights.expect_leads(page, "Enriched", 3)

    _drag(page, "Fjord Bakery", sights.column(page, "Negotiating"))
    page.mouse.up()
    sights.expect_leads(page, "Negotiating", 1)
    with server.standing_still():
        _drag(page, "Halden Instruments", page.get_by_role("navigation", name="Stages").get_by_text("Negotiating"))
        expect(_landing(page, "Negotiating")).to_have_text("Lands 2nd, sorted by value")
        page.mouse.up()
        expect(_landing(page, "Negotiating")).to_contain_text("Halden Instruments")
    sights.expect_leads(page, "Negotiating", 2)
    expect(_landing(page, "Negotiating")).to_be_hidden()
    names = sights.column(page, "Negotiating").get_by_role("listitem").get_by_role("link")
    expect(names).to_have_text(["Fjord Bakery", "Halden Instruments"])
    _drop_in_the_middle(page, "Kestrel Foods", sights.column(page, "Review"))
    sights.expect_leads(page, "Review", 1)


def test_the_keyboard_alone_sells(server: Server, ada: Somebody, selling: Place, visitors: Visitors) -> None:
    page = visitors.page(server, ada, _sales(selling))
    sights.expect_leads(page, "Enriched", 3)
    heard = page.get_by_role("status", name="Moving leads")
    page.get_by_role("link", name="Kestrel Foods", exact=True).focus()
    for key, said in (
        (" ", "Picked up Kestrel Foods, Enriched."),
        ("ArrowRight", "Review, lands 1 of 1."),
        ("Escape", "Kestrel Foods, back in Enriched."),
        (" ", "Picked up Kestrel Foods, Enriched."),
        ("ArrowRight", "Review, lands 1 of 1."),
        ("ArrowRight", "First contact, lands 1 of 1."),
        (" ", "Moved to First contact. Undo with U."),
    ):
        page.keyboard.press(key)
        expect(heard).to_have_text(said)
    sights.expect_leads(page, "First contact", 1)
    expect(page.get_by_role("link", name="Kestrel Foods", exact=True)).to_be_focused()

    page.keyboard.press("m")
    expect(page.get_by_role("menuitem", name="Move to Enriched")).to_be_focused()
    expect(page.get_by_role("menuitem", name="Move to First contact")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Move to Review")).to_be_focused()
    page.keyboard.press("Enter")
    sights.expect_leads(page, "Review", 1)
    page.keyboard.press("u")
    sights.expect_leads(page, "First contact", 1)

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+A")
    expect(page.get_by_role("menuitem", name=ada.name)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name=ada.name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(sights.card(page, "Fjord Bakery").get_by_title(ada.name)).to_be_visible()
    page.keyboard.press("Delete")
    sights.expect_leads(page, "Enriched", 1)
    expect(page.get_by_role("link", name="Halden Instruments", exact=True)).to_be_focused()


def test_a_finger_moves_a_lead_by_the_sheet(server: Server, ada: Somebody, selling: Place, visitors: Visitors) -> None:
    page = visitors.page(server, ada, _sales(selling), viewport={"width": 390, "height": 844}, has_touch=True)
    sights.expect_leads(page, "Enriched", 3)
    page.get_by_role("button", name="More for Halden Instruments").tap()
    sheet = page.get_by_role("dialog", name="Move Halden Instruments")
    expect(sheet).to_contain_text("now in Enriched")
    expect(sheet.get_by_role("button", name="Enriched")).to_be_disabled()
    accessible.expect_accessible(page)
    page.touchscreen.tap(200, 60)
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="More for Halden Instruments").tap()
    sheet.get_by_role("button", name="Review").tap()
    expect(sheet).to_be_hidden()
    sights.expect_leads(page, "Enriched", 2)
    expect(sights.toast(page, "Moved Halden Instruments to Review")).to_be_visible()
    page.get_by_role("button", name="More for Fjord Bakery").tap()
    page.get_by_role("dialog", name="Move Fjord Bakery").get_by_role("button", name="Disqualified").tap()
    why = page.get_by_role("dialog", name="Why is Fjord Bakery disqualified?", exact=True)
    why.get_by_text("Bad timing").tap()
    why.get_by_role("button", name="Move to Disqualified", exact=True).tap()
    expect(why).to_be_hidden()
    sights.expect_leads(page, "Enriched", 1)

    _press_long(page, sights.card(page, "Kestrel Foods"))
    expect(page.get_by_role("dialog", name="Move Kestrel Foods")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_stage_that_has_to_know_something_asks_where_the_card_lands(
    server: Server, ada: Somebody, ben: Somebody, selling: Place, visitors: Visitors
) -> None:
    page, his = (visitors.page(server, who, _sales(selling)) for who in (ada, ben))
    for each in (page, his):
        sights.expect_leads(each, "Enriched", 3)
    why = page.get_by_role("dialog", name="Why is Halden Instruments disqualified?", exact=True)
    halden = page.get_by_role("link", name="Halden Instruments", exact=True)
    _drag(page, "Halden Instruments", page.get_by_role("navigation", name="Stages").get_by_text("Disqualified"))
    page.mouse.up()
    expect(why.get_by_role("radio", name="Too small", exact=True)).to_be_focused()
    expect(_landing(page, "Disqualified")).to_contain_text("Halden Instruments")
    page.keyboard.press("Escape")
    expect(why).to_be_hidden()
    expect(_landing(page, "Disqualified")).to_be_hidden()
    expect(halden).to_be_focused()
    sights.expect_leads(page, "Enriched", 3)

    _drag(page, "Halden Instruments", page.get_by_role("navigation", name="Stages").get_by_text("Disqualified"))
    page.mouse.up()
    page.keyboard.press("Enter")
    expect(why).to_contain_text("No reason was chosen.")
    accessible.expect_accessible(page)
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(why).to_be_hidden()
    for each in (page, his):
        sights.expect_leads(each, "Disqualified", 1)
        expect(sights.card(each, "Halden Instruments")).to_contain_text("No budget")
    expect(sights.toast(page, "Moved Halden Instruments to Disqualified: No budget")).to_be_visible()
    expect(halden).to_be_focused()
    page.keyboard.press("u")
    sights.expect_leads(page, "Enriched", 3)
    expect(sights.card(page, "Halden Instruments")).not_to_contain_text("No budget")


def test_the_keyboard_alone_books_a_meeting_and_rules_out_several(
    server: Server, ada: Somebody, selling: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, _sales(selling))
    sights.expect_leads(page, "Enriched", 3)
    kestrel = page.get_by_role("link", name="Kestrel Foods", exact=True)
    kestrel.focus()
    page.keyboard.press("m")
    item = page.get_by_role("menuitem", name="Move to Meeting booked", exact=True)
    expect(item).to_be_visible()
    item.press("Enter")
    when = page.get_by_role("dialog", name="When is the meeting with Kestrel Foods?", exact=True)
    day = when.get_by_label("Day and time")
    expect(day).to_be_focused()
    expect(day).to_have_value(re.compile(r"T10:00$"))
    day.fill("")
    page.keyboard.press("Enter")
    expect(when).to_contain_text("The meeting has no day and time.")
    day.fill("2020-02-03T14:30")
    page.keyboard.press("Enter")
    sights.expect_leads(page, "Meeting booked", 1)
    expect(sights.card(page, "Kestrel Foods")).to_contain_text("Was Mon 3 Feb 2020, 14:30")
    expect(kestrel).to_be_focused()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Kestrel Foods", exact=True)
    edit = sheet.get_by_role("button", name="Edit meeting", exact=True)
    edit.press("Enter")
    day = sheet.get_by_label("Day and time", exact=True)
    expect(day).to_be_focused()
    expect(day).to_have_value("2020-02-03T14:30")
    day.fill("2020-02-05T09:00")
    page.keyboard.press("Enter")
    expect(sheet.get_by_text("Wed 5 Feb 2020, 09:00 (UTC)", exact=True)).to_be_visible()
    expect(edit).to_be_focused()
    page.keyboard.press("Escape")
    expect(sights.card(page, "Kestrel Foods")).to_contain_text("Was Wed 5 Feb 2020, 09:00")
    expect(kestrel).to_be_focused()

    page.get_by_role("link", name="Halden Instruments", exact=True).focus()
    page.keyboard.press("ControlOrMeta+a")
    for key in (" ", *["ArrowRight"] * 5, " "):
        page.keyboard.press(key)
    why = page.get_by_role("dialog", name="Why are these 2 disqualified?", exact=True)
    expect(why).to_be_visible()
    page.keyboard.press("6")
    expect(why.get_by_role("radio", name="Could not be reached", exact=True)).to_be_checked()
    page.keyboard.press("Enter")
    sights.expect_leads(page, "Disqualified", 2)
    page.keyboard.press("u")
    sights.expect_leads(page, "Enriched", 2)


def test_who_moved_it_first_is_told_and_one_may_insist(
    server: Server, ada: Somebody, ben: Somebody, selling: Place, visitors: Visitors
) -> None:
    hers, his = (visitors.page(server, who, _sales(selling)) for who in (ada, ben))
    for page in (hers, his):
        sights.expect_leads(page, "Enriched", 3)
    card = sights.card(his, "Halden Instruments")
    card.hover()
    card.get_by_role("button", name="More for Halden Instruments").click()
    _move(hers, "Halden Instruments", "Review")
    expect(his.get_by_role("button", name="Updates wait: 1", exact=True)).to_be_visible()
    his.get_by_role("menuitem", name="Move to Negotiating").click()
    expect(sights.toast(his, "Ada Moreno moved Halden Instruments to Review in the meantime")).to_be_visible()
    sights.expect_leads(his, "Negotiating", 0)

    his.get_by_role("button", name="Keep mine").click()
    for page in (hers, his):
        sights.expect_leads(page, "Negotiating", 1)
        sights.expect_leads(page, "Review", 0)


def test_without_a_connection_no_change_is_made_and_each_try_is_told_why(
    server: Server, ada: Somebody, selling: Place, visitors: Visitors
) -> None:
    """From the moment it is lost, before the page says so, until it is back."""
    context = visitors.context(server, ada)
    cable = Cable(context)
    page = context.new_page()
    page.goto(_sales(selling))
    sights.expect_leads(page, "Enriched", 3)
    told = page.get_by_role("status", name="Changes")
    why = "The connection is lost. Changes are off until it is back."
    cable.pull()
    _move(page, "Fjord Bakery", "Negotiating", force=True)
    expect(told).to_have_text(why)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Halden Instruments", exact=True).press("Space")
    _drag(page, "Halden Instruments", sights.column(page, "Negotiating"))
    page.mouse.up()
    expect(page.locator("[data-carried]")).to_have_count(0)
    expect(page.get_by_role("banner").get_by_text("Reconnecting…")).to_be_visible()
    expect(page.get_by_role("button", name="Undo my last change")).to_have_attribute("title", why)

    cable.plug_in()
    sights.live(page)
    expect(told).to_be_hidden()
    sights.expect_leads(page, "Enriched", 3)
    _move(page, "Fjord Bakery", "Negotiating")
    sights.expect_leads(page, "Negotiating", 1)
    sights.expect_leads(page, "Enriched", 2)


def test_a_lead_opens_over_the_sales_board_and_closes_back_to_it(
    server: Server, ada: Somebody, selling: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, _sales(selling))
    page.get_by_role("link", name="Kestrel Foods", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Kestrel Foods")
    assert f"{_sales(selling)}/{selling.leads['Kestrel Foods']}" in page.url
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.rstrip("/").endswith(_sales(selling))


@pytest.mark.parametrize("width", [390, 1440])
def test_the_sales_board_is_accessible(
    server: Server, ada: Somebody, selling: Place, visitors: Visitors, width: int
) -> None:
    page = visitors.page(server, ada, _sales(selling), viewport={"width": width, "height": 900})
    sights.expect_leads(page, "Enriched", 3)
    accessible.expect_accessible_in_both_themes(page)
