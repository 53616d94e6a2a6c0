"""The fetcher against servers on loopback: what it sends, what it follows, and what it refuses without a connect."""

import ast
import asyncio
import gzip
import shutil
import ssl
import subprocess
import tracemalloc
from pathlib import Path

import pytest

import leadboard
from leadboard.bench.loopback import LOOPBACK, LoopbackResolver
from leadboard.domain.words import word_set
from leadboard.errors import ProviderError, Refused, TryLater
from leadboard.providers.addresses import PublicResolver, Target
from leadboard.providers.fetcher import PAGE, USER_AGENT, Fetcher, Terms
from tests.site_server import Behave, RudeServer, SiteServer

HTML_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SHORT = Terms(seconds=0.5)


async def test_reads_a_page_with_its_type_charset_and_time():
    async with SiteServer({"acme.example": {"/a?b=1": "<p>hi</p>"}}) as server, Fetcher(server.resolver) as fetcher:
        page = await fetcher.get("http://ACME.example/a?b=1#team")

    assert (page.status, page.content_type, page.charset, page.body) == (200, "text/html", "utf-8", b"<p>hi</p>")
    assert (page.url, page.final_url) == ("http://ACME.example/a?b=1#team", "http://acme.example/a?b=1")
    assert page.fetched_ms > 1_700_000_000_000


async def test_says_who_it_is_and_sends_nothing_else_about_us(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    heads: list[str] = []

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
            writer.write(HTML_OK + b"Set-Cookie: id=1\r\nContent-Length: 0\r\n\r\n")

    async with RudeServer(behave, "acme.example") as server, Fetcher(server.resolver) as fetcher:
        await fetcher.get("http://acme.example/one")
        await fetcher.get("http://acme.example/two")

    assert f"User-Agent: {USER_AGENT}\r\n" in heads[1]
    sent = {line.split(":")[0].lower() for line in heads[1].split("\r\n")[1:] if line}
    assert sent == {"host", "user-agent", "accept", "accept-encoding", "accept-language"}


async def test_follows_five_redirects_and_no_more():
    hops = {f"/{n}": (302, {"Location": f"{n + 1}"}, "") for n in range(6)} | {"/6": "there"}
    async with SiteServer({"acme.example": hops}) as server, Fetcher(server.resolver) as fetcher:
        page = await fetcher.get("http://acme.example/1")
        assert (page.final_url, page.body) == ("http://acme.example/6", b"there")

        with pytest.raises(ProviderError, match="redirecting"):
            await fetcher.get("http://acme.example/0")


async def test_asks_about_each_hop_before_it_is_taken():
    sites = {"acme.example": {"/": (301, {"Location": "/b"}, "")}}
    asked: list[str] = []

    async def check(url: str) -> None:
        asked.append(url)
        if url.endswith("/b"):
            raise Refused("not there")

    async with SiteServer(sites) as server, Fetcher(server.resolver) as fetcher:
        with pytest.raises(Refused, match="not there"):
            await fetcher.get("http://acme.example/", check=check)

    assert asked == ["http://acme.example/", "http://acme.example/b"]
    assert server.asked == [("acme.example", "/")]


@pytest.mark.parametrize("status", [304, 403, 404, 410, 500, 503])
async def test_another_status_comes_without_a_body(status):
    sites = {"acme.example": {"/": (status, {"Content-Type": "image/png", "Content-Length": "0"}, "")}}
    async with SiteServer(sites) as server, Fetcher(server.resolver) as fetcher:
        page = await fetcher.get("http://acme.example/")

    assert (page.status, page.body) == (status, b"")


@pytest.mark.parametrize(("length", "connections"), [(100, 1), (200_000, 2)])
async def test_a_short_refusal_leaves_its_connection_to_the_next_page_and_a_long_one_is_not_read(length, connections):
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: %d\r\n\r\n" % length + bytes(length))

    async with RudeServer(behave, "acme.example") as server, Fetcher(server.resolver) as fetcher:
        for _ in range(2):
            assert (await fetcher.get("http://acme.example/robots.txt")).body == b""

    assert server.connections == connections


async def test_a_connection_that_the_server_has_closed_is_not_used_again():
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HTML_OK + b"Content-Length: 2\r\n\r\nhi")

    async with RudeServer(behave, "acme.example") as server, Fetcher(server.resolver) as fetcher:
        for _ in range(3):
            assert (await fetcher.get("http://acme.example/")).body == b"hi"
            await asyncio.sleep(0.05)  # the end of the connection is on its way

    assert server.connections == 3


async def test_a_connection_that_has_answered_after_the_visit_is_closed():
    asked, go, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        asked.set()
        await go.wait()
        writer.write(HTML_OK + b"Content-Length: 2\r\n\r\nhi")
        await reader.read()
        ended.set()

    async with RudeServer(behave, "acme.example") as server, Fetcher(server.resolver) as fetcher:
        async with fetcher.visitor() as visitor:
            page = asyncio.create_task(visitor.get("http://acme.example/"))
            await asked.wait()
        go.set()
        assert (await page).body == b"hi"
        await asyncio.wait_for(ended.wait(), 10)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {}, 60),
        (429, {"Retry-After": "7"}, 7),
        (503, {"Retry-After": "999999"}, 3_600),
        (503, {"Retry-After": "Fri, 01 Jan 1999 00:00:00 GMT"}, 1),
        (429, {"Retry-After": "soon"}, 60),
        (429, {"Retry-After": "Fri, 01 Jan 99999 00:00:00 GMT"}, 60),
    ],
)
async def test_a_server_that_asks_for_patience_is_tried_later(status, headers, seconds):
    async with (
        SiteServer({"acme.example": {"/": (status, headers, "")}}) as server,
        Fetcher(server.resolver) as fetcher,
    ):
        with pytest.raises(TryLater) as later:
            await fetcher.get("http://acme.example/")

    assert later.value.seconds == seconds


# What must never be connected. The listening socket stands where all of it would lead, and stays silent.


async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


LEADING_HOME = word_set(
    "http://127.0.0.1{p}/ http://2130706433{p}/ http://0x7f.1{p}/ http://127.1{p}/ http://0{p}/ "
    "http://localhost{p}/ http://[::ffff:127.0.0.1]{p}/ http://[::1]{p}/ http://[64:ff9b::7f00:1]{p}/ "
    "http://[2002:7f00:1::]{p}/ http://acme.com{p}/ http://user@acme.com{p}/ ftp://acme.com{p}/"
)


@pytest.mark.parametrize("port", ["", ":{p}"])
@pytest.mark.parametrize("url", sorted(LEADING_HOME))
async def test_a_spelling_that_leads_home_is_refused_without_a_connect(url, port):
    async def lookup(host: str) -> list[str]:
        return [LOOPBACK]

    async with RudeServer(hold) as server, Fetcher(PublicResolver(lookup)) as fetcher:
        with pytest.raises(Refused):
            await fetcher.get(url.format(p=port.format(p=server.port)), SHORT)

    assert server.connections == 0


class Doorway:
    """`door.example` leads to a server of this machine, every other name goes the product's own way to `home`."""

    def __init__(self, door: LoopbackResolver, home: PublicResolver) -> None:
        self.door, self.home = door, home

    async def __call__(self, host: str, port: int) -> list[Target]:
        return await (self.door if host == "door.example" else self.home)(host, port)


@pytest.mark.parametrize(
    "location",
    sorted(
        word_set(
            "http://home.example/ //home.example https://home.example/ http://127.0.0.1:{p}/ http://localhost/ "
            "http://[::1]:{p}/ http://home.example:{p}/ http://u@home.example/ file:///etc/passwd gopher://x.com/"
        )
    ),
)
async def test_a_redirect_into_a_private_network_is_refused_without_a_connect(location):
    async def lookup(host: str) -> list[str]:
        return [LOOPBACK]

    async with RudeServer(hold) as server:
        door = {"door.example": {"/": (302, {"Location": location.format(p=server.port)}, "")}}
        async with (
            SiteServer(door) as site,
            Fetcher(Doorway(site.resolver, PublicResolver(lookup))) as fetcher,
        ):
            with pytest.raises(Refused):
                await fetcher.get("http://door.example/", SHORT)

    assert server.connections == 0


async def test_an_answer_that_changes_is_looked_up_once_and_checked_as_it_is_connected(monkeypatch):
    answers = iter([["8.8.8.8"], [LOOPBACK]])
    connected: list[str] = []

    async def lookup(host: str) -> list[str]:
        return next(answers)

    async with RudeServer(hold) as server, Fetcher(PublicResolver(lookup)) as fetcher:

        async def create_connection(self: object, protocol: object, host: str, port: int, **_: object) -> None:
            connected.append(host)
            raise ConnectionRefusedError

        monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", create_connection)
        with pytest.raises(ProviderError, match="could not be reached"):
            await fetcher.get("http://rebind.example/", SHORT)
        with pytest.raises(Refused, match="private network"):
            await fetcher.get("http://rebind.example/", SHORT)

    assert connected == ["8.8.8.8"]
    assert server.connections == 0


async def test_the_next_address_is_tried_when_the_first_is_dead():
    class Two(LoopbackResolver):
        async def __call__(self, host: str, port: int) -> list[Target]:
            (alive,) = await super().__call__(host, port)
            return [Target(LOOPBACK, 1), alive]

    async with (
        SiteServer({"acme.example": {"/": "hi"}}) as server,
        Fetcher(Two({"acme.example"}, {80: server.port})) as fetcher,
    ):
        assert (await fetcher.get("http://acme.example/")).body == b"hi"


# Certificates follow the name, not the address.


@pytest.fixture(scope="module")
def server_tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's side of https for acme.example, and the certificate that vouches for it: its own."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here to make a certificate: https is not tested")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-batch",
            ),
            *("-days", "2", "-subj", "/CN=acme.example", "-addext", "subjectAltName=DNS:acme.example"),
            *("-keyout", key, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context, certificate


async def test_a_certificate_that_nobody_vouches_for_is_refused(server_tls):
    sites = {"acme.example": {"/": "hi"}}
    async with SiteServer(sites, tls=server_tls[0]) as server, Fetcher(server.resolver) as fetcher:
        with pytest.raises(ProviderError, match=r"certificate of acme\.example is not valid"):
            await fetcher.get("https://acme.example/")

    assert server.asked == []


async def test_a_certificate_is_checked_against_the_name(server_tls):
    context, certificate = server_tls
    sites = {"acme.example": {"/": "hi"}, "other.example": {"/": "hi"}}
    trust = ssl.create_default_context(cafile=certificate)
    async with SiteServer(sites, tls=context) as server, Fetcher(server.resolver, trust=trust) as fetcher:
        assert (await fetcher.get("https://acme.example/")).body == b"hi"
        with pytest.raises(ProviderError, match=r"certificate of other\.example is not valid"):
            await fetcher.get("https://other.example/")


async def test_a_server_that_cannot_speak_tls_is_a_failure_of_the_site():
    async with RudeServer(answer(HTML_OK), "acme.example") as server, Fetcher(server.resolver) as fetcher:
        with pytest.raises(ProviderError, match=r"acme\.example"):
            await fetcher.get("https://acme.example/", SHORT)


async def test_what_was_said_before_the_seal_is_no_page():
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(HTML_OK + b"Content-Length: 2\r\n\r\nhi")
        await reader.read()

    async with RudeServer(behave, "acme.example") as server, Fetcher(server.resolver) as fetcher:
        with pytest.raises(ProviderError, match=r"acme\.example"):
            await fetcher.get("https://acme.example/", SHORT)


# Servers that mean harm: refused in time, in flat memory.


def answer(*chunks: bytes) -> Behave:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for chunk in chunks:
            writer.write(chunk)
            await writer.drain()

    return behave


def endless(start: bytes, again: bytes, pause: float = 0) -> Behave:
    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(start)
        while True:
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


def packed(body: bytes, times: int = 1, said: bytes = b"gzip") -> bytes:
    for _ in range(times):
        body = gzip.compress(body)
    return HTML_OK + b"Content-Encoding: %b\r\nContent-Length: %d\r\n\r\n%b" % (said, len(body), body)


BOMB = packed(bytes(50_000_000))

RUDE = {
    "gzip bomb": (answer(BOMB), "more than 2 MB"),
    "double gzip, said": (answer(packed(b"x", 2, b"gzip, gzip")), "packed as gzip, gzip"),
    "other packing": (answer(packed(b"x", 1, b"br")), "packed as br"),
    "not gzip at all": (answer(HTML_OK + b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"), "damaged"),
    "half a gzip": (answer(HTML_OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 999)[:-9]), "broke off"),
    "2 MB + 1": (answer(HTML_OK + b"Content-Length: 2000001\r\n\r\n", bytes(2_000_001)), "more than 2 MB"),
    "endless body": (endless(HTML_OK + b"\r\n", bytes(65_536)), "more than 2 MB"),
    "endless empty gzips": (
        endless(HTML_OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 3_000),
        "more than 2 MB",
    ),
    "endless header": (endless(HTML_OK, b"X-More: " + b"x" * 65_536 + b"\r\n"), "does not answer|did not answer as"),
    "endless early hints": (endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.01), "within 0.5 s"),
    "dripping header": (endless(HTML_OK + b"X-Slow: ", b"x", 0.05), "within 0.5 s"),
    "dripping body": (endless(HTML_OK + b"\r\n", b"x", 0.05), "within 0.5 s"),
    "silence": (hold, "within 0.5 s"),
    "nothing": (answer(), "broke off"),
    "half a body": (answer(HTML_OK + b"Content-Length: 9\r\n\r\nhi"), "broke off"),
    "no web server": (answer(b"220 mail.acme.example ESMTP\r\n"), "as a web server does"),
    "a picture": (answer(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 1\r\n\r\nx"), "image/png"),
    "no type": (answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"), "no stated type"),
    "a broken redirect": (answer(b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n"), "read"),
}


@pytest.mark.parametrize("manner", RUDE)
async def test_a_rude_server_is_left_in_time_and_in_flat_memory(manner):
    behave, sentence = RUDE[manner]
    async with RudeServer(behave, "acme.example") as server, Fetcher(server.resolver) as fetcher:
        tracemalloc.start()
        try:
            with pytest.raises((ProviderError, Refused), match=sentence):
                await fetcher.get("http://acme.example/", Terms(seconds=0.5 if "0.5 s" in sentence else 20))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak < 12_000_000


async def test_a_page_of_exactly_2_mb_is_read_packed_or_not():
    body = b"x" * PAGE.size
    plain = HTML_OK + b"Content-Length: %d\r\n\r\n" % len(body) + body
    for sent in (plain, packed(body)):
        async with RudeServer(answer(sent), "acme.example") as server, Fetcher(server.resolver) as fetcher:
            assert (await fetcher.get("http://acme.example/")).body == body


async def test_a_page_packed_twice_is_unpacked_once():
    async with RudeServer(answer(packed(b"hi", 2)), "acme.example") as server, Fetcher(server.resolver) as fetcher:
        page = await fetcher.get("http://acme.example/")

    assert gzip.decompress(page.body) == b"hi"


async def test_where_a_cut_is_asked_for_the_beginning_of_a_long_page_is_kept():
    async with (
        RudeServer(endless(HTML_OK + b"\r\n", b"0123456789"), "acme.example") as server,
        Fetcher(server.resolver) as fetcher,
    ):
        page = await fetcher.get("http://acme.example/", Terms(size=15, cut=True))

    assert page.body == b"012345678901234"


def test_no_setting_leads_to_another_resolver():
    """Only benches and tests may put a resolver in: the product names one, and hands it on."""
    root = Path(leadboard.__file__).parent
    named = {}
    for path in root.rglob("*.py"):
        if path.is_relative_to(root / "bench"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(func=ast.Name(id="Fetcher" | "ReaderProcess" | "embedded" as what), args=args):
                    named[path.name, what] = ast.unparse(args[2 if what == "embedded" else 0]) if args else ""
                case ast.ImportFrom(module=str(module)):
                    assert "bench.loopback" not in module, f"{path} knows the loopback"
    assert named == {
        ("worker.py", "ReaderProcess"): "PublicResolver()",
        ("seed.py", "ReaderProcess"): "PublicResolver()",
        ("leadboard.py", "embedded"): "resolver",
        ("embedded.py", "ReaderProcess"): "resolver",
        ("site_reader.py", "Fetcher"): "",  # reaches the demo world, and no network at all
        ("reader_process.py", "Fetcher"): "resolver",
    }
    assert "resolver: Resolver = PublicResolver()" in (root / "leadboard.py").read_text()
