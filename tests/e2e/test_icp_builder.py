"""The builder of the ideal customer by keyboard: tags, sizes, what matches, a suggestion, versions and the way back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from leadboard.domain.rights import Role
from tests.e2e import seed, sights
from tests.e2e.accessible import expect_accessible
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server


@pytest.fixture
def builder(server: Server, ada: Somebody) -> Place:
    """Ten dear leads in robotics, thirty cheap ones in retail."""
    robots = [
        seed.lead(f"Robot {n}", f"robot-{n}.example", industry="Robotics", value=900_000 + n, country="NO")
        for n in range(10)
    ]
    shops = [
        seed.lead(f"Shop {n}", f"shop-{n}.example", industry="Retail", value=1_000 + n, country="NO") for n in range(30)
    ]
    return seed.workspace(server, "Builders", [(ada, Role.OWNER)], [*robots, *shops])


def tags(page: Page, name: str) -> Locator:
    """The tags of a field, as they read."""
    return page.locator(f"[data-tags={name}] li > span")


def test_tags_are_typed_pasted_walked_and_removed_by_keyboard(
    server: Server, ada: Somebody, builder: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, f"/w/{builder.slug}/icp")
    entry = page.get_by_label("Industries", exact=True)
    entry.press_sequentially("Robotics")
    entry.press("Enter")
    expect(entry).to_have_value("")
    entry.press_sequentially("Optics,")
    expect(tags(page, "industry")).to_have_text(["Robotics", "Optics"])
    expect(entry).to_have_value("")
    _paste(entry, "Lasers\nSensors\trobotics")
    expect(tags(page, "industry")).to_have_text(["Robotics", "Optics", "Lasers", "Sensors"])
    entry.press("Backspace")
    last = page.get_by_role("button", name="Remove Sensors")
    expect(last).to_be_focused()
    last.press("Backspace")
    expect(tags(page, "industry")).to_have_text(["Robotics", "Optics", "Lasers"])
    expect(entry).to_be_focused()
    entry.press("ArrowLeft")
    expect(page.get_by_role("button", name="Remove Lasers")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Remove Optics")).to_be_focused()
    page.keyboard.press("Delete")
    expect(tags(page, "industry")).to_have_text(["Robotics", "Lasers"])
    expect(page.get_by_role("button", name="Remove Lasers")).to_be_focused()
    page.keyboard.type("m")
    expect(entry).to_be_focused()
    expect(entry).to_have_value("m")
    page.get_by_label("Signals", exact=True).focus()
    expect(tags(page, "industry")).to_have_text(["Robotics", "Lasers", "m"])
    page.get_by_label("Signals", exact=True).fill("x" * 101)
    page.get_by_label("Signals", exact=True).press("Enter")
    expect(page.get_by_label("Signals", exact=True)).to_have_accessible_description(
        f"“{'x' * 40}…” has 101 characters, 100 is the most. Shorten it."
    )


def test_a_draft_shows_what_matches_and_versions_go_forth_and_back(
    server: Server, ada: Somebody, builder: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, ada, f"/w/{builder.slug}/icp")
    matches = page.get_by_role("region", name="Matches in this workspace")
    expect(matches).to_contain_text("0of 40 leads")
    offer = page.get_by_role("button", name="Add “Robotics” to industries")
    expect(page.get_by_text("10 of your 15 best-valued leads are in it, 0 of the 25 others.")).to_be_visible()
    offer.click()
    expect(tags(page, "industry")).to_have_text(["Robotics"])
    expect(offer).to_be_hidden()
    expect(matches).to_contain_text("10of 40 leads")
    page.get_by_label("Smallest company").fill("500")
    page.get_by_label("Largest company").fill("50")
    page.get_by_label("Signals", exact=True).focus()
    expect(page.get_by_label("Largest company")).to_have_attribute("aria-invalid", "true")
    expect_accessible(page)
    page.get_by_role("button", name="Swap them").click()
    expect(page.get_by_label("Smallest company")).to_have_value("50")
    page.get_by_label("Signals", exact=True).press_sequentially("hiring")
    page.keyboard.press("Control+s")
    expect(sights.toast(page, "Saved version 1")).to_be_visible()
    versions = page.get_by_role("region", name="Versions")
    expect(versions).to_contain_text("Signals: + hiring")
    expect(versions).to_contain_text("Company size: any size became 50–500 people")
    page.get_by_role("button", name="Remove Robotics").click()
    expect(page.get_by_text("Industries: − Robotics")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(sights.toast(page, "Saved version 2")).to_be_visible()
    expect(versions).to_contain_text("Industries: − Robotics")
    expect_accessible(page)
    page.get_by_role("button", name="Restore version 1").click()
    expect(sights.toast(page, "Restored version 1 as version 3")).to_be_visible()
    expect(tags(page, "industry")).to_have_text(["Robotics"])
    expect(page.get_by_role("region", name="Scoring")).to_be_hidden()


def test_who_saves_over_a_newer_version_is_told_and_loses_nothing(
    server: Server, ada: Somebody, builder: Place, visitors: Visitors
) -> None:
    hers, his = (visitors.page(server, ada, f"/w/{builder.slug}/icp") for _ in range(2))
    his.get_by_label("Signals", exact=True).fill("funding,")
    expect(tags(his, "signals")).to_have_text(["funding"])
    hers.get_by_label("Signals", exact=True).fill("hiring,")
    expect(tags(hers, "signals")).to_have_text(["hiring"])
    hers.get_by_role("button", name="Save").click()
    expect(sights.toast(hers, "Saved version 1")).to_be_visible()
    his.get_by_role("button", name="Save").click()
    expect(his.get_by_role("alert")).to_contain_text("saved version 1 while you worked")
    expect(tags(his, "signals")).to_have_text(["funding"])
    expect(his.get_by_text("Signals: + funding, − hiring")).to_be_visible()
    his.get_by_role("button", name="Save").click()
    expect(sights.toast(his, "Saved version 2")).to_be_visible()


def _paste(entry: Locator, text: str) -> None:
    """Paste as a browser does: an event with the text on the clipboard."""
    entry.evaluate(
        """(input, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            input.focus();
            input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )
