"""People who wrote the books."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from medley.core.identity import Asker
from medley.core.library import Group
from medley.kernel.errors import NotFound
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._ids import Shelf, shelf_of, shelves
from medley.protocols.audiobookshelf._pages import paged
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire import media as wire

_SORTS = {
    "name": lambda author: author.name,
    "lastFirst": lambda author: author.last_first,
    "numBooks": lambda author: author.num_books,
    "addedAt": lambda author: author.added_at,
    "updatedAt": lambda author: author.updated_at,
}


def list_authors(house: Parts, who: Asker, ask: Ask) -> Any:
    """A library's authors: all of them, or a page where one is asked for."""
    shelf = shelf_of(house, who, ask.part("library_id"))
    authors = views(shelf, groups(house, who, shelf))
    authors.sort(key=_SORTS.get(ask.text("sort"), _SORTS["name"]), reverse=ask.flag("desc"))
    return paged(ask, authors) if ask.number("limit") else {"authors": authors}


def get_author(house: Parts, who: Asker, ask: Ask) -> wire.Author:
    """One author; with `include=items,series` what they wrote."""
    person_id, wanted = ask.id("author_id"), ask.words("include")
    for shelf in shelves(house, who):
        for group in groups(house, who, shelf, person_id):
            return _with_works(house, who, shelf, group, wanted)
    raise NotFound("There is no such author.", hint="They may have no book here any more; refresh the app.")


def get_image(_house: Parts, _who: None, _ask: Ask) -> Response:
    """Nobody's portrait is kept here."""
    raise NotFound("There is no picture of this author.")


def groups(house: Parts, who: Asker, shelf: Shelf, only: str = "") -> list[Group]:
    """The authors of a library's books; podcasts have none of this sort."""
    if shelf.media_type != "book":
        return []
    return house.library.works.people(who, shelf.source.id, shelf.kind, "author", only)


def views(shelf: Shelf, found: Sequence[Group]) -> list[wire.Author]:
    """Authors of theirs."""
    return [_view(shelf, group) for group in found]


def _view(shelf: Shelf, group: Group, **more: Any) -> wire.Author:
    return wire.Author(
        id=group.id,
        name=group.name,
        library_id=shelf.id,
        added_at=group.added_at_ms,
        updated_at=group.changed_at_ms,
        num_books=len(group.members),
        last_first=items.last_first(group.name),
        **more,
    )


def _with_works(house: Parts, who: Asker, shelf: Shelf, group: Group, wanted: set[str]) -> wire.Author:
    if "items" not in wanted:
        return _view(shelf, group)
    books = house.library.works.get(who, [item_id for item_id, _ in group.members])
    shown = [items.minified(each) for each in books]
    if "series" not in wanted:
        return _view(shelf, group, library_items=shown)
    series: dict[str, dict[str, Any]] = {}
    for book, item in zip(books, shown, strict=True):
        for each in book.series:
            series.setdefault(each.id, {"id": each.id, "name": each.name, "items": []})["items"].append(item)
    return _view(shelf, group, library_items=shown, series=list(series.values()))
