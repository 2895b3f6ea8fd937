"""Marks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from medley.core.players._store.tables import mark


def all_of(connection: Connection, user_id: str) -> list[Any]:
    """Somebody's marks."""
    return list(connection.execute(select(mark).where(mark.c.user_id == user_id)))


def count(connection: Connection, user_id: str) -> int:
    """How many marks somebody has."""
    return connection.scalar(select(func.count()).select_from(mark).where(mark.c.user_id == user_id)) or 0


def at(connection: Connection, user_id: str, item_ids: Sequence[str], position_ms: int) -> Any | None:
    """The mark at a place."""
    here = (mark.c.user_id == user_id, mark.c.item_id.in_(item_ids), mark.c.position_ms == position_ms)
    return connection.execute(select(mark).where(*here).limit(1)).one_or_none()


def add(connection: Connection, row: dict[str, Any]) -> None:
    """A mark, as a row of the table."""
    connection.execute(insert(mark).values(row))


def drop(connection: Connection, user_id: str, item_ids: Sequence[str], position_ms: int) -> bool:
    """Whether there was a mark at this place."""
    here = (mark.c.user_id == user_id, mark.c.item_id.in_(item_ids), mark.c.position_ms == position_ms)
    return connection.execute(delete(mark).where(*here)).rowcount > 0
