"""Sheets: what can be told of many items at once, for a page of ids in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from medley.core.kinds import Kind
from medley.core.kinds.facts import decode_technical
from medley.core.library._model import Credited, Crumb, ItemSheet, Named, SheetFile, SheetMine
from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import (
    credit,
    edition,
    edition_file,
    file,
    file_facts,
    folder,
    item,
    item_word,
    person,
    shelf,
    word,
)
from medley.core.library._store.user_tables import opinion, progress

_parent = item.alias("parent")
_top = item.alias("top")
_parent_shelf = shelf.alias("parent_shelf")
_top_shelf = shelf.alias("top_shelf")
_me = bindparam("user_id", type_=progress.c.user_id.type)
_PLAIN = (
    *("id", "title", "sort_title", "number", "number_known", "group", "year", "date", "duration_ms", "child_count"),
    *("added_at_ms", "missing_since_ms", "fields", "ids"),
)

_SHEETS = (
    select(
        *(item.c[name] for name in _PLAIN),
        shelf.c.kind,
        shelf.c.level,
        shelf.c.source_id,
        _parent.c.id.label("parent_id"),
        _parent.c.title.label("parent_title"),
        _parent.c.fields.label("parent_fields"),
        _parent_shelf.c.level.label("parent_level"),
        _top.c.id.label("top_id"),
        _top.c.title.label("top_title"),
        _top_shelf.c.level.label("top_level"),
        progress.c.position_ms,
        progress.c.play_count,
        progress.c.happened_at_ms,
        opinion.c.favourite_at_ms,
        opinion.c.rating,
    )
    .select_from(
        item.join(shelf, shelf.c.id == item.c.shelf_id)
        .outerjoin(_parent, _parent.c.id == item.c.parent_id)
        .outerjoin(_parent_shelf, _parent_shelf.c.id == _parent.c.shelf_id)
        .outerjoin(_top, _top.c.id == _parent.c.parent_id)
        .outerjoin(_top_shelf, _top_shelf.c.id == _top.c.shelf_id)
        .outerjoin(progress, and_(progress.c.item_id == item.c.id, progress.c.user_id == _me))
        .outerjoin(opinion, and_(opinion.c.item_id == item.c.id, opinion.c.user_id == _me))
    )
    .where(item.c.trashed_at_ms == 0)
)


def sheets(
    connection: Connection,
    user_id: str,
    sources: frozenset[str] | None,
    kinds: Mapping[str, Kind],
    item_ids: Sequence[str],
) -> list[ItemSheet]:
    """The sheets of those of `item_ids` that stand on shelves of `sources`, in their order."""
    query = _SHEETS if sources is None else _SHEETS.where(shelf.c.source_id.in_(sources))
    rows = {row.id: row for row in rows_in(connection, query, item.c.id, item_ids, user_id=user_id)}
    around = _Around(connection, user_id, kinds, rows)
    return [around.sheet(rows[item_id]) for item_id in item_ids if item_id in rows]


class _Around:
    """What other tables hold about some items: one query each, for all of them."""

    def __init__(self, connection: Connection, user_id: str, kinds: Mapping[str, Kind], rows: dict[str, Any]) -> None:
        holders = [row.id for row in rows.values() if row.child_count]
        self._files = _files(connection, rows.keys() - set(holders))
        self._words = _words(connection, rows)
        self._people = _people(connection, kinds, rows.values())
        self._below = _played_below(connection, user_id, holders)
        self._ratings = _ratings(connection, rows)

    def sheet(self, row: Any) -> ItemSheet:
        words = self._words.get(row.id, {})
        return ItemSheet(
            id=row.id,
            kind=row.kind,
            level=row.level,
            source_id=row.source_id,
            title=row.title,
            sort_title=row.sort_title,
            number=row.number if row.number_known else None,
            group=row.group or None,
            year=row.year or None,
            date=row.date,
            duration_ms=row.duration_ms,
            child_count=row.child_count,
            added_at_ms=row.added_at_ms,
            missing=row.missing_since_ms > 0,
            fields=row.fields or {},
            ids=row.ids or {},
            parent=Crumb(row.parent_id, row.parent_title, row.parent_level) if row.parent_id else None,
            top=Crumb(row.top_id, row.top_title, row.top_level) if row.top_id else None,
            parent_fields=row.parent_fields or {},
            genres=words.get("genre", []),
            tags=words.get("tag", []),
            people=self._people.get(row.id, []),
            parent_people=self._people.get(row.parent_id, []),
            file=self._files.get(row.id),
            average_rating=self._ratings.get(row.id),
            mine=self._mine(row),
        )

    def _mine(self, row: Any) -> SheetMine:
        count, played = self._below.get(row.id, (row.play_count or 0, row.happened_at_ms or 0))
        return SheetMine(row.position_ms or 0, count, played, row.favourite_at_ms or 0, row.rating)


_FILES = (
    select(
        edition.c.item_id,
        edition_file.c.start_ms,
        edition_file.c.end_ms,
        file.c.id,
        file.c.name,
        file.c.size,
        folder.c.path.label("folder_path"),
    )
    .join(edition_file, edition_file.c.edition_id == edition.c.id)
    .join(file, file.c.id == edition_file.c.file_id)
    .join(folder, folder.c.id == file.c.folder_id)
    .where(edition.c.extra == "")
)


def _files(connection: Connection, item_ids: Iterable[str]) -> dict[str, SheetFile]:
    """The first file of each item; one on the disk before a missing one."""
    order = (file.c.missing_since_ms, edition.c.label, edition_file.c.part, edition_file.c.start_ms, file.c.id.desc())
    first: dict[str, Any] = {}
    for row in rows_in(connection, _FILES.order_by(*order), edition.c.item_id, item_ids):
        first.setdefault(row.item_id, row)
    facts = rows_in(connection, select(file_facts), file_facts.c.file_id, {row.id for row in first.values()})
    known = {row.file_id: decode_technical(row.facts) for row in facts}
    return {
        item_id: SheetFile(
            id=row.id,
            name=row.name,
            path=f"{row.folder_path}/{row.name}" if row.folder_path else row.name,
            size=row.size,
            start_ms=row.start_ms,
            end_ms=row.end_ms,
            technical=known.get(row.id),
        )
        for item_id, row in first.items()
    }


_WORDS = (
    select(item_word.c.item_id, word.c.type, word.c.id, word.c.name)
    .join(word, word.c.id == item_word.c.word_id)
    .where(word.c.type.in_(("genre", "tag")))
    .order_by(word.c.sort)
)


def _words(connection: Connection, item_ids: Iterable[str]) -> dict[str, dict[str, list[Named]]]:
    found: dict[str, dict[str, list[Named]]] = {}
    for row in rows_in(connection, _WORDS, item_word.c.item_id, item_ids):
        found.setdefault(row.item_id, {}).setdefault(row.type, []).append(Named(row.id, row.name))
    return found


_CREDITS = (
    select(credit.c.item_id, credit.c.role, credit.c.character, person.c.id, person.c.name, person.c.folded)
    .join(person, person.c.id == credit.c.person_id)
    .order_by(credit.c.item_id, credit.c.position)
)


def _people(connection: Connection, kinds: Mapping[str, Kind], rows: Collection[Any]) -> dict[str, list[Credited]]:
    """Who is credited on the items and on what these stand in."""
    source_of = {row.id: row.source_id for row in rows}
    source_of |= {row.parent_id: row.source_id for row in rows if row.parent_id}
    credits_ = list(rows_in(connection, _CREDITS, credit.c.item_id, source_of))
    pages = pages_of(connection, kinds, set(source_of.values()), {row.folded for row in credits_})
    found: dict[str, list[Credited]] = {}
    for row in credits_:
        page = pages.get((source_of[row.item_id], row.folded), "")
        found.setdefault(row.item_id, []).append(Credited(row.id, row.name, row.role, row.character, page))
    return found


def pages_of(
    connection: Connection, kinds: Mapping[str, Kind], sources: Iterable[str], names: Iterable[str]
) -> dict[tuple[str, str], str]:
    """(source id, folded name) → the item of a kind's broadest level that is called so: an artist's page."""
    shelves = select(shelf.c.id, shelf.c.source_id, shelf.c.kind, shelf.c.level).where(shelf.c.source_id.in_(sources))
    source_of = {
        row.id: row.source_id
        for row in connection.execute(shelves)
        if row.kind in kinds and len(levels := kinds[row.kind].levels) > 1 and levels[0].name == row.level
    }
    query = select(item.c.id, item.c.identity, item.c.shelf_id)
    query = query.where(item.c.shelf_id.in_(list(source_of)), item.c.trashed_at_ms == 0)
    found = rows_in(connection, query, item.c.identity, names)
    return {(source_of[row.shelf_id], row.identity): row.id for row in found}


_child = item.alias("child")
_BELOW = (
    select(_child.c.parent_id, func.sum(progress.c.play_count), func.max(progress.c.happened_at_ms))
    # Outer, so that SQLite looks at the children first, and not at all that somebody ever played.
    .outerjoin(progress, and_(progress.c.item_id == _child.c.id, progress.c.user_id == _me))
    .where(_child.c.trashed_at_ms == 0)
    .group_by(_child.c.parent_id)
)


def _played_below(connection: Connection, user_id: str, item_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How often, and when last, the children of items were played."""
    rows = rows_in(connection, _BELOW, _child.c.parent_id, item_ids, user_id=user_id)
    return {parent_id: (int(count), played) for parent_id, count, played in rows if played is not None}


_RATINGS = select(opinion.c.item_id, func.avg(opinion.c.rating)).group_by(opinion.c.item_id)


def _ratings(connection: Connection, item_ids: Iterable[str]) -> dict[str, float]:
    query = _RATINGS.where(opinion.c.rating.is_not(None))
    return {item_id: float(average) for item_id, average in rows_in(connection, query, opinion.c.item_id, item_ids)}
