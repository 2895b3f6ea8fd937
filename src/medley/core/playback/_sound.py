"""One audio stream, encoded as it is listened to."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import get_args

from medley.core.playback._media import MediaFile, sound_of
from medley.core.playback.ports import AudioFormat, AudioJob, Job, Transcoder
from medley.kernel.errors import InvalidInput, NotFound, Unavailable

AUDIO_TYPES: dict[AudioFormat, str] = {"opus": "audio/ogg; codecs=opus", "aac": "audio/aac", "mp3": "audio/mpeg"}
_USUAL: dict[AudioFormat, int] = {"opus": 128_000, "aac": 192_000, "mp3": 192_000}
_BITRATES = range(16_000, 320_001)


async def sound(
    transcoder: Transcoder, media: MediaFile, audio_format: AudioFormat, bitrate: int, start_ms: int, stream: int | None
) -> AsyncGenerator[bytes, None]:
    """See `Playback.audio`."""
    if audio_format not in get_args(AudioFormat):
        raise InvalidInput("Audio can be had as opus, aac or mp3.")
    if bitrate and bitrate not in _BITRATES:
        raise InvalidInput(f"A bitrate of {bitrate} bit/s is not between 16,000 and 320,000.")
    if start_ms < 0 or 0 < media.facts.duration_ms <= start_ms:
        raise InvalidInput("This begins outside of the file.")
    found = sound_of(media.facts, stream)
    if found is None:
        raise NotFound("This file has no such audio stream.")
    job = AudioJob(media.path, found.index, audio_format, bitrate or _USUAL[audio_format], start_ms)
    async with aclosing(bytes_of(transcoder, job)) as pieces:
        async for data in pieces:
            yield data


async def bytes_of(transcoder: Transcoder, job: Job) -> AsyncGenerator[bytes, None]:
    """Everything a job writes; the process ends with the iteration, however that ends."""
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
