"""The `leadboard` command: start, build, migrate, import, read saved sites, measure.

Each command imports what it needs itself, so that `--help` and a mistyped option are answered at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leadboard import memory
from leadboard.errors import Refused

if TYPE_CHECKING:
    from leadboard.settings import Settings

_commands = partial(typer.Typer, no_args_is_help=True, rich_markup_mode=None)  # boxes would double the time of --help
app = _commands(help="A live lead-generation board.", add_completion=False, pretty_exceptions_enable=False)
bench = _commands(help="Measure, with the floor in the same run. Prints one JSON object.")
app.add_typer(bench, name="bench")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


@app.command()
def run() -> None:
    """Everything in one process: migrate, build when something changed, serve pages, API and background work."""
    memory.load()
    from leadboard.embedded import data_lock

    settings = _settings()
    with data_lock(settings.data_dir):
        _migrate(settings)
        _build(settings)
    _greet(settings)
    _serve(settings, "run")


@app.command()
def web() -> None:
    """Pages and API only, for several processes over one PostgreSQL; background work is left to workers."""
    memory.load()
    settings = _settings()
    _build(settings)
    _serve(settings, "web")


@app.command()
def worker() -> None:
    """Background work only, without a port; as many as you like over one PostgreSQL."""
    from leadboard.worker import work_until_told

    settings = _settings()
    _log(settings.log_level)
    asyncio.run(work_until_told(settings))


@app.command()
def build(force: Annotated[bool, typer.Option(help="Build even when nothing changed.")] = False) -> None:
    """Build the frontend of this release."""
    _build(_settings(), force)


@app.command()
def migrate(as_json: AsJson = False) -> None:
    """Bring the database to this version's tables."""
    settings = _settings()
    _migrate(settings)
    _say({"migrated": True}, as_json, "The database is up to date.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV, TSV or JSON; gzip is read too.", exists=True, dir_okay=False)],
    workspace: Annotated[str, typer.Option(help="The workspace's name; made when it is missing.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Only say how the file is read; store nothing.")] = False,
    rows: Annotated[str, typer.Option(help="Rows to preview: a number or 'all'.")] = "20",
    on_match: Annotated[str, typer.Option(help="fill_empty, overwrite or skip.")] = "fill_empty",
    match_by: Annotated[str, typer.Option(help="Comma list of domain, name, email.")] = "domain,name,email",
    as_json: AsJson = False,
) -> None:
    """Import companies, people and deals from a file."""
    from leadboard.commands import import_ as command

    if preview:
        _print(command.preview_file(file, rows), as_json)
        return
    if not workspace:
        raise Refused("Name the workspace the leads go to, for example --workspace Northfold.")
    settings = _settings()
    _migrate(settings)
    _log("WARNING")
    keys = [key.strip() for key in match_by.split(",") if key.strip()]
    ended = command.import_file(settings, file, workspace, on_match=on_match, match_by=keys)
    _print(ended.outcome, as_json)
    if ended.wrong:
        typer.echo(ended.wrong, err=True)
        raise typer.Exit(1)


@app.command()
def seed(
    workspace: Annotated[str, typer.Option(help="The demo workspace's name or address; else the oldest one.")] = "",
    as_json: AsJson = False,
) -> None:
    """Fill a demo workspace with four weeks of invented history."""
    from leadboard.commands.seed import seed as fill

    settings = _settings()
    _migrate(settings)
    _log("WARNING")
    typer.echo("Four weeks of searches, calls and moves are made up, which takes about half a minute.", err=True)
    _print(fill(settings, workspace), as_json)


@app.command()
def site(
    path: Annotated[Path, typer.Argument(help="A saved page or a folder of them.", exists=True)],
    url: Annotated[str, typer.Option(help="The address the pages were saved from.")],
    region: Annotated[str, typer.Option(help="ISO country that phones without + belong to.")] = "",
    icp: Annotated[bool, typer.Option("--icp", help="Propose an ideal customer profile instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what is read on saved pages of a website, one object a line."""
    if icp:
        _propose(path, url, region, as_json)
        return
    from leadboard.commands.site import read_saved

    for found in read_saved(path, url, region):
        typer.echo(json.dumps(found, ensure_ascii=False, indent=None if as_json else 2))


def _propose(path: Path, url: str, region: str, as_json: bool) -> None:
    _log("WARNING")
    from leadboard.commands.icp import as_text, read_icp

    found = read_icp(path, url, region)
    typer.echo(found.model_dump_json() if as_json else "\n".join(as_text(found)))


@bench.command("board")
def bench_board(
    leads: int = 20_000, viewers: int = 100, rate: int = 20, seconds: int = 6, as_json: AsJson = False
) -> None:
    """Moves from commit to every viewer, against a bare websocket fan-out of the same bytes."""
    _bench("board", as_json, leads=leads, viewers=viewers, rate=rate, seconds=seconds)


@bench.command("open")
def bench_open(leads: int = 20_000, times: int = 5, as_json: AsJson = False) -> None:
    """Opening the board in a real browser, cold and warm, against the same page as a plain file."""
    _build(_settings())
    _bench("opening", as_json, leads=leads, times=times)


@bench.command("import")
def bench_import(rows: int = 100_000, as_json: AsJson = False) -> None:
    """An import, against parsing and one bulk insert alone."""
    _bench("importing", as_json, rows=rows)


@bench.command("enrich")
def bench_enrich(leads: int = 300, as_json: AsJson = False) -> None:
    """Enrichment of saved sites on loopback, against bare workflows with as many steps."""
    _bench("enrich", as_json, leads=leads)


@bench.command("drop")
def bench_drop(drags: int = 200, leads: int = 500, as_json: AsJson = False) -> None:
    """Dropped cards while leads are enriched, against the same drags with nothing else going on."""
    _bench("dropping", as_json, drags=drags, leads=leads)


@bench.command("icp")
def bench_icp(leads: int = 20_000, as_json: AsJson = False) -> None:
    """A saved profile while cards are dragged, against scoring in memory."""
    _bench("profile", as_json, leads=leads)


@bench.command("extract")
def bench_extract(
    shared: Annotated[Path, typer.Option(help="The folder with the labelled pages.")] = Path("../shared"),
    as_json: AsJson = False,
) -> None:
    """Precision and recall of what is read on labelled pages, against plain patterns."""
    _bench("extract", as_json, shared=shared)


@bench.command("skills")
def bench_skills(
    shared: Annotated[Path, typer.Option(help="The folder with the labelled data.")] = Path("../shared"),
    sites: int = 58,
    as_json: AsJson = False,
) -> None:
    """Industries told from descriptions, against the bare word, and what saved sites come to."""
    _bench("skills", as_json, shared=shared, sites=sites)


@bench.command("waterfall")
def bench_waterfall(records: int = 1_000, as_json: AsJson = False) -> None:
    """Records through the waterfall of the demo world, twice, against the same calls and rows bare."""
    _bench("waterfall", as_json, records=records)


@bench.command("discover")
def bench_discover(target: int = 50, latency: float = 0.1, as_json: AsJson = False) -> None:
    """A search in the demo world, from the press to the cards of a viewer, against asking the same services alone."""
    _bench("discover", as_json, target=target, latency=latency)


def _bench(name: str, as_json: bool, **options: Any) -> None:
    _log("ERROR")
    measure: Callable[..., Any] = import_module(f"leadboard.bench.{name}").run
    result = measure(**options)
    _print(asyncio.run(result) if asyncio.iscoroutine(result) else result, as_json)


def _log(level: str) -> None:
    from leadboard import log

    log.configure(level)


def _settings() -> Settings:
    from leadboard.settings import load

    settings = load()
    settings.check_start()
    settings.make_folder()
    return settings


def _migrate(settings: Settings) -> None:
    from sqlalchemy.exc import OperationalError

    from leadboard.store import work
    from leadboard.store.migrate import migrate as bring_up

    try:
        bring_up(settings.migration_url, app_role=settings.app_role)
        work.migrate(settings.migration_url, app_role=settings.app_role)
    except OperationalError as down:
        reason = str(down.orig).partition("\n")[0]
        raise Refused(f"The database cannot be used: {reason}. Check DATABASE_URL and that its server runs.") from down


def _build(settings: Settings, force: bool = False) -> None:
    from leadboard import build as frontend

    if force or not frontend.is_current():
        typer.echo("Building the pages, once…", err=True)
        frontend.build(settings)


def _greet(settings: Settings) -> None:
    from leadboard.commands.start import set_up_is_open

    typer.echo(f"leadboard is at {settings.address}", err=True)
    if asyncio.run(set_up_is_open(settings)):
        typer.echo(f"Set it up with this code: {settings.set_up_code()}", err=True)


def _serve(settings: Settings, role: str) -> None:
    from leadboard.serve import serve

    serve(settings, role)


def _say(data: dict[str, Any], as_json: bool, sentence: str) -> None:
    typer.echo(json.dumps(data) if as_json else sentence)


def _print(data: dict[str, Any], as_json: bool) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, default=str, indent=None if as_json else 2))


def main() -> None:
    """Run the command; a refusal is one sentence and exit code 2, never a trace."""
    try:
        app()
    except Refused as refused:
        typer.echo(refused.sentence, err=True)
        sys.exit(2)
