"""Bring a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(url: str, *, app_role: str = "") -> None:
    """Apply every missing migration to the database behind `url`; a second call does nothing.

    On PostgreSQL `app_role` is the login the app itself uses when it is not the one that migrates: it gets the rights
    to read and write rows, and none to change tables or to pass by row-level security.
    """
    engine = create_engine(_sync(url))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if app_role and engine.dialect.name == "postgresql":
            role = connection.dialect.identifier_preparer.quote(app_role)
            connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {role}"))
            connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"))
    engine.dispose()


def _sync(url: str) -> str:
    plain = url.replace("sqlite+aiosqlite", "sqlite")
    path = make_url(plain).database if plain.startswith("sqlite") else None
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return plain
