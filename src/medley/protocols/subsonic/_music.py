"""The music that somebody may see, as this door's methods look at it."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from medley.core.identity import Asker
from medley.core.library import ItemQuery, ItemSheet, Source
from medley.kernel.errors import NotFound
from medley.kernel.pages import Page
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._ids import Ref, Sort, source_of
from medley.protocols.subsonic._offsets import PLACES
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.media import AlbumID3, Child

KIND = "music"
ARTISTS = ItemQuery(kind=KIND, level="artist")
ALBUMS = ItemQuery(kind=KIND, level="album")
SONGS = ItemQuery(kind=KIND, level="track")

Reader = Callable[[Asker, ItemQuery, int, int], Page[str]]


def sources(house: Parts, who: Asker) -> list[Source]:
    """The sources with music in them."""
    every = house.library.sources.all(who)
    return [each for each in every if each.kind == KIND or any(name.startswith(f"{KIND}/") for name in each.counts)]


def narrowed(house: Parts, who: Asker, ask: Ask, query: ItemQuery) -> ItemQuery:
    """`query` in the music folder that was asked for, if one was."""
    number = ask.text("musicFolderId", "").strip()
    if not number:
        return query
    return replace(query, source=source_of(number.removeprefix("mf-"), sources(house, who)).id)


def ids_from(who: Asker, ask: Ask, read: Reader, query: ItemQuery, size: int, offset: int) -> list[str]:
    """`size` ids of a list from `offset` on."""
    if not size:
        return []
    key = (who.user_id, ask.client, read.__name__, query, size)
    return PLACES.page(key, offset, lambda cursor, skip: read(who, replace(query, cursor=cursor), size, skip))


def songs(house: Parts, who: Asker, item_ids: Sequence[str]) -> list[Child]:
    """Those of the items that are played, as songs."""
    return [translate.song(sheet) for sheet in house.library.items.sheets(who, item_ids) if is_song(sheet)]


def albums(house: Parts, who: Asker, item_ids: Sequence[str]) -> list[AlbumID3]:
    """The items as albums."""
    return [translate.album(sheet) for sheet in house.library.items.sheets(who, item_ids)]


def album_folders(house: Parts, who: Asker, item_ids: Sequence[str]) -> list[Child]:
    """The items as folders."""
    return [translate.album_folder(sheet) for sheet in house.library.items.sheets(who, item_ids)]


def is_song(sheet: ItemSheet) -> bool:
    """Whether an item is played itself."""
    return not sheet.child_count and sheet.level not in (ARTISTS.level, ALBUMS.level)


def one(house: Parts, who: Asker, ref: Ref) -> ItemSheet:
    """The item that an id of theirs stands for; `NotFound` where it is of something else."""
    for sheet in house.library.items.sheets(who, [ref.of("ar", "al", "so")]):
        if not ref.sort or ref.sort == sort_of(sheet):
            return sheet
    raise NotFound("There is nothing with this id.", hint="It may have been removed; synchronise again.")


def sort_of(sheet: ItemSheet) -> Sort:
    """What stands in front of an item's id."""
    return "ar" if sheet.level == ARTISTS.level else "al" if sheet.level == ALBUMS.level else "so"


def children(house: Parts, who: Asker, item_id: str) -> list[ItemSheet]:
    """What stands below an item, in its own order."""
    query = ItemQuery(parent=item_id, sort="number")
    return house.library.items.sheets(who, house.library.listing.page(who, query, 5_000).items)
