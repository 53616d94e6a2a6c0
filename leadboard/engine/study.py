"""The study of a workspace's own website: it is read, the skills work on it, and a person takes what they propose."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from dbos import DBOS

from leadboard.domain.evidence import Snippet
from leadboard.domain.study import READING, UNDER_WAY, proposals
from leadboard.engine.demo import in_demo
from leadboard.engine.model.picker import GatewayPicker
from leadboard.engine.model.prompt import Caller
from leadboard.engine.skills.base import Context
from leadboard.engine.skills.discover import Discovery, Step, discover
from leadboard.engine.skills.from_site import from_site
from leadboard.engine.skills.parse_website import Website
from leadboard.engine.skills.picking import Picker, Picks, Wanted
from leadboard.engine.steps import step
from leadboard.engine.thinking import PAGES
from leadboard.engine.tools import Tools
from leadboard.errors import Refused, TryLater
from leadboard.store import db, studies
from leadboard.store.db import Tx
from leadboard.store.tables import Study

MOST_WAITS = 3
LONGEST_WAIT = 60.0
"""A website that asks for patience gets it so many times, so many seconds at most."""
BROKEN = "The study stopped because of a fault of ours, which is in the log. Start it again."

T = TypeVar("T")


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow that a press sets off: (workspace id, study)."""

    async def study(workspace_id: str, study_id: str) -> None:
        work = Studying(tools, UUID(workspace_id), UUID(study_id))
        try:
            await work.work()
        except Exception:
            await step("give_up", work.give_up)
            raise

    return study


@dataclass(frozen=True)
class _OnLoop:
    """A model for skills that run on another loop than its connections do."""

    picker: Picker
    loop: asyncio.AbstractEventLoop

    async def pick(self, purpose: str, wanted: Sequence[Wanted], passages: Sequence[Snippet]) -> Picks:
        asked = self.picker.pick(purpose, wanted, passages)
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(asked, self.loop))


class Studying:
    """One study under way. Each public step is one of the workflow's; what it found is in the store."""

    def __init__(self, tools: Tools, workspace: UUID, study_id: UUID) -> None:
        self._tools = tools
        self._workspace = workspace
        self._study_id = study_id

    async def work(self) -> None:
        """Do every step that is left."""
        for waits in range(MOST_WAITS + 1):
            wait = await step("read", self.read, waits == MOST_WAITS)
            if wait is None:
                break
            await DBOS.sleep_async(wait)
        await step("think", self.think)

    async def read(self, last_try: bool) -> float | None:
        """Read the website; seconds to wait when it asks for patience, None to go on."""
        study = await self._write(lambda tx, study: studies.begin(tx, study, READING) or study)
        if study is None or study.pages is not None:
            return None
        try:
            demo = await in_demo(self._workspace, study.website)
            site, said = await self._tools.reader.read(study.website, None, demo)
        except TryLater as later:
            if not last_try:
                return min(later.seconds, LONGEST_WAIT)
            await self._fail(later.sentence)
            return None
        if site["error"]:
            await self._fail(site["error"])
            return None

        def keep(tx: Tx, study: Study) -> None:
            studies.keep_pages(tx, study, site["pages"])
            studies.end_step(tx, study, {"name": READING, "ok": True, "error": "", "said": said})

        await self._write(keep)
        return None

    async def think(self) -> None:
        """Let the skills work, in a thread: they take longer than a loop may stand still."""
        study = await self._write(lambda tx, study: studies.begin(tx, study, "parse_website") or study)
        if study is None or study.pages is None:
            return
        picker = await self._picker(study)
        thread = ThreadPoolExecutor(1)  # of its own: a model may keep it waiting
        loop = asyncio.get_running_loop()
        try:
            discovery = await loop.run_in_executor(thread, self._discovered, study, picker, loop)
            found = discovery.model_dump(mode="json")
            proposals(found)  # what no profile could hold is refused here, not on the page
        except Refused as refused:
            await self._fail(refused.sentence)
            return
        finally:
            thread.shutdown(wait=False)
        await self._write(lambda tx, study: studies.complete(tx, study, found))

    async def _picker(self, study: Study) -> Picker | None:
        """The model that helps the skills, where one answers."""
        model = self._tools.model
        demo = model is not None and await in_demo(self._workspace, study.website)
        if model is None or not model.answers(demo):
            return None
        caller = Caller(self._workspace, user_id=study.user_id, demo=demo, study=study.id)
        return _OnLoop(GatewayPicker(model, caller, secrets.token_hex(8)), asyncio.get_running_loop())

    def _discovered(self, study: Study, picker: Picker | None, loop: asyncio.AbstractEventLoop) -> Discovery:
        """What the website comes to; each step is told to `loop`, in its order, without waiting for it."""
        website = Website(url=study.website, read=PAGES.validate_python(study.pages))
        told: list[Future[None]] = []

        async def report(ended: Step) -> None:
            told.append(asyncio.run_coroutine_threadsafe(self._tell(ended), loop))

        context = Context(study.created_at.date(), picker)
        found = asyncio.run(discover(website, enrich=from_site, context=context, report=report))
        for each in told:
            each.result()
        return found

    async def _tell(self, ended: Step) -> None:
        await self._write(lambda tx, study: studies.end_step(tx, study, ended.model_dump(mode="json")))

    async def give_up(self) -> None:
        """Fail the study because something happened that nobody foresaw; the log says what."""
        await self._fail(BROKEN)

    async def _fail(self, sentence: str) -> None:
        await self._write(lambda tx, study: studies.fail(tx, study, sentence))

    async def _write(self, verb: Callable[[Tx, Study], T]) -> T | None:
        """Change the study; None when it has ended already."""
        async with db.begin(self._workspace) as tx:
            study = await tx.get_one(Study, (self._workspace, self._study_id), with_for_update=True)
            return verb(tx, study) if study.status in UNDER_WAY else None
