"""Open websockets: how many, how fast, whose, and how they end.

A line ends when its session does: told by `sessions_revoked` at once, or found by a sweep when that was not heard.
"""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from leadboard.api.asgi import Message, Receive, Send
from leadboard.log import fault
from leadboard.store.signals import sessions_revoked

SIGNED_OUT = 4401
"""The close code of a line whose session ended."""
TOO_MUCH = 1008

MOST_UNDER_WAY = 8
"""Frames on their way to one browser before it counts as one that does not keep up."""

Alive = Callable[[Collection[UUID]], Awaitable[set[UUID]]]
Clock = Callable[[], float]


@dataclass(frozen=True)
class Limits:
    """What one visitor may do with websockets. Somebody who did not sign in is counted by IP, others by session."""

    per_session: int = 10
    per_ip: int = 30
    new_per_ip: int = 20
    new_per_session: int = 60
    """New lines a minute; a proxied office is one IP, so people who signed in are counted each for themselves."""
    frames_at_once: int = 40
    frames_per_second: float = 20
    frame_bytes: int = 64 * 1024


HERE_ONLY = Limits(per_ip=1000, new_per_ip=10_000, new_per_session=10_000)
"""For an app that only its own machine can reach: that machine's browsers, tests and benches are one IP."""


class TooMany(Exception):
    """This visitor has as many lines as one may."""


class Line:
    """One websocket between the server and the app. `token` is the client token the app knows it by."""

    def __init__(self, session: UUID | None, token: str, receive: Receive, send: Send, limits: Limits, clock: Clock):
        self.session = session
        self.token = token
        self._receive, self._send = receive, send
        self._limits, self._clock = limits, clock
        self._allowance, self._counted_at = float(limits.frames_at_once), clock()
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._frame: asyncio.Future[Message] | None = None
        self._under_way: deque[asyncio.Future[None]] = deque()
        self._over = False

    def end(self, code: int) -> None:
        """Close it; the app sees a disconnect."""
        if not self._ended.done():
            self._ended.set_result(code)

    async def receive(self) -> Message:
        """The app's next message, or a disconnect once the line was ended or asked too much."""
        self._frame = self._frame or asyncio.ensure_future(self._receive())
        await asyncio.wait((self._frame, self._ended), return_when=asyncio.FIRST_COMPLETED)
        if not self._ended.done():
            message = self._frame.result()
            self._frame = None
            if message["type"] == "websocket.disconnect":
                self._over = True
            if message["type"] != "websocket.receive" or self._allowed(message):
                return message
            self.end(TOO_MUCH)
        return {"type": "websocket.disconnect", "code": self._ended.result()}

    async def send(self, message: Message) -> None:
        """Pass on what the app says, until the line was ended."""
        if self._ended.done():
            return
        if message["type"] == "websocket.close":
            self._over = True
        await self._send(message)

    def post(self, text: str) -> None:
        """Send this behind what was posted before, until the line was ended; does not wait."""
        if self._ended.done():
            return
        self._under_way.append(asyncio.ensure_future(self._send({"type": "websocket.send", "text": text})))
        self._forget_sent()

    @property
    def behind(self) -> bool:
        """Whether the other side does not keep up with what is posted."""
        self._forget_sent()
        return len(self._under_way) >= MOST_UNDER_WAY

    def _forget_sent(self) -> None:
        while self._under_way and self._under_way[0].done():
            sent = self._under_way.popleft()
            if not sent.cancelled():
                sent.exception()  # it was for a socket that closed: who reads from it finds out

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """While the app runs on this line: say goodbye when it is ended from our side."""
        farewell = asyncio.create_task(self._farewell())
        try:
            yield
        finally:
            self._over = self._over or not self._ended.done()
            if self._frame is not None:
                self._frame.cancel()
            if not self._ended.done():
                self._ended.cancel()
            await asyncio.wait((farewell,))

    async def _farewell(self) -> None:
        await asyncio.wait((self._ended,))
        if not self._over:
            self._over = True
            await self._send({"type": "websocket.close", "code": self._ended.result()})

    def _allowed(self, message: Message) -> bool:
        now = self._clock()
        earned = (now - self._counted_at) * self._limits.frames_per_second
        self._allowance = min(self._allowance + earned, float(self._limits.frames_at_once)) - 1
        self._counted_at = now
        return self._allowance >= 0 and _size(message) <= self._limits.frame_bytes


def _size(message: Message) -> int:
    text = message.get("text")
    return len(text.encode()) if text is not None else len(message.get("bytes") or b"")


class Lines:
    """All open lines of this process."""

    def __init__(self, limits: Limits | None = None, clock: Clock = time.monotonic) -> None:
        self.limits = limits or Limits()
        self._clock = clock
        self._open: defaultdict[str, set[Line]] = defaultdict(set)
        self._recent: defaultdict[str, deque[float]] = defaultdict(deque)

    @asynccontextmanager
    async def line(
        self, session: UUID | None, visitor: str, token: str, receive: Receive, send: Send
    ) -> AsyncIterator[Line]:
        """A line for one websocket, counted while it is open; `TooMany` before it is accepted."""
        who = str(session or visitor)
        self._admit(who, session is not None)
        line = Line(session, token, receive, send, self.limits, self._clock)
        self._open[who].add(line)
        try:
            async with line.held():
                yield line
        finally:
            self._open[who].discard(line)
            if not self._open[who]:
                del self._open[who]

    def _admit(self, who: str, signed_in: bool) -> None:
        at_once = self.limits.per_session if signed_in else self.limits.per_ip
        a_minute = self.limits.new_per_session if signed_in else self.limits.new_per_ip
        now, recent = self._clock(), self._recent[who]
        while recent and now - recent[0] >= 60:
            recent.popleft()
        if len(recent) >= a_minute or len(self._open.get(who, ())) >= at_once:
            raise TooMany
        recent.append(now)

    def tokens(self, session: UUID) -> frozenset[str]:
        """The client tokens, as the app knows them, of a session's open lines."""
        return frozenset(line.token for line in self._open.get(str(session), ()))

    def sessions(self) -> set[UUID]:
        """The sessions with an open line."""
        return {line.session for lines in self._open.values() for line in lines if line.session}

    def count(self) -> int:
        """How many lines are open."""
        return sum(map(len, self._open.values()))

    def revoke(self, sessions: Iterable[UUID]) -> None:
        """Close every line of these sessions."""
        for session in sessions:
            for line in tuple(self._open.get(str(session), ())):
                line.end(SIGNED_OUT)

    async def sweep(self, alive: Alive) -> None:
        """Close the lines of sessions that have ended, however that came; forget who called long ago."""
        held = self.sessions()
        if held:
            self.revoke(held - await alive(held))
        long_ago = self._clock() - 60
        for who in [who for who, recent in self._recent.items() if not recent or recent[-1] < long_ago]:
            del self._recent[who]


@asynccontextmanager
async def watch(lines: Lines, alive: Alive, every: float = 30) -> AsyncIterator[None]:
    """While the app runs: hear of sessions that end, and sweep for those not heard of."""
    stop = sessions_revoked.listen(lines.revoke)
    sweeping = asyncio.create_task(_sweep(lines, alive, every))
    try:
        yield
    finally:
        stop()
        sweeping.cancel()


async def _sweep(lines: Lines, alive: Alive, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await lines.sweep(alive)
        except Exception as error:  # one failed sweep must not end the others
            fault(error, during="sweep of sessions")
