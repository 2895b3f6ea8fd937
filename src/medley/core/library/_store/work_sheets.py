"""Works with everything about them, for a page of ids in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select

from medley.core.kinds.facts import decode
from medley.core.library._model import Named, Person
from medley.core.library._store.listening_tables import set_aside
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
    source,
    word,
)
from medley.core.library._store.user_tables import progress, progress_log
from medley.core.library._work import Depth, Work, WorkFile, WorkMine

_me = bindparam("user_id", type_=progress.c.user_id.type)
_parent = item.alias("parent")
_child = item.alias("child")
_PLAIN = (
    *("id", "parent_id", "title", "sort_title", "number", "number_known", "group", "year", "date", "overview"),
    *("fields", "ids", "duration_ms", "child_count", "added_at_ms", "changed_at_ms", "missing_since_ms"),
)
_MINE = ("position_ms", "locator", "fraction", "finished", "happened_at_ms")

_WORKS = (
    select(
        *(item.c[name] for name in _PLAIN),
        *(progress.c[name] for name in _MINE),
        func.coalesce(item.c.artwork_id, _parent.c.artwork_id).label("artwork_id"),
        shelf.c.kind,
        shelf.c.level,
        shelf.c.source_id,
        source.c.path.label("root"),
        set_aside.c.since_ms,
    )
    .select_from(
        item.join(shelf, shelf.c.id == item.c.shelf_id)
        .join(source, source.c.id == shelf.c.source_id)
        .outerjoin(_parent, _parent.c.id == item.c.parent_id)
        .outerjoin(progress, and_(progress.c.item_id == item.c.id, progress.c.user_id == _me))
        .outerjoin(set_aside, and_(set_aside.c.what_id == item.c.id, set_aside.c.user_id == _me))
    )
    .where(item.c.trashed_at_ms == 0)
)


def works(
    connection: Connection, user_id: str, sources: frozenset[str] | None, item_ids: Sequence[str], depth: Depth
) -> list[Work]:
    """Those of `item_ids` that stand on shelves of `sources`, in their order."""
    query = _WORKS if sources is None else _WORKS.where(shelf.c.source_id.in_(sources))
    rows = {row.id: row for row in rows_in(connection, query, item.c.id, item_ids, user_id=user_id)}
    around = _Around(connection, user_id, rows, depth)
    return [around.work(rows[item_id]) for item_id in item_ids if item_id in rows]


class _Around:
    """What other tables hold about some works: one query each, for all of them."""

    def __init__(self, connection: Connection, user_id: str, rows: dict[str, Any], depth: Depth) -> None:
        shown = rows if depth != "mine" else {}
        leaves = [row.id for row in shown.values() if not row.child_count]
        self._words = _words(connection, shown)
        self._people = _people(connection, shown)
        self._held = _held(connection, leaves)
        some = [id_ for id_, held in self._held.items() if held.many == 1] if depth == "shown" else leaves
        self._files = _files(connection, some)
        self._below = _below(connection, [row.id for row in shown.values() if row.child_count])
        self._log = _log(connection, user_id, [row.id for row in rows.values() if row.happened_at_ms is not None])

    def work(self, row: Any) -> Work:
        words, held = self._words.get(row.id, {}), self._held.get(row.id)
        size, length = self._below.get(row.id, (int(held.size) if held else 0, row.duration_ms))
        return Work(
            **{name: getattr(row, name) for name in ("id", "kind", "level", "source_id", "root", "parent_id")},
            **{name: getattr(row, name) for name in ("title", "sort_title", "date", "overview", "child_count")},
            number=row.number if row.number_known else None,
            group=row.group or None,
            year=row.year or None,
            fields=row.fields or {},
            ids=row.ids or {},
            duration_ms=length,
            size=size,
            added_at_ms=row.added_at_ms,
            changed_at_ms=row.changed_at_ms or row.added_at_ms,
            missing=row.missing_since_ms > 0,
            artwork_id=row.artwork_id,
            genres=[each.name for each in words.get("genre", ())],
            tags=[each.name for each in words.get("tag", ())],
            series=words.get("series", []),
            people=self._people.get(row.id, []),
            files=self._files.get(row.id, []),
            file_count=held.many if held else 0,
            path=held.path.lstrip("/") if held else "",
            written_at_ms=held.written // 1_000_000 if held else row.changed_at_ms or row.added_at_ms,
            mine=self._mine(row),
        )

    def _mine(self, row: Any) -> WorkMine | None:
        if row.happened_at_ms is None or not (row.finished or row.fraction or row.position_ms or row.locator):
            return None  # never opened, or marked as never begun
        begun, done = self._log.get(row.id, (row.happened_at_ms, row.happened_at_ms))
        return WorkMine(
            position_ms=row.position_ms,
            locator=row.locator,
            fraction=row.fraction,
            finished=row.finished,
            started_at_ms=begun,
            finished_at_ms=(done or row.happened_at_ms) if row.finished else 0,
            happened_at_ms=row.happened_at_ms,
            set_aside=row.since_ms is not None and row.since_ms >= row.happened_at_ms,
        )


_WORDS = (
    select(item_word.c.item_id, item_word.c.number, word.c.type, word.c.id, word.c.name)
    .join(word, word.c.id == item_word.c.word_id)
    .order_by(word.c.sort)
)


def _words(connection: Connection, item_ids: Iterable[str]) -> dict[str, dict[str, list[Named]]]:
    found: dict[str, dict[str, list[Named]]] = {}
    for row in rows_in(connection, _WORDS, item_word.c.item_id, item_ids):
        found.setdefault(row.item_id, {}).setdefault(row.type, []).append(Named(row.id, row.name, row.number))
    return found


_PEOPLE = (
    select(credit.c.item_id, person.c.id, person.c.name, credit.c.role, credit.c.character)
    .join(person, person.c.id == credit.c.person_id)
    .order_by(credit.c.item_id, credit.c.position)
)


def _people(connection: Connection, item_ids: Iterable[str]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for row in rows_in(connection, _PEOPLE, credit.c.item_id, item_ids):
        found.setdefault(row.item_id, []).append(Person(row.id, row.name, row.role, row.character))
    return found


_HELD = (
    select(
        edition.c.item_id,
        func.count(file.c.id).label("many"),
        func.sum(file.c.size).label("size"),
        func.max(file.c.mtime_ns).label("written"),
        func.min(folder.c.path + "/" + file.c.name).label("path"),
    )
    .join(edition_file, edition_file.c.edition_id == edition.c.id)
    .join(file, file.c.id == edition_file.c.file_id)
    .join(folder, folder.c.id == file.c.folder_id)
    .where(edition.c.extra == "", file.c.missing_since_ms == 0)
    .group_by(edition.c.item_id, edition.c.label, edition.c.id)
    .order_by(edition.c.label, edition.c.id)
)


def _held(connection: Connection, item_ids: Iterable[str]) -> dict[str, Any]:
    """How many files each item's first edition has of which any is there, and what they come to."""
    found: dict[str, Any] = {}
    for row in rows_in(connection, _HELD, edition.c.item_id, item_ids):
        found.setdefault(row.item_id, row)
    return found


_FILES = (
    select(
        edition.c.item_id,
        edition.c.id.label("edition_id"),
        edition_file.c.part,
        edition_file.c.start_ms,
        edition_file.c.end_ms,
        edition_file.c.length_ms,
        *(file.c[name] for name in ("id", "name", "size", "mtime_ns", "added_at_ms")),
        folder.c.path.label("folder_path"),
        file_facts.c.facts,
    )
    .join(edition_file, edition_file.c.edition_id == edition.c.id)
    .join(file, file.c.id == edition_file.c.file_id)
    .join(folder, folder.c.id == file.c.folder_id)
    .outerjoin(file_facts, file_facts.c.file_id == file.c.id)
    .where(edition.c.extra == "", file.c.missing_since_ms == 0)
    .order_by(edition.c.label, edition.c.id, edition_file.c.part, edition_file.c.start_ms, file.c.id.desc())
)


def _files(connection: Connection, item_ids: Iterable[str]) -> dict[str, list[WorkFile]]:
    """The files of each item's first edition of which any is there; the newest where two fill one place."""
    chosen: dict[str, str] = {}
    filled: set[tuple[str, int, int]] = set()
    found: dict[str, list[WorkFile]] = {}
    for row in rows_in(connection, _FILES, edition.c.item_id, item_ids):
        place = (row.item_id, row.part, row.start_ms)
        if chosen.setdefault(row.item_id, row.edition_id) == row.edition_id and place not in filled:
            filled.add(place)
            found.setdefault(row.item_id, []).append(_file(row))
    return found


def _file(row: Any) -> WorkFile:
    facts = decode(row.facts) if row.facts else None
    whole = facts.duration_ms if facts else 0
    return WorkFile(
        id=row.id,
        name=row.name,
        path=f"{row.folder_path}/{row.name}" if row.folder_path else row.name,
        size=row.size,
        mtime_ms=row.mtime_ns // 1_000_000,
        added_at_ms=row.added_at_ms,
        media=facts.media if facts else "",
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        length_ms=row.length_ms or (row.end_ms or whole) - row.start_ms,
        facts=facts,
    )


_BELOW = (
    select(_child.c.parent_id, func.coalesce(func.sum(file.c.size), 0), func.sum(_child.c.duration_ms))
    .select_from(
        _child.outerjoin(edition, and_(edition.c.item_id == _child.c.id, edition.c.extra == ""))
        .outerjoin(edition_file, edition_file.c.edition_id == edition.c.id)
        .outerjoin(file, file.c.id == edition_file.c.file_id)
    )
    .where(_child.c.trashed_at_ms == 0)
    .group_by(_child.c.parent_id)
)


def _below(connection: Connection, item_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How large and how long what stands below items is."""
    rows = rows_in(connection, _BELOW, _child.c.parent_id, item_ids)
    return {parent_id: (int(size), int(length)) for parent_id, size, length in rows}


_LOG = (
    select(
        progress_log.c.item_id,
        func.min(progress_log.c.happened_at_ms),
        func.max(progress_log.c.happened_at_ms).filter(progress_log.c.finished.is_(True)),
    )
    .where(progress_log.c.user_id == _me)
    .group_by(progress_log.c.item_id)
)


def _log(connection: Connection, user_id: str, item_ids: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """When somebody began an item, and when it was last finished."""
    rows = rows_in(connection, _LOG, progress_log.c.item_id, item_ids, user_id=user_id)
    return {item_id: (begun, done) for item_id, begun, done in rows}
