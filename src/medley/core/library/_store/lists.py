"""Lists of items: filtered, sorted and paged in SQL, by index."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select, tuple_, union_all

from medley.core.library._model import ItemQuery
from medley.core.library._store.tables import credit, item, item_word, shelf
from medley.core.library._store.user_tables import opinion, progress
from medley.kernel.errors import InvalidInput
from medley.kernel.pages import Page, check_limit, decode_cursor, encode_cursor

_i = item.c
# What a page can be sorted by: the columns, the tie-break included. Each has an index beginning with the shelf.
SORTS: dict[str, tuple[Any, ...]] = {
    "title": (_i.sort_title, _i.id),
    "added": (_i.added_at_ms, _i.id),
    "year": (_i.year, _i.id),
    "date": (_i.date, _i.id),
    "duration": (_i.duration_ms, _i.id),
    "number": (_i.group, _i.number, _i.sort_title, _i.id),
    "played": (progress.c.happened_at_ms, _i.id),
    "rating": (opinion.c.rating, _i.id),
}
STATES: dict[str, Callable[[], ColumnElement[bool]]] = {
    "unplayed": lambda: progress.c.item_id.is_(None),
    "in_progress": lambda: and_(progress.c.finished.is_(False), progress.c.fraction > 0),
    "finished": lambda: progress.c.finished.is_(True),
}


def shelves(
    connection: Connection, sources: frozenset[str] | None, kind: str = "", level: str = "", source: str = ""
) -> list[tuple[int, int]]:
    """(id, count) of the shelves one may see that match; the permission is part of the query."""
    query = select(shelf.c.id, shelf.c.count.label("many")).where(shelf.c.count > 0)
    for column, value in ((shelf.c.kind, kind), (shelf.c.level, level), (shelf.c.source_id, source)):
        if value:
            query = query.where(column == value)
    if sources is not None:
        query = query.where(shelf.c.source_id.in_(sources))
    return [(row.id, row.many) for row in connection.execute(query.order_by(shelf.c.id))]


def page_of_ids(
    connection: Connection, query: ItemQuery, user_id: str, shelf_ids: Sequence[int], sort: str
) -> Page[str]:
    """One page of item ids."""
    limit = check_limit(query.limit)
    keys = SORTS[sort]
    after = decode_cursor(query.cursor, len(keys)) if query.cursor else None
    one = [_one(query, user_id, shelf_id, sort, after, limit) for shelf_id in shelf_ids] if not query.parent else []
    if query.parent:
        one = [_one(query, user_id, None, sort, after, limit).where(_i.shelf_id.in_(shelf_ids))]
    if not one:
        return Page([])
    rows = list(connection.execute(one[0] if len(one) == 1 else _merged(one, query.order, limit)))
    more = encode_cursor(list(rows[limit - 1])) if len(rows) > limit else None
    return Page([row[-1] for row in rows[:limit]], more)


def _one(query: ItemQuery, user_id: str, shelf_id: int | None, sort: str, after: list[Any] | None, limit: int) -> Any:
    keys = SORTS[sort]
    chosen = select(*(key.label(f"k{index}") for index, key in enumerate(keys)))
    chosen = filtered(chosen, query, user_id, sort)
    if shelf_id is not None:
        chosen = chosen.where(_i.shelf_id == shelf_id)
    if after is not None:
        edge = tuple_(*(literal(value, key.type) for value, key in zip(after, keys, strict=True)))
        here = tuple_(*keys)
        chosen = chosen.where(here > edge if query.order == "asc" else here < edge)
    return chosen.order_by(*_directed(keys, query.order)).limit(limit + 1)


def _merged(each: list[Any], order: str, limit: int) -> Any:
    """The first rows of several sorted lists together: each shelf's index is read only as far as needed."""
    all_ = union_all(*(select(one.subquery()) for one in each)).subquery()
    return select(all_).order_by(*_directed(list(all_.c), order)).limit(limit + 1)


def _directed(keys: Sequence[Any], order: str) -> list[Any]:
    return [key.asc() if order == "asc" else key.desc() for key in keys]


def filtered(chosen: Any, query: ItemQuery, user_id: str, sort: str = "") -> Any:
    """`chosen` with everything that `query` asks for except shelf, sort and page."""
    chosen = _with_user_tables(chosen, query, user_id, sort).where(_i.trashed_at_ms == 0)
    if query.parent:
        chosen = chosen.where(_i.parent_id == query.parent)
    for word_id in filter(None, (query.genre, query.tag, query.series)):
        chosen = chosen.where(_i.id.in_(select(item_word.c.item_id).where(item_word.c.word_id == word_id)))
    if query.person:
        chosen = chosen.where(_i.id.in_(select(credit.c.item_id).where(credit.c.person_id == query.person)))
    if query.year is not None:
        chosen = chosen.where(_i.year == query.year)
    if query.letter:
        chosen = chosen.where(_letter(query.letter))
    return chosen


def _with_user_tables(chosen: Any, query: ItemQuery, user_id: str, sort: str) -> Any:
    tables: Any = item
    if query.state or sort == "played":
        mine = and_(progress.c.item_id == _i.id, progress.c.user_id == user_id)
        tables = tables.join(progress, mine, isouter=query.state == "unplayed" and sort != "played")
    if query.favourite or sort == "rating":
        mine = and_(opinion.c.item_id == _i.id, opinion.c.user_id == user_id)
        tables = tables.join(opinion, mine)
    chosen = chosen.select_from(tables)
    if query.state:
        if query.state not in STATES:
            raise InvalidInput(f"There is no state “{query.state}”.", hint=f"One of: {', '.join(STATES)}.")
        chosen = chosen.where(STATES[query.state]())
    if query.favourite:
        chosen = chosen.where(opinion.c.favourite.is_(True))
    return chosen.where(opinion.c.rating.is_not(None)) if sort == "rating" else chosen


def _letter(letter: str) -> ColumnElement[bool]:
    first = letter[:1].casefold()
    if first == "#":
        return _i.sort_title < "a"
    return and_(_i.sort_title >= first, _i.sort_title < chr(ord(first) + 1))


def count(connection: Connection, query: ItemQuery, user_id: str, shelf_ids: Sequence[int]) -> int:
    """How many items the list holds."""
    chosen = filtered(select(func.count()), query, user_id).where(_i.shelf_id.in_(shelf_ids))
    return connection.scalar(chosen) or 0


def letters(connection: Connection, query: ItemQuery, user_id: str, shelf_ids: Sequence[int]) -> list[tuple[str, int]]:
    """(first letter, how many) of a list by title."""
    first = func.substr(_i.sort_title, 1, 1)
    chosen = filtered(select(first, func.count().label("many")), query, user_id).where(_i.shelf_id.in_(shelf_ids))
    return [tuple(row) for row in connection.execute(chosen.group_by(first).order_by(first))]
