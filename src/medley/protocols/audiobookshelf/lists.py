"""Collections, which are the house's, and playlists, which are their owner's."""

from collections.abc import Sequence
from typing import Any

import msgspec

from medley.core.identity import Asker
from medley.core.library import Work, WorkList
from medley.kernel.errors import InvalidInput, NotFound
from medley.kernel.ids import is_id
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf._ask import Ask
from medley.protocols.audiobookshelf._ids import KINDS, library_id, shelf_of, shelves
from medley.protocols.audiobookshelf._pages import paged
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire import media as wire
from medley.protocols.audiobookshelf._wire.base import Page

_MOST = 5000


class Entry(msgspec.Struct, rename="camel"):
    """What goes into a playlist."""

    library_item_id: str = ""
    episode_id: str | None = None

    @property
    def item_id(self) -> str:
        """The item that is played; an id that nobody made is `NotFound`."""
        found = self.episode_id or self.library_item_id
        if not is_id(found):
            raise NotFound("There is no such item.")
        return found


class Written(msgspec.Struct, rename="camel"):
    """A list as an app writes it; what is left out stays."""

    name: str | None = None
    items: list[Entry] | None = None
    books: list[str] | None = None
    library_id: str | None = None


class BookRef(msgspec.Struct):
    """One book of a collection."""

    id: str = ""


# -- collections


def list_collections(house: Parts, who: Asker, _ask: Ask) -> dict[str, Any]:
    """Every collection with books in it."""
    return {"collections": _collections(house, who)}


def list_library_collections(house: Parts, who: Asker, ask: Ask) -> Page:
    """A page of those whose books are of a library."""
    shelf = shelf_of(house, who, ask.part("library_id"))
    return paged(ask, [each for each in _collections(house, who) if each.library_id == shelf.id])


def get_collection(house: Parts, who: Asker, ask: Ask) -> wire.ListView:
    """One collection."""
    return _collection(house, who, ask.id("list_id"))


def add_collection(house: Parts, who: Asker, ask: Ask) -> wire.ListView:
    """A new collection."""
    told = ask.json(Written)
    made = house.library.collections.create(who, told.name or "", _known(house, who, told.books or []))
    return _collection(house, who, made.id)


def change_collection(house: Parts, who: Asker, ask: Ask) -> wire.ListView:
    """Another name, other books or another order."""
    list_id, told = ask.id("list_id"), ask.json(Written)
    if told.name is not None:
        house.library.collections.change(who, list_id, name=told.name)
    if told.books is not None:
        _replace(house, who, "collection", list_id, _known(house, who, told.books))
    return _collection(house, who, list_id)


def remove_collection(house: Parts, who: Asker, ask: Ask) -> None:
    """Delete a collection; its books stay."""
    house.library.collections.remove(who, ask.id("list_id"))


def add_book(house: Parts, who: Asker, ask: Ask) -> wire.ListView:
    """Put a book into a collection."""
    house.library.collections.add(who, ask.id("list_id"), _known(house, who, [ask.json(BookRef).id]))
    return _collection(house, who, ask.id("list_id"))


def take_book(house: Parts, who: Asker, ask: Ask) -> wire.ListView:
    """Take a book out of a collection."""
    _take_out(house, who, "collection", ask.id("list_id"), [ask.id("item_id")])
    return _collection(house, who, ask.id("list_id"))


def add_books(house: Parts, who: Asker, ask: Ask) -> wire.ListView:
    """Put books into a collection."""
    house.library.collections.add(who, ask.id("list_id"), _known(house, who, ask.json(Written).books or []))
    return _collection(house, who, ask.id("list_id"))


def take_books(house: Parts, who: Asker, ask: Ask) -> wire.ListView:
    """Take books out of a collection."""
    _take_out(house, who, "collection", ask.id("list_id"), ask.json(Written).books or [])
    return _collection(house, who, ask.id("list_id"))


# -- playlists


def list_playlists(house: Parts, who: Asker, _ask: Ask) -> dict[str, Any]:
    """One's playlists of books and episodes."""
    return {"playlists": _playlists(house, who)}


def list_library_playlists(house: Parts, who: Asker, ask: Ask) -> Page:
    """A page of those whose first entry is of a library."""
    shelf = shelf_of(house, who, ask.part("library_id"))
    return paged(ask, [each for each in _playlists(house, who) if each.library_id == shelf.id])


def get_playlist(house: Parts, who: Asker, ask: Ask) -> wire.PlaylistView:
    """One playlist."""
    return _playlist(house, who, ask.id("list_id"))


def add_playlist(house: Parts, who: Asker, ask: Ask) -> wire.PlaylistView:
    """A new playlist."""
    told = ask.json(Written)
    wanted = _known(house, who, [each.item_id for each in told.items or []])
    made = house.library.playlists.create(who, told.name or "", wanted)
    return _playlist(house, who, made.id)


def change_playlist(house: Parts, who: Asker, ask: Ask) -> wire.PlaylistView:
    """Another name, other entries or another order."""
    list_id, told = ask.id("list_id"), ask.json(Written)
    if told.name is not None:
        house.library.playlists.change(who, list_id, name=told.name)
    if told.items:  # apps send an empty list with a name alone
        _replace(house, who, "playlist", list_id, _known(house, who, [each.item_id for each in told.items]))
    return _playlist(house, who, list_id)


def remove_playlist(house: Parts, who: Asker, ask: Ask) -> None:
    """Delete a playlist."""
    house.library.playlists.remove(who, ask.id("list_id"))


def add_entry(house: Parts, who: Asker, ask: Ask) -> wire.PlaylistView:
    """Put a book or an episode into a playlist."""
    house.library.playlists.add(who, ask.id("list_id"), _known(house, who, [ask.json(Entry).item_id]))
    return _playlist(house, who, ask.id("list_id"))


def take_entry(house: Parts, who: Asker, ask: Ask) -> wire.PlaylistView:
    """Take a book or an episode out of a playlist."""
    name = "episode_id" if "episode_id" in ask.request.path_params else "item_id"
    _take_out(house, who, "playlist", ask.id("list_id"), [ask.id(name)])
    return _playlist(house, who, ask.id("list_id"))


def add_entries(house: Parts, who: Asker, ask: Ask) -> wire.PlaylistView:
    """Put several into a playlist."""
    wanted = [each.item_id for each in ask.json(Written).items or []]
    house.library.playlists.add(who, ask.id("list_id"), _known(house, who, wanted))
    return _playlist(house, who, ask.id("list_id"))


def take_entries(house: Parts, who: Asker, ask: Ask) -> wire.PlaylistView:
    """Take several out of a playlist."""
    _take_out(house, who, "playlist", ask.id("list_id"), [each.item_id for each in ask.json(Written).items or []])
    return _playlist(house, who, ask.id("list_id"))


def copy_collection(house: Parts, who: Asker, ask: Ask) -> wire.PlaylistView:
    """A playlist of one's own with the books of a collection."""
    source = _one(house, who, "collection", ask.id("list_id"))
    made = house.library.playlists.create(who, source.name, [item_id for _, item_id in source.members])
    return _playlist(house, who, made.id)


# -- both


def _one(house: Parts, who: Asker, type_: Any, list_id: str) -> WorkList:
    found = house.library.works.lists(who, type_, list_id)
    if not found:
        raise NotFound(f"There is no such {type_}.", hint="It may have been deleted.")
    return found[0]


def _known(house: Parts, who: Asker, item_ids: list[str]) -> list[str]:
    """The ids, if all are of items that this protocol knows the like of."""
    if len(item_ids) > _MOST:
        raise InvalidInput(f"A list takes at most {_MOST} entries at once.")
    found = {each.id for each in house.library.works.get(who, item_ids) if each.kind in KINDS}
    if any(each not in found for each in item_ids):
        raise NotFound("One of these items does not exist.", hint="Refresh the app.")
    return item_ids


def _replace(house: Parts, who: Asker, type_: Any, list_id: str, item_ids: list[str]) -> None:
    """Put a list into the order of `item_ids`, with what is new added and what is left out removed."""
    lists = house.library.playlists if type_ == "playlist" else house.library.collections
    before = _one(house, who, type_, list_id).members
    ours = {work.id for work in house.library.works.get(who, [item_id for _, item_id in before]) if work.kind in KINDS}
    for entry_id, item_id in before:
        if item_id in ours:
            lists.take_out(who, list_id, entry_id)
    if item_ids:
        lists.add(who, list_id, item_ids)


def _take_out(house: Parts, who: Asker, type_: Any, list_id: str, item_ids: Sequence[str]) -> None:
    lists = house.library.playlists if type_ == "playlist" else house.library.collections
    gone = [entry_id for entry_id, item_id in _one(house, who, type_, list_id).members if item_id in item_ids]
    if not gone and item_ids:
        raise NotFound("There is no such entry in the list.", hint="Load the list again.")
    for entry_id in gone:
        lists.take_out(who, list_id, entry_id)


def _collections(house: Parts, who: Asker) -> list[wire.ListView]:
    lists = house.library.works.lists(who, "collection")
    works = _held(house, who, lists)
    return [made for each in lists if (made := _collection_view(house, who, each, works)).books]


def _collection(house: Parts, who: Asker, list_id: str) -> wire.ListView:
    found = _one(house, who, "collection", list_id)
    return _collection_view(house, who, found, _held(house, who, [found]))


def _collection_view(house: Parts, who: Asker, found: WorkList, works: dict[str, Work]) -> wire.ListView:
    books = [works[item_id] for _, item_id in found.members if item_id in works and works[item_id].kind != "podcast"]
    return wire.ListView(
        id=found.id,
        library_id=_library_of(house, who, books),
        user_id=found.owner_id,
        name=found.name,
        last_update=found.changed_at_ms,
        created_at=found.created_at_ms,
        books=[items.expanded(each) for each in books],
    )


def _held(house: Parts, who: Asker, lists: Sequence[WorkList]) -> dict[str, Work]:
    """What is in lists, by id, with the podcasts that episodes are of."""
    inside = list(dict.fromkeys(item_id for each in lists for _, item_id in each.members))
    found = [each for each in house.library.works.get(who, inside, "whole") if each.kind in KINDS]
    above = house.library.works.get(who, list({each.parent_id for each in found if each.parent_id}))
    return {each.id: each for each in (*above, *found)}


def _playlists(house: Parts, who: Asker) -> list[wire.PlaylistView]:
    lists = [each for each in house.library.works.lists(who, "playlist") if each.owner_id == who.user_id]
    works = _held(house, who, lists)
    return [made for each in lists if (made := _playlist_view(house, who, each, works)).items or not each.members]


def _playlist(house: Parts, who: Asker, list_id: str) -> wire.PlaylistView:
    found = _one(house, who, "playlist", list_id)
    return _playlist_view(house, who, found, _held(house, who, [found]))


def _playlist_view(house: Parts, who: Asker, found: WorkList, works: dict[str, Work]) -> wire.PlaylistView:
    inside = [works[item_id] for _, item_id in found.members if item_id in works]
    made = [_entry_view(each, works) for each in inside]
    return wire.PlaylistView(
        id=found.id,
        library_id=_library_of(house, who, inside),
        user_id=found.owner_id,
        name=found.name,
        last_update=found.changed_at_ms,
        created_at=found.created_at_ms,
        items=[each for each in made if each is not None],
    )


def _entry_view(work: Work, works: dict[str, Work]) -> wire.PlaylistItem | None:
    if work.parent_id is None:
        return wire.PlaylistItem(library_item_id=work.id, library_item=items.expanded(work))
    above, episode = works.get(work.parent_id), items.episode(work)
    if above is None or episode is None:
        return None
    return wire.PlaylistItem(
        library_item_id=above.id, episode_id=work.id, library_item=items.minified(above), episode=episode
    )


def _library_of(house: Parts, who: Asker, works: Sequence[Work]) -> str:
    """The library of the first entry; of an empty list, the first that there is."""
    if works:
        return library_id(works[0].kind, works[0].source_id)
    return next((each.id for each in shelves(house, who)), "")
