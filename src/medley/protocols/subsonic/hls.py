"""Media retrieval: HLS, for video and sound.

`hls.m3u8` is a master playlist; everything that it leads to lies below `hls/`, where the address itself says who may
fetch it, as players send no credentials with the segments that they find in a playlist.
"""

import re

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from medley.core.identity import Asker, require
from medley.core.playback import Ask as Watch
from medley.core.playback import Capabilities, MediaFile, Variant
from medley.kernel.errors import InvalidInput, NotFound, Unsupported
from medley.protocols.plumbing import FileRange
from medley.protocols.plumbing.media import media_file
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._playable import playable

_TYPE = "application/vnd.apple.mpegurl"
_HOUR_MS = 3_600_000
_LIFE_MS = 24 * _HOUR_MS
_WISH = re.compile(r"(\d{1,7})(?:@\d{1,5}x\d{1,5})?", re.ASCII)
_SEGMENT = re.compile(r"(\d{1,8})\.m4s", re.ASCII)
_CAPABLE = Capabilities(frozenset(), frozenset({"h264"}), frozenset({"aac", "mp3"}))
_KEPT = "private, max-age=86400, immutable"


def master(house: Parts, who: Asker, ask: Ask) -> Response:
    """A master playlist of as many variants as bitrates were named, best first."""
    found = playable(house, who, ask.ref("id"))
    if found.is_part:
        raise Unsupported("This song is a part of a file, which cannot be cut for HLS.", hint="Use stream.")
    media = media_file(house, who, found.handle.id)
    track = ask.number("audioTrack") if ask.text("audioTrack", "") else None
    variants = dict.fromkeys(_variant(house, media, limit, track) for limit in _limits(ask))
    base = f"hls/{_sign(house, who, found.handle.id)}/{found.handle.id}"
    head, lines = "", ""
    for variant in variants:
        head, _, line = house.playback.master(media, variant).partition("#EXT-X-STREAM-INF")
        lines += f"#EXT-X-STREAM-INF{line}".replace("main.m3u8", f"{base}/{variant.text}/main.m3u8")
    return _playlist(head + lines)


def _limits(ask: Ask) -> list[int]:
    """Bit/s, the highest first; 0 is no limit."""
    wishes = [_WISH.fullmatch(each.strip()) for each in ask.texts("bitRate")]
    if None in wishes:
        raise InvalidInput("“bitRate” is a number of kbit/s, which may be followed by @ and a size.")
    return sorted({int(wish[1]) * 1000 for wish in wishes if wish}, key=lambda bits: -bits or -1 << 62) or [0]


def _variant(house: Parts, media: MediaFile, limit: int, track: int | None) -> Variant:
    variant = house.playback.decide(media.facts, Watch(_CAPABLE, limit, track)).variant
    if variant is None:
        raise Unsupported("This cannot be cut into segments.", hint="Use stream.")
    return variant


async def part(house: Parts, _nobody: None, ask: Ask) -> Response:
    """A playlist or a segment below `hls/<key>/<file>/<variant>/`."""
    words = ask.method.split("/")
    if len(words) != 5:
        raise NotFound("There is nothing at this address.", hint="Start playing it again.")
    _, key, file_id, text, name = words
    who = await run_in_threadpool(_who, house, key, file_id)
    media = await run_in_threadpool(media_file, house, who, file_id)
    variant = Variant.parse(text)
    if name == "main.m3u8":
        return _playlist(house.playback.playlist(media, variant))
    if name == "init.mp4":
        path = await house.playback.init(media, variant)
    elif number := _SEGMENT.fullmatch(name):
        path = await house.playback.segment(media, variant, int(number[1]))
    else:
        raise NotFound("There is nothing at this address.", hint="Start playing it again.")
    return FileRange(await run_in_threadpool(open, path, "rb"), "video/mp4", cache_control=_KEPT)


def _sign(house: Parts, who: Asker, file_id: str) -> str:
    """A key for one person and file, good for at least a day; the same for an hour, so that caches work."""
    hours = house.clock.now_ms() // _HOUR_MS
    return house.identity.signer().sign(f"rest/hls/{file_id}", who.user_id, (hours + 1) * _HOUR_MS + _LIFE_MS)


def _who(house: Parts, key: str, file_id: str) -> Asker:
    who = house.identity.asker(house.identity.signer().check(key, f"rest/hls/{file_id}"))
    require(who, "media.view")
    return who


def _playlist(text: str) -> Response:
    return Response(text, media_type=_TYPE, headers={"cache-control": "private, no-cache"})
