"""The jukebox: one queue for everybody, played on the sound card of this machine."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

from medley.core.playback.ports import Speaker, SpeakerState, SpeakerTrack
from medley.kernel.errors import InvalidInput, TooLarge

_MOST = 5_000  # tracks in the queue


@dataclass(frozen=True, slots=True)
class JukeboxTrack:
    """A track in the queue: the item that it is of, and what is played."""

    item_id: str
    track: SpeakerTrack


class Jukebox:
    """What the speaker plays is the truth; this knows which items its tracks are. Belongs to one event loop."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._queue: list[JukeboxTrack] = []
        self._turn = asyncio.Lock()  # commands that belong together are not mixed with another's

    async def status(self) -> SpeakerState:
        """What is played now."""
        async with self._turn:
            return await self._state()

    async def queue(self) -> tuple[SpeakerState, tuple[str, ...]]:
        """What is played now, and the ids of the items in the queue."""
        async with self._turn:
            return await self._state(), tuple(each.item_id for each in self._queue)

    async def add(self, tracks: Sequence[JukeboxTrack]) -> SpeakerState:
        """Put tracks behind the others."""
        async with self._turn:
            await self._state()
            await self._add(tracks)
            return await self._state()

    async def set(self, tracks: Sequence[JukeboxTrack]) -> SpeakerState:
        """A new queue. The track that plays goes on where the new ones hold it too; else nothing plays."""
        async with self._turn:
            state = await self._state()
            current = self._queue[state.index] if 0 <= state.index < len(self._queue) else None
            if current is None or current not in tracks:
                await self._clear()
                await self._add(tracks)
                return await self._state()
            place = list(tracks).index(current)
            await self._speaker.clear(keep_current=True)
            self._queue = [current]
            await self._add([*tracks[:place], *tracks[place + 1 :]])
            await self._speaker.move(0, place)
            self._queue = list(tracks)
            return await self._state()

    async def clear(self) -> SpeakerState:
        """Take all out; nothing plays any more."""
        async with self._turn:
            await self._clear()
            return await self._state()

    async def remove(self, index: int) -> SpeakerState:
        """Take one out."""
        async with self._turn:
            await self._state()
            self._check(index)
            await self._speaker.remove(index)
            del self._queue[index]
            return await self._state()

    async def start(self) -> SpeakerState:
        """Play, from the first track on where none is chosen."""
        async with self._turn:
            state = await self._state()
            if self._queue:
                if state.index < 0:
                    await self._speaker.play(0)
                await self._speaker.pause(False)
            return await self._state()

    async def stop(self) -> SpeakerState:
        """Hold on, in the middle of the track."""
        async with self._turn:
            if self._queue:
                await self._speaker.pause(True)
            return await self._state()

    async def skip(self, index: int, offset_s: int = 0) -> SpeakerState:
        """Play a track of the queue, from `offset_s` on."""
        async with self._turn:
            await self._state()
            self._check(index)
            await self._speaker.play(index, offset_s)
            await self._speaker.pause(False)
            return await self._state()

    async def shuffle(self) -> SpeakerState:
        """Mix the queue. What is playing plays on, and is the first then."""
        async with self._turn:
            state = await self._state()
            rest = list(self._queue)
            kept = [rest.pop(state.index)] if 0 <= state.index < len(rest) else []
            random.shuffle(rest)
            await (self._speaker.clear(keep_current=True) if kept else self._clear())
            self._queue = kept
            await self._add(rest)
            return await self._state()

    async def set_gain(self, gain: float) -> SpeakerState:
        """Loudness from 0 to 1."""
        async with self._turn:
            await self._speaker.set_gain(min(1.0, max(0.0, gain)))
            return await self._state()

    async def close(self) -> None:
        """Fall silent."""
        await self._speaker.close()

    async def _state(self) -> SpeakerState:
        """The speaker's state; where it began anew, it forgot the queue, and so do we."""
        state = await self._speaker.state()
        if state.count != len(self._queue):
            self._queue = []
            await self._clear()
            state = await self._speaker.state()
        return state

    async def _add(self, tracks: Sequence[JukeboxTrack]) -> None:
        if len(self._queue) + len(tracks) > _MOST:
            raise TooLarge(f"The jukebox holds {_MOST:,} tracks.", hint="Clear it, or add fewer.")
        await self._speaker.append([each.track for each in tracks])
        self._queue.extend(tracks)

    async def _clear(self) -> None:
        if self._queue or (await self._speaker.state()).count:
            await self._speaker.clear()
        self._queue = []

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self._queue):
            raise InvalidInput(f"The jukebox has no track {index}.", hint="Look at its queue again.")
