"""Two people at two machines see one board: they follow the same work to the same end, also through a power cut."""

import gzip
import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from leadboard.domain.rights import Role
from tests.conftest import need
from tests.e2e import seed, sights
from tests.e2e.conftest import Console, Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

LONG_MS = 150_000
MANY = int(os.environ.get("LEADBOARD_TEST_LEADS", "120"))
"""Leads that are enriched while people work; more of them by hand, they would take longer than the other tests."""

DEALS = tuple(f"Deal {number}" for number in range(1, 7))
SOLD = {"column": "enriched", "stage": "enriched", "status": "enriched"}


@pytest.mark.timeout(400)
def test_both_follow_the_import_of_a_real_list(
    server: Server, ada: Somebody, ben: Somebody, visitors: Visitors, tmp_path: Path
) -> None:
    packed = need("yc_companies") / "yc_companies.csv.gz"
    file = tmp_path / "yc_companies.csv"
    file.write_bytes(gzip.decompress(packed.read_bytes()))
    place = seed.workspace(server, "Startups", [(ada, Role.OWNER), (ben, Role.MEMBER)])
    hers = visitors.page(server, ada, f"/w/{place.slug}/import")
    his = visitors.page(server, ben, f"/w/{place.slug}/board")
    expect(his.get_by_role("heading", name="Bring in your first leads")).to_be_visible()
    sights.mark(his)
    hers.get_by_label("File to import").set_input_files(file)
    hers.get_by_role("button", name="Start import").click(timeout=60_000)
    sights.mark(hers)
    expect(his.get_by_role("navigation", name="Stages")).to_be_visible(timeout=60_000)
    expect(hers.get_by_role("heading", name="Imported: yc_companies.csv")).to_be_visible(timeout=LONG_MS)
    created = _sums_up(hers)
    hers.get_by_role("link", name="Open board").click()
    for page in (hers, his):
        sights.expect_leads(page, "Harvested", created)
        sights.expect_counts(page, Harvested=created)
        sights.expect_not_reloaded(page)


def _sums_up(page: Page) -> int:
    """The rows that were created; every row has exactly one outcome."""
    told = page.get_by_text(re.compile(r"[\d,]+ created \+ .* read$")).text_content() or ""
    created, updated, skipped, failed, read = (int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", told))
    assert created + updated + skipped + failed == read > 5_000
    return created


@pytest.mark.timeout(600)
def test_both_follow_the_enrichment_of_many_leads_while_one_of_them_works_on_the_sales_board(
    server: Server, ada: Somebody, ben: Somebody, visitors: Visitors
) -> None:
    """Nothing that she does is lost or moves under her hand, and both end with the same boards."""
    deals = [seed.lead(name, f"{name[-1]}.deals.example", value=n * 10**8, **SOLD) for n, name in enumerate(DEALS, 1)]
    place, hers, his = _two_boards(server, ada, ben, visitors, MANY, deals)
    hers.get_by_role("link", name="Sales", exact=True).click()
    sights.expect_leads(hers, "Enriched", len(DEALS))
    his.get_by_role("button", name=f"Enrich {MANY} leads").click()
    _wait_for_more(hers, 20)
    _scroll_and_see_nothing_move(hers)
    rounds = 0
    while _arrived(hers) < MANY // 2 or not rounds:
        _work(hers)
        rounds += 1

    sights.expect_leads(his, "Enriched", MANY + len(DEALS) - 1, timeout=LONG_MS)
    _every_lead_once(server, place, without=DEALS)
    his.get_by_role("link", name="Sales", exact=True).click()
    for page in (hers, his):
        sights.expect_leads(page, "Enriched", MANY + len(DEALS) - 1)
        sights.expect_leads(page, "Negotiating", 1)
        sights.expect_not_reloaded(page)
    assert _cards(hers) == _cards(his)


def _arrived(page: Page) -> int:
    """The leads in the Enriched column, as its head says."""
    said = sights.column(page, "Enriched").get_attribute("aria-label") or ""
    return int(re.sub(r"\D", "", said))


def _wait_for_more(page: Page, many: int) -> None:
    enough = _arrived(page) + many
    while _arrived(page) < enough:
        page.wait_for_timeout(200)


def _cards(page: Page) -> list[list[str]]:
    """The names in each column, as they stand."""
    columns = page.get_by_role("main").get_by_role("region").all()
    return [column.get_by_role("listitem").get_by_role("link").all_text_contents() for column in columns]


def _scroll_and_see_nothing_move(page: Page) -> None:
    """Cards that come while somebody reads further down leave the one before their eyes where it is."""
    cards = sights.column(page, "Enriched").get_by_role("listitem")
    cards.nth(8).get_by_role("link").evaluate("name => name.closest('ol').scrollTo(0, name.closest('li').offsetTop)")
    name = cards.nth(8).get_by_role("link").text_content() or ""
    watched = sights.card(page, name)
    before = watched.bounding_box()
    _wait_for_more(page, 8)
    after = watched.bounding_box()
    assert before
    assert after
    assert abs(after["y"] - before["y"]) <= 1


def _work(page: Page) -> None:
    """Drag a card there and back and there again, look for something, tag two leads and think better of it."""
    first, second, third = DEALS[-1], DEALS[-2], DEALS[-3]
    page.get_by_role("searchbox", name="Search leads").fill("Deal")
    expect(sights.card(page, first)).to_be_visible()
    expect(page.get_by_role("button", name="Remove the filter Text “Deal”")).to_be_visible()
    for title in ("Review", "Negotiating"):
        sights.card(page, first).drag_to(sights.column(page, title))
        sights.expect_leads(page, title, 1)
    for name in (second, third):
        sights.card(page, name).get_by_role("link", name=name, exact=True).click(modifiers=["ControlOrMeta"])
    bar = page.get_by_role("toolbar", name="Selected leads")
    expect(bar).to_contain_text("2 selected")
    bar.get_by_role("button", name="Tag").click()
    page.get_by_label("Tags, with commas between them").fill("hot")
    page.get_by_role("button", name="Add").click()
    expect(sights.toast(page, "Tagged 2 leads with hot", whole=True)).to_be_visible()
    page.keyboard.press("u")
    expect(sights.toast(page, "Undone: Tagged 2 leads with hot")).to_be_visible()
    page.get_by_role("button", name="Clear all").click()
    expect(page.get_by_role("button", name="Remove the filter Text “Deal”")).to_have_count(0)


@pytest.mark.timeout(400)
def test_both_come_back_after_a_power_cut_and_every_lead_is_enriched_once(
    server: Server, ada: Somebody, ben: Somebody, visitors: Visitors, console: Console
) -> None:
    console.expected = [r"WebSocket connection to 'ws://localhost:\d+/_event", r"ERR_CONNECTION_REFUSED"]
    place, hers, his = _two_boards(server, ada, ben, visitors, 40)
    hers.get_by_role("button", name="Enrich 40 leads").click()
    expect(sights.column(his, "Enriched").get_by_role("listitem")).not_to_have_count(0, timeout=LONG_MS)
    server.kill9()
    try:
        for page in (hers, his):
            expect(page.get_by_role("banner").get_by_text("Reconnecting…")).to_be_visible()
    finally:  # whatever they saw: the tests that follow need the server
        server.start()
    for page in (hers, his):
        sights.live(page)
        sights.expect_leads(page, "Enriched", 40, timeout=LONG_MS)
        sights.expect_counts(page, Enriched=40)
        sights.expect_not_reloaded(page)
    _every_lead_once(server, place)


def _two_boards(
    server: Server, ada: Somebody, ben: Somebody, visitors: Visitors, leads: int, more: Sequence[dict[str, Any]] = ()
) -> tuple[Place, Page, Page]:
    members = [(ada, Role.OWNER), (ben, Role.MEMBER)]
    place = seed.workspace(server, f"Board of {leads}", members, seed.company_leads(leads))
    place.leads.update(seed.add_leads(server, place, more) if more else {})
    pages = visitors.page(server, ada, place.board), visitors.page(server, ben, place.board)
    for page in pages:
        sights.expect_leads(page, "Harvested", leads)
        sights.mark(page)
    return place, *pages


def _every_lead_once(server: Server, place: Place, without: Sequence[str] = ()) -> None:
    """One package a lead, and its enrichment told once."""
    with closing(sqlite3.connect(f"file:{server.data_dir / 'leadboard.db'}?mode=ro", uri=True)) as store:
        packages = store.execute("select lead_id from package where workspace_id = ?", (place.id.hex,)).fetchall()
        told = store.execute(
            "select lead_id from event where workspace_id = ? and kind = 'lead_enriched'", (place.id.hex,)
        ).fetchall()
    wanted = sorted(lead.hex for name, lead in place.leads.items() if name not in without)
    assert sorted(lead for (lead,) in packages) == wanted
    assert sorted(lead for (lead,) in told) == wanted
