"""Songs that go with something, and the best of an artist: from this library's own tags and plays."""

from medley.core.identity import Asker
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.lists import Songs

_USUAL, _MOST = 50, 500


def get_similar_songs(house: Parts, who: Asker, ask: Ask) -> Songs:
    """Songs that go with a song, an album or an artist: by genre, people, years, and what is heard together."""
    item_id, count = ask.ref("id").of("so", "al", "ar"), ask.number("count", _USUAL, most=_MOST)
    return Songs(song=music.songs(house, who, house.library.mixes.similar(who, item_id, count)))


def get_top_songs(house: Parts, who: Asker, ask: Ask) -> Songs:
    """An artist's songs, those first that are played most here; by name, or by id (`topSongsByArtistId`)."""
    count = ask.number("count", _USUAL, most=_MOST)
    named = {"artist_id": ask.ref("id").of("ar")} if ask.has("id") else {"name": ask.text("artist")}
    return Songs(song=music.songs(house, who, house.library.mixes.top(who, music.KIND, count, **named)))
