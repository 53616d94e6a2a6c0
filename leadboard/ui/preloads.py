"""Tells browsers what a page will need with the shell that every page with a part in its address is served as.

The shell does not know which page it becomes: its scripts find that out when they run, and would ask for the page's own
script only then, and for what that needs after it.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PART = re.compile(r"\[(\[?)(\w+)\]\]?")


class Preloads:
    """Adds a `Link` header to the shell; `pages` is the folder of the built pages, `route_of` knows addresses."""

    def __init__(self, app: ASGIApp, route_of: Callable[[str], str | None], pages: Path) -> None:
        self._app = app
        self._route_of = route_of
        self._links = links(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; only a page's headers get one more."""
        route = self._route_of(scope["path"]) if scope["type"] == "http" else None
        link = self._links.get(_address(route)) if route else None
        if link is None:
            await self._app(scope, receive, send)
            return

        async def with_link(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"link", link)]}
            await send(message)

        await self._app(scope, receive, with_link)


def links(pages: Path) -> dict[str, bytes]:
    """Address of a page that is served as the shell -> the scripts it needs besides; none where nothing is built."""
    shell = pages / "404.html"
    manifest = next(pages.glob("assets/manifest-*.js"), None)
    if manifest is None or not shell.exists():
        return {}
    there = shell.read_text()
    routes = json.loads(manifest.read_text().removeprefix("window.__reactRouterManifest=").rstrip(";\n"))["routes"]
    needs = {route.get("path", ""): [route["module"], *route["imports"]] for route in routes.values()}
    return {
        address: _link([script for script in scripts if script not in there])
        for address, scripts in needs.items()
        if ":" in address
    }


def _link(scripts: list[str]) -> bytes:
    return ", ".join(f"<{script}>; rel=modulepreload" for script in scripts).encode()


def _address(route: str) -> str:
    """A route of Reflex as the manifest has it: `w/[slug]/board/[[lead]]` is `w/:slug/board/:lead?`."""
    return _PART.sub(lambda part: f":{part[2]}{'?' if part[1] else ''}", route)
