"""Lists of items: filtered, sorted and paged in SQL, by index."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Double,
    Integer,
    and_,
    literal,
    select,
    tuple_,
    union_all,
)

from medley.core.kinds import sort_key
from medley.core.library._cursors import cursor_of
from medley.core.library._model import ItemQuery
from medley.core.library._store.tables import credit, item, item_word, shelf, word_above
from medley.core.library._store.user_tables import opinion, progress
from medley.kernel.errors import InvalidInput
from medley.kernel.pages import Page, check_limit, encode_cursor

_i = item.c
# What a page can be sorted by: the columns, the tie-break included. Each has an index beginning with the shelf.
SORTS: dict[str, tuple[Any, ...]] = {
    "title": (_i.sort_title, _i.id),
    "added": (_i.added_at_ms, _i.id),
    "year": (_i.year, _i.id),
    "date": (_i.date, _i.id),
    "duration": (_i.duration_ms, _i.id),
    "number": (_i.group, _i.number, _i.sort_title, _i.id),
    "random": (_i.signature, _i.id),
    "played": (progress.c.happened_at_ms, progress.c.item_id),
    "rating": (opinion.c.rating, opinion.c.item_id),
    "favourite": (opinion.c.favourite_at_ms, opinion.c.item_id),
    "genre": (item_word.c.item_id,),
}
# Of what somebody did, and of one word: their index begins with the person or the word instead of the shelf.
_OWN = ("played", "rating", "favourite", "genre")
_LAST_YEAR = 9999
_NUMBERS = (BigInteger, Integer)
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


def shelves_by_level(
    connection: Connection, sources: frozenset[str] | None, kind: str = "", source: str = ""
) -> dict[int, str]:
    """id → level of the shelves one may see that match."""
    query = select(shelf.c.id, shelf.c.level).where(shelf.c.count > 0)
    for column, value in ((shelf.c.kind, kind), (shelf.c.source_id, source)):
        if value:
            query = query.where(column == value)
    if sources is not None:
        query = query.where(shelf.c.source_id.in_(sources))
    return {row.id: row.level for row in connection.execute(query)}


def page_of_ids(
    connection: Connection, query: ItemQuery, user_id: str, shelf_ids: Sequence[int], sort: str
) -> Page[str]:
    """One page of item ids."""
    limit = check_limit(query.limit)
    reading = Reading(connection, query, user_id, shelf_ids, sort)
    if sort == "random":
        return _shuffled(reading, query.cursor, limit)
    return paged(reading.rows(cursor_after(query.cursor, sort), limit + 1), limit)


def cursor_after(cursor: str, sort: str) -> list[Any] | None:
    """The sort values where a page ended."""
    return cursor_of(cursor, *(_type_of(key) for key in SORTS[sort]))


def paged(rows: Sequence[Any], limit: int) -> Page[str]:
    """Rows of sort values, one more than wanted where there are more, as a page."""
    more = encode_cursor(list(rows[limit - 1])) if len(rows) > limit else None
    return Page([row[-1] for row in rows[:limit]], more)


def _shuffled(reading: "Reading", cursor: str, limit: int) -> Page[str]:
    """A walk round the circle of signatures, which are as good as random, from a place that is chosen by chance.

    The cursor also holds where the walk began, and whether it has come by the end.
    """
    start = secrets.randbits(63) - (1 << 62)
    signature, item_id, start, round_ = cursor_of(cursor, int, str, int, int) or [start, "", start, 0]
    end = _i.signature < start
    rows = [(*row, round_) for row in reading.rows([signature, item_id], limit + 1, *([end] if round_ else []))]
    if not round_ and len(rows) <= limit:
        rows += [(*row, 1) for row in reading.rows(None, limit + 1 - len(rows), end)]
    more = None
    if len(rows) > limit:
        signature, item_id, round_ = rows[limit - 1]
        more = encode_cursor([signature, item_id, start, round_])
    return Page([item_id for _, item_id, _ in rows[:limit]], more)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads stretches of one sorted list."""

    connection: Connection
    query: ItemQuery
    user_id: str
    shelf_ids: Sequence[int]
    sort: str

    @property
    def _order(self) -> str:
        return "asc" if self.sort == "random" else self.query.order

    def on(self, shelf_id: int) -> "Reading":
        """The same list of one shelf alone."""
        return replace(self, shelf_ids=[shelf_id])

    def rows(self, after: list[Any] | None, limit: int, *where: ColumnElement[bool], skip: int = 0) -> list[Any]:
        """At most `limit` rows of sort values, `skip` after the place `after`."""
        limit += skip
        if self.query.parent or self.sort in _OWN:
            each = [self._one(None, after, limit, where).where(_i.shelf_id.in_(self.shelf_ids))]
        else:
            each = [self._one(shelf_id, after, limit, where) for shelf_id in self.shelf_ids]
        if not each:
            return []
        together = each[0] if len(each) == 1 else self._merged(each, limit)
        return list(self.connection.execute(together.limit(limit - skip).offset(skip)))

    def place(self, after: list[Any] | None, many: int) -> list[Any] | None:
        """The sort values `many` after the place `after`, what lies in the trash counted too: read from an index."""
        keys = SORTS[self.sort]
        each = [self._stretch(shelf_id, after).limit(many) for shelf_id in self.shelf_ids]
        together = self._merged(each, many) if len(each) > 1 else each[0]
        row = self.connection.execute(together.limit(1).offset(many - 1)).one_or_none() if each else None
        return list(row[: len(keys)]) if row else None

    def _stretch(self, shelf_id: int, after: list[Any] | None) -> Any:
        keys = SORTS[self.sort]
        chosen = select(*(key.label(f"k{index}") for index, key in enumerate(keys))).where(_i.shelf_id == shelf_id)
        chosen = in_years(chosen, self.query)
        if after is not None:
            chosen = chosen.where(self._beyond(after))
        return chosen.order_by(*directed(keys, self._order))

    def _beyond(self, after: list[Any]) -> Any:
        keys = SORTS[self.sort]
        edge = tuple_(*(literal(value, key.type) for value, key in zip(after, keys, strict=True)))
        return tuple_(*keys) > edge if self._order == "asc" else tuple_(*keys) < edge

    def _one(self, shelf_id: int | None, after: list[Any] | None, limit: int, where: Any) -> Any:
        keys = SORTS[self.sort]
        chosen = select(*(key.label(f"k{index}") for index, key in enumerate(keys)))
        chosen = filtered(chosen, self.query, self.user_id, self.sort).where(*where)
        if shelf_id is not None:
            chosen = chosen.where(_i.shelf_id == shelf_id)
        if after is not None:
            chosen = chosen.where(self._beyond(after))
        return chosen.order_by(*directed(keys, self._order)).limit(limit)

    def _merged(self, each: list[Any], limit: int) -> Any:
        """The first rows of several sorted lists together: each shelf's index is read only as far as needed."""
        all_ = union_all(*(select(one.subquery()) for one in each)).subquery()
        return select(all_).order_by(*directed(list(all_.c), self._order)).limit(limit)


def _type_of(key: Any) -> type:
    return int if isinstance(key.type, _NUMBERS) else float if isinstance(key.type, Double) else str


def directed(keys: Sequence[Any], order: str) -> list[Any]:
    """The order of a list by `keys`."""
    return [key.asc() if order == "asc" else key.desc() for key in keys]


def filtered(chosen: Any, query: ItemQuery, user_id: str, sort: str = "") -> Any:
    """`chosen` with everything that `query` asks for except shelf, sort and page."""
    chosen = _with_user_tables(chosen, query, user_id, sort).where(_i.trashed_at_ms == 0)
    if query.parent:
        chosen = chosen.where(_i.parent_id == query.parent)
    if sort == "genre":
        chosen = chosen.where(item_word.c.word_id == query.genre)
        query = msgspec.structs.replace(query, genre="")
    for word_id in filter(None, (query.genre, query.tag, query.series)):
        narrower = select(word_above.c.word_id).where(word_above.c.above_id == word_id)
        below = query.genre_below and word_id == query.genre
        having = select(item_word.c.item_id)
        having = having.where(item_word.c.word_id.in_(narrower) if below else item_word.c.word_id == word_id)
        if sort == "random":  # one by one along the circle, instead of gathering all and putting them in order
            chosen = chosen.where(having.where(item_word.c.item_id == _i.id).correlate(item).exists())
        else:
            chosen = chosen.where(_i.id.in_(having))
    if query.person:
        chosen = chosen.where(_i.id.in_(select(credit.c.item_id).where(credit.c.person_id == query.person)))
    if query.year is not None:
        chosen = chosen.where(_i.year == query.year)
    chosen = in_years(chosen, query, by_index=sort != "random")
    if query.letter:
        chosen = chosen.where(_letter(query.letter))
    return chosen


def in_years(chosen: Any, query: ItemQuery, *, by_index: bool = True) -> Any:
    """`chosen` with the range of years that `query` asks for; an unknown year is in none."""
    if not query.year_from and not query.year_to:
        return chosen
    year: Any = _i.year if by_index else _i.year + 0
    return chosen.where(year.between(max(1, query.year_from), query.year_to or _LAST_YEAR))


def _with_user_tables(chosen: Any, query: ItemQuery, user_id: str, sort: str) -> Any:
    tables: Any = item
    if query.state or sort == "played":
        mine = and_(progress.c.item_id == _i.id, progress.c.user_id == user_id)
        tables = tables.join(progress, mine, isouter=query.state == "unplayed" and sort != "played")
    if sort == "genre":
        tables = tables.join(item_word, item_word.c.item_id == _i.id)
    if query.favourite or sort in ("rating", "favourite"):
        mine = and_(opinion.c.item_id == _i.id, opinion.c.user_id == user_id)
        tables = tables.join(opinion, mine)
    chosen = chosen.select_from(tables)
    if query.state:
        if query.state not in STATES:
            raise InvalidInput(f"There is no state “{query.state}”.", hint=f"One of: {', '.join(STATES)}.")
        chosen = chosen.where(STATES[query.state]())
    if query.favourite or sort == "favourite":
        chosen = chosen.where(opinion.c.favourite.is_(True))
    return chosen.where(opinion.c.rating.is_not(None)) if sort == "rating" else chosen


def _letter(letter: str) -> ColumnElement[bool]:
    first = sort_key(letter)[:1]
    if letter[:1] == "#" or not first:
        return _i.sort_title < "a"
    return and_(_i.sort_title >= first, _i.sort_title < first + "\U0010ffff")
