"""Whole files through the work of an import: real lists, killed processes, two at once, and files that break."""

import asyncio
import csv
import itertools
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from leadboard.domain.tabular import Preview
from leadboard.engine import imports as engine
from leadboard.errors import Refused
from leadboard.store import db, imports
from tests import importing
from tests.conftest import Team, need
from tests.importing import Sums, register, rows_of, run, sums

ROOT = Path(__file__).parents[2]


def write_companies(path: Path, rows: int) -> Path:
    """A list of companies; every third row repeats the company two rows above it."""
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Company", "Website", "City"])
        for n in range(rows):
            same = n - 2 if n % 3 == 2 else n
            out.writerow([f"Company {same}", f"company-{same}.com", "Bergen"])
    return path


async def test_the_companies_of_a_real_directory_become_leads_and_the_rest_is_explained(database, team: Team):
    path = need("yc_companies") / "yc_companies.csv.gz"

    job = await run(team, await register(team, path))

    counts = sums(job)
    assert (counts.read, counts.created, counts.failed) == (5617, 5593, 22)
    rows = await rows_of(team, job.id)
    assert [row.n for row in rows] == list(range(1, 5618))
    assert all(row.reason for row in rows)
    why = ("shorter than 3", "not a company's own site")
    assert all(any(word in row.reason for word in why) for row in rows if row.outcome == "failed")
    assert all("Same company as row" in row.reason for row in rows if row.outcome == "updated")
    assert len(await importing.leads_of(team)) == counts.created

    for how, changed in (("fill_empty", 0), ("skip", 0), ("overwrite", 2)):
        again = sums(await run(team, await register(team, path, on_match=how)))
        assert (again.created, again.updated, again.failed) == (0, changed, 22)


async def test_real_accounts_and_their_deals_meet_by_name(database, team: Team):
    folder = need("crm_opportunities")

    accounts = await run(team, await register(team, folder / "accounts.csv"))
    deals = await run(team, await register(team, folder / "sales_pipeline.csv"))

    assert sums(accounts) == Sums(read=85, created=85, updated=0, skipped=0, failed=0)
    counts = sums(deals)
    assert (counts.read, counts.created, counts.failed) == (8800, 0, 1425)
    rows = await rows_of(team, deals.id)
    assert {row.reason.split(".")[0] for row in rows if row.outcome == "failed"} == {
        "This row names no company and no person"
    }
    leads = await importing.leads_of(team)
    assert len(leads) == 85
    assert all(lead.deal_stage and lead.owner_name for lead in leads.values())
    cancity = leads["cancity"]
    assert (cancity.value, cancity.deal_stage, cancity.sales_stage) == (105400, "Won", "meeting_booked")


async def test_a_revert_of_the_deals_leaves_the_accounts_as_they_were(database, team: Team):
    folder = need("crm_opportunities")
    await run(team, await register(team, folder / "accounts.csv"))
    before = {key: lead.model_dump(exclude={"version"}) for key, lead in (await importing.leads_of(team)).items()}
    deals = await run(team, await register(team, folder / "sales_pipeline.csv", on_match="overwrite"))
    assert sums(deals).updated > 7000

    reverted = await importing.revert(team, deals.id)

    after = {key: lead.model_dump(exclude={"version"}) for key, lead in (await importing.leads_of(team)).items()}
    assert after == before
    assert (reverted.restored, reverted.kept) == (deals.updated, 0)


def readable(path: Path) -> Preview | None:
    """How a file is read; None for one that is refused or has no rows."""
    try:
        seen = importing.look(path)
    except Refused:
        return None
    return seen if seen.layout.total else None


async def test_files_that_break_importers_are_imported_row_by_row_all_the_same(database, team: Team):
    found = {path: readable(path) for path in sorted(need("messy_csv").rglob("*")) if path.is_file()}
    days = itertools.count()
    database.clock = lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=next(days))

    for path, seen in found.items():
        if seen is None:
            continue
        mapping = dict.fromkeys(seen.mapping, "") | {seen.header[0]: "company_name"}
        job = await run(team, await register(team, path, seen, mapping=mapping))
        assert (job.status, sums(job).read) == ("done", seen.layout.total), path


async def test_two_imports_of_one_file_at_once_make_each_company_once(any_database, team: Team, tmp_path: Path):
    path = write_companies(tmp_path / "list.csv", 1500)
    one, two = await register(team, path), await register(team, path)

    jobs = await asyncio.gather(run_patiently(team, one), run_patiently(team, two))

    counts = [sums(job) for job in jobs]
    assert [each.read for each in counts] == [1500, 1500]
    assert sum(each.created for each in counts) == 1000
    assert len(await importing.leads_of(team)) == 1000


async def run_patiently(team: Team, job_id):
    """As the workflow's steps: what the database refused is tried again."""
    for _ in range(20):
        try:
            return await run(team, job_id)
        except DBAPIError:
            await asyncio.sleep(0.05)
    raise AssertionError("the import never got through")


async def test_a_killed_import_goes_on_with_the_next_row(database, team: Team, tmp_path: Path):
    path = write_companies(tmp_path / "list.csv", 6000)
    job_id = await register(team, path)
    command = (sys.executable, "-m", "tests.engine.import_worker", database.url, str(team.id), str(job_id))

    worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    while not (await importing.job_of(team, job_id)).read:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    worker.kill()
    await worker.wait()
    cut = await importing.job_of(team, job_id)
    assert 0 < sums(cut).read < 6000
    worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    assert await worker.wait() == 0

    job = await importing.job_of(team, job_id)
    assert (job.status, sums(job)) == ("done", Sums(6000, 4000, 0, 2000, 0))
    assert [row.n for row in await rows_of(team, job_id)] == list(range(1, 6001))
    assert len(await importing.leads_of(team)) == 4000


async def test_a_stopped_import_keeps_what_it_did_and_reads_no_further(database, team: Team, tmp_path: Path):
    job_id = await register(team, write_companies(tmp_path / "list.csv", 1800))
    await run(team, job_id, chunks=1)
    async with db.begin(team.id) as tx:
        imports.cancel(tx, await imports.locked(tx, job_id))

    job = await run(team, job_id)

    assert (job.status, sums(job).read, job.total) == ("cancelled", engine.CHUNK, 1800)


async def test_a_revert_that_was_cut_goes_on_where_it_stood(database, team: Team, tmp_path: Path):
    job = await run(team, await register(team, write_companies(tmp_path / "list.csv", 1500)))
    async with db.begin(team.id) as tx:
        (await imports.locked(tx, job.id)).status = "reverting"
    assert await engine.revert(team.id, job.id)

    reverted = await importing.revert(team, job.id)

    assert (reverted.status, reverted.undone, reverted.removed) == ("reverted", 1500, 1000)
    assert await importing.leads_of(team) == {}


async def test_a_file_that_is_gone_or_changed_ends_the_import_with_a_sentence(database, team: Team, tmp_path: Path):
    path = write_companies(tmp_path / "list.csv", 900)
    gone, broken = await register(team, path), await register(team, path)
    whole = path.read_bytes()
    path.unlink()
    job = await run(team, gone)
    path.write_bytes(whole[:20_000] + b"\0" + whole[20_000:])
    other = await run(team, broken)

    assert (job.status, job.error) == ("failed", engine.GONE)
    assert other.status == "failed"
    assert "NUL" in other.error
    assert sums(other).read < 900


def test_uploads_are_deleted_after_thirty_days(tmp_path: Path):
    now = datetime(2026, 6, 1, tzinfo=UTC)
    for name, days in (("old", 31), ("new", 29)):
        (tmp_path / name).touch()
        moment = (now - timedelta(days=days)).timestamp()
        os.utime(tmp_path / name, (moment, moment))

    assert engine.tidy(tmp_path, now) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


@pytest.mark.parametrize("rows", [1, engine.CHUNK, engine.CHUNK + 1])
async def test_chunks_lose_no_row_at_their_edges(database, team: Team, tmp_path: Path, rows: int):
    job = await run(team, await register(team, write_companies(tmp_path / "list.csv", rows)))

    assert sums(job).read == rows
