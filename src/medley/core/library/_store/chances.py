"""Items by chance, at the same price for a rare genre as for a whole library."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from medley.core.library._model import ItemQuery
from medley.core.library._store.lists import in_years, page_of_ids
from medley.core.library._store.tables import item, item_word

_i = item.c
_FEW = 50_000  # so many entries of an index are shuffled in some ten milliseconds
_SPARE = 20  # of those drawn from a genre, some are on other levels or in the trash


def by_chance(connection: Connection, query: ItemQuery, shelf_ids: Sequence[int], limit: int) -> list[str]:
    """`limit` items of these shelves with `query`'s genre and years, each once."""
    candidates = _narrowest(query, shelf_ids)
    if candidates is None or _many(connection, candidates) >= _FEW:
        return page_of_ids(connection, _whole(query, limit), "", shelf_ids, "random").items
    found = _drawn(connection, query, shelf_ids, candidates, limit, limit * _SPARE)
    return found if len(found) == limit else _drawn(connection, query, shelf_ids, candidates, limit, _FEW)


def _whole(query: ItemQuery, limit: int) -> ItemQuery:
    return ItemQuery(genre=query.genre, year_from=query.year_from, year_to=query.year_to, limit=limit)


def _narrowest(query: ItemQuery, shelf_ids: Sequence[int]) -> Any | None:
    """The entries of one index among which all that fits is, and perhaps more."""
    if query.genre:
        return select(item_word.c.item_id.label("id")).where(item_word.c.word_id == query.genre)
    if query.year_from or query.year_to:
        return in_years(select(_i.id).where(_i.shelf_id.in_(shelf_ids)), query)
    return None


def _many(connection: Connection, candidates: Any) -> int:
    return connection.scalar(select(func.count()).select_from(candidates.limit(_FEW).subquery())) or 0


def _drawn(
    connection: Connection, query: ItemQuery, shelf_ids: Sequence[int], candidates: Any, limit: int, many: int
) -> list[str]:
    drawn = candidates.order_by(func.random()).limit(many).subquery()
    fitting = select(_i.id).join(drawn, drawn.c.id == _i.id)
    fitting = in_years(fitting.where(_i.shelf_id.in_(shelf_ids), _i.trashed_at_ms == 0), query)
    return list(connection.scalars(fitting.order_by(func.random()).limit(limit)))
