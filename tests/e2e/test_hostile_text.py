"""Text that wants to be a script stays text, wherever it is shown."""

import csv
from pathlib import Path

from playwright.sync_api import Page, expect

from leadboard.domain.rights import Role
from leadboard.ui.icp.page import FIELDS
from tests.e2e import seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Somebody
from tests.e2e.server import Server

IMAGE = "<img src=x onerror=document.title='stolen'>"
FRAME = '<iframe srcdoc="<script>parent.document.title=1</script>"></iframe>'
LINK = "javascript:document.title='stolen'"
MARKDOWN = "[press](javascript:document.title='stolen') ![x](http://elsewhere.example/x.png)"
FORMULA = '=HYPERLINK("http://elsewhere.example")'
ROWS = [
    ("Company", "Website", "Description", "Industry", "City", "Deal owner", "Contact", "Contact title"),
    (f"{IMAGE} One", "company-0201.example", FRAME, IMAGE, FRAME, IMAGE, IMAGE, FRAME),
    (f"{FRAME} Two", LINK, IMAGE, LINK, IMAGE, FRAME, FRAME, LINK),
    (f"{LINK} Three", "company-0202.example", MARKDOWN, MARKDOWN, LINK, LINK, LINK, IMAGE),
]


def test_planted_scripts_are_shown_as_text_everywhere(
    server: Server, ada: Somebody, visitors: Visitors, tmp_path: Path
) -> None:
    place = seed.workspace(server, "Planted <b>&amp; bold</b>", [(ada, Role.OWNER)])
    page = visitors.page(server, ada, f"/w/{place.slug}/import")
    names = _import(page, tmp_path)
    page.get_by_role("link", name="Open board").click()
    sights.expect_leads(page, "Harvested", len(names))
    for name in names:
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    _harmless(page)
    page.get_by_role("link", name=names[0], exact=True).click()
    for tab in ("Summary", "Intelligence", "Claims", "Contacts", "Messages", "Timeline"):
        page.get_by_role("dialog").get_by_role("link", name=tab).click()
        expect(page.get_by_role("dialog").get_by_role("link", name=tab)).to_have_attribute("aria-current", "page")
        expect(page.get_by_role("dialog", name=names[0])).to_be_visible()
        _harmless(page)


def test_planted_names_of_people_and_profiles_are_shown_as_text_everywhere(
    server: Server, ada: Somebody, visitors: Visitors
) -> None:
    hostile = [seed.somebody(server, name) for name in (IMAGE, FRAME, LINK)]
    members = [(ada, Role.OWNER), *((each, Role.ADMIN) for each in hostile)]
    place = seed.workspace(server, IMAGE, members, seed.company_leads(1, start=48))
    page = visitors.page(server, hostile[0], f"/w/{place.slug}/icp")
    texts = (IMAGE, FRAME, LINK, MARKDOWN, FORMULA, IMAGE)
    for (_, label, *_), text in zip(FIELDS, texts, strict=True):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Save").click()
    expect(sights.toast(page, "Saved version 1")).to_be_visible()
    page.reload()
    for text in texts:
        expect(page.get_by_role("listitem").get_by_text(text, exact=True).first).to_be_visible()
    _harmless(page)
    page.goto(place.board)
    page.get_by_role("button", name="Enrich 1 lead").click()
    sights.expect_leads(page, "Enriched", 1, timeout=60_000)
    expect(page.get_by_role("complementary", name="Activity")).to_contain_text(f"{IMAGE} started enrichment")
    _harmless(page)
    page.get_by_role("link", name=next(iter(place.leads)), exact=True).click()
    sheet = page.get_by_role("dialog")
    for tab in ("Summary", "Timeline"):
        sheet.get_by_role("link", name=tab).click()
        expect(sheet.get_by_role("link", name=tab)).to_have_attribute("aria-current", "page")
        _harmless(page)
    expect(sheet).to_contain_text(IMAGE)
    page.goto(f"/w/{place.slug}/settings")
    for each in hostile:
        expect(page.get_by_text(each.name, exact=True).first).to_be_visible()
    _harmless(page)
    page.goto("/account")
    expect(page.get_by_text(IMAGE, exact=True).first).to_be_visible()
    _harmless(page)


def _import(page: Page, folder: Path) -> list[str]:
    file = folder / "<img src=x onerror=alert(1)>.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(ROWS)
    page.get_by_label("File to import").set_input_files(file)
    expect(page.get_by_role("region", name="First rows of the file")).to_contain_text(IMAGE)
    _harmless(page)
    page.get_by_role("button", name="Start import").click()
    expect(page.get_by_role("heading", name="Imported: ")).to_be_visible()
    _harmless(page)
    return [row[0] for row in ROWS[1:]]


def _harmless(page: Page) -> None:
    """Nothing ran, nothing planted became an element or a script address, nothing left."""
    assert "leadboard" in page.title()
    assert page.locator("iframe, img[src='x'], [onerror]").count() == 0
    assert page.locator("a[href^='javascript:' i]").count() == 0
