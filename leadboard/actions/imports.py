"""What a person may do with imports: bring a file in, say how it is read, start, stop, look, take back."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

from leadboard.actions.access import allowed, looking
from leadboard.domain.importing import ENDED, UNDER_WAY, Outcome, clean_name
from leadboard.domain.rights import Principal, Right
from leadboard.domain.tabular import Layout, Preview, preview, write_csv
from leadboard.errors import Refused
from leadboard.store import imports, people, work
from leadboard.store.imports import Upload
from leadboard.store.tables import ImportJob, ImportRow

UNUSABLE = 422

REASON = "Why it was not imported"
"""The column that failed rows get, behind their own. When the file comes back it means nothing, and is replaced."""
FAILED_AT_ONCE = 500

_readers = ThreadPoolExecutor(2, "preview")


async def check_upload(me: Principal, slug: str) -> None:
    """Whether this person may bring a file in now; asked before its bytes are taken."""
    async with looking(me, slug, Right.EDIT) as tx:
        await imports.check_quota(tx)


async def register(me: Principal, slug: str, upload: Upload) -> str:
    """Look at a stored file and keep it as an import; returns the import's id.

    A file that is no table is deleted and kept as a refused import with the reason, so that trying counts, too.
    """
    upload = replace(upload, name=clean_name(upload.name))
    try:
        seen = await asyncio.get_running_loop().run_in_executor(_readers, _look_at, upload.path, upload.name)
        async with allowed(me, slug, Right.EDIT) as tx:
            await imports.check_quota(tx)
            return str((await imports.register(tx, upload, seen, me.name)).id)
    except Refused as refused:
        upload.path.unlink(missing_ok=True)
        if refused.status != UNUSABLE:
            raise
        async with allowed(me, slug, Right.EDIT) as tx:
            await imports.check_quota(tx)
            return str((await imports.refuse(tx, upload, refused.sentence, me.name)).id)


def _look_at(path: Path, name: str) -> Preview:
    with path.open("rb") as file:
        return preview(file, name, imports.SAMPLE_ROWS)


async def job(me: Principal, slug: str, job_id: str) -> ImportJob:
    """One import."""
    async with looking(me, slug) as tx:
        return await imports.get(tx, job_id)


async def jobs(me: Principal, slug: str) -> Sequence[ImportJob]:
    """The latest imports, newest first."""
    async with looking(me, slug) as tx:
        return await imports.recent(tx)


async def map_column(me: Principal, slug: str, job_id: str, column: int, field: str) -> None:
    """Say what a column (counted from 0) becomes; "" leaves it out. The field leaves another column that had it."""
    async with allowed(me, slug, Right.EDIT) as tx:
        job = await imports.get(tx, job_id)
        header = Layout.from_json(job.layout).header
        if not 0 <= column < len(header):
            raise Refused("This file has no such column. Reload the page.", field="mapping")
        others = {name: mapped for name, mapped in job.mapping.items() if name != header[column] and mapped != field}
        imports.choose(tx, job, mapping={**others, header[column]: field})


async def choose(
    me: Principal,
    slug: str,
    job_id: str,
    *,
    mapping: Mapping[str, str] | None = None,
    match_by: Sequence[str] | None = None,
    on_match: str | None = None,
) -> None:
    """Set the whole mapping, by what rows match (domain, name, email; in order) or what a match does."""
    async with allowed(me, slug, Right.EDIT) as tx:
        imports.choose(tx, await imports.get(tx, job_id), mapping=mapping, match_by=match_by, on_match=on_match)


async def start(me: Principal, slug: str, job_id: str) -> None:
    """Import the file in the background."""
    async with allowed(me, slug, Right.EDIT) as tx:
        job = await imports.locked(tx, job_id)
        if job.status not in UNDER_WAY:
            people.audit(tx, "import_started", me.user_id, resource=str(job.id))
        await imports.start(tx, job, me.name)


async def cancel(me: Principal, slug: str, job_id: str) -> None:
    """Read no further; what was imported stays."""
    async with allowed(me, slug, Right.EDIT) as tx:
        workflow = imports.cancel(tx, await imports.locked(tx, job_id))
    await work.cancel([workflow])


async def revert(me: Principal, slug: str, job_id: str) -> None:
    """Take everything back that this import did, in the background."""
    async with allowed(me, slug, Right.EDIT) as tx:
        job = await imports.locked(tx, job_id)
        if job.status in ENDED:
            people.audit(tx, "import_revert_started", me.user_id, resource=str(job.id))
        await imports.request_revert(tx, job, me.name)


async def rows(
    me: Principal, slug: str, job_id: str, outcome: str = "", after: int = 0, limit: int = 100
) -> Sequence[ImportRow]:
    """Rows of an import behind row `after`: of one outcome, "kept" ones after a revert, or all."""
    async with looking(me, slug) as tx:
        return await imports.rows(tx, await imports.get(tx, job_id), outcome, after, min(limit, FAILED_AT_ONCE))


async def failed_csv(me: Principal, slug: str, job_id: str) -> AsyncIterator[bytes]:
    """The failed rows as the pieces of a CSV file: their own columns and the reason, to be fixed and imported again."""
    async with allowed(me, slug, Right.EXPORT) as tx:
        job = await imports.get(tx, job_id)
        people.audit(tx, "failed_rows_exported", me.user_id, resource=str(job.id))
    return _failed(me, slug, job)


async def _failed(me: Principal, slug: str, job: ImportJob) -> AsyncIterator[bytes]:
    header = Layout.from_json(job.layout).header
    own = [at for at, name in enumerate(header) if name != REASON]
    for piece in write_csv([[*(header[at] for at in own), REASON]]):
        yield piece
    after, more = 0, True
    while more:
        async with looking(me, slug, Right.EXPORT) as tx:
            found = await imports.rows(tx, job, Outcome.FAILED, after, FAILED_AT_ONCE)
        lines = [[*(row.values["cells"][at] for at in own), row.reason] for row in found]
        for piece in islice(write_csv(lines), 1, None):
            yield piece
        more = len(found) == FAILED_AT_ONCE
        after = found[-1].n if found else 0
