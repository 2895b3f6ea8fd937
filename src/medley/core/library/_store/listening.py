"""Sessions of listening, and what is set aside."""

from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from medley.core.library._store.listening_tables import listening_session, set_aside
from medley.core.library._store.tables import item, shelf
from medley.kernel.database import upsert

_s = listening_session.c
_CHANGING = ("day", "position_ms", "heard_ms", "changed_at_ms", "closed_at_ms")


def put(connection: Connection, row: dict[str, Any]) -> None:
    """A session, new or as it is now."""
    upsert(connection, listening_session, [row], ("user_id", "id"), _CHANGING)


def one(connection: Connection, user_id: str, session_id: str, *, to_change: bool = False) -> Any | None:
    """A session of somebody; `to_change`: nobody else changes it meanwhile."""
    query = select(listening_session).where(_s.user_id == user_id, _s.id == session_id)
    return connection.execute(query.with_for_update() if to_change else query).one_or_none()


def holder(connection: Connection, session_id: str, since_ms: int) -> str | None:
    """Whose open session it is."""
    query = select(_s.user_id).where(_s.id == session_id, _s.closed_at_ms == 0, _s.changed_at_ms >= since_ms)
    return connection.scalar(query.limit(1))


def _of(user_id: str, sources: frozenset[str] | None, item_id: str, query: Any) -> Any:
    query = query.join(item, item.c.id == _s.item_id).join(shelf, shelf.c.id == item.c.shelf_id)
    query = query.where(_s.user_id == user_id, item.c.trashed_at_ms == 0)
    query = query.where(_s.item_id == item_id) if item_id else query
    return query if sources is None else query.where(shelf.c.source_id.in_(sources))


def page(
    connection: Connection, user_id: str, sources: frozenset[str] | None, item_id: str, offset: int, limit: int
) -> tuple[list[Any], int]:
    """Sessions of somebody, the last first, and how many there are."""
    chosen = _of(user_id, sources, item_id, select(listening_session))
    chosen = chosen.order_by(_s.changed_at_ms.desc(), _s.id).offset(offset).limit(limit)
    total = connection.scalar(_of(user_id, sources, item_id, select(func.count(_s.id)))) or 0
    return list(connection.execute(chosen)), total


def by_day(connection: Connection, user_id: str, sources: frozenset[str] | None) -> list[Any]:
    """(day, heard_ms)."""
    return list(
        connection.execute(
            _of(user_id, sources, "", select(_s.day, func.sum(_s.heard_ms))).group_by(_s.day).order_by(_s.day)
        )
    )


def by_item(connection: Connection, user_id: str, sources: frozenset[str] | None, days: tuple[str, str]) -> list[Any]:
    """(item_id, heard_ms, sessions) between two days, the longest first."""
    heard = func.sum(_s.heard_ms)
    query = _of(user_id, sources, "", select(_s.item_id, heard, func.count(_s.id)))
    query = query.where(_s.day >= days[0], _s.day <= days[1]).group_by(_s.item_id)
    return list(connection.execute(query.order_by(heard.desc(), _s.item_id)))


def put_aside(connection: Connection, user_id: str, what_id: str, since_ms: int) -> None:
    """Somebody does not want to go on with it."""
    upsert(
        connection,
        set_aside,
        [{"user_id": user_id, "what_id": what_id, "since_ms": since_ms}],
        ("user_id", "what_id"),
        ("since_ms",),
    )


def take_up(connection: Connection, user_id: str, what_id: str) -> None:
    """Somebody wants to go on with it again."""
    connection.execute(delete(set_aside).where(set_aside.c.user_id == user_id, set_aside.c.what_id == what_id))


def aside(connection: Connection, user_id: str) -> list[str]:
    """The ids of all that somebody set aside."""
    return list(connection.scalars(select(set_aside.c.what_id).where(set_aside.c.user_id == user_id)))


def move(connection: Connection, old_id: str, new_id: str) -> None:
    """An item became another."""
    connection.execute(update(listening_session).where(_s.item_id == old_id).values(item_id=new_id))


def forget_items(connection: Connection, item_ids: list[str]) -> None:
    """Items are deleted for good."""
    connection.execute(delete(listening_session).where(_s.item_id.in_(item_ids)))
    connection.execute(delete(set_aside).where(set_aside.c.what_id.in_(item_ids)))


def forget_user(connection: Connection, user_id: str) -> None:
    """An account is gone."""
    for table in (listening_session, set_aside):
        connection.execute(delete(table).where(table.c.user_id == user_id))
