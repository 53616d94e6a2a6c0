"""`leadboard import`: a file becomes leads of a workspace, with the app running or without it."""

import asyncio
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import typer
from sqlmodel import col, or_, select

from leadboard.domain.importing import UNDER_WAY, JobStatus, MatchBy, Outcome, clean_name
from leadboard.domain.rights import Role
from leadboard.domain.sign_in import clean_workspace_name
from leadboard.domain.tabular import preview
from leadboard.embedded import AlreadyRunning, data_lock
from leadboard.engine.heartbeat import SILENT_SECONDS
from leadboard.engine.imports import Importing
from leadboard.errors import Refused
from leadboard.settings import Settings
from leadboard.store import db, executors, imports, people, work
from leadboard.store.db import Tx
from leadboard.store.imports import Upload
from leadboard.store.tables import ImportJob, Install, Workspace

BY = "Command line"
LOOK_SECONDS = 0.2
STOPPED = "Somebody stopped this import. What was imported stays; import the file again for the rest."


def preview_file(path: Path, rows: str) -> dict[str, Any]:
    """How a file is read: encoding, delimiter, header, rows (so many, or "all"), mapping, warnings. Stores nothing."""
    if rows != "all" and not (rows.isascii() and rows.isdigit()):
        raise Refused(f"--rows is a number or all; “{rows}” is neither.")
    with path.open("rb") as file:
        return preview(file, path.name, None if rows == "all" else int(rows)).to_json()


@dataclass(frozen=True)
class Ended:
    """An import that is over: what it did, and why it is not all that was asked for (empty when it is)."""

    outcome: dict[str, Any]
    wrong: str


def import_file(settings: Settings, path: Path, workspace: str, *, on_match: str, match_by: Sequence[str]) -> Ended:
    """Import a file into the workspace of this name, made when it is missing; the database is migrated already.

    The outcome is read, created, updated, skipped, failed, seconds and errors (`{"row", "reason"}` of each failed row).
    Raises `Refused` for a file that is no table and for rules that are none; nothing is left of it then.
    """
    if unknown := sorted(set(match_by) - set(MatchBy)):
        raise Refused(f"Rows match by domain, name and email; “{unknown[0]}” is none of them.")
    return asyncio.run(_import(settings, path, clean_workspace_name(workspace), on_match, match_by))


async def _import(settings: Settings, path: Path, name: str, on_match: str, match_by: Sequence[str]) -> Ended:
    began = time.perf_counter()
    database = db.open_database(settings.database)
    client = work.connect(settings.database)
    db.use(database)
    work.use(client)
    try:
        job = await _asked_for(settings, path, name, on_match, match_by)
        await _worked_off(settings, job)
        ended = await _now(job)
        counts = {"read": ended.read} | {outcome.value: getattr(ended, outcome) for outcome in Outcome}
        told = counts | {"seconds": round(time.perf_counter() - began, 3), "errors": await _errors(job)}
        return Ended(told, STOPPED if ended.status == JobStatus.CANCELLED else ended.error)
    finally:
        work.use(None)
        db.use(None)
        client.destroy()
        await database.dispose()


async def _asked_for(settings: Settings, path: Path, name: str, on_match: str, match_by: Sequence[str]) -> ImportJob:
    """The file, looked at, copied beside the uploads and asked for as an import; all of it or nothing."""
    with path.open("rb") as file:
        seen = preview(file, path.name, imports.SAMPLE_ROWS)
    found = await _workspace(name)
    with _kept(path, settings.uploads) as kept:
        async with db.begin(found or uuid4()) as tx:
            made = None if found else await _make_workspace(tx, name)
            upload = Upload(kept, clean_name(path.name), kept.stat().st_size)
            job = await imports.register(tx, upload, seen, BY)
            imports.choose(tx, job, match_by=match_by or None, on_match=on_match)
            await tx.flush()
            await imports.start(tx, job, BY)
            people.audit(tx, "import_started", None, resource=str(job.id), by=BY)
    if made is not None:
        typer.echo(f"Made the workspace “{name}” (/w/{made.slug}).", err=True)
    return job


@contextmanager
def _kept(path: Path, uploads: Path) -> Iterator[Path]:
    """A copy of the file beside the uploads, which goes again when the block fails."""
    uploads.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = uploads / uuid4().hex
    kept.touch(mode=0o600)
    try:
        shutil.copyfile(path, kept)
        yield kept
    except BaseException:
        kept.unlink()
        raise


async def _workspace(name: str) -> UUID | None:
    """The workspace of this name or address, None when there is none."""
    async with db.read() as tx:
        wanted = select(Workspace).where(
            or_(Workspace.name == name, Workspace.slug == name), col(Workspace.deleted_at).is_(None)
        )
        found = (await tx.exec(wanted)).all()
    exact = [each for each in found if each.slug == name] or found
    if len(exact) > 1:
        slugs = ", ".join(sorted(each.slug for each in exact))
        raise Refused(f"Several workspaces are called “{name}”. Name one by its address: {slugs}.")
    return exact[0].id if exact else None


async def _make_workspace(tx: Tx, name: str) -> Workspace:
    """The transaction's workspace, of whoever owns this installation."""
    made = await people.make_workspace(tx, name)
    install = await tx.get(Install, 1)
    if install is not None:
        await people.join(tx, install.owner_id, Role.OWNER)
    return made


async def _worked_off(settings: Settings, job: ImportJob) -> None:
    """Do the import here when nobody else does such work; otherwise wait for them."""
    while (await _now(job)).status in UNDER_WAY:
        try:
            with data_lock(settings.data_dir):
                if not await _somebody_works(settings):
                    await _do(job)
                    await work.cancel([imports.workflow_of(job)])
        except AlreadyRunning:
            pass
        await asyncio.sleep(LOOK_SECONDS)


async def _somebody_works(settings: Settings) -> bool:
    """Whether a worker is there. With the embedded database only the holder of the lock could be one."""
    if settings.database.startswith("sqlite"):
        return False
    async with db.read() as tx:
        return any((tx.now - at).total_seconds() < SILENT_SECONDS for at in (await executors.known(tx)).values())


async def _do(job: ImportJob) -> None:
    importing = Importing(job.workspace_id, job.id)
    try:
        while await importing.rows():
            pass
    finally:
        importing.close()


async def _now(job: ImportJob) -> ImportJob:
    async with db.read(job.workspace_id) as tx:
        return await imports.get(tx, job.id)


async def _errors(job: ImportJob) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = 0
    async with db.read(job.workspace_id) as tx:
        while rows := await imports.rows(tx, job, Outcome.FAILED, after, 1000):
            found += [{"row": row.n, "reason": row.reason} for row in rows]
            after = rows[-1].n
    return found
