"""Headless viewers of a board: raw websockets that note when each marked move arrives, in a process of their own."""

import asyncio
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

MARK = rb"move-(\d{6})"
NAMESPACE = "/_event"
BOARD = "reflex___state____state.leadboard___ui___board___state____board_state"


@dataclass
class Seen:
    """When each mark reached each viewer (monotonic seconds), and how many bytes came."""

    arrivals: dict[str, list[float]] = field(default_factory=dict)
    messages: int = 0
    size: int = 0
    """Bytes in all."""

    def note(self, marks: set[bytes], length: int) -> None:
        """A frame of this many bytes that showed these marks for the first time."""
        now = time.monotonic()
        self.messages += 1
        self.size += length
        for mark in marks:
            self.arrivals.setdefault(mark.decode(), []).append(now)


async def view(
    url: str, origin: str, cookie: str, path: str, seen: Seen, mark: re.Pattern[bytes], more: Sequence[str] = ()
) -> None:
    """Look at a board like a tab does, until cancelled; each mark counts at its first sight by this viewer. `more`: the
    columns of which more cards are shown, as often as they are named."""
    mine: set[bytes] = set()
    headers = {"Cookie": cookie} if cookie else {}
    async with connect(
        url, origin=Origin(origin), additional_headers=headers, max_size=None, compression=None
    ) as socket:
        if path:
            await _open_board(socket, path, more)
        while True:
            frame = await socket.recv(decode=False)
            if frame == b"2":
                await socket.send("3")
                continue
            fresh = set(mark.findall(frame)) - mine
            if fresh:
                mine |= fresh
                seen.note(fresh, len(frame))


async def _open_board(socket: ClientConnection, path: str, more: Sequence[str]) -> None:
    await socket.recv()
    await socket.send(f"40{NAMESPACE},")
    await socket.recv()
    router = {"pathname": path, "asPath": path, "query": {}}
    for name, payload in (("look", {}), *(("more", {"column": column}) for column in more)):
        event = {"name": f"{BOARD}.{name}", "payload": payload, "router_data": router, "token": ""}
        await socket.send(f"42{NAMESPACE},{json.dumps(['event', event])}")


async def main(plan: dict) -> None:
    """Run the viewers of a plan `{urls, origin, cookies, path, report, seconds}`, with `mark` (what they look out for)
    and `more`, until the server has reported or the time is up, and print what they saw as JSON."""
    seen, mark, more = Seen(), re.compile(plan.get("mark", "").encode() or MARK), plan.get("more", ())
    tasks = []
    for url, cookie in zip(plan["urls"], plan["cookies"], strict=True):
        tasks.append(asyncio.create_task(view(url, plan["origin"], cookie, plan["path"], seen, mark, more)))
        await asyncio.sleep(0.01)
    until = time.monotonic() + plan["seconds"]
    while not Path(plan["report"]).exists() and time.monotonic() < until and not all(task.done() for task in tasks):
        await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    failures = [repr(result) for result in results if isinstance(result, Exception)]
    sys.stdout.write(json.dumps({**asdict(seen), "failures": failures[:3]}))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.stdin.read())))
