"""Items: everything about one, their covers and files."""

from typing import Any

import msgspec
from starlette.responses import Response

from medley.core.identity import PERMISSIONS, Asker
from medley.core.library import Work
from medley.kernel.errors import NotFound
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._files import ebooks, sounds
from medley.protocols.audiobookshelf._ids import KINDS
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire.media import LibraryItemExpanded
from medley.protocols.plumbing import FileRange
from medley.protocols.plumbing.media import media_type_of, open_file

_COVER_WIDTH = 400
_A_DAY = "private, max-age=86400"
# Covers are loaded by whoever knows the id of an item, as apps send no token with them: an id has 80 random bits.
_WHOEVER_KNOWS = Asker(user_id="", name="", role="guest", permissions=frozenset(PERMISSIONS[:1]))


class Ids(msgspec.Struct, rename="camel"):
    """Several items."""

    library_item_ids: list[str] = []


def get_item(house: Parts, who: Asker, ask: Ask) -> LibraryItemExpanded:
    """One item, with everything; with `include=progress` where one is in it (or in its episode `episode`)."""
    work = known(house, who, ask.id("item_id"))
    episodes = house.library.works.below(who, [work.id])[work.id] if work.child_count else []
    shown = None
    if "progress" in ask.words("include"):
        wanted = ask.text("episode")
        shown = next((each for each in episodes if each.id == wanted), None) if wanted else work
    return items.expanded(work, episodes, user_id=who.user_id, progress=shown)


def get_many(house: Parts, who: Asker, ask: Ask) -> dict[str, Any]:
    """Several items, with everything; those that are not there are left out."""
    wanted = ask.json(Ids).library_item_ids[:500]
    found = [each for each in house.library.works.get(who, wanted, "whole") if each.kind in KINDS]
    return {"libraryItems": all_expanded(house, who, found)}


def all_expanded(house: Parts, who: Asker, works: list[Work]) -> list[LibraryItemExpanded]:
    """Items with everything: a fixed number of look-ups for all."""
    below = house.library.works.below(who, [each.id for each in works if each.child_count])
    return [items.expanded(each, below.get(each.id, [])) for each in works]


def remove(house: Parts, who: Asker, ask: Ask) -> None:
    """Move an item to the trash. Its files stay on the disk."""
    house.library.trash.put(who, known(house, who, ask.id("item_id")).id)


def get_cover(house: Parts, _who: None, ask: Ask) -> Response:
    """An item's cover as WebP, in the nearest width up of those that are kept."""
    work = known(house, _WHOEVER_KNOWS, ask.id("item_id"))
    if work.artwork_id is None:
        raise NotFound("This item has no cover.")
    width = ask.number("width") or ask.number("height") or (1280 if ask.flag("raw") else _COVER_WIDTH)
    path = house.library.artworks.path(_WHOEVER_KNOWS, work.artwork_id, max(1, min(width, 10_000)))
    return FileRange(open(path, "rb"), "image/webp", cache_control=_A_DAY)


def get_file(house: Parts, who: Asker, ask: Ask) -> Response:
    """A file of an item as it is, whole or in ranges."""
    return _sent(house, who, _file_of(house, who, ask, ask.id("file_id")))


def download_file(house: Parts, who: Asker, ask: Ask) -> Response:
    """A file of an item to save."""
    return _sent(house, who, _file_of(house, who, ask, ask.id("file_id")), save=True)


def get_ebook(house: Parts, who: Asker, ask: Ask) -> Response:
    """The file of an item that is read."""
    for each in ebooks(known(house, who, ask.id("item_id"))):
        if ask.request.path_params.get("file_id", each.id) == each.id:
            return _sent(house, who, each.id)
    raise NotFound("This item has no e-book.")


def download_item(house: Parts, who: Asker, ask: Ask) -> Response:
    """An item to save, where it is one file."""
    work = known(house, who, ask.id("item_id"))
    every = [*sounds(work), *ebooks(work)]
    if len(every) != 1:
        raise NotFound("This item is not one file.", hint="Download its files one by one.")
    return _sent(house, who, every[0].id, save=True)


def known(house: Parts, who: Asker, item_id: str) -> Work:
    """An item that this protocol knows the like of."""
    work = house.library.works.one(who, item_id)
    if work.kind not in KINDS or work.parent_id is not None:
        raise NotFound("There is no such item.", hint="It may have been removed from the library.")
    return work


def _file_of(house: Parts, who: Asker, ask: Ask, file_id: str) -> str:
    """The id of a file, if it is one of the item or of its episodes."""
    handle = house.library.items.file(who, file_id)
    item_id = ask.id("item_id")
    if handle.item_id != item_id:
        (work,) = house.library.works.get(who, [handle.item_id]) or (None,)
        if work is None or item_id not in (work.id, work.parent_id):
            raise NotFound("This file is none of the item's.", hint="Load the item again.")
    return file_id


def _sent(house: Parts, who: Asker, file_id: str, *, save: bool = False) -> Response:
    handle = house.library.items.file(who, file_id)
    name = handle.name if save else None
    return FileRange(open_file(handle), media_type_of(handle.name), attachment=name, repeatable=True)
