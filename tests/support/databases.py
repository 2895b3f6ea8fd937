"""Fresh databases of both dialects, with every table of the rooms that the running tests have imported."""

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.support.postgres import PostgresServer

from medley.adapters.databases import open_database
from medley.kernel import events, jobs, postman  # noqa: F401 — the ground's own tables
from medley.kernel.database import Database, metadata


class Databases:
    """Makes one template per set of tables and copies it, which is faster than making the tables for each test."""

    def __init__(self, folder: Path, server: Callable[[], PostgresServer]) -> None:
        self._folder = folder
        self._server = server
        self._templates: dict[tuple[str, frozenset[str]], str] = {}

    def sqlite(self, folder: Path) -> Database:
        target = folder / "medley.sqlite"
        shutil.copyfile(self._template("sqlite"), target)
        return open_database(target)

    def postgresql(self) -> tuple[Database, str]:
        """A database and its name, under which it is to be dropped."""
        name = self._server().create(self._template("postgresql"))
        return open_database(self._server().url(name)), name

    def _template(self, dialect: str) -> str:
        key = (dialect, frozenset(metadata.tables))
        if key not in self._templates:
            self._templates[key] = self._make(dialect)
        return self._templates[key]

    def _make(self, dialect: str) -> str:
        if dialect == "sqlite":
            path = self._folder / f"template-{len(self._templates)}.sqlite"
            create_tables(open_database(path))
            return str(path)
        name = self._server().create()
        create_tables(open_database(self._server().url(name)))
        return name


def create_tables(database: Database) -> None:
    """Make every known table and close the database."""
    with database.write() as connection:
        metadata.create_all(connection)
    database.close()
