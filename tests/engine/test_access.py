"""Trying an access: what the service says comes to the page in our words and in its own."""

import httpx
import pytest

from leadboard.domain.access import AccessState
from leadboard.engine.access import UNOPENED, check_access
from leadboard.providers.wire import Wire
from leadboard.store import access, db
from leadboard.store.tables import Access
from tests.support.services import Recorded, Slept

USAGE = {"requests": {"searches": {"used": 12, "available": 50}}}


async def with_key(team, key="k-1") -> None:
    async with db.begin(team.id) as tx:
        access.put_key(tx, await access.of_service(tx, "hunter"), key, "Ada")


async def tried(team, *answers) -> Access:
    slept = Slept()
    wire = Wire(transport=Recorded(list(answers)), sleep=slept.sleep, clock=slept.clock)
    await check_access(wire, str(team.id), "hunter")
    async with db.read(team.id) as tx:
        (row,) = await access.of_workspace(tx)
    return row


@pytest.mark.parametrize(
    ("answer", "state", "sentence", "said", "remaining"),
    [
        ({"data": USAGE}, AccessState.WORKS, "38 of 50 searches are left this month.", "", 38),
        (
            (401, {"errors": [{"id": "x", "details": "No user found for the API key k-1"}]}),
            AccessState.KEY_REFUSED,
            "Hunter did not accept the key. Check it under Providers.",
            "No user found for the API key [key]",
            None,
        ),
        ((402, {"errors": []}), AccessState.USED_UP, "Hunter says that the plan is used up.", "", 0),
        (
            (429, "", {"Retry-After": "900"}),
            AccessState.UNAVAILABLE,
            "Hunter asked for fewer questions. Try again in a minute.",
            "",
            None,
        ),
        ((503, "<html>"), AccessState.UNAVAILABLE, "Hunter is having trouble (status 503).", "", None),
        (httpx.ConnectError("refused"), AccessState.UNAVAILABLE, "Hunter could not be reached.", "", None),
        ("<html>", AccessState.UNAVAILABLE, "Hunter sent something that cannot be read.", "<html>", None),
    ],
)
async def test_how_a_try_ends(any_database, team, waits, answer, state, sentence, said, remaining):
    await with_key(team)
    row = await tried(team, answer)
    assert (row.state, row.sentence, row.said, row.remaining) == (state, sentence, said, remaining)
    assert row.checked_at is not None


async def test_a_service_without_a_key_is_not_asked(database, team):
    row = await tried(team, AssertionError("asked"))
    assert (row.state, row.sentence) == (
        AccessState.UNAVAILABLE,
        "Hunter needs a key. An admin adds it under Providers.",
    )


async def test_a_key_that_cannot_be_opened_asks_to_be_pasted_again(database, team):
    await with_key(team)
    async with db.begin(team.id) as tx:
        (await access.of_service(tx, "hunter")).sealed_key = "v1.00000000.AAAA.AAAA"
    row = await tried(team, AssertionError("asked"))
    assert (row.state, row.sentence) == (AccessState.KEY_REFUSED, UNOPENED)


async def test_an_answer_about_a_key_that_was_replaced_meanwhile_is_not_kept(database, team):
    await with_key(team)

    class Replacing(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            await with_key(team, "k-2")
            return httpx.Response(401, request=request)

    await check_access(Wire(transport=Replacing()), str(team.id), "hunter")
    async with db.read(team.id) as tx:
        (row,) = await access.of_workspace(tx)
    assert (row.state, access.key_of(row)) == (AccessState.UNTRIED, "k-2")
