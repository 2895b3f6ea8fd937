"""Playlists and collections."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, tuple_, update

from medley.core.library._store.queries import chunks
from medley.core.library._store.tables import item, shelf
from medley.core.library._store.user_tables import item_list, list_entry
from medley.kernel.ids import new_id


def lists(
    connection: Connection,
    type_: str,
    user_id: str,
    sources: frozenset[str] | None,
    after: list[Any] | None,
    limit: int,
) -> list[Any]:
    """Lists that `user_id` may see, by name, with their size as that person sees it."""
    seen = _entries_seen(sources)
    query = _sized(seen).where(item_list.c.type == type_).order_by(item_list.c.sort_name, item_list.c.id).limit(limit)
    if type_ == "playlist":
        query = query.where(or_(item_list.c.owner_id == user_id, item_list.c.shared.is_(True)))
    if after:
        query = query.where(tuple_(item_list.c.sort_name, item_list.c.id) > tuple(after))
    return list(connection.execute(query))


def one(connection: Connection, list_id: str, sources: frozenset[str] | None) -> Any | None:
    """A list's row, with its size."""
    seen = _entries_seen(sources)
    return connection.execute(_sized(seen).where(item_list.c.id == list_id)).one_or_none()


def _sized(seen: Any) -> Any:
    length = func.coalesce(func.sum(seen.c.duration_ms), 0).label("ms")
    query = select(item_list, func.count(seen.c.id).label("count"), length)
    return query.outerjoin(seen, seen.c.list_id == item_list.c.id).group_by(item_list.c.id)


def _entries_seen(sources: frozenset[str] | None) -> Any:
    query = (
        select(list_entry.c.id, list_entry.c.list_id, list_entry.c.position, list_entry.c.item_id, item.c.duration_ms)
        .join(item, item.c.id == list_entry.c.item_id)
        .join(shelf, shelf.c.id == item.c.shelf_id)
        .where(item.c.trashed_at_ms == 0)
    )
    return (query if sources is None else query.where(shelf.c.source_id.in_(sources))).subquery()


def entries(
    connection: Connection, list_id: str, sources: frozenset[str] | None, after: list[Any] | None, limit: int | None
) -> list[Any]:
    """(position, id, item_id) of a list's entries, in order (`limit` None: all of them)."""
    seen = _entries_seen(sources)
    query = select(seen.c.position, seen.c.id, seen.c.item_id).where(seen.c.list_id == list_id)
    if after:
        query = query.where(tuple_(seen.c.position, seen.c.id) > tuple(after))
    return list(connection.execute(query.order_by(seen.c.position, seen.c.id).limit(limit)))


def insert_list(connection: Connection, row: dict[str, Any]) -> None:
    """A new list, as a row of the table."""
    connection.execute(insert(item_list).values(row))


def change_list(connection: Connection, list_id: str, **values: Any) -> None:
    """Columns of a list."""
    connection.execute(update(item_list).where(item_list.c.id == list_id).values(**values))


def delete_list(connection: Connection, list_id: str) -> None:
    """A list and its entries; the items stay."""
    connection.execute(delete(item_list).where(item_list.c.id == list_id))


def item_ids_in(connection: Connection, list_id: str) -> set[str]:
    """Which items a list holds."""
    return set(connection.scalars(select(list_entry.c.item_id).where(list_entry.c.list_id == list_id)))


def insert_entries(connection: Connection, list_id: str, item_ids: Sequence[str], low: float, high: float) -> None:
    """New entries, evenly between two positions."""
    step = (high - low) / (len(item_ids) + 1)
    connection.execute(
        insert(list_entry),
        [
            {"id": new_id(), "list_id": list_id, "item_id": item_id, "position": low + step * (index + 1)}
            for index, item_id in enumerate(item_ids)
        ],
    )


def gap_before(connection: Connection, list_id: str, entry_id: str | None) -> tuple[float, float] | None:
    """The positions between which something placed before `entry_id` (None: at the end) goes; None: no such entry."""
    mine = list_entry.c.list_id == list_id
    if entry_id is None:
        last = connection.scalar(select(func.max(list_entry.c.position)).where(mine)) or 0.0
        return last, last + 1024.0
    high = connection.scalar(select(list_entry.c.position).where(mine, list_entry.c.id == entry_id))
    if high is None:
        return None
    low = connection.scalar(select(func.max(list_entry.c.position)).where(mine, list_entry.c.position < high))
    return (high - 1024.0 if low is None else low), high


def space_out(connection: Connection, list_id: str) -> None:
    """Give all entries round positions again, once halving has used up the room between two of them."""
    ordered = select(list_entry.c.id).where(list_entry.c.list_id == list_id)
    for index, entry_id in enumerate(
        list(connection.scalars(ordered.order_by(list_entry.c.position, list_entry.c.id)))
    ):
        connection.execute(update(list_entry).where(list_entry.c.id == entry_id).values(position=1024.0 * (index + 1)))


def move_entry(connection: Connection, list_id: str, entry_id: str, position: float) -> bool:
    """Whether there was such an entry."""
    mine = (list_entry.c.list_id == list_id, list_entry.c.id == entry_id)
    return connection.execute(update(list_entry).where(*mine).values(position=position)).rowcount > 0


def delete_entries(connection: Connection, list_id: str, entry_ids: Collection[str]) -> int:
    """Take entries out of a list; how many of them there were."""
    mine = list_entry.c.list_id == list_id
    return sum(
        connection.execute(delete(list_entry).where(mine, list_entry.c.id.in_(some))).rowcount
        for some in chunks(entry_ids)
    )


def clear(connection: Connection, list_id: str) -> None:
    """Take every entry out of a list."""
    connection.execute(delete(list_entry).where(list_entry.c.list_id == list_id))
