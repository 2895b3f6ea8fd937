"""Album and song lists."""

from collections.abc import Callable

from msgspec.structs import replace

from medley.core.identity import Asker
from medley.core.library import ItemQuery
from medley.kernel.errors import InvalidInput
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.lists import AlbumList, AlbumList2, Found, FoundID3, Songs

_USUAL, _MOST = 10, 500  # of a list's items
_ALL = 5_000  # favourites come in one piece

_List = Callable[[Parts, Asker, Ask, ItemQuery, int, int], list[str]]


def get_album_list(house: Parts, who: Asker, ask: Ask) -> AlbumList:
    """A page of albums as folders, in the order that `type` says."""
    return AlbumList(album=music.album_folders(house, who, _albums(house, who, ask)))


def get_album_list2(house: Parts, who: Asker, ask: Ask) -> AlbumList2:
    """A page of albums, in the order that `type` says."""
    return AlbumList2(album=music.albums(house, who, _albums(house, who, ask)))


def get_random_songs(house: Parts, who: Asker, ask: Ask) -> Songs:
    """Songs by chance, of a genre and of some years."""
    query = _of_years(ask, music.narrowed(house, who, ask, music.SONGS))
    if genre := ask.text("genre", ""):
        if not (word := house.library.listing.word("genre", genre)):
            return Songs(song=[])
        query = replace(query, genre=word)
    found = house.library.listing.by_chance(who, query, ask.number("size", _USUAL, most=_MOST))
    return Songs(song=music.songs(house, who, found))


def get_songs_by_genre(house: Parts, who: Asker, ask: Ask) -> Songs:
    """A page of the songs of a genre."""
    query = music.narrowed(house, who, ask, music.SONGS)
    size, offset = ask.number("count", _USUAL, most=_MOST), ask.number("offset", 0)
    return Songs(song=music.songs(house, who, _of_genre(house, who, ask, query, size, offset)))


def get_starred(house: Parts, who: Asker, ask: Ask) -> Found:
    """One's favourites, the newest first: as folders."""
    sheets = house.library.items.sheets
    return Found(
        artist=[translate.artist_folder(each) for each in sheets(who, _favourites(house, who, ask, music.ARTISTS))],
        album=music.album_folders(house, who, _favourites(house, who, ask, music.ALBUMS)),
        song=music.songs(house, who, _favourites(house, who, ask, music.SONGS)),
    )


def get_starred2(house: Parts, who: Asker, ask: Ask) -> FoundID3:
    """One's favourites, the newest first."""
    sheets = house.library.items.sheets
    return FoundID3(
        artist=[translate.artist(each) for each in sheets(who, _favourites(house, who, ask, music.ARTISTS))],
        album=music.albums(house, who, _favourites(house, who, ask, music.ALBUMS)),
        song=music.songs(house, who, _favourites(house, who, ask, music.SONGS)),
    )


def _favourites(house: Parts, who: Asker, ask: Ask, level: ItemQuery) -> list[str]:
    query = replace(music.narrowed(house, who, ask, level), sort="favourite", order="desc")
    return house.library.listing.page(who, query, _ALL).items


def _albums(house: Parts, who: Asker, ask: Ask) -> list[str]:
    type_ = ask.text("type")
    if type_ not in _TYPES:
        raise InvalidInput(f"There is no list of the type “{type_[:40]}”.", hint=f"One of: {', '.join(_TYPES)}.")
    query = music.narrowed(house, who, ask, music.ALBUMS)
    size, offset = ask.number("size", _USUAL, most=_MOST), ask.number("offset", 0)
    return _TYPES[type_](house, who, ask, query, size, offset)


def _sorted(sort: str, order: str) -> _List:
    def read(house: Parts, who: Asker, ask: Ask, query: ItemQuery, size: int, offset: int) -> list[str]:
        query = replace(query, sort=sort, order=order)
        return music.ids_from(who, ask, house.library.listing.page, query, size, offset)

    return read


def _by_artist(house: Parts, who: Asker, ask: Ask, query: ItemQuery, size: int, offset: int) -> list[str]:
    return music.ids_from(who, ask, house.library.listing.by_parent, query, size, offset)


def _random(house: Parts, who: Asker, _ask: Ask, query: ItemQuery, size: int, _offset: int) -> list[str]:
    return house.library.listing.by_chance(who, query, size)


def _frequent(house: Parts, who: Asker, _ask: Ask, query: ItemQuery, size: int, offset: int) -> list[str]:
    return house.library.listing.most_played(who, query, size, offset)


def _recent(house: Parts, who: Asker, _ask: Ask, query: ItemQuery, size: int, offset: int) -> list[str]:
    return house.library.listing.last_played(who, query, size, offset)


def _by_year(house: Parts, who: Asker, ask: Ask, query: ItemQuery, size: int, offset: int) -> list[str]:
    """From a later year to an earlier one is the list backwards."""
    first, last = ask.number("fromYear", most=9999), ask.number("toYear", most=9999)
    order = "asc" if first <= last else "desc"
    query = replace(query, sort="year", order=order, year_from=max(1, min(first, last)), year_to=max(1, first, last))
    return music.ids_from(who, ask, house.library.listing.page, query, size, offset)


def _of_genre(house: Parts, who: Asker, ask: Ask, query: ItemQuery, size: int, offset: int) -> list[str]:
    word = house.library.listing.word("genre", ask.text("genre"))
    query = replace(query, sort="genre", genre=word)
    return music.ids_from(who, ask, house.library.listing.page, query, size, offset) if word else []


def _of_years(ask: Ask, query: ItemQuery) -> ItemQuery:
    first, last = ask.number("fromYear", 0, most=9999), ask.number("toYear", 0, most=9999)
    return replace(query, year_from=first, year_to=last)


_TYPES: dict[str, _List] = {
    "random": _random,
    "newest": _sorted("added", "desc"),
    "highest": _sorted("rating", "desc"),
    "frequent": _frequent,
    "recent": _recent,
    "alphabeticalByName": _sorted("title", "asc"),
    "alphabeticalByArtist": _by_artist,
    "starred": _sorted("favourite", "desc"),
    "byYear": _by_year,
    "byGenre": _of_genre,
}
