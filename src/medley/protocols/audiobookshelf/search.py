"""Search in a library, and what all libraries can be narrowed by."""

from typing import Any

from medley.core.identity import Asker
from medley.core.kinds import fold
from medley.core.search import Wanted
from medley.kernel.errors import InvalidInput
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf import authors, series
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._ids import shelf_of, shelves
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf.items import all_expanded

_USUAL, _MOST = 12, 100


def search(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """What a library has for some words: items, series, authors, narrators, tags and genres."""
    shelf = shelf_of(house, who, ask.part("library_id"))
    text, limit = ask.text("q").strip(), ask.number("limit", _USUAL, most=_MOST) or _USUAL
    if not text:
        raise InvalidInput("There is nothing to search for.", hint="Write some words into “q”.")
    found = house.search.find(who, Wanted(text=text[:200], kind=shelf.kind, source=shelf.source.id, limit=_MOST))
    works = house.library.works.get(who, [hit.item_id for hit in found.hits])
    episodes = [each for each in works if each.parent_id]
    tops = [each for each in works if each.parent_id is None][:limit]
    whole = house.library.works.get(who, [each.id for each in tops], "whole")
    shown = [{"libraryItem": each} for each in all_expanded(house, who, whole)]
    named = _named(house, who, shelf, fold(text), limit)
    above = items.by_id(house.library.works.get(who, list({each.parent_id for each in episodes if each.parent_id})))
    told = [
        {"libraryItem": items.minified(above[each.parent_id], recent_episode=items.episode(each))}
        for each in episodes[:limit]
        if each.parent_id and each.parent_id in above
    ]
    key = shelf.media_type
    return {"book": [], "podcast": [], **named, key: shown, "episodes": told}


def _named(house: Parts, who: Asker, shelf: Any, folded: str, limit: int) -> dict[str, Any]:
    """Names that contain what was typed."""
    works, source, kind = house.library.works, shelf.source.id, shelf.kind
    groups = [each for each in works.series(who, source, kind) if folded in fold(each.name)][:limit]
    people = [each for each in authors.groups(house, who, shelf) if folded in fold(each.name)][:limit]
    readers = [each for each in works.people(who, source, kind, "narrator") if folded in fold(each.name)][:limit]
    totals = works.totals(who, source, kind)
    views = series.views(house, who, shelf.id, groups) if shelf.media_type == "book" else []
    return {
        "series": [{"series": each, "books": each.books} for each in views],
        "authors": authors.views(shelf, people),
        "narrators": [{"name": each.name, "numBooks": len(each.members)} for each in readers],
        "tags": _counted(totals.tags, folded, limit),
        "genres": _counted(totals.genres, folded, limit),
    }


def _counted(names: list[tuple[str, int]], folded: str, limit: int) -> list[dict[str, Any]]:
    return [{"name": name, "numItems": count} for name, count in names if folded in fold(name)][:limit]


def list_tags(house: Parts, who: Asker, _ask: Ask) -> dict[str, list[str]]:
    """Every tag that occurs."""
    return {"tags": _all_names(house, who, "tags")}


def list_genres(house: Parts, who: Asker, _ask: Ask) -> dict[str, list[str]]:
    """Every genre that occurs."""
    return {"genres": _all_names(house, who, "genres")}


def _all_names(house: Parts, who: Asker, which: str) -> list[str]:
    found: dict[str, None] = {}
    for shelf in shelves(house, who):
        names = house.library.works.names(who, shelf.source.id, shelf.kind)
        found.update(dict.fromkeys(getattr(names, which)))
    return items.sorted_names(found)
