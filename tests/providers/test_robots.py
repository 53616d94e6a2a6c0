"""What robots.txt lets us read, as RFC 9309 has it."""

import pytest

from leadboard.bench.loopback import Answer
from leadboard.errors import ProviderError, Refused
from leadboard.providers.fetcher import Fetcher
from leadboard.providers.robots import Robots
from tests.site_server import SiteServer

URL = "http://acme.example"
PLAIN = {"Content-Type": "text/plain"}


async def may(robots: Answer | None, path: str) -> bool:
    site: dict[str, Answer] = {} if robots is None else {"/robots.txt": robots}
    async with SiteServer({"acme.example": site}) as server, Fetcher(server.resolver) as fetcher:
        try:
            await Robots(fetcher).check(URL + path)
        except Refused as refusal:
            return refusal.code != "robots"
        return True


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow:", "/", True),
        ("User-agent: *\nDisallow: /team", "/team/ada", False),
        ("User-agent: *\nDisallow: /team\nAllow: /team/ada", "/team/ada", True),
        ("User-agent: *\nDisallow: /*.php$", "/a.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/a.php?b", True),
        ("User-agent: GPTBot\nUser-agent: other\nDisallow: /", "/", True),
        ("User-agent: GPTBot\nDisallow: /\nUser-agent: *\nDisallow: /x", "/", True),
        ("User-agent: GPTBot\nUser-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow: /\nUser-agent: leadboardbot\nAllow: /", "/", True),
        ("User-agent: LeadboardBot/2.0 # us\nDisallow: /\nUser-agent: *\nAllow: /", "/", False),
        ("\ufeffUser-agent: *\r\nDisallow: /", "/", False),
        ("<html><body>no such file</body></html>", "/", True),
    ],
)
async def test_the_rules_for_us_or_for_everybody_are_kept(text, path, allowed):
    assert await may((200, PLAIN, text), path) is allowed


@pytest.mark.parametrize(("status", "allowed"), [(401, True), (403, True), (404, True), (500, False), (503, False)])
async def test_no_rules_allow_everything_and_a_failing_server_nothing(status, allowed):
    assert await may((status, PLAIN, "User-agent: *\nDisallow: /x"), "/") is allowed


async def test_the_type_of_the_file_does_not_matter():
    assert not await may((200, {"Content-Type": "image/png"}, "User-agent: *\nDisallow: /"), "/")


async def test_a_server_out_of_reach_stays_a_failure_of_the_server():
    async with SiteServer({"acme.example": {}}) as server, Fetcher(server.resolver) as fetcher:
        with pytest.raises(ProviderError, match="could not be reached"):
            await Robots(fetcher).check("https://acme.example/")


async def test_rules_are_read_once_for_each_host():
    sites = {"acme.example": {}, "www.acme.example": {}}
    async with SiteServer(sites) as server, Fetcher(server.resolver) as fetcher:
        robots = Robots(fetcher)
        for url in (URL, f"{URL}/a", "http://www.acme.example/", f"{URL}/b"):
            await robots.check(url)

    assert server.asked == [("acme.example", "/robots.txt"), ("www.acme.example", "/robots.txt")]


@pytest.mark.parametrize(("said", "kept"), [("0.5", 0.5), ("1", 1), ("30", 2), ("-1", 0), ("soon", 0), ("nan", 0)])
async def test_a_delay_is_kept_up_to_two_seconds(said, kept):
    site: dict[str, Answer] = {"/robots.txt": f"User-agent: *\nCrawl-delay: {said}"}
    async with SiteServer({"acme.example": site}) as server, Fetcher(server.resolver) as fetcher:
        robots = Robots(fetcher)
        await robots.check(URL)
        assert robots.delay(f"{URL}/team") == kept


async def test_rules_made_to_keep_the_reader_busy_are_read_all_the_same():
    """Seventeen thousand names over as many rules: a parser that pairs them works for minutes."""
    hostile = "".join(f"user-agent:a{n}\n" for n in range(17_000)) + "allow:/x\n" * 20_000 + "user-agent:*\ndisallow:/"
    assert len(hostile) < 500_000

    assert not await may((200, PLAIN, hostile), "/")


async def test_of_an_endless_file_the_first_half_megabyte_counts():
    text = "User-agent: *\nDisallow: /early\n" + "#" * 600_000 + "\nDisallow: /late"

    assert not await may((200, PLAIN, text), "/early")
    assert await may((200, PLAIN, text), "/late")
