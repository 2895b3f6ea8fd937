"""Listens."""

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from medley.core.players._store.tables import listen
from medley.kernel.ids import new_id


def add(connection: Connection, user_id: str, item_id: str, happened_at_ms: int, device: str) -> str | None:
    """The id of a new listen; None where it was told before."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"id": new_id(), "user_id": user_id, "item_id": item_id, "happened_at_ms": happened_at_ms, "device": device}
    statement = make(listen).values(row).on_conflict_do_nothing().returning(listen.c.id)
    return connection.scalar(statement)
