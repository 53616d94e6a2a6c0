"""Engines that outlive a test: each new one compiles every statement anew, a third of what a small test costs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url

from leadboard.store import db
from leadboard.store.bus import Bus
from leadboard.store.db import Database, Turnstile


class Engines:
    """Opens the databases of a process's tests one after the other, each over the engines of the first of its kind.

    SQLite's engines open a link, which leads to the file of the test that runs; PostgreSQL's are told a name.
    """

    def __init__(self, folder: Path) -> None:
        self._link = folder / "current.db"
        self._name = ""
        self._sqlite = db.open_database(f"sqlite:///{self._link}")
        self._postgres: Database | None = None

    def open(self, url: str) -> Database:
        """A database that knows nothing of the last one; call `dispose` before the next one is opened."""
        place = make_url(url).database or ""
        if url.startswith("sqlite"):
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(place)
            return replace(self._sqlite, url=url, bus=Bus(), turnstile=Turnstile())
        self._name = place
        self._postgres = self._postgres or self._redirected(db.open_database(url))
        return replace(self._postgres, url=url, bus=Bus())

    def _redirected(self, database: Database) -> Database:
        @event.listens_for(database.writer.sync_engine, "do_connect")
        def _to_current(dialect: object, record: object, arguments: object, named: dict[str, Any]) -> None:
            named["dbname"] = self._name

        return database
