"""The websites of the demo world's companies."""

from typing import NamedTuple

from leadboard.sandbox.services.base import Asked, Reply

HTML = {"Content-Type": "text/html; charset=utf-8"}


class Served(NamedTuple):
    """What a website answers, and after how many seconds."""

    reply: Reply
    seconds: float = 0.0


def answer(asked: Asked) -> Served | None:
    """What the website of this host answers; None where there is no such host."""
    company = asked.world.by_domain.get(asked.host.removeprefix("www."))
    if company is None:
        return None
    return Served(Reply(200, f"<h1>{company.name}</h1>", HTML))
