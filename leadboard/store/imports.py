"""Imports: a file's way from its upload to leads. Rows are applied in `import_rows`, taken back in `import_revert`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from leadboard.domain.drafts import Draft
from leadboard.domain.importing import (
    ENDED,
    UNDER_WAY,
    UPLOADS_A_DAY,
    JobStatus,
    MatchBy,
    OnMatch,
    Outcome,
    parse_match_by,
    upload_refusal,
)
from leadboard.domain.tabular import Field, Layout, Preview, record_reader
from leadboard.domain.work import Workflow
from leadboard.errors import Refused
from leadboard.store import import_rows, work
from leadboard.store.db import Tx
from leadboard.store.tables import ImportJob, ImportRow

SAMPLE_ROWS, SAMPLE_CHARS = 12, 200
NAMES = frozenset({Field.COMPANY_NAME, Field.WEBSITE, Field.EMAIL, Field.CONTACT_EMAIL})
"""At least one column has to say which company a row is about."""


async def get(tx: Tx, job_id: UUID | str) -> ImportJob:
    """The import; `NotFound` for a missing or foreign one."""
    return await tx.find(ImportJob, job_id, "import")


async def locked(tx: Tx, job_id: UUID | str) -> ImportJob:
    """The import, kept from changing until this transaction ends: it cannot be started twice or end meanwhile."""
    job = await get(tx, job_id)
    await tx.refresh(job, with_for_update=True)
    return job


async def recent(tx: Tx, limit: int = 50) -> Sequence[ImportJob]:
    """The latest imports, newest first."""
    return (await tx.exec(select(ImportJob).order_by(col(ImportJob.created_at).desc()).limit(limit))).all()


async def check_quota(tx: Tx) -> None:
    """Refuse the upload beyond the day's last one."""
    since = select(func.count()).select_from(ImportJob).where(ImportJob.created_at > tx.now - timedelta(days=1))
    if (await tx.exec(since)).one() >= UPLOADS_A_DAY:
        raise upload_refusal("quota")


@dataclass(frozen=True)
class Upload:
    """A file that was received: where it lies, what the person calls it (text only), its bytes."""

    path: Path
    name: str
    size: int


async def register(tx: Tx, upload: Upload, seen: Preview, by: str) -> ImportJob:
    """A file that was looked at becomes an import that waits for its choices."""
    job = _job(tx, upload, by)
    job.path = str(upload.path)
    job.layout = seen.layout.to_json()
    job.warnings = list(seen.warnings)
    job.sample = [[cell[:SAMPLE_CHARS] for cell in row] for row in seen.rows[:SAMPLE_ROWS]]
    job.mapping = {column: field.value for column, field in seen.mapping.items()}
    job.match_by = [MatchBy.DOMAIN.value, MatchBy.NAME.value]
    job.total = seen.layout.total
    return job


async def refuse(tx: Tx, upload: Upload, sentence: str, by: str) -> ImportJob:
    """A file that is no table leaves only its name and the reason."""
    job = _job(tx, upload, by)
    job.status, job.error, job.ended_at = JobStatus.REFUSED, sentence, tx.now
    return job


def _job(tx: Tx, upload: Upload, by: str) -> ImportJob:
    job = ImportJob(
        workspace_id=tx.workspace, file_name=upload.name, path="", size=upload.size, by=by, created_at=tx.now
    )
    tx.add(job)
    _touch(tx, job)
    return job


def choose(
    tx: Tx,
    job: ImportJob,
    *,
    mapping: Mapping[str, str] | None = None,
    match_by: Sequence[str] | None = None,
    on_match: str | None = None,
) -> None:
    """Set what columns become, by what rows match (words, in order), what a match does; None leaves it as it is."""
    if job.status != JobStatus.UPLOADED:
        raise Refused("This import has started, so its choices stand. Upload the file again to choose anew.")
    if mapping is not None:
        job.mapping = _checked(mapping, Layout.from_json(job.layout).header)
    if match_by is not None:
        job.match_by = [by.value for by in parse_match_by(match_by)]
    if on_match is not None:
        if on_match not in tuple(OnMatch):
            raise Refused("What a match does is one of fill_empty, overwrite and skip.", field="on_match")
        job.on_match = OnMatch(on_match).value
    _touch(tx, job)


def _checked(mapping: Mapping[str, str], header: Sequence[str]) -> dict[str, str]:
    kept = {column: field for column, field in mapping.items() if field}
    for column, field in kept.items():
        if column not in header:
            raise Refused(f"The file has no column “{column}”. Check the mapping.", field="mapping")
        if field not in tuple(Field):
            raise Refused(f"“{field}” is not a field a column can become. Check the mapping.", field="mapping")
    return kept


def why_not(job: ImportJob) -> str:
    """Why an import cannot start with these choices, or an empty text."""
    if not job.total:
        return "This file has no rows to import."
    if not NAMES & {Field(field) for field in job.mapping.values()}:
        return "No column says which company a row is about. Choose one for the company's name, website or an e-mail."
    try:
        record_reader(Layout.from_json(job.layout), job.mapping)
    except Refused as refused:
        return refused.sentence
    return ""


async def start(tx: Tx, job: ImportJob, by: str) -> None:
    """Ask for the import; a second time changes nothing."""
    if job.status in UNDER_WAY:
        return
    if job.status != JobStatus.UPLOADED:
        raise Refused("This import has ended. Upload the file again to import it once more.")
    if reason := why_not(job):
        raise Refused(reason, field="mapping")
    job.status, job.by = JobStatus.REQUESTED, by
    await work.enqueue(tx, Workflow.IMPORT, str(tx.workspace), str(job.id), workflow_id=workflow_of(job))
    _touch(tx, job)


async def at_work(tx: Tx, job_id: UUID) -> ImportJob | None:
    """The import while it may go on, locked; None when it was cancelled or has ended."""
    job = await tx.get(ImportJob, (tx.workspace, job_id), with_for_update=True)
    if job is None or job.status not in UNDER_WAY:
        return None
    if job.status == JobStatus.REQUESTED:
        job.status, job.started_at = JobStatus.RUNNING, tx.now
        _touch(tx, job)
    return job


async def take(tx: Tx, job: ImportJob, drafts: Sequence[Draft]) -> None:
    """Import the next rows, and count them, in one transaction. `drafts` follow the row last read."""
    counts = await import_rows.take(tx, job, drafts)
    job.read = drafts[-1].number
    job.created += counts[Outcome.CREATED]
    job.updated += counts[Outcome.UPDATED]
    job.skipped += counts[Outcome.SKIPPED]
    job.failed += counts[Outcome.FAILED]
    _touch(tx, job)


def end(tx: Tx, job: ImportJob, status: JobStatus, error: str = "") -> None:
    """The import is over: done, cancelled, or failed with a sentence. What was imported stays."""
    job.status, job.error, job.ended_at = status, error, tx.now
    told: dict[str, Any] = {"job": str(job.id), "file": job.file_name, "read": job.read}
    told |= {outcome.value: getattr(job, outcome.value) for outcome in Outcome}
    tx.record("import_done", None, by=job.by, shown=True, **told)
    _touch(tx, job)


def cancel(tx: Tx, job: ImportJob) -> str:
    """Read no further. Returns the id of its workflow, for `work.cancel` after the commit."""
    if job.status not in UNDER_WAY:
        raise Refused("This import is not running, so there is nothing to stop.")
    end(tx, job, JobStatus.CANCELLED)
    return workflow_of(job)


def workflow_of(job: ImportJob) -> str:
    """The id of the workflow that does this import."""
    return f"import-{job.id}"


async def request_revert(tx: Tx, job: ImportJob, by: str) -> None:
    """Ask for everything this import did to be taken back; a second time changes nothing."""
    if job.status in (JobStatus.REVERTING, JobStatus.REVERTED):
        return
    if job.status not in ENDED:
        raise Refused("Only an import that has ended can be reverted. Stop it first.")
    job.status, job.by = JobStatus.REVERTING, by
    await work.enqueue(tx, Workflow.REVERT_IMPORT, str(tx.workspace), str(job.id), workflow_id=f"revert-{job.id}")
    _touch(tx, job)


async def reverting(tx: Tx, job_id: UUID) -> ImportJob | None:
    """The import while it is being reverted, locked; None when it is not."""
    job = await tx.get(ImportJob, (tx.workspace, job_id), with_for_update=True)
    return job if job is not None and job.status == JobStatus.REVERTING else None


def end_revert(tx: Tx, job: ImportJob) -> None:
    """Everything that could be taken back was."""
    job.status = JobStatus.REVERTED
    told: dict[str, Any] = {"removed": job.removed, "restored": job.restored, "kept": job.kept}
    tx.record("import_reverted", None, by=job.by, shown=True, job=str(job.id), file=job.file_name, **told)
    _touch(tx, job)


async def rows(tx: Tx, job: ImportJob, outcome: str, after: int, limit: int) -> Sequence[ImportRow]:
    """Rows behind row `after` in the file's order: those of an outcome, those a revert "kept", or all with ""."""
    wanted = select(ImportRow).where(ImportRow.job_id == job.id, ImportRow.n > after)
    if outcome == "kept":
        wanted = wanted.where(ImportRow.kept != "")
    elif outcome:
        wanted = wanted.where(ImportRow.outcome == outcome)
    return (await tx.exec(wanted.order_by(col(ImportRow.n)).limit(limit))).all()


def _touch(tx: Tx, job: ImportJob) -> None:
    tx.touch(f"import:{job.id}")
    tx.touch("imports")
