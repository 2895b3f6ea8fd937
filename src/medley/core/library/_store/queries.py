"""Small things every store module needs."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ARRAY, Connection, Table, any_, bindparam, text
from sqlalchemy.types import LargeBinary

from medley.kernel.database import Json

T = TypeVar("T")

# Well below both databases' limits of bound parameters, and few enough distinct statements to stay compiled.
CHUNK = 400
_MANY = 10_000


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """`values` in lists of at most `size`."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def rows_in(connection: Connection, query: Any, column: Any, values: Iterable[Any], **parameters: Any) -> Iterator[Any]:
    """The rows of `query`, whose parameters are given by name, where `column` is one of `values`: asked in chunks.

    The values go to the database as one parameter: the statement is the same for one and for thousands.
    """
    if isinstance(column.type, LargeBinary):
        for chunk in chunks(values):
            yield from connection.execute(query.where(column.in_(chunk)), parameters)
        return
    postgresql = connection.dialect.name == "postgresql"
    chosen = query.where(_any(column) if postgresql else column.in_(_JSON))
    for chunk in chunks(values, _MANY):
        given = chunk if postgresql else msgspec.json.encode(chunk).decode()
        yield from connection.execute(chosen, {"values_of_chunk": given, **parameters})


_JSON = text("SELECT value FROM json_each(:values_of_chunk)")


def _any(column: Any) -> Any:
    return column == any_(bindparam("values_of_chunk", type_=ARRAY(column.type)))


def execute_all(connection: Connection, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    """`statement` once per row, in one call of the driver; nothing where there are no rows."""
    if rows:
        connection.execute(statement, rows)


def insert_rows(
    connection: Connection, target: Table, rows: Iterable[dict[str, Any]], *, unless: Sequence[str] = ()
) -> None:
    """New rows of equal columns, straight to the driver; where the unique columns `unless` exist, nothing.

    Measured: SQLAlchemy looks at a row for longer than SQLite needs to write it. Values must be what the driver
    takes; those of JSON columns are given as `json_text` makes them.
    """
    batch = list(rows)
    if batch:
        statement = _insert(target, tuple(batch[0]), tuple(unless), connection.dialect.name)
        connection.exec_driver_sql(statement, [tuple(row.values()) for row in batch])


@cache
def _insert(target: Table, columns: tuple[str, ...], unless: tuple[str, ...], dialect: str) -> str:
    postgresql = dialect == "postgresql"
    mark = "%s" if postgresql else "?"
    marks = ["%s::jsonb" if postgresql and isinstance(target.c[column].type, Json) else mark for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    conflict = f" ON CONFLICT ({', '.join(unless)}) DO NOTHING" if unless else ""
    return f'INSERT INTO "{target.name}" ({names}) VALUES ({", ".join(marks)}){conflict}'  # noqa: S608


def json_text(value: Any) -> str | None:
    """What a JSON column holds."""
    return msgspec.json.encode(value).decode() if value is not None else None
