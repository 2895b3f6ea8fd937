"""Progress and opinions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from medley.core.library._store.queries import chunks
from medley.core.library._store.tables import edition, edition_file, item, shelf
from medley.core.library._store.user_tables import item_list, opinion, progress, progress_log
from medley.kernel.database import upsert
from medley.kernel.ids import new_id


def log_progress(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Lines of the log; never changed afterwards."""
    connection.execute(insert(progress_log), [{"id": new_id(), **row} for row in rows])


def progress_of(connection: Connection, user_id: str, item_id: str) -> Any | None:
    """What the log comes to so far."""
    mine = (progress.c.user_id == user_id, progress.c.item_id == item_id)
    return connection.execute(select(progress).where(*mine)).one_or_none()


def put_progress(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Replace what the log comes to."""
    columns = ("position_ms", "locator", "fraction", "finished", "play_count", "happened_at_ms")
    upsert(connection, progress, rows, ("user_id", "item_id"), columns)


def history_of(connection: Connection, user_id: str, item_id: str, limit: int) -> list[Any]:
    """The newest lines of the log."""
    mine = (progress_log.c.user_id == user_id, progress_log.c.item_id == item_id)
    query = select(progress_log).where(*mine).order_by(progress_log.c.happened_at_ms.desc(), progress_log.c.id.desc())
    return list(connection.execute(query.limit(limit)))


def opinion_of(connection: Connection, user_id: str, item_id: str) -> Any | None:
    """What somebody thinks of an item."""
    mine = (opinion.c.user_id == user_id, opinion.c.item_id == item_id)
    return connection.execute(select(opinion).where(*mine)).one_or_none()


def put_opinion(connection: Connection, row: dict[str, Any]) -> None:
    """Replace an opinion."""
    upsert(connection, opinion, [row], ("user_id", "item_id"), ("favourite", "rating", "changed_at_ms"))


def leaves_below(connection: Connection, item_id: str) -> list[str]:
    """The items below `item_id` that have files (itself, where it has)."""
    level, leaves = [item_id], []
    while level:
        below: list[str] = []
        for chunk in chunks(level):
            has_files = select(edition_file.c.edition_id).where(edition_file.c.edition_id == edition.c.id).exists()
            playable = select(edition.c.item_id).where(edition.c.item_id.in_(chunk), has_files).distinct()
            leaves.extend(connection.scalars(playable))
            below.extend(connection.scalars(select(item.c.id).where(item.c.parent_id.in_(chunk))))
        level = below
    return leaves


def recent(connection: Connection, user_id: str, shelf_ids: Sequence[int], *, finished: bool, limit: int) -> list[Any]:
    """(item_id, happened_at_ms) of what somebody last finished, or last left in the middle."""
    query = (
        select(progress.c.item_id, progress.c.happened_at_ms)
        .join(item, item.c.id == progress.c.item_id)
        .where(
            progress.c.user_id == user_id,
            progress.c.finished.is_(finished),
            item.c.trashed_at_ms == 0,
            item.c.shelf_id.in_(shelf_ids),
        )
        .order_by(progress.c.happened_at_ms.desc(), progress.c.item_id.desc())
        .limit(limit)
    )
    return list(connection.execute(query if finished else query.where(progress.c.fraction > 0)))


def forget_user(connection: Connection, user_id: str) -> None:
    """An account is gone, and with it what it did and the lists it kept."""
    for table in (progress_log, progress, opinion):
        connection.execute(delete(table).where(table.c.user_id == user_id))
    connection.execute(delete(item_list).where(item_list.c.owner_id == user_id, item_list.c.type == "playlist"))


def trash(connection: Connection, item_ids: list[str], trashed_at_ms: int) -> None:
    """Put items into the trash (0: take them out) and keep their shelves' counts."""
    for chunk in chunks(item_ids):
        wrong = item.c.trashed_at_ms != 0 if not trashed_at_ms else item.c.trashed_at_ms == 0
        moved = list(connection.execute(select(item.c.id, item.c.shelf_id).where(item.c.id.in_(chunk), wrong)))
        step = -1 if trashed_at_ms else 1
        for shelf_id in {row.shelf_id for row in moved}:
            many = sum(row.shelf_id == shelf_id for row in moved)
            connection.execute(update(shelf).where(shelf.c.id == shelf_id).values(count=shelf.c.count + step * many))
        ids = [row.id for row in moved]
        connection.execute(update(item).where(item.c.id.in_(ids)).values(trashed_at_ms=trashed_at_ms))


def all_below(connection: Connection, item_id: str) -> list[str]:
    """`item_id` and everything below it."""
    found, level = [item_id], [item_id]
    while level:
        level = [
            child
            for chunk in chunks(level)
            for child in connection.scalars(select(item.c.id).where(item.c.parent_id.in_(chunk)))
        ]
        found.extend(level)
    return found


def trashed(
    connection: Connection, shelf_sources: frozenset[str] | None, after: list[Any] | None, limit: int
) -> list[Any]:
    """(trashed_at_ms, id) of what lies in the trash by itself, newest first: not below something else that does."""
    above = item.alias("above")
    query = (
        select(item.c.trashed_at_ms, item.c.id)
        .join(shelf, shelf.c.id == item.c.shelf_id)
        .outerjoin(above, above.c.id == item.c.parent_id)
        .where(item.c.trashed_at_ms > 0, (above.c.id.is_(None)) | (above.c.trashed_at_ms != item.c.trashed_at_ms))
        .order_by(item.c.trashed_at_ms.desc(), item.c.id.desc())
        .limit(limit)
    )
    if shelf_sources is not None:
        query = query.where(shelf.c.source_id.in_(shelf_sources))
    if after:
        query = query.where(
            (item.c.trashed_at_ms < after[0]) | ((item.c.trashed_at_ms == after[0]) & (item.c.id < after[1]))
        )
    return list(connection.execute(query))
