"""`leadboard seed`: a demo workspace as if a team had worked in it for four weeks, on companies that do not exist.

Everything is done by those who do it in earnest, on a clock that is set to when it happened: searches ask the demo
world's services, batches go through the waterfall, and people move leads.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select

from leadboard.actions import edits, hashing, moves
from leadboard.domain.batches import Entity
from leadboard.domain.rights import Principal, Role
from leadboard.embedded import data_lock
from leadboard.engine.batch import Batching
from leadboard.engine.discover import Discovering
from leadboard.engine.reader_process import ReaderProcess
from leadboard.engine.tools import Tools
from leadboard.errors import Refused
from leadboard.providers.addresses import PublicResolver
from leadboard.providers.registry import SERVICES
from leadboard.providers.wire import Wire
from leadboard.sandbox import history
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.history import Deed, Member, Moved, Owned, Plan, Tagged, Valued, Wrote
from leadboard.sandbox.transport import DemoSites, in_process
from leadboard.sandbox.world import World
from leadboard.settings import Settings
from leadboard.store import batches, catalogue, db, discoveries, icps, people, work
from leadboard.store.db import Tx
from leadboard.store.tables import Lead, User, Workspace

LOOKED_UP = 4
"""Of so many new companies the best one's people are looked up."""
CONTACT = "demo@leadboard.example"
"""Who the demo world's services are told is asking."""


@dataclass
class Then:
    """A clock that stands where it was set."""

    now: datetime

    def __call__(self) -> datetime:
        """The moment it was set to."""
        return self.now


def seed(
    settings: Settings, workspace: str = "", *, today: date | None = None, plan: Plan = history.USUAL
) -> dict[str, Any]:
    """Fill a demo workspace (of this name or address, else the oldest) with a history that ends on the eve of today.

    Returns how much there is of everything. Raises `Refused` for a workspace that is no demo or has leads already.
    """
    with data_lock(settings.data_dir):
        return asyncio.run(_seed(settings, workspace, today or datetime.now(UTC).date(), plan))


async def _seed(settings: Settings, workspace: str, today: date, plan: Plan) -> dict[str, Any]:
    clock = Then(history.morning(today, plan.searches[0]))
    async with _opened(settings, clock):
        found = await _demo(workspace)
        async with _tools() as tools:
            return await Seeding(found, tools, clock, today, plan).seed()


@asynccontextmanager
async def _opened(settings: Settings, clock: Then) -> AsyncIterator[None]:
    """The process's database on this clock, and its queue of work."""
    database, client = db.open_database(settings.database, clock=clock), work.connect(settings.database)
    db.use(database)
    work.use(client)
    catalogue.use(SERVICES, CONTACT)
    try:
        yield
    finally:
        work.use(None)
        db.use(None)
        client.destroy()
        await database.dispose()


@asynccontextmanager
async def _tools() -> AsyncIterator[Tools]:
    """The ways into the demo world, where nobody waits."""
    wire = Wire(contact=CONTACT, transport=in_process(Sandbox(World())), sleep=lambda seconds: asyncio.sleep(0))
    async with wire, ReaderProcess(PublicResolver(), world=DemoSites()) as reader:
        yield Tools(reader, wire=wire, demo_wire=wire)


async def _demo(name: str) -> Workspace:
    """The workspace to be filled."""
    async with db.read() as tx:
        there = [each for each in await people.every_workspace(tx) if not name or name in (each.name, each.slug)]
    demos = sorted((each for each in there if each.demo), key=lambda each: each.created_at)
    if not demos:
        raise Refused(
            f"“{name}” is no demo workspace. Invented companies do not go among real ones."
            if there and name
            else "There is no demo workspace here. Mark one as a demo first; real ones are never filled."
        )
    async with db.read(demos[0].id) as tx:
        if (await tx.exec(select(func.count()).select_from(Lead))).one():
            raise Refused(f"“{demos[0].name}” has leads already. Nothing was changed; only an empty one is filled.")
    return demos[0]


class Seeding:
    """One history, from its first day to its last."""

    def __init__(self, place: Workspace, tools: Tools, clock: Then, today: date, plan: Plan) -> None:
        self._place = place
        self._tools = tools
        self._clock = clock
        self._end = datetime.combine(today, time(), UTC)
        self._today = today
        self._plan = plan
        self._world = World()
        self._team: list[Principal] = []

    async def seed(self) -> dict[str, Any]:
        """Do everything in its order: what is done to a lead begins the day after it was found."""
        self._team = [await self._join(member) for member in history.team(self._world, self._place.slug)]
        async with self._at(self._clock.now) as tx:
            await icps.save(tx, self._plan.profile, self._team[0].name)
        waiting: list[tuple[Deed, UUID]] = []
        for number, days_ago in enumerate(self._plan.searches):
            at = history.morning(self._today, days_ago)
            waiting = await self._do(waiting, at)
            for key, lead_id in await self._search(self._team[number % 4], at):
                waiting += [(deed, lead_id) for deed in history.story(self._world, key, at, self._end)]
        await self._do(waiting, self._end)
        return await self._told()

    async def _join(self, member: Member) -> Principal:
        """An account that nobody can sign in to, as a member."""
        async with self._at(self._clock.now) as tx:
            user = await people.user_by_email(tx, member.email)
            if user is None:
                hashed = await hashing.new_hash(secrets.token_urlsafe(32))
                user = User(email=member.email, name=member.name, password_hash=hashed, created_at=tx.now)
                tx.add(user)
                await tx.flush()
            await people.join(tx, user.id, Role.MEMBER)
        return Principal(user.id, member.name, email=member.email)

    async def _search(self, by: Principal, at: datetime) -> list[tuple[str, UUID]]:
        """Look for companies and for the people of the best of them; returns key and id of each new lead."""
        async with self._at(at) as tx:
            version = await icps.version_in_force(tx)
            wanted = {"target": self._plan.target, "icp_version": version, "cap_micros": None, "enrich": False}
            discovery, _ = await discoveries.request(tx, **wanted, user_id=by.user_id, by=by.name)
        search = Discovering(self._tools, self._place.id, discovery.id)
        following = await search.begin()
        while following["ask"]:
            for service, page in following["ask"]:
                await search.page(service, page)
            following = await search.choose()
        await search.end()
        async with self._at(at + timedelta(minutes=25)) as tx:
            ids = await discoveries.created(tx, discovery)
            leads = (await tx.exec(select(Lead).where(col(Lead.id).in_(ids)).order_by(*_BEST))).all()
        await self._look_up(by, [lead.id for lead in leads[: self._plan.target // LOOKED_UP]])
        return [(lead.key, lead.id) for lead in leads]

    async def _look_up(self, by: Principal, lead_ids: Iterable[UUID]) -> None:
        async with self._at(self._clock.now) as tx:
            batch, _ = await batches.request(tx, Entity.LEAD, list(lead_ids), user_id=by.user_id, by=by.name)
        batching = Batching(self._tools, self._place.id, batch.id)
        if await batching.begin():
            while (more := await batching.chunk()) == "more":
                pass
            if more == "" and await batching.premium():
                await batching.finish()

    async def _do(self, waiting: list[tuple[Deed, UUID]], until: datetime) -> list[tuple[Deed, UUID]]:
        """Do what was done before a moment, in its order; returns the rest."""
        waiting.sort(key=lambda each: each[0].at)
        for deed, lead_id in waiting:
            if deed.at < until:
                self._clock.now = deed.at
                await self._act(self._team[deed.by], deed, str(lead_id))
        return [each for each in waiting if each[0].at >= until]

    async def _act(self, me: Principal, deed: Deed, lead_id: str) -> None:
        slug = self._place.slug
        match deed.what:
            case Moved(column, answers):
                async with db.read(self._place.id) as tx:
                    version = (await tx.find(Lead, lead_id)).version
                await moves.move(me, slug, lead_id, version, column, answers)
            case Owned():
                await moves.assign(me, slug, [lead_id], str(me.user_id))
            case Tagged(tag):
                await moves.tag(me, slug, [lead_id], [tag])
            case Wrote(text):
                await edits.add_note(me, slug, lead_id, text)
            case Valued(value):
                await edits.set_fact(me, slug, lead_id, "value", value, "")

    @asynccontextmanager
    async def _at(self, moment: datetime) -> AsyncIterator[Tx]:
        """A transaction of that moment."""
        self._clock.now = moment
        async with db.begin(self._place.id) as tx:
            yield tx

    async def _told(self) -> dict[str, Any]:
        """How much there is of everything."""
        async with db.read(self._place.id) as tx:
            counted = select(Lead.column, func.count()).where(col(Lead.deleted_at).is_(None)).group_by(Lead.column)
            columns = dict((await tx.exec(counted)).all())
        told = {"workspace": self._place.slug, "members": len(self._team), "leads": sum(columns.values())}
        return told | {"columns": {name: columns[name] for name in sorted(columns)}}


_BEST = (col(Lead.fit_score).desc(), col(Lead.name), col(Lead.id))
