"""Play queues."""

from typing import Any

from sqlalchemy import Connection, delete, select

from medley.core.players._store.tables import play_queue
from medley.kernel.database import upsert

_ID_LENGTH = 26  # `medley.kernel.ids`


def one(connection: Connection, user_id: str) -> Any | None:
    """Somebody's queue as it was saved."""
    return connection.execute(select(play_queue).where(play_queue.c.user_id == user_id)).one_or_none()


def put(connection: Connection, item_ids: list[str], row: dict[str, Any]) -> None:
    """Replace a queue."""
    packed = {**row, "item_ids": "".join(item_ids).encode()}
    upsert(connection, play_queue, [packed], ("user_id",), [name for name in packed if name != "user_id"])


def drop(connection: Connection, user_id: str) -> None:
    """Somebody has no queue any more."""
    connection.execute(delete(play_queue).where(play_queue.c.user_id == user_id))


def unpacked(item_ids: bytes) -> list[str]:
    """The ids of a queue's row."""
    text = item_ids.decode()
    return [text[start : start + _ID_LENGTH] for start in range(0, len(text), _ID_LENGTH)]
