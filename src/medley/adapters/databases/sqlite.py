"""SQLite as the catalogue database: one file in WAL mode, one writer at a time, readers that never wait.

https://www.sqlite.org/wal.html, https://www.sqlite.org/pragma.html
"""

import fcntl
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from medley.kernel.database import Database
from medley.kernel.errors import MedleyError, Unavailable

from ._turns import Turns

BUSY_TIMEOUT_S = 15

# Each connection has a page cache of its own, so the sizes are modest. No mmap: its pages would count as our memory
# once per connection, and a read error in a mapped page is a signal that kills the process instead of an exception.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA journal_size_limit=67108864",
    # Pages. A scan changes the same ones again and again: the fewer the checkpoints, the fewer are written twice.
    "PRAGMA wal_autocheckpoint=8000",
    "PRAGMA trusted_schema=OFF",
)


def open_sqlite(path: Path) -> Database:
    """The database in the file `path`, which is made when missing (its folder too)."""
    path = path.absolute()
    _make_folder(path.parent)
    readers = _engine(path, "BEGIN", ("PRAGMA cache_size=-4096", "PRAGMA query_only=ON"), size=4, overflow=28)
    writers = _engine(path, "BEGIN IMMEDIATE", ("PRAGMA cache_size=-32768",), size=1, overflow=0)
    with _explained(path):
        # A read-only folder or a foreign file is told now.
        _switch_to_wal(path)
    turns, change_hint = Turns(path, BUSY_TIMEOUT_S), _ChangeHint(path)

    def on_close() -> None:
        change_hint.close()
        turns.close()

    return Database(
        dialect="sqlite",
        url=f"sqlite:///{path}",
        readers=readers,
        writers=writers,
        explain=lambda error: explain(error, path),
        change_hint=change_hint,
        turn=turns,
        on_close=on_close,
    )


def explain(error: BaseException, path: Path) -> MedleyError | None:
    """The condition of the disk or file behind a driver's error; None for a wrong statement or a constraint."""
    name = getattr(getattr(error, "orig", error), "sqlite_errorname", None) or ""
    for prefix, (sentence, hint) in _CONDITIONS.items():
        if name.startswith(prefix):
            return Unavailable(sentence.format(path=path, folder=path.parent), hint=hint, cause=name)
    return None


_CONDITIONS = {
    "SQLITE_FULL": (
        "The disk that holds {folder} is full; the last change was not saved, what was saved before is safe.",
        "Free some space on that disk, then try again.",
    ),
    "SQLITE_READONLY": (
        "The database {path} cannot be written to.",
        "Make the file and its folder writable for the user that runs Medley.",
    ),
    "SQLITE_CANTOPEN": (
        "The database {path} cannot be opened.",
        "Check that its folder exists and that the user that runs Medley may read and write it.",
    ),
    "SQLITE_BUSY": (
        f"Another program has kept the database {{path}} locked for more than {BUSY_TIMEOUT_S} seconds.",
        "Close the other program that has it open, then try again.",
    ),
    "SQLITE_LOCKED": ("The database {path} is locked.", "Try again in a moment."),
    "SQLITE_IOERR": (
        "The disk that holds {folder} answered with an error.",
        "Check the disk and its free space; `medley db check` tells whether the database is whole.",
    ),
    "SQLITE_CORRUPT": (
        "The database {path} is damaged.",
        "Stop Medley and put the newest good copy from the backups folder in its place.",
    ),
    "SQLITE_NOTADB": ("The file {path} is not a database.", "Name another file, or move this one away."),
}


def connect(path: Path, pragmas: tuple[str, ...] = ()) -> sqlite3.Connection:
    """A plain connection in autocommit mode; transactions are begun by hand."""
    raw = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        for pragma in (*_PRAGMAS, *pragmas):
            raw.execute(pragma)
    except sqlite3.Error:
        raw.close()
        raise
    return raw


def _switch_to_wal(path: Path) -> None:
    """Make the first connection. While another process makes its own, SQLite says at once that the file is busy."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            return connect(path).close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) or error from error


def path_of(database: Database) -> Path:
    """The file of a database that `open_sqlite` opened."""
    return Path(database.url.removeprefix("sqlite:///"))


@contextmanager
def apart(database: Database) -> Iterator[Connection]:
    """One write transaction on a connection of its own, without foreign keys being enforced meanwhile."""
    engine = _engine(path_of(database), "BEGIN IMMEDIATE", ("PRAGMA foreign_keys=OFF",), size=1, overflow=0)
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise database.explain(error) or error from error
    finally:
        engine.dispose()


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Held by one process at a time; given back by the system when its holder dies."""
    with path.with_name(path.name + ".upgrading").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _engine(path: Path, begin: str, pragmas: tuple[str, ...], *, size: int, overflow: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, pragmas),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=overflow,
        pool_timeout=BUSY_TIMEOUT_S,
    )

    # Python's driver would begin a transaction only before the first change, too late for a snapshot or a lock.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The folder {folder} for the database cannot be made: {error.strerror}.",
            hint="Name another data folder, or make this one and let the user that runs Medley write to it.",
        ) from error


class _ChangeHint:
    """`PRAGMA data_version` on a connection that never writes: it moves with every commit of anybody else."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: Any = None

    def __call__(self) -> int:
        with self._lock, _explained(self._path):
            if self._connection is None:
                self._connection = connect(self._path, ("PRAGMA cache_size=-64", "PRAGMA query_only=ON"))
            return self._connection.execute("PRAGMA data_version").fetchone()[0]

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
