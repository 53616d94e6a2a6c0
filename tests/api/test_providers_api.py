"""The forms for keys of outside services, over a real server."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from leadboard.providers.registry import SERVICES
from leadboard.store import access, catalogue, db, people, work
from tests.api.conftest import PASSWORD, Site
from tests.api.test_auth import went

pytestmark = pytest.mark.usefixtures("cheap_hashes")

KEY = "k-3f9a51c07d"
PAGE = "/w/north/providers"


@pytest.fixture(autouse=True)
def services(database: db.Database) -> Iterator[None]:
    catalogue.use(SERVICES)
    client = work.connect(database.url)
    work.use(client)
    yield
    work.use(None)
    client.destroy()


async def key_kept(slug: str = "north", service: str = "hunter") -> str:
    async with db.read() as tx:
        workspace = await people.workspace_by_slug(tx, slug)
    assert workspace
    async with db.read(workspace.id) as tx:
        return next((access.key_of(each) for each in await access.of_workspace(tx) if each.service == service), "")


async def put(site: Site, token: str, path: str = "/auth/providers/north/hunter/key", **form: str):
    return await site.post(path, token, **form)


async def test_a_key_is_kept_and_never_in_an_address(site, ada):
    answer = await put(site, ada.token, key=KEY)
    assert went(answer) == (PAGE, {"service": "hunter", "done": "key"})
    assert await key_kept() == KEY
    gone = await put(site, ada.token, "/auth/providers/north/hunter/remove-key")
    assert went(gone) == (PAGE, {"service": "hunter", "done": "removed"})
    assert await key_kept() == ""


async def test_what_is_refused_comes_back_to_its_field_without_the_key(site, ada):
    answer = await put(site, ada.token, key=f"{KEY} {KEY}")
    assert went(answer) == (PAGE, {"service": "hunter", "error": "key_spaces", "field": "key"})
    assert await key_kept() == ""


async def test_a_password_of_long_ago_is_asked_for_again(site, ada, monkeypatch):
    monkeypatch.setattr("leadboard.actions.sign_in.PROVEN", timedelta(seconds=-1))
    for typed, code in (("", "password_again"), ("wrong", "wrong_password")):
        answer = await put(site, ada.token, key=KEY, current=typed)
        assert went(answer) == (PAGE, {"service": "hunter", "error": code, "field": "current"})
    assert went(await put(site, ada.token, key=KEY, current=PASSWORD))[1]["done"] == "key"
    assert await key_kept() == KEY


@pytest.mark.parametrize("path", ["/auth/providers/south/hunter/key", "/auth/providers/north/nobody/key"])
async def test_what_is_not_there_is_not_found(site, ada, path):
    answer = await put(site, ada.token, path, key=KEY)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_nobody_and_other_sites_change_no_key(site, ada):
    assert went(await put(site, "", key=KEY)) == ("/sign-in", {"error": "signed_out"})
    foreign = await site.ask(
        "POST",
        "/auth/providers/north/hunter/key",
        ada.token,
        data={"key": KEY},
        headers={"origin": "https://evil.example"},
    )
    assert foreign.status_code == 403
    assert await key_kept() == ""
