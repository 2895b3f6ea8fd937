"""Media retrieval: songs and videos as streams.

A song that is made is made once for everybody (`core/playback`): when it is whole, it is a file like any other, with
ranges and an exact length.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from medley.core.identity import Asker
from medley.core.kinds import Facts
from medley.core.playback import Ask as Watch
from medley.core.playback import AudioAsk, AudioProfile, Capabilities, MediaFile, Variant, format_of, plain_client
from medley.kernel.errors import InvalidInput, Unsupported
from medley.protocols.plumbing import FileRange
from medley.protocols.plumbing.media import media_file, media_type_of, open_file
from medley.protocols.plumbing.streams import streamed
from medley.protocols.subsonic._ask import Ask
from medley.protocols.subsonic._parts import Parts
from medley.protocols.subsonic._playable import Playable, playable_facts

_RAW = "raw"
_ALSO = {"m4a": "aac", "mp4": "aac", "ogg": "vorbis", "wave": "wav"}
_LONGEST_WAIT_MS = 30 * 60_000  # of sound, for a range of what is not whole yet
_ENOUGH = 320_000  # bit/s
_PIECE = 64 << 10


async def stream(house: Parts, who: Asker, ask: Ask) -> Response:
    """A song or video: as it is, or in another format, at a lower bitrate, from an offset."""
    found, facts = await run_in_threadpool(playable_facts, house, who, ask.ref("id"))
    if facts.media == "video":
        return await _watched(house, who, ask, found, facts)
    profile = _profile(house, ask, found, facts)
    if profile is None:
        return await run_in_threadpool(_as_it_is, found)
    media = await run_in_threadpool(media_file, house, who, found.handle.id)
    return await made(house, ask, media, profile)


def _as_it_is(found: Playable) -> Response:
    return FileRange(open_file(found.handle), media_type_of(found.handle.name), repeatable=True)


def _profile(house: Parts, ask: Ask, found: Playable, facts: Facts) -> AudioProfile | None:
    """What is to be made; None where the file itself will do."""
    wanted = ask.text("format", "").strip().lower()
    limit = ask.number("maxBitRate", 0, most=1_000_000) * 1000
    start_ms = found.start_ms + ask.number("timeOffset", 0, most=1_000_000) * 1000
    own = next((format_of(facts.format, each.codec) for each in facts.streams if each.type == "audio"), None)
    otherwise = (own.name,) if own else ()
    if wanted == _RAW:  # a part of a file cannot be sent as it is: what comes nearest to it
        client = plain_client(None, 0 if own and not own.usual else _ENOUGH if found.is_part else 0, *otherwise)
        start_ms = found.start_ms
    else:
        output = format_of(_ALSO.get(wanted, wanted))
        client = plain_client(output.name if output else None, limit, *otherwise)
    decision = house.playback.decide_audio(facts, AudioAsk(client, None, start_ms, found.end_ms))
    if decision.method == "impossible":
        raise Unsupported(decision.reasons[0].text, hint="Ask for another format.")
    return decision.profile if decision.method == "transcode" else None


async def made(house: Parts, ask: Ask, media: MediaFile, profile: AudioProfile) -> Response:
    """A song that is made: the whole file if it is there, else what there is of it, as it comes."""
    media_type = profile.output.media_type
    whole = await run_in_threadpool(house.playback.audio_file, media, profile)
    length = _length_ms(media, profile)
    if whole is None and _wants_the_middle(ask) and length <= _LONGEST_WAIT_MS:
        whole = await house.playback.whole_audio(media, profile)
    if whole is not None:
        return FileRange(await run_in_threadpool(open, whole, "rb"), media_type, repeatable=True)
    foretold = profile.most_bytes(length) if length and ask.flag("estimateContentLength") else None
    headers = {"content-length": str(foretold)} if foretold else {}
    if ask.request.method == "HEAD":
        return _nothing(media_type, headers)
    pieces = house.playback.audio(media, profile)
    return await streamed(_padded(pieces, foretold) if foretold else pieces, media_type, headers)


def _length_ms(media: MediaFile, profile: AudioProfile) -> int:
    return max(0, (profile.end_ms or media.facts.duration_ms) - profile.start_ms)


def _wants_the_middle(ask: Ask) -> bool:
    return ask.request.headers.get("range", "").replace(" ", "") not in ("", "bytes=0-")


def _nothing(media_type: str, headers: dict[str, str]) -> Response:
    response = Response(media_type=media_type, headers=headers)
    if "content-length" not in headers:
        del response.headers["content-length"]
    return response


async def _padded(pieces: AsyncGenerator[bytes, None], length: int) -> AsyncIterator[bytes]:
    """`pieces` and zeros behind them, which players pass over, up to the length that was foretold."""
    left = length
    try:
        async for piece in pieces:
            yield piece[:left]
            left -= len(piece[:left])
    finally:
        await pieces.aclose()
    while left:
        yield bytes(min(left, _PIECE))
        left -= min(left, _PIECE)


async def _watched(house: Parts, who: Asker, ask: Ask, found: Playable, facts: Facts) -> Response:
    """A video: as it is, or its segments one after the other, which are a file together."""
    limit = ask.number("maxBitRate", 0, most=1_000_000) * 1000
    start_ms = ask.number("timeOffset", 0, most=1_000_000) * 1000
    is_fat = 0 < limit < facts.bitrate
    if ask.text("format", "") == _RAW or not (is_fat or start_ms or ask.flag("converted")):
        return await run_in_threadpool(_as_it_is, found)
    media = await run_in_threadpool(media_file, house, who, found.handle.id)
    variant = house.playback.decide(facts, Watch(Capabilities(containers=frozenset()), limit)).variant
    if variant is None or not 0 <= start_ms < max(1, facts.duration_ms):
        raise InvalidInput("This begins outside of the video.", hint="Begin between its start and its end.")
    if ask.request.method == "HEAD":
        return _nothing("video/mp4", {})
    return await streamed(_segments(house, media, variant, start_ms), "video/mp4")


async def _segments(house: Parts, media: MediaFile, variant: Variant, start_ms: int) -> AsyncGenerator[bytes, None]:
    yield await run_in_threadpool((await house.playback.init(media, variant)).read_bytes)
    starts = house.playback.starts_ms(media, variant)
    first = max(0, len(list(takewhile(lambda start: start <= start_ms, starts))) - 1)
    for number in range(first, len(starts)):
        path: Path = await house.playback.segment(media, variant, number)
        yield await run_in_threadpool(path.read_bytes)


def with_offset(profile: AudioProfile, found: Playable, offset_ms: int) -> AudioProfile:
    """A profile for this song from an offset on."""
    return replace(profile, start_ms=found.start_ms + offset_ms, end_ms=found.end_ms)
