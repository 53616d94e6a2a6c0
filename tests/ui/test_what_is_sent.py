"""What reaches a browser: nothing of anybody else's, whoever's tab it says it is, whatever is still at work for it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import parse_qsl, urlsplit

import pytest
from reflex.app import EventNamespace
from reflex.istate.manager.memory import StateManagerMemory
from reflex.state import StateUpdate
from reflex_base.event.processor import BaseStateEventProcessor
from sqlmodel import select

from leadboard.actions import sign_in
from leadboard.actions.sign_in import Caller
from leadboard.api.asgi import Message, Receive, Scope, Send
from leadboard.api.gate import Gate
from leadboard.api.lines import Lines
from leadboard.domain.rights import Principal
from leadboard.leadboard import app
from leadboard.settings import Settings
from leadboard.store import db, imports
from leadboard.store.tables import Lead, Membership, User
from leadboard.ui.frame import on_error
from leadboard.ui.guard import FRAMEWORK
from leadboard.ui.icp import state as builder
from tests.conftest import Team
from tests.ui.conftest import Pages, Wire, session_of

(HYDRATE,) = (name for name in FRAMEWORK if name.endswith(".hydrate_and_load"))
NORTH, SOUTH = "MARKER-north-7f3a", "MARKER-south-91c2"


@dataclass
class Sent:
    """Stands in for the sockets of Reflex's own updates: remembers them by the client token they are for."""

    by_tab: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    async def emit_update(self, update: StateUpdate, token: str) -> None:
        """As Reflex's namespace does it."""
        self.by_tab[token].append(str(update))


@dataclass
class Browsers:
    """Every tab there is: what each asks for, and everything that reaches it."""

    pages: Pages
    sent: Sent
    wire: Wire

    async def open(self, tab: str, session: str, url: str) -> None:
        """Open a page as a browser does, and wait for what that sets off."""
        await self.pages.call(HYDRATE, {}, session, url, tab=tab)
        await self.pages.processor.join(10)

    def got(self, tab: str) -> str:
        """Everything that reached a tab: updates of its state and frames of live views."""
        return "\n".join(self.sent.by_tab[tab] + [text for sid, text in self.wire.sent if sid == f"sid-{tab}"])


@pytest.fixture
async def browsers(pages: Pages, wire: Wire) -> AsyncIterator[Browsers]:
    processor = BaseStateEventProcessor(middleware=app, backend_exception_handler=on_error)
    manager, sent = StateManagerMemory(), Sent()
    async with processor.configure(state_manager=manager, event_namespace=cast(EventNamespace, sent)):
        yield Browsers(Pages(processor, manager), sent, wire)


@dataclass(frozen=True)
class Marked:
    """Two workspaces whose rows bear a marker, and the addresses of every page in the first."""

    team: Team
    other: Team
    urls: list[str]


@pytest.fixture
async def marked(database: db.Database, team: Team, other_team: Team) -> Marked:
    leads, jobs = {}, {}
    for each, marker in ((team, NORTH), (other_team, SOUTH)):
        async with db.begin(each.id) as tx:
            lead = Lead(workspace_id=each.id, key=f"{each.slug}.example", name=marker, what=marker, owner_name=marker)
            tx.add(lead)
            job = await imports.refuse(tx, imports.Upload(Path("a.csv"), f"{marker}.csv", 1), marker, marker)
            leads[each.slug], jobs[each.slug] = str(lead.id), str(job.id)
    parts = {"[slug]": "north", "[[lead]]": leads["north"], "[[job]]": jobs["north"]}
    urls = []
    for route in app._unevaluated_pages:
        for name, part in parts.items():
            route = route.replace(name, part)
        urls.append(f"/{route}")
    return Marked(team, other_team, urls)


@pytest.mark.parametrize("who", ["anonymous", "forged", "removed", "invited", "foreign"])
async def test_who_is_no_member_is_sent_nothing_of_any_page(browsers: Browsers, marked: Marked, who: str) -> None:
    session = "" if who == "anonymous" else "00000000-0000-4000-8000-000000000000"
    if who in ("removed", "invited", "foreign"):
        session = await session_of(marked.other.owner if who == "foreign" else marked.team.member)
    async with db.begin(marked.team.id) as tx:
        mine = select(Membership).where(Membership.user_id == marked.team.member.user_id)
        membership = (await tx.exec(mine)).one()
        membership.deleted_at = tx.now if who == "removed" else None
        membership.accepted_at = None if who == "invited" else tx.now
    for url in marked.urls:
        await browsers.open(url, session, url)
        got = browsers.got(url)
        assert got, "a page always gets its empty state"
        assert NORTH not in got, url
        assert marked.team.owner.name not in got, url
        assert str(marked.team.id) not in got, url


async def test_a_viewer_is_sent_what_is_in_their_workspace_and_nothing_else(browsers: Browsers, marked: Marked) -> None:
    session = await session_of(marked.team.viewer)
    shown = set()
    for url in marked.urls:
        await browsers.open(url, session, url)
        assert NORTH not in browsers.sent.by_tab[url][0], "hydration itself holds nobody's rows"
        got = browsers.got(url)
        assert SOUTH not in got, url
        assert marked.other.owner.name not in got, url
        if NORTH in got:
            shown.add(url.split("/")[3])

    assert shown == {"board", "sales", "import", "icp"}


class Building:
    """The gate, and the tab and the session that the app behind it knows a browser by."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._gate = Gate(self._arrived, settings, Lines())
        self._seen: tuple[str, str] = "", ""

    async def enter(self, client: str, cookie: str) -> tuple[str, str]:
        """Open a websocket that says it is this client; returns the token and the session that pass the gate."""
        headers = {"host": urlsplit(self._settings.address).netloc, "origin": self._settings.address, "cookie": cookie}
        scope = {
            "type": "websocket",
            "path": "/_event/",
            "query_string": f"token={client}".encode(),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("::1", 1),
        }
        await self._gate(scope, _nothing, _nowhere)
        return self._seen

    async def cookie(self, person: Principal) -> str:
        """The cookie of somebody who signs in."""
        async with db.begin() as tx:
            opened, _ = await sign_in.open_session(tx, await tx.get_one(User, person.user_id), Caller())
        return f"{self._settings.cookie_name}={opened.token}"

    async def _arrived(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookie = dict(scope["headers"])[b"cookie"].decode()
        self._seen = dict(parse_qsl(scope["query_string"].decode()))["token"], cookie.removeprefix("session=")


async def _nothing() -> Message:
    return {"type": "websocket.disconnect", "code": 1000}


async def _nowhere(message: Message) -> None:
    return None


async def test_a_stolen_tab_gets_nothing_while_work_goes_on_for_its_owner(
    browsers: Browsers, marked: Marked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, url = asyncio.Event(), "/w/north/icp"
    monkeypatch.setattr(builder, "asyncio", SimpleNamespace(sleep=lambda _: held.wait()))
    door = Building(Settings(LEADBOARD_DATA_DIR=tmp_path / "data"))
    cookie = await door.cookie(marked.team.owner)
    tab, session = await door.enter("tab", cookie)
    opening = asyncio.create_task(browsers.open(tab, session, url))
    async with asyncio.timeout(10):
        while "'trying_rx_state_': True" not in browsers.got(tab):  # noqa: ASYNC110  nobody tells of an update
            await asyncio.sleep(0.001)

    thieves = [
        await door.enter("tab", ""),
        await door.enter("tab", f"session={session}"),
        await door.enter("tab", await door.cookie(marked.other.owner)),
        await door.enter(tab, await door.cookie(marked.other.owner)),
        await door.enter(tab, f"session={session}"),
    ]
    for thief, pretended in thieves:
        await browsers.pages.call(HYDRATE, {}, pretended, url, tab=thief)
    assert not opening.done()
    assert NORTH not in browsers.got(tab)
    held.set()
    await opening
    await browsers.pages.processor.join(10)

    assert NORTH in browsers.got(tab), "the work was for its owner"
    for thief, pretended in thieves:
        assert (thief == tab, pretended == session) == (False, False)
        got = browsers.got(thief)
        assert got
        assert NORTH not in got
        assert marked.team.owner.name not in got


async def test_the_next_user_of_a_tab_gets_nothing_of_the_one_before(
    browsers: Browsers, marked: Marked, tmp_path: Path
) -> None:
    door = Building(Settings(LEADBOARD_DATA_DIR=tmp_path / "data"))
    cookie = await door.cookie(marked.team.owner)
    tab, session = await door.enter("tab", cookie)
    await browsers.open(tab, session, "/w/north/board")
    assert NORTH in browsers.got(tab)
    me = await sign_in.principal_of(session)
    assert me is not None
    await sign_in.sign_out(me)

    for again in (cookie, await door.cookie(marked.other.owner)):
        next_tab, next_session = await door.enter("tab", again)
        for url in ("/w/north/board", "/w/south/board", "/sign-in"):
            await browsers.open(next_tab, next_session, url)
        got = browsers.got(next_tab)
        assert (next_tab == tab, session == next_session) == (False, False)
        assert NORTH not in got
        assert marked.team.owner.name not in got
    assert SOUTH in got
