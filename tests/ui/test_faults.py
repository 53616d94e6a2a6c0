"""What nobody expected: the person gets a code to quote, the log the rest, and no browser fills the log."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
import structlog
from reflex.event import Event
from reflex_base.registry import RegistrationContext

from leadboard import log
from leadboard.store import db
from leadboard.ui import frame
from leadboard.ui.frame import Frame, Reports, on_browser_error
from leadboard.ui.guard import FRAMEWORK, public
from tests.conftest import Team
from tests.ui.conftest import Pages, session_of

SECRET = "seven green bicycles"

(REPORT,) = (name for name in FRAMEWORK if name.endswith(".handle_frontend_exception"))


class Told:
    """What was logged as in production: one JSON object a line."""

    def __init__(self, out: io.StringIO) -> None:
        self._out = out

    def entries(self, event: str) -> list[dict[str, Any]]:
        """The entries of this kind since the last time somebody asked."""
        lines = self._out.getvalue().splitlines()
        self._out.seek(0)
        self._out.truncate()
        return [entry for line in lines if (entry := json.loads(line))["event"] == event]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    was = logging.root.handlers, logging.root.level
    monkeypatch.setattr("sys.stderr", out := io.StringIO())
    log.configure("WARNING")
    yield Told(out)
    logging.root.handlers, logging.root.level = was
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def breaking() -> Iterator[str]:
    """A handler with a fault in it, which says more than anybody should read."""
    known = set(RegistrationContext.get().event_handlers)

    class Breaking(rx.State):
        @rx.event
        @public
        def press(self, how: str) -> None:
            raise RuntimeError(f"MARKER {how}\npassword='{SECRET}' in select * from user")

    yield f"{Breaking.get_full_name()}.press"
    for name in set(RegistrationContext.get().event_handlers) - known:
        del RegistrationContext.get().event_handlers[name]


async def sentences(pages: Pages) -> list[str]:
    """What the toasts of the one open tab say, once there are any: the error handler runs after its event ended."""
    (state,) = pages.manager.states.values()
    async with asyncio.timeout(10):
        while not (toasts := (await state.get_state(Frame)).toasts):  # noqa: ASYNC110  nobody tells of a toast
            await asyncio.sleep(0.001)
    return [part.text for toast in toasts for part in toast.parts]


async def test_a_fault_shows_only_a_code_and_the_log_has_all_but_secrets(
    pages: Pages, breaking: str, told: Told
) -> None:
    await pages.processor.enqueue("t", Event(name=breaking, payload={"how": "once"}))
    await pages.processor.join(10)

    (said,) = await sentences(pages)
    (entry,) = told.entries("fault")
    assert said == (f"This did not work, and nothing was lost. If it happens again, quote the code {entry['fault']}.")
    assert len(entry["fault"]) == 8
    assert (entry["level"], entry["error"]) == ("error", "RuntimeError")
    assert "MARKER once" in entry["exception"]
    assert "in press" in entry["exception"], "the trace leads to the line"
    assert SECRET not in str(entry)


async def test_a_page_that_cannot_be_read_says_so(pages: Pages, team: Team, told: Told) -> None:
    session = await session_of(team.owner)
    enter = f"{Frame.get_full_name()}.enter"
    assert await pages.call(enter, {}, session, f"/w/{team.slug}/board", tab="t") is None
    db.use(None)
    assert isinstance(await pages.call(enter, {}, session, f"/w/{team.slug}/board", tab="t"), RuntimeError)

    (said,) = await sentences(pages)
    (entry,) = told.entries("fault")
    assert entry["fault"] in said


async def test_every_fault_is_one_line_and_has_a_code_of_its_own(pages: Pages, breaking: str, told: Told) -> None:
    entries: list[dict[str, Any]] = []
    for n in range(50):
        await pages.call(breaking, {"how": str(n)})
    async with asyncio.timeout(10):
        while len(entries) < 50:
            entries += told.entries("fault")
            await asyncio.sleep(0.001)

    assert [entry["exception"].count("MARKER") for entry in entries] == [1] * 50
    assert len({entry["fault"] for entry in entries}) == 50


async def test_a_browser_that_reports_without_end_is_heard_five_times_a_minute(
    pages: Pages, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(frame, "_reports", Reports(clock=lambda: now))

    async def reports(tab: str, times: int) -> int:
        for n in range(times):
            await pages.call(REPORT, {"info": f"It broke\n{n} " + "x" * 3000, "component_stack": ""}, tab=tab)
        entries = told.entries("browser error")
        assert all(len(entry["error"]) == 2000 for entry in entries)
        return len(entries)

    assert await reports("noisy", 20) == 5
    assert await reports("other", 1) == 1, "one tab does not silence another"
    now += 59
    assert await reports("noisy", 1) == 0
    now += 1
    assert await reports("noisy", 20) == 5


def test_what_reflex_counted_itself_is_not_counted_again(told: Told) -> None:
    for _ in range(10):
        on_browser_error(Exception("[SID: a] No dispatch function registered."))

    assert len(told.entries("browser error")) == 10


def test_a_minute_is_all_that_is_remembered_of_a_tab() -> None:
    now = 0.0
    reports = Reports(clock=lambda: now)
    for n in range(1000):
        reports.take(f"tab {n}")
    now = 60.0
    reports.take("another")

    assert list(reports._taken) == ["another"]
