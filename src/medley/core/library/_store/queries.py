"""Small things every store module needs."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

# Well below both databases' limits of bound parameters, and few enough distinct statements to stay compiled.
CHUNK = 400


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """`values` in lists of at most `size`."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def rows_in(connection: Connection, query: Any, column: Any, values: Iterable[Any]) -> Iterator[Any]:
    """The rows of `query` where `column` is one of `values`, asked for in chunks."""
    for chunk in chunks(values):
        yield from connection.execute(query.where(column.in_(chunk)))


def execute_all(connection: Connection, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    """`statement` once per row, in one call of the driver; nothing where there are no rows."""
    if rows:
        connection.execute(statement, rows)
