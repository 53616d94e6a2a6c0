"""The shell of a page is sent with the names of the scripts that page will need."""

import json
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse

from leadboard.ui.preloads import Preloads

ROUTES = {
    "board": {"path": "w/:slug/board/:lead?", "module": "/assets/board-1.js", "imports": ["/a/react.js", "/a/menu.js"]},
    "account": {"path": "account", "module": "/assets/account-1.js", "imports": ["/a/react.js"]},
    "root": {"module": "/assets/root-1.js", "imports": []},
}
ROUTER = {
    "/w/north/board": "w/[slug]/board/[[lead]]",
    "/w/north/import": "w/[slug]/import/[[job]]",
    "/account": "account",
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """As the build leaves them."""
    (tmp_path / "404.html").write_text('<link rel="modulepreload" href="/a/react.js">')
    (tmp_path / "assets").mkdir()
    manifest = f"window.__reactRouterManifest={json.dumps({'routes': ROUTES})};"
    (tmp_path / "assets" / "manifest-1.js").write_text(manifest)
    return tmp_path


async def link_of(path: str, pages: Path) -> str | None:
    inner = Starlette()
    inner.add_route("/{path:path}", lambda request: HTMLResponse("the shell"))
    wire = httpx.ASGITransport(Preloads(inner, ROUTER.get, pages))
    async with httpx.AsyncClient(transport=wire, base_url="http://localhost") as browser:
        return (await browser.get(path)).headers.get("link")


async def test_the_page_s_scripts_are_named_but_those_the_shell_names_itself(pages):
    assert await link_of("/w/north/board", pages) == (
        "</assets/board-1.js>; rel=modulepreload, </a/menu.js>; rel=modulepreload"
    )


@pytest.mark.parametrize("path", ["/account", "/nothing", "/w/north/import"])
async def test_pages_of_their_own_and_addresses_that_lead_nowhere_are_passed_on(path, pages):
    assert await link_of(path, pages) is None


async def test_without_built_pages_nothing_is_named(tmp_path):
    assert await link_of("/w/north/board", tmp_path) is None
