"""The command line as a program and as a person meet it: what it prints, how it ends, what it leaves behind."""

import asyncio
import gc
import io
import json
import logging
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import structlog
import typer

from leadboard import cli
from leadboard.commands.import_ import STOPPED
from leadboard.domain.importing import UPLOADS_A_DAY
from leadboard.embedded import AlreadyRunning, data_lock
from leadboard.engine.imports import GONE
from leadboard.settings import Settings
from leadboard.store import db, executors, imports
from leadboard.store.tables import ImportJob
from leadboard.worker import run_until
from tests.engine.skills.sites import PORTFOLIO
from tests.support.enrichment import until
from tests.test_settings import ALIASES

LIST = "Company,Website,City\nAcme,acme.com,Berlin\nAB,,Bonn\n"
OUTCOME = ["read", "created", "updated", "skipped", "failed", "seconds", "errors"]
PREVIEW = ["encoding", "delimiter", "header", "rows", "mapping", "warnings"]
SITE = ["file", "company_name", "emails", "phones", "social", "people", "addresses", "organizations"]


@pytest.fixture(autouse=True)
def _on_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    was = logging.root.handlers, logging.root.level
    for name in ALIASES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEADBOARD_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    yield
    logging.root.handlers, logging.root.level = was
    structlog.reset_defaults()


@pytest.fixture
def data(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A data folder whose database is up to date."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "leadboard.db").write_bytes(migrated_sqlite.read_bytes())
    return folder


@pytest.fixture
def companies(tmp_path: Path) -> str:
    return written(tmp_path / "list.csv", LIST)


def written(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


@dataclass(frozen=True)
class Ran:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def leadboard(*words: str) -> Ran:
    """Run the command in this process."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["leadboard", *words])
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())


def stored(data: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "leadboard.db")) as connection:
        return connection.execute(statement).fetchall()


def commands(group: Any, *words: str) -> Iterator[tuple[str, ...]]:
    yield words
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *words, name)


EVERY_COMMAND = list(commands(typer.main.get_command(cli.app)))


def test_the_commands_that_the_readme_speaks_of_are_there():
    names = {words[0] for words in EVERY_COMMAND if words}
    assert names == {"run", "web", "worker", "build", "migrate", "import", "seed", "site", "bench"}


@pytest.mark.parametrize("words", EVERY_COMMAND, ids=" ".join)
def test_every_command_says_what_it_does(words):
    ran = leadboard(*words, "--help")
    assert (ran.code, ran.err) == (0, "")
    usage, _, about, *_ = ran.out.splitlines()
    assert f"{' '.join(words)} [OPTIONS]" in usage
    assert about.strip()


@pytest.mark.parametrize("words", ["nonsense", "migrate --nonsense", "import absent.csv", "site absent --url x"])
def test_what_does_not_exist_is_refused_without_a_trace(words):
    ran = leadboard(*words.split())
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert "Error" in ran.err


def test_migrate_makes_the_database_and_may_be_repeated(tmp_path):
    first = leadboard("migrate", "--json")
    again = leadboard("migrate")
    assert (first.code, first.json) == (0, {"migrated": True})
    assert (again.code, again.out) == (0, "The database is up to date.\n")
    assert stored(tmp_path / "data", "SELECT count(*) FROM workspace") == [(0,)]


def test_an_import_prints_its_outcome_alone_and_says_beside_it_which_workspace_it_made(data, companies):
    ran = leadboard("import", companies, "--workspace", "Northfold & Co", "--json")

    assert ran.code == 0
    assert list(ran.json) == OUTCOME
    assert [ran.json[name] for name in OUTCOME[:5]] == [2, 1, 0, 0, 1]
    assert ran.json["seconds"] > 0
    assert [list(error) for error in ran.json["errors"]] == [["row", "reason"]]
    assert (ran.json["errors"][0]["row"], bool(ran.json["errors"][0]["reason"])) == (2, True)
    assert ran.err == "Made the workspace “Northfold & Co” (/w/northfold-co).\n"
    assert stored(data, "SELECT name, domain FROM lead") == [("Acme", "acme.com")]


def test_the_workspace_is_found_by_its_name_or_address_and_then_not_made_again(data, companies):
    leadboard("import", companies, "--workspace", "Northfold & Co", "--json")
    by_name = leadboard("import", companies, "--workspace", " Northfold & Co ", "--json")
    by_address = leadboard("import", companies, "--workspace", "northfold-co", "--json")

    assert (by_name.err, by_address.err) == ("", "")
    assert (by_name.json["skipped"], by_address.json["skipped"]) == (1, 1)
    assert stored(data, "SELECT count(*) FROM workspace") == [(1,)]


def test_the_limit_of_uploads_a_day_does_not_stop_the_operator(data, companies):
    leadboard("import", companies, "--workspace", "North", "--json")
    asyncio.run(_uploads_of_today(data, UPLOADS_A_DAY + 4))

    ran = leadboard("import", companies, "--workspace", "North", "--json")

    assert (ran.code, ran.err, ran.json["read"]) == (0, "", 2)
    assert stored(data, "SELECT count(*) FROM import_job") == [(UPLOADS_A_DAY + 6,)]


async def _uploads_of_today(data: Path, count: int) -> None:
    [(workspace,)] = stored(data, "SELECT id FROM workspace")
    database = db.open_database(f"sqlite:///{data / 'leadboard.db'}")
    async with database.begin(UUID(workspace)) as tx:
        for _ in range(count):
            await imports.refuse(tx, imports.Upload(data, "list.csv", 1), "No table.", "Ada")
    await database.dispose()


def test_a_data_folder_that_cannot_be_used_is_said(monkeypatch, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("A file, not a folder.")
    for folder, reason in ((taken, "file exists"), (taken / "below", "not a directory")):
        monkeypatch.setenv("LEADBOARD_DATA_DIR", str(folder))

        ran = leadboard("migrate")

        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"The data folder {folder} cannot be used: {reason}. Set LEADBOARD_DATA_DIR")


@pytest.mark.parametrize("url", ["acme", "ftp://acme.com/", "https://", "http://[", ""])
def test_saved_pages_need_the_address_they_were_saved_from(tmp_path, url):
    ran = leadboard("site", written(tmp_path / "page.html", "<p>Acme</p>"), "--url", url)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"“{url}” is no address of a page.")


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        ("", ["--workspace", "North"], "This file is empty"),
        ("PK\x03\x04", ["--workspace", "North"], "not a text table"),
        ("Colour,Shape\nred,round\n", ["--workspace", "North"], "No column says which company"),
        (LIST, ["--workspace", "North", "--on-match", "guess"], "fill_empty, overwrite and skip"),
        (LIST, ["--workspace", "North", "--match-by", "domain,moon"], "“moon” is none of them"),
        (LIST, ["--workspace", "&"], "Give the workspace a name"),
        (LIST, [], "Name the workspace"),
    ],
)
def test_a_refused_import_says_why_and_leaves_nothing(data, tmp_path, text, words, says):
    ran = leadboard("import", written(tmp_path / "list.csv", text), "--json", *words)

    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1
    assert stored(data, "SELECT name FROM workspace UNION ALL SELECT file_name FROM import_job") == []
    assert list(data.glob("uploads/*")) == []


async def _lose_the_file(data: Path, job: ImportJob) -> None:
    os.unlink(job.path)


async def _stop(data: Path, job: ImportJob) -> None:
    database = db.open_database(f"sqlite:///{data / 'leadboard.db'}")
    async with database.begin(job.workspace_id) as tx:
        imports.cancel(tx, await imports.get(tx, job.id))
    await database.dispose()


@pytest.mark.parametrize(("meanwhile", "says"), [(_lose_the_file, GONE), (_stop, STOPPED)])
def test_an_import_that_did_not_end_well_prints_its_outcome_and_exits_with_1(data, companies, meanwhile, says):
    """While somebody else holds the data folder the command waits for them, so that there is time for a mishap."""
    with ThreadPoolExecutor(1) as thread:
        with data_lock(data):
            running = thread.submit(leadboard, "import", companies, "--workspace", "North", "--json")
            asyncio.run(meanwhile(data, asyncio.run(_waiting(data))))
        ran = running.result(timeout=30)

    assert ran.code == 1
    assert list(ran.json) == OUTCOME
    assert ran.json["read"] == 0
    assert says in ran.err


async def _waiting(data: Path) -> ImportJob:
    """The import that the command asked for."""
    deadline = time.monotonic() + 30
    while not (found := stored(data, "SELECT workspace_id, id FROM import_job")):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)
    database = db.open_database(f"sqlite:///{data / 'leadboard.db'}")
    async with database.read(UUID(found[0][0])) as tx:
        job = await imports.get(tx, found[0][1])
    await database.dispose()
    return job


def test_a_preview_says_how_the_file_is_read_and_stores_nothing(tmp_path):
    many = written(tmp_path / "many.csv", "Firma;Webseite\n" + "".join(f"Firma {n};f{n}.de\n" for n in range(25)))
    few = leadboard("import", many, "--preview", "--json")
    every, two = (leadboard("import", many, "--preview", "--json", "--rows", rows) for rows in ("all", "2"))

    assert list(few.json) == PREVIEW
    assert (few.json["delimiter"], few.json["header"]) == (";", ["Firma", "Webseite"])
    assert few.json["mapping"] == {"Firma": "company_name", "Webseite": "website"}
    assert [len(ran.json["rows"]) for ran in (few, every, two)] == [20, 25, 2]
    assert two.json["rows"] == [["Firma 0", "f0.de"], ["Firma 1", "f1.de"]]
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("rows", ["abc", "-1", "1.5", "²", ""])
def test_rows_to_preview_are_a_number_or_all(companies, rows):
    ran = leadboard("import", companies, "--preview", "--rows", rows)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"--rows is a number or all; “{rows}” is neither.\n"


PAGE = """<html lang="de"><title>Acme GmbH</title><body><p>Telefon (030) 23125123</p>
<a href="mailto:info@acme-werke.com">info@acme-werke.com</a></body></html>"""


def test_a_saved_page_is_one_line_of_json_and_a_folder_one_a_page(tmp_path):
    page = written(tmp_path / "index.html", PAGE)
    one = leadboard("site", page, "--url", "https://acme-werke.com", "--json")
    written(tmp_path / "about.html", "<p>Nothing</p>")
    both = leadboard("site", str(tmp_path), "--url", "https://acme-werke.com", "--json")

    assert (one.code, list(one.json)) == (0, SITE)
    assert (one.json["file"], one.json["emails"]) == ("index.html", ["info@acme-werke.com"])
    lines = [json.loads(line) for line in both.out.splitlines()]
    assert [line["file"] for line in lines] == ["about.html", "index.html"]
    assert lines[1] == one.json


@pytest.mark.parametrize("region", ["DE", "de", "Germany"])
def test_a_region_says_whose_phones_without_a_plus_they_are(tmp_path, region):
    page = written(tmp_path / "index.html", PAGE.replace(' lang="de"', ""))
    here = leadboard("site", page, "--url", "https://acme-werke.com", "--region", region, "--json")
    assert here.json["phones"] == ["+493023125123"]
    assert leadboard("site", page, "--url", "https://acme-werke.com", "--json").json["phones"] == []


@pytest.mark.parametrize("region", ["ZZ", "Atlantis", "001"])
def test_an_unknown_region_is_refused(tmp_path, region):
    page = written(tmp_path / "index.html", PAGE)
    ran = leadboard("site", page, "--url", "https://acme-werke.com", "--region", region, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"“{region}” is no country")


def saved(folder: Path, site: Mapping[str, str]) -> str:
    """A website as somebody saved it: one file a page."""
    for path, html in site.items():
        written(folder / f"{path.strip('/').replace('/', '-') or 'index'}.html", html)
    return str(folder)


def test_a_saved_website_proposes_a_profile(tmp_path):
    ran = leadboard("site", saved(tmp_path, PORTFOLIO), "--url", "https://www.tidewater.com.au", "--icp", "--json")

    assert (ran.code, ran.err) == (0, "")
    assert (ran.json["company_name"], ran.json["domain"]) == ("Tidewater", "tidewater.com.au")
    assert ran.json["icp"]["icp_industries"][0] == "healthcare"
    assert sum(ran.json["weights"]["weights"].values()) == 100
    assert ran.json["evidence"][0]["companies"]
    assert (ran.json["missing"], ran.json["cost"], len(ran.json["steps"])) == ([], 0, 8)


def test_a_proposed_profile_is_told_in_words_without_json(tmp_path):
    folder = saved(tmp_path, {**PORTFOLIO, "/huge": "<p>" + "a" * 2_000_001})

    ran = leadboard("site", folder, "--url", "https://www.tidewater.com.au", "--icp")

    assert ran.code == 0
    assert ran.out.startswith(
        "Tidewater (tidewater.com.au), 5 pages read\nNot read: huge.html: This page cannot be read"
    )
    assert "Healthcare (5 of 12: Corella Aged Care, " in ran.out
    assert "\nWeights of the lead score: data quality 20, " in ran.out


def test_a_website_with_too_little_to_say_proposes_no_profile(tmp_path):
    page = written(tmp_path / "index.html", "<p>Soon.</p>")
    empty = leadboard("site", page, "--url", "https://acme-werke.com", "--icp", "--json")
    assert (empty.code, empty.out) == (2, "")
    assert empty.err.startswith("This website cannot be read: acme-werke.com shows fewer than 200 characters of text.")

    huge = leadboard("site", written(tmp_path / "a.html", "a" * 2_000_001), "--url", "https://acme-werke.com", "--icp")
    assert (huge.code, huge.out) == (2, "")
    assert "it is longer than 2 MB" in huge.err


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://acme.com/", "acme"])
def test_a_profile_needs_the_address_of_a_website(tmp_path, url):
    ran = leadboard("site", written(tmp_path / "page.html", PAGE), "--url", url, "--icp")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"“{url}” is no address of a page.")


def test_a_folder_without_a_page_is_refused(tmp_path):
    ran = leadboard("site", str(tmp_path), "--url", "https://acme-werke.com")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("No saved page lies in ")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LEADBOARD_PORT", "abc", "LEADBOARD_PORT=abc cannot be used. It should be a valid integer"),
        ("LEADBOARD_PORT", "70000", "LEADBOARD_PORT=70000 cannot be used. It should be less than or equal to 65535"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL=loud cannot be used. It should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("PUBLIC_URL", "ftp://x", "PUBLIC_URL=ftp://x cannot be used. PUBLIC_URL is a scheme and a name"),
        ("DATABASE_URL", "mysql://a:pass@b/c", "DATABASE_URL cannot be used. The database is sqlite:///path"),
        ("DATABASE_URL", "postgresql://a:pass@127.0.0.1:1/b", "The database cannot be used: connection failed"),
        ("REFLEX_ENV_MODE", "dev", "Development mode"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it_and_keeps_secrets(monkeypatch, name, value, says):
    monkeypatch.setenv(name, value)
    ran = leadboard("migrate")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(says)
    assert len(ran.err.splitlines()) == 1
    assert "pass" not in ran.err


def test_wrong_settings_are_told_together(monkeypatch):
    monkeypatch.setenv("LEADBOARD_PORT", "0")
    monkeypatch.setenv("INSECURE_HTTP", "perhaps")
    lines = leadboard("migrate").err.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["LEADBOARD_PORT=0", "INSECURE_HTTP=perhaps"]


def test_a_data_folder_has_one_holder_at_a_time(tmp_path):
    with data_lock(tmp_path / "data"):
        with pytest.raises(AlreadyRunning, match="already running"), data_lock(tmp_path / "data"):
            pass
        with data_lock(tmp_path / "other"):
            pass
    with data_lock(tmp_path / "data"):
        pass


def test_a_second_run_on_the_same_data_folder_says_so_and_ends(tmp_path):
    with data_lock(tmp_path / "data"):
        program = Path(sys.executable).with_name("leadboard")
        ran = subprocess.run([program, "run"], capture_output=True, text=True, timeout=60, env=os.environ)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"leadboard is already running on {tmp_path / 'data'}. Stop it first")
    assert len(ran.stderr.splitlines()) == 1


def test_a_worker_without_a_shared_database_is_refused():
    ran = leadboard("worker")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Workers share a PostgreSQL")


async def test_a_worker_is_known_while_it_works_and_leaves_when_it_is_told_to(monkeypatch, postgres_url):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    told, looking = asyncio.Event(), db.open_database(postgres_url)

    async def known() -> list[bool]:
        async with looking.read() as tx:
            return [at == executors.LEFT for at in (await executors.known(tx)).values()]

    async def here() -> bool:
        return await known() == [False]

    work = asyncio.create_task(run_until(Settings(), told))
    try:
        await until(here)
        told.set()
        await asyncio.wait_for(work, 60)
        assert await known() == [True]
    finally:
        gc.unfreeze()
        db.use(None)
        await looking.dispose()
