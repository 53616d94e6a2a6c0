"""From an installation that nobody has set up to a board full of leads, the way its first owner goes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import sights
from tests.e2e.accessible import expect_accessible_in_both_themes
from tests.e2e.conftest import Visitors
from tests.e2e.server import Server

LIST = """Company,Website,What they do,City,Country,Deal value,Contact,Contact email
Halden Instruments,company-0001.example,Spectrometers for food labs,Bergen,Norway,48000,Ida Berg,ida@halden.example
Graz Robotik,company-0002.example,"Robot arms, small batches",Graz,Austria,64000.50,Max Huber,max@graz.example
Halden Instruments,http://www.company-0001.example/,The same company again,Bergen,Norway,,Jon Lie,jon@halden.example
,,,,,,,
,,,,,,Nobody,nobody
"""


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_the_set_up_page(fresh_server: Server, visitors: Visitors, width: int) -> None:
    page = visitors.page(fresh_server, path="/setup", viewport={"width": width, "height": 900})
    expect(page.get_by_label("Set-up code")).to_be_visible()
    expect_accessible_in_both_themes(page)


def test_the_first_owner_sets_up_imports_a_list_and_finds_it_on_the_board(
    fresh_server: Server, visitors: Visitors, tmp_path: Path
) -> None:
    page = visitors.page(fresh_server)
    expect(page).to_have_url(f"{fresh_server.url}/setup")
    _set_up(page, fresh_server)
    _first_visit(page)
    _import(page, tmp_path)
    _result(page)
    page.get_by_role("link", name="Open board").click()
    sights.expect_leads(page, "Harvested", 2)
    expect(sights.card(page, "Halden Instruments")).to_contain_text("€48k")
    expect(sights.card(page, "Graz Robotik")).to_contain_text("Graz, AT")


def _set_up(page: Page, server: Server) -> None:
    page.get_by_label("Your email").fill("ada")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Create workspace").click()
    for field, wrong in (
        ("Workspace name", "Give the workspace a name"),
        ("Your email", "This is not an e-mail address."),
        ("Password", "Use at least 12 characters."),
        ("Set-up code", "This is not the code"),
    ):
        expect(page.get_by_label(field, exact=True)).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_label(field, exact=True)).to_have_accessible_description(re.compile(wrong))
    expect(page.get_by_label("Your name")).to_have_attribute("aria-invalid", "false")
    page.get_by_label("Workspace name").fill("Northfold")
    page.get_by_label("Your name").fill("Ada Moreno")
    page.get_by_label("Your email").fill("ada@northfold.example")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("Set-up code").fill(server.settings.set_up_code())
    page.get_by_role("button", name="Create workspace").click()
    expect(page.get_by_text("Use at least 12 characters.")).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    expect(page.get_by_label("Your email")).to_have_value("ada@northfold.example")
    page.get_by_label("Password", exact=True).fill("quiet harbour lantern 42")
    page.get_by_role("button", name="Create workspace").click()
    expect(page).to_have_url(f"{server.url}/w/northfold/board")


def _first_visit(page: Page) -> None:
    expect(page.get_by_role("heading", name="Bring in your first leads")).to_be_visible()
    page.get_by_role("link", name="Import a list").click()


def _import(page: Page, folder: Path) -> None:
    file = folder / "first list.csv"
    file.write_text(LIST, encoding="utf-8")
    page.get_by_label("File to import").set_input_files(file)
    expect(page.get_by_role("heading", name="first list.csv")).to_be_visible()
    expect(page.get_by_text(re.compile(r"CSV, .*commas · 5 rows|CSV, .*commas · 4 rows"))).to_be_visible()
    expect(page.get_by_role("combobox", name="Field for Website")).to_have_value("website")
    description = page.get_by_role("combobox", name="Field for What they do")
    description.select_option(label="Description")
    expect(description).to_have_value("description")
    page.get_by_role("button", name="Start import").click()


def _result(page: Page) -> None:
    expect(page.get_by_role("heading", name="Imported: first list.csv")).to_be_visible()
    told = page.get_by_text(re.compile(r"[\d,]+ created \+ .* read$")).text_content() or ""
    created, updated, skipped, failed, read = (int(n) for n in re.findall(r"\d+", told))
    assert created + updated + skipped + failed == read
    assert (created, failed) == (2, 1)


def test_nobody_sets_up_twice(fresh_server: Server, visitors: Visitors) -> None:
    page = visitors.page(fresh_server, path="/setup")
    expect(page).to_have_url(f"{fresh_server.url}/sign-in")
