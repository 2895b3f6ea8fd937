"""Everything about one item: names, editions, files, neighbours."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, false, func, select, tuple_

from medley.core.kinds.facts import decode
from medley.core.library._model import (
    ChapterMark,
    Companion,
    Crumb,
    Edition,
    Extra,
    FileHandle,
    ItemFile,
    Named,
    Neighbours,
    Person,
    PlayedFile,
)
from medley.core.library._store.lists import SORTS
from medley.core.library._store.queries import chunks, rows_in
from medley.core.library._store.tables import (
    companion,
    credit,
    edition,
    edition_file,
    file,
    file_facts,
    folder,
    item,
    item_alias,
    item_word,
    person,
    shelf,
    source,
    word,
)
from medley.core.library._store.user_tables import progress


def find(connection: Connection, item_id: str) -> Any | None:
    """An item's row with its shelf's; follows an id that its item outgrew."""
    columns = select(item, shelf.c.kind, shelf.c.level, shelf.c.source_id).join(shelf, shelf.c.id == item.c.shelf_id)
    columns = columns.where(item.c.trashed_at_ms >= 0)
    row = connection.execute(columns.where(item.c.id == item_id)).one_or_none()
    if row is None:
        renamed = connection.scalar(select(item_alias.c.item_id).where(item_alias.c.old_id == item_id))
        row = connection.execute(columns.where(item.c.id == renamed)).one_or_none() if renamed else None
    return row


def path_of(connection: Connection, parent_id: str | None) -> list[Crumb]:
    """From the top down to the parent."""
    crumbs: list[Crumb] = []
    while parent_id:
        query = select(item.c.id, item.c.title, item.c.parent_id, shelf.c.level).join(
            shelf, shelf.c.id == item.c.shelf_id
        )
        row = connection.execute(query.where(item.c.id == parent_id)).one()
        crumbs.insert(0, Crumb(row.id, row.title, row.level))
        parent_id = row.parent_id
    return crumbs


def words_of(connection: Connection, item_id: str) -> dict[str, list[Named]]:
    """type → genres, tags, series of an item."""
    query = (
        select(word.c.type, word.c.id, word.c.name, item_word.c.number)
        .join(item_word, item_word.c.word_id == word.c.id)
        .where(item_word.c.item_id == item_id)
        .order_by(word.c.sort)
    )
    found: dict[str, list[Named]] = {}
    for row in connection.execute(query):
        found.setdefault(row.type, []).append(Named(row.id, row.name, row.number))
    return found


def people_of(connection: Connection, item_id: str) -> list[Person]:
    """Everybody credited on an item, in the order of its credits."""
    query = (
        select(person.c.id, person.c.name, credit.c.role, credit.c.character)
        .join(credit, credit.c.person_id == person.c.id)
        .where(credit.c.item_id == item_id)
        .order_by(credit.c.position)
    )
    return [Person(*row) for row in connection.execute(query)]


_FILES = (
    select(
        edition.c.id.label("edition_id"),
        edition.c.label,
        edition.c.extra,
        edition.c.duration_ms.label("edition_ms"),
        edition_file.c.part,
        edition_file.c.start_ms,
        edition_file.c.end_ms,
        file.c.id,
        file.c.name,
        file.c.size,
        file.c.format,
        file.c.missing_since_ms,
        file_facts.c.facts,
    )
    .join(edition_file, edition_file.c.edition_id == edition.c.id)
    .join(file, file.c.id == edition_file.c.file_id)
    .outerjoin(file_facts, file_facts.c.file_id == file.c.id)
    # Files on the disk before missing ones; the newest first where two fill one place.
    .order_by(edition.c.label, edition_file.c.part, edition_file.c.start_ms, file.c.missing_since_ms, file.c.id.desc())
)


def editions_of(connection: Connection, item_id: str) -> tuple[list[Edition], list[Extra]]:
    """An item's versions, the plain one first, and its extras. A missing file that was replaced is left out."""
    versions: dict[str, Edition] = {}
    extras: list[Extra] = []
    filled: set[tuple[str, int, int]] = set()
    for row in connection.execute(_FILES.where(edition.c.item_id == item_id)):
        if row.extra:
            extras.append(Extra(row.id, row.label or row.name, row.extra, row.edition_ms))
            continue
        place = (row.edition_id, row.part, row.start_ms)
        if place in filled:
            continue
        filled.add(place)
        version = versions.setdefault(row.edition_id, Edition(row.edition_id, row.label, row.edition_ms, []))
        version.files.append(_file(row))
    return list(versions.values()), extras


def _file(row: Any) -> ItemFile:
    facts = decode(row.facts) if row.facts else None
    return ItemFile(
        id=row.id,
        name=row.name,
        size=row.size,
        format=row.format,
        media=facts.media if facts else "",
        duration_ms=facts.duration_ms if facts else 0,
        width=facts.width if facts else 0,
        height=facts.height if facts else 0,
        part=row.part,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        missing=row.missing_since_ms > 0,
        streams=facts.streams if facts else [],
        chapters=[ChapterMark(each.start_ms, each.end_ms, each.title) for each in facts.chapters] if facts else [],
        page_count=len(facts.pages) if facts else 0,
        warnings=facts.warnings if facts else [],
    )


def companions_of(connection: Connection, item_id: str) -> list[Companion]:
    """The files that serve an item."""
    query = (
        select(companion, file.c.name)
        .join(file, file.c.id == companion.c.file_id)
        .where(companion.c.item_id == item_id, file.c.missing_since_ms == 0)
        .order_by(companion.c.role, file.c.name)
    )
    return [
        Companion(
            id=row.file_id,
            name=row.name,
            role=row.role,
            language=row.language,
            title=row.title,
            forced=row.forced,
            hearing_impaired=row.hearing_impaired,
            default=row.is_default,
        )
        for row in connection.execute(query)
    ]


_ORDER = SORTS["number"]


def neighbours_of(connection: Connection, row: Any) -> Neighbours:
    """The items before and after `row` below its parent."""
    if not row.parent_id:
        return Neighbours()
    here = (row.group, row.number, row.sort_title, row.id)
    return Neighbours(_beside(connection, row, here, back=True), _beside(connection, row, here, back=False))


def _beside(connection: Connection, row: Any, here: Sequence[Any], *, back: bool) -> str | None:
    edge = tuple_(*_ORDER) < here if back else tuple_(*_ORDER) > here
    query = select(item.c.id).where(item.c.parent_id == row.parent_id, item.c.trashed_at_ms == 0, edge)
    return connection.scalar(query.order_by(*(key.desc() if back else key for key in _ORDER)).limit(1))


def first_child(connection: Connection, item_id: str) -> str | None:
    """The first item below another."""
    query = select(item.c.id).where(item.c.parent_id == item_id, item.c.trashed_at_ms == 0)
    return connection.scalar(query.order_by(*_ORDER).limit(1))


def items_at(connection: Connection, source_id: str, paths: Sequence[str]) -> dict[str, str]:
    """path → id of the item whose file lies there."""
    wanted = {path: (path.rpartition("/")[0], path.rpartition("/")[2]) for path in paths}
    columns = (folder.c.path, file.c.name, edition.c.item_id)
    query = select(*columns).join(folder, folder.c.id == file.c.folder_id).join(edition_file).join(edition)
    found: dict[tuple[str, str], str] = {}
    for chunk in chunks(wanted.values()):
        folders, names = {each[0] for each in chunk}, {each[1] for each in chunk}
        where = (folder.c.source_id == source_id, folder.c.path.in_(folders), file.c.name.in_(names))
        found |= {(row.path, row.name): row.item_id for row in connection.execute(query.where(*where))}
    return {path: found[place] for path, place in wanted.items() if place in found}


def handle(connection: Connection, file_id: str) -> FileHandle | None:
    """Where a file lies."""
    row = connection.execute(_HANDLE.where(file.c.id == file_id).limit(1)).one_or_none()
    return None if row is None else _handle_of(row)


def played_from(connection: Connection, item_id: str) -> PlayedFile | None:
    """The first file of an item; one on the disk before a missing one."""
    row = connection.execute(_PLAYED, {"item_id": item_id}).one_or_none()
    return None if row is None else PlayedFile(_handle_of(row), row.start_ms, row.end_ms)


def _handle_of(row: Any) -> FileHandle:
    path = f"{row.folder_path}/{row.name}" if row.folder_path else row.name
    return FileHandle(
        id=row.id,
        item_id=row.item_id or row.served_id or "",
        source_id=row.source_id,
        root=row.root,
        path=path,
        name=row.name,
        size=row.size,
        mtime_ms=row.mtime_ns // 1_000_000,
        missing=row.missing_since_ms > 0,
    )


_HANDLE: Any = (
    select(
        file.c.id,
        file.c.name,
        file.c.size,
        file.c.mtime_ns,
        file.c.missing_since_ms,
        folder.c.path.label("folder_path"),
        source.c.path.label("root"),
        source.c.id.label("source_id"),
        edition.c.item_id,
        companion.c.item_id.label("served_id"),
    )
    .join(folder, folder.c.id == file.c.folder_id)
    .join(source, source.c.id == folder.c.source_id)
    .outerjoin(edition_file, edition_file.c.file_id == file.c.id)
    .outerjoin(edition, edition.c.id == edition_file.c.edition_id)
    .outerjoin(companion, companion.c.file_id == file.c.id)
)


_PLAYED: Any = (
    _HANDLE.add_columns(edition_file.c.start_ms, edition_file.c.end_ms)
    .where(edition.c.item_id == bindparam("item_id"))
    .order_by(file.c.missing_since_ms, edition.c.label, edition_file.c.part, edition_file.c.start_ms, file.c.id.desc())
    .limit(1)
)


def facts(connection: Connection, file_id: str) -> bytes | None:
    """A file's encoded facts."""
    return connection.scalar(select(file_facts.c.facts).where(file_facts.c.file_id == file_id))


def today(connection: Connection, item_ids: Sequence[str]) -> dict[str, str]:
    """Each id → the id of the item that it became, or itself."""
    renamed = select(item_alias.c.old_id, item_alias.c.item_id)
    became = {row.old_id: row.item_id for row in rows_in(connection, renamed, item_alias.c.old_id, set(item_ids))}
    return {item_id: became.get(item_id, item_id) for item_id in item_ids}


def visible(connection: Connection, item_ids: Sequence[str], sources: frozenset[str] | None) -> list[str]:
    """Those of `item_ids` that stand on shelves of `sources`, in their order."""
    query = select(item.c.id).join(shelf, shelf.c.id == item.c.shelf_id).where(item.c.trashed_at_ms == 0)
    if sources is not None:
        query = query.where(shelf.c.source_id.in_(sources))
    found = {row.id for row in rows_in(connection, query, item.c.id, item_ids)}
    return [item_id for item_id in item_ids if item_id in found]


def top_of(connection: Connection, item_id: str) -> str:
    """The broadest item above `item_id`, or itself."""
    while True:
        parent = connection.scalar(select(item.c.parent_id).where(item.c.id == item_id))
        if not parent:
            return item_id
        item_id = parent


def next_after(connection: Connection, item_id: str, user_id: str) -> str | None:
    """The leaf after `item_id` within the same top item, if it is not finished yet."""
    row = find(connection, item_id)
    while row is not None and row.parent_id:
        following = neighbours_of(connection, row).next_id
        if following:
            leaf = _descend(connection, following)
            done = select(progress.c.finished).where(progress.c.item_id == leaf, progress.c.user_id == user_id)
            return None if connection.scalar(done) else leaf
        row = find(connection, row.parent_id)
    return None


def next_unfinished(connection: Connection, item_id: str, user_id: str) -> str | None:
    """The first leaf below `item_id` that is not finished; the first of all when everything is."""
    between = item.alias("between")
    order = [between.c[column.name] for column in _ORDER]
    mine = and_(progress.c.item_id == item.c.id, progress.c.user_id == user_id)
    deep = (
        select(item.c.id)
        .select_from(item.join(between, between.c.id == item.c.parent_id).outerjoin(progress, mine))
        .where(between.c.parent_id == item_id)
        .order_by(*order, *_ORDER)
    )
    flat = (
        select(item.c.id)
        .select_from(item.outerjoin(progress, mine))
        .where(item.c.parent_id == item_id, item.c.child_count == 0)
        .order_by(*_ORDER)
    )
    open_ = func.coalesce(progress.c.finished, false()).is_(false())
    for query in (deep.where(open_), flat.where(open_), deep, flat):
        if found := connection.scalar(query.where(item.c.trashed_at_ms == 0).limit(1)):
            return found
    return None


def _descend(connection: Connection, item_id: str) -> str:
    while child := first_child(connection, item_id):
        item_id = child
    return item_id
