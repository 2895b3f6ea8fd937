"""Progress and opinions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select

from medley.core.library._store.public_tables import share
from medley.core.library._store.queries import chunks
from medley.core.library._store.tables import edition, edition_file, item
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
    upsert(
        connection, opinion, [row], ("user_id", "item_id"), ("favourite", "favourite_at_ms", "rating", "changed_at_ms")
    )


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


def finished_by_all(connection: Connection, item_ids: Sequence[str], before_ms: int) -> set[str]:
    """Those of the items that somebody finished, that nobody is in the middle of, untouched since `before_ms`."""
    found: set[str] = set()
    begun = or_(progress.c.finished, progress.c.fraction > 0)
    for chunk in chunks(item_ids):
        query = select(progress.c.item_id).where(progress.c.item_id.in_(chunk), begun).group_by(progress.c.item_id)
        unfinished = func.count().filter(progress.c.finished.is_(False))
        found.update(connection.scalars(query.having(unfinished == 0, func.max(progress.c.happened_at_ms) < before_ms)))
    return found


def forget_user(connection: Connection, user_id: str) -> None:
    """An account is gone, and with it what it did and the lists it kept."""
    for table in (progress_log, progress, opinion):
        connection.execute(delete(table).where(table.c.user_id == user_id))
    connection.execute(delete(item_list).where(item_list.c.owner_id == user_id, item_list.c.type == "playlist"))
    connection.execute(delete(share).where(share.c.owner_id == user_id))
