"""Sources and notices."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from medley.core.library._store.tables import item, notice, shelf, source
from medley.kernel.ids import new_id


def all_sources(connection: Connection) -> list[Any]:
    """Rows of every source, by name."""
    return list(connection.execute(select(source).order_by(source.c.name)))


def one_source(connection: Connection, source_id: str) -> Any | None:
    """A source's row."""
    return connection.execute(select(source).where(source.c.id == source_id)).one_or_none()


def insert_source(connection: Connection, row: dict[str, Any]) -> None:
    """A new source, as a row of the table."""
    connection.execute(insert(source).values(row))


def change_source(connection: Connection, source_id: str, **values: Any) -> None:
    """Columns of one source."""
    connection.execute(update(source).where(source.c.id == source_id).values(**values))


def delete_source(connection: Connection, source_id: str) -> None:
    """A source and everything on its shelves (files on the disk are not touched)."""
    connection.execute(delete(source).where(source.c.id == source_id))


def item_ids(connection: Connection, source_id: str) -> list[str]:
    """Everything on a source's shelves, the trash included."""
    return list(connection.scalars(select(item.c.id).join(shelf).where(shelf.c.source_id == source_id)))


def counts(connection: Connection) -> dict[str, dict[str, int]]:
    """source id → "kind/level" → how many items."""
    found: dict[str, dict[str, int]] = {}
    query = select(shelf.c.source_id, shelf.c.kind, shelf.c.level, shelf.c.count.label("many")).where(shelf.c.count > 0)
    for row in connection.execute(query):
        found.setdefault(row.source_id, {})[f"{row.kind}/{row.level}"] = row.many
    return found


def put_notice(
    connection: Connection, source_id: str, path: str, severity: str, message: str, hint: str, now_ms: int
) -> str | None:
    """A notice; None where the same one already stands."""
    where = (notice.c.source_id == source_id, notice.c.path == path, notice.c.message == message)
    if connection.scalar(select(notice.c.id).where(*where)):
        return None
    notice_id = new_id()
    connection.execute(
        insert(notice).values(
            id=notice_id,
            source_id=source_id,
            path=path,
            severity=severity,
            message=message[:1000],
            hint=hint[:1000],
            happened_at_ms=now_ms,
        )
    )
    return notice_id


def clear_notices(connection: Connection, source_id: str, paths: list[str]) -> None:
    """What was wrong with these paths is no more."""
    for start in range(0, len(paths), 400):
        connection.execute(
            delete(notice).where(notice.c.source_id == source_id, notice.c.path.in_(paths[start : start + 400]))
        )


def has_notice(connection: Connection, source_id: str, path: str) -> bool:
    """Whether anything is wrong with a path."""
    where = (notice.c.source_id == source_id, notice.c.path == path)
    return connection.scalar(select(notice.c.id).where(*where).limit(1)) is not None


def noticed_paths(connection: Connection, source_id: str) -> set[str]:
    """Paths of a source that have a notice."""
    return set(connection.scalars(select(notice.c.path).where(notice.c.source_id == source_id)))


def notices(connection: Connection, source_ids: list[str] | None, before: str | None, limit: int) -> list[Any]:
    """Notices of sources (None: of all), newest first, older than the id `before`."""
    query = select(notice).order_by(notice.c.id.desc()).limit(limit)
    if source_ids is not None:
        query = query.where(notice.c.source_id.in_(source_ids))
    if before:
        query = query.where(notice.c.id < before)
    return list(connection.execute(query))


def delete_notice(connection: Connection, notice_id: str) -> bool:
    """Whether there was such a notice."""
    return connection.execute(delete(notice).where(notice.c.id == notice_id)).rowcount > 0
