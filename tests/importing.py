"""Imports for tests: a file on disk becomes a registered import, worked off without a queue."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from leadboard.domain.tabular import Preview, preview
from leadboard.engine import imports as engine
from leadboard.store import db, imports
from leadboard.store.tables import Contact, ImportJob, ImportRow, Lead
from tests.conftest import Team


def look(path: Path) -> Preview:
    """What is in a file."""
    with path.open("rb") as file:
        return preview(file, path.name)


def _upload(path: Path) -> imports.Upload:
    return imports.Upload(path, path.name, path.stat().st_size)


async def register(team: Team, path: Path, seen: Preview | None = None, **choices: Any) -> UUID:
    """A stored import of this file (`seen` when it was looked at already), started with these choices (mapping,
    match_by, on_match)."""
    seen, upload = seen or look(path), _upload(path)
    async with db.begin(team.id) as tx:
        job = await imports.register(tx, upload, seen, "Ada")
        if "mapping" in choices:
            choices["mapping"] = {**job.mapping, **choices["mapping"]}
        imports.choose(tx, job, **choices)
        assert not imports.why_not(job), imports.why_not(job)
        job.status = "requested"
    return job.id


async def run(team: Team, job_id: UUID, chunks: int = 1_000_000) -> ImportJob:
    """Work an import off as its workflow does, at most so many chunks; returns it as it stands then."""
    importing = engine.Importing(team.id, job_id)
    try:
        while chunks and await importing.rows():
            chunks -= 1
    finally:
        importing.close()
    return await job_of(team, job_id)


async def import_text(team: Team, tmp_path: Path, text: str, **choices: Any) -> tuple[ImportJob, list[ImportRow]]:
    """Import a CSV text; the import and its rows."""
    path = tmp_path / "list.csv"
    path.write_text(text, newline="")
    job = await run(team, await register(team, path, **choices))
    return job, await rows_of(team, job.id)


async def revert(team: Team, job_id: UUID) -> ImportJob:
    """Take an import back as its workflow does."""
    async with db.begin(team.id) as tx:
        (await imports.get(tx, job_id)).status = "reverting"
    while await engine.revert(team.id, job_id):
        pass
    return await job_of(team, job_id)


async def job_of(team: Team, job_id: UUID) -> ImportJob:
    """The import, read now."""
    async with db.read(team.id) as tx:
        return await imports.get(tx, job_id)


async def rows_of(team: Team, job_id: UUID) -> list[ImportRow]:
    """Every row of an import."""
    async with db.read(team.id) as tx:
        return list(
            (await tx.exec(select(ImportRow).where(ImportRow.job_id == job_id).order_by(col(ImportRow.n)))).all()
        )


async def leads_of(team: Team) -> dict[str, Lead]:
    """The live leads by key."""
    async with db.read(team.id) as tx:
        return {lead.key: lead for lead in (await tx.exec(select(Lead).where(col(Lead.deleted_at).is_(None)))).all()}


async def contacts_of(team: Team) -> list[Contact]:
    """The live contacts by key."""
    async with db.read(team.id) as tx:
        statement = select(Contact).where(col(Contact.deleted_at).is_(None)).order_by(Contact.key)
        return list((await tx.exec(statement)).all())


@dataclass(frozen=True)
class Sums:
    """The counts of an import, which must add up to the rows read."""

    read: int
    created: int
    updated: int
    skipped: int
    failed: int


def sums(job: ImportJob) -> Sums:
    """The counts, checked to add up."""
    counts = Sums(job.read, job.created, job.updated, job.skipped, job.failed)
    assert counts.created + counts.updated + counts.skipped + counts.failed == counts.read
    return counts
