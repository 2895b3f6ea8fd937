"""Search over every kind."""

from typing import Annotated

from fastapi import Query

from medley.core.search import Wanted
from medley.kernel.pages import decode_cursor, encode_cursor
from medley.protocols.native._parts import House, Who
from medley.protocols.native._wire.answers import SearchAnswer
from medley.protocols.native._wire.asks import SearchFilters

_MOST = 10_000  # results beyond this are never looked at


def find(house: House, who: Who, filters: Annotated[SearchFilters, Query()]) -> SearchAnswer:
    """Find items by words; the last may be unfinished, any may be mistyped."""
    offset = _offset(filters.cursor)
    wanted = Wanted(
        text=filters.q,
        kind=filters.kind,
        level=filters.level,
        source=filters.source,
        genre=filters.genre,
        year_from=filters.year_from or 0,
        year_to=filters.year_to or 0,
        limit=filters.limit,
        offset=offset,
    )
    found = house.search.find(who, wanted)
    # The index may know an item that is gone since: the catalogue decides what is shown.
    hits = house.library.items.cards(who, [hit.item_id for hit in found.hits])
    after = offset + len(found.hits)
    more = encode_cursor([after]) if found.hits and after < min(found.total, _MOST) else None
    return SearchAnswer(hits, found.total, found.facets, more)


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    (offset,) = decode_cursor(cursor, 1)
    return offset if isinstance(offset, int) and 0 <= offset < _MOST else 0
