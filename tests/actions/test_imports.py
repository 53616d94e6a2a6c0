"""Who may do what with imports, and what an action leaves for the work to do."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from leadboard.actions import imports
from leadboard.domain.rights import Principal
from leadboard.errors import NotFound, Refused
from leadboard.store import db, work
from leadboard.store.imports import Upload
from leadboard.store.tables import Audit, ImportJob
from tests import importing
from tests.conftest import Team

TEXT = "Company,Website,Town\nAcme,acme.com,Berlin\n"


@pytest.fixture(autouse=True)
def _queue(database):
    client = work.connect(database.url)
    work.use(client)
    yield
    work.use(None)
    client.destroy()


@pytest.fixture
async def job_id(team: Team, tmp_path: Path) -> str:
    return await imports.register(team.member, team.slug, upload(tmp_path))


def upload(folder: Path, text: str = TEXT) -> Upload:
    path = folder / "stored"
    path.write_text(text)
    return Upload(path, "list.csv", len(text))


async def asked_for() -> list[str]:
    """The workflows that wait."""
    return [each.workflow_id for each in await work.current().list_workflows_async()]


async def test_a_viewer_looks_and_changes_nothing(team: Team, job_id: str, tmp_path: Path):
    me, slug = team.viewer, team.slug

    assert (await imports.job(me, slug, job_id)).file_name == "list.csv"
    assert len(await imports.jobs(me, slug)) == 1
    assert await imports.rows(me, slug, job_id) == []
    for attempt in (
        imports.check_upload(me, slug),
        imports.register(me, slug, upload(tmp_path)),
        imports.map_column(me, slug, job_id, 0, "city"),
        imports.choose(me, slug, job_id, on_match="skip"),
        imports.start(me, slug, job_id),
        imports.cancel(me, slug, job_id),
        imports.revert(me, slug, job_id),
        imports.failed_csv(me, slug, job_id),
    ):
        with pytest.raises(Refused) as refused:
            await attempt
        assert refused.value.status == 403


async def test_a_stranger_finds_nothing(team: Team, other_team: Team, job_id: str):
    for me, slug in ((other_team.owner, team.slug), (other_team.owner, other_team.slug)):
        for attempt in (
            imports.job(me, slug, job_id),
            imports.start(me, slug, job_id),
            imports.cancel(me, slug, job_id),
            imports.revert(me, slug, job_id),
            imports.rows(me, slug, job_id),
            imports.failed_csv(me, slug, job_id),
        ):
            with pytest.raises(NotFound):
                await attempt


async def test_a_refused_file_is_deleted_and_remembered(team: Team, tmp_path: Path):
    stored = upload(tmp_path, "")

    job = await imports.job(team.member, team.slug, await imports.register(team.member, team.slug, stored))

    assert (job.status, job.path) == ("refused", "")
    assert "empty" in job.error
    assert not stored.path.exists()


async def test_a_field_moves_from_one_column_to_another(team: Team, job_id: str):
    me, slug = team.member, team.slug
    before = (await imports.job(me, slug, job_id)).mapping

    await imports.map_column(me, slug, job_id, 2, "company_name")
    moved = (await imports.job(me, slug, job_id)).mapping
    await imports.map_column(me, slug, job_id, 2, "")
    left_out = (await imports.job(me, slug, job_id)).mapping

    assert before["Company"] == "company_name"
    assert (moved, left_out) == ({"Website": "website", "Town": "company_name"}, {"Website": "website"})
    for column, field in ((9, "city"), (-1, "city"), (0, "moon")):
        with pytest.raises(Refused):
            await imports.map_column(me, slug, job_id, column, field)


async def test_starting_asks_for_the_work_once(team: Team, job_id: str):
    await imports.start(team.member, team.slug, job_id)
    await imports.start(team.admin, team.slug, job_id)

    assert await asked_for() == [f"import-{job_id}"]
    assert (await imports.job(team.member, team.slug, job_id)).by == team.member.name


async def test_an_import_that_names_no_company_does_not_start(team: Team, job_id: str):
    await imports.choose(team.member, team.slug, job_id, mapping={"Town": "city"})

    with pytest.raises(Refused, match="which company a row is about"):
        await imports.start(team.member, team.slug, job_id)
    assert await asked_for() == []


async def test_an_import_is_stopped_once_and_then_reverted_once(team: Team, job_id: str):
    me, slug = team.member, team.slug
    with pytest.raises(Refused, match="not running"):
        await imports.cancel(me, slug, job_id)
    with pytest.raises(Refused, match="has ended"):
        await imports.revert(me, slug, job_id)
    await imports.start(me, slug, job_id)

    await imports.cancel(me, slug, job_id)
    await imports.revert(me, slug, job_id)
    await imports.revert(me, slug, job_id)

    assert sorted(await asked_for()) == sorted([f"import-{job_id}", f"revert-{job_id}"])
    with pytest.raises(Refused, match="has ended"):
        await imports.start(me, slug, job_id)


async def audited(team: Team) -> list[tuple[str, str, str]]:
    """What the audit log of a workspace says: (action, actor, resource), oldest first."""
    async with db.read(team.id) as tx:
        rows = (await tx.exec(select(Audit).where(Audit.workspace_id == team.id).order_by(col(Audit.at)))).all()
    return [(row.action, row.actor, row.resource) for row in rows]


async def test_who_imports_takes_back_and_exports_is_audited_once_each_time_something_comes_of_it(
    team: Team, job_id: str
):
    me, slug = team.member, team.slug
    with pytest.raises(Refused):
        await imports.revert(me, slug, job_id)
    assert await audited(team) == []
    for action in (imports.start, imports.start, imports.cancel, imports.revert, imports.revert):
        await action(me, slug, job_id)
    for _ in range(2):
        await imports.failed_csv(team.admin, slug, job_id)

    assert await audited(team) == [
        ("import_started", str(me.user_id), job_id),
        ("import_revert_started", str(me.user_id), job_id),
        ("failed_rows_exported", str(team.admin.user_id), job_id),
        ("failed_rows_exported", str(team.admin.user_id), job_id),
    ]


async def test_rows_are_shown_by_outcome_and_a_page_at_a_time(team: Team, tmp_path: Path):
    text = "Company\n" + "".join(f"Company {n}\nX{n % 10}\n" for n in range(20))
    me: Principal = team.viewer
    job, _ = await importing.import_text(team, tmp_path, text)

    first = await imports.rows(me, team.slug, str(job.id), "failed", 0, 15)
    rest = await imports.rows(me, team.slug, str(job.id), "failed", first[-1].n, 15)

    assert [row.n for row in (*first, *rest)] == list(range(2, 41, 2))
    async with db.read(team.id) as tx:
        assert len((await tx.exec(select(ImportJob))).all()) == 1
