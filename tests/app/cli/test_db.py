import sqlite3
from pathlib import Path

from tests.app.conftest import Medley


def made(medley: Medley) -> Path:
    assert medley("jobs").code == 0
    return medley.data / "medley.sqlite"


def test_a_sound_database_is_sound(medley: Medley):
    made(medley)
    said = medley("db", "check", "--json")
    assert (said.code, said.json()) == (0, {"problems": []})


def test_a_damaged_database_is_told_with_an_exit_code(medley: Medley):
    file = made(medley)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(file.read_bytes())
    content[8192:40960] = b"\xff" * 32768
    file.write_bytes(content)
    said = medley("db", "check")
    assert said.code in (1, 3)
    assert "Traceback" not in said.err


def test_there_is_nothing_to_check_before_the_first_start(medley: Medley):
    said = medley("db", "check")
    assert said.code == 2
    assert "There is no database" in said.err
    assert not medley.data.exists()


def test_a_copy_is_a_database(medley: Medley, tmp_path: Path):
    made(medley)
    target = tmp_path / "copies" / "one.sqlite"
    assert medley("db", "backup", target, "--json").json() == {"file": str(target)}
    with sqlite3.connect(target) as connection:
        assert connection.execute("SELECT count(*) FROM source").fetchone() == (0,)
    connection.close()
    assert medley("db", "backup").code == 0
    assert list((medley.data / "backups").glob("*.sqlite"))


def test_an_upgrade_that_is_not_needed_does_nothing(medley: Medley):
    made(medley)
    assert medley("db", "upgrade", "--json").json() == {"migrations": []}


def test_a_database_of_a_newer_medley_is_refused(medley: Medley):
    file = made(medley)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = medley("db", "upgrade")
    assert said.code in (1, 2)
    assert "newer" in said.err
    assert "Traceback" not in said.err
