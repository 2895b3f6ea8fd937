"""Counted lists of works: their pages by offset, and what they can be narrowed by."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, func, literal, or_, select, type_coerce

from medley.core.kinds import fold, natural_key
from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import credit, edition, edition_file, file, item, item_word, person, shelf, word
from medley.core.library._store.user_tables import item_list, list_entry, progress, progress_log
from medley.core.library._work import WorkPage, WorkQuery
from medley.kernel.errors import InvalidInput

_i = item.c
_files = (
    select(file)
    .join(edition_file, edition_file.c.file_id == file.c.id)
    .join(edition, edition.c.id == edition_file.c.edition_id)
    .where(edition.c.item_id == _i.id, edition.c.extra == "")
    .correlate(item)
)


def _field(name: str) -> ColumnElement[str]:
    """What only a kind knows of an item, as text; NULL where it is not known."""
    return type_coerce(_i.fields, Text).op("->>")(literal(name, Text))


def _id(name: str) -> ColumnElement[str]:
    return type_coerce(_i.ids, Text).op("->>")(literal(name, Text))


def _author(column: Any) -> ColumnElement[str]:
    first = select(column).join(credit, credit.c.person_id == person.c.id)
    first = first.where(credit.c.item_id == _i.id, credit.c.role == "author").order_by(credit.c.position).limit(1)
    return func.coalesce(first.correlate(item).scalar_subquery(), "")


def _of_files(value: Any) -> ColumnElement[Any]:
    return func.coalesce(_files.with_only_columns(value).scalar_subquery(), 0)


def _of_log(value: Any, user_id: str, *where: Any) -> ColumnElement[Any]:
    mine = (progress_log.c.item_id == _i.id, progress_log.c.user_id == user_id, *where)
    return func.coalesce(select(value).where(*mine).correlate(item).scalar_subquery(), 0)


# By whom one is asked → the value that a list is sorted by.
SORTS: dict[str, Callable[[str], ColumnElement[Any]]] = {
    "title": lambda _: _i.sort_title,
    "author": lambda _: _author(person.c.name),
    "author_sort": lambda _: _author(person.c.sort),
    "year": lambda _: _i.year,
    "date": lambda _: _i.date,
    "duration": lambda _: _i.duration_ms,
    "size": lambda _: _of_files(func.sum(file.c.size)),
    "added": lambda _: _i.added_at_ms,
    "written": lambda _: _of_files(func.max(file.c.mtime_ns)),
    "count": lambda _: _i.child_count,
    "played": lambda user_id: _of_log(func.max(progress_log.c.happened_at_ms), user_id),
    "begun": lambda user_id: _of_log(func.min(progress_log.c.happened_at_ms), user_id),
    "finished": lambda user_id: _of_log(
        func.max(progress_log.c.happened_at_ms), user_id, progress_log.c.finished.is_(True)
    ),
    "random": lambda _: func.random(),
    "sequence": lambda _: _i.sort_title,  # see `page`
}


def _has_word(type_: str, value: str = "") -> ColumnElement[bool]:
    named = select(item_word.c.item_id).join(word, word.c.id == item_word.c.word_id)
    named = named.where(item_word.c.item_id == _i.id, word.c.type == type_)
    return (named.where(word.c.folded == fold(value)) if value else named).correlate(item).exists()


def _has_person(role: str, name: str = "") -> ColumnElement[bool]:
    named = select(credit.c.item_id).join(person, person.c.id == credit.c.person_id)
    named = named.where(credit.c.item_id == _i.id, credit.c.role == role)
    return (named.where(person.c.folded == fold(name)) if name else named).correlate(item).exists()


def _mine(user_id: str, *where: Any) -> ColumnElement[bool]:
    mine = (progress.c.item_id == _i.id, progress.c.user_id == user_id, *where)
    return select(progress.c.item_id).where(*mine).correlate(item).exists()


_begun = or_(progress.c.fraction > 0, progress.c.position_ms > 0)
STATES: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "finished": lambda user_id: _mine(user_id, progress.c.finished.is_(True)),
    "in_progress": lambda user_id: _mine(user_id, progress.c.finished.is_(False), _begun),
    "not_started": lambda user_id: ~_mine(user_id, or_(progress.c.finished.is_(True), _begun)),
    "not_finished": lambda user_id: ~_mine(user_id, progress.c.finished.is_(True)),
}
MISSING: dict[str, Callable[[], ColumnElement[bool]]] = {
    **{name: lambda name=name: func.coalesce(_id(name), "") == "" for name in ("asin", "isbn")},
    **{name: lambda name=name: func.coalesce(_field(name), "") == "" for name in ("subtitle", "publisher", "language")},
    **{name: lambda name=name: ~_has_word(name) for name in ("genre", "tag", "series")},
    **{name: lambda name=name: ~_has_person(name) for name in ("author", "narrator")},
    "year": lambda: _i.year == 0,
    "description": lambda: _i.overview == "",
    "cover": lambda: _i.artwork_id.is_(None),
}
_many_files = _of_files(func.count(file.c.id))
_MANY: dict[str, ColumnElement[bool]] = {
    "none": _i.duration_ms == 0,
    "single": and_(_i.duration_ms > 0, _many_files == 1),
    "multi": and_(_i.duration_ms > 0, _many_files > 1),
}


def _one_of(known: dict[str, Any], value: str) -> Any:
    if value not in known:
        raise InvalidInput(f"There is no “{value[:40]}” to filter by.", hint=f"One of: {', '.join(known)}.")
    return known[value]


# (value, who asks) → the condition.
FILTERS: dict[str, Callable[[str, str], ColumnElement[bool]]] = {
    "genre": lambda value, _: _has_word("genre", value or " "),
    "tag": lambda value, _: _has_word("tag", value or " "),
    "narrator": lambda value, _: _has_person("narrator", value or " "),
    "series": lambda value, _: _i.id.in_(select(item_word.c.item_id).where(item_word.c.word_id == value)),
    "person": lambda value, _: _i.id.in_(select(credit.c.item_id).where(credit.c.person_id == value)),
    "publisher": lambda value, _: _field("publisher") == value,
    "language": lambda value, _: _field("language") == value,
    "decade": lambda value, _: and_(_i.year >= _decade(value), _i.year < _decade(value) + 10),
    "state": lambda value, user_id: _one_of(STATES, value)(user_id),
    "missing": lambda value, _: _one_of(MISSING, value)(),
    "files": lambda value, _: _one_of(_MANY, value),
    "readable": lambda value, _: _i.duration_ms == 0 if value == "yes" else _i.duration_ms > 0,
    "abridged": lambda _value, _: (
        select(edition.c.id)
        .where(edition.c.item_id == _i.id, edition.c.label.contains("abridged"))
        .correlate(item)
        .exists()
    ),
    "gone": lambda _value, _: _i.missing_since_ms > 0,
    "parent": lambda value, _: _i.parent_id == value,
    "nothing": lambda _value, _: literal(1) == literal(0),
}


def _decade(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or len(value) != 4:
        raise InvalidInput(f"“{value[:40]}” is no decade.", hint="Write its first year, like 1990.")
    return int(value) // 10 * 10


def page(connection: Connection, query: WorkQuery, user_id: str, shelf_ids: Sequence[int]) -> WorkPage:
    """A page of ids and the length of the list."""
    where = [_i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0]
    if query.filter:
        where.append(_one_of(FILTERS, query.filter)(query.value, user_id))
    if query.sort == "sequence" and query.filter == "series":
        return _in_sequence(connection, query, where)
    total = connection.scalar(select(func.count()).select_from(item).where(*where)) or 0
    key = _one_of(SORTS, query.sort)(user_id)
    order = (key.desc(), _i.id.desc()) if query.descending else (key, _i.id)
    if query.sort == "random":
        order = (key,)
    chosen = select(_i.id).where(*where).order_by(*order).offset(query.offset)
    return WorkPage(list(connection.scalars(chosen.limit(query.limit) if query.limit else chosen)), total)


def _in_sequence(connection: Connection, query: WorkQuery, where: list[Any]) -> WorkPage:
    """Places in a series are text ("1.5", "2-3"), which no database sorts as people do; a series is never long."""
    chosen = select(_i.id, _i.sort_title, item_word.c.number).join(item_word, item_word.c.item_id == _i.id)
    rows = list(connection.execute(chosen.where(*where, item_word.c.word_id == query.value)))
    rows.sort(key=lambda row: in_sequence(row.number, row.sort_title), reverse=query.descending)
    end = query.offset + query.limit if query.limit else None
    return WorkPage([row.id for row in rows[query.offset : end]], len(rows))


def in_sequence(number: str, title: str) -> tuple[Any, ...]:
    """What members of a series are sorted by; those without a place come last."""
    return (not number, natural_key(number), title)


def groups(
    connection: Connection, shelf_ids: Sequence[int], *, word_type: str = "", role: str = "", only: str = ""
) -> list[Any]:
    """(id, name, sort, item_id, number, title, added_at_ms, changed_at_ms, duration_ms), one per member."""
    names, link = (word, item_word) if word_type else (person, credit)
    number = item_word.c.number if word_type else literal("").label("number")
    query = select(
        names.c.id, names.c.name, names.c.sort, _i.id.label("item_id"), number, _i.sort_title.label("title"),
        _i.added_at_ms, _i.changed_at_ms, _i.duration_ms,
    ).join(item, item.c.id == link.c.item_id)  # fmt: skip
    query = query.join(names, names.c.id == (item_word.c.word_id if word_type else credit.c.person_id))
    query = query.where(_i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0)
    query = query.where(word.c.type == word_type) if word_type else query.where(credit.c.role == role)
    query = query.where(names.c.id == only) if only else query
    return list(connection.execute(query.order_by(names.c.sort, names.c.id, _i.sort_title)))


def words_on(connection: Connection, shelf_ids: Sequence[int]) -> list[Any]:
    """(type, id, name) of words that occur on the shelves."""
    query = select(word.c.type, word.c.id, word.c.name, word.c.sort).distinct()
    query = query.join(item_word, item_word.c.word_id == word.c.id).join(item, _i.id == item_word.c.item_id)
    query = query.where(_i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0)
    return list(connection.execute(query.order_by(word.c.sort, word.c.id)))


def people_on(connection: Connection, shelf_ids: Sequence[int]) -> list[Any]:
    """(role, id, name) of authors and narrators who are credited on the shelves."""
    query = select(credit.c.role, person.c.id, person.c.name, person.c.sort).distinct()
    query = query.join(credit, credit.c.person_id == person.c.id).join(item, _i.id == credit.c.item_id)
    query = query.where(_i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0, credit.c.role.in_(("author", "narrator")))
    return list(connection.execute(query.order_by(person.c.sort, person.c.id)))


def years_on(connection: Connection, shelf_ids: Sequence[int]) -> list[int]:
    """The known years of the shelves."""
    return _values_on(connection, shelf_ids, _i.year)


def fields_on(connection: Connection, shelf_ids: Sequence[int], name: str) -> list[str]:
    """The known values of a field on the shelves."""
    return _values_on(connection, shelf_ids, _field(name))


def _values_on(connection: Connection, shelf_ids: Sequence[int], column: Any) -> list[Any]:
    query = select(column).where(_i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0).distinct()
    return sorted(filter(None, connection.scalars(query)))


def totals(connection: Connection, shelf_ids: Sequence[int]) -> tuple[int, int, int]:
    """(milliseconds, bytes, files) of the shelves."""
    here = (_i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0)
    length = connection.scalar(select(func.coalesce(func.sum(_i.duration_ms), 0)).where(*here))
    held = select(func.coalesce(func.sum(file.c.size), 0), func.count(file.c.id)).select_from(item)
    held = held.join(edition, edition.c.item_id == _i.id).join(edition_file, edition_file.c.edition_id == edition.c.id)
    size, many = connection.execute(held.join(file, file.c.id == edition_file.c.file_id).where(*here)).one()
    return int(length or 0), int(size), int(many)


def frequent(connection: Connection, shelf_ids: Sequence[int], type_: str) -> list[tuple[str, int]]:
    """(genre or tag, how many items), the most frequent first."""
    many = func.count(_i.id)
    query = select(word.c.name, many).join(item_word, item_word.c.word_id == word.c.id)
    query = query.join(item, _i.id == item_word.c.item_id).where(word.c.type == type_, _i.trashed_at_ms == 0)
    query = query.where(_i.shelf_id.in_(shelf_ids)).group_by(word.c.name).order_by(many.desc(), word.c.name)
    return [(name, count) for name, count in connection.execute(query)]


def children(connection: Connection, item_ids: Sequence[str]) -> dict[str, list[str]]:
    """item id → the ids of what stands directly below it, the oldest first."""
    query = select(_i.parent_id, _i.id).where(_i.trashed_at_ms == 0)
    query = query.order_by(_i.date, _i.group, _i.number, _i.sort_title, _i.id)
    found: dict[str, list[str]] = {}
    for row in rows_in(connection, query, _i.parent_id, item_ids):
        found.setdefault(row.parent_id, []).append(row.id)
    return found


def opened(connection: Connection, user_id: str, shelf_ids: Sequence[int]) -> list[str]:
    """The items of the shelves that somebody did anything with, the last first."""
    query = select(progress.c.item_id).join(item, _i.id == progress.c.item_id)
    query = query.where(progress.c.user_id == user_id, _i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0)
    return list(connection.scalars(query.order_by(progress.c.happened_at_ms.desc(), progress.c.item_id)))


def lists_of(connection: Connection, type_: str, user_id: str, sources: frozenset[str] | None, only: str) -> list[Any]:
    """(list, entry_id, item_id) of playlists or collections that somebody sees; no entry where a list is empty."""
    seen = select(list_entry.c.id.label("entry_id"), list_entry.c.list_id, list_entry.c.position, list_entry.c.item_id)
    seen = seen.join(item, _i.id == list_entry.c.item_id).join(shelf, shelf.c.id == _i.shelf_id)
    seen = seen.where(_i.trashed_at_ms == 0)
    inside = (seen if sources is None else seen.where(shelf.c.source_id.in_(sources))).subquery()
    mine = item_list.c
    query = select(mine.id, mine.name, mine.owner_id, mine.created_at_ms, mine.changed_at_ms)
    query = query.add_columns(inside.c.entry_id, inside.c.item_id)
    query = query.outerjoin(inside, inside.c.list_id == mine.id).where(mine.type == type_)
    query = query.where(mine.id == only) if only else query
    query = query.where(or_(mine.owner_id == user_id, mine.shared.is_(True))) if type_ == "playlist" else query
    return list(connection.execute(query.order_by(mine.sort_name, mine.id, inside.c.position, inside.c.entry_id)))
