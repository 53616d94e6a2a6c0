"""The gate over a real server: who gets in, with what, and how it ends (security sheet, section 4)."""

import asyncio
from base64 import b64encode
from contextlib import suppress
from hashlib import sha256
from uuid import UUID

import httpx
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from leadboard.actions import people, sign_in
from leadboard.actions.people import NewPerson
from leadboard.actions.sign_in import Caller
from leadboard.api.app import build_api
from leadboard.api.asgi import Message
from leadboard.api.gate import Gate
from leadboard.api.headers import script_hashes
from leadboard.api.lines import Limits, Lines
from leadboard.settings import Settings
from leadboard.store import db, executors
from leadboard.store.tables import Session
from tests.api.conftest import PAGE, PASSWORD, Site, seen_by_app, serving, tell
from tests.support.postgres import free_port


async def soon(holds) -> None:
    """Wait until something holds: the server learns of a closed line a moment after its client."""
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to hold")


async def refused(site: Site, **options: object) -> int:
    with pytest.raises(InvalidStatus) as answer:
        async with site.open(**options):
            pass
    return answer.value.response.status_code


async def closed(socket: ClientConnection) -> int | None:
    """The code it is closed with, whatever is said before."""
    with suppress(ConnectionClosed):
        async with asyncio.timeout(5):
            async for _ in socket:
                pass
    return socket.close_code


def foreign_to(site: Site) -> list[str | None]:
    """Everything a browser of somebody else could say, and what looks like ours."""
    ours = site.origin
    host = ours.removeprefix("http://")
    return [
        *(None, "null", "", "http://evil.example", f"https://{host}", "http://127.0.0.1", "http://127.0.0.1:1"),
        *(f"HTTP://{host}", f"{ours}/", f"{ours}.evil.example", f"http://evil{host}", f"{ours}, http://evil.example"),
    ]


async def test_a_websocket_from_another_page_is_refused(site, ada):
    for origin in foreign_to(site):
        assert await refused(site, token=ada.token, origin=origin) == 403, origin


async def test_what_changes_something_needs_our_own_origin(site):
    for origin in foreign_to(site):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            for path in ("/auth/sign-in", "/page", "/api/other"):
                assert (await site.ask(method, path, headers={"origin": origin})).status_code == 403, origin


async def test_our_own_pages_get_in_under_each_name_of_this_machine(site):
    for name in ("localhost", "127.0.0.1"):
        async with site.open(origin=f"http://{name}:{site.settings.port}") as socket:
            await seen_by_app(socket)


async def test_an_unknown_host_is_misdirected(site):
    for host in ("evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", ""):
        assert (await site.ask("GET", "/page", headers={"host": host})).status_code == 421, host
    assert (await site.ask("GET", "/page")).status_code == 200


async def test_what_nobody_needs_is_not_found(site):
    framework = ("/_upload", "/_upload/x.txt", "/%5Fupload", "/_all_routes", "/auth-codespace", "/_event/?EIO=4")
    for path in (*framework, "/api/docs", "/api/v1/openapi.json"):
        assert (await site.ask("GET", path)).status_code == 404, path
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert (await site.ask("GET", path)).json()["path"] == path, "left to the pages, which say not found"


async def test_an_unknown_address_of_the_api_is_a_problem(site):
    for path in ("/api/", "/api/v1/leads/7", "/api/v2", "/auth/nothing"):
        for method in ("GET", "POST", "DELETE"):
            answer = await site.ask(method, path)
            assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
            assert answer.json()["code"] == "not_found"


async def test_the_cookie_never_passes_the_gate(site, ada):
    async with site.open(ada.token, headers={"authorization": "Bearer x"}) as socket:
        _, headers = await seen_by_app(socket)
    assert headers["cookie"] == f"session={ada.session}"
    assert "authorization" not in headers
    told = (await site.ask("GET", "/anything", ada.token, headers={"authorization": "Bearer x"})).json()
    assert not {"cookie", "authorization"} & told["headers"].keys()


async def test_a_forged_session_is_nobody(site, ada):
    named = site.settings.cookie_name
    for cookie in (
        f"session={ada.session}",
        f"lb={ada.token}",
        f"{named}=x; session={ada.session}",
        f"{named}={ada.session}",
    ):
        async with site.open(headers={"cookie": cookie}) as socket:
            _, headers = await seen_by_app(socket)
        assert headers["cookie"] == "session=", cookie


async def test_a_client_token_is_worth_nothing_without_its_session(site, ada):
    async def known_as(token: str, client: str = "victim") -> str:
        async with site.open(token, client) as socket:
            return (await seen_by_app(socket))[0]

    mine = await known_as(ada.token)
    answer = await site.post("/auth/sign-in", email="ada@north.example", password=PASSWORD)
    another = answer.cookies[site.settings.cookie_name]
    assert mine == await known_as(ada.token)
    assert len({mine, "victim", await known_as(""), await known_as(another), await known_as("", mine)}) == 5


async def test_each_installation_knows_a_client_by_another_name(site, database, tmp_path):
    async with site.open(client="tab") as socket:
        here, _ = await seen_by_app(socket)
    other = Settings(LEADBOARD_DATA_DIR=tmp_path / "other", LEADBOARD_PORT=free_port())
    async with serving(other) as there, there.open(client="tab") as socket:
        assert (await seen_by_app(socket))[0] != here


async def test_signing_out_closes_every_tab_of_that_session_and_no_other(site, ada):
    answer = await site.post("/auth/sign-in", email="ada@north.example", password=PASSWORD)
    other = answer.cookies[site.settings.cookie_name]
    async with site.open(ada.token) as one, site.open(ada.token) as two, site.open(other) as stays:
        await asyncio.gather(*(seen_by_app(each) for each in (one, two, stays)))
        await site.post("/auth/sign-out", ada.token)
        assert await closed(one) == await closed(two) == 4401
        await stays.send("still here")
        assert await stays.recv() == "still here"
    async with site.open(ada.token) as socket:
        assert (await seen_by_app(socket))[1]["cookie"] == "session="


async def test_no_timer_stands_between_signing_out_and_the_end_of_other_tabs(database, settings):
    code = settings.set_up_code()
    opened, _ = await people.set_up(code, code, NewPerson("ada@north.example", PASSWORD), "North", Caller())
    api = build_api(settings)
    api.mount("", tell)
    gate = Gate(api, settings, Lines())
    ours = {"origin": settings.address, "cookie": f"{settings.cookie_name}={opened.token}"}
    said: list[Message] = []
    calls: asyncio.Queue[Message] = asyncio.Queue()
    calls.put_nowait({"type": "websocket.connect"})

    async def record(message: Message) -> None:
        said.append(message)

    names = {"host": settings.address.removeprefix("http://"), **ours}
    headers = [(name.encode(), value.encode()) for name, value in names.items()]
    scope = {
        "type": "websocket",
        "path": "/_event/",
        "query_string": b"token=t",
        "headers": headers,
        "client": ("::1", 1),
    }
    async with gate.run(), httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url=settings.address) as tab:
        other_tab = asyncio.create_task(gate(scope, calls.get, record))
        await soon(lambda: len(said) == 2)
        await tab.post("/auth/sign-out", headers=ours)
        for _ in range(10):
            await asyncio.sleep(0)  # turns of the loop, not time
        assert said[-1] == {"type": "websocket.close", "code": 4401}
        await other_tab


async def test_a_revocation_nobody_told_us_of_is_found_by_the_sweep(site, ada):
    async with site.open(ada.token) as socket:
        await seen_by_app(socket)
        async with db.begin() as tx:
            (await tx.get_one(Session, UUID(ada.session))).revoked_at = tx.now
        await site.lines.sweep(sign_in.alive)
        assert await closed(socket) == 4401
    await soon(lambda: site.lines.count() == 0)


async def test_lines_are_counted_while_they_are_open(site, ada):
    async with site.open(ada.token, "one") as one, site.open(ada.token, "two") as two:
        known = {(await seen_by_app(one))[0], (await seen_by_app(two))[0]}
        assert site.lines.tokens(UUID(ada.session)) == known
        assert site.lines.sessions() == {UUID(ada.session)}
    await soon(lambda: site.lines.count() == 0)
    assert site.lines.tokens(UUID(ada.session)) == frozenset()


async def test_one_session_has_ten_lines(site, ada):
    opened = [await site.open(ada.token) for _ in range(10)]
    assert await refused(site, token=ada.token) == 429
    await opened[0].close()
    await soon(lambda: site.lines.count() == 9)
    async with site.open(ada.token):
        pass
    await asyncio.gather(*(each.close() for each in opened))


async def test_visitors_of_one_address_have_so_many_lines_and_so_many_new_ones_a_minute(database, settings):
    async with serving(settings, Limits(per_ip=3, new_per_ip=5)) as site:
        opened = [await site.open() for _ in range(3)]
        assert await refused(site) == 429
        await asyncio.gather(*(each.close() for each in opened))
        await asyncio.sleep(0.05)
        for _ in range(2):
            async with site.open():
                pass
        assert await refused(site) == 429


async def test_behind_a_proxy_visitors_are_told_apart_and_cannot_say_who_they_are(database, tmp_path):
    behind = Settings(LEADBOARD_DATA_DIR=tmp_path, LEADBOARD_PORT=free_port(), TRUSTED_PROXY_HOPS=1)
    async with serving(behind, Limits(per_ip=1)) as site:
        one, two = (
            {"x-forwarded-for": f"{lie}, {real}"} for lie, real in (("1.1.1.1", "9.9.9.9"), ("1.1.1.1", "8.8.8.8"))
        )
        async with site.open(headers=one), site.open(headers=two):
            assert await refused(site, headers={"x-forwarded-for": "7.7.7.7, 9.9.9.9"}) == 429
        assert (await site.ask("GET", "/x", headers=one)).json()["client"] == "9.9.9.9"


async def test_without_a_proxy_the_forwarded_header_is_not_read(site):
    told = await site.ask("GET", "/x", headers={"x-forwarded-for": "9.9.9.9"})
    assert told.json()["client"] == "127.0.0.1"


async def test_forty_frames_at_once_pass_and_a_flood_is_cut(site):
    async with site.open() as socket:
        await seen_by_app(socket)
        for number in range(40):
            await socket.send(str(number))
        assert [await socket.recv() for _ in range(40)] == [str(number) for number in range(40)]
    async with site.open() as socket:
        with suppress(ConnectionClosed):
            for _ in range(200):
                await socket.send("x")
        assert await closed(socket) == 1008


async def test_a_frame_of_64_kb_passes_and_a_larger_one_is_cut(site):
    async with site.open() as socket:
        await seen_by_app(socket)
        await socket.send("x" * 65536)
        assert len(await socket.recv()) == 65536
        await socket.send("ä" * 32769)
        assert await closed(socket) == 1008


async def test_a_flood_does_not_slow_somebody_else_down(site, ada):
    async def flood() -> None:
        for _ in range(5):
            with suppress(ConnectionClosed):
                async with site.open(max_queue=None) as socket:
                    for _ in range(1000):
                        await socket.send("x" * 1000)

    async with site.open(ada.token) as mine:
        await seen_by_app(mine)
        flooding = asyncio.create_task(flood())
        for number in range(20):
            await mine.send(str(number))
            assert await asyncio.wait_for(mine.recv(), 2) == str(number)
            await asyncio.sleep(0.01)
        await flooding


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("path", "limit"), [("/page-form", 64 * 1024), ("/hooks/x", 1024 * 1024)])
async def test_a_body_is_counted_declared_or_chunked(site, path, limit, chunked):
    async def send(size: int) -> httpx.Response:
        async def chunks():
            for start in range(0, size, 16384):
                yield b"x" * min(16384, size - start)

        return await site.ask("POST", path, content=chunks() if chunked else b"x" * size)

    assert (await send(limit)).json()["size"] == limit
    answer = await send(limit + 1)
    assert answer.status_code == 413
    assert "nosniff" in answer.headers["x-content-type-options"]


async def test_a_lie_about_the_length_is_refused(site):
    reader, writer = await asyncio.open_connection("127.0.0.1", site.settings.port)
    host = f"127.0.0.1:{site.settings.port}"
    lines = (
        "POST /auth/sign-in HTTP/1.1",
        f"host: {host}",
        f"origin: http://{host}",
        "content-length: 99999999",
        "",
        "",
    )
    writer.write("\r\n".join(lines).encode())
    assert b" 413 " in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


KINDS = [
    ("GET", "/page", {}, 200),
    ("GET", "/other", {}, 200),
    ("GET", "/_upload", {}, 404),
    ("GET", "/page", {"host": "evil.example"}, 421),
    ("POST", "/page", {"origin": "http://evil.example"}, 403),
    ("GET", "/api/v1/x", {}, 404),
    ("POST", "/auth/sign-in", {}, 303),
    ("GET", "/health/live", {}, 200),
]


async def test_every_kind_of_answer_has_the_headers(site):
    for method, path, headers, status in KINDS:
        answer = await site.ask(method, path, headers=headers)
        assert answer.status_code == status
        assert ALWAYS.items() <= answer.headers.items()
        (policy,) = answer.headers.get_list("content-security-policy")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy
        assert "strict-transport-security" not in answer.headers
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_an_unchanged_page_keeps_the_policy_it_came_with(site):
    answer = await site.ask("GET", "/unchanged")
    assert "content-security-policy" not in answer.headers
    assert ALWAYS.items() <= answer.headers.items()


async def test_answers_about_people_are_kept_by_nobody(site):
    for method, path in (("POST", "/auth/sign-in"), ("GET", "/api/v1/x"), ("GET", "/health")):
        assert (await site.ask(method, path)).headers["cache-control"] == "no-store"


async def test_the_policy_of_a_page_names_its_inline_scripts_and_no_others(database, settings, tmp_path):
    built = tmp_path / "built" / "w"
    built.mkdir(parents=True)
    (built / "index.html").write_text(PAGE)
    (hash_of_theme,) = script_hashes(tmp_path / "built")
    assert hash_of_theme == "sha256-" + b64encode(sha256(b"let theme = 1 < 2;").digest()).decode()
    async with serving(settings, pages=tmp_path / "built") as site:
        policy = (await site.ask("GET", "/page")).headers["content-security-policy"]
    assert f"script-src 'self' '{hash_of_theme}';" in policy


async def test_https_is_remembered(database, tmp_path):
    port = free_port()
    secure = Settings(LEADBOARD_DATA_DIR=tmp_path, LEADBOARD_PORT=port, PUBLIC_URL="https://board.example.com")
    async with serving(secure) as site:
        host = {"host": "board.example.com"}
        answer = await site.ask("GET", "/page", headers=host)
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        ours = {**host, "origin": "https://board.example.com"}
        assert (await site.ask("POST", "/auth/sign-in", headers=ours)).status_code == 303
        local = {"origin": f"http://127.0.0.1:{port}"}
        assert (await site.ask("POST", "/auth/sign-in", headers=local)).status_code == 403


async def test_health_says_what_works(site):
    assert (await site.ask("GET", "/health/live")).json() == {"live": "ok"}
    assert (await site.ask("GET", "/health")).json() == {"live": "ok", "db": "ok", "worker": "silent"}
    async with db.begin() as tx:
        await executors.seen(tx, "worker-1")
    assert (await site.ask("GET", "/health")).json()["worker"] == "ok"
    await db.current().dispose()
    db.use(db.open_database("sqlite:////nowhere/leadboard.db"))
    answer = await site.ask("GET", "/health")
    assert (answer.status_code, answer.json()["db"]) == (503, "unreachable")
