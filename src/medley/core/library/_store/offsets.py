"""Lists by offset: for protocols whose apps count where a page begins. A skip reads the index and no item."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal, literal_column, select, tuple_, union_all

from medley.core.library._cursors import cursor_of
from medley.core.library._model import ItemQuery
from medley.core.library._store import facets
from medley.core.library._store.lists import SORTS, Reading, cursor_after, in_years, paged
from medley.core.library._store.queries import rows_in
from medley.core.library._store.tables import item
from medley.kernel.pages import Page

_i = item.c
_INDEXED = ("title", "added", "year", "date", "duration")  # an index holds shelf and sort values together
_above = item.alias("above")
_BY_PARENT = (_above.c.sort_title, _above.c.id, _i.group, _i.number, _i.sort_title, _i.id)
_ZERO = literal_column("0")


def page(reading: Reading, limit: int, skip: int) -> Page[str]:
    """A page of a sorted list, `skip` items after the place of its query's cursor."""
    after = cursor_after(reading.query.cursor, reading.sort)
    if skip and reading.sort in _INDEXED and not after and not reading.query.parent and _is_whole(reading.query):
        after, skip = _place(reading, skip), 0
        if after is None:
            return Page([])
    return paged(reading.rows(after, limit + 1, skip=skip), limit)


def in_turn(reading: Reading, shelves: Sequence[tuple[int, int]], limit: int, skip: int) -> Page[str]:
    """A page of everything on `shelves`, one shelf after the other, each by title: any place is found by counting."""
    start = cursor_of(reading.query.cursor, int, str, str)
    rows: list[tuple[int, str, str]] = []
    for shelf_id, many in shelves:
        if start and shelf_id < start[0]:
            continue
        one = reading.on(shelf_id)
        after = start[1:] if start and shelf_id == start[0] else None
        if not start and skip >= many:
            skip -= many
            continue
        if not start and skip:
            after, skip = _place(one, skip), 0
        rows += [(shelf_id, *row) for row in one.rows(after, limit + 1 - len(rows))]
        if len(rows) > limit:
            break
    return paged(rows, limit)


def _is_whole(query: ItemQuery) -> bool:
    """Whether shelves are asked for and nothing else, or years of a list by year."""
    years = query.sort == "year" and (query.year_from or query.year_to)
    return bool(years) or not facets.is_narrow(query)


def _place(reading: Reading, skip: int) -> list[Any] | None:
    """The sort values of the `skip`th item, past as many more as lie in the trash; None beyond the end."""
    after, hidden = None, 0
    while skip > 0:
        after = reading.place(after, skip)
        if after is None:
            return None
        before, hidden = hidden, _trashed_before(reading, after)
        skip = hidden - before
    return after


def _trashed_before(reading: Reading, place: Sequence[Any]) -> int:
    keys = SORTS[reading.sort]
    edge = tuple_(*(literal(value, key.type) for value, key in zip(place, keys, strict=True)))
    until: ColumnElement[bool] = tuple_(*keys) <= edge if reading.query.order == "asc" else tuple_(*keys) >= edge
    hidden = select(func.count()).select_from(item).where(_i.trashed_at_ms > _ZERO, until)
    # All of the trash is asked for, the shelves by way of a sum: told of them, SQLite would read those instead.
    hidden = in_years(hidden, reading.query, by_index=False).where((_i.shelf_id + 0).in_(reading.shelf_ids))
    return reading.connection.scalar(hidden) or 0


def by_parent(
    connection: Connection, shelf_ids: Sequence[int], above_ids: Sequence[int], query: ItemQuery, limit: int, skip: int
) -> Page[str]:
    """A page of what stands below the items of the shelves `above_ids`, in the order of those (albums by artist).

    With a parent, of what stands below those that stand below it.
    """
    after = cursor_of(query.cursor, str, str, int, float, str, str)
    if query.parent:
        return _within(connection, shelf_ids, query.parent, after, limit, skip)
    if not after and skip:
        found = _parent_at(connection, above_ids, skip)
        if found is None:
            return Page([])
        first, skip = found
    else:
        first = after[:2] if after else ["", ""]
    # Where to begin above is said in any case: it makes the database walk the index of those, in order.
    begin: Any = tuple_(_above.c.sort_title, _above.c.id) >= tuple_(*map(literal, first))
    if after:
        begin = begin & (tuple_(*_BY_PARENT) > tuple_(*map(literal, after)))
    each = [_below(above_id, shelf_ids, begin, limit + 1 + skip) for above_id in above_ids]
    if not each:
        return Page([])
    all_ = union_all(*(select(one.subquery()) for one in each)).subquery()
    rows = connection.execute(select(all_).order_by(*all_.c).limit(limit + 1).offset(skip))
    return paged(list(rows), limit)


def _within(
    connection: Connection, shelf_ids: Sequence[int], top: str, after: list[Any] | None, limit: int, skip: int
) -> Page[str]:
    """The same below one item two levels up: they are few, so that all are read and put in order."""
    children_ = select(_i.id, _i.sort_title).where(_i.parent_id == top, _i.trashed_at_ms == 0)
    titles = {row.id: row.sort_title for row in connection.execute(children_)}
    # The shelves by way of a sum: told of them, SQLite would read those instead.
    chosen = select(_i.parent_id, _i.group, _i.number, _i.sort_title, _i.id)
    chosen = chosen.where(_i.trashed_at_ms == 0, (_i.shelf_id + 0).in_(shelf_ids))
    rows = sorted((titles[row[0]], *row) for row in rows_in(connection, chosen, _i.parent_id, titles))
    left = [row for row in rows if not after or row > tuple(after)]
    return paged(left[skip : skip + limit + 1], limit)


def _below(above_id: int, shelf_ids: Sequence[int], begin: Any, limit: int) -> Any:
    keys = [key.label(f"k{index}") for index, key in enumerate(_BY_PARENT)]
    chosen = select(*keys).select_from(_above.join(item, _i.parent_id == _above.c.id))
    chosen = chosen.where(_above.c.shelf_id == above_id, _i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0, begin)
    return chosen.order_by(*_BY_PARENT).limit(limit)


def children(connection: Connection, item_ids: Sequence[str]) -> list[str]:
    """The children of some items, one item after the other."""
    chosen = select(_i.parent_id, _i.id).where(_i.trashed_at_ms == 0).order_by(*SORTS["number"])
    found: dict[str, list[str]] = {}
    for row in rows_in(connection, chosen, _i.parent_id, item_ids):
        found.setdefault(row.parent_id, []).append(row.id)
    return [child for item_id in item_ids for child in found.get(item_id, ())]


def leaves(connection: Connection, item_ids: Sequence[str]) -> dict[str, int]:
    """How many children the children of each item have."""
    below = select(_i.parent_id, func.sum(_i.child_count).label("many")).where(_i.trashed_at_ms == 0)
    rows = rows_in(connection, below.group_by(_i.parent_id), _i.parent_id, item_ids)
    return {row.parent_id: int(row.many) for row in rows}


def _parent_at(connection: Connection, above_ids: Sequence[int], skip: int) -> tuple[list[str], int] | None:
    """(sort title, id) of the item below which the `skip`th child stands, and how many of its children to skip."""
    order = (_i.sort_title, _i.id)
    upto = func.sum(_i.child_count).over(order_by=order).label("upto")
    counted = select(*order, _i.child_count, upto).where(_i.shelf_id.in_(above_ids), _i.trashed_at_ms == 0).subquery()
    wanted = select(counted).where(counted.c.upto > skip).order_by(counted.c.upto).limit(1)
    row = connection.execute(wanted).one_or_none()
    return ([row.sort_title, row.id], skip - int(row.upto - row.child_count)) if row else None
