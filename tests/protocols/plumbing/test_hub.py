"""One look at the database wakes everybody who listens."""

import asyncio

from medley.core.identity import Identity
from medley.kernel.clock import FixedClock
from medley.kernel.database import Database
from medley.protocols.plumbing.hub import Hub


def test_a_change_wakes_all_and_nothing_else_does(sqlite_database: Database, clock: FixedClock, tmp_path) -> None:
    identity = Identity(sqlite_database, clock, tmp_path / "key")

    async def listen() -> list[bool]:
        hub = Hub(sqlite_database)
        for _ in range(2):
            hub.join()
        await hub.changed(20)  # the first look tells how it was
        quiet = await hub.changed(0.5)
        waiting = [asyncio.ensure_future(hub.changed(20)) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.to_thread(identity.setup_code)
        woken = await asyncio.gather(*waiting)
        for _ in range(2):
            hub.leave()
        return [quiet, *woken]

    assert asyncio.run(listen()) == [False, True, True]
