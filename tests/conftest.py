"""Fixtures that every test may use."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # `tests.support`, however pytest was started

from tests.support.databases import Databases
from tests.support.postgres import PostgresServer, find_binaries

from medley.kernel.clock import FixedClock
from medley.kernel.database import Database

DIALECTS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], PostgresServer]]:
    """Gives a running server, started at the first call; skips where there is no PostgreSQL."""
    server: PostgresServer | None = None

    def start() -> PostgresServer:
        nonlocal server
        if server is None:
            binaries = find_binaries()
            if binaries is None:
                pytest.skip("PostgreSQL's initdb is neither below /usr/lib/postgresql nor on the PATH.")
            server = PostgresServer(binaries)
        return server

    yield start
    if server is not None:
        server.stop()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, postgres: Callable[[], PostgresServer]) -> Databases:
    return Databases(tmp_path_factory.mktemp("databases"), postgres)


@pytest.fixture
def sqlite_database(databases: Databases, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database with all tables, for what does not depend on the dialect."""
    opened = databases.sqlite(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def postgresql_database(databases: Databases, postgres: Callable[[], PostgresServer]) -> Iterator[Database]:
    opened, name = databases.postgresql()
    yield opened
    opened.close()
    postgres().drop(name)


@pytest.fixture(params=DIALECTS)
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database with all tables, once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture(params=DIALECTS)
def empty_url(request: pytest.FixtureRequest, postgres: Callable[[], PostgresServer], tmp_path: Path) -> Iterator[str]:
    """Where a database without any table is (PostgreSQL) or will be (SQLite)."""
    if request.param == "sqlite":
        yield str(tmp_path / "medley.sqlite")
        return
    name = postgres().create()
    yield postgres().url(name)
    postgres().drop(name)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()
