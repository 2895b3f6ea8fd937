"""How far the index has followed the log of events."""

from sqlalchemy import BigInteger, Column, Connection, select

from medley.kernel.database import Ident, table, upsert

position = table(
    "search_position",
    Column("index", Ident, primary_key=True, nullable=False),
    Column("seq", BigInteger, nullable=False),
)


def reached(connection: Connection, index: str) -> int | None:
    """The number of the last event that is in the index; None when it was never filled."""
    return connection.scalar(select(position.c.seq).where(position.c.index == index))


def reach(connection: Connection, index: str, seq: int) -> None:
    """Everything up to the event `seq` is in the index."""
    upsert(connection, position, [{"index": index, "seq": seq}], ("index",), ("seq",))
