"""What happened, told to whoever wants to react, without losing or doubling anything.

An event is written in the transaction that made it true. A `Reaction` reads the log at its own pace: its effect and
the note that it saw the event are one transaction, so a crash between them cannot happen. Delivery lives in
`medley.kernel.postman`.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
from sqlalchemy import BigInteger, Column, Connection, Index, insert, select, text

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

_log = logging.getLogger(__name__)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that has happened. Subclasses live in rooms' `events.py`; the class name is the name on the log."""

    classes: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        known = Event.classes.setdefault(cls.__name__, cls)
        if known.__module__ != cls.__module__:
            raise TypeError(f"{cls.__module__} and {known.__module__} both name an event {cls.__name__}.")
        Event.classes[cls.__name__] = cls


@dataclass(frozen=True, slots=True)
class Reaction:
    """What one room does when events of other rooms come by; give `run` or `after`, not both.

    `run` changes the database through the connection it is handed, exactly once per event. `after` is for effects
    outside the database and may meet an event again after a crash. `name` is what the log remembers: never reuse one.
    """

    name: str
    to: tuple[type[Event], ...]
    run: Callable[[Connection, Event], None] | None = None
    after: Callable[[Event], None] | None = None

    def __post_init__(self) -> None:
        if (self.run is None) == (self.after is None):
            raise TypeError(f"The reaction {self.name} needs either `run` or `after`.")


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


def read_events(
    connection: Connection, after_seq: int, limit: int, names: Sequence[str] | None = None
) -> list[tuple[int, Event]]:
    """Up to `limit` events with a number above `after_seq`, in their order; `names` None means every known class."""
    query = (
        select(event_table.c.seq, event_table.c.name, event_table.c.payload)
        .where(event_table.c.seq > after_seq, event_table.c.name.in_(list(Event.classes) if names is None else names))
        .order_by(event_table.c.seq)
        .limit(limit)
    )
    decoded = ((row.seq, _decode(row)) for row in connection.execute(query))
    return [(seq, event) for seq, event in decoded if event is not None]


def _decode(row: Any) -> Event | None:
    try:
        return msgspec.convert(row.payload, Event.classes[row.name])
    except msgspec.ValidationError as error:
        # A newer program cannot read what an older one wrote: a fault of ours that must not stop all later events.
        _log.error("Event %d (%s) cannot be read: %s", row.seq, row.name, error)
        return None
