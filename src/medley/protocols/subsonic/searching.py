"""Searching. A search for nothing is how apps copy the whole library, page by page."""

from collections.abc import Sequence

from msgspec.structs import replace

from medley.core.identity import Asker
from medley.core.library import ItemQuery, ItemSheet
from medley.core.search import Wanted
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.lists import Found, FoundID3, SearchResult

_USUAL = 20
_MOST = 5_000  # an app that gets fewer than it asked for takes the list to be over
_AT_ONCE, _DEEPEST, _LONGEST = 200, 10_000, 200  # what the index gives
_QUOTES = "\"'“”‘’"


def search(house: Parts, who: Asker, ask: Ask) -> SearchResult:
    """Songs, as the protocol's first version searched for them."""
    text = " ".join(filter(None, (ask.text(name, "") for name in ("artist", "album", "title", "any"))))
    size, offset = ask.number("count", _USUAL, most=_MOST), ask.number("offset", 0)
    found = _ids(house, who, ask, music.SONGS, text, size, offset)
    newer = ask.number("newerThan", 0)
    sheets = [each for each in house.library.items.sheets(who, found) if each.added_at_ms > newer]
    return SearchResult(offset=offset, total_hits=offset + len(sheets), match=[translate.song(each) for each in sheets])


def search2(house: Parts, who: Asker, ask: Ask) -> Found:
    """Artists, albums and songs: as folders."""
    return Found(
        artist=[translate.artist_folder(each) for each in _found(house, who, ask, "artist", music.ARTISTS)],
        album=[translate.album_folder(each) for each in _found(house, who, ask, "album", music.ALBUMS)],
        song=[translate.song(each) for each in _found(house, who, ask, "song", music.SONGS)],
    )


def search3(house: Parts, who: Asker, ask: Ask) -> FoundID3:
    """Artists, albums and songs."""
    return FoundID3(
        artist=[translate.artist(each) for each in _found(house, who, ask, "artist", music.ARTISTS)],
        album=[translate.album(each) for each in _found(house, who, ask, "album", music.ALBUMS)],
        song=[translate.song(each) for each in _found(house, who, ask, "song", music.SONGS)],
    )


def _found(house: Parts, who: Asker, ask: Ask, noun: str, level: ItemQuery) -> Sequence[ItemSheet]:
    size, offset = ask.number(f"{noun}Count", _USUAL, most=_MOST), ask.number(f"{noun}Offset", 0)
    query = music.narrowed(house, who, ask, level)
    return house.library.items.sheets(who, _ids(house, who, ask, query, ask.text("query"), size, offset))


def _ids(house: Parts, who: Asker, ask: Ask, query: ItemQuery, text: str, size: int, offset: int) -> list[str]:
    words = text.strip().strip(_QUOTES).rstrip("*").strip()[:_LONGEST]
    if not words:
        return music.ids_from(who, ask, house.library.listing.everything, query, size, offset)
    wanted = Wanted(text=words, kind=query.kind, level=query.level, source=query.source)
    return _hits(house, who, wanted, size, offset)


def _hits(house: Parts, who: Asker, wanted: Wanted, size: int, offset: int) -> list[str]:
    found: list[str] = []
    while len(found) < size and offset <= _DEEPEST:
        piece = replace(wanted, limit=min(_AT_ONCE, size - len(found)), offset=offset)
        hits = house.search.find(who, piece).hits
        found += [hit.item_id for hit in hits]
        offset += len(hits)
        if len(hits) < piece.limit:
            break
    return found
