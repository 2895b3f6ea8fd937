"""All sounds that are made, found by what they are: one encode for everybody who wants the same."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

from medley.core.playback._audio.profile import AudioProfile
from medley.core.playback._audio.tags import tags_for
from medley.core.playback._audio.transcode import Transcode
from medley.core.playback._cache import SegmentCache
from medley.core.playback._limits import Limits
from medley.core.playback._media import MediaFile, sound_of
from medley.core.playback.ports import AudioJob, Transcoder
from medley.kernel.errors import InvalidInput, NotFound, Unavailable

_READ = 256 << 10


class Transcodes:
    """Hands out what is kept, and starts encodes for the rest."""

    def __init__(self, cache: SegmentCache, transcoder: Transcoder, limits: Limits) -> None:
        self._cache, self._transcoder, self._limits = cache, transcoder, limits
        self._running: dict[tuple[str, str], Transcode] = {}
        self._busy = asyncio.Semaphore(limits.audio_busy)
        self._starting = asyncio.Lock()

    def ready(self, media: MediaFile, profile: AudioProfile) -> Path | None:
        """The whole file, if it is kept."""
        return self._cache.find(media.key, _name_of(profile))

    async def listen(self, media: MediaFile, profile: AudioProfile) -> AsyncGenerator[bytes, None]:
        """The sound from its beginning, as it is made; its process ends some time after its last listener left."""
        made = await self._start(media, profile)
        pieces = _bytes_of(made) if isinstance(made, Path) else made.listen()
        try:
            async for data in pieces:
                yield data
        finally:
            await pieces.aclose()

    async def whole(self, media: MediaFile, profile: AudioProfile) -> Path:
        """The whole file, once it is made."""
        made = await self._start(media, profile)
        if isinstance(made, Path):
            return made
        path = await made.whole()
        return self.ready(media, profile) or path

    async def stop(self) -> None:
        """End every process."""
        for transcode in tuple(self._running.values()):
            await transcode.end()

    async def _start(self, media: MediaFile, profile: AudioProfile) -> Path | Transcode:
        place = (media.key, _name_of(profile))
        async with self._starting:
            running = self._running.get(place)
            if running is not None:
                return running
            if (path := await asyncio.to_thread(self._cache.find, *place)) is not None:
                return path
            return await self._begin(place, _job(media, profile))

    async def _begin(self, place: tuple[str, str], job: AudioJob) -> Transcode:
        if len(self._running) >= self._limits.audio:
            raise Unavailable(
                f"{self._limits.audio} sounds are being made already.",
                hint="Wait until somebody stops listening, or play files as they are.",
            )
        try:
            part = await asyncio.to_thread(self._cache.part, *place)
        except OSError as error:
            hint = "Look whether the disk of the data folder is full."
            raise Unavailable(f"Nothing can be kept: {error.strerror}.", hint=hint) from error
        made = Transcode(job, part, self._transcoder, self._limits, self._busy, self._forget)
        self._running[place] = made
        return made

    def _forget(self, ended: Transcode) -> None:
        self._running = {place: each for place, each in self._running.items() if each is not ended}


def _name_of(profile: AudioProfile) -> str:
    return f"{profile.text}.{profile.output.suffix}"


def _job(media: MediaFile, profile: AudioProfile) -> AudioJob:
    facts = media.facts
    if sound_of(facts, profile.stream) is None:
        raise NotFound("This file has no such sound.", hint="Play it again: it may have been replaced.")
    if 0 < facts.duration_ms <= profile.start_ms:
        raise InvalidInput("This begins outside of the file.", hint="Begin between its start and its end.")
    return AudioJob(
        path=media.path,
        index=profile.stream,
        format=profile.format,
        bitrate=profile.bitrate,
        sample_rate=profile.sample_rate,
        channels=profile.channels,
        bit_depth=profile.bit_depth,
        start_ms=profile.start_ms,
        end_ms=profile.end_ms,
        tags=tags_for(facts, profile.format, part=bool(profile.end_ms)),
    )


async def _bytes_of(path: Path) -> AsyncGenerator[bytes, None]:
    file = await asyncio.to_thread(path.open, "rb")
    with file:
        while data := await asyncio.to_thread(file.read, _READ):
            yield data
