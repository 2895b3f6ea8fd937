"""Items, editions and what ties them to files, as the scan writes them."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, case, delete, func, insert, select, update

from medley.core.library._store import listening
from medley.core.library._store.public_tables import share_entry
from medley.core.library._store.queries import chunks, execute_all, insert_rows, json_text, rows_in
from medley.core.library._store.tables import (
    artwork,
    companion,
    edition,
    edition_file,
    file,
    item,
    item_alias,
    item_word,
    shelf,
)
from medley.core.library._store.user_tables import list_entry, opinion, progress, progress_log
from medley.kernel.database import upsert


class KnownItem(NamedTuple):
    """An item as it stands on its shelf."""

    id: str
    shelf_id: int
    identity: str
    signature: int
    parent_id: str | None
    missing_since_ms: int
    trashed_at_ms: int


_KNOWN = (
    item.c.id,
    item.c.shelf_id,
    item.c.identity,
    item.c.signature,
    item.c.parent_id,
    item.c.missing_since_ms,
    item.c.trashed_at_ms,
)


def put_shelf(connection: Connection, source_id: str, kind: str, level: str) -> int:
    """The id of a shelf, made where it is new."""
    key = {"source_id": source_id, "kind": kind, "level": level}
    upsert(connection, shelf, [key], tuple(key))
    query = select(shelf.c.id).where(shelf.c.source_id == source_id, shelf.c.kind == kind, shelf.c.level == level)
    return connection.execute(query).scalar_one()


def known_items(connection: Connection, shelf_id: int, identities: Iterable[str]) -> dict[str, KnownItem]:
    """identity → item, for those that exist on the shelf."""
    query = select(*_KNOWN).where(item.c.shelf_id == shelf_id)
    return {row.identity: KnownItem(*row) for row in rows_in(connection, query, item.c.identity, identities)}


def items_by_id(connection: Connection, item_ids: Iterable[str]) -> dict[str, KnownItem]:
    """id → item."""
    return {row.id: KnownItem(*row) for row in rows_in(connection, select(*_KNOWN), item.c.id, item_ids)}


def insert_items(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """New items, as rows of the table, parents before their children."""
    made = ({**row, "fields": json_text(row["fields"]), "ids": json_text(row["ids"])} for row in rows)
    insert_rows(connection, item, made)


_COLUMNS = (
    *("identity", "parent_id", "title", "sort_title", "number", "number_known", "group", "year", "date"),
    *("overview", "fields", "ids", "signature", "changed_at_ms"),
)
_change = (
    update(item)
    .where(item.c.id == bindparam("of_item"))
    .values({item.c[name]: bindparam(f"new_{name}") for name in _COLUMNS})
)


def change_items(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Existing items get the facts of `rows` (as for `insert_items`)."""
    changes = [{"of_item": row["id"], **{f"new_{name}": row[name] for name in _COLUMNS}} for row in rows]
    execute_all(connection, _change, changes)


_vacate = update(item).where(item.c.id == bindparam("of_item")).values(identity=bindparam("of_item"))


def vacate(connection: Connection, item_ids: Iterable[str]) -> None:
    """These items are about to be called otherwise: their identities become free for others."""
    execute_all(connection, _vacate, [{"of_item": item_id} for item_id in item_ids])


def count_on_shelf(connection: Connection, added: Mapping[int, int]) -> None:
    """Keep the shelves' counts in step: shelf id → how many more."""
    rows = [{"of_shelf": id_, "more": more} for id_, more in added.items() if more]
    execute_all(connection, _count, rows)


_count = update(shelf).where(shelf.c.id == bindparam("of_shelf")).values(count=shelf.c.count + bindparam("more"))

_child = item.alias("child")
_children = select(func.count()).where(_child.c.parent_id == item.c.id, _child.c.trashed_at_ms == 0)
_has_files = select(edition.c.id).where(edition.c.item_id == item.c.id).exists()
_length = select(func.coalesce(func.sum(_child.c.duration_ms), 0)).where(
    _child.c.parent_id == item.c.id, _child.c.trashed_at_ms == 0
)


def sum_up(connection: Connection, parent_ids: Iterable[str]) -> None:
    """Count these items' children and add up how long they last; what has files itself lasts as long as they do."""
    lasting = case((_has_files, item.c.duration_ms), else_=_length.scalar_subquery())
    for chunk in chunks(parent_ids):
        connection.execute(
            update(item)
            .where(item.c.id.in_(chunk))
            .values(child_count=_children.scalar_subquery(), duration_ms=lasting)
        )


class Link(NamedTuple):
    """A file's place in an edition of an item."""

    file_id: str
    item_id: str
    edition_id: str
    extra: str


def links_of(connection: Connection, file_ids: Iterable[str]) -> list[Link]:
    """Where these files belong now."""
    query = select(edition_file.c.file_id, edition.c.item_id, edition.c.id, edition.c.extra).join(edition)
    return [Link(*row) for row in rows_in(connection, query, edition_file.c.file_id, file_ids)]


def present_files_of(connection: Connection, item_ids: Iterable[str]) -> dict[str, set[str]]:
    """item id → ids of its files that are on the disk, extras left out."""
    query = (
        select(edition.c.item_id, edition_file.c.file_id)
        .join(edition_file, edition_file.c.edition_id == edition.c.id)
        .join(file, file.c.id == edition_file.c.file_id)
        .where(file.c.missing_since_ms == 0, edition.c.extra == "")
    )
    found: dict[str, set[str]] = {}
    for row in rows_in(connection, query, edition.c.item_id, item_ids):
        found.setdefault(row.item_id, set()).add(row.file_id)
    return found


def child_ids(connection: Connection, parent_ids: Iterable[str]) -> dict[str, set[str]]:
    """item id → ids of its children."""
    found: dict[str, set[str]] = {}
    for row in rows_in(connection, select(item.c.parent_id, item.c.id), item.c.parent_id, parent_ids):
        found.setdefault(row.parent_id, set()).add(row.id)
    return found


def unlink(connection: Connection, file_ids: Iterable[str]) -> None:
    """Take files out of all editions and companionships."""
    for chunk in chunks(file_ids):
        connection.execute(delete(edition_file).where(edition_file.c.file_id.in_(chunk)))
        connection.execute(delete(companion).where(companion.c.file_id.in_(chunk)))


def editions_of(connection: Connection, item_ids: Iterable[str]) -> dict[tuple[str, str, str], str]:
    """(item id, extra, label) → edition id."""
    query = select(edition.c.item_id, edition.c.extra, edition.c.label, edition.c.id)
    return {(row[0], row[1], row[2]): row[3] for row in rows_in(connection, query, edition.c.item_id, item_ids)}


def parts_of(
    connection: Connection, edition_ids: Iterable[str], gone: Container[str]
) -> dict[str, set[tuple[int, int]]]:
    """edition id → places (part, start) that a file on the disk fills; those in `gone` are not there either."""
    query = (
        select(edition_file.c.edition_id, edition_file.c.file_id, edition_file.c.part, edition_file.c.start_ms)
        .join(file, file.c.id == edition_file.c.file_id)
        .where(file.c.missing_since_ms == 0)
    )
    found: dict[str, set[tuple[int, int]]] = {}
    for row in rows_in(connection, query, edition_file.c.edition_id, edition_ids):
        if row.file_id not in gone:
            found.setdefault(row.edition_id, set()).add((row.part, row.start_ms))
    return found


def insert_editions(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """New editions, as rows of the table."""
    insert_rows(connection, edition, rows)


def link_files(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Files in editions, as rows of `edition_file`; they were unlinked before."""
    insert_rows(connection, edition_file, rows, unless=("edition_id", "file_id", "start_ms"))


def link_companions(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Files that serve items, as rows of `companion`."""
    columns = ("role", "language", "title", "forced", "hearing_impaired", "is_default")
    upsert(connection, companion, rows, ("item_id", "file_id"), columns)


_whole = (
    select(func.sum(edition_file.c.length_ms))
    .join(file, file.c.id == edition_file.c.file_id)
    .where(edition_file.c.edition_id == edition.c.id, file.c.missing_since_ms == 0)
    .scalar_subquery()
)
_longest = (
    select(func.max(edition.c.duration_ms))
    .where(edition.c.item_id == item.c.id, edition.c.extra == "")
    .scalar_subquery()
)


def sum_lengths(connection: Connection, item_ids: Iterable[str]) -> None:
    """How long these items and their editions last, by the files that are there; a missing edition keeps its length."""
    for chunk in chunks(item_ids):
        mine = edition.c.item_id.in_(chunk)
        connection.execute(update(edition).where(mine).values(duration_ms=func.coalesce(_whole, edition.c.duration_ms)))
        lasting = func.coalesce(_longest, item.c.duration_ms)
        connection.execute(update(item).where(item.c.id.in_(chunk)).values(duration_ms=lasting))


def put_artwork(connection: Connection, rows: list[dict[str, Any]]) -> dict[tuple[str, str, int], str]:
    """Pictures by where they come from: (file id, origin, index) → artwork id, made where new."""
    insert_rows(connection, artwork, rows, unless=("file_id", "origin", '"index"'))
    query = select(artwork.c.id, artwork.c.file_id, artwork.c.origin, artwork.c.index)
    wanted = {row["file_id"] for row in rows}
    return {(row[1], row[2], row[3]): row[0] for row in rows_in(connection, query, artwork.c.file_id, wanted)}


_hang = update(item).where(item.c.id == bindparam("of_item")).values(artwork_id=bindparam("picture"))
_hang_behind = update(item).where(item.c.id == bindparam("of_item")).values(backdrop_id=bindparam("picture"))


def hang_artwork(connection: Connection, front: Mapping[str, str | None], behind: Mapping[str, str | None]) -> None:
    """item id → artwork id: its cover or poster, and its backdrop; None takes down what hangs there."""
    execute_all(connection, _hang, [{"of_item": id_, "picture": art} for id_, art in front.items()])
    execute_all(connection, _hang_behind, [{"of_item": id_, "picture": art} for id_, art in behind.items()])


def absorb(connection: Connection, old_id: str, new_id: str) -> None:
    """Item `old_id` turned out to be `new_id`: what people did with it moves over, and the id stays valid.

    Where both were touched by one person, the newer progress and the newer opinion win.
    """
    connection.execute(update(progress_log).where(progress_log.c.item_id == old_id).values(item_id=new_id))
    for table, newer in ((progress, progress.c.happened_at_ms), (opinion, opinion.c.changed_at_ms)):
        _move_newest(connection, table, newer, old_id, new_id)
    for table in (list_entry, share_entry):
        connection.execute(update(table).where(table.c.item_id == old_id).values(item_id=new_id))
    listening.move(connection, old_id, new_id)
    kept = select(item_word.c.word_id).where(item_word.c.item_id == new_id)
    connection.execute(
        update(item_word)
        .where(item_word.c.item_id == old_id, item_word.c.by_hand.is_(True), item_word.c.word_id.not_in(kept))
        .values(item_id=new_id)
    )
    connection.execute(update(item).where(item.c.parent_id == old_id).values(parent_id=new_id))
    sum_up(connection, [new_id])
    mine = select(item.c.shelf_id).where(item.c.id == old_id, item.c.trashed_at_ms == 0).scalar_subquery()
    connection.execute(update(shelf).where(shelf.c.id == mine).values(count=shelf.c.count - 1))
    connection.execute(update(item_alias).where(item_alias.c.item_id == old_id).values(item_id=new_id))
    connection.execute(delete(item).where(item.c.id == old_id))
    connection.execute(insert(item_alias).values(old_id=old_id, item_id=new_id))


def _move_newest(connection: Connection, table: Any, newer: Any, old_id: str, new_id: str) -> None:
    mine, theirs = table.alias("mine"), table.alias("theirs")
    for user_id, old_time, new_time in connection.execute(
        select(mine.c.user_id, mine.c[newer.name], theirs.c[newer.name])
        .select_from(mine.outerjoin(theirs, (theirs.c.user_id == mine.c.user_id) & (theirs.c.item_id == new_id)))
        .where(mine.c.item_id == old_id)
    ).all():
        loser = new_id if new_time is not None and old_time >= new_time else old_id
        if new_time is not None:
            connection.execute(delete(table).where(table.c.user_id == user_id, table.c.item_id == loser))
        connection.execute(
            update(table).where(table.c.user_id == user_id, table.c.item_id == old_id).values(item_id=new_id)
        )


def without_files(connection: Connection, item_ids: Iterable[str]) -> set[str]:
    """Those of the items that no file belongs to, not even a missing one."""
    query = select(item.c.id).where(
        ~select(edition_file.c.file_id)
        .join(edition, edition.c.id == edition_file.c.edition_id)
        .where(edition.c.item_id == item.c.id)
        .exists(),
        ~select(_child.c.id).where(_child.c.parent_id == item.c.id).exists(),
    )
    return {row.id for row in rows_in(connection, query, item.c.id, item_ids)}


def drop_empty_editions(connection: Connection, item_ids: Iterable[str]) -> None:
    """Editions that lost their last file go."""
    for chunk in chunks(item_ids):
        empty = ~select(edition_file.c.file_id).where(edition_file.c.edition_id == edition.c.id).exists()
        connection.execute(delete(edition).where(edition.c.item_id.in_(chunk), empty))
