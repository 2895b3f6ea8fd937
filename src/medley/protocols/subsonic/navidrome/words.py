"""Genres, and tags as lists to choose from."""

from collections.abc import Iterator

from medley.core.identity import Asker
from medley.core.library import Counted
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic.navidrome._lists import everything
from medley.protocols.subsonic.navidrome._parts import Parts
from medley.protocols.subsonic.navidrome._route import Part
from medley.protocols.subsonic.navidrome._window import window
from medley.protocols.subsonic.navidrome._wire import Genre, Tag

_AT_ONCE = 500
_GENRE = "genre"


def list_genres(house: Parts, who: Asker, ask: Ask) -> Part:
    """The genres of music, those that contain `name`."""
    found = _genres(house, who, ask)
    return Part([Genre(id=each.id, name=each.name) for each in window(ask).of(found)], len(found))


def list_tags(house: Parts, who: Asker, ask: Ask) -> Part:
    """The words of tags by their names; genres are the only ones that are kept as a list."""
    if ask.text("tag_name", _GENRE) != _GENRE:
        return Part([], 0)
    found = _genres(house, who, ask)
    tags = [Tag(id=each.id, tag_name=_GENRE, tag_value=each.name, song_count=each.count) for each in found]
    return Part(window(ask).of(tags), len(tags))


def _genres(house: Parts, who: Asker, ask: Ask) -> list[Counted]:
    named = (ask.text("name", "") or ask.text("tag_value", "")).strip("%").casefold()
    wanted = window(ask)
    found = [each for each in everything(_pages(house, who)) if named in each.name.casefold()]
    if wanted.sort == "songcount":
        found.sort(key=lambda each: each.count)
    return found[::-1] if wanted.descending else found


def _pages(house: Parts, who: Asker) -> Iterator[list[Counted]]:
    cursor = ""
    while True:
        page = house.library.words.all(who, _GENRE, kind=music.KIND, cursor=cursor, limit=_AT_ONCE)
        yield page.items
        if not (cursor := page.next or ""):
            return
