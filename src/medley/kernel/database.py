"""One way to talk SQL: the same tables and statements on SQLite and on PostgreSQL.

Rooms declare their tables on `metadata` with `table(…)`, and read and write through `Database`. The engines
themselves (pragmas, pools, drivers) are made by `medley.adapters.databases`; nothing here imports a driver.
Times are whole milliseconds since 1970-01-01 UTC in a `BigInteger` column.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Literal

import msgspec
from sqlalchemy import Column, Connection, Engine, LargeBinary, MetaData, Table, Text, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import BigInteger, Boolean, Double, Float, Integer, SmallInteger, String, TypeDecorator

from medley.kernel.errors import MedleyError, Unavailable

Dialect = Literal["sqlite", "postgresql"]

# Named constraints: a migration can only drop what it can name.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Text that compares by its bytes on both databases, whatever the server's language: the order of a keyset page is
# part of its cursor and must not depend on a collation. SQLite's default collation is already BINARY.
_binary_text = Text().with_variant(Text(collation="C"), "postgresql")
Ident = _binary_text  # an id, a key, an enumerated word
Name = _binary_text  # what people read
SortKey = _binary_text  # a folded key that a list is sorted by
Blob = LargeBinary


class Json(TypeDecorator[Any]):
    """Anything msgspec can put into JSON: TEXT on SQLite, JSONB on PostgreSQL; None is SQL's NULL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        return dialect.type_descriptor(postgresql.JSONB() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        if value is None:
            return None
        # JSONB's own bind processor (made by the engine's json_serializer) encodes; encoding here would do it twice.
        return value if dialect.name == "postgresql" else msgspec.json.encode(value).decode()

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return value if value is None or dialect.name == "postgresql" else msgspec.json.decode(value)


# STRICT tables know six type names only. One rule here lets rooms use SQLAlchemy's ordinary types.
def _strict_name(types: Sequence[type], name: str) -> None:
    for each in types:
        compiles(each, "sqlite")(lambda _type, _compiler, **_options: name)


_strict_name((BigInteger, SmallInteger, Integer, Boolean), "INTEGER")
_strict_name((Float, Double), "REAL")
_strict_name((String,), "TEXT")


def table(name: str, *items: SchemaItem, **options: Any) -> Table:
    """A table on `metadata`, STRICT on SQLite; `options` go to SQLAlchemy's `Table`."""
    return Table(name, metadata, *items, sqlite_strict=True, **options)


def id_column(name: str = "id", **options: Any) -> Column[str]:
    """A primary key column that holds one of our ids (`primary_key=False` for a plain one)."""
    return Column(name, Ident, **{"primary_key": True, "nullable": False, **options})


def upsert(
    connection: Connection,
    target: Table,
    rows: Iterable[Mapping[str, Any]],
    key: Sequence[str],
    update: Sequence[str] = (),
) -> None:
    """Insert `rows`; where `key` (the columns of a unique index) exists, overwrite the columns `update` instead.

    With no `update` an existing row is left as it is. All rows must have the same columns.
    """
    batch = [dict(row) for row in rows]
    if not batch:
        return
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(target)
    overwritten = {column: statement.excluded[column] for column in update}
    statement = (
        statement.on_conflict_do_update(index_elements=key, set_=overwritten)
        if update
        else statement.on_conflict_do_nothing(index_elements=key)
    )
    connection.execute(statement, batch)


def insert_all(connection: Connection, target: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert `rows` in one call of the driver; nothing happens when there are none."""
    if batch := [dict(row) for row in rows]:
        connection.execute(insert(target), batch)


class Database:
    """A catalogue database. Safe to share between threads; each `read` or `write` has a connection of its own."""

    upsert = staticmethod(upsert)

    def __init__(
        self,
        *,
        dialect: Dialect,
        url: str,
        readers: Engine,
        writers: Engine,
        explain: Callable[[BaseException], MedleyError | None],
        change_hint: Callable[[], int],
        turn: Callable[[], AbstractContextManager[None]] = nullcontext,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        """`explain` turns a driver's error into ours, or None where it is a fault of the caller's statement.

        `turn` is held around each write: SQLite has one writer at a time, and waits for its turn there.
        """
        self.dialect: Dialect = dialect
        self.url = url
        self._readers = readers
        self._writers = writers
        self._explain = explain
        self._change_hint = change_hint
        self._turn = turn
        self._on_close = on_close
        self._writing = threading.local()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One snapshot that does not change while it is open; writing through it fails."""
        with self._explained(), self._readers.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back when an exception leaves the block."""
        if self.is_writing():
            raise RuntimeError("A write inside a write: hand the connection down instead of opening another.")
        with self._explained(), self._my_turn(), self._writers.connect() as connection, connection.begin():
            yield connection

    def is_writing(self) -> bool:
        """Whether the calling thread is inside `write`."""
        return getattr(self._writing, "now", False)

    def data_version(self) -> int:
        """A cheap number that differs after anybody, in any process, has committed (it may also differ without)."""
        with self._explained():
            return self._change_hint()

    def explain(self, error: BaseException) -> MedleyError | None:
        """What `error` means for people, when it is the database's condition and not a wrong statement."""
        return self._explain(error)

    def close(self) -> None:
        """Give all connections back."""
        self._readers.dispose()
        self._writers.dispose()
        self._on_close()

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        with self._turn():
            self._writing.now = True
            try:
                yield
            finally:
                self._writing.now = False

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeout) as error:
            known = self._pool_is_empty() if isinstance(error, PoolTimeout) else self._explain(error)
            if known is None:
                raise
            raise known from error

    @staticmethod
    def _pool_is_empty() -> MedleyError:
        return Unavailable(
            "Too many requests are using the database at once.", hint="Try again in a moment; if it stays, restart."
        )
