"""The room's face: everything that doors ask of playback."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

from medley.core.kinds import Facts
from medley.core.playback import _plan, _playlists
from medley.core.playback._audio.ask import AudioAsk, AudioDecision
from medley.core.playback._audio.decide import decide_audio
from medley.core.playback._audio.profile import AudioProfile
from medley.core.playback._audio.transcodes import Transcodes
from medley.core.playback._cache import SegmentCache
from medley.core.playback._decide import Ask, Decision, decide
from medley.core.playback._head import Head, Recipe
from medley.core.playback._jukebox import Jukebox
from medley.core.playback._lead import Lead
from medley.core.playback._limits import Limits
from medley.core.playback._media import MediaFile
from medley.core.playback._rendition import Rendition
from medley.core.playback._subtitles import companion, embedded
from medley.core.playback._variant import Variant
from medley.core.playback.ports import Speaker, Transcoder
from medley.kernel.errors import Unavailable


class Playback:
    """Decides how a file is played, and makes what is played when the file itself will not do.

    `cache_dir` may be emptied at any time while nothing runs. All coroutines belong to one event loop.
    """

    def __init__(
        self, cache_dir: Path, transcoder: Transcoder, limits: Limits | None = None, speaker: Speaker | None = None
    ) -> None:
        self._jukebox = Jukebox(speaker) if speaker is not None else None
        self._limits = limits or Limits()
        self._transcoder = transcoder
        self._cache = SegmentCache(cache_dir, self._limits.cache_bytes)
        self._sounds = Transcodes(self._cache, transcoder, self._limits)
        self._lead = Lead(self._limits, self._resume)
        self._renditions: dict[tuple[str, Variant], Rendition] = {}

    @property
    def jukebox(self) -> Jukebox:
        """The sound card of this machine. Raises `Unavailable` where there is none."""
        if self._jukebox is None:
            raise Unavailable("This Medley has no sound card to play on.", hint="Play on your own device.")
        return self._jukebox

    def decide(self, facts: Facts, ask: Ask) -> Decision:
        """The cheapest way for this client to play this file, with the reasons where that is not the file itself."""
        return decide(facts, ask)

    def master(self, media: MediaFile, variant: Variant) -> str:
        """The HLS master playlist; it refers to `main.m3u8` beside it."""
        _plan.table_of(media, variant)
        return _playlists.master(media.facts, variant)

    def playlist(self, media: MediaFile, variant: Variant) -> str:
        """The HLS media playlist; it refers to `init.mp4` and `0.m4s`, `1.m4s` … beside it."""
        return _playlists.main(_plan.table_of(media, variant))

    def starts_ms(self, media: MediaFile, variant: Variant) -> tuple[int, ...]:
        """Where each segment begins."""
        return _plan.table_of(media, variant).starts_ms

    async def init(self, media: MediaFile, variant: Variant) -> Path:
        """The file of the initialisation segment."""
        return await self._rendition(media, variant).init()

    async def segment(self, media: MediaFile, variant: Variant, number: int) -> Path:
        """The file of one media segment, once it is ready. Raises `Unavailable`, with what ffmpeg said, if it fails."""
        return await self._rendition(media, variant).segment(number)

    def decide_audio(self, facts: Facts, ask: AudioAsk) -> AudioDecision:
        """How this client hears the sound of this file: the file as it is, or made by a profile; with the reasons."""
        return decide_audio(facts, ask)

    def audio(self, media: MediaFile, profile: AudioProfile) -> AsyncGenerator[bytes, None]:
        """The sound from its beginning, as it is made. Whoever asks for the same meanwhile follows the same encode."""
        return self._sounds.listen(media, profile)

    def audio_file(self, media: MediaFile, profile: AudioProfile) -> Path | None:
        """The whole of it, if it is kept already; it stays for some seconds at least."""
        return self._sounds.ready(media, profile)

    async def whole_audio(self, media: MediaFile, profile: AudioProfile) -> Path:
        """The whole of it, as soon as it is made. Raises `Unavailable`, with what ffmpeg said, if it fails."""
        return await self._sounds.whole(media, profile)

    def subtitle_vtt(self, media: MediaFile, stream: int) -> AsyncGenerator[bytes, None]:
        """An embedded text subtitle stream as WebVTT, cue by cue as the file is read, later from the cache."""
        return embedded(self._transcoder, self._cache, media, stream)

    async def companion_vtt(self, path: Path, name: str) -> bytes:
        """A subtitle file (SRT, ASS, SSA, VTT in whatever encoding) as WebVTT; `name` tells the format."""
        return await asyncio.to_thread(companion, path, name)

    async def stop(self) -> None:
        """End every process."""
        for rendition in tuple(self._renditions.values()):
            await rendition.end()
        self._renditions.clear()
        await self._sounds.stop()
        if self._jukebox is not None:
            await self._jukebox.close()

    def _rendition(self, media: MediaFile, variant: Variant) -> Rendition:
        place = (media.key, variant)
        found = self._renditions.get(place)
        if found is None:
            self._renditions = {key: kept for key, kept in self._renditions.items() if not kept.idle}
            recipe = Recipe(media, variant, _plan.table_of(media, variant))
            found = Rendition(recipe, self._cache, self._transcoder, self._limits, self._lead, self._admit)
            self._renditions[place] = found
        return found

    async def _admit(self) -> None:
        """Make sure that one more head may run: one that stands still gives way."""
        heads = self._heads()
        standing = sorted((head for head in heads if head.standing), key=lambda head: head.asked_at)
        for head in standing[: max(0, len(heads) - self._limits.heads + 1)]:
            await head.end()
        if len(heads) - len(standing) >= self._limits.heads:
            raise Unavailable(
                f"{self._limits.heads} streams are being made already.",
                hint="Wait until somebody stops playing, or allow more at once in the settings.",
            )

    def _resume(self) -> None:
        for head in self._heads():
            head.look_again()

    def _heads(self) -> list[Head]:
        return [head for rendition in self._renditions.values() for head in rendition.heads]
