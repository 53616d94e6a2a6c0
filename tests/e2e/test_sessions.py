"""How a session ends and what is kept of its secrets, on a server that sweeps often and keeps its states on disk."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from leadboard.domain.rights import Role
from leadboard.store import db, sessions
from leadboard.store.people import locked_members
from tests.e2e import seed, sights
from tests.e2e.conftest import Visitors
from tests.e2e.seed import PASSWORD, Place, Somebody
from tests.e2e.server import Server, serving
from tests.support import bundle

NEW_PASSWORD = "copper violin meadow 77"
PROVIDER_KEY = "hk-9d41fa07c2be"


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, frontend: None, migrated_sqlite: Path
) -> Iterator[Server]:
    """A server whose states are files, pickled as they would be in Redis, and whose sweeps go round every second."""
    folder = tmp_path_factory.mktemp("sessions")
    with serving(
        folder,
        migrated_sqlite,
        TEST_SWEEP_SECONDS="1",
        REFLEX_STATE_MANAGER_MODE="disk",
        REFLEX_STATE_MANAGER_DISK_DEBOUNCE_SECONDS="0",
        REFLEX_STATES_WORKDIR=str(folder / "states"),
    ) as running:
        seed.install(running, seed.somebody(running, "First Owner"))
        yield running


@pytest.fixture
def dora(server: Server) -> Somebody:
    return seed.somebody(server, "Dora Lind")


@pytest.fixture
def board(server: Server, dora: Somebody) -> Place:
    """A workspace that Dora is a member of."""
    owner = seed.somebody(server, "Ada Moreno")
    return seed.workspace(server, "Harbour", [(owner, Role.OWNER), (dora, Role.MEMBER)], seed.company_leads(3))


def test_a_removed_member_loses_the_board_though_no_message_of_it_arrives(
    server: Server, dora: Somebody, board: Place, visitors: Visitors
) -> None:
    page = visitors.page(server, dora, board.board)
    sights.expect_leads(page, "Harvested", 3)

    async def remove_elsewhere() -> None:
        async with db.begin(board.id) as tx:
            (await locked_members(tx))[dora.id].deleted_at = tx.now
            await sessions.end(tx, dora.id)

    seed.in_store(server, remove_elsewhere)
    sights.expect_sign_in(page)
    expect(page.get_by_role("link", name=next(iter(board.leads)))).to_have_count(0)
    assert "Harbour" not in page.content()


def test_no_secret_of_a_session_is_kept_by_the_framework_sent_to_a_page_or_logged(
    server: Server, dora: Somebody, board: Place, visitors: Visitors
) -> None:
    context = visitors.context(server)
    page = context.new_page()
    sent: list[str] = []
    _record(page, sent)
    cookies = set()
    page.goto("/sign-in")
    _sign_in(page, dora, PASSWORD)
    cookies |= {each.get("value", "") for each in context.cookies()}
    for path in ("icp", "import", "settings"):
        page.goto(f"/w/{board.slug}/{path}")
        expect(page.get_by_role("button", name="Your account")).to_be_visible()
        sights.live(page)
    page.goto("/account")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    cookies |= {each.get("value", "") for each in context.cookies()}
    sights.sign_out(page, page.get_by_role("button", name="Sign out everywhere"))
    _sign_in(page, dora, NEW_PASSWORD)
    cookies |= {each.get("value", "") for each in context.cookies()}
    assert len(cookies) == 3
    token = _invite_and_join(server, visitors, sent)
    key = (server.data_dir / "secret.key").read_text().strip()

    places = {
        "states": b"".join(path.read_bytes() for path in (server.data_dir / "states").rglob("*.pkl")),
        "events": "\n".join(sent).encode(),
        "log": server.log.encode(),
        "database": b"".join(path.read_bytes() for path in server.data_dir.glob("leadboard.db*")),
        "bundle": b"".join(content for _, content in bundle.files()),
    }
    for place, known in (("states", b"session="), ("events", b"Harbour"), ("database", b"Harbour")):
        assert known in places[place], f"{place} is not where it is looked for"
    secrets = {PASSWORD, NEW_PASSWORD, PROVIDER_KEY, key, token, *cookies}
    assert {(name, secret) for name, kept in places.items() for secret in secrets if secret.encode() in kept} == set()


def _invite_and_join(server: Server, visitors: Visitors, sent: list[str]) -> str:
    """The secret of a link that an owner made and somebody else opened, got wrong, and joined by."""
    hugo = seed.somebody(server, "Hugo Brand")
    place = seed.workspace(server, "Quay", [(hugo, Role.OWNER)])
    owners, page = visitors.context(server, hugo).new_page(), visitors.context(server).new_page()
    for each in (owners, page):
        _record(each, sent)
    _give_a_key(owners, place)
    owners.goto(f"/w/{place.slug}/settings")
    owners.get_by_role("button", name="Make a link").click()
    link = owners.get_by_label("Link of the invitation")
    expect(link).to_be_visible()
    expect(owners.get_by_text("A link for a member")).to_be_visible()
    page.goto(link.input_value())
    page.get_by_label("Your email").fill("pia@quay.example")
    for password in ("short", PASSWORD):
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Join workspace").click()
        if password == "short":
            expect(page.get_by_text("Use at least 12 characters.")).to_be_visible()
    expect(page).to_have_url(re.compile("/board$"))
    return link.input_value().rpartition("/")[2]


def _give_a_key(page: Page, place: Place) -> None:
    page.goto(f"/w/{place.slug}/providers")
    page.get_by_role("button", name="Add key of Hunter").click()
    page.get_by_label("Key", exact=True).fill(PROVIDER_KEY)
    page.get_by_role("button", name="Save key").click()
    expect(page.get_by_text("The key is kept, and tried now.")).to_be_visible()


def _record(page: Page, sent: list[str]) -> None:
    """Keep what goes over this page's websockets, and the addresses it shows."""
    page.on("websocket", lambda socket: _record_frames(socket, sent))
    page.on("framenavigated", lambda frame: sent.append(frame.url))


def _record_frames(socket: WebSocket, sent: list[str]) -> None:
    sent.append(socket.url)
    for way in ("framesent", "framereceived"):
        socket.on(way, lambda payload: sent.append(payload if isinstance(payload, str) else payload.decode("latin-1")))


def _sign_in(page: Page, who: Somebody, password: str) -> None:
    page.get_by_label("Email").fill(who.email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    sights.expect_leads(page, "Harvested", 3)
