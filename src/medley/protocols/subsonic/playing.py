"""What is played now."""

import zlib

from medley.core.identity import Asker
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.players import NowPlaying, NowPlayingEntry

_MINUTE_MS = 60_000


def get_now_playing(house: Parts, who: Asker, _ask: Ask) -> NowPlaying:
    """What is played now: one's own, and everybody's for an administrator; with the extension `playbackReport`."""
    found = house.players.playing.all(who)
    names = {user.id: user.name for user in house.identity.users()} if found else {}
    sheets = {each.id: each for each in house.library.items.sheets(who, [each.item_id for each in found])}
    now, entries = house.clock.now_ms(), []
    for each in found:
        sheet = sheets.get(each.item_id)
        if sheet is None or not music.is_song(sheet):
            continue
        song = translate.song(sheet)
        fields = {name: getattr(song, name) for name in song.__struct_fields__}
        entry = NowPlayingEntry(
            **fields,
            username=names.get(each.user_id, ""),
            minutes_ago=(now - each.told_at_ms) // _MINUTE_MS,
            player_id=zlib.crc32(f"{each.user_id}\0{each.device}".encode()),
            player_name=each.device,
            state=each.state,
            position_ms=each.position_ms,
            playback_rate=each.rate,
        )
        entries.append(entry)
    return NowPlaying(entry=entries)
