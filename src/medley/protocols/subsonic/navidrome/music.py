"""Songs, albums and artists."""

from typing import Any

from medley.core.identity import Asker
from medley.core.library import ItemSheet
from medley.kernel.errors import NotFound
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._ids import Sort, ref_of
from medley.protocols.subsonic.navidrome import _translate as translate
from medley.protocols.subsonic.navidrome._lists import listed
from medley.protocols.subsonic.navidrome._parts import Parts
from medley.protocols.subsonic.navidrome._route import Part
from medley.protocols.subsonic.navidrome._wire import Album, Artist, Song


def list_songs(house: Parts, who: Asker, ask: Ask) -> Part:
    """Songs, filtered and sorted."""
    ids, total = listed(house, who, ask, music.SONGS)
    return Part([translate.song(each) for each in house.library.items.sheets(who, ids) if music.is_song(each)], total)


def get_song(house: Parts, who: Asker, ask: Ask) -> Song:
    """One song."""
    return translate.song(_one(house, who, ask, "so"))


def list_albums(house: Parts, who: Asker, ask: Ask) -> Part:
    """Albums, filtered and sorted."""
    ids, total = listed(house, who, ask, music.ALBUMS)
    return Part([translate.album(each) for each in house.library.items.sheets(who, ids)], total)


def get_album(house: Parts, who: Asker, ask: Ask) -> Album:
    """One album."""
    return translate.album(_one(house, who, ask, "al"))


def list_artists(house: Parts, who: Asker, ask: Ask) -> Part:
    """Artists who have albums, filtered and sorted."""
    ids, total = listed(house, who, ask, music.ARTISTS)
    sheets = house.library.items.sheets(who, ids)
    songs = house.library.listing.leaves([each.id for each in sheets])
    return Part([translate.artist(each, songs.get(each.id, 0)) for each in sheets], total)


def get_artist(house: Parts, who: Asker, ask: Ask) -> Artist:
    """One artist."""
    sheet = _one(house, who, ask, "ar")
    return translate.artist(sheet, house.library.listing.leaves([sheet.id]).get(sheet.id, 0))


def _one(house: Parts, who: Asker, ask: Ask, sort: Sort) -> ItemSheet:
    """The item that the path names."""
    given: Any = ask.request.path_params["id"]
    for sheet in house.library.items.sheets(who, [ref_of(given).of(sort)]):
        if music.sort_of(sheet) == sort:
            return sheet
    raise NotFound("data not found", hint="It may have been removed; synchronise again.")
