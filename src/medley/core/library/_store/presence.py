"""Whether items are there or missing: an item is there when a file of it is, a parent when a child is."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select, update

from medley.core.library._store.listening_tables import listening_session
from medley.core.library._store.queries import chunks, rows_in
from medley.core.library._store.tables import edition, edition_file, file, item, item_word, shelf
from medley.core.library._store.user_tables import list_entry, opinion, progress_log

_child = item.alias("child")
_files = (
    select(edition_file.c.file_id)
    .join(edition, edition.c.id == edition_file.c.edition_id)
    .join(file, file.c.id == edition_file.c.file_id)
    .where(edition.c.item_id == item.c.id)
)
_main = _files.where(edition.c.extra == "")
_there = file.c.missing_since_ms == 0
_children = select(_child.c.id).where(_child.c.parent_id == item.c.id)
_present = or_(
    _main.where(_there).exists(),
    # A trailer does not make a film present, but where there is nothing else it is what there is.
    and_(~_main.exists(), _files.where(_there).exists()),
    _children.where(_child.c.missing_since_ms == 0).exists(),
)
_bare = and_(~_files.exists(), ~_children.exists())


def items_of(connection: Connection, file_ids: Iterable[str]) -> set[str]:
    """The items that these files belong to."""
    query = select(edition.c.item_id).join(edition_file, edition_file.c.edition_id == edition.c.id)
    return {row.item_id for row in rows_in(connection, query, edition_file.c.file_id, file_ids)}


def update_presence(connection: Connection, item_ids: Iterable[str], now_ms: int) -> list[str]:
    """Mark these items, and what stands above them, as missing or there; gives the ids that turned."""
    turned: list[str] = []
    level = set(item_ids)
    while level:
        query = select(item.c.id, item.c.parent_id, item.c.missing_since_ms, _present.label("there"))
        rows = [
            row
            for row in rows_in(connection, query.where(~_bare), item.c.id, level)
            if bool(row.there) != (row.missing_since_ms == 0)
        ]
        for value, there in ((0, True), (now_ms, False)):
            for chunk in chunks(row.id for row in rows if bool(row.there) is there):
                connection.execute(update(item).where(item.c.id.in_(chunk)).values(missing_since_ms=value))
        turned.extend(row.id for row in rows)
        level = {row.parent_id for row in rows if row.parent_id}
    return turned


def retire(connection: Connection, item_ids: Iterable[str], now_ms: int) -> set[str]:
    """What has neither files nor children any more: forgotten where nobody did anything with it, else missing.

    Goes on with what stands above. Gives the ids that are gone.
    """
    gone: set[str] = set()
    level = set(item_ids)
    while level:
        query = select(item.c.id, item.c.parent_id, item.c.shelf_id, item.c.trashed_at_ms, _loved().label("loved"))
        rows = list(rows_in(connection, query.where(_bare), item.c.id, level))
        _remove(connection, [row for row in rows if not row.loved])
        gone |= {row.id for row in rows if not row.loved}
        kept = [row.id for row in rows if row.loved]
        for chunk in chunks(kept):
            still = and_(item.c.id.in_(chunk), item.c.missing_since_ms == 0)
            connection.execute(update(item).where(still).values(missing_since_ms=now_ms))
        level = {row.parent_id for row in rows if row.parent_id and not row.loved}
    return gone


def _loved() -> Any:
    """Whether anybody did anything with the item."""
    traces = [
        select(table.c.item_id).where(table.c.item_id == item.c.id).exists()
        for table in (progress_log, opinion, list_entry, listening_session)
    ]
    by_hand = select(item_word.c.item_id).where(item_word.c.item_id == item.c.id, item_word.c.by_hand.is_(True))
    return or_(*traces, by_hand.exists(), item.c.trashed_at_ms > 0)


def _remove(connection: Connection, rows: list[Any]) -> None:
    for row in rows:
        if row.trashed_at_ms:
            continue  # counted nowhere
        less = update(shelf).where(shelf.c.id == row.shelf_id).values(count=shelf.c.count - 1)
        connection.execute(less)
        if row.parent_id:
            counted = and_(item.c.id == row.parent_id, item.c.child_count > 0)
            connection.execute(update(item).where(counted).values(child_count=item.c.child_count - 1))
    for chunk in chunks(row.id for row in rows):
        connection.execute(delete(item).where(item.c.id.in_(chunk)))
