"""Services that answer only callers who say who they are."""

from typing import Any

from leadboard.sandbox.services.base import Asked, Handler, Reply

_STOCK = ("python-", "curl/", "wget/", "go-http-client/", "java/")
"""How callers are called who did not think of a name."""


def identified(handler: Handler, refused: Reply) -> Handler:
    """The handler, for callers with a name of their own; who has none, or that of a library, is refused."""

    def answer(asked: Asked) -> Any:
        agent = asked.headers.get("user-agent", "").lower()
        return handler(asked) if agent and not agent.startswith(_STOCK) else refused

    return answer
