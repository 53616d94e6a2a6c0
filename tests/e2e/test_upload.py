"""A file that is larger than the server takes is not sent."""

from pathlib import Path

from playwright.sync_api import expect

from leadboard.domain.importing import upload_sentence
from leadboard.domain.tabular.layout import MAX_BYTES
from tests.e2e.conftest import Visitors
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server


def test_a_file_that_is_too_large_is_said_beside_the_zone_and_the_next_one_is_taken(
    server: Server, ada: Somebody, place: Place, visitors: Visitors, tmp_path: Path
) -> None:
    page = visitors.page(server, ada, f"/w/{place.slug}/import")
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    large, small = tmp_path / "large.csv", tmp_path / "small.csv"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    small.write_text("Company,Website\nHalden,halden.example\n")
    said = page.get_by_role("alert").filter(has_text=upload_sentence("too_large"))
    expect(page.get_by_label("File to import")).to_be_attached()
    expect(said).to_be_hidden()

    page.get_by_label("File to import").set_input_files(large)
    expect(said).to_be_visible()
    expect(page.get_by_text("large.csv")).to_be_visible()
    assert posted == []

    page.get_by_label("File to import").set_input_files(small)
    expect(page.get_by_role("heading", name="small.csv")).to_be_visible()
    assert posted == [f"{server.url}/imports/{place.slug}"]
