"""Series of books."""

from collections.abc import Sequence
from typing import Any

from medley.core.identity import Asker
from medley.core.library import Group, Work
from medley.kernel.errors import NotFound
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ask import Ask, seconds
from medley.protocols.audiobookshelf._ids import Shelf, shelf_of, shelves
from medley.protocols.audiobookshelf._pages import paged
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire import media as wire
from medley.protocols.audiobookshelf._wire.base import Page

_SORTS = {
    "name": lambda group: group.sort,
    "numBooks": lambda group: len(group.members),
    "addedAt": lambda group: group.added_at_ms,
    "lastBookAdded": lambda group: group.added_at_ms,
    "lastBookUpdated": lambda group: group.changed_at_ms,
    "totalDuration": lambda group: group.duration_ms,
}


def list_series(house: Parts, who: Asker, ask: Ask) -> Page:
    """A page of a library's series, each with its books."""
    shelf = shelf_of(house, who, ask.part("library_id"))
    groups = house.library.works.series(who, shelf.source.id, shelf.kind) if shelf.media_type == "book" else []
    groups.sort(key=_SORTS.get(ask.text("sort"), _SORTS["name"]), reverse=ask.flag("desc"))
    return paged(ask, groups, lambda shown: views(house, who, shelf.id, shown))


def get_series(house: Parts, who: Asker, ask: Ask) -> wire.Series:
    """One series; with `include=progress` which of its books are done."""
    shelf, group = _found(house, who, ask.id("series_id"))
    progress = _progress(house.library.works.get(who, [item_id for item_id, _ in group.members]))
    made = views(house, who, shelf.id, [group], progress=progress if "progress" in ask.words("include") else None)
    return made[0]


def get_library_series(house: Parts, who: Asker, ask: Ask) -> wire.Series:
    """The same, asked of a library."""
    shelf_of(house, who, ask.part("library_id"))
    return get_series(house, who, ask)


def _found(house: Parts, who: Asker, series_id: str) -> tuple[Shelf, Group]:
    for shelf in shelves(house, who):
        if shelf.media_type == "book":
            for group in house.library.works.series(who, shelf.source.id, shelf.kind, series_id):
                return shelf, group
    raise NotFound("There is no such series.", hint="It may have been removed; refresh the app.")


def views(
    house: Parts, who: Asker, library: str, groups: Sequence[Group], *, progress: Any = None
) -> list[wire.Series]:
    """Series of theirs, with their books: one look-up for all."""
    every = [item_id for group in groups for item_id, _ in group.members]
    books = items.by_id(house.library.works.get(who, every))
    return [
        wire.Series(
            id=group.id,
            name=group.name,
            name_ignore_prefix=items.without_article(group.name),
            name_ignore_prefix_sort=items.without_article(group.name),
            library_id=library,
            added_at=group.added_at_ms,
            updated_at=group.changed_at_ms,
            total_duration=seconds(group.duration_ms),
            books=[
                items.minified(books[item_id], series_sequence=number or None)
                for item_id, number in group.members
                if item_id in books
            ],
            progress=progress,
        )
        for group in groups
    ]


def _progress(books: Sequence[Work]) -> dict[str, Any]:
    done = [each.id for each in books if each.mine and each.mine.finished]
    return {
        "libraryItemIds": [each.id for each in books],
        "libraryItemIdsFinished": done,
        "isFinished": len(done) == len(books),
    }
