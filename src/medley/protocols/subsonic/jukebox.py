"""Jukebox: playing on the server's own sound card (https://opensubsonic.netlify.app/docs/endpoints/jukeboxcontrol/)."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
from starlette.concurrency import run_in_threadpool

from medley.core.identity import Asker
from medley.core.playback import Jukebox, JukeboxTrack, SpeakerState, SpeakerTrack
from medley.kernel.errors import InvalidInput
from medley.kernel.files import Root
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._encode import Element
from medley.protocols.subsonic._ids import Ref
from medley.protocols.subsonic._music import songs
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._playable import playable
from medley.protocols.subsonic._wire.jukebox import JukeboxPlaylist, JukeboxStatus


async def jukebox_control(house: Parts, who: Asker, ask: Ask) -> Element:
    """One of its actions; `get` answers with the queue, all others with the state."""
    action, jukebox = ask.text("action"), house.playback.jukebox
    if action == "get":
        return Element("jukeboxPlaylist", await _queue(house, who, jukebox))
    if action in ("add", "set"):
        tracks = [await run_in_threadpool(_track, house, who, ref) for ref in ask.refs("id")]
        state = await (jukebox.add(tracks) if action == "add" else jukebox.set(tracks))
    elif action in _ACTIONS:
        state = await _ACTIONS[action](jukebox, ask)
    else:
        raise InvalidInput(f"The jukebox knows no action {action[:20]!r}.")
    return Element("jukeboxStatus", _told(state))


_ACTIONS: dict[str, Callable[[Jukebox, Ask], Awaitable[SpeakerState]]] = {
    "status": lambda jukebox, _: jukebox.status(),
    "start": lambda jukebox, _: jukebox.start(),
    "stop": lambda jukebox, _: jukebox.stop(),
    "skip": lambda jukebox, ask: jukebox.skip(ask.number("index"), ask.number("offset", 0)),
    "clear": lambda jukebox, _: jukebox.clear(),
    "remove": lambda jukebox, ask: jukebox.remove(ask.number("index")),
    "shuffle": lambda jukebox, _: jukebox.shuffle(),
    "setGain": lambda jukebox, ask: jukebox.set_gain(ask.decimal("gain", most=1.0)),
}


def _track(house: Parts, who: Asker, ref: Ref) -> JukeboxTrack:
    found = playable(house, who, ref)
    path = Path(Root(found.handle.root).real_path(found.handle.path))
    return JukeboxTrack(ref.id, SpeakerTrack(path, found.start_ms, found.end_ms))


async def _queue(house: Parts, who: Asker, jukebox: Jukebox) -> JukeboxPlaylist:
    """One entry for each track, as apps count by them; a song that comes twice is asked for once."""
    state, ids = await jukebox.queue()
    found = await run_in_threadpool(songs, house, who, list(dict.fromkeys(ids)))
    by_id = {song.id.rpartition("-")[2]: song for song in found}
    entries = [by_id[item_id] for item_id in ids if item_id in by_id]
    return JukeboxPlaylist(**msgspec.structs.asdict(_told(state)), entry=entries)


def _told(state: SpeakerState) -> JukeboxStatus:
    gain = round(state.gain, 3)
    return JukeboxStatus(
        current_index=state.index, playing=state.playing, gain=gain, volume=gain, position=int(state.position_s)
    )
