"""Playing: a session from opening an item to closing it, and those that apps kept while they were offline."""

from datetime import date
from typing import Any

import msgspec
from starlette.responses import JSONResponse, Response

from medley.core.identity import Asker
from medley.core.library import ListeningSession, Work
from medley.kernel.errors import InvalidInput, MedleyError, NotFound
from medley.kernel.ids import is_id
from medley.protocols.audiobookshelf import _files as files
from medley.protocols.audiobookshelf import _items as items
from medley.protocols.audiobookshelf import hls
from medley.protocols.audiobookshelf._ask import Ask, milliseconds, seconds
from medley.protocols.audiobookshelf._ids import library_id
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire import media as wire
from medley.protocols.audiobookshelf.items import known
from medley.protocols.plumbing import FileRange
from medley.protocols.plumbing.media import media_type_of, open_file

_METHODS = {"direct": 0, "transcode": 2, "local": 3}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_SESSIONS = 1000


class Play(msgspec.Struct, rename="camel"):
    """What a player can, and what it is."""

    device_info: dict[str, Any] = {}
    supported_mime_types: list[str] = []
    media_player: str = ""
    force_direct_play: bool = False
    force_transcode: bool = False


class Sync(msgspec.Struct, rename="camel"):
    """Where a player is, and how long it played since it last said so; in seconds."""

    current_time: float | None = None
    time_listened: float | None = None
    duration: float | None = None


class Local(msgspec.Struct, rename="camel"):
    """A session that an app kept by itself."""

    id: str = ""
    library_item_id: str | None = None
    episode_id: str | None = None
    media_player: str | None = None
    device_info: dict[str, Any] | None = None
    date: str | None = None
    time_listening: float | None = None
    start_time: float | None = None
    current_time: float | None = None
    started_at: float | None = None
    updated_at: float | None = None


class Locals(msgspec.Struct, rename="camel"):
    """Several of them."""

    sessions: list[Local] = []
    device_info: dict[str, Any] = {}


def play(house: Parts, who: Asker, ask: Ask) -> wire.OpenSession:
    """Open an item, or an episode of it: what to play, and from where."""
    above = known(house, who, ask.id("item_id"))
    work = above
    if "episode_id" in ask.request.path_params:
        work = house.library.works.one(who, ask.id("episode_id"))
        if work.parent_id != above.id:
            raise NotFound("There is no such episode in this podcast.")
    elif above.child_count:
        raise InvalidInput("A podcast is played by episode.", hint="Choose one of its episodes.")
    if not files.sounds(work):
        raise NotFound(f"Nothing of “{work.title}” can be heard now.", hint="Its disk may be away, or it is read.")
    told = ask.json(Play)
    method = "transcode" if _must_transcode(work, told) else "direct"
    mine = work.mine
    session = house.library.listening.start(
        who,
        work.id,
        position_ms=mine.position_ms if mine and not mine.finished else 0,
        method=method,
        player=told.media_player,
        device=told.device_info,
    )
    return _opened(who, session, work, above)


def get_session(house: Parts, who: Asker, ask: Ask) -> wire.OpenSession:
    """An open session."""
    session = house.library.listening.get(who, ask.part("session_id"))
    work = house.library.works.one(who, session.item_id)
    return _opened(who, session, work, _above(house, who, work))


def sync(house: Parts, who: Asker, ask: Ask) -> None:
    """Where the player is now."""
    told, session_id = ask.json(Sync), ask.part("session_id")
    before = house.library.listening.get(who, session_id)
    position = before.position_ms if told.current_time is None else milliseconds(told.current_time)
    house.library.listening.heard(who, session_id, position, milliseconds(told.time_listened))


def close(house: Parts, who: Asker, ask: Ask) -> None:
    """The player stopped; where it was last may be told with it."""
    if ask.json(Sync).current_time is not None:
        sync(house, who, ask)
    house.library.listening.close(who, ask.part("session_id"))


def merge_one(house: Parts, who: Asker, ask: Ask) -> None:
    """A session that was kept offline; the newest event wins."""
    told = ask.json(Local)
    _merge(house, who, told, told.device_info or {})


def merge_all(house: Parts, who: Asker, ask: Ask) -> Response:
    """Sessions that were kept offline, each with what became of it."""
    told = ask.json(Locals)
    if len(told.sessions) > _MOST_SESSIONS:
        raise InvalidInput(f"At most {_MOST_SESSIONS} sessions are taken at once.", hint="Send them in parts.")
    results: list[dict[str, Any]] = []
    for each in told.sessions:
        try:
            moved = _merge(house, who, each, each.device_info or told.device_info)
            results.append({"id": each.id, "success": True, "progressSynced": moved})
        except MedleyError as error:
            results.append({"id": each.id, "success": False, "error": error.message, "progressSynced": False})
    return JSONResponse({"results": results})


def get_track(house: Parts, _who: None, ask: Ask) -> Response:
    """A file of an open session, for players that send no token: the id of a session is known to its app alone."""
    session_id, index = ask.part("session_id"), ask.part("index")
    who = house.identity.asker(house.library.listening.holder(session_id))
    session = house.library.listening.get(who, session_id)
    tracks = files.sounds(house.library.works.one(who, session.item_id))
    if not index.isascii() or not index.isdecimal() or len(index) > 6 or not 1 <= int(index) <= len(tracks):
        raise NotFound("There is no such track in this session.")
    handle = house.library.items.file(who, tracks[int(index) - 1].id)
    return FileRange(open_file(handle), media_type_of(handle.name))


def _must_transcode(work: Work, told: Play) -> bool:
    if told.force_direct_play:
        return False
    kinds = {media_type_of(each.name) for each in files.sounds(work)}
    return told.force_transcode or (bool(told.supported_mime_types) and not kinds <= set(told.supported_mime_types))


def _merge(house: Parts, who: Asker, told: Local, device: dict[str, Any]) -> bool:
    item_id = told.episode_id or told.library_item_id or ""
    if not is_id(item_id):
        raise NotFound("This is no item of this server.")
    return house.library.listening.merge(
        who,
        ListeningSession(
            id=told.id,
            item_id=item_id,
            day=told.date or "",
            method="local",
            player=told.media_player or "",
            device=device,
            began_at=milliseconds(told.start_time),
            position_ms=milliseconds(told.current_time),
            length_ms=0,
            heard_ms=milliseconds(told.time_listening),
            started_at_ms=_moment(told.started_at),
            changed_at_ms=_moment(told.updated_at),
        ),
    )


def _moment(given: float | None) -> int:
    return int(min(max(given or 0, 0), 1 << 53))


def _above(house: Parts, who: Asker, work: Work) -> Work:
    return house.library.works.one(who, work.parent_id) if work.parent_id else work


def _opened(who: Asker, session: ListeningSession, work: Work, above: Work) -> wire.OpenSession:
    addresses = [hls.address(session.id)] if session.method == "transcode" else []
    tracks = files.tracks(work, above.id) if not addresses else [hls.track(work, addresses[0])]
    return wire.OpenSession(
        **_told(who, session, work, above),
        audio_tracks=tracks,
        library_item=items.expanded(above, [work] if work is not above else []),
    )


def closed(who: Asker, session: ListeningSession, work: Work, above: Work) -> wire.PlaybackSession:
    """A session in a list of those that were."""
    return wire.PlaybackSession(**_told(who, session, work, above))


def _told(who: Asker, session: ListeningSession, work: Work, above: Work) -> dict[str, Any]:
    is_episode = work is not above
    return {
        "id": session.id,
        "user_id": who.user_id,
        "library_id": library_id(work.kind, work.source_id),
        "library_item_id": above.id,
        "book_id": None if is_episode else work.id,
        "episode_id": work.id if is_episode else None,
        "media_type": "podcast" if is_episode else "book",
        "media_metadata": items.podcast_metadata(above) if is_episode else items.book_metadata(work),
        "chapters": files.chapters(work),
        "display_title": work.title,
        "display_author": ", ".join(items.names(above, "author")),
        "cover_path": items.cover_path(above),
        "duration": seconds(work.duration_ms),
        "play_method": _METHODS[session.method],
        "media_player": session.player,
        "device_info": _device(who, session),
        "date": session.day,
        "day_of_week": day_of_week(session.day),
        "time_listening": seconds(session.heard_ms),
        "start_time": seconds(session.began_at),
        "current_time": seconds(session.position_ms),
        "started_at": session.started_at_ms,
        "updated_at": session.changed_at_ms,
    }


def day_of_week(day: str) -> str:
    """The name of a day's place in the week; "" for what is no day."""
    try:
        return _DAYS[date.fromisoformat(day).weekday()]
    except ValueError:
        return ""


def _device(who: Asker, session: ListeningSession) -> wire.DeviceInfo:
    said = session.device
    return wire.DeviceInfo(
        id=str(said.get("deviceId") or session.id),
        user_id=who.user_id,
        device_id=str(said.get("deviceId", "")),
        client_name=str(said.get("clientName", "")),
        client_version=str(said.get("clientVersion", "")),
        manufacturer=str(said.get("manufacturer", "")),
        model=str(said.get("model", "")),
        sdk_version=str(said.get("sdkVersion", "")),
    )
