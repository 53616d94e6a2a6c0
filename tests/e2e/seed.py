"""People, workspaces and leads put straight into a server's store, for tests that are not about how they got there."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from uuid import UUID, uuid4

from leadboard.actions import hashing
from leadboard.actions.sign_in import Caller, open_session
from leadboard.bench.sites import GeneratedSites
from leadboard.domain.rights import Role
from leadboard.store import db, people
from leadboard.store.db import Tx
from leadboard.store.tables import Lead, User, Workspace
from tests.e2e.server import SITES, Server

PASSWORD = "quiet harbour lantern 42"
COMPANIES = GeneratedSites(SITES)

T = TypeVar("T")


@dataclass(frozen=True)
class Somebody:
    """A person with an account; `cookie` is a live session of theirs."""

    id: UUID
    email: str
    name: str
    cookie: str


@dataclass(frozen=True)
class Place:
    """A workspace, with the one lead that each name stands for."""

    id: UUID
    slug: str
    name: str
    leads: dict[str, UUID]

    @property
    def board(self) -> str:
        """The path of its board."""
        return f"/w/{self.slug}/board"


def in_store(server: Server, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run `work` with the server's database in use; in a thread, for the browser's loop runs in this one."""

    async def with_database() -> T:
        database = db.open_database(server.settings.database)
        db.use(database)
        try:
            return await work()
        finally:
            db.use(None)
            await database.dispose()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, with_database()).result()


@cache
def _hash() -> str:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, hashing.new_hash(PASSWORD)).result()


def somebody(server: Server, name: str) -> Somebody:
    """A new person, signed in; their address is new every time."""
    user = User(
        email=f"{name.split()[0].lower()}.{uuid4().hex[:8]}@northfold.example", name=name, password_hash=_hash()
    )

    async def make() -> Somebody:
        async with db.begin(people=True) as tx:
            tx.add(user)
            await tx.flush()
            opened, _ = await open_session(tx, user, Caller("127.0.0.1", "Browser test"))
            return Somebody(user.id, user.email, user.name, opened.token)

    return in_store(server, make)


def workspace(
    server: Server, name: str, members: Sequence[tuple[Somebody, Role]], leads: Sequence[dict[str, Any]] = ()
) -> Place:
    """A new workspace with these members and leads (rows of `Lead`)."""

    async def make() -> Place:
        async with db.begin(uuid4(), people=True) as tx:
            made: Workspace = await people.make_workspace(tx, name)
            for person, role in members:
                await people.join(tx, person.id, role)
            return Place(made.id, made.slug, made.name, await _insert(tx, leads))

    return in_store(server, make)


def add_leads(server: Server, place: Place, leads: Sequence[dict[str, Any]]) -> dict[str, UUID]:
    """Put more leads into a workspace; pages that are open already do not hear of it. Returns name -> id."""

    async def add() -> dict[str, UUID]:
        async with db.begin(place.id) as tx:
            return await _insert(tx, leads)

    return in_store(server, add)


async def _insert(tx: Tx, leads: Sequence[dict[str, Any]]) -> dict[str, UUID]:
    rows = [{"id": uuid4(), **lead} for lead in leads]
    await tx.insert_many(Lead, rows)
    return {row["name"]: row["id"] for row in rows}


def install(server: Server, owner: Somebody) -> None:
    """Close the set-up page: this is the first owner."""

    async def claim() -> None:
        async with db.begin(people=True) as tx:
            await people.claim_installation(tx, owner.id)

    in_store(server, claim)


def lead(name: str, domain: str, **values: Any) -> dict[str, Any]:
    """A row of `Lead` as an import would leave it."""
    return {
        "key": domain,
        "name": name,
        "name_key": name.lower(),
        "domain": domain,
        "website": f"http://{domain}/",
        "status": "harvested",
        "source": "import",
    } | values


def company_leads(many: int, start: int = 0) -> list[dict[str, Any]]:
    """Leads whose websites the server can read."""
    towns = (("Bergen", "NO"), ("Graz", "AT"), ("Kiel", "DE"), ("São Paulo", "BR"))
    whats = (
        "Spectrometers and software for food safety labs",
        "Roof repair",
        "Collaborative robot arms for small-batch lab work, sold with training and a service plan for five years",
    )
    return [
        lead(
            COMPANIES.company(domain).name,
            domain,
            what=whats[at % 3],
            city=towns[at % 4][0],
            country=towns[at % 4][1],
            value=(at % 17 + 1) * 531_000,
            owner_name=("Ada Moreno", "Ben Oduya", "")[at % 3],
        )
        for at, domain in enumerate(COMPANIES.domains[start : start + many])
    ]
