"""What is made while it is played: HLS, transcoded audio, subtitles."""

from pathlib import Path as FilePath
from typing import Annotated

from fastapi import Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from medley.core.kinds.music import lyrics as music
from medley.core.playback import AudioAsk, AudioFormat, Variant, plain_client
from medley.kernel.errors import TooLarge, Unsupported
from medley.kernel.files import Root
from medley.protocols.native._parts import House, Parts, Who
from medley.protocols.native._wire.answers import LyricLine, Lyrics
from medley.protocols.native._wire.asks import ItemId, Milliseconds, ShortText
from medley.protocols.native.play import HLS_TYPE
from medley.protocols.plumbing import FileRange
from medley.protocols.plumbing.media import media_file, open_file
from medley.protocols.plumbing.streams import streamed

_SEGMENT = "private, max-age=86400, immutable"
_MAX_TEXT = 4 * 1024 * 1024

SegmentNumber = Annotated[int, Path(ge=0, le=10_000_000)]
StreamIndex = Annotated[int, Path(ge=0, le=10_000)]


async def get_master(house: House, who: Who, file_id: ItemId, variant: ShortText) -> Response:
    """The HLS master playlist of a variant."""
    media = await run_in_threadpool(media_file, house, who, file_id)
    return _playlist(house.playback.master(media, Variant.parse(variant)))


async def get_main(house: House, who: Who, file_id: ItemId, variant: ShortText) -> Response:
    """The HLS media playlist of a variant."""
    media = await run_in_threadpool(media_file, house, who, file_id)
    return _playlist(house.playback.playlist(media, Variant.parse(variant)))


async def get_init(house: House, who: Who, file_id: ItemId, variant: ShortText) -> Response:
    """The initialisation segment of a variant."""
    media = await run_in_threadpool(media_file, house, who, file_id)
    return await _segment(await house.playback.init(media, Variant.parse(variant)))


async def get_segment(house: House, who: Who, file_id: ItemId, variant: ShortText, number: SegmentNumber) -> Response:
    """A media segment of a variant, once it is made."""
    media = await run_in_threadpool(media_file, house, who, file_id)
    return await _segment(await house.playback.segment(media, Variant.parse(variant), number))


async def get_audio(
    house: House,
    who: Who,
    file_id: ItemId,
    format: AudioFormat = "opus",  # noqa: A002 - the parameter's name in the address
    bitrate: Annotated[int, Query(ge=0, le=320_000)] = 0,
    start_ms: Annotated[Milliseconds, Query()] = 0,
    stream: Annotated[int | None, Query(ge=0, le=10_000)] = None,
) -> Response:
    """The sound of a file in another format, from an offset: while it is encoded as a stream, later with ranges."""
    media = await run_in_threadpool(media_file, house, who, file_id)
    decision = house.playback.decide_audio(media.facts, AudioAsk(plain_client(format, bitrate), stream, start_ms))
    if decision.profile is None:
        raise Unsupported(f"This sound cannot be made into {format}.", hint="Ask for another format.")
    media_type = decision.profile.output.media_type
    ready = await run_in_threadpool(house.playback.audio_file, media, decision.profile)
    if ready is not None:
        return FileRange(await run_in_threadpool(open, ready, "rb"), media_type)
    return await streamed(house.playback.audio(media, decision.profile), media_type)


async def get_subtitles(house: House, who: Who, file_id: ItemId, stream: StreamIndex) -> Response:
    """An embedded subtitle stream as WebVTT, cue by cue."""
    media = await run_in_threadpool(media_file, house, who, file_id)
    return await streamed(house.playback.subtitle_vtt(media, stream), "text/vtt; charset=utf-8")


async def get_companion_vtt(house: House, who: Who, file_id: ItemId) -> Response:
    """A subtitle file as WebVTT."""
    handle = await run_in_threadpool(house.library.items.file, who, file_id)
    path = await run_in_threadpool(Root(handle.root).real_path, handle.path)
    body = await house.playback.companion_vtt(FilePath(path), handle.name)
    return Response(body, media_type="text/vtt; charset=utf-8")


def get_companion(house: House, who: Who, file_id: ItemId) -> Response:
    """The text of lyrics or subtitles beside a file, as UTF-8."""
    return Response(_text(house, who, file_id), media_type="text/plain; charset=utf-8")


def get_lyrics(house: House, who: Who, item_id: ItemId) -> Lyrics:
    """The lyrics of a track: beside its file, or in its tags."""
    item = house.library.items.get(who, item_id)
    for companion in item.companions:
        if companion.role == "lyrics":
            facts = house.library.items.facts(companion.id)
            found = music.lyrics_of(facts) if facts else []
            return _lyrics(found[0] if found else music.parse(_text(house, who, companion.id)))
    for file in (file for edition in item.editions for file in edition.files):
        facts = house.library.items.facts(file.id)
        if facts and (found := music.lyrics_of(facts)):
            return _lyrics(found[0])
    return Lyrics(False, list[LyricLine]())


def _lyrics(lyrics: music.Lyrics) -> Lyrics:
    return Lyrics(lyrics.synced, [LyricLine(line.start_ms, line.text) for line in lyrics.lines])


def _text(house: Parts, who: Who, file_id: str) -> str:
    handle = house.library.items.file(who, file_id)
    with open_file(handle) as file:
        data = file.read(_MAX_TEXT + 1)
    if len(data) > _MAX_TEXT:
        raise TooLarge(f"“{handle.name}” is too large for a text.", hint="Download it instead.")
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace")


def _playlist(text: str) -> Response:
    return Response(text, media_type=HLS_TYPE, headers={"cache-control": "private, no-cache"})


async def _segment(path: FilePath) -> Response:
    file = await run_in_threadpool(open, path, "rb")
    return FileRange(file, "video/mp4", cache_control=_SEGMENT)
