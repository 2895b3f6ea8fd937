"""The catalogue database: opened, checked, copied and brought up to date.

SQLite when a path (or `sqlite:///path`) is named, PostgreSQL when it is `postgresql://…`.
"""

from pathlib import Path

from medley.kernel.database import Database
from medley.kernel.errors import InvalidInput

__all__ = ["open_database"]


def open_database(url_or_path: str | Path, *, migrate: bool = False) -> Database:
    """The database that `url_or_path` names; with `migrate` also brought to this program's version."""
    database = _open(str(url_or_path))
    if migrate:
        raise NotImplementedError
    return database


def _open(url: str) -> Database:
    if url.startswith(("postgresql://", "postgres://")):
        from .postgresql import open_postgresql

        return open_postgresql(url.replace("postgres://", "postgresql://", 1))
    from .sqlite import open_sqlite

    if "://" in url and not url.startswith("sqlite:///"):
        raise InvalidInput(
            "A database is the path of a file or a postgresql:// address.", hint="Correct the setting `database`."
        )
    return open_sqlite(Path(url.removeprefix("sqlite:///")))
