"""What only a server can have: no answer, no right to write, other sessions."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.support.postgres import PostgresServer

from medley.adapters.databases import backup, check, open_database
from medley.kernel.database import Database
from medley.kernel.errors import Unavailable
from medley.kernel.events import event_table

pytestmark = pytest.mark.postgresql


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="does not answer") as failure:
        open_database(f"postgresql://nobody@/none?host={tmp_path}")
    assert "setting `database`" in failure.value.hint


def test_a_cut_connection_is_told_and_the_next_request_works(
    postgresql_database: Database, postgres: Callable[[], PostgresServer]
) -> None:
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'medley'"
    count = select(func.count()).select_from(event_table)

    def read_while_cut() -> None:
        with postgresql_database.read() as connection:
            postgres().execute(cut)
            connection.scalar(count)

    with pytest.raises(Unavailable):
        read_while_cut()
    with postgresql_database.read() as connection:
        assert connection.scalar(count) == 0


def test_a_copy_by_pg_dump_or_what_to_install(
    postgresql_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check(postgresql_database) == []
    if shutil.which("pg_dump"):
        assert backup(postgresql_database, tmp_path / "one.dump").read_bytes().startswith(b"PGDMP")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="pg_dump") as failure:
        backup(postgresql_database, tmp_path / "two.dump")
    assert "postgresql-client" in failure.value.hint
    assert not (tmp_path / "two.dump").exists()
