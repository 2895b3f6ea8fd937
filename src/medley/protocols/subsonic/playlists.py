"""Playlists. They hold songs here; what else one holds is kept, and not shown."""

from msgspec import UNSET

from medley.core.identity import Asker
from medley.core.library import ItemList
from medley.kernel.errors import Forbidden, InvalidInput
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask, missing
from medley.protocols.subsonic._ids import owns, to_id
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.playlists import Playlist, Playlists

_PAGE = 500


def get_playlists(house: Parts, who: Asker, ask: Ask) -> Playlists:
    """The playlists that one may see; of `username`, those that this person shows."""
    name = ask.text("username", who.name)
    if name != who.name and "system.configure" not in who.permissions:
        raise Forbidden("Only administrators ask for the playlists of others.")
    owners = {user.id: user.name for user in house.identity.users()}
    found = [_shown(each, owners) for each in _every(house, who)]
    return Playlists(
        playlist=[each for each in found if not ask.has("username") or each.owner == name or name == who.name]
    )


def get_playlist(house: Parts, who: Asker, ask: Ask) -> Playlist:
    """A playlist with its songs."""
    return _whole(house, who, ask.ref("id").of("pl"))


def create_playlist(house: Parts, who: Asker, ask: Ask) -> Playlist:
    """Make a playlist of songs, or have `playlistId` hold these songs and no others."""
    songs, name = owns(ask.refs("songId"), "so"), ask.text("name", "")
    if ask.has("playlistId"):
        list_id = ask.ref("playlistId").of("pl")
        house.library.playlists.change(who, list_id, name=name or None, add=songs, whole=True)
    elif name:
        list_id = house.library.playlists.create(who, name, songs).id
    else:
        raise missing("name")
    return _whole(house, who, list_id)


def update_playlist(house: Parts, who: Asker, ask: Ask) -> None:
    """Rename, describe or share a playlist; take songs out by their places and put others at the end."""
    list_id, drop = ask.ref("playlistId").of("pl"), ask.numbers("songIndexToRemove")
    house.library.playlists.change(
        who,
        list_id,
        name=ask.text("name", "") or None,
        comment=ask.text("comment") if ask.has("comment") else None,
        shared=ask.flag("public") if ask.has("public") else None,
        drop=_entries_at(house, who, list_id, drop) if drop else (),
        add=owns(ask.refs("songIdToAdd"), "so"),
    )


def delete_playlist(house: Parts, who: Asker, ask: Ask) -> None:
    """Delete a playlist; its songs stay."""
    house.library.playlists.remove(who, ask.ref("id").of("pl"))


def _every(house: Parts, who: Asker) -> list[ItemList]:
    page = house.library.playlists.all(who, limit=_PAGE)
    found = list(page.items)
    while page.next:
        page = house.library.playlists.all(who, page.next, _PAGE)
        found += page.items
    return found


def _whole(house: Parts, who: Asker, list_id: str) -> Playlist:
    known = house.library.playlists.get(who, list_id)
    owner = who.name if known.mine else house.identity.user(known.owner_id).name
    shown = _shown(known, {known.owner_id: owner})
    places = house.library.playlists.places(who, list_id)
    shown.entry = music.songs(house, who, [each.item_id for each in places])
    shown.song_count = len(shown.entry)
    return shown


def _shown(known: ItemList, owners: dict[str, str]) -> Playlist:
    return Playlist(
        id=to_id("pl", known.id),
        name=known.name,
        comment=known.comment or UNSET,
        owner=owners.get(known.owner_id, ""),
        public=known.shared,
        song_count=known.count,
        duration=translate.seconds(known.duration_ms),
        created=translate.instant(known.created_at_ms),
        changed=translate.instant(known.changed_at_ms),
        cover_art=to_id("pl", known.id),
        readonly=UNSET if known.mine else True,  # some libraries take no field that is younger than they are
    )


def _entries_at(house: Parts, who: Asker, list_id: str, indexes: list[int]) -> list[str]:
    """The entries at places among the songs, as the app sees them."""
    places = house.library.playlists.places(who, list_id)
    sheets = house.library.items.sheets(who, [each.item_id for each in places])
    shown = [place.entry_id for place, sheet in zip(places, sheets, strict=True) if music.is_song(sheet)]
    if max(indexes) >= len(shown):
        raise InvalidInput(f"The playlist has {len(shown)} songs, and none at place {max(indexes)}.")
    return [shown[index] for index in indexes]
