"""The database's face, on both dialects."""

import threading

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, String, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from medley.kernel.database import Blob, Database, Ident, Json, Name, SortKey, id_column, insert_all, table, upsert
from medley.kernel.errors import Unavailable

shelf = table(
    "test_shelf",
    id_column(),
    Column("name", Name, nullable=False),
    Column("sort", SortKey, nullable=False, server_default=""),
    Column("count", BigInteger, nullable=False, server_default="0"),
    Column("weight", Float),
    Column("open", Boolean),
    Column("label", String(20)),
    Column("extra", Json),
    Column("cover", Blob),
)
thing = table("test_thing", id_column(), Column("shelf", Ident, ForeignKey(shelf.c.id), nullable=False))


def test_every_type_comes_back_as_it_went(database: Database) -> None:
    row = {
        "id": "a",
        "name": "Ærø 千尋",
        "sort": "aeroe",
        "count": 2**62,
        "weight": 0.1,
        "open": True,
        "label": "x",
        "extra": {"list": [1, None, "é"], "text": "plain"},
        "cover": b"\x00\xff",
    }
    with database.write() as connection:
        connection.execute(insert(shelf), row)
    with database.read() as connection:
        assert dict(connection.execute(select(shelf)).mappings().one()) == row


@pytest.mark.parametrize("value", [None, "text", 7, [1, 2], {"a": {"b": []}}, True])
def test_json_of_any_shape(database: Database, value: object) -> None:
    with database.write() as connection:
        connection.execute(insert(shelf), {"id": "a", "name": "n", "extra": value})
    with database.read() as connection:
        assert connection.scalar(select(shelf.c.extra)) == value


def test_text_sorts_by_its_bytes(database: Database) -> None:
    names = ["b", "B", "a", "é", "Z", "z", "_", "10", "9"]
    with database.write() as connection:
        insert_all(connection, shelf, [{"id": name, "name": name} for name in names])
    with database.read() as connection:
        assert list(connection.scalars(select(shelf.c.name).order_by(shelf.c.name))) == sorted(names)


def test_a_failed_write_leaves_nothing(database: Database) -> None:
    def half_done() -> None:
        with database.write() as connection:
            connection.execute(insert(shelf), {"id": "a", "name": "n"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_done()
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(shelf)) == 0


def test_reading_is_a_snapshot(database: Database) -> None:
    count = select(func.count()).select_from(shelf)
    with database.read() as before:
        assert before.scalar(count) == 0
        with database.write() as connection:
            connection.execute(insert(shelf), {"id": "a", "name": "n"})
        assert before.scalar(count) == 0
    with database.read() as after:
        assert after.scalar(count) == 1


def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(Unavailable), database.read() as connection:
        connection.execute(delete(shelf))


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(thing), {"id": "t", "shelf": "nowhere"})


def test_sqlite_refuses_a_wrong_type(sqlite_database: Database) -> None:
    with (
        pytest.raises(IntegrityError, match="cannot store TEXT value in INTEGER"),
        sqlite_database.write() as connection,
    ):
        connection.exec_driver_sql("INSERT INTO test_shelf (id, name, count) VALUES ('a', 'n', 'many')")


def test_upsert_overwrites_only_what_it_is_told(database: Database) -> None:
    first = [{"id": name, "name": "old", "count": 1} for name in "abc"]
    second = [{"id": name, "name": "new", "count": 2} for name in "bcd"]
    with database.write() as connection:
        upsert(connection, shelf, first, ["id"])
        database.upsert(connection, shelf, second, ["id"], ["count"])
        upsert(connection, shelf, [], ["id"])
    with database.read() as connection:
        rows = connection.execute(select(shelf.c.id, shelf.c.name, shelf.c["count"]).order_by(shelf.c.id)).all()
    assert [tuple(row) for row in rows] == [("a", "old", 1), ("b", "old", 2), ("c", "old", 2), ("d", "new", 2)]


def test_upsert_without_update_keeps_what_is_there(database: Database) -> None:
    with database.write() as connection:
        upsert(connection, shelf, [{"id": "a", "name": "old"}], ["id"])
        upsert(connection, shelf, [{"id": "a", "name": "new"}, {"id": "b", "name": "new"}], ["id"])
        assert list(connection.scalars(select(shelf.c.name).order_by(shelf.c.id))) == ["old", "new"]


def test_data_version_tells_of_a_commit(database: Database) -> None:
    before = database.data_version()
    with database.write() as connection:
        connection.execute(insert(shelf), {"id": "a", "name": "n"})
    assert database.data_version() != before


def test_eight_threads_write_without_losing_or_failing(database: Database) -> None:
    errors: list[BaseException] = []

    def count_up() -> None:
        try:
            for _ in range(25):
                with database.write() as connection:
                    found = connection.scalar(select(shelf.c["count"]).with_for_update()) or 0
                    upsert(connection, shelf, [{"id": "a", "name": "n", "count": found + 1}], ["id"], ["count"])
                with database.read() as connection:
                    connection.scalar(select(shelf.c["count"]))
        except BaseException as error:  # the assertion below shows it
            errors.append(error)

    with database.write() as connection:
        connection.execute(insert(shelf), {"id": "a", "name": "n", "count": 0})
    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.read() as connection:
        assert connection.scalar(select(shelf.c["count"])) == 200


def test_a_write_inside_a_write_is_refused_not_a_deadlock(sqlite_database: Database) -> None:
    with (
        pytest.raises(RuntimeError, match="hand the connection down"),
        sqlite_database.write(),
        sqlite_database.write(),
    ):
        pass
