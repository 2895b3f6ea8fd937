"""Subtitles as WebVTT (https://www.w3.org/TR/webvtt1/), out of the file or from beside it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path, PurePath

from medley.core.playback._cache import SegmentCache
from medley.core.playback._cues import from_ass, from_srt, from_vtt
from medley.core.playback._media import TEXT_SUBTITLES, MediaFile
from medley.core.playback.ports import SubtitleJob, Transcoder
from medley.kernel.errors import InvalidInput, NotFound, TooLarge, Unavailable, Unsupported

_LARGEST = 10 << 20  # bytes; a subtitle file of a long film has some hundred thousand
_READERS = {".srt": from_srt, ".ass": from_ass, ".ssa": from_ass, ".vtt": from_vtt}


async def embedded(
    transcoder: Transcoder, cache: SegmentCache, media: MediaFile, index: int
) -> AsyncGenerator[bytes, None]:
    """See `Playback.subtitle_vtt`."""
    found = next((s for s in media.facts.streams if s.index == index and s.type == "subtitle"), None)
    if found is None:
        raise NotFound("This file has no such subtitle stream.")
    if found.codec not in TEXT_SUBTITLES:
        raise Unsupported("These subtitles are pictures, not text.", hint="Choose another track, or add an SRT file.")
    name = f"s{index}.vtt"
    if ready := cache.find(media.key, name):
        yield await asyncio.to_thread(ready.read_bytes)
        return
    whole: list[bytes] = []
    async with aclosing(_bytes_of(transcoder, SubtitleJob(media.path, index))) as pieces:
        async for data in pieces:
            whole.append(data)
            yield data
    await asyncio.to_thread(cache.put, media.key, name, b"".join(whole))


def companion(path: Path, name: str) -> bytes:
    """See `Playback.companion_vtt`."""
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise Unsupported(f"{name} is not a kind of subtitle file that is known.", hint="Use SRT, ASS, SSA or VTT.")
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise NotFound(f"{name} cannot be read: {error.strerror}.") from error
    if len(data) > _LARGEST:
        raise TooLarge(f"{name} is larger than any subtitle file.")
    try:
        return reader(text_of(data)).encode()
    except ValueError as error:
        raise InvalidInput(f"{name} holds no subtitles that can be read: {error}") from error


def text_of(data: bytes) -> str:
    """The text, whatever its encoding: byte order marks and UTF-8 for sure, everything else by a guess."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # heavy, and needed by old files only

        best = from_bytes(data).best()
        return str(best) if best else data.decode("cp1252", "replace")


async def _bytes_of(transcoder: Transcoder, job: SubtitleJob) -> AsyncGenerator[bytes, None]:
    """Everything the job writes; the process ends with the iteration, however that ends."""
    run = await transcoder.start(job)
    try:
        while data := await run.read():
            yield data
        outcome = await run.close()
    finally:
        await run.close()
    if outcome.code != 0:
        said = " / ".join(outcome.lines[-3:])
        raise Unavailable(f"ffmpeg stopped with code {outcome.code}: {said}", hint="The file may be damaged.")
