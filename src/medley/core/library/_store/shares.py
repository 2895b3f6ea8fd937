"""Shares: who shared what by which link."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from medley.core.library._store.public_tables import share, share_entry
from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import edition, edition_file, file, item


def add(connection: Connection, row: dict[str, Any], item_ids: Sequence[str]) -> None:
    """A new share, as a row of the table, of these items."""
    connection.execute(insert(share).values(row))
    if item_ids:
        entries = [{"share_id": row["id"], "position": at, "item_id": item_id} for at, item_id in enumerate(item_ids)]
        connection.execute(insert(share_entry), entries)


def all_of(connection: Connection, owner_id: str) -> list[Any]:
    """Somebody's shares, the newest first."""
    return list(connection.execute(select(share).where(share.c.owner_id == owner_id).order_by(share.c.id.desc())))


def one(connection: Connection, share_id: str) -> Any | None:
    """A share by its id."""
    return connection.execute(select(share).where(share.c.id == share_id)).one_or_none()


def by_token(connection: Connection, token: str) -> Any | None:
    """A share by the secret in its link."""
    return connection.execute(select(share).where(share.c.token == token)).one_or_none()


def change(connection: Connection, share_id: str, values: dict[str, Any]) -> None:
    """Columns of a share."""
    connection.execute(update(share).where(share.c.id == share_id).values(**values))


def visit(connection: Connection, share_id: str, now_ms: int) -> None:
    """Somebody followed the link."""
    counted = {"visits": share.c.visits + 1, "visited_at_ms": now_ms}
    connection.execute(update(share).where(share.c.id == share_id).values(**counted))


def remove(connection: Connection, share_id: str) -> None:
    """The link leads nowhere any more."""
    connection.execute(delete(share).where(share.c.id == share_id))


def entries(connection: Connection, share_ids: Iterable[str]) -> dict[str, list[str]]:
    """share id → its items, in its order."""
    chosen = select(share_entry.c.share_id, share_entry.c.item_id).order_by(share_entry.c.position)
    found: dict[str, list[str]] = {}
    for row in rows_in(connection, chosen, share_entry.c.share_id, share_ids):
        found.setdefault(row.share_id, []).append(row.item_id)
    return found


def leaves(connection: Connection, item_ids: Iterable[str]) -> dict[str, list[str]]:
    """Each of `item_ids` → everything below it that holds nothing else, in order; a query for each rung."""
    columns = select(item.c.id, item.c.parent_id, item.c.child_count).where(item.c.trashed_at_ms == 0)
    below: dict[str, list[str]] = {}
    rows = list(rows_in(connection, columns, item.c.id, set(item_ids)))
    while wide := [row.id for row in rows if row.child_count]:
        order = (item.c.group, item.c.number, item.c.sort_title, item.c.id)
        rows = list(rows_in(connection, columns.order_by(*order), item.c.parent_id, wide))
        for row in rows:
            below.setdefault(row.parent_id, []).append(row.id)
    return {item_id: _below(item_id, below) for item_id in set(item_ids)}


def _below(item_id: str, below: dict[str, list[str]]) -> list[str]:
    children = below.get(item_id)
    return [leaf for child in children for leaf in _below(child, below)] if children else [item_id]


def files(connection: Connection, item_ids: Sequence[str]) -> dict[str, list[Any]]:
    """item id → (id, name, size) of the files of its first edition that are there, in their order."""
    chosen = (
        select(edition.c.item_id, edition.c.id.label("edition_id"), file.c.id, file.c.name, file.c.size)
        .join(edition_file, edition_file.c.edition_id == edition.c.id)
        .join(file, file.c.id == edition_file.c.file_id)
        .where(edition.c.extra == "", file.c.missing_since_ms == 0)
        .order_by(edition.c.label, edition.c.id, edition_file.c.part, edition_file.c.start_ms, file.c.id)
    )
    found: dict[str, list[Any]] = {}
    for row in rows_in(connection, chosen, edition.c.item_id, item_ids):
        mine = found.setdefault(row.item_id, [])
        if not mine or mine[0].edition_id == row.edition_id:
            mine.append(row)
    return found


def path(connection: Connection, item_id: str) -> list[str]:
    """An item and everything above it."""
    found: list[str] = []
    above: str | None = item_id
    while above:
        found.append(above)
        above = connection.scalar(select(item.c.parent_id).where(item.c.id == above))
    return found
