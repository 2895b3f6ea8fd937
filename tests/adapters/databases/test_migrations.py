"""Upgrades: run once, killed and run again, refused, copied before."""

from pathlib import Path

import pytest
from sqlalchemy import inspect
from tests.support.processes import start_python, until

from medley.adapters.databases import open_database, upgrade
from medley.adapters.databases.migrations import current, script_facts
from medley.adapters.databases.migrations import upgrade as upgrade_with
from medley.kernel.errors import Conflict, Unavailable

_PLAIN = """
import sqlalchemy as sa
from alembic import op
revision = {name!r}
down_revision = {before!r}
def upgrade():
    op.create_table({table!r}, sa.Column("id", sa.Integer(), primary_key=True), sqlite_strict=True)
"""

# Changes a lot, says so, and waits to be killed unless it is allowed to pass.
_SLOW = """
import pathlib, time
import sqlalchemy as sa
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.create_table("big", sa.Column("id", sa.Integer(), primary_key=True), sqlite_strict=True)
    op.bulk_insert(sa.table("big", sa.column("id")), [{{"id": n}} for n in range(5000)])
    pathlib.Path({reached!r}).touch()
    while not pathlib.Path({allowed!r}).exists():
        time.sleep(0.05)
"""

_UPGRADE = """
from pathlib import Path
from medley.adapters.databases import open_database
from medley.adapters.databases.migrations import upgrade
print(upgrade(open_database(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
"""


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    folder = tmp_path / "scripts" / "versions"
    folder.mkdir(parents=True)
    (folder / "a.py").write_text(_PLAIN.format(name="0001", before=None, table="small"))
    return folder


def _tables(url: str) -> set[str]:
    database = open_database(url)
    with database.read() as connection:
        names = set(inspect(connection).get_table_names())
    database.close()
    return names


def test_an_empty_database_gets_the_shipped_tables(empty_url: str, tmp_path: Path) -> None:
    database = open_database(empty_url)
    done = upgrade(database, tmp_path / "backups")
    assert done == [fact["version"] for fact in script_facts()]
    assert current(database) == done[-1]
    assert upgrade(database, tmp_path / "backups") == []
    assert not (tmp_path / "backups").exists()  # nothing was there that needed a copy
    database.close()
    assert {"event", "job", "reaction", "alembic_version"} <= _tables(empty_url)


def test_a_killed_migration_never_happened_and_runs_again(empty_url: str, tmp_path: Path, versions: Path) -> None:
    reached, allowed = tmp_path / "reached", tmp_path / "allowed"
    assert start_python(_UPGRADE, empty_url, tmp_path / "b", versions).wait() == 0
    (versions / "b.py").write_text(_SLOW.format(reached=str(reached), allowed=str(allowed)))
    for _ in range(2):
        reached.unlink(missing_ok=True)
        child = start_python(_UPGRADE, empty_url, tmp_path / "b", versions)
        until(reached.exists, what="the middle of the migration")
        child.kill()
        child.wait()
        until(lambda: _tables(empty_url) == {"small", "alembic_version"}, what="the rollback")
    allowed.touch()
    database = open_database(empty_url)
    assert upgrade_with(database, tmp_path / "b", versions) == ["0002"]
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM big").scalar_one() == 5000
    database.close()


def test_a_newer_database_is_refused_by_name(empty_url: str, tmp_path: Path, versions: Path) -> None:
    database = open_database(empty_url)
    upgrade_with(database, tmp_path / "b", versions)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(Conflict, match="version 0099, and this Medley only knows versions up to 0001") as refusal:
        upgrade_with(database, tmp_path / "b", versions)
    assert "backups" in refusal.value.hint
    database.close()


def test_starters_wait_for_one_another(empty_url: str, tmp_path: Path, versions: Path) -> None:
    for number in range(2, 6):
        script = _PLAIN.format(name=f"000{number}", before=f"000{number - 1}", table=f"t{number}")
        (versions / f"{number}.py").write_text(script)
    children = [start_python(_UPGRADE, empty_url, tmp_path / "b", versions) for _ in range(3)]
    told = sorted(child.communicate()[0].strip() for child in children)
    assert told == ["['0001', '0002', '0003', '0004', '0005']", "[]", "[]"]


def test_a_copy_is_made_before_and_three_are_kept(tmp_path: Path, versions: Path) -> None:
    database = open_database(tmp_path / "medley.sqlite")
    upgrade_with(database, tmp_path / "b", versions)
    for number in range(2, 8):
        script = _PLAIN.format(name=f"000{number}", before=f"000{number - 1}", table=f"t{number}")
        (versions / f"{number}.py").write_text(script)
        assert upgrade_with(database, tmp_path / "b", versions) == [f"000{number}"]
    database.close()
    copies = sorted((tmp_path / "b").iterdir())
    assert [copy.name.split("-")[2] for copy in copies] == ["0004", "0005", "0006"]
    assert _tables(str(copies[-1])) == {"small", "t2", "t3", "t4", "t5", "t6", "alembic_version"}


def test_a_damaged_database_is_not_upgraded(tmp_path: Path, versions: Path) -> None:
    path = tmp_path / "medley.sqlite"
    database = open_database(path)
    upgrade_with(database, tmp_path / "b", versions)
    with database.write() as connection:
        for number in range(3000):
            connection.exec_driver_sql("INSERT INTO small VALUES (?)", (number,))
    database.close()
    _flip_bytes_of_last_pages(path)
    (versions / "b.py").write_text(_PLAIN.format(name="0002", before="0001", table="more"))
    database = open_database(path)
    with pytest.raises(Unavailable, match="damaged, so it was not upgraded"):
        upgrade_with(database, tmp_path / "b", versions)
    assert current(database) == "0001"
    database.close()


def test_a_migration_that_orphans_rows_is_undone(tmp_path: Path, versions: Path) -> None:
    (versions / "b.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = '0002'\ndown_revision = '0001'\n"
        "def upgrade():\n"
        "    op.create_table('part', sa.Column('small', sa.Integer(), sa.ForeignKey('small.id')))\n"
        "    op.execute('INSERT INTO part VALUES (7)')\n"
    )
    database = open_database(tmp_path / "medley.sqlite")
    with pytest.raises(Unavailable, match="rows of part without their owner"):
        upgrade_with(database, tmp_path / "b", versions)
    assert current(database) == "0001"
    database.close()


def _flip_bytes_of_last_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for position in range(len(data) - 12_000, len(data), 7):
        data[position] ^= 0xFF
    path.write_bytes(data)
