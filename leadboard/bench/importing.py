"""An import of many rows through the running product, against parsing and bulk inserts alone.

Both run in a process of their own over the same file, so that each peak is that of one thing. Protocol:
`tests/bench/import.md`.
"""

import argparse
import asyncio
import csv
import json
import random
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from leadboard.domain.drafts import draft
from leadboard.domain.importing import JobStatus
from leadboard.domain.tabular import Preview, preview, read, record_reader
from leadboard.engine.parse_pool import ParsePool
from leadboard.engine.runtime import Runtime
from leadboard.engine.site_reader import SiteReader
from leadboard.engine.tools import Tools
from leadboard.providers.fetcher import Fetcher
from leadboard.store import db, imports, work
from leadboard.store.imports import Upload
from leadboard.store.migrate import migrate
from leadboard.store.tables import Contact, Feed, Lead, Workspace

HEADER = (
    "Company", "Website", "Industry", "Employees", "City", "Country", "Phone", "Deal value", "Currency", "Stage",
    "First name", "Last name", "Job title", "Email",
)  # fmt: skip
INSERTED_AT_ONCE = 5000


async def run(rows: int = 100_000) -> dict[str, Any]:
    """`{"rows", "rows_per_second", "seconds", "peak_mb", "longest_block_ms", "floor": {the same}}`."""
    with tempfile.TemporaryDirectory(prefix="leadboard-bench-") as folder:
        path = Path(folder) / "list.csv"
        await asyncio.to_thread(write_list, path, rows)
        floor = await _measured("floor", path, Path(folder) / "floor.db")
        product = await _measured("product", path, Path(folder) / "product.db")
    return {"rows": rows, **product, "floor": {"rows": rows, **floor}}


async def _measured(what: str, path: Path, database: Path) -> dict[str, Any]:
    arguments = ("-m", __name__, what, str(path), str(database))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"The {what} of the import bench ended with {process.returncode}.")
    return json.loads(printed.splitlines()[-1])


def write_list(path: Path, rows: int) -> None:
    """A list of companies that do not exist, each with a person and a deal: the same for the same number."""
    pick = random.Random(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        out.writerows(_row(pick, n) for n in range(rows))


def _row(pick: random.Random, n: int) -> tuple[object, ...]:
    first, last = pick.choice(("Ada", "Grace", "Alan", "Mary", "Otto")), pick.choice(("Novak", "Byrne", "Keller"))
    return (
        f"Larkspur {n} Ltd",
        f"https://www.larkspur-{n}.com",
        pick.choice(("Biotech", "Logistics", "Software", "Roofing", "Dental care")),
        pick.choice(("1-10", "11-50", "51-200", "201-500", "1200")),
        pick.choice(("Berlin", "Bergen", "Austin", "Porto")),
        pick.choice(("Germany", "Norway", "United States", "Portugal")),
        f"+1 212 555 {n % 10_000:04}",
        pick.randrange(500, 90_000),
        "EUR",
        pick.choice(("Prospecting", "Engaging", "Won", "Lost")),
        first,
        last,
        pick.choice(("CEO", "Head of Sales", "Engineer", "Office manager")),
        f"{first}.{last}@larkspur-{n}.com".lower(),
    )


async def floor(path: Path, seen: Preview, workspace: UUID) -> float:
    """Seconds to parse every row and insert it as a lead and a contact, in few large transactions."""
    began = time.perf_counter()
    parse = record_reader(seen.layout, seen.mapping, "US")
    with path.open("rb") as file:
        rows = (draft(row.number, row.cells, parse(row).values, (), "EUR") for row in read(file, seen.layout))
        while some := list(islice(rows, INSERTED_AT_ONCE)):
            async with db.begin(workspace) as tx:
                keyed = [(uuid4(), each) for each in some]
                await tx.insert_many(Lead, [{**each.lead, "id": key, "key": each.key} for key, each in keyed])
                await tx.insert_many(Contact, [{**each.contact, "lead_id": key} for key, each in keyed])
    return time.perf_counter() - began


async def product(path: Path, seen: Preview, workspace: UUID, database: db.Database) -> float:
    """Seconds from the wish to the end of the import, with the queue, the runtime and every row's outcome."""
    runtime = Runtime(database, Tools(SiteReader(Fetcher(), ParsePool())), executor_id="embedded")
    await runtime.start()
    try:
        began = time.perf_counter()
        async with db.begin(workspace) as tx:
            job = await imports.register(tx, Upload(path, path.name, path.stat().st_size), seen, "Bench")
            await tx.flush()
            await imports.start(tx, job, "Bench")
        while True:
            async with db.read(workspace) as tx:
                now = await imports.get(tx, job.id)
            if now.status == JobStatus.DONE:
                break
            await asyncio.sleep(0.05)
        seconds = time.perf_counter() - began
        if now.created != now.read or now.read != seen.layout.total:
            raise RuntimeError(f"Only {now.created:,} of {seen.layout.total:,} rows became leads.")
        return seconds
    finally:
        await runtime.stop()


async def _child(what: str, path: Path, file: Path) -> dict[str, Any]:
    url = f"sqlite:///{file}"
    migrate(url)
    work.migrate(url)
    with path.open("rb") as source:
        seen = preview(source, path.name)
    database, client = db.open_database(url), work.connect(url)
    db.use(database)
    work.use(client)
    workspace = uuid4()
    async with db.begin(workspace) as tx:
        tx.add(Workspace(id=workspace, slug="bench", name="Bench"))
        await tx.flush()
        tx.add(Feed(workspace_id=workspace))
    watch = _Watch()
    async with watch:
        seconds = await (floor(path, seen, workspace) if what == "floor" else product(path, seen, workspace, database))
    client.destroy()
    await database.dispose()
    return {
        "rows_per_second": round(seen.layout.total / seconds),
        "seconds": round(seconds, 2),
        "peak_mb": round(peak_mb()),
        "longest_block_ms": round(watch.longest * 1000, 1),
    }


class _Watch:
    """How long the event loop was ever kept from its next turn."""

    longest = 0.0

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._look())

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()

    async def _look(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.perf_counter() - before - 0.001)


def peak_mb() -> float:
    """The most memory this process ever held, in MB; what its parent held before is not its own."""
    status = Path("/proc/self/status")
    if status.exists():
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("floor", "product"))
    parser.add_argument("path", type=Path)
    parser.add_argument("database", type=Path)
    given = parser.parse_args()
    print(json.dumps(asyncio.run(_child(given.what, given.path, given.database))))
