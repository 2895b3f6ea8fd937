"""Pictures: where each comes from, and whether it was made."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, func, select, update

from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import artwork, file, folder, item, shelf, source
from medley.kernel.ids import new_id

_WHERE = (
    select(
        artwork.c.id,
        artwork.c.origin,
        artwork.c.index,
        artwork.c.state,
        file.c.name,
        folder.c.path.label("folder_path"),
        source.c.id.label("source_id"),
        source.c.path.label("root"),
    )
    .join(file, file.c.id == artwork.c.file_id)
    .join(folder, folder.c.id == file.c.folder_id)
    .join(source, source.c.id == folder.c.source_id)
)


def one(connection: Connection, artwork_id: str) -> Any | None:
    """A picture and where its file lies."""
    return connection.execute(_WHERE.where(artwork.c.id == artwork_id)).one_or_none()


def waiting(connection: Connection, after: str, limit: int) -> list[Any]:
    """Pictures that are not made yet, after the id `after`; those of missing files wait for them."""
    query = _WHERE.where(artwork.c.state == "new", artwork.c.id > after, file.c.missing_since_ms == 0)
    return list(connection.execute(query.order_by(artwork.c.id).limit(limit)))


def count_waiting(connection: Connection) -> int:
    """How many pictures are not made yet."""
    return connection.scalar(select(func.count()).select_from(artwork).where(artwork.c.state == "new")) or 0


def renew(connection: Connection, file_ids: Iterable[str]) -> None:
    """Pictures of changed files are made again, under new ids: whoever kept the old ones may keep them for ever."""
    for row in list(rows_in(connection, select(artwork.c.id), artwork.c.file_id, file_ids)):
        fresh = {"state": "new", "width": 0, "height": 0, "placeholder": None}
        new = new_id()
        connection.execute(update(artwork).where(artwork.c.id == row.id).values(id=new, **fresh))
        connection.execute(update(item).where(item.c.artwork_id == row.id).values(artwork_id=new))
        connection.execute(update(item).where(item.c.backdrop_id == row.id).values(backdrop_id=new))


def settle(connection: Connection, artwork_id: str, **values: Any) -> list[Any]:
    """What became of a picture; gives (item id, source id) of the items it hangs on."""
    connection.execute(update(artwork).where(artwork.c.id == artwork_id).values(**values))
    query = select(item.c.id, shelf.c.source_id).join(shelf, shelf.c.id == item.c.shelf_id)
    # Two queries, as each has an index of its own.
    front = query.where(item.c.artwork_id == artwork_id)
    behind = query.where(item.c.backdrop_id == artwork_id)
    return [*connection.execute(front), *connection.execute(behind)]
