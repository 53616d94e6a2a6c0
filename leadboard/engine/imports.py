"""The work of an import: rows are read and parsed in a thread, and stored a chunk at a time.

How far it is stands in the store and moves in the transaction of each chunk, so that a killed import goes on with the
next row, whoever continues it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from leadboard.domain.drafts import Draft, draft
from leadboard.domain.importing import JobStatus
from leadboard.domain.tabular import Layout, Record, Row, read, record_reader
from leadboard.engine.steps import step
from leadboard.engine.tools import Tools
from leadboard.errors import Refused
from leadboard.store import db, import_revert, imports
from leadboard.store.tables import ImportJob, Workspace

CHUNK = 500
"""Rows of one transaction: whoever else wants to write waits no longer than these take."""
KEPT = timedelta(days=30)
"""How long an uploaded file stays."""
GONE = "The uploaded file is no longer there. What was imported stays; upload the file again for the rest."
BROKEN = "The import stopped because of a fault of ours, which is in the log. What was imported stays."


def workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow `import`: (workspace id, import id)."""

    async def run(workspace_id: str, job_id: str) -> None:
        importing = Importing(UUID(workspace_id), UUID(job_id))
        try:
            while await step("rows", importing.rows):
                pass
        except Exception:
            await step("give_up", importing.give_up)
            raise
        finally:
            importing.close()

    return run


def revert_workflow(tools: Tools) -> Callable[[str, str], Awaitable[None]]:
    """The workflow `revert_import`: (workspace id, import id)."""

    async def run(workspace_id: str, job_id: str) -> None:
        while await step("revert", revert, UUID(workspace_id), UUID(job_id)):
            pass

    return run


class Importing:
    """One import under way. Memory only spares opening the file again: the store says which row is next."""

    def __init__(self, workspace: UUID, job_id: UUID) -> None:
        self._workspace = workspace
        self._job_id = job_id
        self._drafts: Drafts | None = None

    async def rows(self) -> bool:
        """Import the next rows; False when there is nothing more to do."""
        try:
            if self._drafts is None:
                self._drafts = await self._open()
            chunk = await self._drafts.next() if self._drafts else []
            return await self._store(chunk)
        except Refused as refused:
            return await self._end(JobStatus.FAILED, refused.sentence)
        except FileNotFoundError:
            return await self._end(JobStatus.FAILED, GONE)
        except BaseException:
            self.close()
            raise

    async def _open(self) -> "Drafts | None":
        async with db.begin(self._workspace) as tx:
            job = await imports.at_work(tx, self._job_id)
            place = await tx.get(Workspace, self._workspace)
        return Drafts(job, place) if job and place else None

    async def _store(self, chunk: list[Draft]) -> bool:
        async with db.begin(self._workspace) as tx:
            job = await imports.at_work(tx, self._job_id)
            if job is None:
                return False
            if not chunk:
                imports.end(tx, job, JobStatus.DONE)
            elif job.read == chunk[0].number - 1:
                await imports.take(tx, job, chunk)
            else:
                self.close()
        return bool(chunk)

    async def _end(self, status: JobStatus, error: str) -> bool:
        async with db.begin(self._workspace) as tx:
            job = await imports.at_work(tx, self._job_id)
            if job is not None:
                imports.end(tx, job, status, error)
        return False

    async def give_up(self) -> None:
        """End an import that broke, so that it does not seem at work for ever."""
        await self._end(JobStatus.FAILED, BROKEN)

    def close(self) -> None:
        """Let go of the file."""
        drafts, self._drafts = self._drafts, None
        if drafts is not None:
            drafts.close()


async def revert(workspace: UUID, job_id: UUID) -> bool:
    """Take the next rows of an import back, the last ones first; False when there is nothing more to do."""
    async with db.begin(workspace) as tx:
        job = await imports.reverting(tx, job_id)
        if job is None:
            return False
        more = await import_revert.undo(tx, job, CHUNK)
        if not more:
            imports.end_revert(tx, job)
        return more


class Drafts:
    """The rows of a file from where an import stands, as drafts, a chunk at a time; the next one is read ahead."""

    def __init__(self, job: ImportJob, place: Workspace) -> None:
        layout = Layout.from_json(job.layout)
        self._file = Path(job.path).open("rb")  # noqa: SIM115
        self._rows = _drafts(
            islice(read(self._file, layout), job.read, None),
            record_reader(layout, job.mapping, place.region),
            place.currency,
        )
        self._thread = ThreadPoolExecutor(1, "import")
        self._ahead = self._thread.submit(self._chunk)

    async def next(self) -> list[Draft]:
        """The next rows; none at the end of the file. Raises `Refused` where the file cannot be read on."""
        chunk = await asyncio.wrap_future(self._ahead)
        if chunk:
            self._ahead = self._thread.submit(self._chunk)
        return chunk

    def close(self) -> None:
        """Close the file once the thread is done with it."""
        self._thread.submit(self._file.close)
        self._thread.shutdown(wait=False)

    def _chunk(self) -> list[Draft]:
        return list(islice(self._rows, CHUNK))


def _drafts(rows: Iterable[Row], parse: Callable[[Row], Record], currency: str) -> Iterator[Draft]:
    for row in rows:
        record = parse(row)
        notes = (*record.problems, *([row.note] if row.note else []))
        yield draft(row.number, row.cells, record.values, notes, currency)


def tidy(uploads: Path, now: datetime) -> int:
    """Delete uploaded files older than 30 days; returns how many."""
    old = [path for path in uploads.glob("*") if datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo) < now - KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
