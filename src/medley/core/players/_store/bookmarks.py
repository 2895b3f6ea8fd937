"""Bookmarks."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from medley.core.players._store.tables import bookmark


def all_of(connection: Connection, user_id: str) -> list[Any]:
    """Somebody's bookmarks, the last changed first."""
    mine = select(bookmark).where(bookmark.c.user_id == user_id)
    return list(connection.execute(mine.order_by(bookmark.c.changed_at_ms.desc(), bookmark.c.item_id.desc())))


def add(connection: Connection, row: dict[str, Any]) -> None:
    """A bookmark, as a row of the table."""
    connection.execute(insert(bookmark).values(row))


def drop(connection: Connection, user_id: str, item_ids: Iterable[str]) -> None:
    """Take bookmarks away."""
    for item_id in item_ids:
        connection.execute(delete(bookmark).where(bookmark.c.user_id == user_id, bookmark.c.item_id == item_id))
