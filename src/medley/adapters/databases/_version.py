"""Whether a database is at this program's version, found out without loading Alembic: every start asks."""

from pathlib import Path

from sqlalchemy import inspect, text

from medley.kernel.database import Database

VERSIONS = Path(__file__).parent / "versions"


def is_newest(database: Database) -> bool:
    """True when no migration is missing. False may also mean that the database is newer, or empty."""
    newest = max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py"))
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.scalar(text("SELECT version_num FROM alembic_version")) == newest
