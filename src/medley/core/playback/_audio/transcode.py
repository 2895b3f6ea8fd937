"""One encode of one sound, written into the cache, and followed there by everybody who listens to it."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from medley.core.playback._audio.heads import head_of
from medley.core.playback._cache import Part
from medley.core.playback._limits import Limits
from medley.core.playback.ports import AudioJob, Run, Transcoder
from medley.kernel.errors import MedleyError, Unavailable

_PIECE = 128 << 10


class Transcode:
    """Runs as fast as it is let, until it is whole; `ended` is told when it is over, one way or the other.

    It stands still, by not being read, while it is far ahead of all its listeners. With no listener left it goes on
    for a moment: what is nearly done or short is finished and kept, anything else is thrown away.
    """

    def __init__(
        self,
        job: AudioJob,
        part: Part,
        transcoder: Transcoder,
        limits: Limits,
        busy: asyncio.Semaphore,
        ended: Callable[["Transcode"], None],
    ) -> None:
        self._job, self._part, self._transcoder = job, part, transcoder
        self._limits, self._busy = limits, busy
        self._ended = ended
        self._head = head_of(job.format)
        self._size = 0  # what may be read
        self._places: dict[object, float] = {}  # of listeners, in bytes
        self._left_at = asyncio.get_running_loop().time()
        self._news, self._moved = asyncio.Event(), asyncio.Event()
        self._over = False
        self._path: Path | None = None
        self._error: MedleyError | None = None
        self._task = asyncio.create_task(self._make())
        self._task.add_done_callback(self._tell)

    async def listen(self) -> AsyncGenerator[bytes, None]:
        """Everything from the beginning, as it comes. Raises `Unavailable` with what ffmpeg said where it fails."""
        descriptor = self._part.reader()
        try:
            with self._place(0) as move:
                at = 0
                while at < self._size or not await self._at_the_end() or at < self._size:
                    data = await asyncio.to_thread(os.pread, descriptor, min(_PIECE, self._size - at), at)
                    at += len(data)
                    move(at)
                    if data:
                        yield data
        finally:
            os.close(descriptor)

    async def whole(self) -> Path:
        """The file in the cache, once it is whole."""
        with self._place(float("inf")):
            while not await self._at_the_end():
                pass
        if self._path is None:
            raise Unavailable("The sound was not kept.", hint="Look whether the disk is full.")
        return self._path

    async def end(self) -> None:
        """End it now; the process is waited for."""
        self._task.cancel()
        await asyncio.wait([self._task])

    async def _at_the_end(self) -> bool:
        """Wait for more; True where none will come."""
        if not self._over:
            await self._news.wait()
            if not self._over:
                return False
        if self._error is not None:
            raise self._error
        return True

    @contextmanager
    def _place(self, at: float) -> Iterator[Callable[[float], None]]:
        """Somebody listens at `at`; what is given moves him."""
        me = object()

        def move(place: float) -> None:
            self._places[me] = place
            self._moved.set()

        move(at)
        try:
            yield move
        finally:
            del self._places[me]
            self._left_at = asyncio.get_running_loop().time()
            self._moved.set()

    def _tell(self, task: asyncio.Task[None]) -> None:
        self._over = True
        if task.cancelled():
            self._error = Unavailable("Medley is being stopped.", hint="Play it again in a moment.")
        elif (reason := task.exception()) is not None:
            known = isinstance(reason, MedleyError)
            self._error = reason if known else Unavailable(f"The sound could not be made: {reason}", hint=_DISK)
        self._part.drop()
        self._ended(self)
        self._announce()

    def _announce(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _make(self) -> None:
        run = await self._transcoder.start(self._job)
        try:
            while data := await self._read(run):
                await self._write(self._head.feed(data))
                if not await self._may_go_on():
                    self._ended(self)  # at once, so that nobody joins what will not go on
                    return
            outcome = await run.close()
        finally:
            await run.close()
        if outcome.code != 0:
            said = " / ".join(outcome.lines[-3:])
            raise Unavailable(f"ffmpeg stopped with code {outcome.code}: {said}", hint="The file may be damaged.")
        self._path = await asyncio.to_thread(self._finish, outcome.samples)

    async def _read(self, run: Run) -> bytes:
        try:
            async with self._busy, asyncio.timeout(self._limits.wait_s):
                return await run.read()
        except TimeoutError:
            raise Unavailable(f"ffmpeg made nothing for {self._limits.wait_s:.0f} seconds.", hint=_DISK) from None

    async def _write(self, data: bytes) -> None:
        await asyncio.to_thread(self._part.write, data)
        self._size = self._part.size
        self._announce()

    def _finish(self, samples: int | None) -> Path:
        for at, data in self._head.patches(self._part.size, samples):
            self._part.patch(at, data)
        return self._part.keep()

    async def _may_go_on(self) -> bool:
        while self._places:
            if self._size <= max(self._places.values()) + self._limits.audio_ahead_bytes:
                return True
            self._moved.clear()
            await self._moved.wait()
        return asyncio.get_running_loop().time() < self._left_at + self._limits.audio_linger_s


_DISK = "Look whether the disk that holds the file still answers, and whether another is full."
