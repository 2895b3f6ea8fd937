"""From their filters and sorts to ids: which list of the library it is, and how long it is."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from medley.core.identity import Asker
from medley.core.library import ItemQuery
from medley.core.search.ports import Wanted
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._ids import Ref, Sort, ref_of, source_of
from medley.protocols.subsonic.navidrome._parts import Parts
from medley.protocols.subsonic.navidrome._window import MOST, Window, window

_BELOW: dict[str, Sort] = {"artist": "ar", "album": "al", "track": "so"}
_ARTISTS = ("artist_id", "artists_id", "album_artist_id", "role_total_id", "role_albumartist_id", "role_artist_id")
_WORDS = ("title", "name", "q")
_SORTS = {
    **dict.fromkeys(("title", "name", "ordertitle", "orderalbumname", "orderartistname"), "title"),
    **dict.fromkeys(("createdat", "recentlyadded", "importedat"), "added"),
    **dict.fromkeys(("year", "maxyear", "minyear"), "year"),
    "date": "date",
    "releasedate": "date",
    "duration": "duration",
}
_OWN = {
    **dict.fromkeys(("rating", "ratedat"), "rating"),
    **dict.fromkeys(("starred", "starredat"), "favourite"),
    **dict.fromkeys(("playdate", "lastplayed"), "played"),
    "playcount": "plays",
}
_BY_ARTIST = ("artist", "albumartist", "orderalbumartistname", "album")
_SEARCHED, _DEEPEST = 200, 10_000  # at once, and at all


class Listed(NamedTuple):
    """Ids of items, and how many the whole list holds."""

    ids: list[str]
    total: int


def listed(house: Parts, who: Asker, ask: Ask, query: ItemQuery) -> Listed:
    """Part of the artists, albums or tracks that a request asks for."""
    wanted = window(ask)
    if ask.has("id"):
        ids = [each.of(_BELOW[query.level]) for each in ask.refs("id")]
        return Listed(wanted.of(ids), len(ids))
    query = _filtered(house, who, ask, query)
    if text := next((ask.text(name) for name in _WORDS if ask.text(name, "").strip()), ""):
        return _searched(house, who, query, text, wanted)
    if ask.has("album_id"):
        return _of_albums(house, who, [each.of("al") for each in ask.refs("album_id")], wanted)
    if artist := next((ref_of(ask.text(name)) for name in _ARTISTS if ask.text(name, "")), None):
        return _of_artist(house, who, query, artist, wanted)
    own = _own(ask, wanted)
    if own in ("", "favourite"):
        return _paged(house, who, ask, replace(query, favourite=query.favourite or bool(own)), wanted)
    return _whole(house, who, query, own, wanted)


def _filtered(house: Parts, who: Asker, ask: Ask, query: ItemQuery) -> ItemQuery:
    if ask.text("library_id", ""):
        query = replace(query, source=source_of(ask.text("library_id"), music.sources(house, who)).id)
    if ask.text("year", ""):
        query = replace(query, year=ask.number("year", most=9999))
    return replace(query, genre=ask.text("genre_id", ""), favourite=ask.flag("starred"))


def _searched(house: Parts, who: Asker, query: ItemQuery, text: str, wanted: Window) -> Listed:
    """By words, the best first, whatever the order that was asked for."""
    year = query.year or 0
    asked = Wanted(
        text=text[:_SEARCHED], kind=query.kind, level=query.level, source=query.source, year_from=year, year_to=year
    )
    ids: list[str] = []
    total = -1
    for offset in range(wanted.start, min(wanted.start + wanted.size, _DEEPEST), _SEARCHED):
        if 0 <= total <= offset:
            break
        size = min(_SEARCHED, wanted.start + wanted.size - offset)
        found = house.search.find(who, replace(asked, limit=size, offset=offset))
        ids, total = ids + [hit.item_id for hit in found.hits], found.total
    return Listed(ids, total if total >= 0 else house.search.find(who, replace(asked, limit=1)).total)


def _of_albums(house: Parts, who: Asker, albums: Sequence[str], wanted: Window) -> Listed:
    """The tracks of some albums, each in its own order."""
    ids = house.library.listing.children(who, list(dict.fromkeys(albums)))
    return Listed(wanted.of(ids), len(ids))


def _of_artist(house: Parts, who: Asker, query: ItemQuery, artist: Ref, wanted: Window) -> Listed:
    """The albums of an artist as apps sort them, the tracks album by album; of a person, what they are credited on."""
    own = artist.of("ar", "pe")
    listing = house.library.listing
    if artist.sort == "pe":
        ids = listing.page(who, replace(query, person=own, sort="title"), MOST).items
    elif query.level == "album":
        sort = _SORTS.get(wanted.sort, "year")
        ids = listing.page(who, replace(query, parent=own, sort=sort, order=wanted.order), MOST).items
    else:
        ids = listing.by_parent(who, replace(query, parent=own), MOST).items
    return Listed(wanted.of(ids), len(ids))


def _own(ask: Ask, wanted: Window) -> str:
    """By what the asker did the list is sorted or narrowed, if it is."""
    if ask.flag("has_rating"):
        return "rating"
    if ask.flag("recently_played"):
        return "plays" if wanted.sort == "playcount" else "played"
    return _OWN.get(wanted.sort, "")


def _whole(house: Parts, who: Asker, query: ItemQuery, own: str, wanted: Window) -> Listed:
    """What somebody played or rated: seldom much, so that the ids of all of it are read and part of it is told."""
    listing = house.library.listing
    if own == "plays":
        ids = listing.most_played(who, query, MOST)
    elif own == "played" and query.level != "track":
        ids = listing.last_played(who, query, MOST)
    else:
        ids = listing.page(who, replace(query, sort=own, order="desc"), MOST).items
    # Ascending is only asked for by whoever wants the least first.
    ids = ids if wanted.descending else ids[::-1]
    return Listed(wanted.of(ids), len(ids))


def _paged(house: Parts, who: Asker, ask: Ask, query: ItemQuery, wanted: Window) -> Listed:
    total = house.library.items.count(who, query).count
    listing, read = house.library.listing, None
    if wanted.sort == "random":
        return Listed(listing.by_chance(who, query, wanted.size), total)
    if wanted.sort in _BY_ARTIST and query.level != "artist" and not _is_narrow(query):
        read = listing.by_parent
    elif query.favourite and wanted.sort not in _SORTS:
        query = replace(query, sort="favourite", order=wanted.order)
    elif query.genre and wanted.sort not in _SORTS:
        query = replace(query, sort="genre")
    else:
        query = replace(query, sort=_SORTS.get(wanted.sort, "title"), order=wanted.order)
    return Listed(music.ids_from(who, ask, read or listing.page, query, wanted.size, wanted.start), total)


def _is_narrow(query: ItemQuery) -> bool:
    return bool(query.genre or query.favourite or query.year)


def everything(pages: Iterator[list]) -> list:
    """All entries of a list that is read page by page, up to `MOST`."""
    found: list = []
    for page in pages:
        found += page
        if len(found) >= MOST:
            break
    return found[:MOST]
