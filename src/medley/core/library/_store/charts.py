"""What somebody played most and last, one level above what is played: albums by their tracks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from medley.core.library._store.tables import item
from medley.core.library._store.user_tables import progress

_above = item.alias("above")
_PLAYS = func.sum(progress.c.play_count)
_LAST = func.max(progress.c.happened_at_ms)
_WINDOWS = (1_000, 10_000, None)  # newest plays that are looked at: the first pages need few of them


def most_played(connection: Connection, user_id: str, shelf_ids: Sequence[int], limit: int, skip: int) -> list[str]:
    """Ids of items on these shelves whose children were played most often in all."""
    order = (_PLAYS.desc(), _LAST.desc(), _above.c.id)
    return list(connection.scalars(_played(user_id, shelf_ids).order_by(*order).limit(limit).offset(skip)))


def most_played_leaves(
    connection: Connection, user_id: str, shelf_ids: Sequence[int], limit: int, skip: int
) -> list[str]:
    """Ids of items on these shelves that were played most often."""
    chosen = select(item.c.id).select_from(progress.join(item, item.c.id == progress.c.item_id))
    chosen = chosen.where(progress.c.user_id == user_id, progress.c.play_count > 0)
    chosen = chosen.where(item.c.trashed_at_ms == 0, item.c.shelf_id.in_(shelf_ids))
    order = (progress.c.play_count.desc(), progress.c.happened_at_ms.desc(), item.c.id)
    return list(connection.scalars(chosen.order_by(*order).limit(limit).offset(skip)))


def last_played(connection: Connection, user_id: str, shelf_ids: Sequence[int], limit: int, skip: int) -> list[str]:
    """Ids of items on these shelves by when a child was played last, the newest first."""
    for many in _WINDOWS:
        edge = _moment_of(connection, user_id, many)
        query = _played(user_id, shelf_ids).order_by(_LAST.desc(), _above.c.id).limit(limit).offset(skip)
        # Whoever has a play after the edge of the window has the newest one there: nothing older changes the order.
        found = list(connection.scalars(query.where(progress.c.happened_at_ms > edge)))
        if len(found) == limit or edge < 0:
            return found
    return []


def _moment_of(connection: Connection, user_id: str, many: int | None) -> int:
    """When the `many`th newest thing happened; before everything, where there are fewer or all are asked for."""
    if many is None:
        return -1
    newest = select(progress.c.happened_at_ms).where(progress.c.user_id == user_id)
    edge = connection.scalar(newest.order_by(progress.c.happened_at_ms.desc()).limit(1).offset(many))
    return -1 if edge is None else edge


def _played(user_id: str, shelf_ids: Sequence[int]) -> Any:
    return (
        select(_above.c.id)
        .select_from(progress.join(item, item.c.id == progress.c.item_id).join(_above, _above.c.id == item.c.parent_id))
        .where(progress.c.user_id == user_id, progress.c.play_count > 0)
        .where(item.c.trashed_at_ms == 0, _above.c.trashed_at_ms == 0, _above.c.shelf_id.in_(shelf_ids))
        .group_by(_above.c.id)
    )
