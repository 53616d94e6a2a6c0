"""A real server, a real browser, and people in front of it. Every test fails on what the browser complains about."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebSocketRoute, expect, sync_playwright

from leadboard.domain.rights import Role
from tests.e2e import seed, sights
from tests.e2e.seed import Place, Somebody
from tests.e2e.server import Server, serving

WAIT_MS = 20_000
"""How long a page may take to show something, on a machine that does other things as well."""

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first one draws pages and no windows around them, which takes half the time."""

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="package")
def server(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, frontend: None, migrated_sqlite: Path
) -> Iterator[Server]:
    """A server that is set up already; its first owner is nobody we use.

    It never sweeps while the tests run: what disappears from a page does so because the page was told.
    """
    with serving(tmp_path_factory.mktemp("server"), migrated_sqlite, TEST_SWEEP_SECONDS="3600") as running:
        seed.install(running, seed.somebody(running, "First Owner"))
        yield running


@pytest.fixture(scope="module")
def fresh_server(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, frontend: None, migrated_sqlite: Path
) -> Iterator[Server]:
    """A server that nobody has set up."""
    with serving(tmp_path_factory.mktemp("fresh"), migrated_sqlite) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Where there is none, tests are skipped aloud, and in CI they fail."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        said = "chromium is not installed, so nothing was looked at in a real browser"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


@dataclass
class Console:
    """What browsers complained about, and where they went that is not ours."""

    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Patterns of what a test brings about on purpose."""

    def listen(self, context: BrowserContext, home: str) -> None:
        """Collect from every page of this context."""
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(f"page error: {error.error}"))
        context.on("request", lambda request: self._asked(request.url, home))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def _asked(self, url: str, home: str) -> None:
        if not url.startswith((home + "/", "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {url}")

    def unexpected(self) -> list[str]:
        """The complaints that nobody announced."""
        return [said for said in self.complaints if not any(re.search(each, said) for each in self.expected)]


@pytest.fixture
def console() -> Iterator[Console]:
    """No console error, page error, violation of the content policy or request to elsewhere, in any page of a test."""
    heard = Console()
    yield heard
    assert heard.unexpected() == []


class Visitors:
    """Opens browsers of a test: each a context of its own, as another person at another machine."""

    def __init__(self, browser: Browser, console: Console) -> None:
        self._browser = browser
        self._console = console
        self._open: list[BrowserContext] = []

    def context(self, server: Server, who: Somebody | None = None, **options: Any) -> BrowserContext:
        """A browser, signed in as `who`; reduced motion, 1440 x 900 and light unless `options` say otherwise."""
        options = {
            "base_url": server.url,
            "reduced_motion": "reduce",
            "viewport": {"width": 1440, "height": 900},
            "locale": "en-GB",
            "color_scheme": "light",
        } | options
        context = self._browser.new_context(**options)
        context.set_default_timeout(WAIT_MS)
        self._console.listen(context, server.url)
        self._open.append(context)
        if who is not None:
            name = server.settings.cookie_name
            context.add_cookies(
                [
                    {
                        "name": name,
                        "value": who.cookie,
                        "domain": "localhost",
                        "path": "/",
                        "secure": True,
                        "httpOnly": True,
                        "sameSite": "Lax",
                    }
                ]
            )
        return context

    def page(self, server: Server, who: Somebody | None = None, path: str = "/", **options: Any) -> Page:
        """A page in a browser of its own."""
        page = self.context(server, who, **options).new_page()
        page.goto(path)
        return page

    def close(self) -> None:
        for context in self._open:
            context.close()


class Cable:
    """Between a browser and the server. Pulled, its sockets close, and new ones wait until it is back."""

    def __init__(self, context: BrowserContext) -> None:
        self._open: list[WebSocketRoute] = []
        self._waiting: list[WebSocketRoute] | None = None
        context.route_web_socket(re.compile(""), self._begin)

    def _begin(self, socket: WebSocketRoute) -> None:
        if self._waiting is None:
            self._connect(socket)
        else:
            self._waiting.append(socket)

    def _connect(self, socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        self._open.append(socket)

    def pull(self) -> None:
        """Lose the connection."""
        self._waiting = []
        while self._open:
            self._open.pop().close()

    def plug_in(self) -> None:
        """Let the browser connect again."""
        waiting, self._waiting = self._waiting or [], None
        for socket in waiting:
            self._connect(socket)


@pytest.fixture
def visitors(browser: Browser, console: Console) -> Iterator[Visitors]:
    """Opens browsers; closes them all at the end."""
    opened = Visitors(browser, console)
    yield opened
    opened.close()


@pytest.fixture(scope="package")
def ada(server: Server) -> Somebody:
    """Owns the workspaces of the tests."""
    return seed.somebody(server, "Ada Moreno")


@pytest.fixture(scope="package")
def ben(server: Server) -> Somebody:
    """A member of them."""
    return seed.somebody(server, "Ben Oduya")


@pytest.fixture
def place(server: Server, ada: Somebody, ben: Somebody) -> Place:
    """A workspace of this test only, with 12 leads whose websites can be read."""
    return seed.workspace(server, "Northfold", [(ada, Role.OWNER), (ben, Role.MEMBER)], seed.company_leads(12))


@pytest.fixture(scope="package")
def worked_place(server: Server, ada: Somebody, browser: Browser) -> Place:
    """A workspace in the middle of things, only to look at: 40 leads at rest, four enriched, one failed, a profile."""
    leads = [seed.lead("Nobody Home", "nobody-home.example"), *seed.company_leads(4, start=100)]
    place = seed.workspace(server, "Northfold Labs", [(ada, Role.OWNER)], leads)
    visits = Visitors(browser, Console())
    page = visits.page(server, ada, f"/w/{place.slug}/icp")
    page.get_by_label("Industries").fill("roofing, software, dental")
    page.get_by_label("Countries or regions").fill("Norway, Austria")
    page.get_by_role("button", name="Save").click()
    expect(sights.toast(page, "Saved version 1")).to_be_visible()
    page.goto(place.board)
    page.get_by_role("button", name="Enrich 5 leads").click()
    sights.expect_leads(page, "Enriched", 4, timeout=60_000)
    sights.expect_leads(page, "Needs attention", 1)
    visits.close()
    rested = seed.add_leads(server, place, seed.company_leads(40, start=110))
    return replace(place, leads=place.leads | rested)
