"""Checks whether a database is whole, and copies it while it is in use."""

import os
import shutil
import sqlite3 as driver
import subprocess
from contextlib import closing
from pathlib import Path

from medley.kernel.database import Database
from medley.kernel.errors import Conflict, Unavailable

from . import sqlite

_PAGES_A_STEP = 2_000  # 8 MB, then writers get their turn
_PROBLEMS_SHOWN = 20


def check(database: Database, *, thorough: bool = False) -> list[str]:
    """What is wrong, as sentences; empty when all is well. `thorough` also compares every index with its table."""
    if database.dialect == "postgresql":
        return []  # the server verifies its pages itself (checksums) and enforces every foreign key
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        with closing(sqlite.connect(sqlite.path_of(database), ("PRAGMA query_only=ON",))) as raw:
            told = [row[0] for row in raw.execute(f"PRAGMA {pragma}({_PROBLEMS_SHOWN})")]
            orphans = raw.execute("PRAGMA foreign_key_check").fetchmany(_PROBLEMS_SHOWN)
    except driver.DatabaseError as error:
        return [f"The file cannot be read as a database: {error}."]
    problems = [f"The file is damaged: {line}." for line in told if line != "ok"]
    return problems + [
        f"A row of {name} (row {row}) belongs to a row of {owner} that is missing." for name, row, owner, _ in orphans
    ]


def backup(database: Database, target: Path) -> Path:
    """Write a consistent copy to the new file `target` without stopping anybody; a half one is never left there."""
    if target.exists():
        raise Conflict(f"There is already a file {target}.", hint="Name another file for the copy.")
    partial = target.with_name(target.name + ".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(partial)
        _copy_sqlite(database, partial) if database.dialect == "sqlite" else _dump_postgresql(database, partial)
        _make_durable(partial, target)
    except (OSError, driver.Error) as error:
        _remove(partial)
        raise Unavailable(
            f"The copy {target} could not be written: {error}.",
            hint="Check that folder and the free space of its disk.",
        ) from error
    return target


def _copy_sqlite(database: Database, partial: Path) -> None:
    # https://www.sqlite.org/backup.html
    with closing(sqlite.connect(sqlite.path_of(database))) as source, closing(driver.connect(partial)) as copy:
        # One open read keeps the copy from starting again whenever somebody writes.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES_A_STEP)
        copy.execute("PRAGMA journal_mode=DELETE")


def _dump_postgresql(database: Database, partial: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise Unavailable(
            "Copying a PostgreSQL database needs the program pg_dump, which is not installed here.",
            hint="Install the package postgresql-client in the version of the server, or rely on the server's backups.",
        )
    command = [program, "--format=custom", "--no-password", f"--file={partial}", f"--dbname={database.url}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        _remove(partial)
        raise Unavailable(
            f"pg_dump could not copy the database: {done.stderr.strip()}",
            hint="pg_dump must not be older than the server; install the server's version of postgresql-client.",
        )


def _remove(partial: Path) -> None:
    for name in (partial.name, f"{partial.name}-journal"):
        partial.with_name(name).unlink(missing_ok=True)


def _make_durable(partial: Path, target: Path) -> None:
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
