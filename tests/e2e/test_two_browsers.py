"""Two people at two machines see one board: they follow the same work to the same end, also through a power cut."""

import gzip
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from leadboard.domain.rights import Role
from tests.conftest import need
from tests.e2e import seed, sights
from tests.e2e.conftest import Console, Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server

LONG_MS = 150_000


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


@pytest.mark.timeout(400)
def test_both_follow_the_enrichment_of_200_leads(
    server: Server, ada: Somebody, ben: Somebody, visitors: Visitors
) -> None:
    place, hers, his = _two_boards(server, ada, ben, visitors, 200)
    hers.get_by_role("button", name="Enrich 200 leads").click()
    for page in (hers, his):
        sights.expect_leads(page, "Enriched", 200, timeout=LONG_MS)
        sights.expect_counts(page, Enriched=200)
        sights.expect_not_reloaded(page)
    _every_lead_once(server, place)


@pytest.mark.timeout(400)
def test_both_come_back_after_a_power_cut_and_every_lead_is_enriched_once(
    server: Server, ada: Somebody, ben: Somebody, visitors: Visitors, console: Console
) -> None:
    console.expected = [r"WebSocket connection to 'ws://localhost:\d+/_event", r"ERR_CONNECTION_REFUSED"]
    place, hers, his = _two_boards(server, ada, ben, visitors, 60)
    hers.get_by_role("button", name="Enrich 60 leads").click()
    expect(sights.column(his, "Enriched").get_by_role("listitem")).not_to_have_count(0, timeout=LONG_MS)
    server.kill9()
    try:
        for page in (hers, his):
            expect(page.get_by_role("banner").get_by_text("Reconnecting…")).to_be_visible()
    finally:  # whatever they saw: the tests that follow need the server
        server.start()
    for page in (hers, his):
        sights.live(page)
        sights.expect_leads(page, "Enriched", 60, timeout=LONG_MS)
        sights.expect_counts(page, Enriched=60)
        sights.expect_not_reloaded(page)
    _every_lead_once(server, place)


def _two_boards(
    server: Server, ada: Somebody, ben: Somebody, visitors: Visitors, leads: int
) -> tuple[Place, Page, Page]:
    place = seed.workspace(
        server, f"Board of {leads}", [(ada, Role.OWNER), (ben, Role.MEMBER)], seed.company_leads(leads)
    )
    pages = visitors.page(server, ada, place.board), visitors.page(server, ben, place.board)
    for page in pages:
        sights.expect_leads(page, "Harvested", leads)
        sights.mark(page)
    return place, *pages


def _every_lead_once(server: Server, place: Place) -> None:
    """One package a lead, and its enrichment told once."""
    with closing(sqlite3.connect(f"file:{server.data_dir / 'leadboard.db'}?mode=ro", uri=True)) as store:
        packages = store.execute("select lead_id from package where workspace_id = ?", (place.id.hex,)).fetchall()
        told = store.execute(
            "select lead_id from event where workspace_id = ? and kind = 'lead_enriched'", (place.id.hex,)
        ).fetchall()
    wanted = sorted(lead.hex for lead in place.leads.values())
    assert sorted(lead for (lead,) in packages) == wanted
    assert sorted(lead for (lead,) in told) == wanted
