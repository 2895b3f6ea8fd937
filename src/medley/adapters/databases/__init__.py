"""The catalogue database: opened, checked, copied and brought up to date.

SQLite when a path (or `sqlite:///path`) is named, PostgreSQL when it is `postgresql://…`.
"""

from pathlib import Path

from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput

from . import sqlite
from ._version import is_newest
from .copies import backup, check

__all__ = ["backup", "check", "open_database", "upgrade"]


def open_database(url_or_path: str | Path, *, migrate: bool = False) -> Database:
    """The database that `url_or_path` names; with `migrate` also brought to this program's version."""
    database = _open(str(url_or_path))
    if migrate:
        folder = sqlite.path_of(database).parent if database.dialect == "sqlite" else Path.cwd()
        upgrade(database, folder / "backups")
    return database


def upgrade(database: Database, backups: Path) -> list[str]:
    """Bring `database` to this program's version; see `migrations.upgrade`."""
    if is_newest(database):
        return []
    from .migrations import upgrade as run  # Alembic takes memory and time that only an upgrade needs

    return run(database, backups)


def _open(url: str) -> Database:
    if url.startswith(("postgresql://", "postgres://")):
        from .postgresql import open_postgresql

        return open_postgresql(url.replace("postgres://", "postgresql://", 1))
    if "://" in url and not url.startswith("sqlite:///"):
        raise InvalidInput(
            "A database is the path of a file or a postgresql:// address.", hint="Correct the setting `database`."
        )
    return sqlite.open_sqlite(Path(url.removeprefix("sqlite:///")))
