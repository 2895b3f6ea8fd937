"""Bookmarks: named places in a book, by the second."""

import msgspec

from medley.core.identity import Asker
from medley.core.players import Mark
from medley.kernel.errors import NotFound
from medley.protocols.audiobookshelf._ask import Ask, milliseconds
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire.server import Bookmark


class NewBookmark(msgspec.Struct):
    """A place and its name."""

    time: float = 0.0
    title: str = ""


def put(house: Parts, who: Asker, ask: Ask) -> Bookmark:
    """Set a bookmark."""
    told = ask.json(NewBookmark)
    return _view(house.players.marks.put(who, ask.id("item_id"), _second(told.time), told.title))


def change(house: Parts, who: Asker, ask: Ask) -> Bookmark:
    """Give a bookmark another name; 404 where there is none at this place."""
    told, item_id = ask.json(NewBookmark), ask.id("item_id")
    known = {each.time for each in bookmarks_of(house, who) if each.library_item_id == item_id}
    if _second(told.time) // 1000 not in known:
        raise NotFound("There is no bookmark at this place.", hint="It may have been removed on another device.")
    return _view(house.players.marks.put(who, item_id, _second(told.time), told.title))


def remove(house: Parts, who: Asker, ask: Ask) -> None:
    """Take a bookmark away."""
    text = ask.part("time").partition(".")[0]
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise NotFound("There is no bookmark at this place.")
    house.players.marks.remove(who, ask.id("item_id"), int(text) * 1000)


def list_all(house: Parts, who: Asker, _ask: Ask) -> dict[str, list[Bookmark]]:
    """All of one's bookmarks."""
    return {"bookmarks": bookmarks_of(house, who)}


def list_of_item(house: Parts, who: Asker, ask: Ask) -> dict[str, list[Bookmark]]:
    """One's bookmarks in an item."""
    item_id = house.library.works.one(who, ask.id("item_id")).id
    return {"bookmarks": [each for each in bookmarks_of(house, who) if each.library_item_id == item_id]}


def bookmarks_of(house: Parts, who: Asker) -> list[Bookmark]:
    """All of somebody's bookmarks."""
    return [_view(each) for each in house.players.marks.all(who)]


def _second(time: float) -> int:
    return milliseconds(time) // 1000 * 1000


def _view(mark: Mark) -> Bookmark:
    return Bookmark(
        library_item_id=mark.item_id,
        title=mark.title,
        time=mark.position_ms // 1000,
        created_at=mark.created_at_ms,
    )
