"""Batches over the demo world, without the runtime: each step is called as the workflow would."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlmodel import col, select

from leadboard.domain.batches import Entity
from leadboard.domain.identity import registrable_domain
from leadboard.engine.batch import Batching
from leadboard.engine.tools import Tools
from leadboard.providers.wire import Wire
from leadboard.sandbox.app import Sandbox
from leadboard.sandbox.behaviour import Behaviour
from leadboard.sandbox.transport import in_process
from leadboard.sandbox.world import Company, Person, World
from leadboard.store import batches, db
from leadboard.store.tables import Batch, Contact, Lead, Workspace
from tests.support.services import Slept

WORLD = World()


@dataclass
class Demo:
    """A demo workspace, and the world that answers it."""

    workspace: UUID
    sandbox: Sandbox
    slept: Slept = field(default_factory=Slept)

    @property
    def tools(self) -> Tools:
        """The way to the demo world, where waiting costs no time."""
        wire = Wire(transport=in_process(self.sandbox), sleep=self.slept.sleep, clock=self.slept.clock)
        return Tools(reader=None, demo_wire=wire)  # type: ignore[arg-type]

    async def add_leads(self, companies: Iterable[Company]) -> list[UUID]:
        """The companies as leads of which only name and domain are known."""
        rows = [
            {"id": uuid4(), "key": registrable_domain(each.domain), "name": each.name, "domain": each.domain}
            for each in companies
        ]
        async with db.begin(self.workspace) as tx:
            await tx.insert_many(Lead, rows)
        return [row["id"] for row in rows]

    async def add_people(self, people: Iterable[Person], *, linkedin: bool = True) -> list[UUID]:
        """People as contacts of leads, by name, title and profile."""
        people = list(people)
        domains = list(dict.fromkeys(person.domain for person in people))
        lead_ids = dict(zip(domains, await self.add_leads(WORLD.by_domain[each] for each in domains), strict=True))
        rows = [
            {
                "id": uuid4(),
                "lead_id": lead_ids[person.domain],
                "key": person.name.casefold(),
                "name": person.name,
                "title": person.title,
                "linkedin": person.linkedin if linkedin else "",
                "source": "people.csv",
            }
            for person in people
        ]
        async with db.begin(self.workspace) as tx:
            await tx.insert_many(Contact, rows)
        return [row["id"] for row in rows]

    async def request(self, entity: Entity, ids: list[UUID], **more: object) -> UUID:
        """Ask for a batch."""
        async with db.begin(self.workspace) as tx:
            batch, _ = await batches.request(tx, entity, ids, user_id=None, by="Ada", **more)  # type: ignore[arg-type]
            return batch.id

    async def run(self, batch_id: UUID, tools: Tools | None = None) -> Batch:
        """Work on a batch until it ends or pauses."""
        work = Batching(tools or self.tools, self.workspace, batch_id)
        if await work.begin():
            while (more := await work.chunk()) == "more":
                pass
            if more == "" and await work.premium():
                await work.finish()
        return await self.batch(batch_id)

    async def batch(self, batch_id: UUID) -> Batch:
        """How a batch is."""
        async with db.read(self.workspace) as tx:
            return await tx.get_one(Batch, (self.workspace, batch_id))

    async def contacts(self) -> list[Contact]:
        """Every contact of the workspace."""
        async with db.read(self.workspace) as tx:
            return list((await tx.exec(select(Contact).order_by(col(Contact.name)))).all())


async def demo_of(workspace: UUID, behaviour: Behaviour | None = None) -> Demo:
    """Make a workspace a demo one."""
    async with db.begin(workspace) as tx:
        (await tx.get_one(Workspace, workspace)).demo = True
    return Demo(workspace, Sandbox(WORLD, behaviour))


def somebody(many: int, which: Callable[[Person], bool] = lambda person: True) -> list[Person]:
    """So many people of the world, one a company where that is enough."""
    people = [person for everybody in WORLD.people.values() for person in everybody[:2] if which(person)]
    return people[:many]
