"""Every route over HTTP, asked by everybody: a route that is in no row of the table fails the test."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from sqlmodel import select, update

from leadboard.actions import hashing, imports, sign_in
from leadboard.actions.sign_in import Caller
from leadboard.api.app import build_api
from leadboard.api.gate import BEARER_ONLY, CLOSED, SAFE, Gate
from leadboard.api.imports import import_routes
from leadboard.api.lines import Lines
from leadboard.domain.rights import RIGHTS, Right, Role
from leadboard.providers.registry import SERVICES
from leadboard.settings import Settings
from leadboard.store import catalogue, db
from leadboard.store.imports import Upload
from leadboard.store.tables import ImportJob, Install, Invite, Membership, User
from tests.api.conftest import PASSWORD
from tests.conftest import Team

pytestmark = pytest.mark.usefixtures("cheap_hashes")

FILE = b"Company,Website\nAcme,acme.example\n"
NOBODY = ("anonymous", "forged")
STRANGERS = ("removed", "invited", "foreign")
"""Signed in, and no member of the workspace: no longer, not yet, or of another one only."""
EVERYBODY = (*NOBODY, *STRANGERS, *Role)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TO_SIGN_IN = "303 /sign-in signed_out"


@dataclass(frozen=True)
class Row:
    """A route, one address of it, what is sent there, and how each person is answered: status, page and error."""

    method: str
    path: str
    answers: Mapping[str, str]
    address: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)


def alike(answer: str) -> dict[str, str]:
    """Everybody is answered the same."""
    return dict.fromkeys(EVERYBODY, answer)


def with_session(nobody: str, others: str) -> dict[str, str]:
    """Whoever is signed in may, whichever workspace they are in."""
    return alike(others) | dict.fromkeys(NOBODY, nobody)


def with_right(right: Right, nobody: str, weak: str, done: str) -> dict[str, str]:
    """Members whose role has this right may; to others the workspace does not exist."""
    roles = {role.value: done if right in RIGHTS[role] else weak for role in Role}
    return dict.fromkeys(NOBODY, nobody) | dict.fromkeys(STRANGERS, "404") | roles


TABLE = (
    Row("GET", "/health", alike("200")),
    Row("GET", "/health/live", alike("200")),
    Row("POST", "/auth/set-up", alike("404")),
    Row(
        "POST",
        "/auth/sign-in",
        alike("303 /w/north/board"),
        sent={"data": {"email": "viewer@north.example", "password": PASSWORD}},
    ),
    Row("POST", "/auth/sign-out", alike("303 /sign-in")),
    Row("POST", "/auth/sign-out-everywhere", with_session(TO_SIGN_IN, "303 /sign-in")),
    Row(
        "POST",
        "/auth/password",
        with_session(TO_SIGN_IN, "303 /account wrong_password"),
        sent={"data": {"current": "not that one", "password": "eleven blue umbrellas"}},
    ),
    Row(
        "POST",
        "/auth/invite/{workspace}",
        with_right(Right.INVITE, TO_SIGN_IN, "403", "200"),
        "/auth/invite/north",
        {"data": {"role": "viewer"}},
    ),
    Row("GET", "/join/{workspace}/{token}", alike("303 /join/north invitation"), f"/join/north/{'x' * 43}"),
    Row(
        "POST",
        "/auth/accept-invite",
        alike("303 /join/north invitation_lost"),
        sent={"data": {"workspace": "north", "email": "new@north.example"}},
    ),
    Row(
        "POST",
        "/imports/{slug}",
        with_right(Right.EDIT, "303 /sign-in", "303 /w/north/import no_right", "303 /w/north/import/{job}"),
        "/imports/north",
        {"files": {"file": ("list.csv", FILE)}},
    ),
    Row(
        "GET",
        "/imports/{slug}/{job}/failed.csv",
        with_right(Right.EXPORT, "401", "403", "200"),
        "/imports/north/{job}/failed.csv",
    ),
    Row(
        "POST",
        "/auth/providers/{slug}/{name}/key",
        with_right(Right.SETTINGS, TO_SIGN_IN, "403", "303 /w/north/providers key_spaces"),
        "/auth/providers/north/hunter/key",
        {"data": {"key": "two words"}},
    ),
    Row(
        "POST",
        "/auth/providers/{slug}/{name}/remove-key",
        with_right(Right.SETTINGS, TO_SIGN_IN, "403", "303 /w/north/providers"),
        "/auth/providers/north/hunter/remove-key",
    ),
    *(Row(method, "/auth/{path:path}", alike("404"), "/auth/nothing") for method in METHODS),
    *(Row(method, "/api/{path:path}", alike("404"), "/api/v1/leads") for method in METHODS),
)


def unlisted(api: FastAPI) -> set[tuple[str, str]]:
    """Method and path of every route that the table does not know, or knows and the API does not have."""
    routes = iter_route_contexts(api.routes)
    return {(method, str(each.path)) for each in routes for method in each.methods or ["any"]} ^ {
        (row.method, row.path) for row in TABLE
    }


def test_every_route_of_the_app_is_in_the_table():
    from leadboard.leadboard import api

    assert not unlisted(api), "say in TABLE who may ask it"


def test_a_route_whose_author_forgot_the_table_is_found(settings: Settings):
    forgotten = APIRouter(prefix="/exports")
    forgotten.add_api_route("/{slug}", lambda slug: slug, methods=["GET"])

    assert unlisted(build_api(settings, [import_routes(settings), forgotten])) == {("GET", "/exports/{slug}")}


def test_the_frameworks_own_routes_are_shut_or_say_nothing():
    from leadboard.leadboard import app

    assert app._api is not None
    assert {each.path for each in app._api.routes if not each.path.lstrip("/").startswith(CLOSED)} == {  # type: ignore[attr-defined]
        "/ping",
        "/_health",
    }


class Door:
    """The API behind its gate, and who knocks."""

    def __init__(self, settings: Settings, team: Team, people: Mapping[str, UUID], job: str) -> None:
        gate = Gate(build_api(settings, [import_routes(settings)]), settings, Lines())
        self.settings, self.team, self.job = settings, team, job
        self._people = people
        self._tokens: dict[str, str] = {}
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url=settings.address)

    async def ask(self, row: Row, who: str, origin: str = "", address: str = "") -> httpx.Response:
        """The answer to somebody with an open session, at one of our own pages unless `origin` says where."""
        headers = {"origin": origin or self.settings.address}
        if token := await self._token(who):
            headers["cookie"] = f"{self.settings.cookie_name}={token}"
        path = (address or row.address or row.path).replace("{job}", self.job)
        return await self._client.request(row.method, path, headers=headers, **row.sent)

    async def _token(self, who: str) -> str:
        if who in NOBODY:
            return "x" * 43 if who == "forged" else ""
        if not await sign_in.by_token(self._tokens.get(who, "")):
            async with db.begin() as tx:
                user = await tx.get_one(User, self._people[who])
                self._tokens[who] = (await sign_in.open_session(tx, user, Caller()))[0].token
        return self._tokens[who]

    async def jobs(self) -> set[str]:
        """Every import of the workspace."""
        async with db.read(self.team.id) as tx:
            return {str(each) for each in (await tx.exec(select(ImportJob.id))).all()}

    async def invites(self) -> int:
        """How many invitations there are."""
        async with db.read(self.team.id) as tx:
            return len((await tx.exec(select(Invite.id))).all())

    @property
    def kept(self) -> int:
        """How many files of uploads there are."""
        return len(list(self.settings.uploads.glob("*")))


@pytest.fixture
async def door(database: db.Database, settings: Settings, team: Team, other_team: Team) -> Door:
    """An installation with two workspaces, an import in the first, and people who are in it no longer or not yet."""
    catalogue.use(SERVICES)
    settings.uploads.mkdir(parents=True)
    path = settings.uploads / "stored"
    path.write_bytes(FILE)
    job = await imports.register(team.member, team.slug, Upload(path, "list.csv", len(FILE)))
    password = await hashing.new_hash(PASSWORD)
    async with db.begin(team.id) as tx:
        tx.add(Install(owner_id=team.owner.user_id))
        await tx.exec(update(User).values(password_hash=password))
        strangers = {
            who: User(email=f"{who}@north.example", name=who.title(), password_hash=password)
            for who in ("removed", "invited")
        }
        tx.add_all(strangers.values())
        await tx.flush()
        since = {"removed": {"accepted_at": tx.now, "deleted_at": tx.now}, "invited": {}}
        for who, user in strangers.items():
            tx.add(Membership(workspace_id=team.id, user_id=user.id, role=Role.OWNER, **since[who]))
    people = {role.value: getattr(team, role).user_id for role in Role} | {"foreign": other_team.owner.user_id}
    return Door(settings, team, people | {who: user.id for who, user in strangers.items()}, job)


def told(answer: httpx.Response) -> str:
    """How a route answered: the status and, when it leads somewhere, the page and the error it says."""
    to = urlsplit(answer.headers.get("location", ""))
    error = parse_qs(to.query).get("error", [""])[0]
    return " ".join(part for part in (str(answer.status_code), to.path, error) if part)


async def test_every_route_answers_everybody_as_the_table_says(door: Door):
    for row in TABLE:
        answers = {who: told(await door.ask(row, who)) for who in EVERYBODY}
        for job in await door.jobs():
            answers = {who: answer.replace(job, "{job}") for who, answer in answers.items()}
        assert answers == row.answers, f"{row.method} {row.path}"


async def test_who_is_refused_leaves_nothing_behind(door: Door):
    for row in (each for each in TABLE if each.path.startswith(("/imports/", "/auth/invite/"))):
        for who in (who for who, answer in row.answers.items() if answer != row.answers[Role.OWNER]):
            await door.ask(row, who)

    assert (await door.jobs(), await door.invites(), door.kept) == ({door.job}, 0, 1)


@pytest.mark.parametrize("who", ["owner", "anonymous"])
async def test_what_changes_something_is_asked_from_our_own_pages_only(door: Door, who: str):
    for row in TABLE:
        if row.method not in SAFE and not row.address.startswith(BEARER_ONLY):
            assert told(await door.ask(row, who, origin="https://evil.example")) == "403", row


async def test_an_import_of_another_workspace_is_not_found_from_ones_own(door: Door):
    (row,) = (each for each in TABLE if each.path.endswith("failed.csv"))

    assert told(await door.ask(row, "foreign", address="/imports/south/{job}/failed.csv")) == "404"
    assert told(await door.ask(row, "owner", address="/imports/south/{job}/failed.csv")) == "404"
