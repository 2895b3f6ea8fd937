"""SQLite under the conditions of real machines: full, read-only, foreign, busy."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from tests.support.databases import create_tables
from tests.support.disks import make_read_only, small_disk
from tests.support.processes import ROOT, start_python

from medley.adapters.databases import backup, check, open_database
from medley.adapters.databases import sqlite as adapter
from medley.kernel.database import Database
from medley.kernel.errors import Conflict, InvalidInput, Unavailable
from medley.kernel.events import Event, event_table, record


class Happened(Event, frozen=True, kw_only=True):
    text: str = ""


def _record(database: Database, count: int = 1, size: int = 10) -> None:
    with database.write() as connection:
        for _ in range(count):
            record(connection, Happened(text="x" * size))


def _count(database: Database) -> int:
    with database.read() as connection:
        return connection.scalar(select(func.count()).select_from(event_table)) or 0


def test_the_file_is_in_wal_mode_with_strict_tables(sqlite_database: Database) -> None:
    with sqlite_database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        lax = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite%'"
        )
        assert lax.all() == []


def test_a_full_disk_loses_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as folder:
        create_tables(open_database(folder / "medley.sqlite"))
        database = open_database(folder / "medley.sqlite")
        saved = 0

        def fill() -> None:
            nonlocal saved
            while saved < 1000:
                _record(database, 1, 10_000)
                saved += 1

        with pytest.raises(Unavailable, match="is full") as failure:
            fill()
        assert "Free some space" in failure.value.hint
        assert saved > 10
        assert _count(database) == saved  # reading goes on, and every saved change is there
        assert check(database, thorough=True) == []
        database.close()
        subprocess.run(["mount", "-o", "remount,size=8m", str(folder)], check=True)
        database = open_database(folder / "medley.sqlite")
        _record(database)
        assert _count(database) == saved + 1
        database.close()


def test_a_disk_that_turns_read_only_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4) as folder:
        create_tables(open_database(folder / "medley.sqlite"))
        make_read_only(folder)
        with pytest.raises(Unavailable, match=r"cannot be (opened|written to)") as failure:
            open_database(folder / "medley.sqlite")
        assert "user that runs Medley" in failure.value.hint
        with pytest.raises(Unavailable):
            open_database(folder / "new" / "medley.sqlite")


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root can become another user.")
def test_a_folder_of_somebody_else_is_told(tmp_path: Path) -> None:
    """Root may write everywhere, so this happens in a child that is nobody."""
    tmp_path.chmod(0o755)
    create_tables(open_database(tmp_path / "medley.sqlite"))
    source = (
        f"import os, sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n"
        "from medley.adapters.databases import open_database, sqlite\n"
        "from medley.kernel.errors import Unavailable\n"
        "os.chdir(sys.argv[1]); os.setuid(65534)\n"
        "try: open_database('medley.sqlite')\n"
        "except Unavailable as error: print(error.message)\n"
    )
    # The child goes below the folder first: the folders above belong to the one who runs the tests.
    done = subprocess.run([sys.executable, "-c", source, tmp_path], capture_output=True, text=True, check=False)
    assert "cannot be" in done.stdout, done.stderr


def test_a_foreign_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "film.mkv").write_bytes(b"no database at all" * 100)
    with pytest.raises(Unavailable, match="is not a database"):
        open_database(tmp_path / "film.mkv")


@pytest.mark.parametrize("url", ["mysql://x/y", "http://x"])
def test_an_unknown_address_is_told(url: str) -> None:
    with pytest.raises(InvalidInput):
        open_database(url)


def test_a_lock_of_another_program_is_waited_for_then_told(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "BUSY_TIMEOUT_S", 0.2)
    other = sqlite3.connect(adapter.path_of(sqlite_database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = open_database(sqlite_database.url)
    with pytest.raises(Unavailable, match="Another program"):
        _record(database)
    other.execute("ROLLBACK")
    _record(database)
    database.close()


_HOG = """
import time
from medley.adapters.databases import open_database
from tests.adapters.databases.test_sqlite import _record
database = open_database(sys.argv[1])
print("ready", flush=True)
end = time.monotonic() + 4
while time.monotonic() < end:
    _record(database, 50)
"""


def test_two_that_begin_with_a_fresh_file_wait_for_one_another(tmp_path: Path) -> None:
    """Switching to WAL asks for a lock that SQLite does not wait for, and web and worker start together."""
    other = sqlite3.connect(tmp_path / "medley.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    release.start()
    try:
        create_tables(open_database(tmp_path / "medley.sqlite"))
    finally:
        release.join()
        other.close()


def test_a_busy_writer_in_another_process_lets_others_in(sqlite_database: Database) -> None:
    hog = start_python(_HOG, sqlite_database.url)
    assert hog.stdout is not None
    assert hog.stdout.readline() == "ready\n"
    waits = []
    while hog.poll() is None:
        began = time.monotonic()
        _record(sqlite_database)
        waits.append(time.monotonic() - began)
        time.sleep(0.02)
    hog.communicate()
    # SQLite's own waiting gives a handful of turns here; the bounds are wide because test machines are busy.
    assert len(waits) > 15
    assert sorted(waits)[len(waits) // 2] < 0.5


def test_a_killed_writer_gives_its_turn_back(sqlite_database: Database) -> None:
    source = (
        "import time\nfrom medley.adapters.databases import open_database\n"
        "with open_database(sys.argv[1]).write(): print('inside', flush=True); time.sleep(60)\n"
    )
    child = start_python(source, sqlite_database.url)
    assert child.stdout is not None
    assert child.stdout.readline() == "inside\n"
    child.kill()
    child.communicate()
    _record(sqlite_database)
    assert _count(sqlite_database) == 1


def test_a_copy_is_whole_although_others_write_meanwhile(sqlite_database: Database, tmp_path: Path) -> None:
    _record(sqlite_database, 200, 5000)
    hog = start_python(_HOG, sqlite_database.url)
    assert hog.stdout is not None
    assert hog.stdout.readline() == "ready\n"
    target = backup(sqlite_database, tmp_path / "copies" / "one.sqlite")
    assert hog.poll() is None, "the writer was to be busy during the copy"
    hog.kill()
    hog.communicate()
    copy = open_database(target)
    assert check(copy, thorough=True) == []
    assert 200 <= _count(copy) <= _count(sqlite_database)
    copy.close()
    with pytest.raises(Conflict, match="already a file"):
        backup(sqlite_database, target)


def test_a_copy_on_a_full_disk_leaves_no_half_file(sqlite_database: Database, tmp_path: Path) -> None:
    _record(sqlite_database, 100, 50_000)
    with small_disk(tmp_path / "disk", 1) as folder:
        with pytest.raises(Unavailable, match="could not be written"):
            backup(sqlite_database, folder / "copy.sqlite")
        assert list(folder.iterdir()) == []


def test_check_names_rows_without_their_owner(sqlite_database: Database) -> None:
    assert check(sqlite_database) == []
    raw = sqlite3.connect(adapter.path_of(sqlite_database))
    raw.execute("INSERT INTO reaction_failure VALUES ('gone', 1, 1, 'x', 0, 0)")
    raw.commit()
    raw.close()
    assert len(check(sqlite_database)) == 2
    assert "that is missing" in check(sqlite_database)[0]


def test_check_tells_of_damage(sqlite_database: Database) -> None:
    _record(sqlite_database, 100, 2000)
    sqlite_database.close()
    path = adapter.path_of(sqlite_database)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096 * 3] = os.urandom(4096 * 3)
    path.write_bytes(data)
    database = open_database(path)
    assert check(database)
    database.close()


def test_statements_of_a_torn_transaction_are_gone_after_a_kill(sqlite_database: Database) -> None:
    source = (
        "import os\nfrom medley.adapters.databases import open_database\n"
        "from tests.adapters.databases.test_sqlite import Happened, _record, record\n"
        "database = open_database(sys.argv[1])\n"
        "_record(database)\n"
        "with database.write() as connection:\n"
        "    for _ in range(5000): record(connection, Happened(text='x' * 1000))\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    assert start_python(source, sqlite_database.url).wait() == -9
    assert _count(sqlite_database) == 1
    with sqlite_database.write() as connection:
        connection.execute(insert(event_table), {"id": "a", "name": "Happened", "payload": {}, "happened_at": 0})
    assert check(sqlite_database, thorough=True) == []
