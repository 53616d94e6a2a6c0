"""Request bodies, counted while they arrive: too large is said before anything is kept."""

from leadboard.api.asgi import App, Message, Receive, Scope, Send, answer, header

KB, MB = 1024, 1024 * 1024

LIMITS: tuple[tuple[str, int], ...] = (
    ("/auth/", 16 * KB),
    ("/imports", 100 * MB),
    ("/api/v1/imports", 100 * MB),
    ("/api/", 1 * MB),
    ("/hooks/", 1 * MB),
)
"""Paths by how they begin and the bytes their bodies may have; the first that fits counts."""
OTHERWISE = 64 * KB


def limit_for(path: str) -> int:
    """How many bytes a body sent to this path may have."""
    return next((limit for begin, limit in LIMITS if path.startswith(begin)), OTHERWISE)


async def with_limit(app: App, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
    """Run the app with a body of at most `limit` bytes, declared or chunked; beyond it the answer is 413."""
    body = _Body(receive, send, limit)
    declared = header(scope, b"content-length")
    if declared is not None and (not declared.isdecimal() or int(declared) > limit):
        await body.refuse()
        return
    try:
        await app(scope, body.receive, body.send)
    except Exception:
        if not body.over:
            raise
    if body.over:
        await body.refuse()


class _Body:
    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._limit = receive, send, limit
        self._read = 0
        self._started = False
        self.over = False

    async def receive(self) -> Message:
        if self.over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._limit:
            self.over = True
            return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        if not self.over or self._started:
            self._started = True
            await self._send(message)

    async def refuse(self) -> None:
        if not self._started:
            await answer(self._send, 413, f"This is larger than the {self._limit // KB} KB that are taken here.")
