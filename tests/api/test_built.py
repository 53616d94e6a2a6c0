"""Built files are answered from memory, packed for who takes that, and kept by browsers as long as their name holds."""

import gzip

import httpx
import pytest

from leadboard.api.built import BuiltFiles

SCRIPT = "let here = 1;\n" * 100
PACKED = gzip.compress(SCRIPT.encode(), mtime=0)


async def _page(scope, receive, send):
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"a page"})


@pytest.fixture
def site(tmp_path):
    """What asks for files of a folder that was built."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "board-B4XcBKZ6.js").write_text(SCRIPT)
    (tmp_path / "assets" / "board-B4XcBKZ6.js.gz").write_bytes(PACKED)
    (tmp_path / "assets" / "styles-Co47THHN.css").write_text(".card{margin:0}")
    (tmp_path / "leadboard.js").write_text(SCRIPT)
    (tmp_path / "index.html").write_text("<p>")
    return httpx.AsyncClient(transport=httpx.ASGITransport(BuiltFiles(_page, tmp_path)), base_url="http://board")


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("GZIP", True),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0", False),
        ("", False),
    ],
)
async def test_a_script_comes_packed_to_who_takes_it(site, accepted, packed):
    answer = await site.get("/assets/board-B4XcBKZ6.js", headers={"accept-encoding": accepted})
    assert (answer.status_code, answer.text, answer.headers["vary"]) == (200, SCRIPT, "Accept-Encoding")
    assert answer.headers.get("content-encoding") == ("gzip" if packed else None)
    assert answer.headers["content-length"] == str(len(PACKED if packed else SCRIPT))
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/assets/board-B4XcBKZ6.js", "public, max-age=31536000, immutable"),
        ("/assets/styles-Co47THHN.css", "no-cache"),
        ("/leadboard.js", "no-cache"),
    ],
)
async def test_only_what_is_named_by_its_content_is_never_asked_for_again(site, path, kept):
    assert (await site.get(path)).headers["cache-control"] == kept


async def test_what_a_browser_still_has_is_not_sent_again(site):
    first = await site.get("/leadboard.js")
    again = await site.get("/leadboard.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await site.get("/leadboard.js", headers={"if-none-match": '"another"'})
    assert (other.status_code, other.text) == (200, SCRIPT)


async def test_the_two_encodings_are_told_apart(site):
    plain, packed = [
        (await site.get("/assets/board-B4XcBKZ6.js", headers={"accept-encoding": each})).headers["etag"]
        for each in ("identity", "gzip")
    ]
    assert plain != packed


async def test_head_says_what_get_would_send(site):
    answer = await site.head("/leadboard.js", headers={"accept-encoding": "identity"})
    assert (answer.status_code, answer.headers["content-length"], answer.content) == (200, str(len(SCRIPT)), b"")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/index.html"), ("GET", "/"), ("GET", "/assets/"), ("GET", "/assets/none.js"), ("POST", "/leadboard.js")],
)
async def test_all_else_goes_on(site, method, path):
    assert (await site.request(method, path)).text == "a page"
