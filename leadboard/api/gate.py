"""The one gate in front of pages, API, files and websocket (security sheet, 3.1).

It knows whom it lets in: Host, Origin, session, sizes and rates are looked at here. Behind it a websocket carries
`session=<id>` as its only cookie, and a client token that is worth nothing without that session.
"""

import hmac
from contextlib import AbstractAsyncContextManager
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from leadboard.actions import sign_in
from leadboard.api.asgi import (
    App,
    Message,
    Receive,
    Scope,
    Send,
    answer,
    answer_websocket,
    client_ip,
    cookie,
    header,
    visitor,
)
from leadboard.api.bodies import limit_for, with_limit
from leadboard.api.headers import SecurityHeaders
from leadboard.api.lines import Lines, TooMany, watch
from leadboard.settings import Settings

TOKEN = "leadboard.token"  # noqa: S105
"""Where the scope holds the session cookie's value for our own routes; no header carries it any further."""

INVITATION = "leadboard.invitation"
"""Where the scope holds the secret of the invitation that this browser opened."""

LINE = "leadboard.line"
"""Where the scope holds a websocket's line, for what is said to it directly."""

CLOSED = ("_upload", "_all_routes", "auth-codespace", "_event")
"""The framework's own addresses that nobody needs over HTTP."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
BEARER_ONLY = ("/api/v1/", "/hooks/")
"""No cookie counts here, so no other site can use one."""
PRIVATE = ("/auth/", "/api/", "/hooks/", "/health", "/files/", "/imports", "/join/")


class Gate:
    """An ASGI app in front of another. `pages`: the folder of built pages, whose inline scripts may run."""

    def __init__(self, app: App, settings: Settings, lines: Lines, pages: Path | None = None) -> None:
        self._app = app
        self._settings = settings
        self._lines = lines
        self._key = settings.sub_key("client token")
        self._headers = SecurityHeaders(settings.secure, pages)

    def run(self) -> AbstractAsyncContextManager[None]:
        """What goes on while the app serves: lines close when their session ends."""
        return watch(self._lines, sign_in.alive)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or a websocket through, or answer it here."""
        match scope["type"]:
            case "http":
                await self._http(scope, receive, send)
            case "websocket":
                await self._websocket(scope, receive, send)
            case _:
                await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        private = path.startswith(PRIVATE)

        async def described(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {
                    **message,
                    "headers": self._headers.added(message["status"], message.get("headers", ()), private),
                }
            await send(message)

        if header(scope, b"host") not in self._settings.hosts:
            await answer(described, 421, "This address is not served here.")
        elif path.lstrip("/").startswith(CLOSED):
            await answer(described, 404, "This page was not found.")
        elif self._is_foreign(scope):
            await answer(described, 403, "This was sent from another site. Open leadboard itself and try again.")
        else:
            await with_limit(self._app, self._inward(scope), receive, described, limit_for(path))

    def _is_foreign(self, scope: Scope) -> bool:
        if scope["method"] in SAFE or scope["path"].startswith(BEARER_ONLY):
            return False
        return header(scope, b"origin") not in self._settings.origins

    def _inward(self, scope: Scope) -> Scope:
        """The request as our routes see it: the visitor's own address, and the cookie out of the headers."""
        bearer_only = scope["path"].startswith(BEARER_ONLY)
        stripped = {b"cookie"} if bearer_only else {b"cookie", b"authorization"}
        return {
            **scope,
            "headers": [pair for pair in scope["headers"] if pair[0].lower() not in stripped],
            "client": (client_ip(scope, self._settings.trusted_proxy_hops), 0),
            TOKEN: "" if bearer_only else cookie(scope, self._settings.cookie_name),
            INVITATION: "" if bearer_only else cookie(scope, self._settings.invitation_cookie),
        }

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if header(scope, b"host") not in self._settings.hosts:
            await answer_websocket(scope, receive, send, 421, "This address is not served here.")
            return
        if header(scope, b"origin") not in self._settings.origins:
            await answer_websocket(scope, receive, send, 403, "This came from another site.")
            return
        carried = cookie(scope, self._settings.cookie_name)
        me = await sign_in.by_token(carried) if carried else None
        session = me.session_id if me else None
        name = str(session or "")
        query = [
            (key, self._bound(name, value) if key == "token" else value)
            for key, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        ]
        ip = client_ip(scope, self._settings.trusted_proxy_hops)
        inward = {
            **scope,
            "query_string": urlencode(query).encode(),
            "headers": [pair for pair in scope["headers"] if pair[0].lower() not in (b"cookie", b"authorization")]
            + [(b"cookie", f"session={name}".encode())],
        }
        token = dict(query).get("token", "")
        try:
            async with self._lines.line(session, visitor(ip), token, receive, send) as line:
                await self._app({**inward, LINE: line}, line.receive, line.send)
        except TooMany:
            await answer_websocket(scope, receive, send, 429, "There are too many open pages. Close some, then reload.")

    def _bound(self, session: str, token: str) -> str:
        """The client token under which the app keeps this tab's state: another one for every session."""
        return hmac.digest(self._key, f"{session}\n{token}".encode(), sha256).hex()
