"""A whole book as one HLS stream, for players that cannot take its files as they are.

The id of the session is in the address: it is known to the app that opened it alone, and players send no token for
segments. Each file of the book is a stretch of the playlist, with a discontinuity between two (RFC 8216, 4.3.2.3).
"""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from medley.core.identity import Asker
from medley.core.library import Work
from medley.core.playback import Ask as Wanted
from medley.core.playback import Capabilities, MediaFile, Variant
from medley.kernel.errors import NotFound, Unsupported
from medley.protocols.audiobookshelf import _files as files
from medley.protocols.audiobookshelf._ask import Ask, seconds
from medley.protocols.audiobookshelf._parts import Parts
from medley.protocols.audiobookshelf._wire import media as wire
from medley.protocols.plumbing import FileRange
from medley.protocols.plumbing.media import media_file

TYPE = "application/vnd.apple.mpegurl"
_SEGMENT = "private, max-age=86400, immutable"
_AAC_ALONE = Capabilities(frozenset(), frozenset(), frozenset({"aac"}), hls=True)


def address(session_id: str) -> str:
    """Where the playlist of a session is."""
    return f"/hls/{session_id}/output.m3u8"


def track(work: Work, url: str) -> wire.AudioTrack:
    """The one track that a player sees."""
    whole = {name: getattr(files.tracks(work)[0], name) for name in wire.AudioFile.__struct_fields__}
    told = {**whole, "duration": seconds(work.duration_ms), "mime_type": TYPE, "codec": "aac"}
    return wire.AudioTrack(**told, title=work.title, start_offset=0.0, content_url=url)


async def get_playlist(house: Parts, _who: None, ask: Ask) -> Response:
    """The media playlist of the whole book."""
    return Response(
        await run_in_threadpool(_playlist, house, ask), media_type=TYPE, headers={"cache-control": "private, no-cache"}
    )


async def get_piece(house: Parts, _who: None, ask: Ask) -> Response:
    """An initialisation or media segment of one file."""
    media, variant = await run_in_threadpool(_file, house, ask)
    name, _, ending = ask.part("name").partition(".")
    if (name, ending) == ("init", "mp4"):
        return await _sent(await house.playback.init(media, variant))
    if ending != "m4s" or not name.isascii() or not name.isdecimal() or len(name) > 8:
        raise NotFound("There is no such segment.")
    return await _sent(await house.playback.segment(media, variant, int(name)))


def _playlist(house: Parts, ask: Ask) -> str:
    who, work = _opened(house, ask)
    lines, longest = [], 1
    for index, each in enumerate(files.sounds(work)):
        media = media_file(house, who, each.id)
        told = house.playback.playlist(media, _variant(house, media)).splitlines()
        longest = max(longest, *(int(line.partition(":")[2]) for line in told if line.startswith("#EXT-X-TARGETDUR")))
        lines += ["#EXT-X-DISCONTINUITY"] if index else []
        lines += [f'#EXT-X-MAP:URI="{index}/init.mp4"']
        lines += [
            line if line.startswith("#") else f"{index}/{line}"
            for line in told
            if line.startswith("#EXTINF") or (line and not line.startswith("#"))
        ]
    head = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{longest}", "#EXT-X-MEDIA-SEQUENCE:0"]
    return "\n".join([*head, "#EXT-X-PLAYLIST-TYPE:VOD", *lines, "#EXT-X-ENDLIST", ""])


def _file(house: Parts, ask: Ask) -> tuple[MediaFile, Variant]:
    who, work = _opened(house, ask)
    index, every = ask.part("index"), files.sounds(work)
    if not index.isascii() or not index.isdecimal() or len(index) > 6 or int(index) >= len(every):
        raise NotFound("There is no such file in this session.")
    media = media_file(house, who, every[int(index)].id)
    return media, _variant(house, media)


def _opened(house: Parts, ask: Ask) -> tuple[Asker, Work]:
    session_id = ask.part("session_id")
    who = house.identity.asker(house.library.listening.holder(session_id))
    session = house.library.listening.get(who, session_id)
    return who, house.library.works.one(who, session.item_id)


def _variant(house: Parts, media: MediaFile) -> Variant:
    variant = house.playback.decide(media.facts, Wanted(_AAC_ALONE)).variant
    if variant is None:
        raise Unsupported("This sound cannot be made into a stream.", hint="Play the file itself.")
    return variant


async def _sent(path: Path) -> Response:
    return FileRange(await run_in_threadpool(open, path, "rb"), "video/mp4", cache_control=_SEGMENT)
