"""The trash: `item.trashed_at_ms` is 0 outside of it, and negative for a tombstone.

A tombstone is an item that was deleted for good while its files lie on the disk: nobody sees it, and the scan finds its
files known. It lasts as long as they do.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from medley.core.library._store import listening
from medley.core.library._store.files import drop_idle
from medley.core.library._store.presence import retire
from medley.core.library._store.queries import chunks, rows_in
from medley.core.library._store.tables import edition, edition_file, file, item, item_word, shelf
from medley.core.library._store.user_tables import list_entry, opinion, progress, progress_log

_TOMBSTONE = -1
_present = (
    select(edition_file.c.file_id)
    .join(edition, edition.c.id == edition_file.c.edition_id)
    .join(file, file.c.id == edition_file.c.file_id)
    .where(edition.c.item_id == item.c.id, file.c.missing_since_ms == 0)
    .exists()
)


def put(connection: Connection, item_ids: Iterable[str], now_ms: int) -> None:
    """Put those of the items that are seen into the trash."""
    _move(connection, item_ids, item.c.trashed_at_ms == 0, now_ms)


def take_out(connection: Connection, item_ids: Iterable[str]) -> None:
    """Put those of the items that lie in the trash back where they were."""
    _move(connection, item_ids, item.c.trashed_at_ms > 0, 0)


def wake(connection: Connection, item_ids: Iterable[str]) -> set[str]:
    """Something that is seen belongs to these items: tombstones among them and above them are seen again."""
    woken: set[str] = set()
    level = set(item_ids)
    while level:
        woken |= _move(connection, level, item.c.trashed_at_ms < 0, 0)
        above = select(item.c.parent_id).where(item.c.parent_id.is_not(None))
        level = {row.parent_id for row in rows_in(connection, above, item.c.id, level)}
    return woken


def delete_for_good(connection: Connection, item_ids: Sequence[str], now_ms: int) -> set[str]:
    """Of these items only tombstones stay, and nothing of what people did with them. Gives the ids that are gone."""
    for chunk in chunks(item_ids):
        for table in (progress_log, progress, opinion, list_entry):
            connection.execute(delete(table).where(table.c.item_id.in_(chunk)))
        listening.forget_items(connection, chunk)
        connection.execute(delete(item_word).where(item_word.c.item_id.in_(chunk), item_word.c.by_hand.is_(True)))
        connection.execute(update(item).where(item.c.id.in_(chunk)).values(trashed_at_ms=_TOMBSTONE))
    return bury(connection, item_ids, now_ms)


def bury(connection: Connection, item_ids: Iterable[str], now_ms: int) -> set[str]:
    """Forget those of the items that are tombstones of files that are gone, and the files. Gives the ids gone."""
    query = select(item.c.id, edition_file.c.file_id).join_from(item, edition, isouter=True)
    query = query.join(edition_file, isouter=True).where(item.c.trashed_at_ms < 0, ~_present)
    rows = list(rows_in(connection, query, item.c.id, item_ids))
    for chunk in chunks(row.id for row in rows):
        connection.execute(delete(edition).where(edition.c.item_id.in_(chunk)))
    gone = retire(connection, {row.id for row in rows}, now_ms)
    drop_idle(connection, {row.file_id for row in rows} - {None})
    return gone


def _move(connection: Connection, item_ids: Iterable[str], wrong: Any, trashed_at_ms: int) -> set[str]:
    """Move those of the items that are where they should not be; keeps their shelves' counts."""
    step = -1 if trashed_at_ms else 1
    found: set[str] = set()
    for chunk in chunks(item_ids):
        moved = list(connection.execute(select(item.c.id, item.c.shelf_id).where(item.c.id.in_(chunk), wrong)))
        for shelf_id in {row.shelf_id for row in moved}:
            many = sum(row.shelf_id == shelf_id for row in moved)
            connection.execute(update(shelf).where(shelf.c.id == shelf_id).values(count=shelf.c.count + step * many))
        ids = [row.id for row in moved]
        connection.execute(update(item).where(item.c.id.in_(ids)).values(trashed_at_ms=trashed_at_ms))
        found.update(ids)
    return found


def buried(connection: Connection, file_id: str, item_id: str) -> bool:
    """Whether all that the file belongs to was deleted for good; `item_id` is what it serves, where it is no work."""
    query = select(item.c.trashed_at_ms).join(edition, edition.c.item_id == item.c.id).join(edition_file)
    states = list(connection.scalars(query.where(edition_file.c.file_id == file_id)))
    states = states or list(connection.scalars(select(item.c.trashed_at_ms).where(item.c.id == item_id)))
    return bool(states) and all(state < 0 for state in states)


def all_below(connection: Connection, item_ids: Iterable[str]) -> list[str]:
    """`item_ids` and everything below them, from the top down."""
    level = list(item_ids)
    found = list(level)
    while level:
        level = [row.id for row in rows_in(connection, select(item.c.id), item.c.parent_id, level)]
        found.extend(level)
    return found


def trashed(
    connection: Connection, sources: frozenset[str] | None, after: list[Any] | None, limit: int | None
) -> list[Any]:
    """(trashed_at_ms, id, source_id) of what lies in the trash by itself, newest first (`limit` None: all of it)."""
    query = _by_itself(select(item.c.trashed_at_ms, item.c.id, shelf.c.source_id), sources)
    query = query.order_by(item.c.trashed_at_ms.desc(), item.c.id.desc()).limit(limit)
    if after:
        query = query.where(
            (item.c.trashed_at_ms < after[0]) | ((item.c.trashed_at_ms == after[0]) & (item.c.id < after[1]))
        )
    return list(connection.execute(query))


def count(connection: Connection, sources: frozenset[str] | None) -> int:
    """How many items `trashed` gives in all."""
    return connection.scalar(_by_itself(select(func.count()), sources)) or 0


def _by_itself(columns: Any, sources: frozenset[str] | None) -> Any:
    """What lies in the trash, but not below something else that was put there with it."""
    above = item.alias("above")
    query = (
        columns.select_from(item)
        .join(shelf, shelf.c.id == item.c.shelf_id)
        .outerjoin(above, above.c.id == item.c.parent_id)
        .where(item.c.trashed_at_ms > 0, (above.c.id.is_(None)) | (above.c.trashed_at_ms != item.c.trashed_at_ms))
    )
    return query if sources is None else query.where(shelf.c.source_id.in_(sources))
