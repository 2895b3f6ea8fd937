"""One look at the database for everybody who listens."""

import asyncio

from starlette.concurrency import run_in_threadpool

from medley.kernel.database import Database
from medley.kernel.errors import MedleyError

_EVERY_S = 0.25


class Hub:
    """Wakes all listeners when anybody, in any process, has committed; looks only while somebody listens."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners = 0
        self._changed = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None

    def join(self) -> None:
        self._listeners += 1
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())

    def leave(self) -> None:
        self._listeners -= 1
        if not self._listeners and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def changed(self, timeout_s: float) -> bool:
        """Wait for a change; False when there was none in time."""
        try:
            await asyncio.wait_for(self._changed.wait(), timeout_s)
        except TimeoutError:
            return False
        return True

    async def _look(self) -> None:
        seen: int | None = None
        while True:
            try:
                version = await run_in_threadpool(self._database.data_version)
            except MedleyError:
                version = seen
            if version != seen:
                seen, told = version, self._changed
                self._changed = asyncio.Event()
                told.set()
            await asyncio.sleep(_EVERY_S)
