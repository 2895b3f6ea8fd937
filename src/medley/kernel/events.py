"""What happened, told to whoever wants to react, without losing or doubling anything.

An event is written in the transaction that made it true. A `Reaction` reads the log at its own pace: its effect and
the note that it saw the event are one transaction, so a crash between them cannot happen.
"""

import time
from typing import Any, ClassVar

import msgspec
from sqlalchemy import BigInteger, Column, Connection, Index, insert, text

from medley.kernel.database import Ident, Json, table
from medley.kernel.ids import new_id

event_table = table(
    "event",
    Column("seq", BigInteger, primary_key=True, autoincrement=True),
    Column("id", Ident, nullable=False, unique=True),
    Column("name", Ident, nullable=False),
    Column("payload", Json, nullable=False),
    Column("happened_at", BigInteger, nullable=False),
    sqlite_autoincrement=True,  # a number is never used twice, so a reader's position stays valid after pruning
)
Index("ix_event_name_seq", event_table.c.name, event_table.c.seq)

# Any fixed number: writers of events queue on it in PostgreSQL, so that numbers become visible in their order.
_ORDER_LOCK = 0x6D65646C


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that has happened. Subclasses live in rooms' `events.py`; the class name is the name on the log."""

    classes: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        known = Event.classes.setdefault(cls.__name__, cls)
        if known.__module__ != cls.__module__:
            raise TypeError(f"{cls.__module__} and {known.__module__} both name an event {cls.__name__}.")
        Event.classes[cls.__name__] = cls


def record(connection: Connection, event: Event, *, now_ms: int | None = None) -> int:
    """Write `event` to the log in the caller's transaction; the answer is its number there."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ORDER_LOCK})
    row = {
        "id": new_id(),
        "name": type(event).__name__,
        "payload": msgspec.to_builtins(event),
        "happened_at": time.time_ns() // 1_000_000 if now_ms is None else now_ms,
    }
    written = connection.execute(insert(event_table), row).inserted_primary_key
    assert written is not None
    return written[0]
