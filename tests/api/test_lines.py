"""What is posted on a line: in order, without waiting, and never more than the other side keeps up with."""

import asyncio
from dataclasses import dataclass, field

from leadboard.api.asgi import Message
from leadboard.api.lines import MOST_UNDER_WAY, SIGNED_OUT, Limits, Line


@dataclass
class Slow:
    """A server whose sending ends when the test says so."""

    sent: list[str] = field(default_factory=list)
    ends: list[asyncio.Future[None]] = field(default_factory=list)

    def send(self, message: Message) -> asyncio.Future[None]:
        self.sent.append(message["text"])
        self.ends.append(asyncio.get_running_loop().create_future())
        return self.ends[-1]


async def nothing() -> Message:
    return await asyncio.Future()


def line_over(slow: Slow) -> Line:
    return Line(None, "tab", nothing, slow.send, Limits(), lambda: 0.0)  # type: ignore[arg-type]


async def test_what_is_posted_leaves_at_once_and_in_order() -> None:
    slow = Slow()
    line = line_over(slow)
    for n in range(3):
        line.post(str(n))

    assert slow.sent == ["0", "1", "2"]
    assert not line.behind


async def test_a_line_is_behind_until_the_first_of_too_many_has_left() -> None:
    slow = Slow()
    line = line_over(slow)
    for n in range(MOST_UNDER_WAY):
        assert not line.behind
        line.post(str(n))
    assert line.behind

    slow.ends[0].set_result(None)
    assert not line.behind


async def test_a_sending_that_failed_is_not_under_way_any_more() -> None:
    slow = Slow()
    line = line_over(slow)
    for n in range(MOST_UNDER_WAY):
        line.post(str(n))
    slow.ends[0].set_exception(OSError("closed"))
    slow.ends[1].cancel()

    assert not line.behind


async def test_nothing_is_posted_on_a_line_that_was_ended() -> None:
    slow = Slow()
    line = line_over(slow)
    line.end(SIGNED_OUT)
    line.post("late")

    assert slow.sent == []


async def test_a_server_whose_sending_is_a_coroutine_will_do_as_well() -> None:
    sent: list[str] = []

    async def send(message: Message) -> None:
        sent.append(message["text"])

    line = Line(None, "tab", nothing, send, Limits(), lambda: 0.0)
    for n in range(20):
        line.post(str(n))
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert sent == [str(n) for n in range(20)]
    assert not line.behind
