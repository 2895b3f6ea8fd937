"""What a list's filters have to choose from: how many items, which letters, which years."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, literal, literal_column, select

from medley.core.library._model import ItemQuery
from medley.core.library._store.lists import filtered
from medley.core.library._store.tables import item, shelf

_i = item.c
_FIRST = func.substr(_i.sort_title, 1, 1)
_MANY = func.count().label("many")
_ZERO = literal_column("0")  # the index of the trash is only thought of where the database reads its condition


def is_narrow(query: ItemQuery) -> bool:
    """Whether anything but whole shelves is asked for."""
    chosen = (query.parent, query.genre, query.tag, query.series, query.person, query.state, query.letter)
    return any(chosen) or query.favourite or bool(query.year_from or query.year_to) or query.year is not None


def count(connection: Connection, query: ItemQuery, user_id: str, shelf_ids: Sequence[int]) -> int:
    """How many items the list holds."""
    chosen = filtered(select(func.count()), query, user_id).where(_i.shelf_id.in_(shelf_ids))
    return connection.scalar(chosen) or 0


def letters(connection: Connection, query: ItemQuery, user_id: str, shelf_ids: Sequence[int]) -> list[tuple[str, int]]:
    """(first letter, how many) of a list by title."""
    if not is_narrow(query):
        return _letters_of_shelves(connection, shelf_ids)
    chosen = filtered(select(_FIRST, _MANY), query, user_id).where(_i.shelf_id.in_(shelf_ids))
    return [tuple(row) for row in connection.execute(chosen.group_by(_FIRST).order_by(_FIRST))]


def years(connection: Connection, query: ItemQuery, user_id: str, shelf_ids: Sequence[int]) -> list[int]:
    """The known years of a list's items, the newest first."""
    if is_narrow(query):
        found = filtered(select(_i.year).distinct(), query, user_id).where(_i.shelf_id.in_(shelf_ids))
    else:
        newest = select(_i.year).where(_i.trashed_at_ms == 0).order_by(_i.year.desc()).limit(1)
        walk = _walk(shelf_ids, newest, lambda year: _i.year < year)
        found = select(walk.c.value).distinct()
    return sorted(filter(None, connection.scalars(found)), reverse=True)


def _letters_of_shelves(connection: Connection, shelf_ids: Sequence[int]) -> list[tuple[str, int]]:
    """Stretches of the index are counted, with what lies in the trash; that is then taken off."""
    walk = _walk(
        shelf_ids, select(_FIRST).order_by(_i.sort_title).limit(1), lambda letter: _i.sort_title > _end(letter)
    )
    stretch = (_i.shelf_id == walk.c.id, _i.sort_title >= walk.c.value, _i.sort_title <= _end(walk.c.value))
    many = select(func.count()).select_from(item).where(*stretch).correlate(walk).scalar_subquery()
    found: Counter[str] = Counter()
    for letter, number in connection.execute(select(walk.c.value, many).where(walk.c.value.is_not(None))):
        found[letter] += number
    # All of the trash is asked for: told of shelves, SQLite would read those instead.
    trashed = select(_i.shelf_id, _FIRST, _MANY).where(_i.trashed_at_ms > _ZERO).group_by(_i.shelf_id, _FIRST)
    for shelf_id, letter, number in connection.execute(trashed):
        found[letter] -= number if shelf_id in shelf_ids else 0
    return sorted((letter, number) for letter, number in found.items() if number)


def _end(letter: Any) -> ColumnElement[str]:
    """What no title beginning with the letter sorts after; a title of no letters is empty."""
    return case((letter == "", ""), else_=letter + literal("\U0010ffff"))


def _walk(shelf_ids: Sequence[int], start: Any, after: Callable[[Any], ColumnElement[bool]]) -> Any:
    """(shelf, value) step by step through an index: a million items have a hundred years, and fewer letters."""
    first = start.where(_i.shelf_id == shelf.c.id).correlate(shelf).scalar_subquery()
    walk = select(shelf.c.id, first.label("value")).where(shelf.c.id.in_(shelf_ids)).cte(recursive=True)
    following = start.where(_i.shelf_id == walk.c.id, after(walk.c.value)).correlate(walk).scalar_subquery()
    return walk.union_all(select(walk.c.id, following).where(walk.c.value.is_not(None)))
