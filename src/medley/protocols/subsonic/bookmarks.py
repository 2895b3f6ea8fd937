"""Bookmarks in songs and episodes."""

from msgspec import UNSET

from medley.core.identity import Asker
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.players import Bookmark, Bookmarks


def get_bookmarks(house: Parts, who: Asker, _ask: Ask) -> Bookmarks:
    """One's bookmarks, the last changed first."""
    kept = house.players.bookmarks.all(who)
    sheets = {each.id: each for each in house.library.items.sheets(who, [each.item_id for each in kept])}
    songs = {own: translate.song(sheet) for own, sheet in sheets.items() if music.is_song(sheet)}
    return Bookmarks(
        bookmark=[
            Bookmark(
                position=each.position_ms,
                username=who.name,
                comment=each.comment or UNSET,
                created=translate.instant(each.created_at_ms),
                changed=translate.instant(each.changed_at_ms),
                entry=songs[each.item_id],
            )
            for each in kept
            if each.item_id in songs
        ]
    )


def create_bookmark(house: Parts, who: Asker, ask: Ask) -> None:
    """Set the bookmark of a song, in place of the one before."""
    item_id = ask.ref("id").of("so", "ep")
    house.players.bookmarks.put(who, item_id, ask.number("position"), ask.text("comment", ""))


def delete_bookmark(house: Parts, who: Asker, ask: Ask) -> None:
    """Take the bookmark of a song away."""
    house.players.bookmarks.remove(who, ask.ref("id").of("so", "ep"))
