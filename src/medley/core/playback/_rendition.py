"""One variant of one file, shared by everybody who watches it: which segments are ready, and who makes the others."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from medley.core.playback._cache import SegmentCache
from medley.core.playback._head import Head, Recipe, name_of
from medley.core.playback._lead import Lead
from medley.core.playback._limits import Limits
from medley.core.playback.ports import Transcoder
from medley.kernel.errors import MedleyError, NotFound, Unavailable


class Rendition:
    """Hands out segments, and starts and ends heads so that they get made."""

    def __init__(
        self,
        recipe: Recipe,
        cache: SegmentCache,
        transcoder: Transcoder,
        limits: Limits,
        lead: Lead,
        admit: Callable[[], Awaitable[None]],
    ) -> None:
        self._recipe, self._cache, self._transcoder = recipe, cache, transcoder
        self._limits, self._lead = limits, lead
        self._admit = admit
        self.heads: list[Head] = []
        self._waiting: dict[int | None, asyncio.Future[None]] = {}
        self._starting = asyncio.Lock()
        self._ahead: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing would be lost by forgetting it."""
        return not self.heads and not self._waiting and self._ahead is None

    async def init(self) -> Path:
        """The initialisation segment, made first if need be."""
        if (ready := self._find(None)) is not None:
            return ready
        with self._lead.waiting():
            return await self._wait(None)

    async def segment(self, number: int) -> Path:
        """Segment `number`, as soon as it is ready."""
        if not 0 <= number < len(self._recipe.table):
            raise NotFound(f"This stream has no segment {number}.", hint="Start playing it again.")
        ready = self._find(number)
        if ready is None:
            with self._lead.waiting():
                return await self._wait(number)
        if self._ahead is None and (hole := self._first_hole(number)) is not None:
            self._ahead = asyncio.create_task(self._prepare(hole))
        return ready

    async def _prepare(self, hole: int) -> None:
        """See to what comes later, while the viewer already has what is ready."""
        try:
            with suppress(Unavailable):  # it concerns a later request, which will say so itself
                await self._cover(hole)
        finally:
            self._ahead = None

    async def end(self) -> None:
        """End all heads."""
        if self._ahead is not None:
            self._ahead.cancel()
            await asyncio.wait([self._ahead])
        for head in tuple(self.heads):
            await head.end()

    def _find(self, number: int | None) -> Path | None:
        return self._cache.find(self._recipe.key, name_of(number))

    def _has(self, number: int | None) -> bool:
        return self._cache.has(self._recipe.key, name_of(number))

    def _first_hole(self, number: int) -> int | None:
        """The first segment that is not ready among those that a viewer of `number` needs soon."""
        starts = self._recipe.table.starts_ms
        for near in range(number + 1, len(starts)):
            if starts[near] > starts[number] + self._limits.prefetch_ms:
                return None
            if not self._has(near):
                return near
        return None

    async def _wait(self, number: int | None) -> Path:
        """Wait until it is ready. A head that ended well without making it gives way to another."""
        try:
            async with asyncio.timeout(self._limits.wait_s):
                while (path := self._find(number)) is None:
                    ready = self._waiting.setdefault(number, asyncio.get_running_loop().create_future())
                    await self._cover(number)
                    await asyncio.shield(ready)
                return path
        except TimeoutError:
            raise Unavailable(
                f"This part of the stream was not ready within {self._limits.wait_s:.0f} seconds.",
                hint="The machine or the disk may be too slow for this file; try a lower quality.",
            ) from None
        finally:
            if not self._is_covered(number):
                self._release(number, None)  # others who wait for it look again

    async def _cover(self, number: int | None) -> None:
        """See to it that a head is on its way to `number`; None is the initialisation segment, which any head makes."""
        async with self._starting:
            if self._has(number):
                self._made(number)
                return
            head = next((head for head in self.heads if head.covers(number)), None)
            if head is None:
                await self._make_room()
                await self._admit()
                head = self._start(number or 0)
            if number is not None:
                head.want(number)

    def _start(self, number: int) -> Head:
        head = Head(
            self._recipe,
            number,
            self._cache,
            self._transcoder,
            self._limits,
            self._lead,
            self._made,
            self._ended,
        )
        self.heads.append(head)
        return head

    async def _make_room(self) -> None:
        """A head that made the initialisation segment alone is of no more use; then goes the one asked longest ago."""
        for head in [head for head in self.heads if head.unasked and head.standing]:
            await head.end()
        while len(self.heads) >= self._limits.heads_per_variant:
            await min(self.heads, key=lambda head: head.asked_at).end()

    def _made(self, number: int | None) -> None:
        self._release(number, None)

    def _ended(self, head: Head, error: MedleyError | None) -> None:
        self.heads.remove(head)
        for number in tuple(self._waiting):
            if head.would_make(number) and not self._is_covered(number):
                self._release(number, error)

    def _is_covered(self, number: int | None) -> bool:
        return any(head.covers(number) for head in self.heads)

    def _release(self, number: int | None, error: MedleyError | None) -> None:
        """Wake everybody who waits for `number`: with an error, or to look again."""
        ready = self._waiting.pop(number, None)
        if ready is None or ready.done():
            return
        if error is None:
            ready.set_result(None)
        else:
            ready.set_exception(error)
            ready.exception()  # nobody may be waiting any more
