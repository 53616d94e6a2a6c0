"""Everybody can use it: nothing that axe-core finds on any page, and the board by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import sights
from tests.e2e.accessible import expect_accessible_in_both_themes
from tests.e2e.conftest import Console, Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

ENRICHED = 4


def _board(page: Page, place: Place) -> None:
    page.goto(place.board)
    sights.expect_leads(page, "Enriched", ENRICHED)


def _lead(page: Page, place: Place) -> None:
    page.goto(f"{place.board}/{list(place.leads.values())[1]}")
    expect(page.get_by_role("dialog").get_by_role("heading", level=2).first).to_be_visible()


def _claims(page: Page, place: Place) -> None:
    page.goto(f"{place.board}/{list(place.leads.values())[1]}?tab=claims")
    expect(page.get_by_role("dialog").get_by_role("table").first).to_be_visible()


def _import(page: Page, place: Place) -> None:
    page.goto(f"/w/{place.slug}/import")
    expect(page.get_by_label("File to import")).to_be_attached()


def _mapping(page: Page, place: Place) -> None:
    _import(page, place)
    rows = b"Company,Website\nHalden,halden.example\nHalden,halden.example\n"
    page.get_by_label("File to import").set_input_files({"name": "two.csv", "mimeType": "text/csv", "buffer": rows})
    expect(page.get_by_role("combobox", name="Field for Website")).to_be_visible()


def _icp(page: Page, place: Place) -> None:
    page.goto(f"/w/{place.slug}/icp")
    expect(page.get_by_label("Industries")).to_be_visible()


def _settings(page: Page, place: Place) -> None:
    page.goto(f"/w/{place.slug}/settings")
    expect(page.get_by_role("heading", name="Members")).to_be_visible()
    expect(page.get_by_role("listitem").first).to_be_visible()


def _providers(page: Page, place: Place) -> None:
    page.goto(f"/w/{place.slug}/providers")
    page.get_by_role("button", name="Add key of Hunter").click()
    expect(page.get_by_label("Key", exact=True)).to_be_visible()


def _orders(page: Page, place: Place) -> None:
    page.goto(f"/w/{place.slug}/providers?view=order")
    expect(page.get_by_role("heading", name="E-mail finder", exact=True)).to_be_visible()


def _spend(page: Page, place: Place) -> None:
    page.goto(f"/w/{place.slug}/spend")
    expect(page.get_by_role("heading", name="Credits", exact=True)).to_be_visible()


def _account(page: Page, place: Place) -> None:
    page.goto("/account")
    expect(page.get_by_text("This browser", exact=True)).to_be_visible()


def _sign_in(page: Page, place: Place) -> None:
    page.goto("/sign-in?error=wrong&email=a@b.example")
    expect(page.get_by_label("Email")).to_be_visible()


def _lost(page: Page, place: Place) -> None:
    answer = page.goto(f"/w/{place.slug}/nothing")
    assert answer
    assert answer.status == 404
    way_back = page.get_by_role("link", name="Back to your board", exact=True)
    expect(way_back).to_have_attribute("href", place.board)


PAGES: tuple[Callable[[Page, Place], None], ...] = (
    _board,
    _lead,
    _claims,
    _import,
    _mapping,
    _icp,
    _settings,
    _providers,
    _orders,
    _spend,
    _account,
    _sign_in,
    _lost,
)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_any_page(
    server: Server, ada: Somebody, worked_place: Place, visitors: Visitors, console: Console, width: int
) -> None:
    console.expected = [r"status of 404 .*/w/[\w-]+/nothing\)$"]
    page = visitors.context(server, ada, viewport={"width": width, "height": 900}).new_page()
    for show in PAGES:
        show(page, worked_place)
        expect_accessible_in_both_themes(page)


def test_axe_finds_nothing_in_open_menus(
    server: Server, ada: Somebody, worked_place: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, worked_place.board)
    sights.expect_leads(page, "Enriched", ENRICHED)
    for opener in ("Actions for Harvested", "Your account", "Workspace Northfold Labs", "More"):
        page.get_by_role("button", name=opener, exact=True).click()
        expect(page.get_by_role("menu")).to_be_visible()
        expect_accessible_in_both_themes(page)
        page.keyboard.press("Escape")
        expect(page.get_by_role("menu")).to_be_hidden()


@pytest.mark.parametrize("show", [_board, _lead, _icp, _settings])
def test_no_page_scrolls_sideways(
    server: Server, ada: Somebody, worked_place: Place, visitors: Visitors, show: Callable[[Page, Place], None]
) -> None:
    page = visitors.context(server, ada).new_page()
    show(page, worked_place)
    for width in (1920, 1440, 1024, 768, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(f"innerWidth === {width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_the_board_is_walked_and_a_lead_opened_and_closed_by_keyboard(
    server: Server, ada: Somebody, worked_place: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, worked_place.board)
    sights.expect_leads(page, "Enriched", ENRICHED)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    cards = sights.column(page, "Harvested").get_by_role("link")
    first, second = cards.nth(0), cards.nth(1)
    first.focus()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    expect(second).to_have_attribute("tabindex", "0")
    expect(first).to_have_attribute("tabindex", "-1")
    page.keyboard.press("Home")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(sights.column(page, "Enriched").get_by_role("link").first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    name = first.text_content() or ""
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=name)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(first).to_be_focused()
