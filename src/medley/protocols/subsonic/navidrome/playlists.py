"""Playlists, and what is in them by its place."""

from collections.abc import Iterator

import msgspec

from medley.core.identity import Asker
from medley.core.library import ItemList, ItemQuery
from medley.kernel.errors import InvalidInput, NotFound
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as subsonic
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._ids import ref_of, to_id
from medley.protocols.subsonic.navidrome import _translate as translate
from medley.protocols.subsonic.navidrome import _wire as wire
from medley.protocols.subsonic.navidrome._lists import everything
from medley.protocols.subsonic.navidrome._parts import Parts
from medley.protocols.subsonic.navidrome._route import Part, body_of
from medley.protocols.subsonic.navidrome._window import MOST, window

_AT_ONCE = 500
_LONGEST = 1_000_000
_SORTS = {
    "name": lambda each: each.name.casefold(),
    "songcount": lambda each: each.count,
    "duration": lambda each: each.duration_ms,
    "public": lambda each: each.shared,
    "ownername": lambda each: each.owner_id,
    "updatedat": lambda each: each.changed_at_ms,
    "createdat": lambda each: each.created_at_ms,
}


class _Wanted(msgspec.Struct):
    name: str | None = None
    comment: str | None = None
    public: bool | None = None
    rules: dict | None = None


class _Added(msgspec.Struct, rename="camel"):
    ids: list[str] = []
    album_ids: list[str] = []
    artist_ids: list[str] = []


class _Moved(msgspec.Struct):
    insert_before: str | int


def list_playlists(house: Parts, who: Asker, ask: Ask) -> Part:
    """One's own playlists and those that are shown to everybody; none is made of rules."""
    wanted, text = window(ask), ask.text("q", "").strip().casefold()
    found = [] if ask.flag("smart") else everything(_pages(house, who))
    if ask.text("owner_id", ""):
        owner = ref_of(ask.text("owner_id")).of("us")
        found = [each for each in found if each.owner_id == owner]
    found = [each for each in found if text in each.name.casefold()]
    if wanted.sort in _SORTS:
        found.sort(key=_SORTS[wanted.sort])
    found = found[::-1] if wanted.descending else found
    names = _names(house)
    return Part([_playlist(each, names) for each in wanted.of(found)], len(found))


def get(house: Parts, who: Asker, ask: Ask) -> wire.Playlist:
    """One playlist."""
    return _playlist(house.library.playlists.get(who, _id(ask)), _names(house))


def create(house: Parts, who: Asker, ask: Ask) -> dict[str, str]:
    """A new, empty playlist."""
    wanted: _Wanted = _readable(ask)
    made = house.library.playlists.create(
        who, wanted.name or "", shared=bool(wanted.public), comment=wanted.comment or ""
    )
    return {"id": to_id("pl", made.id)}


def change(house: Parts, who: Asker, ask: Ask) -> wire.Playlist:
    """Another name or comment, or shown to everybody or not."""
    wanted: _Wanted = _readable(ask)
    changed = house.library.playlists.change(
        who, _id(ask), name=wanted.name, comment=wanted.comment, shared=wanted.public
    )
    return _playlist(changed, _names(house))


def remove(house: Parts, who: Asker, ask: Ask) -> dict[str, str]:
    """Delete a playlist."""
    house.library.playlists.remove(who, _id(ask))
    return {"id": ask.request.path_params["id"]}


def list_tracks(house: Parts, who: Asker, ask: Ask) -> Part:
    """What is in it, in its order, or backwards."""
    wanted, list_id = window(ask), _id(ask)
    places = list(enumerate(house.library.playlists.places(who, list_id), 1))
    chosen = wanted.of(places[::-1] if wanted.descending else places)
    sheets = {each.id: each for each in house.library.items.sheets(who, [place.item_id for _, place in chosen])}
    own = to_id("pl", list_id)
    tracks = [
        translate.playlist_track(sheets[place.item_id], number, own)
        for number, place in chosen
        if place.item_id in sheets and music.is_song(sheets[place.item_id])
    ]
    return Part(tracks, len(places))


def add(house: Parts, who: Asker, ask: Ask) -> dict[str, int]:
    """Put songs at its end, or all songs of albums and artists."""
    sent: _Added = body_of(ask, _Added)
    ids = [ref_of(each).of("so", "ep") for each in sent.ids]
    ids += house.library.listing.children(who, [ref_of(each).of("al") for each in sent.album_ids])
    for artist in sent.artist_ids:
        query = ItemQuery(kind="music", level="track", parent=ref_of(artist).of("ar"))
        ids += house.library.listing.by_parent(who, query, MOST).items
    house.library.playlists.add(who, _id(ask), ids)
    return {"added": len(ids)}


def take_out(house: Parts, who: Asker, ask: Ask) -> dict[str, object]:
    """Remove the entries at some places."""
    places = ask.texts("id")
    _take_out(house, who, _id(ask), [_place(each) for each in places])
    return {"id": places[0]} if len(places) == 1 else {"ids": places}


def take_out_one(house: Parts, who: Asker, ask: Ask) -> dict[str, object]:
    """Remove the entry at one place."""
    place = ask.request.path_params["place"]
    _take_out(house, who, _id(ask), [_place(place)])
    return {"id": place}


def move(house: Parts, who: Asker, ask: Ask) -> dict[str, str]:
    """Put an entry at another place."""
    place = _place(ask.request.path_params["place"])
    target = _place(str(body_of(ask, _Moved).insert_before))
    list_id = _id(ask)
    entries = house.library.playlists.places(who, list_id)
    if place > len(entries):
        raise NotFound("data not found", hint="Load the playlist again.")
    # Where it is to stand once it is there: further down, that is before what follows.
    before = target if target > place else target - 1
    next_one = entries[before].entry_id if before < len(entries) else None
    house.library.playlists.move(who, list_id, entries[place - 1].entry_id, next_one)
    return {"id": str(place)}


def _take_out(house: Parts, who: Asker, list_id: str, places: list[int]) -> None:
    if not places:
        raise InvalidInput("Say which entries, by their places.")
    entries = house.library.playlists.places(who, list_id)
    if max(places) > len(entries):
        raise NotFound("data not found", hint="Load the playlist again.")
    house.library.playlists.change(who, list_id, drop={entries[place - 1].entry_id for place in places})


def _pages(house: Parts, who: Asker) -> Iterator[list[ItemList]]:
    cursor = ""
    while True:
        page = house.library.playlists.all(who, cursor, _AT_ONCE)
        yield page.items
        if not (cursor := page.next or ""):
            return


def _readable(ask: Ask) -> _Wanted:
    wanted: _Wanted = body_of(ask, _Wanted)
    if wanted.rules:
        raise InvalidInput("Playlists made of rules are not made here.", hint="Send a playlist without `rules`.")
    return wanted


def _id(ask: Ask) -> str:
    return ref_of(ask.request.path_params["id"]).of("pl")


def _place(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:8]) <= _LONGEST + 1:
        raise InvalidInput("An entry is named by its place, which counts from 1.")
    return int(text[:8])


def _names(house: Parts) -> dict[str, str]:
    return {each.id: each.name for each in house.identity.users()}


def _playlist(each: ItemList, names: dict[str, str]) -> wire.Playlist:
    return wire.Playlist(
        id=to_id("pl", each.id),
        name=each.name,
        comment=each.comment,
        duration=each.duration_ms / 1000,
        song_count=each.count,
        owner_name=names.get(each.owner_id, ""),
        owner_id=to_id("us", each.owner_id),
        public=each.shared,
        path="",
        sync=False,
        rules=None,
        created_at=subsonic.instant(each.created_at_ms),
        updated_at=subsonic.instant(each.changed_at_ms),
    )
