"""How soon the first card is seen after the board is opened, against the very same page as a file without a script."""

import asyncio
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from leadboard.bench.board import served, world
from leadboard.errors import Refused

SAW_FIRST_CARD = """
window.seen = new Promise((resolve, reject) => {
  const look = () => document.querySelector("[data-lead]") && resolve(performance.now());
  setTimeout(() => reject(new Error("No card was seen in 30 s.")), 30_000);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  addEventListener("DOMContentLoaded", look);
});
"""
"""Runs in the page before anything else: milliseconds from the start of the navigation to the first card."""

BOARD = "/w/bench/board"

WINDOW_SECONDS = 2.0
"""So long a new window of a browser is busy with itself: Chromium draws the lists of its address bar beside the first
page, which takes a whole core for a second. Nobody has a page open before the window it opens in."""


async def run(leads: int = 20_000, times: int = 5) -> dict[str, Any]:
    """Open the board of a workspace with so many leads, `times` cold and warm; medians and longest in milliseconds."""
    with tempfile.TemporaryDirectory(prefix="leadboard-bench-") as folder:
        _, tokens = await world(f"sqlite:///{folder}/leadboard.db", leads, 1)
        async with _chromium() as browser:
            mounted = {"__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true", "INSECURE_HTTP": "true"}
            async with served(Path(folder), "leadboard.leadboard:app", **mounted) as port:
                product = await _measure(browser, f"http://localhost:{port}{BOARD}", times, tokens[0])
            page = Path(folder) / "index.html"
            page.write_text(re.sub(r"<script.*?</script>", "", product.pop("page"), flags=re.DOTALL))
            async with served(Path(folder), "leadboard.bench.board_app:file", LEADBOARD_BENCH_PAGE=str(page)) as port:
                floor = await _measure(browser, f"http://localhost:{port}/", times, "")
            floor.pop("page")
    return {"leads": leads, **product, "floor": floor}


async def _measure(browser: Browser, url: str, times: int, token: str) -> dict[str, Any]:
    cold, warm, drawn = [], [], ""
    for _ in range(times):
        context = await browser.new_context(viewport={"width": 1440, "height": 900})
        await context.add_init_script(SAW_FIRST_CARD)
        if token:
            await context.add_cookies([{"name": "lb", "value": token, "url": url.removesuffix(BOARD)}])
        page = await context.new_page()
        await asyncio.sleep(WINDOW_SECONDS)
        cold.append(await _opened(page, url))
        await page.wait_for_load_state("networkidle")
        warm.append(await _opened(page, url))
        drawn = await page.content()
        await context.close()
    return {
        "cold_ms": round(median(cold), 1),
        "cold_longest_ms": round(max(cold), 1),
        "warm_ms": round(median(warm), 1),
        "warm_longest_ms": round(max(warm), 1),
        "cards": drawn.count("data-lead="),
        "page": drawn,
    }


async def _opened(page: Page, url: str) -> float:
    await page.goto(url, wait_until="commit")
    return float(await page.evaluate("window.seen"))


@asynccontextmanager
async def _chromium() -> AsyncIterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise Refused("This bench looks with a real browser. Install chromium and run it again.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()
