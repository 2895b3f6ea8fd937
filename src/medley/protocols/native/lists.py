"""Playlists and collections: the same verbs on two sorts of list."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Query
from starlette.responses import Response

from medley.core.library import ItemList, ListEntry, PlaylistImport
from medley.kernel.pages import Page
from medley.protocols.native._parts import House, Parts, Who
from medley.protocols.native._wire.asks import AddToList, ChangeList, ItemId, MoveEntry, NewList, PageOf, PlaylistFile

M3U = "audio/x-mpegurl"


class ListHandlers:
    """The handlers of one sort of list."""

    def __init__(self, noun: Literal["playlist", "collection"]) -> None:
        self.noun = noun

    def _of(self, house: Parts):
        return house.library.playlists if self.noun == "playlist" else house.library.collections

    def list_all(self, house: House, who: Who, page: Annotated[PageOf, Query()]) -> Page[ItemList]:
        """The lists that one may see, by name."""
        return self._of(house).all(who, page.cursor, page.limit)

    def create(self, house: House, who: Who, ask: NewList) -> ItemList:
        """Make a list."""
        return self._of(house).create(who, ask.name, ask.item_ids, shared=ask.shared, rules=ask.rules)

    def get(self, house: House, who: Who, list_id: ItemId) -> ItemList:
        """One list."""
        return self._of(house).get(who, list_id)

    def change(self, house: House, who: Who, list_id: ItemId, ask: ChangeList) -> ItemList:
        """Rename or share a list."""
        return self._of(house).change(who, list_id, name=ask.name, shared=ask.shared, rules=ask.rules)

    def remove(self, house: House, who: Who, list_id: ItemId) -> None:
        """Delete a list; its items stay."""
        self._of(house).remove(who, list_id)

    def entries(self, house: House, who: Who, list_id: ItemId, page: Annotated[PageOf, Query()]) -> Page[ListEntry]:
        """A page of what is in a list, in its order."""
        return self._of(house).entries(who, list_id, page.cursor, page.limit)

    def add(self, house: House, who: Who, list_id: ItemId, ask: AddToList) -> ItemList:
        """Put items into a list, before an entry or at the end."""
        return self._of(house).add(who, list_id, ask.item_ids, ask.before)

    def take_out(self, house: House, who: Who, list_id: ItemId, entry_id: ItemId) -> None:
        """Take an entry out of a list."""
        self._of(house).take_out(who, list_id, entry_id)

    def move(self, house: House, who: Who, list_id: ItemId, entry_id: ItemId, ask: MoveEntry) -> None:
        """Move an entry before another, or to the end."""
        self._of(house).move(who, list_id, entry_id, ask.before)


def get_rules(house: House, who: Who, list_id: ItemId) -> dict[str, Any]:
    """The rules of a smart playlist, in the grammar of Navidrome's `.nsp` files."""
    return house.library.smart_lists.rules(who, list_id)


def import_playlist(house: House, who: Who, ask: PlaylistFile) -> PlaylistImport:
    """Make a playlist of an M3U file, or put its entries in place of those of `into`.

    `folder` is where the file lies on the server, for its relative paths.
    """
    data = ask.text.encode("utf-8", "replace")
    files = house.library.playlist_files
    return files.read(who, data, name=ask.name, folder=ask.folder, into=ask.into or "")


def export_playlist(house: House, who: Who, list_id: ItemId) -> Response:
    """A playlist as M3U8; paths are relative to the folders of their sources."""
    name, text = house.library.playlist_files.write(who, list_id)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}.m3u8"}
    return Response(text.encode("utf-8", "replace"), media_type=M3U, headers=headers)


playlists = ListHandlers("playlist")
collections = ListHandlers("collection")
