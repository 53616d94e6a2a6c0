"""An import as a view, and the list of them: from the store to display values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from leadboard.domain.importing import ENDED, UNDER_WAY, JobStatus, MatchBy, Outcome
from leadboard.domain.tabular import Field, Layout
from leadboard.store import db, imports
from leadboard.store.db import Tx
from leadboard.store.tables import ImportJob
from leadboard.store.tables import ImportRow as StoredRow
from leadboard.ui import words
from leadboard.ui.display import Progress, Tone
from leadboard.ui.imports.display import FileFacts, ImportRow, MappedColumn, MatchChoice, Option, RowOutcome, Tile
from leadboard.ui.live import Parts

if TYPE_CHECKING:
    import reflex as rx

PAGE = 100
EVERY = "all"
KEPT = "kept"
WHOLE: Parts = frozenset({"whole"})

FIELDS = [Option(field.value, field.label) for field in Field]
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
TONES: dict[str, Tone] = {
    Outcome.CREATED: "strong",
    Outcome.UPDATED: "accent",
    Outcome.SKIPPED: "neutral",
    Outcome.FAILED: "weak",
}
STATES: dict[str, tuple[str, Tone]] = {
    JobStatus.REFUSED: ("Not a list", "weak"),
    JobStatus.UPLOADED: ("Not started", "neutral"),
    JobStatus.REQUESTED: ("Waiting", "accent"),
    JobStatus.RUNNING: ("Importing", "accent"),
    JobStatus.DONE: ("Imported", "strong"),
    JobStatus.CANCELLED: ("Stopped", "fair"),
    JobStatus.FAILED: ("Failed", "weak"),
    JobStatus.REVERTING: ("Reverting", "accent"),
    JobStatus.REVERTED: ("Reverted", "neutral"),
}
HOLDS = {
    Field.WEBSITE: "Web addresses",
    Field.EMAIL: "E-mail addresses",
    Field.CONTACT_EMAIL: "E-mail addresses",
    Field.PHONE: "Phone numbers",
    Field.CONTACT_PHONE: "Phone numbers",
    Field.DEAL_VALUE: "Amounts",
    Field.REVENUE: "Amounts",
    Field.HEADCOUNT: "Numbers of people",
    Field.CLOSE_DATE: "Dates",
    Field.FUNDING_DATE: "Dates",
    Field.FOUNDED_YEAR: "Years",
}


@dataclass(frozen=True)
class ImportsView:
    """The imports of a workspace."""

    workspace_id: UUID
    slug: str

    state: ClassVar["type[rx.State]"]

    def parts(self) -> Parts:
        """It is read whole."""
        return WHOLE

    def concerned(self, topics: frozenset[str]) -> Parts:
        """Any import's news."""
        return WHOLE if "imports" in topics else frozenset()

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        async with db.read(self.workspace_id) as tx:
            jobs = await imports.recent(tx)
        return {"step": "choose", "refusal": "", "earlier": [_earlier(job, self.slug) for job in jobs]}


@dataclass(frozen=True)
class ImportView:
    """One import. `outcome` filters its rows, `after` is the row before the first shown, `page` counts from 0."""

    workspace_id: UUID
    slug: str
    job_id: UUID
    outcome: str = EVERY
    after: int = 0
    page: int = 0

    state: ClassVar["type[rx.State]"]

    def parts(self) -> Parts:
        """It is read whole."""
        return WHOLE

    def concerned(self, topics: frozenset[str]) -> Parts:
        """This import's news only."""
        return WHOLE if f"import:{self.job_id}" in topics else frozenset()

    async def read(self, parts: Parts) -> dict[str, Any]:
        """Var -> display value."""
        async with db.read(self.workspace_id) as tx:
            job = await imports.get(tx, self.job_id)
            if job.status == JobStatus.REFUSED:
                earlier = [_earlier(each, self.slug) for each in await imports.recent(tx)]
                return {"step": "choose", "refusal": f"{job.file_name}: {job.error}", "earlier": earlier}
            return _facts(job) | _result(job, self.slug) | await self._rows(tx, job)

    async def _rows(self, tx: Tx, job: ImportJob) -> dict[str, Any]:
        rows = await imports.rows(tx, job, "" if self.outcome == EVERY else self.outcome, self.after, PAGE)
        total = _count(job, self.outcome)
        first = self.page * PAGE + 1
        return {
            "rows": [_row(row, self.slug, job.status == JobStatus.REVERTED) for row in rows],
            "shown": f"{first:,} to {first + len(rows) - 1:,} of {total:,}" if rows else "No rows",
            "following": rows[-1].n if rows and first + len(rows) <= total else 0,
            "filter": self.outcome,
            "page_number": self.page,
        }


def _count(job: ImportJob, outcome: str) -> int:
    return job.read if outcome == EVERY else getattr(job, outcome)


def _earlier(job: ImportJob, slug: str) -> ImportRow:
    state, tone = STATES[job.status]
    counted = job.read if job.status not in (JobStatus.UPLOADED, JobStatus.REQUESTED) else job.total
    return ImportRow(
        id=str(job.id),
        name=job.file_name,
        href=f"/w/{slug}/import/{job.id}",
        state=state,
        tone=tone,
        counts=words.count(counted) if job.status != JobStatus.REFUSED else "",
        by=words.person(job.by),
        at=words.iso(job.created_at),
    )


def _facts(job: ImportJob) -> dict[str, Any]:
    """How the file was read and what was chosen."""
    layout = Layout.from_json(job.layout)
    header = list(layout.header)
    return {
        "step": "map" if job.status == JobStatus.UPLOADED else "result",
        "refusal": "",
        "facts": FileFacts(job.file_name, _read_as(layout), list(job.warnings)),
        "columns": _columns(job, header),
        "header": header,
        "sample": job.sample,
        "match_by": _match_by(job.match_by),
        "on_match": job.on_match,
        "problem": imports.why_not(job) if job.status == JobStatus.UPLOADED else "",
    }


def _read_as(layout: Layout) -> str:
    kind = layout.format.upper() if layout.format != "ndjson" else "JSON lines"
    between = DELIMITERS.get(layout.delimiter, "")
    how = ", ".join(part for part in (kind, layout.encoding.partition("+")[0].upper(), between) if part)
    return f"{how} · {words.counted(layout.total, 'row')} · {words.counted(len(layout.header), 'column')}"


def _columns(job: ImportJob, header: Sequence[str]) -> list[MappedColumn]:
    examples = {
        name: next((row[at] for row in job.sample if at < len(row) and row[at].strip()), "")
        for at, name in enumerate(header)
    }
    return [
        MappedColumn(
            index=at,
            header=name,
            sample=examples[name][:80],
            field=job.mapping.get(name, ""),
            why=HOLDS.get(Field(job.mapping[name]), "Its heading") if name in job.mapping else "",
        )
        for at, name in enumerate(header)
    ]


def _match_by(chosen: Sequence[str]) -> list[MatchChoice]:
    turns = ("Compared first", "Compared second", "Compared third")
    return [
        MatchChoice(by.value, by.label, turns[list(chosen).index(by)] if by in chosen else "", by in chosen)
        for by in MatchBy
    ]


def _result(job: ImportJob, slug: str) -> dict[str, Any]:
    """How far it is and what came of it."""
    tiles = [Tile(EVERY, "rows read", words.count(job.read))]
    tiles += [Tile(each.value, each.value, words.count(getattr(job, each)), TONES[each]) for each in Outcome]
    if job.kept:
        tiles.append(Tile(KEPT, "left as they are", words.count(job.kept), "fair"))
    return {
        "status": job.status,
        "headline": STATES[job.status][0],
        "work": _progress(job),
        "working": job.status in (*UNDER_WAY, JobStatus.REVERTING),
        "stoppable": job.status in UNDER_WAY,
        "revertible": job.status in ENDED and job.created + job.updated > 0,
        "failed_href": f"/imports/{slug}/{job.id}/failed.csv" if job.failed else "",
        "tiles": tiles,
        "sum": _sum(job),
        "said": _said(job),
    }


def _progress(job: ImportJob) -> Progress:
    if job.status == JobStatus.REQUESTED:
        return Progress(f"{job.file_name} waits for its turn", words.counted(job.total, "row"), -1)
    if job.status == JobStatus.REVERTING:
        return Progress(f"Reverting {job.file_name}", _of(job.undone, job.read), _percent(job.undone, job.read))
    return Progress(f"Importing {job.file_name}", _of(job.read, job.total), _percent(job.read, job.total))


def _of(done: int, total: int) -> str:
    return f"{done:,} of {words.counted(total, 'row')}"


def _percent(done: int, total: int) -> int:
    return min(100, 100 * done // total) if total else -1


def _sum(job: ImportJob) -> str:
    parts = " + ".join(f"{getattr(job, each):,} {each.value}" for each in Outcome)
    return f"{parts} = {words.counted(job.read, 'row')} read"


def _said(job: ImportJob) -> str:
    """What the numbers do not say."""
    left = job.total - job.read
    unread = f" {words.counted(left, 'row')} {'was' if left == 1 else 'were'} not read." if left > 0 else ""
    match job.status:
        case JobStatus.CANCELLED:
            return f"Stopped. What was imported until then stays.{unread}"
        case JobStatus.FAILED:
            return f"{job.error}{unread}"
        case JobStatus.REVERTED:
            removed, restored = words.counted(job.removed, "lead"), words.counted(job.restored, "row")
            kept = f" {words.counted(job.kept, 'row')} left as they are, with why." if job.kept else ""
            return f"Reverted: {removed} removed, {restored} put back.{kept}"
        case _:
            return ""


def _row(row: StoredRow, slug: str, reverted: bool) -> RowOutcome:
    removed = reverted and row.outcome == Outcome.CREATED and not row.kept
    return RowOutcome(
        row=words.count(row.n),
        name=row.name,
        outcome=row.outcome.capitalize(),
        tone=TONES[row.outcome],
        reason=" ".join(part for part in (row.reason, row.kept) if part),
        href=f"/w/{slug}/board/{row.lead_id}" if row.lead_id and not removed else "",
    )
