"""The play queue that goes from app to app: by ids, and by places (extension `indexBasedQueue`)."""

from typing import Any

from medley.core.identity import Asker
from medley.protocols.subsonic import _music as music
from medley.protocols.subsonic import _translate as translate
from medley.protocols.subsonic._ask import Ask, missing
from medley.protocols.subsonic._ids import owns
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._wire.media import Child
from medley.protocols.subsonic._wire.players import PlayQueue, PlayQueueByIndex


def get_play_queue(house: Parts, who: Asker, _ask: Ask) -> PlayQueue:
    """One's queue; `current` is the id of the song that is played."""
    told, current = _queue(house, who)
    return PlayQueue(**told) if current is None else PlayQueue(current=told["entry"][current].id, **told)


def get_play_queue_by_index(house: Parts, who: Asker, _ask: Ask) -> PlayQueueByIndex:
    """One's queue; `currentIndex` is the place of the song that is played."""
    told, current = _queue(house, who)
    return PlayQueueByIndex(**told) if current is None else PlayQueueByIndex(current_index=current, **told)


def save_play_queue(house: Parts, who: Asker, ask: Ask) -> None:
    """Replace one's queue; of a song that is in it twice, the first is the current one. Without songs it is cleared."""
    songs = owns(ask.refs("id"), "so", "ep")
    current = ask.ref("current").of("so", "ep") if songs else ""
    _save(house, who, ask, songs, songs.index(current) if current in songs else -1)


def save_play_queue_by_index(house: Parts, who: Asker, ask: Ask) -> None:
    """Replace one's queue; without songs it is cleared."""
    songs = owns(ask.refs("id"), "so", "ep")
    if songs and not ask.has("currentIndex"):
        raise missing("currentIndex")
    _save(house, who, ask, songs, ask.number("currentIndex") if songs else 0)


def _save(house: Parts, who: Asker, ask: Ask, songs: list[str], current: int) -> None:
    position = ask.number("position", 0)
    house.players.queues.save(who, songs, current=current, position_ms=position, changed_by=ask.client)


def _queue(house: Parts, who: Asker) -> tuple[dict[str, Any], int | None]:
    """What both shapes say, and the place of the current song among those that apps play."""
    queue = house.players.queues.get(who)
    sheets = house.library.items.sheets(who, queue.item_ids)
    songs: list[Child] = []
    current = None
    for place, sheet in enumerate(sheets):
        if music.is_song(sheet):
            current = len(songs) if current is None and place >= (queue.current or 0) else current
            songs.append(translate.song(sheet))
    if songs and current is None:
        current = len(songs) - 1
    changed = translate.instant(queue.changed_at_ms)
    told = {"username": who.name, "changed": changed, "changed_by": queue.changed_by, "entry": songs}
    return {**told, "position": queue.position_ms}, current
