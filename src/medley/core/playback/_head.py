"""One run of the transcoder, making segments from one on, until it is far enough ahead or nobody asks any more."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from medley.core.playback._cache import SegmentCache
from medley.core.playback._cutter import Cutter, LandedLateError, Piece
from medley.core.playback._lead import Lead
from medley.core.playback._limits import Limits
from medley.core.playback._media import MediaFile, picture_of
from medley.core.playback._plan import frame_rate, job_of
from medley.core.playback._segments import Table
from medley.core.playback._variant import Variant
from medley.core.playback.ports import Outcome, Run, SegmentJob, Transcoder
from medley.kernel.errors import MedleyError, Unavailable

INIT = "init.mp4"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a head makes: one variant of one file, cut by one table, kept under one key."""

    media: MediaFile
    variant: Variant
    table: Table

    @property
    def key(self) -> str:
        """The folder of its segments in the cache."""
        return f"{self.media.key}/{self.variant.text}"


def name_of(number: int | None) -> str:
    """The cache's name of a segment, or of the initialisation segment."""
    return INIT if number is None else f"{number}.m4s"


class Head:
    """Makes segments from `first` on and tells `made` of each; `ended` hears how it went, None when it went well.

    Standing still needs no signal: what is not read fills the pipe, and the transcoder waits in its write. It dies
    with this process for the same reason, also when that is killed.
    """

    def __init__(
        self,
        recipe: Recipe,
        first: int,
        cache: SegmentCache,
        transcoder: Transcoder,
        limits: Limits,
        lead: Lead,
        made: Callable[[int | None], None],
        ended: Callable[["Head", MedleyError | None], None],
    ) -> None:
        self._recipe, self._cache, self._transcoder = recipe, cache, transcoder
        self._limits, self._lead = limits, lead
        self._made, self._ended = made, ended
        self._first = first
        self.next = first
        self.wanted = first - 1  # the last segment that somebody asked for
        self.asked_at = asyncio.get_running_loop().time()
        self._go = asyncio.Event()
        self._over = False
        self._task = asyncio.create_task(self._make())
        self._task.add_done_callback(self._tell)

    @property
    def unasked(self) -> bool:
        """Whether nobody has asked it for a segment: it was started for the initialisation segment."""
        return self.wanted < self._first

    @property
    def standing(self) -> bool:
        """Whether it has made enough for now."""
        if self.unasked:
            return self._has(None)
        starts, last = self._recipe.table.starts_ms, len(self._recipe.table) - 1
        return starts[min(self.next, last)] > starts[min(self.wanted, last)] + self._lead.ms

    def would_make(self, number: int | None) -> bool:
        """Whether `number` is among what it makes soon; None, the initialisation segment, always comes first."""
        if number is None:
            return self.next == self._first
        starts = self._recipe.table.starts_ms
        return self.next <= number and starts[number] <= starts[self.next] + self._limits.reach_ms

    def covers(self, number: int | None) -> bool:
        """Whether waiting for it is quicker than starting another."""
        return not self._over and self.would_make(number)

    def want(self, number: int) -> None:
        """Somebody asked for segment `number`: go on until far enough ahead of it."""
        self.wanted = number
        self.asked_at = asyncio.get_running_loop().time()
        self.look_again()

    def look_again(self) -> None:
        """Go on if it stood still and no longer should."""
        self._go.set()

    async def end(self) -> None:
        """End it now. Not cancelled twice, nor while it ends by itself: its process is waited for in peace."""
        if not self._over:
            self._over = True
            self._task.cancel()
        await asyncio.wait([self._task])

    def _tell(self, task: asyncio.Task[MedleyError | None]) -> None:
        self._over = True
        if task.cancelled():
            self._ended(self, Unavailable("Making this part of the stream was stopped.", hint="Play it again."))
        elif (reason := task.exception()) is None:
            self._ended(self, task.result())
        elif isinstance(reason, MedleyError):
            self._ended(self, reason)
        else:
            text = f"The stream could not be made: {reason or type(reason).__name__}"
            self._ended(self, Unavailable(text, hint="Look whether the disk is full."))

    async def _make(self) -> MedleyError | None:
        """Try again further back while the seek lands too far on: files without an index are sought by guessing."""
        back = 0
        while True:
            begin = max(0, self._first - back)
            run = await self._transcoder.start(self._job(begin))
            cutter = self._cutter(may_be_late=begin == 0)
            try:
                whole = await self._follow(run, cutter)
            except LandedLateError:
                back = 2 * back + 1
                continue
            finally:
                outcome = await run.close()
            if whole and outcome.code == 0 and cutter.missed:
                back = 2 * back + 1
                continue
            return await self._finish(cutter, outcome) if whole else None

    def _cutter(self, *, may_be_late: bool) -> Cutter:
        recipe = self._recipe
        picture = picture_of(recipe.media.facts)
        if picture is None or recipe.variant.video != "h264":
            return Cutter(recipe.table, self._first, may_be_late=may_be_late)
        frame_ms = float(1000 / frame_rate(picture))
        return Cutter(recipe.table, self._first, may_be_late=may_be_late, frame_ms=frame_ms)

    def _job(self, begin: int) -> SegmentJob:
        return job_of(self._recipe.media, self._recipe.variant, self._recipe.table, begin)

    async def _follow(self, run: Run, cutter: Cutter) -> bool:
        """Read until the end of the stream (True), or until nobody needs more (False)."""
        while data := await self._read(run):
            for piece in cutter.feed(data):
                await self._keep(piece)
                if self._is_done() or not await self._may_go_on():
                    self._over = True
                    return False
        return True

    async def _read(self, run: Run) -> bytes:
        try:
            async with asyncio.timeout(self._limits.wait_s):
                return await run.read()
        except TimeoutError:
            raise Unavailable(
                f"ffmpeg made nothing for {self._limits.wait_s:.0f} seconds.",
                hint="Look whether the disk that holds the file still answers.",
            ) from None

    async def _finish(self, cutter: Cutter, outcome: Outcome) -> MedleyError | None:
        """What the cutter still holds is whole only if the transcoder ended well."""
        if outcome.code == 0:
            for piece in cutter.finish():
                await self._keep(piece)
        return _complaint(outcome) if outcome.code != 0 or self.next < len(self._recipe.table) else None

    async def _keep(self, piece: Piece) -> None:
        key, name = self._recipe.key, name_of(piece.number)
        if not self._has(piece.number):
            await asyncio.to_thread(self._cache.put, key, name, piece.data)
        if piece.number is not None:
            self.next = piece.number + 1
        self._made(piece.number)

    def _is_done(self) -> bool:
        """At the end of the table, or where another head has been before."""
        if self.next >= len(self._recipe.table):
            return True
        return not self.unasked and self.wanted < self.next and self._has(self.next)

    def _has(self, number: int | None) -> bool:
        return self._cache.has(self._recipe.key, name_of(number))

    async def _may_go_on(self) -> bool:
        while self.standing:
            self._go.clear()
            try:
                async with asyncio.timeout_at(self.asked_at + self._limits.idle_s):
                    await self._go.wait()
            except TimeoutError:
                return False
        return True


def _complaint(outcome: Outcome) -> Unavailable:
    said = " / ".join(outcome.lines[-3:])
    if outcome.code == 0:
        return Unavailable(
            "The file ends before its stated length." + (f" ffmpeg says: {said}" if said else ""),
            hint="It may be damaged or still being copied.",
        )
    return Unavailable(
        f"ffmpeg stopped with code {outcome.code}" + (f": {said}" if said else "."),
        hint="Play it again; if this repeats, the file may be damaged.",
    )
