"""The build that the tests serve and read: made where the database is full, to see that nothing of it gets out."""

import gzip
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, create_engine, insert
from sqlmodel import SQLModel

from leadboard import build
from leadboard.settings import Settings
from leadboard.store.migrate import migrate
from tests.support.turns import one_at_a_time

MARKER = "marker7f3a91c2"
SECRET = "a3" * 32
"""The installation's key while it was built."""

_MARKED = "leadboard.marked"


def ensure_built(folder: Path) -> None:
    """Build the frontend, unless the one on disk is of this code and was built beside marked rows, too."""
    with one_at_a_time(build.ROOT):
        _ensure_built(folder)


def _ensure_built(folder: Path) -> None:
    marked = build.web_dir() / "build" / _MARKED
    if build.is_current() and marked.exists():
        return
    settings = Settings(LEADBOARD_DATA_DIR=folder, LEADBOARD_SECRET_KEY=SECRET, _env_file=None)  # type: ignore[call-arg]
    migrate(settings.database)
    fill(settings.database)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LEADBOARD_DATA_DIR", str(folder))
        environment.setenv("LEADBOARD_SECRET_KEY", SECRET)
        build.build(settings)
    marked.touch()


def fill(url: str) -> None:
    """A row in every table, with the marker in every text."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            connection.execute(insert(table).values({each.name: _value(each) for each in table.columns}))
    engine.dispose()


def _value(column: Column[Any]) -> Any:
    """Something that this column takes; `object` is what JSON holds."""
    now = datetime.now(UTC)
    values = {str: MARKER, object: {MARKER: MARKER}, UUID: uuid4(), datetime: now, date: now.date()}
    kind = getattr(column.type, "impl_instance", column.type).python_type
    return values[kind] if kind in values else kind(1)


def files() -> Iterator[tuple[str, bytes]]:
    """Every file that is served to anybody, by its path, unpacked where it is compressed."""
    served = build.web_dir() / "build" / "client"
    for path in sorted(served.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield str(path.relative_to(served)), gzip.decompress(content) if path.suffix == ".gz" else content
