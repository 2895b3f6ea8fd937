"""Now playing."""

from typing import Any

from sqlalchemy import Connection, delete, select

from medley.core.players._store.tables import now_playing
from medley.kernel.database import upsert

_KEY = ("user_id", "device")


def one(connection: Connection, user_id: str, device: str) -> Any | None:
    """What was last said of a device, however long ago."""
    mine = (now_playing.c.user_id == user_id, now_playing.c.device == device)
    return connection.execute(select(now_playing).where(*mine)).one_or_none()


def put(connection: Connection, row: dict[str, Any]) -> None:
    """What a device plays, as a row of the table."""
    upsert(connection, now_playing, [row], _KEY, [name for name in row if name not in _KEY])


def drop(connection: Connection, user_id: str, device: str) -> None:
    """A device plays nothing."""
    connection.execute(delete(now_playing).where(now_playing.c.user_id == user_id, now_playing.c.device == device))


def sweep(connection: Connection, before_ms: int) -> None:
    """Forget what ended by itself before a moment."""
    connection.execute(delete(now_playing).where(now_playing.c.ends_at_ms < before_ms))


def current(connection: Connection, now_ms: int, user_id: str | None) -> list[Any]:
    """What is played now, by one person or by all, the last begun first."""
    query = select(now_playing).where(now_playing.c.ends_at_ms > now_ms)
    if user_id is not None:
        query = query.where(now_playing.c.user_id == user_id)
    return list(connection.execute(query.order_by(now_playing.c.started_at_ms.desc(), now_playing.c.device)))
