"""Brings a database to the version of this program.

Each migration is one transaction together with the note that it ran, so a killed one never happened and is simply
run again. Before the first change the database is checked and copied (PostgreSQL: copied by `pg_dump` where it is
installed, else left to its own backups).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection

from medley.kernel.clock import SystemClock
from medley.kernel.database import Database
from medley.kernel.errors import Conflict, Unavailable

from . import sqlite
from .copies import backup, check

VERSIONS = Path(__file__).parent / "versions"
_KEEP = 3
_LOCK = 0x6D656475  # any fixed number: starters on one PostgreSQL queue on it

_log = logging.getLogger(__name__)


def upgrade(database: Database, backups: Path, versions: Path = VERSIONS) -> list[str]:
    """Run the migrations that are missing and name them; the copy made before goes into `backups`.

    `Conflict` when a newer program has been here, `Unavailable` when the database is damaged.
    """
    scripts = ScriptDirectory(str(versions.parent), version_locations=[str(versions)])
    if not _missing(scripts, current(database)):  # the usual start: nothing to lock, nothing to copy
        return []
    with _one_starter(database):
        missing = _missing(scripts, current(database))
        if missing and current(database) is not None:
            _make_safe(database, backups)
        for script in missing:
            _run(database, script)
        return [script.revision for script in missing]


def current(database: Database) -> str | None:
    """The version the database is at; None for an empty one."""
    with database.read() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _missing(scripts: ScriptDirectory, version: str | None) -> list[Script]:
    known = list(scripts.walk_revisions())  # from the newest down
    names = [script.revision for script in known]
    if version is None:
        return known[::-1]
    if version not in names:
        raise Conflict(
            f"This database is at version {version}, and this Medley only knows versions up to {names[0]}.",
            hint="Start the newer Medley again, or put back a copy from the backups folder made before the upgrade.",
            database=version,
            program=names[0],
        )
    return known[: names.index(version)][::-1]


def _make_safe(database: Database, backups: Path) -> None:
    if problems := check(database):
        raise Unavailable(
            f"The database is damaged, so it was not upgraded: {problems[0]}",
            hint=f"Put the newest good copy from {backups} in its place.",
            problems=problems,
        )
    suffix = "sqlite" if database.dialect == "sqlite" else "dump"
    target = backups / f"before-upgrade-{current(database)}-{SystemClock().now_ms()}.{suffix}"
    try:
        backup(database, target)
    except Unavailable as error:
        if database.dialect == "sqlite":
            raise
        _log.warning("No copy was made before the upgrade: %s %s", error.message, error.hint)
    for old in sorted(backups.glob(f"before-upgrade-*.{suffix}"), key=_made_at)[:-_KEEP]:
        old.unlink()


def _made_at(path: Path) -> int:
    return int(path.stem.rsplit("-", 1)[1])


def _run(database: Database, script: Script) -> None:
    _log.info("Upgrading the database to %s: %s", script.revision, script.doc)
    with _changing(database) as connection:
        context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
        context._ensure_version_table()
        with Operations.context(context):
            script.module.upgrade()
        _note(connection, script)
        if database.dialect == "sqlite":
            _check_foreign_keys(connection, script)


def _note(connection: Connection, script: Script) -> None:
    if script.down_revision is None:
        statement = "INSERT INTO alembic_version (version_num) VALUES ('{}')"
    else:
        statement = "UPDATE alembic_version SET version_num = '{}'"
    connection.exec_driver_sql(statement.format(script.revision))


def _check_foreign_keys(connection: Connection, script: Script) -> None:
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Unavailable(
            f"The upgrade to {script.revision} was undone: it would have left rows of {broken[0]} without their owner.",
            hint="Nothing was changed. Please report this with the log.",
        )


@contextmanager
def _changing(database: Database) -> Iterator[Connection]:
    """One transaction for one migration."""
    if database.dialect == "postgresql":
        with database.write() as connection:
            yield connection
        return
    # A table is changed on SQLite by making a new one and dropping the old; with foreign keys enforced, dropping it
    # would delete what points to it. They cannot be switched off inside a transaction, hence a connection apart.
    with sqlite.apart(database) as connection:
        yield connection


@contextmanager
def _one_starter(database: Database) -> Iterator[None]:
    if database.dialect == "sqlite":
        with sqlite.file_lock(sqlite.path_of(database)):
            yield
        return
    with database.read() as connection:  # the lock is given back when this connection's transaction ends
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        yield


def script_facts(versions: Path = VERSIONS) -> list[dict[str, Any]]:
    """The migrations this program knows, oldest first, for `medley db check`."""
    scripts = ScriptDirectory(str(versions.parent), version_locations=[str(versions)])
    return [{"version": script.revision, "what": script.doc} for script in scripts.walk_revisions()][::-1]
