"""A page with a part in its address is served as one shell: Reflex answers it with 404, although the page is there."""

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class KnownPages:
    """Turns that 404 into 200 for addresses that lead to a page of ours."""

    def __init__(self, app: ASGIApp, route_of: Callable[[str], str | None]) -> None:
        self._app = app
        self._route_of = route_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; only the status of a known page's HTML is changed."""
        if scope["type"] != "http" or not self._route_of(scope["path"]):
            await self._app(scope, receive, send)
            return

        async def known(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 404 and _is_html(message):
                message = {**message, "status": 200}
            await send(message)

        await self._app(scope, receive, known)


def _is_html(message: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in message["headers"])
